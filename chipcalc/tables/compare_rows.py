"""Four chips or more below one another: a column for each metric, ratios for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.shown import SameRows
from chipcalc.comparison.standing import RATE, main_line, rate_lines
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure, Missing, is_known
from chipcalc.tables.cells import Look, figure_cell, ratio_of, remark
from chipcalc.tables.compare_notes import Notes
from chipcalc.tables.marks import on_line
from chipcalc.tables.report import Cell, Column, Grid, Row, cell
from chipcalc.words.names import Family, Naming, families, within
from chipcalc.words.rows import column_title, joined, readings_of

_RATES = 2  # formats that stand for all of them
_BLOCKS = 2  # of columns, below one another


class Choice(NamedTuple):
    """What of a comparison is columns, what one line each below it, and what is not shown."""

    columns: tuple[SameRows, ...]
    lines: tuple[SameRows, ...]
    rest: tuple[SameRows, ...]


def choice(comparison: Comparison, rows: Sequence[SameRows], *, whole: bool) -> Choice:
    """Return which rows of a comparison become columns.

    All that somebody asked for; else the formats that stand for all, and what the vocabulary has
    across. What fewer than half of the chips have a figure of is a line below.
    """
    asked = whole or comparison.options.metrics or comparison.options.all_statements
    wanted = [*rows] if asked else list(_usual(comparison, rows))
    half = len(comparison.sheets) / 2
    return Choice(
        tuple(each for each in wanted if each.known >= half),
        tuple(each for each in wanted if each.known < half),
        tuple(each for each in rows if each not in wanted),
    )


def _usual(comparison: Comparison, rows: Sequence[SameRows]) -> Iterator[SameRows]:
    by_line = {id(line): each for each in rows for line in each.lines}
    rated = [by_line[id(line)] for line in rate_lines(comparison) if id(line) in by_line]
    given = [each for each in rows if each.first.metric in comparison.options.extra]
    headline = [each for each in given if _same_format(each, rated[:1])]
    yield from headline
    yield from [*{id(each): each for each in rated}.values()][:_RATES]
    places = {id(e): comparison.vocabulary.metric(e.first.metric).across for e in rows}
    across = [each for each in rows if places[id(each)] and each.first.metric != RATE]
    yield from sorted(across, key=lambda each: places[id(each)] or 0)


def _same_format(rows: SameRows, others: Sequence[SameRows]) -> bool:
    formats = {line.when.get("format") for each in others for line in each.lines}
    return any(line.when.get("format") in formats for line in rows.lines)


def grid(
    comparison: Comparison,
    chosen: Choice,
    names: Sequence[Naming],
    notes: Notes,
    *,
    percent: bool,
    whole: bool,
) -> Grid:
    """Return the table with a row for each chip, families under a heading of their own."""
    ratios = _with_ratio(comparison, chosen.columns, whole=whole)
    columns = tuple(_columns(comparison, chosen.columns, ratios, names, percent=percent))
    look = Look(exact=whole, starred=True, absent="none")
    found: list[Row] = []
    for family in families(comparison.sheets, names):
        if family.words:
            found.append(Row((Cell((family.words,), role="heading"),), heading=True))
        for index in family.members:
            label = _label(comparison, index, family, names[index], whole=whole)
            cells: list[Cell] = [Cell((label,), int(bool(family.words)), "label")]
            for each in chosen.columns:
                note = notes.number(remark(comparison, each.first, index))
                cells.append(figure_cell(comparison, each.first, index, note, look))
                if each in ratios:
                    cells.append(_ratio(each.first, index, percent=percent))
            found.append(Row(tuple(cells)))
    blocks = 0 if whole or comparison.options.metrics else _BLOCKS
    return Grid(columns, tuple(found), "chips", lean=not whole, blocks=blocks)


def _label(
    comparison: Comparison, index: int, family: Family, naming: Naming, *, whole: bool
) -> str:
    """Return what a row is called: by its whole name where all is shown."""
    label = comparison.sheets[index].name if whole else naming.label
    if family.words:
        label = within(Naming(naming.short, label), family)
    read = readings_of(comparison, index)
    return f"{label} ({read})" if read and comparison.mixed else label


def _with_ratio(
    comparison: Comparison, columns: Sequence[SameRows], *, whole: bool
) -> list[SameRows]:
    """Return the columns that have ratios beside them: one, or all that have any."""
    found = [each for each in columns if any(r is not None for r in each.first.ratios[1:])]
    if whole:
        return found
    main = main_line(comparison)
    first = [each for each in found if any(line in main for line in each.lines)]
    return (first or found)[:1]


def _columns(
    comparison: Comparison,
    columns: Sequence[SameRows],
    ratios: Sequence[SameRows],
    names: Sequence[Naming],
    *,
    percent: bool,
) -> Iterator[Column]:
    yield Column("", name="chip")
    base = names[0].short
    for group, each in enumerate(columns, start=1):
        _, unit = joined(comparison, each)
        yield Column(column_title(comparison, each), "decimal", group, "figure", unit)
        if each in ratios:
            behind = f"({{}} {'of' if percent else '×'} {base})"
            yield Column(f"÷ {base}", "decimal", group, "ratio", behind=behind)


def _ratio(line: ComparedRow, index: int, *, percent: bool) -> Cell:
    unknown = line.ratios[index] is None and line.bounds[index] is None
    if unknown or not isinstance(line.answers[0], Figure):
        return Cell(("–",), role="missing")
    text = ratio_of(line, index, percent=percent, equal="100 %" if percent else "1")
    return cell(text, role="" if index else "faint")


def line_below(comparison: Comparison, row: SameRows, names: Sequence[Naming], notes: Notes) -> str:
    """Return what few chips have a figure of: ``Memory: Orin-X ~32–64 GB, the others unknown``."""
    label, unit = joined(comparison, row)
    known: list[str] = []
    lacking: dict[tuple[str, int], list[str]] = {}
    for index, answer in enumerate(row.first.answers):
        note = notes.number(remark(comparison, row.first, index))
        if isinstance(answer, Missing) and not is_known(answer):
            key = (answer.kind, note)
            lacking.setdefault(key, []).append(names[index].short)
        else:
            found = on_line(figure_cell(comparison, row.first, index, 0))
            marked = on_line(Cell((f"{found} {unit}",), footnotes=(note,)))
            known.append(f"{names[index].short} {marked}")
    usual = ("unknown", 0)
    parts = [
        f"{join_words(chips)} {on_line(Cell((kind,), footnotes=(note,)))}"
        for (kind, note), chips in lacking.items()
        if (kind, note) != usual
    ]
    if usual in lacking:
        parts.append("the others unknown" if known or parts else "unknown")
    return f"{label}: {', '.join([*known, *parts])}"
