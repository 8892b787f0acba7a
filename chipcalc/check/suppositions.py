"""What a user supposes of an item, beside what its spec sheet says of the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chipcalc.check.amounts import split_conditions
from chipcalc.check.what_if import LAUNCHED, TRANSISTOR, conditioned, supposed_metric
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, key
from chipcalc.rules.circumstances import sheet_says
from chipcalc.sheets.sheet import GIVEN
from chipcalc.vocabulary.expressions import metrics_of


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
            field = definition.field
            stated = getattr(evaluator.sheet, field) if field else definition.detail
            yield Supposition(name, said, told if stated and told and not described else None)


class Lacking(NamedTuple):
    """A metric that an item is described by at some values of a condition, and not at others.

    The latter are those that usually decide; all is empty where nothing is lacking.
    """

    metric: str = ""
    condition: str = ""
    given: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()


def lacking(evaluator: Evaluator) -> Lacking:
    """Return what usually decides, and is not given of an item that has no sheet.

    Nothing is lacking where what the figures would decide is given itself.
    """
    sheet, vocabulary = evaluator.sheet, evaluator.vocabulary
    if sheet.id != GIVEN:
        return Lacking()
    formulas = [vocabulary.metric(name).formula for name, _ in evaluator.given]
    known = {each.name for formula in formulas if formula for each in metrics_of(formula)}
    for metric, located in sheet.supposed.items():
        stated = [each.statement.when for each in located if metric not in known]
        for name, condition in vocabulary.conditions.items():
            given = dict.fromkeys(when[name] for when in stated if name in when)
            by = {e: condition.values[e].outdone_by for e in given if e in condition.values}
            left = [each for each in by if given.keys().isdisjoint(by[each])]
            if left and all(by[each] for each in left):
                found = dict.fromkeys(e for each in left for e in by[each])
                return Lacking(metric, name, tuple(by), tuple(found))
    return Lacking()


def _of_sheet(evaluator: Evaluator) -> Iterator[Supposition]:
    """Yield the metrics, and the launch, that stand in for what the sheet says."""
    sheet = evaluator.sheet
    for name, text in sheet.said.items():
        before = sheet.before or sheet
        if name == LAUNCHED:
            launched = before.chip.launched
            yield Supposition(name, text, str(launched) if launched else None)
            continue
        if name == TRANSISTOR:
            dies = before.mirrors("dies").chip.dies
            kinds = dict.fromkeys(e.transistor for e in dies if e.kind == "logic" and e.transistor)
            yield Supposition(name, text, ", ".join(kinds) or None)
            continue
        behind = split_conditions(text, evaluator.vocabulary)[1]
        known = sheet if before.id == GIVEN else before
        key_text = conditioned(name, behind)
        metric, when = supposed_metric(key_text, known, evaluator.vocabulary)
        stated = Evaluator(before, evaluator.vocabulary).figure(metric, when)
        told = stated if isinstance(stated, Figure) or before.id != GIVEN else None
        yield Supposition(name, text, told, key(metric, when), evaluator.figure(metric, when))
