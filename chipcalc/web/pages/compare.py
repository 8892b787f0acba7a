"""Chips side by side, figure by figure: groups, ratios to a base, and bars from zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from chipcalc.api.comparison import compared
from chipcalc.check.what_if import suppose
from chipcalc.commands.compare import Wanted, comparison
from chipcalc.comparison.comparison import ComparedRow, Comparison, Options
from chipcalc.comparison.shown import SameRows, same_rows, scaled
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.figure import Figure, is_known
from chipcalc.sheets.sheet import Sheet
from chipcalc.tables.cells import Look, figure_cell, ratio_of, remark
from chipcalc.tables.compare import Look as Shape
from chipcalc.tables.compare_columns import ordered
from chipcalc.tables.compare_notes import Notes, notes, provenance
from chipcalc.values.interval import Interval
from chipcalc.web.address import Address
from chipcalc.web.figures import Link, sources_of
from chipcalc.web.library import Library
from chipcalc.web.page import WRONG, Page
from chipcalc.web.parts import shown
from chipcalc.words.commands import written
from chipcalc.words.line import lettered
from chipcalc.words.names import Naming, namings
from chipcalc.words.rows import joined
from chipcalc.words.sheet import market

_ALL = Look()
_FULL = 100
_FEWEST = 2


class Cell(NamedTuple):
    """The figure of a chip: in words, its note, how firm, and its bar in parts of a hundred."""

    text: str
    kind: str
    note: str = ""
    status: str = ""
    computed: bool = False
    best: bool = False
    filled: float = 0
    ranged: float = 0
    ratio: str = ""
    sources: tuple[Link, ...] = ()
    because: str = ""


class Row(NamedTuple):
    """A figure of all chips."""

    label: str
    unit: str
    cells: tuple[Cell, ...]


class Column(NamedTuple):
    """A chip above its figures."""

    id: str
    name: str
    short: str
    vendor: str
    launched: str
    market: str


def page(library: Library, address: Address) -> Page:
    """Return the page of a comparison; what cannot be compared is told beside the form."""
    names = address.all("chip") or ([] if address.has("chip") else [*library.settings.compared])
    shared: dict[str, Any] = {
        "uses": library.settings.uses,
        "use": address.first("use"),
        "price": address.first("price"),
        "electricity": address.first("electricity"),
        "problems": (),
        "notices": (),
        "groups": (),
        "columns": (),
    }
    try:
        return _compared(library, address, names, shared)
    except ChipcalcError as fault:
        chosen = library.choose(names)
        columns = [_column(s.sheet, n, library) for s, n in _named(chosen.chips)]
        problems = fault.problems if names else ()
        values = {**shared, "problems": problems, "columns": columns, "notices": chosen.notices}
        return Page("compare.html", "Compare chips", values, status=WRONG if problems else 200)


def _named(chips: Sequence[Any]) -> Iterator[tuple[Any, Naming]]:
    yield from zip(chips, namings([each.sheet for each in chips]), strict=True)


def _compared(
    library: Library, address: Address, names: Sequence[str], shared: dict[str, Any]
) -> Page:
    chosen = library.choose(names)
    if chosen.problems:
        raise ChipcalcError(*chosen.problems)
    base = library.choose(address.all("base")[:1]).ids[:1]
    ids = [*base, *(each for each in chosen.ids if each not in base)]
    use = library.settings.uses.get(address.first("use"))
    wanted = Wanted(ids, metrics=use.metrics if use else (), when=use.when if use else ())
    found = comparison(library.db, wanted).comparison.found
    price = address.first("price")
    report_of = compared([*found.sheets], library.store, found.options)
    if price:
        found = _at_price(found, price, library)
        report_of = compared([*found.sheets], library.store, found.options)
    day = library.day("")
    report = report_of.shown(Shape(whole=True, notes=True, sources=True, chips=tuple(ids), day=day))
    naming = namings(found.sheets)
    rows = same_rows(found.lines)
    listed = notes(found, list(_cells(found, rows)), every=True)
    made = shown(report._replace(parts=()))
    values = {
        **shared,
        "columns": [
            _column(sheet, name, library) for sheet, name in zip(found.sheets, naming, strict=True)
        ],
        "base": naming[0].short,
        "shown": made,
        "groups": [
            (heading, [_row(found, each, listed, library) for each in members])
            for heading, members in ordered(found, rows).items()
        ],
        "notes": _notes(listed, naming),
        "firm": [each.text for each in provenance(found, naming, each_chip=True)],
        "running": _running(library, found, naming, address.first("electricity")),
        "notices": chosen.notices,
    }
    command = written(
        "compare", *ids, *(w for m in wanted.metrics for w in ("--metric", m)), "--all"
    )
    return Page("compare.html", report.title[0].text, values, report, command)


def _at_price(found: Comparison, price: str, library: Library) -> Comparison:
    """Return the same comparison with a price of the reader's own for the base."""
    first, *others = found.sheets
    supposed = suppose(first, {"price": price}, library.store.vocabulary)
    sheets: list[Sheet] = [supposed.evaluator.sheet, *others]
    return compared(sheets, library.store, Options(*found.options)).found


def _column(sheet: Sheet, naming: Naming, library: Library) -> Column:
    vocabulary = library.store.vocabulary
    vendor = vocabulary.vendors.get(sheet.chip.vendor)
    return Column(
        sheet.id,
        sheet.name,
        naming.short,
        vendor.name if vendor else sheet.chip.vendor,
        str(sheet.chip.launched or ""),
        market(sheet.market.value, vocabulary) if sheet.market else "",
    )


def _cells(found: Comparison, rows: Sequence[SameRows]) -> Iterator[tuple[ComparedRow, int]]:
    for members in ordered(found, rows).values():
        for each in members:
            yield from ((each.first, index) for index in range(len(found.sheets)))


def _row(found: Comparison, rows: SameRows, listed: Notes, library: Library) -> Row:
    line = rows.first
    label, unit = joined(found, rows, headed=True)
    largest = _largest(found, line)
    cells = [
        _cell(found, line, index, listed, largest, library) for index in range(len(found.sheets))
    ]
    return Row(label, unit, tuple(cells))


def _largest(found: Comparison, line: ComparedRow) -> Any:
    ends = [each.high for e in line.answers if (each := _amount(found, line, e))]
    return max(ends, default=0)


def _amount(found: Comparison, line: ComparedRow, answer: object) -> Interval | None:
    unit = scaled(line, found.vocabulary)
    if isinstance(answer, Figure) and answer.value.unit.dimension == unit.dimension:
        return answer.value.to(unit).amount
    return None


def _cell(
    found: Comparison,
    line: ComparedRow,
    index: int,
    listed: Notes,
    largest: Any,
    library: Library,
) -> Cell:
    answer = line.answers[index]
    said = remark(found, line, index)
    note = lettered(listed.number(said))
    text = figure_cell(found, line, index, 0, _ALL).text
    ratio = ratio_of(line, index, percent=False, equal="1") if index else ""
    if not isinstance(answer, Figure):
        kind = "bound" if is_known(answer) else answer.kind
        return Cell(text, kind, note, ratio=ratio, because=answer.because)
    amount = _amount(found, line, answer)
    filled = ranged = 0.0
    if amount and largest:
        filled = float(amount.low / largest * _FULL)
        ranged = float((amount.high - amount.low) / largest * _FULL)
    return Cell(
        text, "figure", note, answer.status, answer.derived, line.best == index, filled, ranged,
        ratio, sources_of(answer, found.sheets[index], library.store),
    )  # fmt: skip


def _notes(listed: Notes, naming: Sequence[Naming]) -> list[tuple[str, str, str]]:
    """Return the notes: letter, the chips that each is about, and its text."""
    return [
        (lettered(number), ", ".join(naming[each].short for each in listed.chips[text]), text)
        for text, number in listed.numbers.items()
    ]


def _running(
    library: Library, found: Comparison, naming: Sequence[Naming], price: str
) -> list[tuple[str, str]]:
    """Return what a year of running at full power costs each chip, at a price of electricity."""
    if not price:
        return []
    rate = f"{price} USD/(kW*h)" if price[-1].isdigit() else price
    rows = []
    for sheet, name in zip(found.sheets, naming, strict=True):
        try:
            figure = library.db.calc(f"{sheet.id}.board_power * 8760 h * {rate} to USD")
            rows.append((name.label, str(figure)))
        except ChipcalcError as fault:
            rows.append((name.label, _first(fault.problems)))
    return rows


def _first(problems: Sequence[Problem]) -> str:
    return problems[0].what if problems else ""
