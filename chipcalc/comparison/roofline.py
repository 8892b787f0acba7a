"""Where one chip overtakes another as work moves from memory-bound to compute-bound.

The roofline model (S. Williams, A. Waterman, D. Patterson, Communications of the ACM 52(4), 2009):
a chip attains the lesser of its peak rate and its memory bandwidth times the arithmetic intensity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Missing
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.interval import Interval
from chipcalc.values.units import Quantity


class Roof(NamedTuple):
    """One chip's limits in base units: operations per second, and information per second."""

    peak: Interval
    bandwidth: Interval


class Overtaking(NamedTuple):
    """The intensity, in operations per unit of information, where the lead changes for certain.

    `below` and `above` say which of the two roofs, 0 or 1, is ahead on either side.
    """

    intensity: Interval
    below: int
    above: int


def overtaking(first: Roof, second: Roof) -> Overtaking | None:
    """Return where the lead passes from one roof to the other; None where it never does.

    The chip with the higher bandwidth leads on memory-bound work, the one with the higher peak on
    compute-bound work. When they differ, the lead changes where the slower peak meets the slower
    bandwidth's slope. Also None when ranges overlap, because then nobody leads for certain.
    """
    more_bandwidth = _greater(first.bandwidth, second.bandwidth)
    more_peak = _greater(first.peak, second.peak)
    if more_bandwidth is None or more_peak is None or more_bandwidth == more_peak:
        return None
    roofs = (first, second)
    capped, slower = roofs[more_bandwidth].peak, roofs[more_peak].bandwidth
    if slower.low <= 0:
        return None
    return Overtaking(capped / slower, more_bandwidth, more_peak)


def _greater(first: Interval, second: Interval) -> int | None:
    if first.low > second.high:
        return 0
    return 1 if second.low > first.high else None


class Crossing(NamedTuple):
    """A row of attainable throughput in which the lead passes from one chip to another."""

    line: ComparedRow
    intensity: Quantity
    below: Sheet
    above: Sheet


def crossings(comparison: Comparison) -> Iterator[Crossing]:
    """Yield where each chip of a comparison at an intensity overtakes the base, row by row."""
    work = comparison.vocabulary.of_the_work() if comparison.options.given else ""
    if work not in comparison.options.given:
        return
    attainable = comparison.vocabulary.resting_on(work)
    base, *others = comparison.evaluators
    for line in (each for each in comparison.lines if each.metric in attainable):
        found = (crossing(line, base, other) for other in others)
        yield from (each for each in found if each)


def crossing(line: ComparedRow, base: Evaluator, other: Evaluator) -> Crossing | None:
    """Return where the lead passes from one chip to another in the format of a row, if it does.

    Raises ChipcalcError for a vocabulary without an arithmetic intensity.
    """
    vocabulary = base.vocabulary
    unit = vocabulary.metric(vocabulary.of_the_work()).unit
    first, second = _roof(base, line.when), _roof(other, line.when)
    found = overtaking(first, second) if first and second else None
    if not found:
        return None
    pair = (base.sheet, other.sheet)
    at = unit.from_base(found.intensity)
    return Crossing(line, at, pair[found.below], pair[found.above])


def _roof(evaluator: Evaluator, when: Conditions) -> Roof | None:
    peak = evaluator.figure("throughput", when)
    bandwidth = evaluator.figure("memory_bandwidth")
    if isinstance(peak, Missing) or isinstance(bandwidth, Missing):
        return None
    return Roof(peak.value.base, bandwidth.value.base)
