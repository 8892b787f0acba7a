"""Values from the plain data that stand for them, as `encoding` writes them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any, Final, NamedTuple, TypeAlias

TUPLE, LIST, MAPPING, FRACTION, DAY, UNIT, SHARED = range(7)
FIRST_CLASS: Final = 10  # what comes before stands for the kinds above
MODEL, PARTS = "model", "parts"
Reader: TypeAlias = Callable[[list[Any]], Any]


class Shape(NamedTuple):
    """A class of values: where it is, whether it takes names or parts, and its fields."""

    module: str
    name: str
    takes: str
    fields: tuple[str, ...]

    def found(self) -> Any:
        """Return the class; raises ValueError where it no longer has these fields."""
        kind = getattr(import_module(self.module), self.name)
        if fields_of(kind) != self.fields:
            raise ValueError(f"{self.name} has other fields")
        return kind


def fields_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a model, a named tuple or a data class."""
    said = getattr(kind, "said", None) or getattr(kind, "_fields", None)
    return tuple(said or kind.__dataclass_fields__)


class Decoder:
    """Reads values; equal units are one object, and what several values share is one as well."""

    def __init__(self, shapes: Sequence[Shape], units: list[Any], shared: list[Any]) -> None:
        self._shapes = shapes
        self._units = units
        self._shared = shared
        self._known_units: dict[int, Any] = {}
        self._known_shared: dict[int, Any] = {}
        self._whole: dict[int, Fraction] = {}
        plain = [self._tuple, self._list, self._mapping, self._fraction, self._day, self._unit]
        plain.append(self._of_several)
        self._readers: list[Reader] = plain + [self._tuple] * (FIRST_CLASS - len(plain))
        self._readers += [self._unseen] * len(shapes)

    def value(self, data: Any) -> Any:
        """Return the value that data stand for; raises ValueError where its class has changed."""
        return self._readers[data[0]](data) if type(data) is list else data

    def _parts(self, data: Sequence[Any]) -> list[Any]:
        readers = self._readers
        return [readers[each[0]](each) if type(each) is list else each for each in data]

    def _tuple(self, data: list[Any]) -> tuple[Any, ...]:
        return tuple(self._parts(data[1:]))

    def _list(self, data: list[Any]) -> list[Any]:
        return self._parts(data[1:])

    def _mapping(self, data: list[Any]) -> dict[str, Any]:
        return self._named(data[1])

    def _named(self, found: dict[str, Any]) -> dict[str, Any]:
        readers = self._readers
        for name, each in found.items():
            if type(each) is list:
                found[name] = readers[each[0]](each)
        return found

    def _fraction(self, data: list[Any]) -> Fraction:
        if len(data) > 2:
            return Fraction(data[1], data[2])
        known = self._whole.get(data[1])
        if known is None:
            known = self._whole[data[1]] = Fraction(data[1])
        return known

    def _day(self, data: list[Any]) -> datetime.date:
        return datetime.date.fromordinal(data[1])

    def _unit(self, data: list[Any]) -> Any:
        number = data[1]
        if number not in self._known_units:
            self._known_units[number] = self.value(self._units[number])
        return self._known_units[number]

    def _of_several(self, data: list[Any]) -> Any:
        number = data[1]
        if number not in self._known_shared:
            self._known_shared[number] = self.value(self._shared[number])
        return self._known_shared[number]

    def _unseen(self, data: list[Any]) -> Any:
        """Return a value of a class that comes up for the first time."""
        shape = self._shapes[data[0] - FIRST_CLASS]
        kind = shape.found()
        if shape.takes == MODEL:
            make, named = kind.model_made, self._named
            self._readers[data[0]] = lambda data: make(named(data[1]))
        else:
            parts = self._parts
            self._readers[data[0]] = lambda data: kind(*parts(data[1:]))
        return self._readers[data[0]](data)
