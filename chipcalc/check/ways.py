"""The ways to state a figure that a rule leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.figures.counting import Counting
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, key
from chipcalc.rules.case import Case


class Basis(Enum):
    """What a figure rests on: the sheet, the vendor's own word, or one way to count units."""

    computed = auto()
    declared = auto()
    summed_over_units = auto()
    of_whole = auto()


class BitLengths(NamedTuple):
    """The bits with which formats of an open length are counted, by the name of the format."""

    bits: tuple[tuple[str, Fraction], ...]


Way: TypeAlias = Basis | BitLengths


class Stated(NamedTuple):
    """A figure stated in one way, and the case in which it is stated so."""

    way: Way
    metric: str
    figure: Figure
    case: Case


class Ways(NamedTuple):
    """All ways to state the figures of a chip: as computed, by way of counting, and declared."""

    case: Case
    counted: tuple[Stated, ...] = ()
    declared: tuple[Stated, ...] = ()

    def alternatives(self) -> list[tuple[Way, Case]]:
        """Return every case that counts, with the way that makes it.

        Where nothing can be computed, the vendor's own figure counts alone.
        """
        found = [(each.way, each.case) for each in (*self.counted, *self.declared)]
        return found or [(Basis.computed, self.case)]


def stated_ways(evaluator: Evaluator) -> Sequence[tuple[Way, str, Figure]]:
    """Return every way to state a figure of a chip, with the metric and the figure; found once."""
    found: Sequence[tuple[Way, str, Figure]] | None = evaluator.memo.get(stated_ways)
    if found is None:
        found = evaluator.memo[stated_ways] = tuple(_stated_ways(evaluator))
    return found


def _stated_ways(evaluator: Evaluator) -> Iterator[tuple[Way, str, Figure]]:
    for name, definition in evaluator.vocabulary.metrics.items():
        if not definition.declared:
            continue
        for way, figure in ways(evaluator, name):
            yield way, name, figure
        stated = declared_figure(evaluator, name)
        if stated:
            yield Basis.declared, name, stated


def declared_figure(evaluator: Evaluator, metric: str) -> Figure | None:
    """Return the vendor's own figure of a metric; none where the user supposes another chip."""
    definition = evaluator.vocabulary.metric(metric)
    if definition.declared is None or evaluator.is_supposed(metric):
        return None
    figure = evaluator.figure(definition.declared)
    return figure._replace(label=definition.label) if isinstance(figure, Figure) else None


def ways(evaluator: Evaluator, metric: str) -> Iterator[tuple[Way, Figure]]:
    """Yield the figures of a metric under each way to count that a rule leaves open."""
    whole = evaluator.figure(metric)
    if not isinstance(whole, Figure):
        return
    if whole.value.amount.exact or key(metric) in evaluator.given:
        yield Basis.computed, whole
        return
    choices: tuple[tuple[Way, Counting], ...] = (
        (_bit_lengths(evaluator, 0), Counting(ends="low")),
        (_bit_lengths(evaluator, -1), Counting(ends="high")),
        (Basis.summed_over_units, Counting(units="sum")),
        (Basis.of_whole, Counting(units="whole")),
    )
    found: list[tuple[Way, Figure]] = []
    for (way, counting), (other_way, other) in zip(choices[::2], choices[1::2], strict=True):
        one = evaluator.counted(counting).figure(metric)
        two = evaluator.counted(other).figure(metric)
        if isinstance(one, Figure) and isinstance(two, Figure) and one.value != two.value:
            found += [(way, one), (other_way, two)]
    yield from found or [(Basis.computed, whole)]


def _bit_lengths(evaluator: Evaluator, end: int) -> BitLengths:
    """Return the formats of a chip whose length is open, with the bits at one end of its range."""
    located = [each for of in evaluator.sheet.statements.values() for each in of]
    stated = {each.statement.when.get("format") for each in located}
    known = evaluator.vocabulary.conditions["format"].values
    formats = [(name, each) for name, each in known.items() if name in stated]
    return BitLengths(
        tuple(
            (name, each.bits.range[end]) for name, each in formats if each.bits and each.bits.range
        )
    )
