"""A chip as a user describes it on a command line or in a rule's example: all of it, or changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from chipcalc import conditions, model, units
from chipcalc.errors import ChipcalcError, did_you_mean, error
from chipcalc.evaluate import Evaluator, Key, key
from chipcalc.expr import NONE
from chipcalc.figure import Answer, Figure
from chipcalc.interval import exactly
from chipcalc.model import Chip, Die, MetricDefinition, Statement, Vocabulary
from chipcalc.store import GIVEN, Located, Sheet
from chipcalc.units import Quantity
from chipcalc.yamlio import Document

_DIE_AREA = "die_area"
_SETTING = re.compile(r"(?P<name>[\w-]+)\s*(?:\[(?P<when>[^\]]*)\])?")


class Supposed(NamedTuple):
    """A sheet with what the user gave, ready to be read, and the circumstances among it."""

    evaluator: Evaluator
    circumstances: Mapping[str, str] = NONE


def settings(texts: Mapping[str, str] | list[str]) -> dict[str, str]:
    """Return ``metric=value`` texts as a mapping; raises ChipcalcError for one without a value."""
    if isinstance(texts, Mapping):
        return dict(texts)
    found = {}
    for each in texts:
        name, sign, value = each.rpartition("=") if "]" in each else each.partition("=")
        if not sign or not value.strip():
            raise error(f"'{each}' sets nothing", "write for example tpp=2368 or market=datacenter")
        found[name.strip()] = value.strip()
    return found


def blank(vocabulary: Vocabulary) -> Sheet:
    """Return a sheet that says nothing, for an item without a file."""
    chip = Chip(id=GIVEN, name="The item described", vendor=GIVEN)
    parts = frozenset(name for name, each in vocabulary.metrics.items() if not each.mirrored)
    return Sheet(chip, Document({}, {}, GIVEN), None, parts)


def suppose(sheet: Sheet, given: Mapping[str, str], vocabulary: Vocabulary) -> Supposed:
    """Return a sheet with some values replaced by the user's, and the rest as it is.

    A key is a metric, ``throughput[int8]`` for one under conditions, ``die_area`` for one logic
    die of that area on a non-planar process, or a circumstance such as ``market``. Raises
    ChipcalcError for a name, value or unit that does not fit.
    """
    circumstances: dict[str, str] = {}
    answers: dict[Key, Answer] = {}
    for name, value in given.items():
        if name in vocabulary.circumstances:
            circumstances[name] = circumstance(name, value, vocabulary)
            continue
        if name == "launched":
            chip = sheet.chip.model_copy(update={"launched": model.date(value)})
            sheet = replace(sheet, chip=chip)
            continue
        metric, when = _metric(name, vocabulary)
        definition = vocabulary.metric(metric)
        quantity = _quantity(metric, value, definition)
        if metric == _DIE_AREA:
            sheet = _with_die(sheet, quantity)
        elif definition.formula is not None or definition.given:
            answers[key(metric, when)] = Figure(quantity, definition.label, "given")
        else:
            sheet = _with_value(sheet, metric, when, quantity, vocabulary)
    return Supposed(Evaluator(sheet, vocabulary, answers), circumstances)


def circumstance(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a value of a circumstance as the vocabulary spells it; raises ChipcalcError."""
    known = vocabulary.circumstances[name].values
    plain = value.strip().casefold()
    if plain not in known:
        hint = did_you_mean(plain, known) or f"known are {', '.join(known)}"
        raise error(f"no {name} '{value}'", hint)
    return plain


def _metric(name: str, vocabulary: Vocabulary) -> tuple[str, dict[str, str]]:
    match = _SETTING.fullmatch(name)
    metric = match["name"].replace("-", "_") if match else name
    if metric not in vocabulary.metrics:
        known = [*vocabulary.metrics, *vocabulary.circumstances]
        hint = did_you_mean(metric, known) or "'chipcalc metrics' lists the metrics"
        raise error(f"no metric or circumstance '{name}'", hint)
    when = conditions.parse((match["when"] if match else None) or "", vocabulary, name)
    definition = vocabulary.metrics[metric]
    for each in (*when, *definition.needs):
        if each in when and each not in definition.by and definition.formula is None:
            raise error(f"{metric} has no condition '{each}'", f"write {metric}=…")
        if each not in when:
            condition = vocabulary.conditions[each]
            usual = condition.default or next(iter(condition.values))
            if condition.role == "row" and each == definition.needs[0]:
                raise error(f"{metric} needs its {each}", f"write {metric}[{usual}]=…")
            when[each] = usual
    return metric, when


def _quantity(metric: str, value: str, definition: MetricDefinition) -> Quantity:
    if definition.bare:
        try:
            return Quantity(exactly(units.number(value)), definition.unit)
        except units.UnitError:
            pass
    try:
        quantity = units.quantity(value)
    except ChipcalcError as fault:
        first = fault.problems[0]
        number = value.strip() if value.strip().replace(".", "").isdigit() else "100"
        hint = f"write for example '{number} {definition.unit.text}'"
        raise error(f"{metric}: {first.what}", hint) from None
    if quantity.unit.dimension not in {
        each.dimension for each in (definition.unit, *definition.also)
    }:
        right = definition.unit
        what = f"'{quantity.unit}' is {units.kind(quantity.unit)}"
        what += f", but {metric} is measured in {right.text}"
        raise error(what, f"write for example '100 {right.text}'")
    if quantity.amount.low < 0:
        raise error(f"{metric}: a negative amount makes no sense here", "write zero or more")
    return quantity


def _with_value(
    sheet: Sheet, metric: str, when: dict[str, str], quantity: Quantity, vocabulary: Vocabulary
) -> Sheet:
    rows = [name for name, value in when.items() if vocabulary.conditions[name].role == "row"]
    kept = [
        each
        for each in sheet.statements.get(metric, ())
        if any(each.statement.when.get(name) != when[name] for name in rows)
    ]
    new = Located(_statement(quantity, when), GIVEN, 0)
    return replace(sheet, supposed={**sheet.supposed, metric: (*kept, new)})


def _with_die(sheet: Sheet, quantity: Quantity) -> Sheet:
    die = Die(name="the given die", kind="logic", transistor="non-planar").model_copy(
        update={"area": _statement(quantity, {})}
    )
    chip = sheet.chip.model_copy(update={"dies": (die,)})
    return replace(sheet, chip=chip)


def _statement(quantity: Quantity, when: Mapping[str, str]) -> Statement:
    amount = quantity.amount
    return Statement.model_construct(
        status="given", source=(), at=None, note=None, as_of=None,
        value=amount.best, range=None, unit=quantity.unit, when=dict(when),
    )  # fmt: skip


def described(given: Mapping[str, str]) -> Iterator[str]:
    """Yield what a user gave, as it is shown beside a chip's name."""
    yield from (f"{name} {value}" for name, value in given.items())
