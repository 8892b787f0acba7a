"""Spec sheets of what a table states, in YAML: every fact unverified, its row as the source."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Words
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import error
from chipcalc.intake.mapping import Mapping
from chipcalc.intake.understood import Item, Stated
from chipcalc.values.units import Unit, decimal_text
from chipcalc.vocabulary.model import Vocabulary


class Written(NamedTuple):
    """The sheets that were written, and those that were left because something is there."""

    made: tuple[Path, ...]
    left: tuple[str, ...]


def write(
    items: Words[str, str], folder: Path, paths: Words[str, Path], taken: Collection[str] = ()
) -> Written:
    """Write sheets by id into a folder, and return what was; one that is there is left as it is.

    So is one whose id is `taken`: it would stand in for the sheet of that id. Raises ChipcalcError
    where the folder cannot be written.
    """
    there = {*taken, *(each.stem for each in folder.glob("chips/*/*.yaml"))}
    made = []
    for name in (each for each in items if each not in there):
        path = folder / paths[name]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(items[name])
        except OSError as fault:
            raise error(
                f"'{path}' cannot be written: {fault.strerror}", "choose another folder"
            ) from None
        made.append(path)
    return Written(tuple(made), tuple(each for each in items if each in there))


def sheet(item: Item, by: Mapping, vocabulary: Vocabulary) -> str:
    """Return the text of the sheet of one row of a table."""
    return "\n".join([*_head(item, by), *_values(item, by, vocabulary), ""])


def _head(item: Item, by: Mapping) -> Iterator[str]:
    yield f"id: {_quoted(item.id)}"
    yield f"name: {_quoted(item.name)}"
    yield f"vendor: {item.vendor}"
    if item.launched:
        yield f"launched: {item.launched}"
    yield "sources:"
    yield f"  {by.id}:"
    for key in ("title", "publisher", "url", "licence", "accessed"):
        said = getattr(by, key)
        if said:
            yield f"    {key}: {said if key == 'accessed' else _quoted(said)}"


def _values(item: Item, by: Mapping, vocabulary: Vocabulary) -> Iterator[str]:
    yield "values:"
    for metric in dict.fromkeys(each.reading.metric for each in item.figures):
        yield f"  {metric}:"
        for each in (e for e in item.figures if e.reading.metric == metric):
            yield f"    - {{{', '.join(_fact(each, by, vocabulary))}}}"


def _fact(stated: Stated, by: Mapping, vocabulary: Vocabulary) -> Iterator[str]:
    unit = _unit(stated, vocabulary)
    amount = stated.quantity.to(unit).amount
    yield f"value: {decimal_text(amount.best)}"
    if amount.low != amount.high:
        yield f"range: [{decimal_text(amount.low)}, {decimal_text(amount.high)}]"
    yield f"unit: {unit.text}"
    if stated.reading.when:
        when = (f"{name}: {_quoted(value)}" for name, value in stated.reading.when.items())
        yield f"when: {{{', '.join(when)}}}"
    yield f"status: unverified, source: [{by.id}]"
    number, column = stated.place
    yield f"at: {_quoted(f'row {number}, column {column}')}"
    note = "; ".join(each for each in (stated.reading.note, stated.words) if each)
    if note:
        yield f"note: {_quoted(note)}"


def _unit(stated: Stated, vocabulary: Vocabulary) -> Unit:
    """Return the unit in which people print such a figure: that of its format, or its metric."""
    for name, value in stated.reading.when.items():
        own = vocabulary.conditions[name].values[value].unit
        if own and own.dimension == stated.quantity.unit.dimension:
            return own
    return vocabulary.metric(stated.reading.metric).unit


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
