"""What a metric, a condition and a circumstance are: frozen and validated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from chipcalc.errors import ChipcalcError, Near, Problem, unknown
from chipcalc.schema.base import Frozen
from chipcalc.schema.fields import Field, PlainValidator, RefusedError, WithJsonSchema
from chipcalc.schema.source import Sourced
from chipcalc.schema.types import Number, Text, UnitText
from chipcalc.values.units import Quantity, Unit, ranged
from chipcalc.vocabulary import expressions


def _expression(value: Any) -> expressions.Expression:
    try:
        return expressions.from_data(value)
    except ChipcalcError as fault:
        raise RefusedError(
            *(Problem(str(each), hint=each.hint) for each in fault.problems)
        ) from None


Formula: TypeAlias = Annotated[
    Any,
    PlainValidator(_expression),
    WithJsonSchema({"type": ["string", "object"], "description": "an expression over metrics"}),
]


class Amount(Frozen):
    """A plain amount of the vocabulary, such as the bit length of a format."""

    value: Number
    range: tuple[Number, Number] | None = None
    unit: UnitText

    @property
    def quantity(self) -> Quantity:
        """Return the amount as an exact interval with its unit."""
        return ranged(self.value, self.range, self.unit)


class Bounding(Frozen):
    """How a figure under one value of a condition bounds the one under another value."""

    value: Text
    times: tuple[Number, Number] = Field(description="the least and the most that it may be times")


class ConditionValue(Frozen):
    """One value that a condition can take, and what can be made of it."""

    label: Text
    unit: UnitText | None = Field(default=None, description="unit to print such figures in")
    bits: Amount | None = None
    weight: Amount | None = Field(default=None, description="in adjusted peak performance")
    becomes: Text | None = Field(default=None, description="the value it can be converted to")
    times: Number | None = Field(default=None, description="the factor of that conversion")
    bounds: Bounding | None = Field(
        default=None, description="the value whose figure it bounds, where it converts to none"
    )
    rare: bool = Field(default=False, description="left out where all values are gone through")
    inferred: bool = Field(default=False, description="no source prints a figure under it")
    unsettled: bool = Field(
        default=False, description="a figure under it may belong to any of the other values"
    )
    partial: bool = Field(
        default=False, description="figures under it alone do not tell the whole of a chip"
    )
    aside_of: tuple[Text, ...] = Field(
        default=(),
        description="values of other conditions, such as formats, with which it is not meant"
        " unless it is named, where there is another",
    )
    outdone_by: tuple[Text, ...] = Field(
        default=(), description="values whose figure is usually the larger one where weights count"
    )
    note: Text | None = None


class Condition(Frozen):
    """Something that a statement may be about: a number format, sparsity, a direction.

    A `row` condition makes figures different things, which are never mixed. A `reading` has a
    usual value, and others that may be convertible to it. A `part` divides the chip. A `mode` is
    a setting of the chip, such as a power limit; its sheet names them, and the first is the usual
    one. A `detail` says how a figure was counted; figures that differ only in it make a range.
    """

    label: Text
    role: Literal["row", "reading", "part", "mode", "detail"]
    default: Text | None = None
    headline: tuple[Text, ...] = ()
    values: Mapping[str, ConditionValue] = {}


class CommandOption(Frozen):
    """What the command line calls something, and how it explains it."""

    flag: Annotated[Text, Field(pattern="^--[a-z][a-z-]*$")]
    help: Text


class CircumstanceValue(Frozen):
    """One value of a circumstance; its option is a flag."""

    label: Text
    option: CommandOption | None = None
    starts: Text | None = Field(default=None, description="how such a detail of a sheet begins")


class Circumstance(Frozen):
    """A fact in words that rules ask for: of the sheet, or from the user.

    One about `places` has a country as its value; one of a `shipment` is no property of the item.
    """

    label: Text
    option: CommandOption | None = Field(default=None, description="it takes one of the values")
    field: Literal["market", "item"] | None = Field(
        default=None, description="the sheet's key for it"
    )
    vendor: Literal["headquarters"] | None = Field(
        default=None, description="the fact of the sheet's vendor that tells it"
    )
    detail: Text | None = Field(default=None, description="the detail of a sheet that tells it")
    usual: Text | None = Field(default=None, description="what holds unless the user says so")
    phrase: Text | None = Field(
        default=None, description="how a value reads alone, {} in its place: for {}"
    )
    places: bool = Field(default=False, description="its value is a country")
    shipment: bool = Field(default=False, description="it is about a shipment, not the item")
    values: Mapping[str, CircumstanceValue] = {}


class MetricDefinition(Frozen):
    """Something measured or derived, and how to state it."""

    label: Text
    row_label: Text | None = Field(default=None, description="what follows a format: per watt")
    short: Text | None = Field(default=None, description="the shortest name that the field has")
    title: Text | None = Field(default=None, description="its name in a table of figures")
    titles: Mapping[str, Text] = Field(
        default={}, description="its name there where one of the chips is for such a market"
    )
    column: Text | None = Field(default=None, description="its name at the head of a column")
    called: tuple[Text, ...] = Field(default=(), description="what else people call it")
    section: Text
    unit: UnitText
    larger: tuple[UnitText, ...] = Field(default=(), description="units for larger amounts")
    smaller: tuple[UnitText, ...] = Field(default=(), description="units for smaller amounts")
    also: tuple[UnitText, ...] = Field(default=(), description="units of other dimensions")
    shown_unit: Text | None = Field(default=None, description="the field's short name of the unit")
    better: Literal["higher", "lower", "neither"] = "neither"
    compare: Literal["always", "where known", "when asked"] = "always"
    screen: Literal["always", "roomy", "whole"] = Field(
        default="always",
        description="whether a comparison shows it where there is room, or only as a whole",
    )
    across: int | None = Field(
        default=None, description="its place among the columns where chips are rows"
    )
    by: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    mirrored: bool = Field(default=True, description="a variant shares the figure of its parent")
    given: bool = Field(default=False, description="comes from the user, not from a sheet")
    die: Mapping[str, Text] | None = Field(
        default=None, description="the kind of die that a figure from the user stands for"
    )
    mistaken_for: tuple[Text, ...] = Field(
        default=(), description="metrics that people set in its place by mistake"
    )
    bare: bool = Field(default=False, description="people write it without its unit")
    minor: bool = Field(default=False, description="a sheet shows it only when asked for all")
    of_several: Literal["sum", "range", "each"] | None = Field(
        default=None,
        description="of several circuits: their sum where the whole is not stated, from the"
        " largest of them to the sum, or nothing together",
    )
    scales: bool = Field(
        default=False, description="so many chips have so many times as much of it"
    )
    declared: Text | None = Field(default=None, description="the same, as the vendor declares it")
    formula: Formula = None
    per_row: Literal["all", "headline"] = "all"
    say: Text
    right: tuple[Text, ...] = ()
    wrong: tuple[Text, ...] = ()
    cite: Text | None = Field(default=None, description="the publication a formula comes from")


class Slip(Frozen):
    """A usual slip of the pen that changes a figure by a factor, such as bits for bytes."""

    label: Text
    unit: UnitText = Field(description="figures of this dimension can slip")
    times: Number
    weight: Number = Field(default=Fraction(1, 2), description="how usual it is, up to 1")
    usual_for: tuple[Text, ...] = Field(
        default=(), description="metrics of which it is the most usual slip"
    )


class Misreading(Frozen):
    """How usual it is that the press reads figures in one way, between 0 and 1, and why."""

    weight: Number
    because: Text


class DetailDefinition(Frozen):
    """A fact in words that a sheet can state, and where the sheet is shown with it."""

    label: Text
    beside: Text | None = Field(default=None, description="the metric whose figure it follows")
    heads: bool = Field(default=False, description="it stands in the first line of a sheet")


class Purpose(Frozen):
    """What chips are compared for: the metrics that matter, and the figures of them that count."""

    label: Text
    metrics: tuple[Text, ...]
    only: Mapping[str, tuple[Text, ...]] = Field(
        default={}, description="the values of a condition whose rows are shown"
    )
    at: Text | None = Field(default=None, description="the arithmetic intensity of the work")


class Headquarters(Sourced):
    """Where a vendor has its headquarters: the code of the country; `at` is the city."""

    value: Annotated[Text, Field(pattern="^[A-Z]{2}$")]


class Vendor(Frozen):
    """What a vendor calls itself, where it has its headquarters, and where it publishes."""

    name: Text
    headquarters: Headquarters | None = None
    addresses: tuple[Text, ...] = Field(
        default=(), description="where it publishes itself: hosts, or hosts with a path"
    )


class Vocabulary(Frozen):
    """The words of the spec sheets: conditions, metrics and facts in words."""

    conditions: Mapping[str, Condition]
    metrics: Mapping[str, MetricDefinition]
    circumstances: Mapping[str, Circumstance] = {}
    slips: tuple[Slip, ...] = ()
    misreadings: Mapping[str, Misreading] = {}
    measured: tuple[Text, ...] = Field(
        default=(), description="words for what is measured, and stands in no spec sheet"
    )
    details: Mapping[str, DetailDefinition] = {}
    vendors: Mapping[str, Vendor] = Field(default={}, description="the vendors, by their folders")
    purposes: Mapping[str, Purpose] = Field(
        default={}, description="what chips are compared for, by the words of the command line"
    )
    days_of_grace: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how long after its day of launch a chip may still be announced"
    )
    attributes: Mapping[str, UnitText] = Field(
        default={}, description="units of what formulas may ask of a format or a die"
    )

    def metric(self, name: str) -> MetricDefinition:
        """Return a metric; raises ChipcalcError with the nearest names."""
        if name not in self.metrics:
            known = {each: Near(each, found.label) for each, found in self.metrics.items()}
            kind = ("metrics", "known")
            raise unknown(f"no metric '{name}'", name, known, kind, "chipcalc metrics")
        return self.metrics[name]

    @property
    def leading(self) -> tuple[str, ...]:
        """The conditions by which figures are called, those with a headline: ``FP16``."""
        return tuple(name for name, each in self.conditions.items() if each.headline)

    @property
    def declared(self) -> dict[str, str]:
        """The metric that holds what a vendor declares, by the metric of which it is the figure."""
        return {name: each.declared for name, each in self.metrics.items() if each.declared}

    def purpose(self, name: str) -> Purpose:
        """Return a purpose; raises ChipcalcError with all there are."""
        if name not in self.purposes:
            listed = f"known are {', '.join(self.purposes) or 'none'}"
            raise unknown(
                f"no purpose '{name}'", name, self.purposes, ("purposes", "known"), listed
            )
        return self.purposes[name]

    def of_the_work(self) -> str:
        """Return the metric that users give, because it belongs to the work and not to a chip.

        Raises ChipcalcError where the vocabulary has none.
        """
        found = [name for name, each in self.metrics.items() if each.given]
        if not found:
            hint = "mark one in metrics.yaml with given: true"
            raise ChipcalcError(Problem("no metric comes from the user", hint=hint))
        return found[0]

    def resting_on(self, metric: str) -> tuple[str, ...]:
        """Return the metrics whose formulas name a metric."""
        formulas = {name: each.formula for name, each in self.metrics.items() if each.formula}
        return tuple(
            name
            for name, formula in formulas.items()
            if metric in {each.name for each in expressions.metrics_of(formula)}
        )

    def unit(self, metric: str, when: Mapping[str, str]) -> Unit:
        """Return the unit of a metric; a format that has a unit of its own, TFLOPS, puts it in."""
        return self._written(self.metric(metric).unit, when)

    def units(self, metric: str, when: Mapping[str, str]) -> tuple[Unit, ...]:
        """Return the units that a metric is printed in, the usual one first: TOPS/W, GOPS/W."""
        found = self.metric(metric)
        every = (found.unit, *found.larger, *found.smaller)
        return tuple(self._written(each, when) for each in every)

    def _written(self, unit: Unit, when: Mapping[str, str]) -> Unit:
        for name, value in when.items():
            known = self.conditions[name].values.get(value)
            if known and known.unit:
                unit = unit.with_part(known.unit)
        return unit


def largest_unit(units: Iterable[Unit], amount: Fraction) -> Unit | None:
    """Return the largest of some units in which a base amount is one or more, if any is."""
    fitting = [each for each in units if amount >= each.factor]
    return max(fitting, key=lambda each: each.factor, default=None)
