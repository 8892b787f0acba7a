"""The criteria of a rule as data: comparisons and circumstances under all, any and except."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from chipcalc.values.logic import Relation
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import Metric
from chipcalc.yamlio import Path

SIGNS: Mapping[Relation, str] = {
    "at_least": "≥",
    "more_than": ">",
    "at_most": "≤",
    "less_than": "<",
}
OPERATORS: Mapping[Relation, str] = {
    "at_least": ">=",
    "more_than": ">",
    "at_most": "<=",
    "less_than": "<",
}
OPPOSITE: Mapping[Relation, Relation] = {
    "at_least": "less_than",
    "more_than": "at_most",
    "at_most": "more_than",
    "less_than": "at_least",
}


class Threshold(NamedTuple):
    """A metric against a limit; `undefined` says why it is not met where there is no such metric.

    An empty `undefined` leaves the verdict unknown. `path` is the place in the version's data, as
    for the other kinds of criterion that name something.
    """

    of: Metric
    relation: Relation
    limit: Quantity
    undefined: str = ""
    path: Path = ()


class CircumstanceIs(NamedTuple):
    """A fact in words, such as the market: one of the values, or none of them."""

    name: str
    values: tuple[str, ...]
    negated: bool = False
    path: Path = ()


class Launched(NamedTuple):
    """The launch date of the chip: from a day on, or before it."""

    day: datetime.date
    before: bool = False


class RuleMet(NamedTuple):
    """One of several other rules is met on the same day."""

    rules: tuple[str, ...]
    path: Path = ()


class Named(NamedTuple):
    """The chip is among those that a text names, by id, by family or by vendor.

    It is `addressed` where a letter is for these vendors, and binds nobody else.
    """

    chips: tuple[str, ...]
    path: Path = ()
    addressed: bool = False


class Unpublished(NamedTuple):
    """A condition whose content is not public."""

    what: str


class Unmodelled(NamedTuple):
    """A condition that the text has and nothing here can answer: what is to be asked."""

    what: str


class Combined(NamedTuple):
    """Criteria of which all are needed, or one suffices; a limb where the text gives a place.

    `then` is what follows where the limb is met: case-by-case review, say.
    """

    how: Literal["all", "any"]
    parts: tuple[Criterion, ...]
    cite: str = ""
    note: str = ""
    then: str = ""


class Unless(NamedTuple):
    """A criterion from which exceptions take away."""

    of: Criterion
    exceptions: tuple[Criterion, ...]


Criterion: TypeAlias = (
    Threshold
    | CircumstanceIs
    | Launched
    | RuleMet
    | Named
    | Unpublished
    | Unmodelled
    | Combined
    | Unless
)
T = TypeVar("T")
Order: TypeAlias = tuple[tuple[Criterion, str, int], ...]  # node, what reads it, number of parts
_READ_BY: Mapping[type[Criterion], str] = {
    Threshold: "compare",
    CircumstanceIs: "circumstance",
    Launched: "launched",
    RuleMet: "rule_met",
    Named: "named",
    Unpublished: "unpublished",
    Unmodelled: "unmodelled",
    Combined: "group",
    Unless: "without",
}


class CriterionReading(Protocol[T]):
    """One way to read criteria: what each kind of node means, given its parts' meaning."""

    def compare(self, node: Threshold) -> T: ...
    def circumstance(self, node: CircumstanceIs) -> T: ...
    def launched(self, node: Launched) -> T: ...
    def rule_met(self, node: RuleMet) -> T: ...
    def named(self, node: Named) -> T: ...
    def unpublished(self, node: Unpublished) -> T: ...
    def unmodelled(self, node: Unmodelled) -> T: ...
    def group(self, node: Combined, parts: Sequence[T]) -> T: ...
    def without(self, node: Unless, of: T, exceptions: Sequence[T]) -> T: ...


def fold(node: Criterion, reading: CriterionReading[T]) -> T:
    """Return what a criterion means under a reading; every reading goes through here.

    What has parts is read after them, however deep they lie.
    """
    return run(ordered(node), reading)


def ordered(node: Criterion) -> Order:
    """Return a criterion and all that it is made of in the order of reading: parts come first.

    However deep they lie; what is read many times is put in order once, and then `run`.
    """
    found: list[tuple[Criterion, str, int]] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        parts = parts_of(each)
        found.append((each, _READ_BY[type(each)], len(parts)))
        waiting += parts
    return tuple(reversed(found))


def contents(node: Criterion) -> tuple[object, ...]:
    """Return all that a criterion says, flat: equal for two that are equal, and hashable."""
    found: list[object] = []
    for each, name, size in ordered(node):
        if isinstance(each, Threshold):
            of = (each.of.name, each.of.chip, frozenset(each.of.when.items()))
            found += (of, *each[1:])
        elif isinstance(each, Combined):
            found += (size, each._replace(parts=()))
        else:
            found += (name, size if isinstance(each, Unless) else each)
    return tuple(found)


def run(order: Order, reading: CriterionReading[T]) -> T:
    """Return what a criterion means under a reading, its parts being in order."""
    found: list[T] = []
    for node, name, size in order:
        read = getattr(reading, name)
        if name == "group":
            parts = found[len(found) - size :]
            del found[len(found) - size :]
            found.append(read(node, parts))
        elif name == "without":
            of, *exceptions = found[len(found) - size :]
            del found[len(found) - size :]
            found.append(read(node, of, exceptions))
        else:
            found.append(read(node))
    return found[0]


def parts_of(node: Criterion) -> tuple[Criterion, ...]:
    """Return the criteria that one is made of, in the order of the text; exceptions last."""
    if isinstance(node, Combined):
        return node.parts
    return (node.of, *node.exceptions) if isinstance(node, Unless) else ()


def leaves(node: Criterion) -> Iterator[Criterion]:
    """Yield the criteria that have no parts, in the order of the text."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Combined | Unless):
            waiting += reversed(parts_of(each))
        else:
            yield each


def rebuild(node: Criterion, leaf: Callable[[Criterion], Criterion]) -> Criterion:
    """Return a criterion with another one in place of each of those that have no parts.

    However deep they lie.
    """
    found: list[Criterion] = []
    for each, _, size in ordered(node):
        first = len(found) - size
        parts = found[first:]
        del found[first:]
        if isinstance(each, Combined):
            found.append(each._replace(parts=tuple(parts)))
        elif isinstance(each, Unless):
            found.append(Unless(parts[0], tuple(parts[1:])))
        else:
            found.append(leaf(each))
    return found[0]
