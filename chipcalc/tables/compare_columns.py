"""Up to three chips beside one another: a row for each metric, ratios to the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chipcalc.comparison.comparison import Comparison
from chipcalc.comparison.shown import SameRows
from chipcalc.comparison.shown import sections as under_headings
from chipcalc.tables.cells import Look, figure_cell, ratio_of, remark
from chipcalc.tables.compare_notes import Notes
from chipcalc.tables.report import Cell, Column, Grid, Row, cell
from chipcalc.words.names import Naming
from chipcalc.words.rows import brief, joined, readings_of, sections

_PAIR = 2


def grid(
    comparison: Comparison,
    rows: Sequence[SameRows],
    names: Sequence[Naming],
    notes: Notes,
    *,
    percent: bool,
    whole: bool,
) -> Grid:
    """Return the table of up to three chips; of a pair each row has its unit beside it.

    Three leave no room for that: there units stand in the headings and the labels.
    """
    pair = len(names) == _PAIR
    found: list[Row] = []
    for heading, members in ordered(comparison, rows).items():
        minor = [not whole and _is_minor(comparison, each) for each in members]
        title = _heading(comparison, heading, members, pair=pair)
        found.append(title._replace(minor=all(minor)))
        for each, left_out in zip(members, minor, strict=True):
            label, unit = joined(comparison, each, headed=True)
            cells = [cell(unit)] if pair else []
            cells += _figures(comparison, each, notes, percent=percent)
            shared = _by_format(comparison, each)
            narrow = label if shared else f"{brief(comparison, each)} {unit}"
            first = Cell((label if pair else narrow,), 1, "label")
            found.append(Row((first, *cells), minor=left_out, narrow=narrow))
    columns = tuple(_columns(comparison, names, pair=pair))
    return Grid(columns, tuple(found), "compare", lean=not whole)


def ordered(comparison: Comparison, rows: Sequence[SameRows]) -> dict[str, list[SameRows]]:
    """Return rows under their headings, each of them once."""
    return under_headings(rows, sections(comparison))


def _columns(comparison: Comparison, names: Sequence[Naming], *, pair: bool) -> Iterator[Column]:
    read = [readings_of(comparison, index) for index in range(len(names))]
    yield Column("", name="row")
    if pair:
        yield Column("", name="unit")
    yield Column(names[0].label, "decimal", name="chip", unit=read[0])
    base = names[0].short
    for group, each in enumerate(names[1:], start=1):
        yield Column(each.label, "decimal", group, name="chip", unit=read[group])
        ratio = f"{each.short} ÷ {base}" if pair else f"÷ {base}"
        yield Column(ratio, "decimal", group, name="ratio", brief=f"÷ {base}")


def _figures(
    comparison: Comparison, row: SameRows, notes: Notes, *, percent: bool
) -> Iterator[Cell]:
    line = row.first
    for index in range(len(line.answers)):
        note = notes.number(remark(comparison, line, index))
        yield figure_cell(comparison, line, index, note, Look(absent="none"))
        if index:
            yield cell(ratio_of(line, index, percent=percent))


def _is_minor(comparison: Comparison, row: SameRows) -> bool:
    """Whether a row is left out where there is little room: one that hardly any chip can fill."""
    if comparison.options.metrics:
        return False
    roomy = comparison.vocabulary.metric(row.first.metric).screen != "always"
    return roomy or row.known * 2 <= len(row.first.answers)


def _heading(comparison: Comparison, heading: str, rows: Sequence[SameRows], *, pair: bool) -> Row:
    """Return a heading; where units have no column it has those that its rows share."""
    narrow = heading
    labelled = [joined(comparison, row) for row in rows if _by_format(comparison, row)]
    if labelled:
        narrow = f"{heading}, {_units(comparison, rows)}"
    words = heading if pair else narrow
    return Row((Cell((words,), role="heading"),), heading=True, narrow=narrow)


def _units(comparison: Comparison, rows: Sequence[SameRows]) -> str:
    """Return the units of a section: ``TFLOPS (INT8 TOPS)``."""
    pairs = [
        joined(comparison, SameRows((line,)), headed=True)
        for row in rows
        if _by_format(comparison, row)
        for line in row.lines
    ]
    (usual, _), *_ = Counter(unit for _, unit in pairs).most_common(1)
    others = [f"{label} {unit}" for label, unit in pairs if unit != usual]
    return f"{usual} ({', '.join(others)})" if others else usual


def _by_format(comparison: Comparison, row: SameRows) -> bool:
    """Whether a row is one of several formats of a metric, whose heading has their unit."""
    metric = row.first.metric
    return "format" in row.first.when and comparison.vocabulary.metric(metric).per_row == "all"
