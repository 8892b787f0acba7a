"""Criteria read from the plain data of a rule's version."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.plain import DEEPEST, TOO_DEEP
from chipcalc.rules.criteria import (
    SIGNS,
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
)
from chipcalc.schema.types import day_of
from chipcalc.values import units
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import Metric
from chipcalc.yamlio import Data, Path, dotted

_LIMB = ("cite", "note", "then", "all", "any")
_BARE = re.compile(r"[0-9]+(\.[0-9]+)?")
_EXAMPLE = "write all: {tpp: {at_least: 1000 TOPS*bit}}"


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
    return Unless(body, exceptions) if exceptions else body


def limb_from_data(data: Data, path: Path, undefined: Mapping[str, str]) -> Criterion:
    """Return the criteria of one limb, at its path; raises ChipcalcError for what is no limb."""
    reader = _Reader(undefined)
    found = reader.limb(data, path)
    if reader.problems:
        raise ChipcalcError(*reader.problems)
    return found


class _Reader:
    """Reads plain data as criteria and collects what is wrong with them."""

    def __init__(self, undefined: Mapping[str, str]) -> None:
        self.undefined = undefined
        self.problems: list[Problem] = []

    def limb(self, data: Data, path: Path) -> Combined:
        if not isinstance(data, dict):
            self._wrong(path, "a limb is a mapping with all or any", _EXAMPLE)
            return Combined("all", ())
        if len(path) >= DEEPEST:
            self._wrong(path, *TOO_DEEP)
            return Combined("all", ())
        for key in data:
            if key not in _LIMB:
                self._wrong((*path, key), f"'{key}' is not a key here", did_you_mean(key, _LIMB))
        words = [self._text(data, each, path) for each in ("cite", "note", "then")]
        inner = self.listed(data["any"], (*path, "any")) if "any" in data else ()
        if "any" in data and "all" not in data:
            return Combined("any", inner, *words)
        if "all" not in data:
            self._wrong(path, "a limb needs all or any", _EXAMPLE)
            return Combined("all", ())
        every = self._every(data["all"], (*path, "all"))
        return Combined("all", (*every, Combined("any", inner)) if inner else every, *words)

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
        if key == "unmodelled":
            return [Unmodelled(self._text({key: value}, key, path[:-1]))]
        if key == "launched":
            return self._launched(value, path)
        if isinstance(value, dict) and set(value) != {"not"}:
            return self._compared(key, value, path) if self._relates(value, path) else []
        negated = isinstance(value, dict)
        place = (*path, "not") if negated else path
        values = self._words(value["not"] if isinstance(value, dict) else value, place)
        return [CircumstanceIs(key, values, negated, path)]

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
                found.append(Threshold(metric, relation, limit, self.undefined.get(name, ""), path))
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
