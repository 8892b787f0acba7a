"""A chip as a user describes it on a command line or in a rule's example: all of it, or changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, error, unknown
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, key
from chipcalc.rules.circumstances import Circumstances, spelled
from chipcalc.schema.fields import RefusedError
from chipcalc.schema.types import PartialDate, date
from chipcalc.sheets.chip import Chip, Die, Statement
from chipcalc.sheets.sheet import GIVEN, Located, Sheet
from chipcalc.values import units
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import conditions
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary
from chipcalc.yamlio import Document

LAUNCHED = "launched"
_SETTING = re.compile(r"(?P<name>[\w-]+)\s*(?:\[(?P<when>[^\]]*)\])?")


class Supposed(NamedTuple):
    """A sheet with what the user gave, ready to be read, and the circumstances among it."""

    evaluator: Evaluator
    circumstances: Circumstances = Circumstances.nothing()


def settings(texts: Sequence[str], example: str) -> dict[str, str]:
    """Return ``name=value`` texts as a mapping; raises ChipcalcError for what is none, or twice."""
    found: dict[str, str] = {}
    for each in texts:
        name, _, value = (part.strip() for part in each.rpartition("="))
        if not name or not value or name.count("[") != name.count("]"):
            raise error(f"'{each}' sets nothing", f"write for example {example}")
        if name in found:
            raise error(f"'{name}' is set twice", "set it once")
        found[name] = value
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
    said = {name: text for name, text in given.items() if name not in vocabulary.circumstances}
    if said:
        sheet = replace(sheet, said={**sheet.said, **said}, before=sheet.before or sheet)
    for name, value in given.items():
        if name in vocabulary.circumstances:
            circumstances[name] = spelled(name, value, vocabulary)
            continue
        if name == LAUNCHED:
            sheet = replace(sheet, chip=sheet.chip.model_copy(update={LAUNCHED: _date(value)}))
            continue
        if sheet.contents:
            raise _of_each(name, sheet)
        metric, when = supposed_metric(name, sheet, vocabulary)
        definition = vocabulary.metric(metric)
        quantity = _quantity(metric, value, definition)
        if definition.die is not None:
            sheet = _with_die(sheet, quantity, definition.die)
        elif definition.formula is not None or definition.given:
            answers[key(metric, when)] = Figure(quantity, definition.label, GIVEN)
        else:
            sheet = _with_value(sheet, metric, when, quantity, vocabulary)
    return Supposed(
        Evaluator(sheet, vocabulary, answers), Circumstances.nothing().supposing(circumstances)
    )


def _of_each(name: str, sheet: Sheet) -> ChipcalcError:
    """Return that a figure is supposed of a circuit, and not of what contains several."""
    hint = "describe them instead: --circuit int8=296TOPS,die=814mm2,count=8"
    return error(f"{name}: {sheet.name} contains circuits, and each has its own", hint)


def amount(metric: str, value: str, vocabulary: Vocabulary) -> Quantity:
    """Return an amount of a metric as a user writes it; raises ChipcalcError if it does not fit."""
    return _quantity(metric, value, vocabulary.metric(metric))


def _date(value: str) -> PartialDate:
    try:
        return date(value)
    except RefusedError as fault:
        raise ChipcalcError(*fault.problems) from None


def supposed_metric(name: str, sheet: Sheet, vocabulary: Vocabulary) -> tuple[str, dict[str, str]]:
    """Return the metric and conditions that a key names, with the usual ones filled in.

    Raises ChipcalcError for a name that is none, and for a condition that does not fit.
    """
    match = _SETTING.fullmatch(name)
    metric = match["name"].replace("-", "_") if match else name
    if metric not in vocabulary.metrics:
        known = [*vocabulary.metrics, *vocabulary.circumstances]
        what, kind = f"no metric or circumstance '{name}'", ("metrics and circumstances", "known")
        raise unknown(what, metric, known, kind, "chipcalc metrics")
    definition = vocabulary.metrics[metric]
    when = conditions.parse((match["when"] if match else None) or "", vocabulary, name)
    by = definition.by if definition.formula is None else ()
    for condition, value in when.items():
        if condition not in by:
            raise error(f"{metric} has no condition '{condition}'", f"write {metric}=…")
        units_of = sheet.mirrors("units").chip.units
        if vocabulary.conditions[condition].role == "part" and value not in units_of:
            what, listed = f"{sheet.name} has no {condition} '{value}'", ", ".join(units_of)
            kind = ("conditions", "known")
            raise unknown(what, value, units_of, kind, f"known are {listed or 'none'}")
    for each in definition.needs:
        if each not in when:
            when[each] = _usual(metric, each, when, sheet, vocabulary)
    return metric, when


def _usual(
    metric: str, name: str, when: Mapping[str, str], sheet: Sheet, vocabulary: Vocabulary
) -> str:
    """Return what a condition is that the user left out: the sheet's only one, else the usual."""
    condition = vocabulary.conditions[name]
    usual = condition.default or next(iter(condition.values))
    if name == vocabulary.metric(metric).needs[0] and condition.role == "row":
        raise error(f"{metric} needs its {name}", f"write {metric}[{usual}]=…")
    stated = {
        each.statement.when[name]
        for each in sheet.statements.get(metric, ())
        if name in each.statement.when
        and all(each.statement.when.get(k) == v for k, v in when.items())
    }
    return stated.pop() if condition.role == "row" and len(stated) == 1 else usual


def _quantity(metric: str, value: str, definition: MetricDefinition) -> Quantity:
    quantity = _bare(value, definition) if definition.bare else None
    try:
        quantity = quantity or units.quantity(value)
    except ChipcalcError as fault:
        number = value.strip() if value.strip().replace(".", "").isdigit() else "100"
        hint = f"write for example '{number} {definition.unit.text}'"
        raise error(f"{metric}: {fault.problems[0].what}", hint) from None
    allowed = (definition.unit, *definition.also)
    if all(quantity.unit.dimension != each.dimension for each in allowed):
        right = definition.unit
        what = f"'{quantity.unit}' is {units.kind(quantity.unit)}"
        what += f", but {metric} is measured in {right.text}"
        raise error(what, f"write for example '100 {right.text}'")
    if quantity.amount.low < 0:
        raise error(f"{metric}: a negative amount makes no sense here", "write zero or more")
    return quantity


def _bare(value: str, definition: MetricDefinition) -> Quantity | None:
    """Return a number without a unit, for a metric that people write so."""
    try:
        return Quantity(exactly(units.number(value)), definition.unit)
    except units.UnitError:
        return None


def _with_value(
    sheet: Sheet, metric: str, when: dict[str, str], quantity: Quantity, vocabulary: Vocabulary
) -> Sheet:
    """Return a sheet in which one figure stands in for all statements of the same thing.

    A figure of one processing unit makes the chip's total at that format out of date as well.
    """
    same = {k: v for k, v in when.items() if vocabulary.conditions[k].role != "reading"}
    parts = {k for k in same if vocabulary.conditions[k].role == "part"}
    kept = [
        each
        for each in sheet.statements.get(metric, ())
        if any(
            each.statement.when.get(name, value if name in parts else None) != value
            for name, value in same.items()
        )
    ]
    new = Located(_statement(quantity, when), GIVEN, 0)
    return replace(sheet, supposed={**sheet.supposed, metric: (*kept, new)})


def _with_die(sheet: Sheet, quantity: Quantity, kind: Mapping[str, str]) -> Sheet:
    """Return a sheet with one die of an area, of the kind that counts."""
    die = Die.model_validate({"name": "the given die", **kind})
    die = die.model_copy(update={"area": _statement(quantity, {})})
    return replace(sheet, chip=sheet.chip.model_copy(update={"dies": (die,)}))


def _statement(quantity: Quantity, when: Mapping[str, str]) -> Statement:
    amount = quantity.amount
    return Statement.model_construct(
        status="given", source=(), at=None, note=None, as_of=None,
        value=amount.best, range=None, unit=quantity.unit, when=dict(when),
    )  # fmt: skip
