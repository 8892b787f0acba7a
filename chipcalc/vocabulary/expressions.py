"""Expressions as data, and the one walk over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, assert_never

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.values import units
from chipcalc.values.units import Quantity, Unit
from chipcalc.yamlio import Data, Path, dotted

Operator: TypeAlias = Literal["add", "subtract", "multiply", "divide", "smallest", "largest"]
Aggregate: TypeAlias = Literal["sum", "largest"]

OPERATORS: tuple[Operator, ...] = ("add", "subtract", "multiply", "divide", "smallest", "largest")
AGGREGATES: tuple[Aggregate, ...] = ("sum", "largest")


NONE: Mapping[str, Any] = MappingProxyType({})


class Constant(NamedTuple):
    """A quantity written out, such as 4800 TOPS*bit."""

    value: Quantity


class Metric(NamedTuple):
    """What a metric is, of the chip at hand or of a named one, under conditions."""

    name: str
    chip: str = ""
    when: Mapping[str, str] = NONE


class Attribute(NamedTuple):
    """A property of the thing that an enclosing `Over` goes through: ``format.bits``."""

    of: str
    name: str


class Operation(NamedTuple):
    """Arithmetic on two or more operands, from left to right."""

    operator: Operator
    operands: tuple[Expression, ...]


class Over(NamedTuple):
    """A sum over things, or the largest over them: units, formats, engines, dies."""

    function: Aggregate
    each: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]
    of: Expression


class Convert(NamedTuple):
    """The same quantity in another unit."""

    of: Expression
    unit: Unit


Leaf: TypeAlias = Constant | Metric | Attribute
Expression: TypeAlias = Leaf | Operation | Over | Convert
T = TypeVar("T")


class Reading(Protocol[T]):
    """One way to read an expression: what each kind of node means, given its parts' meaning."""

    def constant(self, node: Constant) -> T: ...
    def metric(self, node: Metric) -> T: ...
    def attribute(self, node: Attribute) -> T: ...
    def operation(self, node: Operation, operands: Sequence[T]) -> T: ...
    def over(self, node: Over, of: T) -> T: ...
    def convert(self, node: Convert, of: T) -> T: ...


def fold(node: Expression, reading: Reading[T]) -> T:
    """Return what an expression means under a reading; every reading goes through here."""
    match node:
        case Constant():
            return reading.constant(node)
        case Metric():
            return reading.metric(node)
        case Attribute():
            return reading.attribute(node)
        case Operation():
            return reading.operation(node, [fold(each, reading) for each in node.operands])
        case Over():
            return reading.over(node, fold(node.of, reading))
        case Convert():
            return reading.convert(node, fold(node.of, reading))
        case _:
            assert_never(node)


def walk(node: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of, from left to right."""
    yield node
    match node:
        case Operation():
            for each in node.operands:
                yield from walk(each)
        case Over() | Convert():
            yield from walk(node.of)


def rebuild(node: Expression, leaf: Callable[[Leaf], Expression]) -> Expression:
    """Return an expression with another one in place of each of its leaves."""
    match node:
        case Operation():
            return node._replace(operands=tuple(rebuild(each, leaf) for each in node.operands))
        case Over() | Convert():
            return node._replace(of=rebuild(node.of, leaf))
        case _:
            return leaf(node)


def metrics_of(node: Expression) -> list[Metric]:
    """Return the metrics that an expression names, as often as it does, from left to right."""
    return [each for each in walk(node) if isinstance(each, Metric)]


class UnitReading(NamedTuple):
    """Reads an expression as the unit of its result, without any chip: the dimension check."""

    unit_of: Callable[[str], Unit]

    def constant(self, node: Constant) -> Unit:
        return node.value.unit

    def metric(self, node: Metric) -> Unit:
        return self.unit_of(node.name)

    def attribute(self, node: Attribute) -> Unit:
        return self.unit_of(f"{node.of}.{node.name}")

    def operation(self, node: Operation, operands: Sequence[Unit]) -> Unit:
        first = operands[0]
        for other in operands[1:]:
            if node.operator == "multiply":
                first = first * other
            elif node.operator == "divide":
                first = first / other
            elif first.dimension != other.dimension:
                raise units.mismatch(first, other)
        return first

    def over(self, node: Over, of: Unit) -> Unit:
        return of

    def convert(self, node: Convert, of: Unit) -> Unit:
        if of.dimension != node.unit.dimension:
            raise units.mismatch(of, node.unit)
        return node.unit


class NameReading(NamedTuple):
    """Reads an expression as the names of the metrics in it, each with what it leaves open.

    The value is a mapping from metric name to the things an enclosing `Over` goes through.
    """

    def constant(self, node: Constant) -> dict[str, frozenset[str]]:
        return {}

    def metric(self, node: Metric) -> dict[str, frozenset[str]]:
        return {node.name: frozenset(node.when)}

    def attribute(self, node: Attribute) -> dict[str, frozenset[str]]:
        return {}

    def operation(
        self, node: Operation, operands: Sequence[dict[str, frozenset[str]]]
    ) -> dict[str, frozenset[str]]:
        names: dict[str, frozenset[str]] = {}
        for each in operands:
            for name, bound in each.items():
                names[name] = names.get(name, bound) & bound
        return names

    def over(self, node: Over, of: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        return {name: bound | set(node.each) for name, bound in of.items()}

    def convert(self, node: Convert, of: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        return of


def from_data(data: Data, path: Path = ()) -> Expression:
    """Return the expression that plain data describe; raises ChipcalcError with the path.

    A word is a metric, ``format.bits`` an attribute, text that starts with a digit a quantity;
    ``{metric: a, when: {b: c}}`` binds conditions, ``{divide: [a, b]}`` is an operation, and
    ``{sum: {each: unit, of: a}}`` goes over things.
    """
    if isinstance(data, str):
        return _word(data, path)
    if isinstance(data, dict) and set(data) == {"metric", "when"}:
        return _metric(data["metric"], data["when"], path)
    if isinstance(data, dict) and len(data) == 1:
        ((word, operands),) = data.items()
        return _operation(word, operands, (*path, word))
    raise _error(path, "an expression is a metric, a quantity or one operation")


def _word(text: str, path: Path) -> Expression:
    if text[:1].isdigit():
        return Constant(_quantity(text, path))
    of, dot, name = text.partition(".")
    return Attribute(of, name) if dot else Metric(text)


def _operation(word: str, operands: Data, path: Path) -> Expression:
    for function in AGGREGATES:
        if word == function and (isinstance(operands, dict) or word not in OPERATORS):
            return _over(function, operands, path)
    for operator in OPERATORS:
        if word == operator and isinstance(operands, list) and len(operands) > 1:
            parts = (from_data(each, (*path, index)) for index, each in enumerate(operands))
            return Operation(operator, tuple(parts))
    known = [*OPERATORS, *AGGREGATES]
    what = f"'{word}' takes a list of two or more" if word in known else f"'{word}' is no operation"
    raise _error(path, what, did_you_mean(word, known))


def _metric(name: Data, when: Data, path: Path) -> Metric:
    values = when.items() if isinstance(when, dict) else ()
    bound = {key: value for key, value in values if isinstance(value, str)}
    if not isinstance(name, str) or not isinstance(when, dict) or len(bound) < len(when):
        raise _error(path, "metric takes a name, and when takes conditions with one value each")
    return Metric(name, when=bound)


def _quantity(text: str, path: Path) -> Quantity:
    try:
        return units.quantity(text)
    except ChipcalcError as fault:
        raise ChipcalcError(*(each.at("", path=dotted(path)) for each in fault.problems)) from None


def _over(function: Aggregate, data: Data, path: Path) -> Over:
    known = {"each", "where", "of"}
    if not isinstance(data, dict) or not {"each", "of"} <= set(data) <= known:
        raise _error(path, f"'{function}' takes each, where and of")
    where = data.get("where", {})
    if not isinstance(where, dict):
        raise _error((*path, "where"), "where takes names with the values that count")
    return Over(
        function,
        tuple(_words(data["each"], (*path, "each"))),
        {name: tuple(_words(each, (*path, "where", name))) for name, each in where.items()},
        from_data(data["of"], (*path, "of")),
    )


def _words(data: Data, path: Path) -> list[str]:
    words = data if isinstance(data, list) else [data]
    found = [each for each in words if isinstance(each, str)]
    if len(found) < len(words):
        raise _error(path, "this takes a word or a list of words")
    return found


def _error(path: Path, what: str, hint: str = "") -> ChipcalcError:
    return ChipcalcError(Problem(what, path=dotted(path), hint=hint))
