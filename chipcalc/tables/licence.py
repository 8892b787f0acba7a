"""What a licence shows: one shipment rule by rule, a chip over all destinations, or a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.result import Checked, Finding
from chipcalc.licence.licence import DESTINATION, Licence, Shipment, Topic, is_enforced
from chipcalc.licence.questions import Aspect
from chipcalc.places import countries
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case
from chipcalc.rules.rule import EXCEPTION, LETTER, REQUIREMENT, REVIEW, TARIFF, Kind
from chipcalc.tables.cells import Footnotes
from chipcalc.tables.report import Cell, Column, Grid, Row, Screen, cell
from chipcalc.values.logic import Verdict
from chipcalc.words import licence as licence_words
from chipcalc.words.check import answer as classified
from chipcalc.words.check import circumstance, first_said, named, standing
from chipcalc.words.grounds import grounds, is_unknown
from chipcalc.words.licence import notes
from chipcalc.words.line import Block, TextLine, block, deeper

_MANY = 60
_ALWAYS = ("market", "item")


class _Said(NamedTuple):
    """An answer in short, and the number of the footnote that says what it depends on."""

    words: str
    footnote: int = 0

    def behind(self, label: str) -> _Said:
        """Return the answer behind a label."""
        return self._replace(words=f"{label}: {self.words}")


_NOTHING_TO_ASK = _Said("–")


def one(licence: Licence) -> Screen:
    """Return one shipment, rule by rule."""
    rows: list[Row] = []
    for heading, kind in _sections(licence):
        shown = [each for each in _ruling(licence, kind) if _is_shown(each)]
        rows += [Row((cell(heading),), heading=True)] if shown else []
        rows += [_row(each, licence) for each in sorted(shown, key=lambda e: _weight(e, licence))]
    columns = (
        Column("", name="rule"),
        Column("answer", name="answer"),
        Column("what decides", name="why"),
        Column("standing", name="standing"),
    )
    return Screen(
        title=block(*_answers(licence)),
        parts=(
            Grid(columns if rows else (), tuple(rows), "licence"),
            *tuple(filter(None, (*_checklists(licence), block(*notes([licence]))))),
        ),
    )


def _answers(licence: Licence) -> Iterator[str | TextLine]:
    """Yield the answers, each with what it depends on where it does."""
    case = licence.checked.case
    yield from first_said(licence.checked)
    yield sentence(licence)
    yield _circumstances([licence])
    for label, aspect, say in licence_words.aspects(licence):
        yield TextLine(f"{label}: {licence_words.answer(aspect, case, say)}", 1)
        yield from deeper(licence_words.outcome_lines(aspect, case, say), 2)
    for finding in licence.notices:
        yield TextLine(f"Notice, no classification: {licence_words.notice(finding)}", 1)


def _weight(finding: Finding, licence: Licence) -> tuple[bool, int]:
    """Return the place of a rule in its section: what is enforced first, and what is met."""
    order = (Verdict.met, Verdict.unknown, Verdict.not_met)
    enforced = is_enforced(finding.provision.version, licence.checked.day)
    return not enforced, order.index(finding.verdict)


def sentence(licence: Licence) -> str:
    """Return what is shipped, where and when, and what it is: ``H20 to China on …: 3A991.p``."""
    checked = licence.checked
    to = destination(checked)
    return (
        f"{checked.sheet.name}{f' to {to}' if to else ''} on {checked.day}: {classified(checked)}"
    )


def destination(checked: Checked) -> str:
    """Return the name of the destination; nothing where none is given."""
    code = checked.case.said(DESTINATION)
    return countries.name(code) if code else ""


def _circumstances(licences: Sequence[Licence]) -> str:
    """Return what is given or assumed of item and shipment, and what would have to be given."""
    checked = licences[0].checked
    missing = {
        name
        for licence in licences
        for _, aspect, _ in licence_words.aspects(licence)
        for name in licence_words.open_circumstances(aspect)
    }
    shown = [
        name
        for name in checked.case.evaluator.vocabulary.circumstances
        if name != DESTINATION
        and (checked.case.given.get(name) or name in missing or name in _ALWAYS)
    ]
    return "; ".join(circumstance(checked, each, "not given") for each in shown)


def _sections(licence: Licence) -> Iterator[tuple[str, Kind]]:
    yield "Licence requirement", REQUIREMENT
    if licence.needed is not Verdict.not_met:
        yield "Licence exceptions", EXCEPTION
        yield "Review policy", REVIEW
    if licence.notices:
        yield "Letters", LETTER
    yield "Import tariff", TARIFF


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


def _is_shown(finding: Finding) -> bool:
    """Whether a rule is shown: policies and letters only where they may apply."""
    always = finding.provision.rule.kind in (REQUIREMENT, EXCEPTION, TARIFF)
    return always or finding.verdict is not Verdict.not_met


def _row(finding: Finding, licence: Licence) -> Row:
    case, provision = licence.checked.case, finding.provision
    why = grounds(finding, case)
    if provision.rule.kind == LETTER:
        why = ["no classification", *why, *filter(None, [provision.version.at])]
    version, day = provision.version, licence.checked.day
    due = version.compliance if version.compliance and day < version.compliance else None
    words = [
        standing(provision),
        f"since {version.begins}",
        f"to be obeyed from {due}" if due else "",
        version.citation,
    ]
    return Row(
        (
            cell(provision.rule.paragraph, level=1),
            _answer(finding, licence),
            cell(*why, joint=";"),
            cell(", ".join(filter(None, words))),
        )
    )


def _answer(finding: Finding, licence: Licence) -> Cell:
    case = licence.checked.case
    missing = is_unknown(finding, case)
    return cell(licence_words.verdict(finding, case), role="missing" if missing else "")


def _checklists(licence: Licence) -> Iterator[Block]:
    """Yield what an exception or a policy asks for besides, as a list to tick off."""
    if licence.needed is Verdict.not_met:
        return
    for finding in (*licence.of(EXCEPTION), *licence.of(REVIEW)):
        conditions = finding.provision.version.conditions
        if conditions and finding.verdict is not Verdict.not_met:
            enforced = is_enforced(finding.provision.version, licence.checked.day)
            lines = [f"{finding.provision.rule.paragraph} asks for"]
            lines = lines if enforced else [f"{lines[0]} (printed, not enforced)"]
            yield block(*lines, *(TextLine(each, 1, "[ ]") for each in conditions))


def over_destinations(shipments: Sequence[Shipment]) -> Screen:
    """Return a chip over all destinations: one row for those that are treated alike."""
    checked = shipments[0].licence.checked
    licences = [each.licence for each in shipments]
    marks = Footnotes()
    rows = []
    for shipment in shipments:
        name = _region(shipment.countries, checked.case.places)
        needed, asked = _cells(shipment.licence, marks)
        beside = [_stacked([each]) for each in asked or (_NOTHING_TO_ASK, _NOTHING_TO_ASK)]
        rows.append(Row((cell(name), _stacked(needed), *beside)))
    names = ("destination", "licence", "exceptions", "review")
    return Screen(
        title=block(
            f"{checked.sheet.name} on {checked.day}: {classified(checked)}",
            _circumstances(licences),
        ),
        parts=(
            Grid(tuple(Column(each, name=each) for each in names), tuple(rows), "licence-regions"),
            *_below(marks, shipments, licences),
        ),
    )


def _below(
    marks: Footnotes, regions: Sequence[Shipment], licences: Sequence[Licence]
) -> tuple[Block, ...]:
    """Return footnotes, the countries of the regions, and what to know about the licences."""
    blocks = (block(*marks.lines()), block(*_lists(regions)), block(*notes(licences)))
    return tuple(filter(None, blocks))


def _region(codes: Sequence[str], places: Places) -> str:
    """Return how some destinations are called; the great rest of the world has no names."""
    if len(codes) > _MANY:
        return f"All other countries ({len(codes)})"
    words = places.described(codes)
    return f"{words[0].upper()}{words[1:]} ({len(codes)})" if len(codes) > 1 else words


def _cells(licence: Licence, marks: Footnotes) -> tuple[list[_Said], list[_Said]]:
    """Return what is said of the licence, and of exceptions and review if they are asked."""
    case = licence.checked.case
    shown = {topic: _cell(topic, aspect, case, marks) for topic, aspect in licence.asked}
    needed = (
        [shown[Topic.need]]
        if Topic.need in shown
        else [shown[Topic.printed].behind("printed"), shown[Topic.enforced].behind("enforced")]
    )
    letters = [
        f"{each.provision.rule.paragraph}: {licence_words.verdict(each, case)}"
        for each in licence.notices
    ]
    if letters:
        told = f"no classification: {'; '.join(letters)}"
        needed.append(_Said("notice", marks.number(told)))
    return needed, [shown[each] for each in (Topic.exceptions, Topic.review) if each in shown]


def _cell(topic: Topic, aspect: Aspect, case: Case, marks: Footnotes) -> _Said:
    """Return one answer; where it depends, with a footnote of the outcomes."""
    say = licence_words.said_of(topic)
    told = licence_words.outcomes_told(aspect, case, say)
    if not told:
        return _Said(licence_words.answer(aspect, case, say))
    return _Said("depends", marks.number(told))


def matrix(found: Sequence[Sequence[Shipment]]) -> Screen:
    """Return chips by destinations: the chips in rows, the destinations in columns."""
    first = found[0][0].licence.checked
    marks = Footnotes()
    columns = [Column("chip", name="chip"), Column("classification", name="classification")]
    for group, each in enumerate(found[0], start=1):
        title = _region(each.countries, first.case.places)
        columns.append(Column(title, group=group, name="destination"))
    rows = []
    for row in found:
        checked = row[0].licence.checked
        what = named(checked)
        cells = [_brief(each.licence, marks) for each in row]
        rows.append(Row((cell(checked.sheet.name), cell(what), *cells)))
    return Screen(
        title=block(f"Licences by classification on {first.day}"),
        parts=(
            Grid(tuple(columns), tuple(rows), "licence-matrix"),
            *_below(marks, found[0], [each.licence for row in found for each in row]),
        ),
    )


def _lists(shipments: Sequence[Shipment]) -> Iterator[str]:
    """Yield the countries of every region that is described by groups."""
    for each in shipments:
        places = each.licence.checked.case.places
        area = places.area(each.countries)
        if 1 < len(each.countries) <= _MANY and {*area.within, *area.without} & {*places.groups}:
            yield f"{_region(each.countries, places)}: {' '.join(each.countries)}"


def _brief(licence: Licence, marks: Footnotes) -> Cell:
    """Return a shipment in one cell: the licence, and below it exceptions and review."""
    needed, asked = _cells(licence, marks)
    beside = zip(("open", "review"), asked, strict=False)
    return _stacked([*needed, *(said.behind(label) for label, said in beside)])


def _stacked(said: Sequence[_Said]) -> Cell:
    """Return several answers as one cell."""
    words, footnotes = zip(*said, strict=True)
    return Cell(words, footnotes=footnotes, joint=";")
