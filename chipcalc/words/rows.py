"""What the rows of a comparison are called: FP16, FP32 vector, Bandwidth, FP16 per watt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.modes import without_modes
from chipcalc.comparison.shown import SameRows, scaled
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import MetricDefinition
from chipcalc.words.labels import unit_text

_MANY = 4  # labels that stand beside one another


def row_label(comparison: Comparison, line: ComparedRow, *, of: bool = True) -> str:
    """Return what a row is about: ``FP64 vector``, ``FP16 per watt``, ``Bandwidth``.

    Without `of`, a format does not say what its figure is of.
    """
    definition = comparison.vocabulary.metric(line.metric)
    words: list[str] = []
    details: list[str] = []
    for name, value in line.when.items():
        known = comparison.vocabulary.conditions[name].values.get(value)
        label = known.label if known else value
        if name == "format":
            words.insert(0, label)
        elif name != "engine":
            details.append(label)
        elif _says_more(comparison, line, value):
            words.append(label)
    if (of and definition.formula is not None) or not words:
        words.append(_name(comparison, definition))
    return " ".join(words) + (f" ({', '.join(details)})" if details else "")


def _heads(definition: MetricDefinition) -> bool:
    """Whether the section of a metric is called as the metric itself."""
    return definition.label == definition.section


def _name(comparison: Comparison, definition: MetricDefinition) -> str:
    """Return a metric's name in a table, for chips of a market where it has one of its own."""
    markets = (each.market.value for each in comparison.sheets if each.market)
    special = (definition.titles[each] for each in markets if each in definition.titles)
    usual = definition.title or definition.row_label or definition.label
    return next(special, usual)


def _says_more(comparison: Comparison, line: ComparedRow, engine: str) -> bool:
    """Whether an engine is not the usual one, or its format has a row for another one, too."""
    usual = next(iter(comparison.vocabulary.conditions["engine"].values), "")
    return engine != usual or _engines(comparison)[line.metric, line.when.get("format", "")] > 1


def _engines(comparison: Comparison) -> Counter[tuple[str, str]]:
    """Return how many rows each metric has for a format: more than one needs its engine named."""
    rows = {
        (line.metric, line.when.get("format", ""), line.when.get("engine", ""))
        for line in comparison.lines
    }
    return Counter((metric, number_format) for metric, number_format, _ in rows)


def shown_unit(comparison: Comparison, line: ComparedRow, unit: Unit | None = None) -> str:
    """Return the unit of a row as people write it, scaled so that the row starts at 1 or more."""
    found = unit or scaled(line, comparison.vocabulary)
    return unit_text((line.metric, frozenset(line.when.items())), found, comparison.vocabulary)


def format_label(comparison: Comparison, line: ComparedRow) -> str:
    """Return the format of a row and its engine, if that says more: ``FP16``, ``FP32 vector``."""
    conditions = comparison.vocabulary.conditions
    rows = {name: value for name, value in line.when.items() if conditions[name].role == "row"}
    return row_label(comparison, line._replace(when=rows), of=False)


def column_title(comparison: Comparison, rows: SameRows) -> str:
    """Return what heads a column of rows that say the same: ``FP16``, ``Logic die``."""
    column = comparison.vocabulary.metric(rows.first.metric).column
    return column or brief(comparison, rows)


def joined(comparison: Comparison, rows: SameRows, *, headed: bool = False) -> tuple[str, str]:
    """Return label and unit of rows that say the same: ``FP8 · INT8`` and ``TFLOPS · TOPS``.

    Many in a row are the first to the last. Below a heading that is their name they go without.
    """
    by_unit: dict[str, list[str]] = {}
    for line in rows.lines:
        by_unit.setdefault(shown_unit(comparison, line), []).append(row_label(comparison, line))
    labels = [each for group in by_unit.values() for each in group]
    tail = _tail(comparison, rows, labels)
    if len(rows.lines) > _MANY and _follow(comparison, rows):
        first, last = (row_label(comparison, rows.lines[end]) for end in (0, -1))
        words = f"{first.removesuffix(tail)} to {last.removesuffix(tail)}"
    else:
        groups = (", ".join(e.removesuffix(tail) for e in group) for group in by_unit.values())
        words = " · ".join(groups)
    dropped = headed and _heads(comparison.vocabulary.metric(rows.first.metric))
    return words if dropped else f"{words}{tail}", " · ".join(by_unit)


def _tail(comparison: Comparison, rows: SameRows, labels: Sequence[str]) -> str:
    """Return what labels share behind their formats: `` per watt``, `` (dense)``."""
    if "format" not in rows.first.when:
        return ""
    definition = comparison.vocabulary.metric(rows.first.metric)
    named = f" {_name(comparison, definition)}" if definition.formula is not None else ""
    _, bracket, details = labels[0].partition(" (")
    tail = f"{named if named and not bracket else ''}{bracket}{details}"
    return tail if all(each.endswith(tail) for each in labels) else ""


def _follow(comparison: Comparison, rows: SameRows) -> bool:
    """Whether rows follow one another among those of their metric."""
    places = [each.when for each in comparison.lines if each.metric == rows.first.metric]
    found = [places.index(each.when) for each in rows.lines]
    return found == [*range(found[0], found[0] + len(found))]


def brief(comparison: Comparison, rows: SameRows) -> str:
    """Return a label without what the usual reading adds to it: ``Chip to chip``."""
    label, _ = joined(comparison, rows)
    has_readings = comparison.vocabulary.metric(rows.first.metric).by and len(rows.lines) == 1
    return label.partition(", ")[0] if has_readings else label


def within(label: str) -> str:
    """Return a label as it stands within a sentence: ``memory``, but ``TPP``."""
    return label if label[:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]


def sections(comparison: Comparison) -> dict[str, str]:
    """Return the heading of each metric: its section, with the reading of all figures."""
    return {each.metric: _section(comparison, each) for each in comparison.lines}


def _section(comparison: Comparison, line: ComparedRow) -> str:
    section = comparison.vocabulary.metric(line.metric).section
    found = reading(comparison)
    if line.metric in _by_format(comparison) and found and not comparison.mixed:
        return f"{section}, {found}"
    if line.metric in comparison.options.extra:
        given = ", ".join(str(each) for each in comparison.options.given.values())
        return f"{section} at {given}"
    return section


def _by_format(comparison: Comparison) -> set[str]:
    """Return the stated metrics with a row per format."""
    metrics = comparison.vocabulary.metrics.items()
    return {name for name, each in metrics if "format" in each.by}


def reading(comparison: Comparison) -> str:
    """Return the reading that all rates have: ``dense``; nothing where they have several."""
    if comparison.options.all_statements or comparison.mixed:
        return ""
    conditions = comparison.vocabulary.conditions
    found = {name: each.default for name, each in conditions.items() if each.default}
    found |= comparison.evaluators[0].reading
    names = [
        name
        for metric in _by_format(comparison)
        for name in comparison.vocabulary.metric(metric).by
        if conditions[name].role == "reading" and name in found
    ]
    return next((conditions[name].values[found[name]].label for name in names), "")


def readings_of(comparison: Comparison, index: int) -> str:
    """Return how a chip is read where some chip is not read as usual; nothing for as usual."""
    read = [without_modes(e.reading, comparison.vocabulary) for e in comparison.evaluators]
    used, own = list(dict.fromkeys(name for each in read for name in each)), read[index]
    if not used or not (comparison.mixed or own):
        return ""
    conditions = comparison.vocabulary.conditions
    usual = {name: conditions[name].default or "" for name in used}
    return ", ".join(conditions[n].values[v].label for n, v in {**usual, **own}.items())
