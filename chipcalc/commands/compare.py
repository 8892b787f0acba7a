"""What a user asked for, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chipcalc.api.comparison import Comparison
from chipcalc.api.comparison import compared as side_by_side
from chipcalc.api.database import Database
from chipcalc.commands.supposing import supposing
from chipcalc.comparison.options import Asked, Options
from chipcalc.errors import Gathering, each_of, error
from chipcalc.figures.exchange import rate
from chipcalc.sheets import counts
from chipcalc.sheets.choice import Choice
from chipcalc.sheets.store import Store
from chipcalc.values import units
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.conditions import parse
from chipcalc.vocabulary.model import Purpose, Vocabulary

_PAIR = 2


class Wanted(NamedTuple):
    """What to compare, in the words of a user; empty words and sequences ask for the usual."""

    chips: Sequence[str]
    base: str = ""
    metrics: Sequence[str] = ()
    when: Sequence[str] = ()
    at: str = ""
    sort: str = ""
    all_statements: bool = False
    rates: Sequence[str] = ()
    purpose: str = ""
    supposing: Sequence[str] = ()
    percent: bool = False


class Compared(NamedTuple):
    """A comparison, the notices about names, and those of them that belong to the answer."""

    comparison: Comparison
    notices: tuple[str, ...]
    understood: tuple[str, ...]


def comparison(db: Database, wanted: Wanted) -> Compared:
    """Return a comparison with the notices about names; raises ChipcalcError."""
    base, when = wanted.base, wanted.when
    store = db.store
    choices = _chosen(wanted, store)
    purpose = store.vocabulary.purpose(wanted.purpose) if wanted.purpose else None
    at = wanted.at or (purpose.at if purpose and not wanted.metrics else None) or ""
    if base and len(choices[0].sheets) > 1:
        ids = ", ".join(sheet.id for sheet in choices[0].sheets)
        raise error(f"--base takes one chip, and '{base}' stands for several", f"name one of {ids}")
    work = store.vocabulary.of_the_work() if at else ""
    narrowed = conditions(_for_all(when, store), store)
    options = Options(
        metrics=tuple(wanted.metrics) or (purpose.metrics if purpose else ()),
        extra=store.vocabulary.resting_on(work) if work else (),
        when={name: value for name, value in narrowed.items() if not _is_reading(name, store)},
        reading={name: value for name, value in narrowed.items() if _is_reading(name, store)},
        readings=_readings(when, store),
        given={work: _intensity(at, work, store.vocabulary)} if work else {},
        base=choices[0].sheets[0].id if base else "",
        sort=wanted.sort,
        all_statements=wanted.all_statements,
        rates=exchange_rates(wanted.rates),
        only=_narrowing(purpose, narrowed),
        asked=Asked(wanted.purpose, tuple(wanted.supposing)),
    )
    sheets = [sheet for choice in choices for sheet in choice.sheets]
    sheets, supposed = supposing(sheets, wanted.supposing, store)
    turned = wanted.percent and not base and not wanted.sort and len(sheets) == _PAIR
    options = options._replace(supposed=supposed, turned=turned)
    compared = {sheet.id for sheet in sheets}
    for text in when:
        chip, _ = _addressee(text, store)
        if chip and not compared & {sheet.id for sheet in counts.chosen(store, chip).sheets}:
            raise error(f"'{text}' is for a chip that is not compared", f"add {chip} to the chips")
    notices = tuple(notice for choice in choices for notice in choice.notices)
    understood = tuple(dict.fromkeys(e for choice in choices for e in choice.understood))
    return Compared(side_by_side(sheets, store, options), notices, understood)


def _narrowing(purpose: Purpose | None, asked: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return which rows a purpose keeps, but for conditions that the user names."""
    only = purpose.only.items() if purpose else ()
    return {name: values for name, values in only if name not in asked}


def exchange_rates(texts: Sequence[str]) -> tuple[Quantity, ...]:
    """Return the rates of exchange that texts such as ``7.2 CNY/USD`` write."""
    found = tuple(map(rate, texts))
    pairs = [frozenset(name for name, _ in each.unit.parts) for each in found]
    for number, pair in enumerate(pairs):
        if pair in pairs[:number]:
            first = texts[pairs.index(pair)]
            raise error(f"'{first}' and '{texts[number]}' are of the same currencies", "give one")
    return found


def _chosen(wanted: Wanted, store: Store) -> list[Choice]:
    """Return the chips of the base, if one is named, and of every name.

    Raises ChipcalcError with all names, metrics and conditions that are wrong.
    """
    gathering = Gathering()
    names = [*([wanted.base] if wanted.base else []), *wanted.chips]
    choices = gathering.each(names, lambda name: counts.chosen(store, name))
    metrics = [*wanted.metrics, *([wanted.sort] if wanted.sort else [])]
    gathering.each(metrics, store.vocabulary.metric)
    gathering.each(_for_all(wanted.when, store), lambda text: conditions([text], store))
    gathering.end()
    return choices


def conditions(texts: Sequence[str], store: Store) -> dict[str, str]:
    """Return the conditions that ``format=bf16`` and the like write; raises ChipcalcError."""
    found: dict[str, str] = {}
    for each in each_of(texts, lambda text: parse(text, store.vocabulary, text)):
        for name, value in each.items():
            if found.setdefault(name, value) != value:
                raise error(f"{name} is given twice: {found[name]} and {value}", "give it once")
    return found


def _intensity(text: str, metric: str, vocabulary: Vocabulary) -> Quantity:
    unit = vocabulary.metric(metric).unit
    example = "write for example --at '2 op/B'"
    try:
        quantity = units.quantity(text)
    except units.UnitError as fault:
        raise error(fault.problems[0].what, example) from None
    if quantity.unit.dimension != unit.dimension:
        what = f"'{quantity.unit}' is {units.kind(quantity.unit)}, not operations per byte"
        raise error(what, example)
    if quantity.amount.best <= 0:
        raise error("an arithmetic intensity is more than zero", example)
    return quantity


def _for_all(texts: Sequence[str], store: Store) -> list[str]:
    return [text for text in texts if not _addressee(text, store)[0]]


def _addressee(text: str, store: Store) -> tuple[str, str]:
    """Return the chip that a condition is for, if it names one, and the condition: h100:2:4."""
    chip, colon, rest = text.partition(":")
    values = [each for known in store.vocabulary.conditions.values() for each in known.values]
    return (chip, rest) if colon and "=" not in chip and text not in values else ("", text)


def _readings(texts: Sequence[str], store: Store) -> dict[str, dict[str, str]]:
    """Return the readings asked for of single chips, by their ids."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        chip, condition = _addressee(text, store)
        asked = conditions([condition], store)
        readings = {k: v for k, v in asked.items() if _is_reading(k, store)}
        if chip and len(readings) < len(asked):
            raise error(
                f"'{text}' is not a reading of one chip",
                "write for example --when h100:sparsity=2:4",
            )
        for sheet in counts.chosen(store, chip).sheets if chip else ():
            found.setdefault(sheet.id, {}).update(readings)
    return found


def _is_reading(name: str, store: Store) -> bool:
    """Whether a condition is a way to read a chip, or the mode in which it is read."""
    return store.vocabulary.conditions[name].role in ("reading", "mode")
