"""Plain data that stand for values, for the snapshot; `decoding` reads them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from chipcalc.snapshot.decoding import (
    DAY,
    FIRST_CLASS,
    FRACTION,
    LIST,
    MAPPING,
    MODEL,
    PARTS,
    SHARED,
    TUPLE,
    UNIT,
    Shape,
    fields_of,
)


class Encoder:
    """Writes values as data; units and what is shared stand in tables, each once.

    `unit` is the class of units, and `shared` are the classes of which equal objects stay one.
    """

    def __init__(self, unit: type, shared: tuple[type, ...]) -> None:
        self.shapes: list[Shape] = []
        self.units: list[Any] = []
        self.shared: list[Any] = []
        self._unit = unit
        self._kinds = shared
        self._numbers: dict[Any, int] = {}
        self._classes: dict[type, int] = {}

    def data(self, value: Any) -> Any:
        """Return the data that stand for a value; raises TypeError for one of another kind."""
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, self._unit):
            return [UNIT, self._number(value, value, self.units)]
        if isinstance(value, self._kinds):
            return [SHARED, self._number(id(value), value, self.shared)]
        return self._composed(value)

    def _composed(self, value: Any) -> Any:
        if isinstance(value, Fraction):
            whole = value.denominator == 1
            return [FRACTION, value.numerator, *(() if whole else (value.denominator,))]
        if isinstance(value, datetime.date):
            return [DAY, value.toordinal()]
        if type(value) is tuple or type(value) is list:
            return [TUPLE if type(value) is tuple else LIST, *self._all(value)]
        if isinstance(value, Mapping):
            return [MAPPING, self._named(value)]
        return self._of_class(value)

    def _of_class(self, value: Any) -> list[Any]:
        kind = type(value)
        number = FIRST_CLASS + self._class(kind)
        if self.shapes[number - FIRST_CLASS].takes == MODEL:
            return [number, self._named(vars(value))]
        return [number, *self._all(getattr(value, name) for name in fields_of(kind))]

    def _class(self, kind: type) -> int:
        if kind not in self._classes:
            self._classes[kind] = len(self.shapes)
            takes = MODEL if hasattr(kind, "model_made") else PARTS
            try:
                fields = fields_of(kind)
            except AttributeError:
                raise TypeError(f"no snapshot takes a {kind.__name__}") from None
            self.shapes.append(Shape(kind.__module__, kind.__qualname__, takes, fields))
        return self._classes[kind]

    def _number(self, key: Any, value: Any, table: list[Any]) -> int:
        """Return the place of a value in a table, to which it is added when it is new."""
        place = (id(table), key)
        if place not in self._numbers:
            self._numbers[place] = len(table)
            table.append(None)  # its parts may come to stand in the table as well
            table[self._numbers[place]] = self._of_class(value)
        return self._numbers[place]

    def _all(self, values: Iterable[Any]) -> list[Any]:
        return [self.data(each) for each in values]

    def _named(self, values: Mapping[Any, Any]) -> dict[str, Any]:
        if not all(isinstance(name, str) for name in values):
            raise TypeError("a mapping of the snapshot has texts as its keys")
        return {name: self.data(each) for name, each in values.items()}
