"""What one shipment shows: the answer, what decides it, and what could still change it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.check.result import Finding
from chipcalc.licence.licence import DESTINATION, Licence, Topic, is_enforced, is_printed
from chipcalc.licence.questions import Aspect
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, TARIFF, Kind
from chipcalc.tables.report import Cell, Column, Grid, Row, Screen, cell, noted
from chipcalc.values.logic import Verdict
from chipcalc.words import letters, release, supposed
from chipcalc.words import licence as licence_words
from chipcalc.words import shipments as words
from chipcalc.words.check import circumstance, first_said, standing, taken, warned
from chipcalc.words.contents import because
from chipcalc.words.grounds import beyond_classification, facts, grounds, is_unknown
from chipcalc.words.line import Block, Role, TextLine, block, command, deeper
from chipcalc.words.regimes import by_rules_of
from chipcalc.words.roles import NOT_SETTLED

_ALWAYS = ("market", "item")
_NOTICES: Sequence[tuple[str, Kind, str]] = (
    ("Letters", LETTER, "no classification"),
    ("Guidance", GUIDANCE, "no rule"),
    ("Tariff", TARIFF, ""),
)
_LABELS: Mapping[Topic, str] = {
    Topic.need: "By classification",
    Topic.printed: "as printed",
    Topic.enforced: "as enforced",
    Topic.exceptions: "Exceptions open",
    Topic.review: "Review",
}
_UNASKED = "not asked"
_NO_NEED = "no licence is required, as enforced"


def one(licence: Licence, asked_by: Sequence[str] = (), *, whole: bool = False) -> Screen:
    """Return one shipment: what decides it or, as a whole, every rule with its standing.

    `asked_by` are the words of the command that asks for it again.
    """
    columns = (
        Column("", name="rule"),
        Column("answer", name="answer"),
        Column("why", name="why"),
        *((Column("standing", name="standing"),) if whole else ()),
    )
    rows = [row for each in _sections(licence, whole=whole) for row in each]
    said = block(*first_said(licence.checked), *warned(licence.checked))
    title = block(words.headline(licence), *deeper(said))
    return Screen(
        title=title,
        parts=(
            Grid(columns, tuple(rows), "licence"),
            *noted(*_checklists(licence, whole=whole), below([licence], whole=whole)),
            *_commands(licence, asked_by, whole=whole),
        ),
        unbroken=(licence.checked.sheet.name,),
    )


def _commands(licence: Licence, asked_by: Sequence[str], *, whole: bool) -> tuple[Block, ...]:
    """Return that this is no advice, with the commands that show all rules and every step."""
    again = tuple(asked_by) or words.again_one(licence)
    more = [words.command_line(*again, "--explain")]
    lead = "Every step, with sources:"
    count = len(licence.checked.findings)
    if count and not whole:
        lead = f"All {count} rules asked, then every step:"
        more.insert(0, words.command_line(*again, "--all"))
    lead = f"{by_rules_of(licence.checked)} {lead}"
    return ((TextLine(lead, role="faint"), *map(command, more)),)


def _sections(licence: Licence, *, whole: bool) -> Iterator[list[Row]]:
    """Yield the rows of each question: its answer, what decides it, and the rules that do."""
    checked = licence.checked
    if not _is_free(licence):
        why = because(checked).strip(";, ") or words.ruled_out(checked)
        named = f"{words.classified(checked)}{supposed.ruling_mark(checked)}"
        yield [_lead("Classification", named, why)]
    yield from _needs(licence, whole=whole)
    if licence.needed is Verdict.not_met:
        yield [_lead("Exceptions, review", _UNASKED, _NO_NEED)]
    else:
        yield from _further(licence, whole=whole)
    for label, kind, said in _NOTICES:
        if rows := _rules(licence, kind, whole=whole):
            yield [_lead(label, said, ""), *rows]


def _is_free(licence: Licence) -> bool:
    """Whether no licence is needed, as printed and as enforced, which the class is a reason for."""
    return licence.asked[0][0] is Topic.need and licence.needed is Verdict.not_met


def _needs(licence: Licence, *, whole: bool) -> Iterator[list[Row]]:
    """Yield whether a licence is needed, printed and enforced apart where they differ."""
    asked = dict(licence.asked)
    if Topic.need not in asked:
        yield [_lead(_LABELS[Topic.need], "", "")]
    for topic in (Topic.need, Topic.printed, Topic.enforced):
        if topic in asked:
            yield _need(topic, asked[topic], licence)
    if whole or _is_settled(licence.enforced):
        yield _rules(licence, REQUIREMENT, whole=whole)


def _further(licence: Licence, *, whole: bool) -> Iterator[list[Row]]:
    """Yield exceptions and review: the answers, and the rules that they rest on."""
    asked = dict(licence.asked)
    for topic, kind in ((Topic.exceptions, EXCEPTION), (Topic.review, REVIEW)):
        if topic in asked:
            yield _question(topic, asked[topic], licence, whole=whole)
        elif licence.enforced.verdict is Verdict.not_met:
            yield [_lead(_LABELS[topic], _UNASKED, _NO_NEED)]
        if whole or _is_settled(asked.get(topic)):
            yield _rules(licence, kind, whole=whole)


def _is_settled(aspect: Aspect | None) -> bool:
    """Whether an answer rests on rules, rather than on facts that are missing."""
    return aspect is None or not _is_open(aspect)


def _lead(label: str, answer: str, why: str, role: Role = "") -> Row:
    return Row((cell(label, role="heading"), cell(answer, role=role), cell(why)))


def _need(topic: Topic, aspect: Aspect, licence: Licence) -> list[Row]:
    """Return whether a licence is needed; where none is, the facts that it rests on."""
    why: list[str] = []
    if aspect.verdict is Verdict.not_met:
        day = licence.checked.day
        for each in licence.of(REQUIREMENT):
            version = each.provision.version
            counted = is_printed(version) if topic is Topic.printed else is_enforced(version, day)
            why += beyond_classification(each, licence.checked.case) if counted else []
        if _is_free(licence):
            classified = (words.classified(licence.checked), words.ruled_out(licence.checked))
            why.insert(0, ": ".join(filter(None, classified)))
        why += licence.reserves
    said = _said(aspect, licence, licence_words.required)
    apart = topic is not Topic.need
    label = cell(_LABELS[topic], level=int(apart), role="" if apart else "heading")
    mark = licence_words.topic_mark(licence, topic)
    answer = cell(said + mark, role=words.role(aspect.verdict))
    first = Row((label, answer, cell(*dict.fromkeys(why), joint=";")))
    return [first, *(_outcome(each, mark) for each in _told(aspect, licence, topic))]


def _question(topic: Topic, aspect: Aspect, licence: Licence, *, whole: bool) -> list[Row]:
    """Return an answer with the cases that it has.

    That nothing is asked without a licence goes without saying, unless the whole is wanted; where
    one answer is left then, it is that wherever a licence is required.
    """
    mark = licence_words.topic_mark(licence, topic)
    told = list(_told(aspect, licence, topic))
    asked = [each for each in told if each[0] != licence_words.NO_NEED]
    if not whole and len(asked) < len(told):
        answers = list(dict.fromkeys(answer for answer, _ in asked))
        if len(answers) == 1 and answers[0] != NOT_SETTLED:
            return [_lead(_LABELS[topic], answers[0] + mark, "where a licence is required")]
        told = asked
    said = _said(aspect, licence, licence_words.said_of(topic))
    role: Role = "open" if _is_open(aspect) else ""
    return [_lead(_LABELS[topic], said + mark, "", role), *(_outcome(e, mark) for e in told)]


def _is_open(aspect: Aspect) -> bool:
    return bool(aspect.views or aspect.deciding)


def _said(aspect: Aspect, licence: Licence, say: licence_words.Say) -> str:
    return licence_words.answer(aspect, licence.checked.case, say)


def _told(aspect: Aspect, licence: Licence, topic: Topic) -> Iterator[tuple[str, str]]:
    """Yield each answer to an open question with the facts that lead to it."""
    say = licence_words.said_of(topic)
    return licence_words.outcome_rows(aspect, licence.checked.case, say)


def _outcome(told: tuple[str, str], mark: str) -> Row:
    """Return an answer and what leads to it, marked where it rests on what is supposed."""
    said, when = told
    return Row((cell(), cell(f"{said}{mark}", level=1), cell(when)))


def _rules(licence: Licence, kind: Kind, *, whole: bool) -> list[Row]:
    """Return the rules of a kind: all that were asked, or those that are, or may be, met."""
    day = licence.checked.day
    shown = [each for each in _ruling(licence, kind) if _is_shown(each, whole=whole)]
    return [
        _row(each, licence, whole=whole) for each in sorted(shown, key=lambda e: _weight(e, day))
    ]


def _is_shown(finding: Finding, *, whole: bool) -> bool:
    """Whether a rule is shown: policies and letters only where they may apply."""
    met = finding.verdict is not Verdict.not_met
    kind = finding.provision.rule.kind
    if whole:
        return met or kind in (REQUIREMENT, EXCEPTION, TARIFF)
    idle = finding.provision.version.standing == "not enforced"
    return met and not (idle and kind in (EXCEPTION, REVIEW))


def _weight(finding: Finding, day: datetime.date) -> tuple[bool, int]:
    """Return the place of a rule in its section: what is enforced first, and what is met."""
    order = (Verdict.met, Verdict.unknown, Verdict.not_met)
    enforced = is_enforced(finding.provision.version, day)
    return not enforced, order.index(finding.verdict)


def _ruling(licence: Licence, kind: Kind) -> Iterator[Finding]:
    """Yield the rules of a kind, but policies that give way to one of a higher rank."""
    rank: int | None = None
    for finding in licence.of(kind):
        precedence = finding.provision.rule.precedence
        enforced = is_enforced(finding.provision.version, licence.checked.day)
        if rank is None or precedence == rank or not enforced:
            yield finding
        if kind == REVIEW and enforced and finding.verdict is Verdict.met and rank is None:
            rank = precedence


def _row(finding: Finding, licence: Licence, *, whole: bool) -> Row:
    case, provision = licence.checked.case, finding.provision
    version = provision.version
    name = cell(provision.rule.paragraph, level=1)
    why = grounds(finding, case) if whole else facts(finding, case)
    answer = _answer(finding, licence)
    if not any(supposed.MARK in each for each in why):
        said = supposed.marked(answer.text, finding.line, case)
        answer = answer._replace(parts=(said,) if said else ())
    if not whole:
        firm = standing(provision)
        lead = [] if firm == "in force" else [firm]
        return Row((name, answer, cell(*lead, *why, joint=";")))
    if provision.rule.kind in (LETTER, GUIDANCE):
        why = ["no classification", *why, *filter(None, [version.at])]
    due = (
        version.compliance
        if version.compliance and licence.checked.day < version.compliance
        else ""
    )
    told = (
        standing(provision),
        f"since {version.begins}",
        f"to be obeyed from {due}" if due else "",
        version.citation,
    )
    return Row((name, answer, cell(*why, joint=";"), cell(", ".join(filter(None, told)))))


def _answer(finding: Finding, licence: Licence) -> Cell:
    """Return what a rule says, in the role of its consequence."""
    case, kind = licence.checked.case, finding.provision.rule.kind
    if kind in (LETTER, GUIDANCE):
        known = finding.verdict is not Verdict.not_met
        if known:
            return cell(letters.meaning(finding, licence.checked), role=letters.role(finding))
    if is_unknown(finding, case):
        return cell(NOT_SETTLED, role="open")
    said = licence_words.verdict(finding, case)
    if kind == REQUIREMENT:
        return cell(said, role=words.role(finding.verdict))
    return cell(said)


def _checklists(licence: Licence, *, whole: bool) -> Iterator[Block]:
    """Yield what an exception or a policy asks for besides, as a list to tick off."""
    if licence.needed is Verdict.not_met:
        return
    for finding in (*licence.of(EXCEPTION), *licence.of(REVIEW)):
        conditions = finding.provision.version.conditions
        enforced = is_enforced(finding.provision.version, licence.checked.day)
        if conditions and finding.verdict is not Verdict.not_met and (whole or enforced):
            lines = [f"{finding.provision.rule.paragraph} asks for"]
            lines = lines if enforced else [f"{lines[0]} (printed, not enforced)"]
            yield block(*lines, *(TextLine(each, 1, "[ ]") for each in conditions))
            yield (TextLine(""),)


def below(found: Sequence[Licence], *, whole: bool) -> Block:
    """Return what to know about some answers: of countries, what is not modelled, what is taken."""
    taken = circumstances(found)
    left = licence_words.left_out(found)
    return block(
        *(TextLine(each, clipped=not whole) for each in licence_words.remarks(found)),
        "Can change the answer, and is not modelled:" if left else "",
        *(TextLine(each, 1) for each in left),
        f"Taken as: {taken}" if taken else "",
        release.told_of([each.checked.sheet for each in found], found[0].checked.day),
        *(TextLine(each, clipped=not whole) for each in licence_words.ages(found)),
    )


def circumstances(licences: Sequence[Licence]) -> str:
    """Return what is given or assumed of item and shipment, and what would have to be given."""
    checked = licences[0].checked
    missing = {
        name
        for licence in licences
        for _, aspect, _ in licence_words.aspects(licence)
        for name in licence_words.open_circumstances(aspect)
    }
    known = checked.case.evaluator.vocabulary.circumstances
    always = {*_ALWAYS, *(name for name, each in known.items() if each.shipment and each.usual)}
    shown = [
        name
        for name in known
        if name != DESTINATION and (checked.case.given.get(name) or name in missing | always)
    ]
    said = [taken(checked, each) for each in shown if checked.case.said(each)]
    lacking = [circumstance(checked, e, "not given") for e in shown if not checked.case.said(e)]
    return "; ".join(filter(None, (", ".join(said), *lacking)))
