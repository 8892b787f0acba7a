"""What a user supposes of an item, beside what its spec sheet says of the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chipcalc.check.what_if import LAUNCHED, supposed_metric
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, key
from chipcalc.rules.case import sheet_says
from chipcalc.sheets.sheet import GIVEN


class Supposition(NamedTuple):
    """A metric, a circumstance or the launch as a user gave it; `sheet` is what the sheet says.

    `what` and `given` are the user's own words. `metric` is there for a metric alone, `figure` is
    its amount, and the sheet's answer is a figure or why there is none; of a circumstance it is
    one of its values, of a launch the date, None where the sheet says nothing.
    """

    what: str
    given: str
    sheet: Answer | str | None
    metric: Key | None = None
    figure: Answer | None = None


def suppositions(evaluator: Evaluator, given: Mapping[str, str]) -> Iterator[Supposition]:
    """Yield what a user supposes of an item; of one without a sheet, all that describes it.

    `given` are the circumstances. One that the sheet states alike, or that is usual, supposes
    nothing, and those of a shipment are none of the item's.
    """
    yield from _of_sheet(evaluator)
    described = evaluator.sheet.id == GIVEN
    for name, definition in evaluator.vocabulary.circumstances.items():
        said = given.get(name)
        if not said or definition.shipment:
            continue
        told = sheet_says(name, evaluator)
        if described or said != told:
            stated = definition.field or definition.detail
            yield Supposition(name, said, told if stated and told and not described else None)


def _of_sheet(evaluator: Evaluator) -> Iterator[Supposition]:
    """Yield the metrics, and the launch, that stand in for what the sheet says."""
    sheet = evaluator.sheet
    for name, text in sheet.said.items():
        before = sheet.before or sheet
        if name == LAUNCHED:
            launched = before.chip.launched
            yield Supposition(name, text, str(launched) if launched else None)
            continue
        metric, when = supposed_metric(name, before, evaluator.vocabulary)
        stated = Evaluator(before, evaluator.vocabulary).figure(metric, when)
        told = stated if isinstance(stated, Figure) or before.id != GIVEN else None
        yield Supposition(name, text, told, key(metric, when), evaluator.figure(metric, when))
