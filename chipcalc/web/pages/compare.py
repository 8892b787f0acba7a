"""Chips side by side, figure by figure: groups, ratios to a base, and bars from zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from chipcalc.charts import ratios
from chipcalc.charts.rendering import svg
from chipcalc.commands.compare import Wanted, comparison
from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.shown import SameRows, same_rows, scaled
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.figures.figure import Figure, is_known
from chipcalc.sheets.sheet import Sheet
from chipcalc.tables.cells import Look, figure_cell, ratio_of, remark
from chipcalc.tables.compare import Look as Shape
from chipcalc.tables.compare_columns import ordered
from chipcalc.tables.compare_notes import Notes, notes, provenance
from chipcalc.values.interval import Interval
from chipcalc.web import chart_of
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
        "uses": library.store.vocabulary.purposes,
        "use": address.first("use"),
        "price": address.first("price"),
        "electricity": address.first("electricity"),
        "problems": (),
        "notices": (),
        "groups": (),
        "columns": (),
        "drawing": None,
    }
    try:
        return _compared(library, address, names, shared)
    except ChipcalcError as fault:
        chosen = library.choose(names, counted=True)
        columns = [_column(s.sheet, n, library) for s, n in _named(chosen.chips)]
        problems = fault.problems if names else ()
        values = {**shared, "problems": problems, "columns": columns, "notices": chosen.notices}
        return Page("compare.html", "Compare chips", values, status=WRONG if problems else 200)


def _named(chips: Sequence[Any]) -> Iterator[tuple[Any, Naming]]:
    yield from zip(chips, namings([each.sheet for each in chips]), strict=True)


def _compared(
    library: Library, address: Address, names: Sequence[str], shared: dict[str, Any]
) -> Page:
    chosen = library.choose(names, counted=True)
    if chosen.problems:
        raise ChipcalcError(*chosen.problems)
    first = library.choose(address.all("base")[:1], counted=True).ids[:1]
    ids = [*first, *(each for each in chosen.ids if each not in first)]
    price, purpose = address.first("price"), address.first("use")
    supposed = [f"{ids[0]}:price={price}"] if price else []
    wanted = Wanted(ids, purpose=purpose, supposing=supposed)
    made = comparison(library.db, wanted).comparison
    found = made.found
    look = Shape(whole=True, notes=True, sources=True, chips=tuple(ids), day=library.day(""))
    report = made.shown(look)
    naming = namings(found.sheets)
    rows = same_rows(found.lines)
    listed = notes(found, list(_cells(found, rows)), every=True)
    values = {
        **shared,
        "columns": [
            _column(sheet, name, library) for sheet, name in zip(found.sheets, naming, strict=True)
        ],
        "base": naming[0].short,
        "shown": shown(report._replace(parts=())),
        "groups": [
            (heading, [_row(found, each, listed, library) for each in members])
            for heading, members in ordered(found, rows).items()
        ],
        "notes": _notes(listed, naming),
        "firm": [each.text for each in provenance(found, naming, each_chip=True)],
        "running": _running(library, found, naming, address.first("electricity")),
        "notices": chosen.notices,
    }
    said = [*(["--for", purpose] if purpose else []), *(w for e in supposed for w in ("--set", e))]
    command = written("compare", *ids, *said, "--all")
    chart = ratios(found)
    values["drawing"] = chart_of.drawing(chart)
    title = report.title[0].text
    return Page("compare.html", title, values, report, command, lambda: svg(chart))


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
    rate = f"{price} USD/kWh" if price[-1].isdigit() else price
    rows = []
    for sheet, name in zip(found.sheets, naming, strict=True):
        try:
            chip = sheet.id.rpartition(" ")[2]
            of_all = f"{sheet.count} * {chip}.board_power * 8760 h * {rate} to USD"
            figure = library.db.calc(of_all)
            rows.append((name.label, str(figure)))
        except ChipcalcError as fault:
            rows.append((name.label, _first(fault.problems)))
    return rows


def _first(problems: Sequence[Problem]) -> str:
    return problems[0].what if problems else ""
