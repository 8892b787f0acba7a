"""What a chip and its parts are: frozen and validated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias, get_args

from chipcalc.errors import Problem
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import Field, RefusedError
from chipcalc.schema.source import Source, Sourced, Status
from chipcalc.schema.types import (
    Date,
    Day,
    Identifier,
    Name,
    Number,
    PartialDate,
    Text,
    UnitText,
    date,
)
from chipcalc.values.units import Quantity, ranged


class Statement(Sourced):
    """One value or range with its unit and the condition under which it holds."""

    value: Number
    range: tuple[Number, Number] | None = None
    unit: UnitText
    when: Mapping[str, Text] = {}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the statement as a whole."""
        yield from super().problems()
        low, high = self.range or (self.value, self.value)
        if min(self.value, low) < 0:
            yield Problem(
                "a negative amount makes no sense here", hint="write amounts of zero or more"
            )
        if not low <= self.value <= high:
            yield Problem(
                "the value lies outside its range", hint="write range: [lowest, highest] around it"
            )

    @property
    def quantity(self) -> Quantity:
        """Return the statement as an exact interval with its unit."""
        return ranged(self.value, self.range, self.unit)


class Fact(Sourced):
    """One fact in words, such as a memory type or an export classification number."""

    value: Text


class Market(Sourced):
    """For whom the chip is designed or marketed."""

    value: Literal["datacenter", "consumer", "workstation", "automotive", "edge"]


class Availability(Sourced):
    """Whether the item can be had, as of a day: what is announced is not out for that."""

    value: Literal["announced", "sampling", "shipping", "withdrawn", "rumoured"]

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with it as a whole; it changes, and so it needs a day."""
        yield from super().problems()
        try:
            date(self.as_of or "")
        except RefusedError:
            hint = "write as_of: 2026-11, or a day: the last one on which it was so"
            yield Problem("availability needs the day it is about", hint=hint)

    @property
    def told(self) -> PartialDate:
        """The day on which it was so."""
        return date(self.as_of or "")


Transistor: TypeAlias = Literal["finfet", "gaa", "non-planar", "planar", "fd-soi"]
Assembled: TypeAlias = Literal["board", "system"]
ASSEMBLED: tuple[str, ...] = get_args(Assembled)


class ItemKind(Sourced):
    """What is sold where that is no logic circuit: a board or module, a computer, or memory."""

    value: Literal["board", "system", "memory"]


class Die(Frozen):
    """One kind of die in the package."""

    name: Name
    kind: Literal["logic", "memory", "passive"] = "logic"
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    area: Statement | None = None
    process: Text | None = None
    transistor: Transistor | None = None


class ProcessingUnit(Frozen):
    """One kind of processing unit of a system on chip, such as its GPU or its accelerators."""

    label: Text
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    formats: tuple[Text, ...] | None = None


class Mode(Frozen):
    """A setting of the chip under which figures of its own hold, such as a power limit."""

    label: Text
    note: Text | None = None


class SameRate(Sourced):
    """The format at whose rate another one runs, or at so many times it, under conditions.

    The unit is that of the other format where none is given: TOPS for integers, say. `reading`
    says how the figure is to be read, such as an upper bound.
    """

    format: Text
    times: Number = Fraction(1)
    range: tuple[Number, Number] | None = None
    unit: UnitText | None = None
    when: Mapping[str, Text] = {}
    reading: Mapping[str, Text] = {}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the rate as a whole."""
        yield from super().problems()
        low, high = self.range or (self.times, self.times)
        if not 0 <= low <= self.times <= high:
            hint = "write range: [least, most] around times:"
            yield Problem("times: lies outside its range", hint=hint)


class Declared(Frozen):
    """What the vendor itself publishes for export purposes."""

    tpp: Statement | None = None
    eccn: Fact | None = None


class Excused(Frozen):
    """A check of lint that a sheet does not pass, and why that is no mistake."""

    check: Identifier
    when: Mapping[str, Text] = Field(default={}, description="the figure that it is about")
    reason: Text


class VariantOf(Frozen):
    """The chip whose figures this one shares, wherever its own sheet is silent."""

    chip: Identifier
    status: Status = "official"
    note: Text | None = None


class Circuit(Frozen):
    """A circuit of a board or a system that is described in the sheet of that."""

    name: Name
    vendor: Identifier | None = None
    market: Market | None = None
    formats: tuple[Text, ...] | None = None
    same_as: Mapping[Text, SameRate] = {}
    not_offered: tuple[Text, ...] = ()
    units: Mapping[Identifier, ProcessingUnit] = {}
    modes: Mapping[Identifier, Mode] = {}
    values: Mapping[str, tuple[Statement, ...]] = {}
    details: Mapping[str, tuple[Fact, ...]] = {}
    dies: tuple[Die, ...] = ()
    declared: Declared = Field(default_factory=Declared)


class Contained(Sound):
    """So many circuits of one kind: those of another sheet, or described in place."""

    chip: Identifier | None = None
    circuit: Circuit | None = None
    count: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def problems(self) -> Iterator[Problem]:
        """Yield that a circuit needs one description, and no second."""
        if (self.chip is None) == (self.circuit is None):
            hint = "write {chip: h20, count: 8}, or {circuit: {name: …, values: …}, count: 8}"
            yield Problem("it needs either a chip or a circuit described in place", hint=hint)


class Chip(Frozen):
    """One product variant with one spec sheet; of a board or a system, too."""

    id: Identifier
    name: Name
    names: Mapping[Text, Name] = Field(
        default={}, description="the name in other languages, by their codes"
    )
    vendor: Identifier
    family: tuple[Identifier, ...] = ()
    stands_for: tuple[Identifier, ...] = Field(
        default=(), description="families that mean this chip when named alone"
    )
    aliases: tuple[Name, ...] = ()
    variant_of: VariantOf | None = None
    launched: Date | None = None
    availability: Availability | None = Field(
        default=None, description="whether it can be had, where that is not plain from its launch"
    )
    market: Market | None = None
    item: ItemKind | None = Field(
        default=None, description="what is sold, where that is no single circuit"
    )
    contains: tuple[Contained, ...] = Field(
        default=(), description="the circuits of a board or a system, each kind with its number"
    )
    formats: tuple[Text, ...] | None = Field(
        default=None, description="number formats it offers; when given, others are not offered"
    )
    same_as: Mapping[Text, SameRate] = Field(
        default={}, description="formats that run at the rate of another one"
    )
    not_offered: tuple[Text, ...] = Field(
        default=(), description="metrics and formats it does not have"
    )
    units: Mapping[Identifier, ProcessingUnit] = {}
    modes: Mapping[Identifier, Mode] = Field(
        default={},
        description="settings with figures of their own; what names none holds in the first",
    )
    sources: Mapping[Identifier, Source] = {}
    values: Mapping[str, tuple[Statement, ...]] = {}
    details: Mapping[str, tuple[Fact, ...]] = {}
    dies: tuple[Die, ...] = ()
    declared: Declared = Field(default_factory=Declared)
    checked: Day | None = Field(
        default=None, description="the day on which every figure was last held against its sources"
    )
    exceptions: tuple[Excused, ...] = Field(
        default=(), description="checks that it does not pass, each with the reason"
    )
    notes: tuple[Text, ...] = ()


def in_place(chip: Chip, circuit: Circuit) -> Chip:
    """Return a circuit that is described in the sheet of what contains it, as a chip of its own.

    It goes by the id of that, and is made for whom that is made, where it says nothing else.
    """
    said = {name: getattr(circuit, name) for name in Circuit.said}
    said["vendor"] = circuit.vendor or chip.vendor
    said["market"] = circuit.market or chip.market
    bare = {"item": None, "contains": (), "variant_of": None, "aliases": (), "notes": ()}
    return chip.model_copy(update={**bare, **said})
