"""A comparison as a report: sections, marks, footnotes, ratios and the JSON contract."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from chipcalc import contract, text
from chipcalc.compare import Comparison, Line, is_elementary
from chipcalc.errors import join_words
from chipcalc.evaluate import Conditions, Evaluator
from chipcalc.figure import Figure, Missing
from chipcalc.interval import Interval
from chipcalc.model import STATUSES, Source
from chipcalc.report import Column, Report, Row
from chipcalc.roofline import Roof, overtaking
from chipcalc.store import Store
from chipcalc.units import Quantity, Unit

_HEADER_WIDTH = 16
_LABEL_WIDTH = 26
_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN = "abcdefghijklmnoprstuvwxyz"


@dataclass
class _Footnotes:
    """Footnotes in the order of their first mention, each text once."""

    texts: dict[str, int] = field(default_factory=dict)

    def mark(self, note: str) -> str:
        number = self.texts.setdefault(note, len(self.texts))
        return "".join(_LETTERS[each] for each in _digits(number))

    def lines(self) -> Iterator[str]:
        for note, number in self.texts.items():
            name = "".join(_PLAIN[each] for each in _digits(number))
            yield textwrap.fill(
                note,
                80,
                initial_indent=f"{name:<3}",
                subsequent_indent="   ",
                break_on_hyphens=False,
            )


def report(comparison: Comparison, store: Store, *, percent: bool, sources: bool) -> Report:
    """Return the report of a comparison, with ratios in per cent or sources listed if asked."""
    notes = _Footnotes()
    rows = list(_rows(comparison, notes, percent=percent))
    footer = [*_mixture(comparison), *_overtakings(comparison), "\n".join(notes.lines())]
    footer += [_legend(rows), _firmness(comparison)]
    if sources:
        footer.append(_sources(comparison, store))
    return Report(
        _columns(comparison),
        tuple(rows),
        contract.data(comparison),
        tuple(contract.records(comparison)),
        notes=tuple(each for each in footer if each),
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
    if evaluator.reading:
        name += f" ({_reading_label(evaluator)})"
    elif comparison.mixed:
        name += " (usual reading)"
    lines = textwrap.wrap(name, _HEADER_WIDTH, break_long_words=False)
    return "\n".join(lines)


def _reading_label(evaluator: Evaluator) -> str:
    conditions = evaluator.vocabulary.conditions
    return ", ".join(
        conditions[name].values[value].label for name, value in evaluator.reading.items()
    )


def _rows(comparison: Comparison, notes: _Footnotes, *, percent: bool) -> Iterator[Row]:
    section = ""
    engines = _engines(comparison)
    stated = {
        _section(comparison, line)
        for line in comparison.lines
        if comparison.vocabulary.metric(line.metric).formula is None
    }
    for line in comparison.lines:
        heading = _section(comparison, line)
        if heading != section:
            section = heading
            computed = "" if section in stated else " †"
            yield Row((heading + computed,), heading=True)
        label = textwrap.wrap(_row_label(comparison, line, engines), _LABEL_WIDTH)
        unit = comparison.vocabulary.metric(line.metric).shown_unit or str(line.unit)
        cells = ["\n".join(f"  {part}" for part in label), unit, _cell(comparison, line, 0, notes)]
        for i, ratio in enumerate(line.ratios[1:], start=1):
            cells += [_cell(comparison, line, i, notes), _ratio_text(ratio, percent=percent)]
        yield Row(tuple(cells))


def _ratio_text(ratio: Interval | None, *, percent: bool) -> str:
    if ratio is None:
        return "–"
    return text.percent(ratio) if percent else text.ratios(ratio)


def _section(comparison: Comparison, line: Line) -> str:
    definition = comparison.vocabulary.metric(line.metric)
    if line.metric in _by_reading(comparison) and not comparison.mixed:
        return f"{definition.section}, {_by_reading(comparison)[line.metric]}"
    intensity = comparison.options.given.get("arithmetic_intensity")
    if intensity and definition.section == "Attainable throughput":
        return f"{definition.section} at {text.quantity(intensity)}"
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


def _engines(comparison: Comparison) -> Counter[tuple[str, str]]:
    """Return how many rows each metric has for a format: more than one needs its engine named."""
    rows = {
        (line.metric, line.when.get("format", ""), line.when.get("engine", ""))
        for line in comparison.lines
    }
    return Counter((metric, number_format) for metric, number_format, _ in rows)


def _row_label(comparison: Comparison, line: Line, engines: Counter[tuple[str, str]]) -> str:
    """Return what a row is about: ``FP64 (vector)``, ``FP16 per watt``, ``Memory bandwidth``."""
    definition = comparison.vocabulary.metric(line.metric)
    values = comparison.vocabulary.conditions
    number_format = line.when.get("format", "")
    words, details = [], []
    for name, value in line.when.items():
        known = values[name].values.get(value)
        label = known.label if known else value
        first = next(iter(values[name].values), "")
        if name == "format":
            words.append(label)
        elif name != "engine" or value != first or engines[line.metric, number_format] > 1:
            details.append(label)
    if definition.formula is not None or not words:
        words.append(definition.row_label or definition.label)
    return " ".join(words) + (f" ({', '.join(details)})" if details else "")


def _cell(comparison: Comparison, line: Line, index: int, notes: _Footnotes) -> str:
    answer = line.answers[index]
    chip = comparison.sheets[index].name
    if isinstance(answer, Missing):
        return answer.kind + _missing_mark(comparison, answer, chip, notes)
    elementary = is_elementary(line.metric, comparison.vocabulary)
    shown, unit = contract.fitted(answer.value, line.unit)
    digits = text.STATED
    if answer.derived:
        digits = text.COMPUTED if shown.exact else text.RATIO
    cell = text.amounts(shown, digits) + unit
    if answer.status == "estimated":
        cell = f"~{cell}"
    if elementary and answer.derived:
        cell += "†"
    if line.best == index:
        cell += "*"
    remark = _remark(answer) if elementary else ""
    return cell + (notes.mark(f"{chip}: {remark}") if remark else "")


def _missing_mark(comparison: Comparison, missing: Missing, chip: str, notes: _Footnotes) -> str:
    if missing.seen:
        printed = join_words(_printed(comparison, each) for each in missing.seen)
        return notes.mark(f"{chip}: published is only {printed}")
    if missing.kind in ("undefined", "ambiguous"):
        return notes.mark(f"{chip}: {missing.because}")
    return ""


def _printed(comparison: Comparison, located: Any) -> str:
    statement = located.statement
    labels = [
        known.label
        for name, value in statement.when.items()
        if (condition := comparison.vocabulary.conditions[name]).role in ("reading", "part")
        and (known := condition.values.get(value))
    ]
    return f"{text.quantity(statement.quantity)} ({', '.join(labels)})"


def _remark(figure: Figure) -> str:
    """Return what a reader must know about a figure: where it is a range, estimated or a sum."""
    remarks = []
    if figure.parts and len(figure.parts) > 1:
        parts = " + ".join(f"{part.label} {text.quantity(part.value)}" for part in figure.parts)
        remarks.append(parts)
    elif figure.derived:
        remarks.append(figure.how)
    statements = [each.statement for each in figure.statements()]
    if not figure.value.amount.exact or figure.status == "estimated":
        remarks += [note for each in statements if (note := each.note)]
    if any(each.as_of for each in statements):
        remarks += [f"as of {each.as_of}" for each in statements if each.as_of]
    return "; ".join(dict.fromkeys(remarks))


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
                at = Quantity(crossing.intensity, _base(unit)).to(unit)
                label = _row_label(comparison, line, _engines(comparison))
                lines.append(
                    f"{label.replace(' attainable', '')}: {names[crossing.below]} leads "
                    f"below {text.amounts(at.amount, text.RATIO)} {unit}, "
                    f"{names[crossing.above]} above."
                )
    yield "\n".join(lines)


def _base(unit: Unit) -> Unit:
    """Return the base unit of the same dimension."""
    return Unit(unit.parts, Fraction(1), unit.dimension)


def _roof(evaluator: Evaluator, when: Conditions) -> Roof | None:
    peak = evaluator.figure("throughput", when)
    bandwidth = evaluator.figure("memory_bandwidth")
    if isinstance(peak, Missing) or isinstance(bandwidth, Missing):
        return None
    return Roof(_in_base(peak.value), _in_base(bandwidth.value))


def _in_base(value: Quantity) -> Interval:
    factor = value.unit.factor
    amount = value.amount
    return Interval(amount.low * factor, amount.best * factor, amount.high * factor)


def _firmness(comparison: Comparison) -> str:
    """Return how firm each chip's figures are: ``H20 96GB: 15 reported``."""
    lines = []
    for index, sheet in enumerate(comparison.sheets):
        seen = {
            located.origin: located.statement.status
            for line in comparison.lines
            if isinstance(answer := line.answers[index], Figure)
            for located in answer.statements()
        }
        counts = Counter(seen.values())
        if not counts:
            lines.append(f"{sheet.name}: no figure is published.")
            continue
        parts = [f"{counts[status]} {status}" for status in STATUSES if counts[status]]
        missing = "" if counts["official"] else "; none is published by the vendor"
        lines.append(f"{sheet.name}: {join_words(parts)}{missing}.")
    return "Figures used. " + "\n              ".join(lines) + "\n--sources lists them."


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
        lines += [
            f"  {contract.citation(source) if source else key}" for key, source in keys.items()
        ]
    return "\n".join(lines)


def _digits(number: int) -> list[int]:
    """Return a number in base 25, so that footnotes go on after the last letter."""
    digits = [number % len(_PLAIN)]
    while number >= len(_PLAIN):
        number = number // len(_PLAIN) - 1
        digits.insert(0, number % len(_PLAIN))
    return digits
