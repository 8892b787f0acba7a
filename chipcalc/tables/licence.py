"""What a licence shows: one shipment rule by rule, a chip over all destinations, or a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Finding
from chipcalc.licence.licence import DESTINATION, Licence, Shipment, Topic, is_enforced
from chipcalc.licence.questions import Aspect
from chipcalc.places import countries
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case
from chipcalc.rules.rule import EXCEPTION, LETTER, REQUIREMENT, REVIEW, TARIFF, Kind
from chipcalc.tables.cells import Footnotes
from chipcalc.tables.layout import broken as wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values.logic import Verdict
from chipcalc.words import licence as licence_words
from chipcalc.words.check import answer as classified
from chipcalc.words.check import circumstance, first_said, named, standing
from chipcalc.words.grounds import grounds
from chipcalc.words.licence import notes

_NAME_WIDTH = 20
_ANSWER_WIDTH = 12
_WHY_WIDTH = 27
_STANDING_WIDTH = 13
_PLACE_WIDTH = 24
_CELL_WIDTH = 15
_MANY = 60
_NOTHING = Column("")
_NOTHING_TO_ASK = "–"
_ALWAYS = ("market", "item")


def one(licence: Licence) -> Report:
    """Return one shipment, rule by rule."""
    rows: list[Row] = []
    for heading, kind in _sections(licence):
        shown = [each for each in _ruling(licence, kind) if _is_shown(each)]
        rows += [Row((heading,), heading=True)] if shown else []
        rows += [_row(each, licence) for each in sorted(shown, key=lambda e: _weight(e, licence))]
    titles = (_NOTHING, Column("answer"), Column("what decides"), Column("standing"))
    columns = titles if rows else ()
    blocks = [*_checklists(licence), "\n".join(notes([licence]))]
    return Report(
        columns,
        tuple(rows),
        dict,
        list,
        title="\n".join(_answers(licence)),
        notes=tuple(each for each in blocks if each),
    )


def _answers(licence: Licence) -> Iterator[str]:
    """Yield the answers, each with what it depends on where it does."""
    case = licence.checked.case
    yield from (f"{'  ' * each.level}{each.text}" for each in first_said(licence.checked))
    yield sentence(licence)
    yield from filter(None, [_circumstances([licence])])
    for label, aspect, say in licence_words.aspects(licence):
        yield f"  {label}: {licence_words.answer(aspect, case, say)}"
        yield from (f"  {each}" for each in licence_words.outcome_lines(aspect, case, say))
    for finding in licence.notices:
        yield f"  Notice, no classification: {licence_words.notice(finding)}"


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
    standing_words = ", ".join(filter(None, words))
    return Row(
        (
            wrapped(provision.rule.paragraph, _NAME_WIDTH - 2, "  "),
            wrapped(licence_words.verdict(finding, case), _ANSWER_WIDTH),
            ";\n".join(wrapped(each, _WHY_WIDTH) for each in why),
            wrapped(standing_words, _STANDING_WIDTH),
        )
    )


def _checklists(licence: Licence) -> Iterator[str]:
    """Yield what an exception or a policy asks for besides, as a list to tick off."""
    if licence.needed is Verdict.not_met:
        return
    for finding in (*licence.of(EXCEPTION), *licence.of(REVIEW)):
        conditions = finding.provision.version.conditions
        if conditions and finding.verdict is not Verdict.not_met:
            enforced = is_enforced(finding.provision.version, licence.checked.day)
            lines = [f"{finding.provision.rule.paragraph} asks for"]
            lines = lines if enforced else [f"{lines[0]} (printed, not enforced)"]
            yield "\n".join([*lines, *(f"  [ ] {each}" for each in conditions)])


def over_destinations(shipments: Sequence[Shipment]) -> Report:
    """Return a chip over all destinations: one row for those that are treated alike."""
    checked = shipments[0].licence.checked
    places, marks = checked.case.places, Footnotes()
    rows = []
    for shipment in shipments:
        name = _region(shipment.countries, places)
        needed, *rest = _cells(shipment.licence, marks)
        cells = [_stacked(needed), *(wrapped(each, _CELL_WIDTH) for each in rest)]
        rows.append(Row((wrapped(name, _PLACE_WIDTH), *cells)))
    columns = [Column("destination")]
    columns += [Column(each) for each in ("licence", "exceptions", "review")]
    head = [
        f"{checked.sheet.name} on {checked.day}: {classified(checked)}",
        _circumstances([each.licence for each in shipments]),
    ]
    blocks = ["\n".join(marks.lines()), *_lists(shipments)]
    blocks.append("\n".join(notes([each.licence for each in shipments])))
    return Report(
        tuple(columns),
        tuple(rows),
        dict,
        list,
        title="\n".join(filter(None, head)),
        notes=tuple(each for each in blocks if each),
    )


def _region(codes: Sequence[str], places: Places) -> str:
    """Return how some destinations are called; the great rest of the world has no names."""
    if len(codes) > _MANY:
        return f"All other countries ({len(codes)})"
    words = places.described(codes)
    return f"{words[0].upper()}{words[1:]} ({len(codes)})" if len(codes) > 1 else words


def _cells(licence: Licence, marks: Footnotes) -> tuple[list[str], str, str]:
    """Return what is said of the licence, exceptions and review; a letter leads to what decides."""
    case = licence.checked.case
    shown = {topic: _cell(topic, aspect, case, marks) for topic, aspect in licence.asked}
    needed = (
        [shown[Topic.need]]
        if Topic.need in shown
        else [f"printed: {shown[Topic.printed]}", f"enforced: {shown[Topic.enforced]}"]
    )
    letters = [
        f"{each.provision.rule.paragraph}: {licence_words.verdict(each, case)}"
        for each in licence.notices
    ]
    if letters:
        needed.append("notice" + marks.mark(f"no classification: {'; '.join(letters)}"))
    exceptions, review = (
        shown.get(each, _NOTHING_TO_ASK) for each in (Topic.exceptions, Topic.review)
    )
    return needed, exceptions, review


def _cell(topic: Topic, aspect: Aspect, case: Case, marks: Footnotes) -> str:
    """Return one answer; where it depends, a mark that leads to the outcomes."""
    say = licence_words.said_of(topic)
    lines = [each.strip() for each in licence_words.outcome_lines(aspect, case, say)]
    if not lines:
        return licence_words.answer(aspect, case, say)
    told = "; ".join(lines).replace(":;", ":")
    return "depends" + marks.mark(told)


def matrix(found: Sequence[Sequence[Shipment]]) -> Report:
    """Return chips by destinations: the chips in rows, the destinations in columns."""
    places, marks = found[0][0].licence.checked.case.places, Footnotes()
    columns = [Column("chip"), Column("classification")]
    for group, each in enumerate(found[0], start=1):
        title = wrapped(_region(each.countries, places), _CELL_WIDTH + 4)
        columns.append(Column(title, group=group))
    rows = []
    for row in found:
        checked = row[0].licence.checked
        what = named(checked.classification, checked.findings)
        name = wrapped(checked.sheet.name, _NAME_WIDTH - 2)
        cells = [_brief(each.licence, marks) for each in row]
        rows.append(Row((name, wrapped(what, _ANSWER_WIDTH), *cells)))
    blocks = ["\n".join(marks.lines()), *_lists(found[0])]
    blocks.append("\n".join(notes([each.licence for row in found for each in row])))
    return Report(
        tuple(columns),
        tuple(rows),
        dict,
        list,
        title=f"Licences by classification on {found[0][0].licence.checked.day}",
        notes=tuple(each for each in blocks if each),
    )


def _lists(shipments: Sequence[Shipment]) -> Iterator[str]:
    """Yield the countries of every region that is described by groups."""
    lines = []
    for each in shipments:
        places = each.licence.checked.case.places
        area = places.area(each.countries)
        if 1 < len(each.countries) <= _MANY and {*area.within, *area.without} & {*places.groups}:
            lines.append(f"{_region(each.countries, places)}: {' '.join(each.countries)}")
    if lines:
        yield "\n".join(lines)


def _brief(licence: Licence, marks: Footnotes) -> str:
    """Return a shipment in one cell: the licence, and below it exceptions and review."""
    needed, exceptions, review = _cells(licence, marks)
    asked = Topic.exceptions in dict(licence.asked)
    return _stacked([*needed, *([f"open: {exceptions}", f"review: {review}"] if asked else [])])


def _stacked(lines: Sequence[str]) -> str:
    """Return several answers below one another in a cell."""
    return ";\n".join(wrapped(each, _CELL_WIDTH + 4) for each in lines)
