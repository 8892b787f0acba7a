"""The criteria of a rule as data: comparisons and circumstances under all, any and except."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar, assert_never

from chipcalc import units
from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.expr import Metric
from chipcalc.units import Quantity
from chipcalc.verdict import Relation
from chipcalc.yamlio import Data, Path, dotted

SIGNS: Mapping[Relation, str] = {
    "at_least": "≥",
    "more_than": ">",
    "at_most": "≤",
    "less_than": "<",
}
OPPOSITE: Mapping[Relation, Relation] = {
    "at_least": "less_than",
    "more_than": "at_most",
    "at_most": "more_than",
    "less_than": "at_least",
}
_LIMB = ("cite", "note", "then", "all", "any")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BARE = re.compile(r"[0-9]+(\.[0-9]+)?")
_EXAMPLE = "write all: {tpp: {at_least: 1000 TOPS*bit}}"


class Compare(NamedTuple):
    """A metric against a limit; `undefined` says why it is not met where there is no such metric.

    An empty `undefined` leaves the verdict unknown. `path` is the place in the version's data, as
    for the other kinds of criterion that name something.
    """

    of: Metric
    relation: Relation
    limit: Quantity
    undefined: str = ""
    path: Path = ()


class Circumstance(NamedTuple):
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
    """The chip is among those that a text names, by id, by family or by vendor."""

    chips: tuple[str, ...]
    path: Path = ()


class Unpublished(NamedTuple):
    """A condition whose content is not public."""

    what: str


class Group(NamedTuple):
    """Criteria of which all are needed, or one suffices; a limb where the text gives a place.

    `then` is what follows where the limb is met: case-by-case review, say.
    """

    how: Literal["all", "any"]
    parts: tuple[Criterion, ...]
    cite: str = ""
    note: str = ""
    then: str = ""


class Without(NamedTuple):
    """A criterion from which exceptions take away."""

    of: Criterion
    exceptions: tuple[Criterion, ...]


Criterion: TypeAlias = (
    Compare | Circumstance | Launched | RuleMet | Named | Unpublished | Group | Without
)
T = TypeVar("T")


class CriterionReading(Protocol[T]):
    """One way to read criteria: what each kind of node means, given its parts' meaning."""

    def compare(self, node: Compare) -> T: ...
    def circumstance(self, node: Circumstance) -> T: ...
    def launched(self, node: Launched) -> T: ...
    def rule_met(self, node: RuleMet) -> T: ...
    def named(self, node: Named) -> T: ...
    def unpublished(self, node: Unpublished) -> T: ...
    def group(self, node: Group, parts: Sequence[T]) -> T: ...
    def without(self, node: Without, of: T, exceptions: Sequence[T]) -> T: ...


def fold(node: Criterion, reading: CriterionReading[T]) -> T:  # noqa: C901 one case for each node
    """Return what a criterion means under a reading; every reading goes through here."""
    match node:
        case Compare():
            return reading.compare(node)
        case Circumstance():
            return reading.circumstance(node)
        case Group():
            return reading.group(node, [fold(each, reading) for each in node.parts])
        case Without():
            exceptions = [fold(each, reading) for each in node.exceptions]
            return reading.without(node, fold(node.of, reading), exceptions)
        case RuleMet():
            return reading.rule_met(node)
        case Launched():
            return reading.launched(node)
        case Named():
            return reading.named(node)
        case Unpublished():
            return reading.unpublished(node)
        case _:
            assert_never(node)


def leaves(node: Criterion) -> Iterator[Criterion]:
    """Yield the criteria that have no parts, in the order of the text."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Without):
        for part in (node.of, *node.exceptions):
            yield from leaves(part)
    else:
        yield node


def from_data(data: Mapping[str, Data], path: Path, undefined: Mapping[str, str]) -> Criterion:
    """Return the criteria that ``all:``, ``any:`` and ``except:`` of a version describe.

    Raises ChipcalcError with the path of everything that cannot be read. `undefined` gives the
    metrics whose absence counts as not met, and why.
    """
    reader = _Reader(undefined)
    body: Criterion = reader.limb({key: data[key] for key in ("all", "any") if key in data}, path)
    exceptions = reader.listed(data["except"], (*path, "except")) if "except" in data else ()
    if reader.problems:
        raise ChipcalcError(*reader.problems)
    return Without(body, exceptions) if exceptions else body


def limb_from_data(data: Data, path: Path, undefined: Mapping[str, str]) -> Criterion:
    """Return the criteria of one limb, at its path; raises ChipcalcError for what is no limb."""
    reader = _Reader(undefined)
    found = reader.limb(data, path)
    if reader.problems:
        raise ChipcalcError(*reader.problems)
    return found


def day_of(value: object) -> datetime.date:
    """Return the day that ``2023-11-17`` writes; raises ValueError for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(value)
    return datetime.date.fromisoformat(value)


class _Reader:
    """Reads plain data as criteria and collects what is wrong with them."""

    def __init__(self, undefined: Mapping[str, str]) -> None:
        self.undefined = undefined
        self.problems: list[Problem] = []

    def limb(self, data: Data, path: Path) -> Group:
        if not isinstance(data, dict):
            self._wrong(path, "a limb is a mapping with all or any", _EXAMPLE)
            return Group("all", ())
        for key in data:
            if key not in _LIMB:
                self._wrong((*path, key), f"'{key}' is not a key here", did_you_mean(key, _LIMB))
        words = [self._text(data, each, path) for each in ("cite", "note", "then")]
        inner = self.listed(data["any"], (*path, "any")) if "any" in data else ()
        if "any" in data and "all" not in data:
            return Group("any", inner, *words)
        if "all" not in data:
            self._wrong(path, "a limb needs all or any", _EXAMPLE)
            return Group("all", ())
        every = self._every(data["all"], (*path, "all"))
        return Group("all", (*every, Group("any", inner)) if inner else every, *words)

    def listed(self, data: Data, path: Path) -> tuple[Criterion, ...]:
        if not isinstance(data, list) or not data:
            self._wrong(path, "this takes a list of limbs", f"{_EXAMPLE}, each after a hyphen")
            return ()
        return tuple(self.limb(each, (*path, index)) for index, each in enumerate(data))

    def _every(self, data: Data, path: Path) -> tuple[Criterion, ...]:
        if isinstance(data, list):
            return self.listed(data, path)
        if not isinstance(data, dict) or not data:
            self._wrong(path, "all takes a mapping or a list", _EXAMPLE)
            return ()
        entries = (self._entry(key, value, (*path, key)) for key, value in data.items())
        return tuple(part for entry in entries for part in entry)

    def _entry(self, key: str, value: Data, path: Path) -> Sequence[Criterion]:
        if key in _LIMB:
            self._wrong(path, f"'{key}' stands beside all:, not in it", f"move {key}: out")
            return []
        if key == "rule":
            return [RuleMet(self._words(value, path), path)]
        if key == "chip":
            return [Named(self._words(value, path), path)]
        if key == "unpublished":
            return [Unpublished(self._text({key: value}, key, path[:-1]))]
        if key == "launched":
            return self._launched(value, path)
        if isinstance(value, dict) and set(value) != {"not"}:
            return self._compared(key, value, path) if self._relates(value, path) else []
        negated = isinstance(value, dict)
        place = (*path, "not") if negated else path
        values = self._words(value["not"] if isinstance(value, dict) else value, place)
        return [Circumstance(key, values, negated, path)]

    def _relates(self, data: Mapping[str, Data], path: Path) -> bool:
        """Whether a mapping holds relations only; notes what is wrong with it otherwise."""
        if "not" in data or not data:
            what = "'not' stands alone" if data else "nothing is said"
            self._wrong(path, what, "write for example {not: datacenter} or {at_least: 100 GB/s}")
            return False
        wrong = next((each for each in data if each not in SIGNS), None)
        if wrong is not None:
            hint = did_you_mean(wrong, SIGNS) or f"known are {', '.join(SIGNS)}"
            self._wrong(path, f"'{wrong}' is no relation", hint)
        return wrong is None

    def _compared(self, key: str, data: Mapping[str, Data], path: Path) -> Sequence[Criterion]:
        metric = self._metric(key, path)
        name = metric.name
        found = []
        for relation in SIGNS:
            limit = self._quantity(data[relation], (*path, relation)) if relation in data else None
            if limit:
                found.append(Compare(metric, relation, limit, self.undefined.get(name, ""), path))
        return found

    def _metric(self, key: str, path: Path) -> Metric:
        """Return the metric and conditions that a key such as ``throughput[format=fp16]`` names."""
        name, bracket, rest = key.partition("[")
        parts = [each.partition("=") for each in rest.removesuffix("]").split(",") if bracket]
        when = {each.strip(): value.strip() for each, _, value in parts}
        closed = rest.endswith("]") and "[" not in rest and "]" not in rest[:-1]
        named = all(sign for _, sign, _ in parts) and len(when) == len(parts)
        if bracket and not (closed and named):
            self._wrong(path, f"'{key}' is not a metric", f"write {name}[format=fp16]")
        return Metric(name, when=when)

    def _quantity(self, data: Data, path: Path) -> Quantity | None:
        text = data if isinstance(data, str) else ""
        if _BARE.fullmatch(text):
            self._wrong(path, f"'{text}' has no unit", "write the unit of the metric after it")
            return None
        try:
            quantity = units.quantity(text)
        except ChipcalcError as fault:
            self.problems += [each.at("", path=dotted(path)) for each in fault.problems]
            return None
        if quantity.amount.low < 0:
            self._wrong(path, "a limit below zero makes no sense here", "write zero or more")
        return quantity

    def _launched(self, data: Data, path: Path) -> Sequence[Criterion]:
        if not isinstance(data, dict) or not data or not set(data) <= {"from", "before"}:
            self._wrong(path, "launched takes from or before", "write launched: {from: 2026-01-01}")
            return []
        found = []
        for word, day in data.items():
            try:
                date = day_of(day)
            except ValueError:
                self._wrong((*path, word), f"'{day}' is not a day", "write 2026-01-01")
            else:
                found.append(Launched(date, before=word == "before"))
        return found

    def _words(self, data: Data, path: Path) -> tuple[str, ...]:
        words = data if isinstance(data, list) else [data]
        found = tuple(each for each in words if isinstance(each, str))
        if not found or len(found) < len(words):
            self._wrong(path, "this takes a word or a list of words")
        return found

    def _text(self, data: Mapping[str, Data], key: str, path: Path) -> str:
        value = data.get(key, "")
        if isinstance(value, str):
            return value
        self._wrong((*path, key), f"{key} takes text")
        return ""

    def _wrong(self, path: Path, what: str, hint: str = "") -> None:
        self.problems.append(Problem(what, path=dotted(path), hint=hint))
