"""Formats that run at the rate of another one: their figures are made from its figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from chipcalc.errors import Problem, did_you_mean
from chipcalc.schema.source import STATUSES
from chipcalc.sheets.chip import Chip, SameRate, Statement
from chipcalc.yamlio import Document

FORMAT = "format"


def at_same_rates(
    statements: Sequence[Statement], same_as: Mapping[str, SameRate]
) -> Iterator[tuple[int, str, Statement]]:
    """Yield what statements about one format say of those that run at its rate, with their names.

    Each comes with the place of the statement behind which it belongs: the last one about the
    other format. A format with a statement of its own has no other.
    """
    own = {each.when.get(FORMAT) for each in statements}
    for name, same in same_as.items():
        found = [(i, each) for i, each in enumerate(statements) if _is_about(each, same)]
        for _, each in found if name not in own else ():
            yield found[-1][0], name, _changed(each, name, same)


def same_rate_problems(chip: Chip, document: Document, known: Collection[str]) -> Iterator[Problem]:
    """Yield formats at the rate of another one that have their own, or where that has none."""
    statements = [each for found in chip.values.values() for each in found]
    stated = {each.when.get(FORMAT) for each in statements}
    for name, same in chip.same_as.items():
        place = ("same_as", name)
        if name not in known:
            yield document.problem(place, f"no such word '{name}'", did_you_mean(name, known))
        elif name in stated:
            what = f"'{name}' has a figure of its own"
            yield document.problem(place, what, "keep one of the two")
        elif chip.formats is not None and name not in chip.formats:
            what = f"formats: does not list '{name}'"
            yield document.problem(place, what, "add it to formats:")
        if not chip.variant_of and not any(_is_about(each, same) for each in statements):
            what = f"nothing that is stated of '{same.format}' could hold of '{name}'"
            yield document.problem((*place, FORMAT), what, "name a format that has a figure")


def _is_about(statement: Statement, same: SameRate) -> bool:
    when = statement.when
    asked = {**same.when, FORMAT: same.format}
    return all(when.get(each) == value for each, value in asked.items())


def _changed(statement: Statement, name: str, same: SameRate) -> Statement:
    least, most = same.range or (same.times, same.times)
    low, high = statement.range or (statement.value, statement.value)
    low, high = low * least, high * most
    return statement.model_copy(
        update={
            "value": statement.value * same.times,
            "unit": same.unit or statement.unit,
            "range": (low, high) if low < high else None,
            "when": {**statement.when, **same.reading, FORMAT: name},
            "status": max((statement.status, same.status), key=STATUSES.index),
            "source": tuple(dict.fromkeys((*same.source, *statement.source))),
            "at": same.at,
            "note": same.note,
        }
    )
