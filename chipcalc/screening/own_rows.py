"""What rows of a frame have of their own besides figures: a day whose law counts, a destination."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

import narwhals as nw

from chipcalc.check.day import DayRules
from chipcalc.errors import ChipcalcError, error
from chipcalc.places import countries
from chipcalc.rules.provision import Provision
from chipcalc.schema.types import day_of
from chipcalc.screening.judge import VERDICTS_REST_ON, DayOf, Judge, ShipmentsOf
from chipcalc.screening.meaning import AS_OF, NAME, TO, VENDOR, Columns, Meaning
from chipcalc.screening.resolve import meant
from chipcalc.screening.row_cells import SAID, Cuts
from chipcalc.sheets.store import Store

Name = TypeVar("Name")
_TEXTS = (nw.String, nw.Categorical, nw.Enum)
_READ: Mapping[str, Callable[[str], object]] = {AS_OF: day_of, TO: countries.code}


Asked: TypeAlias = tuple[DayRules, Sequence[Provision]]


class Law(NamedTuple):
    """Where the rules of a day come from, as they are asked of items and of shipments."""

    items: DayOf
    shipments: ShipmentsOf


class Own(NamedTuple):
    """Columns with the day or the destination of each row, as texts, empty where it has none.

    `days` are all whose law counts; `faults` are the rows of a text that is no day or no country.
    Of names and makers those of chips with a sheet stand there, so that the others are told by
    their figures; `named` whether there are any.
    """

    made: Mapping[str, nw.Expr]
    columns: Mapping[str, Meaning]
    days: tuple[datetime.date, ...]
    faults: tuple[nw.Expr, ...]
    shipped: bool
    named: bool = False

    @property
    def dated(self) -> bool:
        """Whether rows are more than items under the rules of one day."""
        return self.shipped or any(e.role in _READ for e in self.columns.values())


def own(found: Any, read: Columns, schema: nw.Schema, judge: Judge) -> Own:
    """Return what rows have of their own; goes through their columns once for what they say.

    Raises ChipcalcError for a column that holds neither texts nor days.
    """
    made: dict[str, nw.Expr] = {}
    columns: dict[str, Meaning] = {}
    days = [judge.day]
    faults = []
    for each in (e for e in read.read.values() if e.role in _READ):
        name = f"{SAID}{each.role}"
        text = _text(each, schema)
        made[name], columns[name] = text, each
        wrong = []
        for one in _said(found, text):
            try:
                value = _READ[each.role](one)
            except (ChipcalcError, LookupError, ValueError):
                wrong.append(one)
            else:
                days += [value] if isinstance(value, datetime.date) else []
        if wrong:
            faults.append(text.is_in(wrong))
    shipped = bool(judge.to) or any(each.role == TO for each in columns.values())
    named = _named(found, read, schema, judge.store)
    for each, text in named.items():
        made[f"{SAID}{each.role}"], columns[f"{SAID}{each.role}"] = text, each
    return Own(made, columns, tuple(dict.fromkeys(days)), tuple(faults), shipped, bool(named))


def _said(found: Any, text: nw.Expr) -> list[str]:
    """Return all texts that stand in rows, each once."""
    said = found.select(text.alias(SAID)).unique()
    said = said.collect() if isinstance(said, nw.LazyFrame) else said
    return list(filter(None, said[SAID].to_list()))


def _named(found: Any, read: Columns, schema: nw.Schema, store: Store) -> Mapping[Meaning, nw.Expr]:
    """Return the names of chips that have a sheet, each matched once, and their makers."""
    of = {each.role: each for each in read.read.values() if each.role in (NAME, VENDOR)}
    if NAME not in of or schema[of[NAME].column] not in _TEXTS:
        return {}
    name = _text(of[NAME], schema)
    known = [each for each in _said(found, name) if meant(each, "", store).sheets]
    if not known:
        return {}
    there = name.is_in(known)
    texts = {each: _text(each, schema) for each in of.values() if schema[each.column] in _TEXTS}
    return {each: nw.when(there).then(e).otherwise(nw.lit("")) for each, e in texts.items()}


def _text(meaning: Meaning, schema: nw.Schema) -> nw.Expr:
    kind = schema[meaning.column]
    column = nw.col(meaning.column)
    if kind in _TEXTS:
        return column.cast(nw.String).str.strip_chars().fill_null("")
    if meaning.role == AS_OF and kind in (nw.Date, nw.Datetime):
        return column.dt.to_string("%Y-%m-%d").fill_null("")
    what = f"column '{meaning.column}' holds {kind}"
    raise error(what, "write days as 2026-07-31 and countries by name, or leave the column out")


def laws(law: Law, of_rows: Own) -> Iterable[Asked]:
    """Yield the rules of every day that rows are asked about, with the texts that may decide."""
    for day in of_rows.days:
        items = law.items(day)
        yield items, [e for e in items.asked if e.rule.kind in VERDICTS_REST_ON]
        if of_rows.shipped:
            shipments = law.shipments(day)
            yield shipments, shipments.asked


def together(found: Sequence[Cuts]) -> Cuts:
    """Return cuts that tell all rows apart which one of several tells apart."""
    by_value = frozenset(name for each in found for name in each.by_value)
    return Cuts(
        _united(each.own for each in found),
        _united(each.joint for each in found),
        _united(each.of_two for each in found),
        by_value,
    )


def _united(found: Iterable[Mapping[Name, tuple[float, ...]]]) -> dict[Name, tuple[float, ...]]:
    values: dict[Name, set[float]] = {}
    for cuts in found:
        for name, each in cuts.items():
            values.setdefault(name, set()).update(each)
    return {name: tuple(sorted(each)) for name, each in values.items()}
