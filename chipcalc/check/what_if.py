"""A chip as a user describes it on a command line or in a rule's example: all of it, or changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, get_args

from chipcalc.check.amounts import split_conditions, written
from chipcalc.errors import ChipcalcError, each_of, error, unknown
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Key, key
from chipcalc.rules.circumstances import Circumstances, spelled
from chipcalc.schema.fields import RefusedError
from chipcalc.schema.types import PartialDate, date
from chipcalc.sheets.chip import Chip, Die, ProcessingUnit, Statement, Transistor
from chipcalc.sheets.sheet import GIVEN, Located, Sheet
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import conditions
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.yamlio import Document

LAUNCHED = "launched"
TRANSISTOR = "transistor"
_UNSURE = {"status": "unverified"}
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
    die of that area on a non-planar process, ``transistor`` for the kind of transistors of all
    logic dies, or a circumstance such as ``market``. A value is an
    amount, a range or a product, and conditions may stand behind it. Raises
    ChipcalcError for a name, value or unit that does not fit.
    """
    circumstances: dict[str, str] = {}
    answers: dict[Key, Answer] = {}
    said = {name: text for name, text in given.items() if name not in vocabulary.circumstances}
    if said:
        _refuse_of_each(said, sheet)
        sheet = replace(sheet, said={**sheet.said, **said}, before=sheet.before or sheet)
    each_of([*said], lambda name: _known(name, vocabulary))
    set_by: dict[Key, str] = {}
    for name, value in given.items():
        if name in vocabulary.circumstances:
            circumstances[name] = spelled(name, value, vocabulary)
            continue
        if name in (LAUNCHED, TRANSISTOR):
            continue  # last of all, of the die that is supposed as well
        text, behind = split_conditions(value, vocabulary)
        sheet = _with_unit(name, sheet, vocabulary)
        metric, when = supposed_metric(conditioned(name, behind), sheet, vocabulary)
        _refuse_twice(set_by, key(metric, when), name)
        definition = vocabulary.metric(metric)
        quantity = written(metric, text, definition)
        if definition.die is not None:
            sheet = _with_die(sheet, quantity, definition.die)
        elif definition.formula is not None or definition.given:
            answers[key(metric, when)] = Figure(quantity, definition.label, GIVEN)
        else:
            sheet = _with_value(sheet, metric, when, quantity, vocabulary)
    sheet = _with_facts(sheet, given)
    return Supposed(
        Evaluator(sheet, vocabulary, answers), Circumstances.nothing().supposing(circumstances)
    )


def _known(name: str, vocabulary: Vocabulary) -> None:
    """Raise ChipcalcError for a name that sets nothing, and for conditions that are none."""
    if name not in (LAUNCHED, TRANSISTOR):
        match = _SETTING.fullmatch(name)
        _metric_named(name, match["name"] if match else name, vocabulary)
        conditions.parse((match["when"] if match else None) or "", vocabulary, name)


def _metric_named(name: str, word: str, vocabulary: Vocabulary) -> str:
    metric = word.replace("-", "_")
    if metric not in vocabulary.metrics:
        known = [*vocabulary.metrics, *vocabulary.circumstances]
        what, kind = f"no metric or circumstance '{name}'", ("metrics and circumstances", "known")
        raise unknown(what, metric, known, kind, "chipcalc metrics")
    return metric


def _refuse_twice(set_by: dict[Key, str], found: Key, name: str) -> None:
    """Raise ChipcalcError where two spellings set one figure; else keep which one does."""
    if found in set_by:
        raise error(f"'{set_by[found]}' and '{name}' set the same figure", "set it once")
    set_by[found] = name


def _refuse_of_each(said: Mapping[str, str], sheet: Sheet) -> None:
    """Raise ChipcalcError where a figure of circuits is supposed of what contains several."""
    for name in said:
        if sheet.contents and name != LAUNCHED:
            hint = "describe them instead: --circuit int8=296TOPS,die=814mm2,count=8"
            raise error(f"{name}: {sheet.name} contains circuits, and each has its own", hint)


def amount(metric: str, value: str, vocabulary: Vocabulary) -> Quantity:
    """Return an amount of a metric as a user writes it; raises ChipcalcError if it does not fit."""
    found = written(metric, value, vocabulary.metric(metric))
    if not found.amount.exact:
        raise error(f"{metric}: a limit is one amount, not a range", "write its one amount")
    return found


def conditioned(name: str, behind: str) -> str:
    """Return a key with the conditions that stood behind its value: ``throughput[int8,sparse]``."""
    if not behind:
        return name
    head, bracket, rest = name.partition("[")
    return f"{head}[{rest.removesuffix(']')}{',' if bracket else ''}{behind}]"


def _with_unit(name: str, sheet: Sheet, vocabulary: Vocabulary) -> Sheet:
    """Return an item without a file with the processing unit that a key names, if any."""
    match = _SETTING.fullmatch(name)
    if sheet.id != GIVEN or not match or not match["when"]:
        return sheet
    parts = {e for e, known in vocabulary.conditions.items() if known.role == "part"}
    pairs = (each.partition("=") for each in match["when"].split(","))
    named = [value.strip() for part, sign, value in pairs if sign and part.strip() in parts]
    if not named or named[0] in sheet.chip.units:
        return sheet
    added = {**sheet.chip.units, named[0]: ProcessingUnit(label=named[0])}
    return replace(sheet, chip=sheet.chip.model_copy(update={"units": added}))


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
    metric = _metric_named(name, match["name"] if match else name, vocabulary)
    definition = vocabulary.metrics[metric]
    when = conditions.parse((match["when"] if match else None) or "", vocabulary, name)
    by = definition.by if definition.formula is None else ()
    for condition, value in when.items():
        if condition not in by:
            hint = f"write {_key(metric, vocabulary)}=…"
            raise error(f"{metric} has no condition '{condition}'", hint)
        units_of = sheet.mirrors("units").chip.units
        if vocabulary.conditions[condition].role == "part" and value not in units_of:
            what, listed = f"{sheet.name} has no {condition} '{value}'", ", ".join(units_of)
            kind = ("conditions", "known")
            raise unknown(what, value, units_of, kind, f"known are {listed or 'none'}")
    for each in definition.needs:
        if each not in when:
            when[each] = _usual(metric, each, when, sheet, vocabulary)
    return metric, when


def _key(metric: str, vocabulary: Vocabulary) -> str:
    """Return a key that sets a metric: with what has to be said, where it is of several things."""
    definition = vocabulary.metric(metric)
    needs = definition.needs[:1] if definition.formula is None else ()
    found = [vocabulary.conditions[name] for name in needs]
    said = [next(iter(each.values)) for each in found if each.role == "row"]
    return f"{metric}[{said[0]}]" if said else metric


def _usual(
    metric: str, name: str, when: Mapping[str, str], sheet: Sheet, vocabulary: Vocabulary
) -> str:
    """Return what a condition is that the user left out: the sheet's only one, else the usual."""
    condition = vocabulary.conditions[name]
    usual = condition.default or next(iter(condition.values))
    if name == vocabulary.metric(metric).needs[0] and condition.role == "row":
        raise error(f"{metric} needs its {name}", f"write {_key(metric, vocabulary)}=…")
    stated = {
        each.statement.when[name]
        for each in sheet.statements.get(metric, ())
        if name in each.statement.when
        and all(each.statement.when.get(k) == v for k, v in when.items())
    }
    return stated.pop() if condition.role == "row" and len(stated) == 1 else usual


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
        for each in sheet.stated.get(metric, ())
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


def _with_facts(sheet: Sheet, given: Mapping[str, str]) -> Sheet:
    """Return a sheet with what a user says of it in words: its launch, the kind of transistors."""
    if LAUNCHED in given:
        sheet = replace(
            sheet, chip=sheet.chip.model_copy(update={LAUNCHED: _date(given[LAUNCHED])})
        )
    return _with_transistors(sheet, given[TRANSISTOR]) if TRANSISTOR in given else sheet


def _with_transistors(sheet: Sheet, kind: str) -> Sheet:
    """Return a sheet whose logic dies are made with transistors of a kind; one, if none is known.

    Raises ChipcalcError for a kind that there is none of.
    """
    known = get_args(Transistor)
    word = kind.strip().casefold()
    if word not in known:
        listed = f"known are {', '.join(known)}"
        raise unknown(f"no transistor '{kind}'", word, known, ("transistors", "known"), listed)
    made = {TRANSISTOR: word}
    dies = sheet.mirrors("dies").chip.dies or (Die(name="the given die"),)
    areas = sheet.areas or (None,) * len(dies)
    changed = tuple(
        each.model_copy(
            update={**(made if each.kind == "logic" else {}), "area": a.statement if a else None}
        )
        for each, a in zip(dies, areas, strict=True)
    )
    return replace(sheet, chip=sheet.chip.model_copy(update={"dies": changed}))


def _statement(quantity: Quantity, when: Mapping[str, str]) -> Statement:
    amount = quantity.amount
    return Statement(
        status="given", source=(), at=None, note=None, as_of=None,
        value=amount.best, range=None if amount.exact else (amount.low, amount.high),
        unit=quantity.unit, when=dict(when),
    )  # fmt: skip


class Stated(NamedTuple):
    """A figure as something else than a spec sheet states it: of which metric, when, how much."""

    metric: str
    when: tuple[tuple[str, str], ...]
    quantity: Quantity


def stating(
    sheet: Sheet, figures: Sequence[Stated], vocabulary: Vocabulary, *, partial: bool = False
) -> Sheet:
    """Return a sheet with figures in place of what it says of the same, the rest as it is.

    Of a `partial` list of rates others that are not stated may be larger.
    """
    for metric, when, quantity in figures:
        definition = vocabulary.metric(metric)
        if definition.die is not None:
            sheet = _with_die(sheet, quantity, definition.die)
            continue
        sheet = _with_value(sheet, metric, dict(when), quantity, vocabulary)
        if partial:
            *others, last = sheet.supposed[metric]
            unsure = replace(last, statement=last.statement.model_copy(update=_UNSURE))
            sheet = replace(sheet, supposed={**sheet.supposed, metric: (*others, unsure)})
    return sheet
