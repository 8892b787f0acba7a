"""The ways to state a figure that a rule leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chipcalc.figures.evaluate import Counting, Evaluator
from chipcalc.figures.figure import Figure, key
from chipcalc.rules.case import Case
from chipcalc.vocabulary.model import Vocabulary

COMPUTED = "computed"
DECLARED = "declared by the vendor"


class Way(NamedTuple):
    """One way to state a figure, and the case in which it is stated so."""

    label: str
    metric: str
    figure: Figure
    case: Case


class Ways(NamedTuple):
    """All ways to state the figures of a chip: as computed, by way of counting, and declared."""

    case: Case
    counted: tuple[Way, ...] = ()
    declared: tuple[Way, ...] = ()

    def alternatives(self) -> list[tuple[str, Case]]:
        """Return every case that counts, with what it is called.

        Where nothing can be computed, the vendor's own figure counts alone.
        """
        found = [(each.label, each.case) for each in (*self.counted, *self.declared)]
        return found or [(COMPUTED, self.case)]


def declared_figure(evaluator: Evaluator, metric: str) -> Figure | None:
    """Return the vendor's own figure of a metric; none where the user supposes another chip."""
    definition = evaluator.vocabulary.metric(metric)
    if definition.declared is None or evaluator.is_supposed(metric):
        return None
    figure = evaluator.figure(definition.declared)
    return figure._replace(label=definition.label) if isinstance(figure, Figure) else None


def ways(evaluator: Evaluator, metric: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of a metric under each way to count that a rule leaves open."""
    whole = evaluator.figure(metric)
    if not isinstance(whole, Figure):
        return
    if whole.value.amount.exact or key(metric) in evaluator.given:
        yield COMPUTED, whole
        return
    vocabulary = evaluator.vocabulary
    choices: tuple[tuple[str, Counting], ...] = (
        (_bit_lengths(vocabulary, 0), Counting(ends="low")),
        (_bit_lengths(vocabulary, -1), Counting(ends="high")),
        ("sum over units of each one's largest", Counting(units="sum")),
        ("largest format of the chip as a whole", Counting(units="whole")),
    )
    found: list[tuple[str, Figure]] = []
    for (label, counting), (other_label, other) in zip(choices[::2], choices[1::2], strict=True):
        one = evaluator.counted(counting).figure(metric)
        two = evaluator.counted(other).figure(metric)
        if isinstance(one, Figure) and isinstance(two, Figure) and one.value != two.value:
            found += [(label, one), (other_label, two)]
    yield from found or [(COMPUTED, whole)]


def _bit_lengths(vocabulary: Vocabulary, end: int) -> str:
    """Return which formats count with which bits: ``TF32 as 19 bits``."""
    return ", ".join(
        f"{each.label} as {each.bits.range[end]} bits"
        for each in vocabulary.conditions["format"].values.values()
        if each.bits and each.bits.range
    )
