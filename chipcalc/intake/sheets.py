"""Spec sheets of what a table states, in YAML: every fact unverified, its row as the source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Words
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import error
from chipcalc.intake.mapping import Mapping
from chipcalc.intake.understood import Item, Stated
from chipcalc.values.exact import decimal_text
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.model import Vocabulary


class Written(NamedTuple):
    """The files of the sheets that were made, or would be, by id, and what is there of the rest."""

    made: Words[str, Path]
    left: Words[str, Path]


def planned(items: Iterable[Item], folder: Path, taken: Words[str, Path]) -> Written:
    """Return where sheets go in a folder; one whose id is taken, or that is there, is left.

    One whose id is taken elsewhere would stand in for the sheet of that id.
    """
    there = {each.stem: each for each in folder.glob("chips/*/*.yaml")}
    left = {**taken, **there}
    made = {
        each.id: folder / "chips" / each.vendor / f"{each.id}.yaml"
        for each in items
        if each.id not in left
    }
    return Written(made, {each.id: left[each.id] for each in items if each.id in left})


def write(texts: Words[str, str], plan: Written) -> None:
    """Write the texts of sheets by id; one that is there is never overwritten.

    Raises ChipcalcError where the folder cannot be written.
    """
    for name, path in plan.made.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(texts[name])
        except OSError as fault:
            raise error(
                f"'{path}' cannot be written: {fault.strerror}", "choose another folder"
            ) from None


def sheet(item: Item, by: Mapping, vocabulary: Vocabulary) -> str:
    """Return the text of the sheet of one row of a table."""
    lines = [*_head(item, by), *_dies(item, by), *_values(item, by, vocabulary), ""]
    return "\n".join(lines)


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


def _dies(item: Item, by: Mapping) -> Iterator[str]:
    if item.dies is None or by.die_area is None:
        return
    number, area, place, words = item.dies
    yield "dies:"
    yield f"  - name: logic {'die' if number == 1 else 'dies, all alike'}"
    yield "    kind: logic"
    yield f"    count: {number}"
    if by.die_area.transistor:
        yield f"    transistor: {by.die_area.transistor}"
    note = "; ".join(each for each in (by.die_area.note, words) if each)
    said = (*_amount(area, area.unit), *_firmness(place, note, by))
    yield f"    area: {{{', '.join(said)}}}"


def _values(item: Item, by: Mapping, vocabulary: Vocabulary) -> Iterator[str]:
    if item.figures:
        yield "values:"
    for metric in dict.fromkeys(each.reading.metric for each in item.figures):
        yield f"  {metric}:"
        for each in (e for e in item.figures if e.reading.metric == metric):
            yield f"    - {{{', '.join(_fact(each, by, vocabulary))}}}"


def _fact(stated: Stated, by: Mapping, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _amount(stated.quantity, _unit(stated, vocabulary))
    if stated.reading.when:
        when = (f"{name}: {_quoted(value)}" for name, value in stated.reading.when.items())
        yield f"when: {{{', '.join(when)}}}"
    note = "; ".join(each for each in (stated.reading.note, stated.words) if each)
    yield from _firmness(stated.place, note, by)


def _amount(quantity: Quantity, unit: Unit) -> Iterator[str]:
    amount = quantity.to(unit).amount
    yield f"value: {decimal_text(amount.best)}"
    if amount.low != amount.high:
        yield f"range: [{decimal_text(amount.low)}, {decimal_text(amount.high)}]"
    yield f"unit: {unit.text}"


def _firmness(place: tuple[int, str], note: str, by: Mapping) -> Iterator[str]:
    """Yield the status, the source and the place in it of what a cell says."""
    yield f"status: unverified, source: [{by.id}]"
    number, column = place
    yield f"at: {_quoted(f'row {number}, column {column}')}"
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
