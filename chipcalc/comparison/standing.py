"""How compared chips stand to one another: who computes how much more, and who leads in what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison, combinations, headline
from chipcalc.comparison.roofline import Crossing, crossing
from chipcalc.figures.figure import Answer, Figure
from chipcalc.values import numbers
from chipcalc.values.interval import Bounds, Interval, hull

RATE = "throughput"
MEMORY = ("memory_capacity", "memory_bandwidth")


class Standing(NamedTuple):
    """How a chip, by its place, stands to the base in some rows: one ratio, or a range of them."""

    place: int
    lines: tuple[ComparedRow, ...]
    ratio: Interval


class BoundedBy(NamedTuple):
    """What the ratio of a chip, by its place, to the base cannot be below or above in a row."""

    place: int
    line: ComparedRow
    ratio: Bounds


class Lead(NamedTuple):
    """Who is ahead in a row for certain: its place, and how many times the other it has.

    Of more than two chips there is no one other, so that the ratio is that to the base.
    """

    line: ComparedRow
    place: int
    ratio: Interval | None


def standing(comparison: Comparison, index: int) -> Standing | None:
    """Return how a chip stands to the base by the metric that a comparison is about.

    The rows are those, as many as there are, that share one ratio to three digits; where each has
    its own, all of them with the range of their ratios. None where no ratio is known.
    """
    lines = [each for each in leading_lines(comparison) if each.ratios[index] is not None]
    groups: dict[str, list[ComparedRow]] = {}
    for line in lines:
        ratio = line.ratios[index]
        if ratio is not None:
            groups.setdefault(numbers.ratios(ratio), []).append(line)
    if not groups:
        return None
    most = max(groups.values(), key=len)
    chosen = most if len(most) > 1 or len(groups) == 1 else lines
    ratios = [ratio for each in chosen if (ratio := each.ratios[index]) is not None]
    low, high = min(each.low for each in ratios), max(each.high for each in ratios)
    return Standing(index, tuple(chosen), Interval(low, hull(ratios).best, high))


def bounded(comparison: Comparison) -> list[BoundedBy]:
    """Return what bounds the chips of which no ratio is known, each in the first row that has it.

    The rows are those of the metric that the comparison is about.
    """
    found = []
    lines = leading_lines(comparison)
    for index in range(1, len(comparison.sheets)):
        if any(each.ratios[index] is not None for each in lines):
            continue
        bounds = ((each, each.bounds[index]) for each in lines)
        found += [BoundedBy(index, line, ratio) for line, ratio in bounds if ratio][:1]
    return found


def leading_lines(comparison: Comparison) -> list[ComparedRow]:
    """Return the rows of the metric that a comparison is about.

    It is what chips attain where an intensity is given, else their peak rates in the usual
    reading, else the first metric of which some ratio is known.
    """
    given = [each for each in comparison.lines if each.metric in comparison.options.extra]
    rates = [each for each in comparison.lines if each.metric == RATE]
    for found in (given, [each for each in rates if _usual(each, comparison)]):
        if found:
            return found
    others = (each.metric for each in comparison.lines if any(r for r in each.ratios[1:]))
    name = next(others, "")
    return [each for each in comparison.lines if each.metric == name]


def _usual(line: ComparedRow, comparison: Comparison) -> bool:
    """Whether a row states no other reading than the usual one."""
    conditions = comparison.vocabulary.conditions
    return all(
        value == conditions[name].default
        for name, value in line.when.items()
        if conditions[name].role == "reading"
    )


def rate_lines(comparison: Comparison) -> list[ComparedRow]:
    """Return the rows of peak rates, the formats that most chips have first.

    The first is the row that stands for all: the first headline format that all chips have.
    """
    lines = {_key(each): each for each in comparison.lines if each.metric == RATE}
    found: list[ComparedRow] = []
    vocabulary = comparison.vocabulary
    rows = combinations(comparison.evaluators, RATE, vocabulary)
    first = headline(comparison.evaluators, RATE, vocabulary, comparison.options.when)
    order = [value for each in vocabulary.conditions.values() for value in each.headline]
    rows = [row for row in rows if any(value in order for value in row.values())]
    rows.sort(key=lambda row: (row != first, -_known(row, comparison)))
    for row in rows:
        wanted = set(row.items())
        found += [line for key, line in lines.items() if wanted <= set(key) and line not in found]
    return found or [*lines.values()]


def main_line(comparison: Comparison) -> list[ComparedRow]:
    """Return the one row that stands for what a comparison is about, if there is one.

    It is the row of rates that stands for all, or what is attained in its format.
    """
    rates = rate_lines(comparison)[:1]
    leading = leading_lines(comparison)
    if not leading or leading[0].metric == RATE:
        return rates
    if leading[0].metric in comparison.options.extra:
        same = [each for each in leading if rates and each.when == rates[0].when]
        return (same or leading)[:1]
    return rates


def _key(line: ComparedRow) -> tuple[tuple[str, str], ...]:
    return tuple(line.when.items())


def _known(row: dict[str, str], comparison: Comparison) -> int:
    answers = (each.figure(RATE, row) for each in comparison.evaluators)
    return sum(isinstance(each, Figure) for each in answers)


def memory_leads(comparison: Comparison) -> list[Lead]:
    """Return which of two chips has more memory and bandwidth for certain, and how much more."""
    found = []
    for line in (each for each in comparison.lines if each.metric in MEMORY):
        ratio = line.ratios[1]
        if ratio is not None and ratio.low > 1:
            found.append(Lead(line, 1, ratio))
        elif ratio is not None and ratio.high < 1:
            found.append(Lead(line, 0, _inverse(line.answers)))
    return found


def _inverse(answers: Sequence[Answer]) -> Interval | None:
    base, other = answers[:2]
    if not isinstance(base, Figure) or not isinstance(other, Figure):
        return None
    try:
        return (base.value / other.value).amount
    except ZeroDivisionError:
        return None


def leads(comparison: Comparison) -> list[Lead]:
    """Return who is best for certain: in the row of rates that stands for all, and in memory."""
    lines = [
        *main_line(comparison),
        *(each for each in comparison.lines if each.metric in MEMORY),
    ] or [*comparison.lines]
    return [
        Lead(each, each.best, each.ratios[each.best]) for each in lines if each.best is not None
    ]


def crossover(comparison: Comparison) -> Crossing | None:
    """Return where the lead of two chips passes from one to the other; None for nowhere.

    It is told of the row of rates that stands for all; None where that or the bandwidth is not
    among the rows.
    """
    shown = {each.metric for each in comparison.lines}
    lines = rate_lines(comparison)
    if MEMORY[1] not in shown or not lines or comparison.options.all_statements:
        return None
    base, other = comparison.evaluators[:2]
    return crossing(lines[0], base, other)
