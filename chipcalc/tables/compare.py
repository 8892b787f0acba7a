"""A comparison as a report: sections, marks, footnotes, ratios and the JSON contract."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from chipcalc.comparison.comparison import ComparedRow, Comparison, is_elementary
from chipcalc.comparison.roofline import Roof, overtaking
from chipcalc.contract import compare
from chipcalc.errors import join_words
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.schema.source import STATUSES, Source
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import Footnotes, cell, row_label
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.words.labels import citation

_HEADER_WIDTH = 16
_LABEL_WIDTH = 26
_MANY_CHIPS = 3
_FEW_ROWS = 4


def report(comparison: Comparison, store: Store, *, percent: bool, sources: bool) -> Report:
    """Return the report of a comparison, with ratios in per cent or sources listed if asked."""
    notes = Footnotes()
    columns = _columns(comparison)
    rows = tuple(_rows(comparison, notes, percent=percent))
    footer = [*_mixture(comparison), *_overtakings(comparison), "\n".join(notes.lines())]
    footer += [_legend(rows), "\n".join(_firmness(comparison))]
    if sources:
        footer.append(_sources(comparison, store))
    if len(comparison.sheets) > _MANY_CHIPS and len(comparison.lines) <= _FEW_ROWS:
        columns, rows = _turned(comparison, rows)
    return Report(
        columns,
        rows,
        lambda: compare.data(comparison),
        lambda: list(compare.records(comparison)),
        notes=tuple(each for each in footer if each),
        caption=f"{join_words(sheet.name for sheet in comparison.sheets)} compared",
        hint="" if sources else "--sources lists their sources.",
    )


def _columns(comparison: Comparison) -> tuple[Column, ...]:
    first = comparison.evaluators[0]
    columns = [Column(""), Column("unit"), Column(_header(first, comparison), "right")]
    for group, each in enumerate(comparison.evaluators[1:], start=1):
        columns.append(Column(_header(each, comparison), "right", group))
        columns.append(Column(f"÷ {first.sheet.id}", "right", group))
    return tuple(columns)


def _header(evaluator: Evaluator, comparison: Comparison) -> str:
    name = evaluator.sheet.name
    readings = _readings_in_use(comparison)
    if readings and (comparison.mixed or evaluator.reading):
        name += f" ({', '.join(_reading_label(evaluator, each) for each in readings)})"
    return "\n".join(textwrap.wrap(name, _HEADER_WIDTH, break_long_words=False))


def _readings_in_use(comparison: Comparison) -> list[str]:
    """Return the conditions in which some chip is not read as usual."""
    return list(dict.fromkeys(name for each in comparison.evaluators for name in each.reading))


def _reading_label(evaluator: Evaluator, name: str) -> str:
    condition = evaluator.vocabulary.conditions[name]
    value = evaluator.reading.get(name, condition.default) or ""
    return condition.values[value].label


def _rows(comparison: Comparison, notes: Footnotes, *, percent: bool) -> Iterator[Row]:
    """Yield headings and rows; cells are made chip by chip, so that footnotes run in that order."""
    columns = [
        [cell(comparison, line, index, notes) for line in comparison.lines]
        for index in range(len(comparison.sheets))
    ]
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
            yield Row((heading if section in stated else f"{heading} †",), heading=True)
        words = row_label(comparison, line)
        if section in stated and not is_elementary(line.metric, comparison.vocabulary):
            words += " †"
        label = textwrap.wrap(words, _LABEL_WIDTH)
        cells = [
            "\n".join(f"  {part}" for part in label),
            _unit(comparison, line),
            columns[0][number],
        ]
        for column, ratio in zip(columns[1:], line.ratios[1:], strict=True):
            cells += [column[number], _ratio_text(ratio, percent=percent)]
        yield Row(tuple(cells))


def _unit(comparison: Comparison, line: ComparedRow) -> str:
    return comparison.vocabulary.metric(line.metric).shown_unit or str(line.unit)


def _turned(
    comparison: Comparison, rows: Sequence[Row]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the table with a row for each chip: the better shape for many chips and few rows."""
    lines = [row for row in rows if not row.heading]
    columns = [Column("")]
    for group, (line, row) in enumerate(zip(comparison.lines, lines, strict=True), start=1):
        label = row_label(comparison, line)
        if not is_elementary(line.metric, comparison.vocabulary):
            label += " †"
        title = "\n".join([*textwrap.wrap(label, _HEADER_WIDTH), row.cells[1]])
        columns.append(Column(title, "right", group))
        columns.append(Column(f"÷ {comparison.sheets[0].id}", "right", group))
    turned = []
    for index, evaluator in enumerate(comparison.evaluators):
        cells = [_header(evaluator, comparison).replace("\n", " ")]
        for row in lines:
            ratio = row.cells[2 * index + 2] if index else ""
            cells += [row.cells[2 * index + 1] if index else row.cells[2], ratio]
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


def _legend(rows: Sequence[Row]) -> str:
    cells = " ".join(cell for row in rows for cell in row.cells[2:])
    labels = " ".join(row.cells[0] for row in rows)
    signs = [
        ("*" in cells, "* best of the known figures"),
        ("~" in cells, "~ estimated"),
        ("†" in cells or "†" in labels, "† computed here"),
    ]
    return "   ".join(words for present, words in signs if present)


def _mixture(comparison: Comparison) -> Iterator[str]:
    if comparison.mixed:
        yield "Mixed readings, as asked for: the columns do not state the same kind of rate."


def _overtakings(comparison: Comparison) -> Iterator[str]:
    """Yield at which arithmetic intensity each chip overtakes the base, per format."""
    if "arithmetic_intensity" not in comparison.options.given:
        return
    unit = comparison.vocabulary.metric("arithmetic_intensity").unit
    lines = []
    for line in comparison.lines:
        if line.metric != "attainable_throughput":
            continue
        base = _roof(comparison.evaluators[0], line.when)
        for evaluator in comparison.evaluators[1:]:
            other = _roof(evaluator, line.when)
            crossing = overtaking(base, other) if base and other else None
            if crossing:
                names = (comparison.sheets[0].name, evaluator.sheet.name)
                at = unit.from_base(crossing.intensity)
                label = row_label(comparison, line)
                lines.append(
                    f"{label.replace(' attainable', '')}: {names[crossing.below]} leads "
                    f"below {numbers.amounts(at.amount, numbers.RATIO_DIGITS)} {unit}, "
                    f"{names[crossing.above]} above."
                )
    yield "\n".join(lines)


def _roof(evaluator: Evaluator, when: Conditions) -> Roof | None:
    peak = evaluator.figure("throughput", when)
    bandwidth = evaluator.figure("memory_bandwidth")
    if isinstance(peak, Missing) or isinstance(bandwidth, Missing):
        return None
    return Roof(peak.value.base, bandwidth.value.base)


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


def _sources(comparison: Comparison, store: Store) -> str:
    lines = []
    for index, sheet in enumerate(comparison.sheets):
        lines.append(f"Sources of {sheet.name}")
        keys: dict[str, Source | None] = {}
        for line in comparison.lines:
            answer = line.answers[index]
            if isinstance(answer, Figure):
                for located in answer.statements():
                    keys.update({key: store.source(sheet, key) for key in located.statement.source})
        lines += [f"  {citation(source) if source else key}" for key, source in keys.items()]
    return "\n".join(lines)
