"""What a chip shows over all destinations: those treated alike in a row, under what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.result import Checked
from chipcalc.licence.licence import Licence, Shipment, Topic
from chipcalc.licence.questions import Aspect
from chipcalc.licence.sides import Sides, Split, sides, split
from chipcalc.places.on_day import Places
from chipcalc.tables.cells import Footnotes
from chipcalc.tables.licence import below
from chipcalc.tables.report import Cell, Column, Grid, Row, Screen, cell, noted
from chipcalc.words import letters
from chipcalc.words import licence as licence_words
from chipcalc.words import shipments as words
from chipcalc.words.asks import asking
from chipcalc.words.check import first_said, warned
from chipcalc.words.line import Block, Role, TextLine, block, command, deeper
from chipcalc.words.regimes import by_rules_of

MANY = 60
_DEPENDS = "depends"
_NO_EXCEPTION = "none of those modelled"


class _Entry(NamedTuple):
    """A row with the heading that it stands under."""

    heading: str
    role: Role
    footnote: int
    row: Row


class _Region(NamedTuple):
    """A shipment to destinations that are treated alike, and the cases that it falls into."""

    shipment: Shipment
    cases: list[Split]


def over_destinations(
    shipments: Sequence[Shipment], asked_by: Sequence[str] = (), *, whole: bool = False
) -> Screen:
    """Return a chip over all destinations, with the countries of each row where it is whole."""
    checked = shipments[0].licence.checked
    licences = [each.licence for each in shipments]
    line = sides(licences)
    parted = line if line is not None else Sides()
    regions = [_Region(each, split(parted.of(each.licence))) for each in shipments]
    quiet = _says_of_exceptions(regions) <= {_NO_EXCEPTION}
    marks = Footnotes()
    entries = [
        entry for region in regions for entry in _entries(region, parted, marks, quiet=quiet)
    ]
    return Screen(
        title=block(
            words.worldwide(shipments), *deeper(block(*first_said(checked), *warned(checked)))
        ),
        parts=(
            Grid(
                _columns(parted, checked, quiet=quiet), tuple(_grouped(entries)), "licence-regions"
            ),
            *noted(
                block(*marks.lines()),
                block(*_remarks(regions, parted, quiet=quiet)),
                block(*lists(shipments)) if whole else (),
                below(licences, whole=whole),
                _commands(shipments, asked_by, whole=whole),
            ),
        ),
        unbroken=(checked.sheet.name,),
    )


def _columns(parted: Sides, checked: Checked, *, quiet: bool) -> tuple[Column, ...]:
    first = Column("destination", name="destination")
    titles = words.side_titles(parted, checked.case.places)
    if titles:
        return (first, *(Column(each, name="side") for each in titles))
    rest = (Column("exceptions", name="exceptions"),) * (not quiet)
    return (first, *rest, Column("review of an application", name="review"))


def _says_of_exceptions(regions: Sequence[_Region]) -> set[str]:
    """Return what is said of exceptions, wherever a licence is or may be required."""
    return {
        licence_words.answer(aspect, licence.checked.case, licence_words.excepted)
        for region in regions
        for case in region.cases
        for licence in case.licences
        for topic, aspect in licence.asked
        if topic is Topic.exceptions
    }


def _entries(region: _Region, parted: Sides, marks: Footnotes, *, quiet: bool) -> Iterator[_Entry]:
    """Yield the rows of a region: one for each of its cases."""
    codes = region.shipment.countries
    checked = region.shipment.licence.checked
    vocabulary = checked.case.evaluator.vocabulary
    name = words.counted(codes, checked.case.places, MANY)
    for case in region.cases:
        steps = [words.step(each, vocabulary) for each in case.steps]
        told = ", ".join(steps)
        label = told if told.startswith(f"{name} ") else ": ".join(filter(None, (name, told)))
        heading, footnote = _heading(case.licences, parted, checked.case.places, marks)
        verdicts = {each.enforced.verdict for each in case.licences}
        role = words.role(verdicts.pop()) if len(verdicts) == 1 else "open"
        if parted.names:
            beside = [_side(each, marks, quiet=quiet) for each in case.licences]
        else:
            beside = _apart(case.licences[0], marks, quiet=quiet)
        mark = licence_words.need_mark(case.licences[0])
        row = Row((cell(f"{label}{mark}", level=1), *beside))
        yield _Entry(heading, role, footnote, row)


def _grouped(entries: Sequence[_Entry]) -> Iterator[Row]:
    """Yield the rows under their headings, in the order in which the headings come first."""
    groups: dict[tuple[str, int], list[_Entry]] = {}
    for each in entries:
        groups.setdefault((each.heading, each.footnote), []).append(each)
    for (heading, footnote), members in groups.items():
        yield Row((Cell((heading,), role=members[0].role, footnotes=(footnote,)),), heading=True)
        yield from (each.row for each in members)


def _heading(
    licences: Sequence[Licence], parted: Sides, places: Places, marks: Footnotes
) -> tuple[str, int]:
    """Return what holds of the licence, printed and enforced, on each side; with its footnote."""
    told = [_needs(each) for each in licences]
    notes = "; ".join(dict.fromkeys(filter(None, (note for *_, note in told))))
    footnote = marks.number(notes)
    printed = dict.fromkeys(each[0] for each in told)
    enforced = dict.fromkeys(each[1] for each in told)
    side = f"headquarters {places.described(parted.inside)}" if parted.names else ""
    if len(printed) == len(enforced) == 1:
        (first,), (second,) = printed, enforced
        if first == second:
            return f"{_upper(first)}, as printed and as enforced", footnote
        return f"{_upper(first)} as printed; as enforced {second}", footnote
    was = " or ".join(printed)
    if [*enforced] == ["not required", "required"] and was == "required":
        return f"Required as printed; as enforced, only with {side}", footnote
    if [*enforced] == ["not required", "required"] and [*printed] == [*enforced]:
        return f"Required only with {side}", footnote
    now = [f"{words_} with {where}" for (_, words_, _), where in zip(
        told, ("headquarters elsewhere", side), strict=True)]  # fmt: skip
    before = [f"{words_} with {where}" for (words_, _, _), where in zip(
        told, ("headquarters elsewhere", side), strict=True)]  # fmt: skip
    if before == now:
        return _upper("; ".join(now)), footnote
    first = was if len(printed) == 1 else "; ".join(before)
    return f"{_upper(first)} as printed; as enforced {'; '.join(now)}", footnote


def _needs(licence: Licence) -> tuple[str, str, str]:
    """Return whether a licence is needed, as printed and as enforced, and what it depends on."""
    case = licence.checked.case
    found, notes = [], []
    for label, aspect in (("printed", licence.printed), ("enforced", licence.enforced)):
        told = licence_words.outcomes_told(aspect, case, licence_words.required)
        found.append(
            _DEPENDS if told else licence_words.answer(aspect, case, licence_words.required)
        )
        told = told or asking(aspect.judgement.asks)
        notes.append(f"{label}: {told}" if told else "")
    if licence.printed == licence.enforced:
        notes = [each.removeprefix("printed: ") for each in notes[:1]]
    return found[0], found[1], "; ".join(filter(None, notes))


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _side(licence: Licence, marks: Footnotes, *, quiet: bool) -> Cell:
    """Return what follows on one side: that none is needed, or review and exceptions."""
    asked = dict(licence.asked)
    if Topic.review not in asked:
        return cell("no licence", role="go")
    told = [said(Topic.review, asked[Topic.review], licence, marks)]
    if not quiet:
        text, note = said(Topic.exceptions, asked[Topic.exceptions], licence, marks)
        none = text == _NO_EXCEPTION
        told.append(("no exception" if none else f"exception: {text}", note))
    return together(told)


def _apart(licence: Licence, marks: Footnotes, *, quiet: bool) -> list[Cell]:
    """Return exceptions and review in columns of their own."""
    asked = dict(licence.asked)
    topics = [Topic.review] if quiet else [Topic.exceptions, Topic.review]
    if Topic.review not in asked:
        return [cell("–", role="missing") for _ in topics]
    return [together([said(each, asked[each], licence, marks)]) for each in topics]


def said(topic: Topic, aspect: Aspect, licence: Licence, marks: Footnotes) -> tuple[str, int]:
    """Return one answer; where it depends, with a footnote of the outcomes."""
    say = licence_words.said_of(topic)
    told = licence_words.outcomes_told(aspect, licence.checked.case, say)
    if told:
        return _DEPENDS, marks.number(told)
    to_ask = asking(aspect.judgement.asks)
    return licence_words.answer(aspect, licence.checked.case, say), marks.number(to_ask)


def together(told: Sequence[tuple[str, int]]) -> Cell:
    """Return several answers, each with its footnote, as one cell."""
    parts, notes = zip(*told, strict=True)
    return Cell(parts, footnotes=notes, joint=";")


def _remarks(regions: Sequence[_Region], parted: Sides, *, quiet: bool) -> Iterator[str | TextLine]:
    """Yield what the columns leave open, what holds of all rows, and what letters mean."""
    checked = regions[0].shipment.licence.checked
    if parted.names:
        whose = words.whose(parted, checked.case.evaluator.vocabulary)
        one = f"; one of them {checked.case.places.described(parted.inside)} suffices"
        yield f"Headquarters: {whose}{one if len(parted.names) > 1 else ''}"
        rest = checked.case.places.listed(parted.rest, "or")
        other = f", or in {rest}" if rest else ""
        yield f"Headquarters not known{other}: not settled where the two columns differ"
    if quiet and _says_of_exceptions(regions):
        yield f"Licence exceptions open: {_NO_EXCEPTION}"
    found = list(letters.told([each.shipment for each in regions]))
    if found:
        yield TextLine("Letters and guidance, no classification")
        yield from (TextLine(each, 1) for each in found)


def lists(shipments: Sequence[Shipment]) -> Iterator[str]:
    """Yield the countries of every region that is described by groups."""
    for each in shipments:
        places = each.licence.checked.case.places
        area = places.area(each.countries)
        if 1 < len(each.countries) <= MANY and {*area.within, *area.without} & {*places.groups}:
            name = words.counted(each.countries, places, MANY)
            yield f"{name}: {' '.join(each.countries)}"


def _commands(shipments: Sequence[Shipment], asked_by: Sequence[str], *, whole: bool) -> Block:
    again = tuple(asked_by) or words.again([shipments])
    ours = by_rules_of(shipments[0].licence.checked)
    if whole:
        return (TextLine(ours, role="faint"),)
    lead = f"{ours} The countries of each row, and whole notes:"
    return (TextLine(lead, role="faint"), command(words.command_line(*again, "--all")))
