"""Whether all that a vocabulary names is there, and fits: units, values, factors, ranges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from chipcalc.errors import Problem, did_you_mean
from chipcalc.values import units
from chipcalc.vocabulary.model import (
    Amount,
    Circumstance,
    Condition,
    MetricDefinition,
    Slip,
    Vocabulary,
)

FILE = "metrics.yaml"


def fit_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield every name that leads nowhere, and every amount or unit that does not fit."""
    for name, metric in vocabulary.metrics.items():
        yield from _metric_problems(f"metrics.{name}", metric, vocabulary)
    for name, condition in vocabulary.conditions.items():
        yield from _condition_problems(f"conditions.{name}", condition)
    for name, circumstance in vocabulary.circumstances.items():
        yield from _circumstance_problems(f"circumstances.{name}", circumstance, vocabulary)
    for number, slip in enumerate(vocabulary.slips):
        yield from _slip_problems(f"slips[{number}]", slip)


def _metric_problems(
    place: str, metric: MetricDefinition, vocabulary: Vocabulary
) -> Iterator[Problem]:
    for key in ("larger", "smaller"):
        for each in getattr(metric, key):
            if each.dimension != metric.unit.dimension:
                what = f"'{each.text}' is {units.kind(each)}, but the unit is '{metric.unit.text}'"
                yield Problem(what, FILE, path=f"{place}.{key}", hint="name a unit of its kind")
    declared = (metric.declared,) if metric.declared else ()
    yield from _missing(place, "mistaken_for", metric.mistaken_for, vocabulary.metrics, "metric")
    yield from _missing(place, "declared", declared, vocabulary.metrics, "metric")
    if metric.formula is None:
        for each in metric.needs:
            if each in vocabulary.conditions and each not in metric.by:
                what = f"'{each}' is needed, but the metric is not stated by it"
                yield Problem(what, FILE, path=f"{place}.needs", hint=f"add {each} to by:")


def _condition_problems(place: str, condition: Condition) -> Iterator[Problem]:
    for name, value in condition.values.items():
        here = f"{place}.values.{name}"
        if value.times is not None and value.becomes is None:
            hint = "add becomes: and the value it is converted to"
            yield Problem("a factor without a conversion", FILE, path=f"{here}.times", hint=hint)
        if value.times is not None and value.times <= 0:
            yield _no_factor(f"{here}.times")
        if value.bounds and not 0 <= value.bounds.times[0] <= value.bounds.times[1]:
            yield _disorder(f"{here}.bounds.times")
        for key in ("bits", "weight"):
            amount = getattr(value, key)
            yield from _amount_problems(f"{here}.{key}", amount) if amount else ()


def _amount_problems(place: str, amount: Amount) -> Iterator[Problem]:
    if amount.value < 0:
        yield Problem("a negative amount makes no sense here", FILE, path=f"{place}.value",
                      hint="write zero or more")  # fmt: skip
    if amount.range and not amount.range[0] <= amount.value <= amount.range[1]:
        yield _disorder(f"{place}.range")


def _circumstance_problems(
    place: str, circumstance: Circumstance, vocabulary: Vocabulary
) -> Iterator[Problem]:
    detail = (circumstance.detail,) if circumstance.detail else ()
    yield from _missing(place, "detail", detail, vocabulary.details, "detail")
    if circumstance.usual and not circumstance.places:
        usual = (circumstance.usual,)
        yield from _missing(place, "usual", usual, circumstance.values, "value")
    if circumstance.phrase and "{}" not in circumstance.phrase:
        what, hint = "no place for the value", "write {} where it stands: for {}"
        yield Problem(what, FILE, path=f"{place}.phrase", hint=hint)


def _slip_problems(place: str, slip: Slip) -> Iterator[Problem]:
    if slip.times <= 0:
        yield _no_factor(f"{place}.times")


def _missing(
    place: str, key: str, names: Iterable[str], known: Collection[str], kind: str
) -> Iterator[Problem]:
    for each in names:
        if each not in known:
            hint = did_you_mean(each, known)
            yield Problem(f"no {kind} '{each}'", FILE, path=f"{place}.{key}", hint=hint)


def _no_factor(place: str) -> Problem:
    return Problem("a factor is more than zero", FILE, path=place, hint="write for example 0.5")


def _disorder(place: str) -> Problem:
    hint = "write [lowest, highest], around the value"
    return Problem("the ends are not in order", FILE, path=place, hint=hint)
