"""What a chip, a metric and a source are: frozen and validated."""

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from chipcalc import expr, units
from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.interval import Interval, exactly
from chipcalc.units import Quantity, Unit
from chipcalc.yamlio import Data, Document, Path

Model = TypeVar("Model", bound=BaseModel)

BETWEEN = "\x1e"  # parts several complaints in one message of pydantic's
_WORD = r"[a-z0-9]+(?:[-._][a-z0-9]+)*"
_DATE = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def _plainly(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return a validator that turns our own errors into pydantic's."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("write one plain value")
        try:
            return read(value)
        except ChipcalcError as fault:
            first = fault.problems[0]
            raise ValueError(f"{first.what}\n{first.hint}") from None

    return validate


def date(text: str) -> str:
    """Return a date known to the year, month or day; raises ValueError for anything else."""
    if _DATE.fullmatch(text):
        year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
        with suppress(ValueError):
            return datetime.date(year, month, day).isoformat()[: len(text)]
    raise ValueError(f"'{text}' is not a date\nwrite 2024-02-29, 2024-02 or 2024")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _expression(value: Any) -> expr.Expression:
    try:
        return expr.from_data(value)
    except ChipcalcError as fault:
        first = fault.problems[0]
        raise ValueError(f"{first}\n{first.hint}") from None


Number: TypeAlias = Annotated[
    Fraction,
    PlainValidator(_plainly(units.number)),
    WithJsonSchema({"type": ["number", "string"], "description": "an exact decimal number"}),
]
UnitText: TypeAlias = Annotated[
    Unit,
    PlainValidator(_plainly(units.unit)),
    WithJsonSchema({"type": "string", "examples": ["TFLOPS", "GB/s", "W", "mm^2"]}),
]
Date: TypeAlias = Annotated[
    str,
    PlainValidator(_plainly(date)),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_DATE.pattern}$"}),
]
Formula: TypeAlias = Annotated[
    Any,
    PlainValidator(_expression),
    WithJsonSchema({"type": ["string", "object"], "description": "an expression over metrics"}),
]
Identifier: TypeAlias = Annotated[str, Field(pattern=f"^{_WORD}$")]
Text: TypeAlias = Annotated[str, Field(min_length=1)]
Texts: TypeAlias = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Status: TypeAlias = Literal["official", "reported", "estimated", "given"]

STATUSES: tuple[Status, ...] = ("official", "reported", "estimated", "given")


class Frozen(BaseModel):
    """The base of all models: unknown keys are refused, nothing changes after validation."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


class Source(Frozen):
    """A publication: enough to find it again."""

    title: Text
    publisher: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    published: Date | None = None
    accessed: Date
    licence: Text | None = None

    @property
    def read_too_early(self) -> bool:
        """Whether it was read before it was published, as far as both days are known."""
        out = self.published or ""
        return self.accessed[: len(out)] < out[: len(self.accessed)]


def source_faults(
    sources: Mapping[str, Source], used: Collection[str], document: Document
) -> Iterator[Problem]:
    """Yield the sources of a file that nothing names, or that were read before they were out."""
    for key, source in sources.items():
        place = ("sources", key)
        if key not in used:
            yield document.problem(place, f"nothing names the source '{key}'", "delete it")
        if source.read_too_early:
            yield document.problem(place, "read before it was published")


class Sound(Frozen):
    """A model whose parts have to fit together: all that does not is told at once."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        complaints = list(self.complaints())
        if complaints:
            raise ValueError(BETWEEN.join(complaints))
        return self

    def complaints(self) -> Iterator[str]:
        """Yield what is wrong with the whole, each with a hint on a second line."""
        yield from ()


class Sourced(Sound):
    """What every fact carries: how firm it is, where it stands, and what to know about it."""

    status: Status
    source: Texts = ()
    at: Text | None = Field(default=None, description="the place in the source")
    note: Text | None = None
    as_of: Text | None = Field(default=None, description="the day or years the fact is about")

    def complaints(self) -> Iterator[str]:
        """Yield what is wrong with the fact as a whole, each with a hint on a second line."""
        if self.status == "given":
            yield "'given' marks what a command line gives\nwrite official, reported or estimated"
        if self.status == "estimated" and not self.note:
            yield "an estimate needs a note that says why\nadd note: …"
        if self.status != "estimated" and not self.source:
            hint = "name one of sources:, or mark it estimated and say why"
            yield f"a fact needs a source\n{hint}"


class Statement(Sourced):
    """One value or range with its unit and the condition under which it holds."""

    value: Number
    range: tuple[Number, Number] | None = None
    unit: UnitText
    when: Mapping[str, Text] = {}

    def complaints(self) -> Iterator[str]:
        """Yield what is wrong with the statement as a whole."""
        yield from super().complaints()
        low, high = self.range or (self.value, self.value)
        if min(self.value, low) < 0:
            yield "a negative amount makes no sense here\nwrite amounts of zero or more"
        if not low <= self.value <= high:
            yield "the value lies outside its range\nwrite range: [lowest, highest] around it"

    @property
    def quantity(self) -> Quantity:
        """Return the statement as an exact interval with its unit."""
        if self.range is None:
            return Quantity(exactly(self.value), self.unit)
        return Quantity(Interval(self.range[0], self.value, self.range[1]), self.unit)


class Fact(Sourced):
    """One fact in words, such as a memory type or an export classification number."""

    value: Text


class Market(Sourced):
    """For whom the chip is designed or marketed."""

    value: Literal["datacenter", "consumer", "workstation", "automotive", "edge"]


class Die(Frozen):
    """One kind of die in the package."""

    name: Text
    kind: Literal["logic", "memory", "passive"] = "logic"
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    area: Statement | None = None
    process: Text | None = None
    transistor: Literal["finfet", "gaa", "non-planar", "planar"] | None = None


class ProcessingUnit(Frozen):
    """One kind of processing unit of a system on chip, such as its GPU or its accelerators."""

    label: Text
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    formats: tuple[Text, ...] | None = None


class Declared(Frozen):
    """What the vendor itself publishes for export purposes."""

    tpp: Statement | None = None
    eccn: Fact | None = None


class VariantOf(Frozen):
    """The chip whose figures this one shares, wherever its own sheet is silent."""

    chip: Identifier
    status: Status = "official"
    note: Text | None = None


class Chip(Frozen):
    """One product variant with one spec sheet."""

    id: Identifier
    name: Text
    vendor: Identifier
    family: tuple[Identifier, ...] = ()
    stands_for: tuple[Identifier, ...] = Field(
        default=(), description="families that mean this chip when named alone"
    )
    aliases: tuple[Text, ...] = ()
    variant_of: VariantOf | None = None
    launched: Date | None = None
    market: Market | None = None
    formats: tuple[Text, ...] | None = Field(
        default=None, description="number formats it offers; when given, others are not offered"
    )
    not_offered: tuple[Text, ...] = Field(
        default=(), description="metrics and formats it does not have"
    )
    units: Mapping[Identifier, ProcessingUnit] = {}
    sources: Mapping[Identifier, Source] = {}
    values: Mapping[str, tuple[Statement, ...]] = {}
    details: Mapping[str, tuple[Fact, ...]] = {}
    dies: tuple[Die, ...] = ()
    declared: Declared = Field(default_factory=Declared)
    notes: tuple[Text, ...] = ()


class Amount(Frozen):
    """A plain amount of the vocabulary, such as the bit length of a format."""

    value: Number
    range: tuple[Number, Number] | None = None
    unit: UnitText

    @property
    def quantity(self) -> Quantity:
        """Return the amount as an exact interval with its unit."""
        if self.range is None:
            return Quantity(exactly(self.value), self.unit)
        return Quantity(Interval(self.range[0], self.value, self.range[1]), self.unit)


class ConditionValue(Frozen):
    """One value that a condition can take, and what can be made of it."""

    label: Text
    unit: UnitText | None = Field(default=None, description="unit to print such figures in")
    bits: Amount | None = None
    weight: Amount | None = Field(default=None, description="in adjusted peak performance")
    becomes: Text | None = Field(default=None, description="the value it can be converted to")
    times: Number | None = Field(default=None, description="the factor of that conversion")
    note: Text | None = None


class Condition(Frozen):
    """Something that a statement may be about: a number format, sparsity, a direction.

    A `row` condition makes figures different things, which are never mixed. A `reading` has a
    usual value, and others that may be convertible to it. A `part` divides the chip. A `detail`
    says how a figure was counted; figures that differ only in it make a range.
    """

    label: Text
    role: Literal["row", "reading", "part", "detail"]
    default: Text | None = None
    headline: tuple[Text, ...] = ()
    values: Mapping[str, ConditionValue] = {}


class CircumstanceValue(Frozen):
    """One value of a circumstance."""

    label: Text
    starts: Text | None = Field(default=None, description="how such a detail of a sheet begins")


class Circumstance(Frozen):
    """A fact in words that rules ask for: of the sheet, or from the user.

    One about `places` has a country as its value; one of a `shipment` is no property of the item.
    """

    label: Text
    field: Literal["market"] | None = Field(default=None, description="the sheet's key for it")
    detail: Text | None = Field(default=None, description="the detail of a sheet that tells it")
    usual: Text | None = Field(default=None, description="what holds unless the user says so")
    places: bool = Field(default=False, description="its value is a country")
    shipment: bool = Field(default=False, description="it is about a shipment, not the item")
    values: Mapping[str, CircumstanceValue] = {}


class MetricDefinition(Frozen):
    """Something measured or derived, and how to state it."""

    label: Text
    row_label: Text | None = Field(default=None, description="what follows a format: per watt")
    short: Text | None = Field(default=None, description="the shortest name that the field has")
    section: Text
    unit: UnitText
    larger: tuple[UnitText, ...] = Field(default=(), description="units for larger amounts")
    also: tuple[UnitText, ...] = Field(default=(), description="units of other dimensions")
    shown_unit: Text | None = Field(default=None, description="the field's short name of the unit")
    better: Literal["higher", "lower", "neither"] = "neither"
    compare: Literal["always", "where known", "when asked"] = "always"
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


class DetailDefinition(Frozen):
    """A fact in words that a sheet can state."""

    label: Text


class Vocabulary(Frozen):
    """The words of the spec sheets: conditions, metrics and facts in words."""

    conditions: Mapping[str, Condition]
    metrics: Mapping[str, MetricDefinition]
    circumstances: Mapping[str, Circumstance] = {}
    slips: tuple[Slip, ...] = ()
    details: Mapping[str, DetailDefinition] = {}
    attributes: Mapping[str, UnitText] = Field(
        default={}, description="units of what formulas may ask of a format or a die"
    )

    def metric(self, name: str) -> MetricDefinition:
        """Return a metric; raises ChipcalcError with the nearest names."""
        if name not in self.metrics:
            hint = did_you_mean(name, self.metrics) or "'chipcalc metrics' lists them"
            raise ChipcalcError(Problem(f"no metric '{name}'", hint=hint))
        return self.metrics[name]

    def unit(self, metric: str, when: Mapping[str, str]) -> Unit:
        """Return the unit of a metric; a format that has a unit of its own, TFLOPS, puts it in."""
        unit = self.metric(metric).unit
        for name, value in when.items():
            known = self.conditions[name].values.get(value)
            if known and known.unit:
                unit = unit.with_part(known.unit)
        return unit


def parse(model: type[Model], document: Document) -> Model:
    """Return a model from a document; raises ChipcalcError with every problem and its line."""
    parsed, problems = parse_leniently(model, document)
    if parsed is None or problems:
        raise ChipcalcError(*problems)
    return parsed


def parse_leniently(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Return a model and the problems; unknown keys alone do not keep it from being read."""
    if not isinstance(document.data, dict):
        what = "expected keys with values, such as 'id: h20'"
        return None, [document.problem((), what)]
    try:
        return model.model_validate(document.data), []
    except ValidationError as fault:
        problems = _problems(fault, model, document)
        unknown = [each["loc"] for each in fault.errors() if each["type"] == "extra_forbidden"]
    try:
        return model.model_validate(_without(document.data, unknown)), problems
    except ValidationError:
        return None, problems


def _without(data: Data, places: list[tuple[str | int, ...]]) -> Data:
    """Return data without the keys at some places."""
    gone = {place[0] for place in places if len(place) == 1}
    inner: dict[str | int, list[tuple[str | int, ...]]] = {}
    for place in places:
        if len(place) > 1:
            inner.setdefault(place[0], []).append(place[1:])
    if isinstance(data, dict):
        return {k: _without(each, inner.get(k, [])) for k, each in data.items() if k not in gone}
    if isinstance(data, list):
        return [_without(each, inner.get(i, [])) for i, each in enumerate(data)]
    return data


def _problems(fault: ValidationError, model: type[BaseModel], document: Document) -> list[Problem]:
    found = []
    for each in fault.errors(include_url=False, include_context=False, include_input=False):
        path: Path = tuple(each["loc"])
        for complaint in each["msg"].removeprefix("Value error, ").split(BETWEEN):
            what, _, hint = complaint.partition("\n")
            if each["type"] == "extra_forbidden":
                what = f"'{path[-1]}' is not a key here"
                hint = did_you_mean(str(path[-1]), _keys(model, path[:-1]))
            elif each["type"] == "missing":
                what = f"'{path[-1]}' is missing"
            elif each["type"] == "string_pattern_mismatch":
                what = "not written as it should be"
                address = path[-1] == "url"
                word = "lower-case letters, digits and hyphens"
                hint = "an http(s) address" if address else word
            found.append(document.problem(path, what, hint))
    return found


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a place in a file may have."""
    kinds: list[type[BaseModel]] = [model]
    for name in path:
        inner = [each for kind in kinds if name in kind.model_fields for each in _inner(kind, name)]
        kinds = inner or kinds
    fields = [item for kind in kinds for item in kind.model_fields.items()]
    return sorted({each.alias or name for name, each in fields})


def _inner(kind: type[BaseModel], name: str | int) -> list[type[BaseModel]]:
    """Return the models that the value of a key is made of."""
    found: list[type[BaseModel]] = []
    pending: list[Any] = [kind.model_fields[str(name)].annotation]
    while pending:
        each = pending.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            found.append(each)
        pending.extend(getattr(each, "__args__", ()))
    return found
