"""What several chips to several destinations show: the chips in rows, the destinations beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.licence.licence import Licence, Shipment, Topic
from chipcalc.tables.cells import Footnotes
from chipcalc.tables.destinations import MANY, lists, said, together
from chipcalc.tables.licence import below
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Row, Screen, cell, noted
from chipcalc.words import letters, supposed
from chipcalc.words import licence as licence_words
from chipcalc.words import shipments as words
from chipcalc.words.check import first_said
from chipcalc.words.line import Block, TextLine, block, command, deeper
from chipcalc.words.regimes import by_rules_of

_BELOW = {Topic.exceptions: "exceptions", Topic.review: "review"}
_NEEDS = {Topic.need: "", Topic.printed: "printed: ", Topic.enforced: "enforced: "}


def matrix(
    found: Sequence[Sequence[Shipment]], asked_by: Sequence[str] = (), *, whole: bool = False
) -> Screen:
    """Return chips by destinations: licence, exceptions and review of each in rows."""
    marks = Footnotes()
    columns = [
        Column("chip", name="chip"),
        Column("classification", name="classification"),
        *(Column(_title(each), group=1, name="destination") for each in found[0]),
    ]
    rows = [row for each in found for row in _rows(each, marks)]
    licences = [each.licence for row in found for each in row]
    return Screen(
        title=block(words.matrix(found)),
        parts=(
            Grid(tuple(columns), tuple(rows), "licence-matrix"),
            *noted(
                block(*marks.lines()),
                block(*_letters(found)),
                block(*lists(found[0])) if whole else (),
                block(*_views(found)),
                below(licences, whole=whole),
                _commands(found, asked_by, whole=whole),
            ),
        ),
        unbroken=tuple(row[0].licence.checked.sheet.name for row in found),
    )


def _title(shipment: Shipment) -> str:
    places = shipment.licence.checked.case.places
    return words.counted(shipment.countries, places, MANY)


def _rows(row: Sequence[Shipment], marks: Footnotes) -> Iterator[Row]:
    """Yield the rows of a chip: whether a licence is needed, then what else is asked, if it is."""
    checked = row[0].licence.checked
    first = cell(checked.sheet.name, role="strong")
    needs = [_need(each.licence, marks) for each in row]
    named = f"{words.classified(checked)}{supposed.ruling_mark(checked)}"
    yield Row((first, cell(named), *needs))
    for topic, label in _BELOW.items():
        if any(topic in dict(each.licence.asked) for each in row):
            cells = [_asked(topic, each.licence, marks) for each in row]
            yield Row((cell(label, level=1), NOTHING, *cells))


def _need(licence: Licence, marks: Footnotes) -> Cell:
    told = [
        (f"{_NEEDS[topic]}{text}", note)
        for topic, aspect in licence.asked
        if topic in _NEEDS
        for text, note in [said(topic, aspect, licence, marks)]
    ]
    mark = licence_words.need_mark(licence)
    told = [(f"{text}{mark}", note) for text, note in told]
    return together(told)._replace(role=words.role(licence.enforced.verdict))


def _asked(topic: Topic, licence: Licence, marks: Footnotes) -> Cell:
    asked = dict(licence.asked)
    if topic not in asked:
        return cell("–", role="missing")
    return together([said(topic, asked[topic], licence, marks)])


def _letters(found: Sequence[Sequence[Shipment]]) -> Iterator[TextLine]:
    """Yield what each letter means, of chips of which it means the same together."""
    told: dict[tuple[str, ...], list[str]] = {}
    for row in found:
        said_of = tuple(letters.told(row))
        if said_of:
            told.setdefault(said_of, []).append(row[0].licence.checked.sheet.name)
    if told:
        yield TextLine("Letters and guidance, no classification")
    for lines, names in told.items():
        yield from (TextLine(f"{', '.join(names)}: {each}", 1) for each in lines)


def _views(found: Sequence[Sequence[Shipment]]) -> Iterator[TextLine]:
    for row in found:
        yield from deeper(first_said(row[0].licence.checked), 0)


def _commands(
    found: Sequence[Sequence[Shipment]], asked_by: Sequence[str], *, whole: bool
) -> Block:
    ours = by_rules_of(found[0][0].licence.checked)
    if whole:
        return (TextLine(ours, role="faint"),)
    again = tuple(asked_by) or words.again(found)
    lead = f"{ours} The countries of each column, and whole notes:"
    return (TextLine(lead, role="faint"), command(words.command_line(*again, "--all")))
