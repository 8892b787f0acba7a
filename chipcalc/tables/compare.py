"""A comparison as a report: sections, marks, footnotes, ratios and the JSON contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chipcalc.comparison.comparison import ComparedRow, Comparison, is_elementary
from chipcalc.contract import compare
from chipcalc.errors import join_words
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.schema.source import STATUSES, Source
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import Footnotes, figure_cell, row_label
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.words.labels import citation
from chipcalc.words.line import Block, TextLine, block, deeper

_MANY_CHIPS = 3
_FEW_ROWS = 4


def report(comparison: Comparison, store: Store, *, percent: bool, sources: bool) -> Report:
    """Return the report of a comparison, with ratios in per cent or sources listed if asked."""
    notes = Footnotes()
    figures = tuple(
        tuple(figure_cell(comparison, line, index, notes) for line in comparison.lines)
        for index in range(len(comparison.sheets))
    )  # chip by chip, so that footnotes run in that order
    columns = _columns(comparison)
    rows = tuple(_rows(comparison, figures, percent=percent))
    footer = [
        _mixture(comparison),
        block(*_overtakings(comparison)),
        tuple(notes.lines()),
        _legend(rows),
        block(*_firmness(comparison)),
    ]
    if sources:
        footer.append(block(*_sources(comparison, store)))
    if len(comparison.sheets) > _MANY_CHIPS and len(comparison.lines) <= _FEW_ROWS:
        columns, rows = _turned(comparison, figures, percent=percent)
    return Report(
        lambda: compare.data(comparison),
        lambda: list(compare.records(comparison)),
        parts=(
            Grid(columns, rows, "compare"),
            *tuple(each for each in footer if each),
            block("" if sources else "--sources lists their sources."),
        ),
        caption=f"{join_words(sheet.name for sheet in comparison.sheets)} compared",
    )


def _columns(comparison: Comparison) -> tuple[Column, ...]:
    first = comparison.evaluators[0]
    columns = [Column("", name="row"), Column("unit", name="unit")]
    columns.append(Column(_header(first, comparison), "right", name="chip"))
    for group, each in enumerate(comparison.evaluators[1:], start=1):
        columns.append(Column(_header(each, comparison), "right", group, name="chip"))
        columns.append(Column(f"÷ {first.sheet.id}", "right", group))
    return tuple(columns)


def _header(evaluator: Evaluator, comparison: Comparison) -> str:
    name = evaluator.sheet.name
    readings = _readings_in_use(comparison)
    if readings and (comparison.mixed or evaluator.reading):
        name += f" ({', '.join(_reading_label(evaluator, each) for each in readings)})"
    return name


def _readings_in_use(comparison: Comparison) -> list[str]:
    """Return the conditions in which some chip is not read as usual."""
    return list(dict.fromkeys(name for each in comparison.evaluators for name in each.reading))


def _reading_label(evaluator: Evaluator, name: str) -> str:
    condition = evaluator.vocabulary.conditions[name]
    value = evaluator.reading.get(name, condition.default) or ""
    return condition.values[value].label


def _rows(
    comparison: Comparison, figures: Sequence[Sequence[Cell]], *, percent: bool
) -> Iterator[Row]:
    """Yield headings and rows; `figures` holds the cells of each chip, row by row."""
    stated = {
        _section(comparison, line)
        for line in comparison.lines
        if comparison.vocabulary.metric(line.metric).formula is None
    }
    section = ""
    for number, line in enumerate(comparison.lines):
        heading = _section(comparison, line)
        if heading != section:
            section = heading
            title = Cell((heading,), role="label", derived=heading not in stated)
            yield Row((title,), heading=True)
        computed = section in stated and not is_elementary(line.metric, comparison.vocabulary)
        label = Cell((row_label(comparison, line),), 1, "label", derived=computed)
        cells = [label, cell(_unit(comparison, line)), figures[0][number]]
        for column, ratio in zip(figures[1:], line.ratios[1:], strict=True):
            cells += [column[number], cell(_ratio_text(ratio, percent=percent))]
        yield Row(tuple(cells))


def _unit(comparison: Comparison, line: ComparedRow) -> str:
    return comparison.vocabulary.metric(line.metric).shown_unit or str(line.unit)


def _turned(
    comparison: Comparison, figures: Sequence[Sequence[Cell]], *, percent: bool
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the table with a row for each chip: the better shape for many chips and few rows."""
    columns = [Column("")]
    for group, line in enumerate(comparison.lines, start=1):
        title = row_label(comparison, line)
        if not is_elementary(line.metric, comparison.vocabulary):
            title += " †"
        unit = _unit(comparison, line)
        columns.append(Column(title, "right", group, "figure", unit))
        columns.append(Column(f"÷ {comparison.sheets[0].id}", "right", group))
    turned = []
    for index, evaluator in enumerate(comparison.evaluators):
        cells = [cell(_header(evaluator, comparison))]
        for figure, line in zip(figures[index], comparison.lines, strict=True):
            ratio = _ratio_text(line.ratios[index], percent=percent) if index else ""
            cells += [figure, cell(ratio) if ratio else NOTHING]
        turned.append(Row(tuple(cells)))
    return tuple(columns), tuple(turned)


def _ratio_text(ratio: Interval | None, *, percent: bool) -> str:
    if ratio is None:
        return "–"
    return numbers.percent(ratio) if percent else numbers.ratios(ratio)


def _section(comparison: Comparison, line: ComparedRow) -> str:
    definition = comparison.vocabulary.metric(line.metric)
    if line.metric in _by_reading(comparison) and not comparison.mixed:
        return f"{definition.section}, {_by_reading(comparison)[line.metric]}"
    intensity = comparison.options.given.get("arithmetic_intensity")
    if intensity and definition.section == "Attainable throughput":
        return f"{definition.section} at {numbers.quantity(intensity)}"
    return definition.section


def _by_reading(comparison: Comparison) -> dict[str, str]:
    """Return, for each metric with a row per format, the reading that all its figures have."""
    found = {}
    reading = comparison.evaluators[0].reading
    for name, definition in comparison.vocabulary.metrics.items():
        for each in definition.by:
            condition = comparison.vocabulary.conditions[each]
            value = reading.get(each, condition.default)
            if condition.role == "reading" and len(definition.by) > 1 and value:
                found[name] = condition.values[value].label
    return {} if comparison.options.all_statements else found


def _legend(rows: Sequence[Row]) -> Block:
    """Return what the marks mean that occur in some rows."""
    cells = [each for row in rows for each in row.cells]
    signs = [
        (any(each.role == "best" for each in cells), "* best of the known figures"),
        (any(each.estimated for each in cells), "~ estimated"),
        (any(each.derived for each in cells), "† computed here"),
    ]
    return block("   ".join(words for present, words in signs if present))


def _mixture(comparison: Comparison) -> Block:
    words = "Mixed readings, as asked for: the columns do not state the same kind of rate."
    return block(words if comparison.mixed else "")


def _overtakings(comparison: Comparison) -> Iterator[str]:
    """Yield at which arithmetic intensity each chip overtakes the base, per format."""
    if not comparison.options.given:
        return
    from chipcalc.comparison.roofline import crossings

    for each in crossings(comparison):
        at = numbers.amounts(each.intensity.amount, numbers.RATIO_DIGITS)
        yield (
            f"{row_label(comparison, each.line, of=False)}: {each.below.name} leads below {at} "
            f"{each.intensity.unit}, {each.above.name} above."
        )


def _firmness(comparison: Comparison) -> Iterator[str]:
    """Yield how firm each chip's figures are: ``Figures of H20 96GB: 15 reported``."""
    for index, sheet in enumerate(comparison.sheets):
        seen = {
            located: located.statement.status
            for line in comparison.lines
            if isinstance(answer := line.answers[index], Figure)
            for located in answer.statements()
        }
        counts = Counter(seen.values())
        parts = [f"{counts[status]} {status}" for status in STATUSES if counts[status]]
        missing = "" if counts["official"] else "; none is published by the vendor"
        words = f"{join_words(parts)}{missing}" if parts else "none in these rows"
        yield f"Figures of {sheet.name}: {words}."


def _sources(comparison: Comparison, store: Store) -> Iterator[TextLine]:
    for index, sheet in enumerate(comparison.sheets):
        yield TextLine(f"Sources of {sheet.name}")
        keys: dict[str, Source | None] = {}
        for line in comparison.lines:
            answer = line.answers[index]
            if isinstance(answer, Figure):
                for located in answer.statements():
                    keys.update({key: store.source(sheet, key) for key in located.statement.source})
        yield from deeper(citation(source) if source else key for key, source in keys.items())
