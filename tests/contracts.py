"""Contracts beside their schemas, and the amounts in them, for tests of any command."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from chipcalc.contract.schemas.outputs import OUTPUTS


@cache
def validators() -> dict[str, Draft202012Validator]:
    """Return what validates each contract, by the schema that it names."""
    return {
        each["title"]: Draft202012Validator(
            each, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for each in OUTPUTS.values()
    }


def faults(data: Any) -> list[str]:
    """Return where a contract is not what its schema says, and how."""
    found = validators()[data["schema"]].iter_errors(data)
    return [f"{each.json_path}: {each.message[:300]}" for each in found]


class Amount(NamedTuple):
    """A number of a contract with the exact text beside it, and where they stand."""

    place: str
    number: Any
    exact: Any


def amounts(data: Any, place: str = "$") -> Iterator[Amount]:
    """Yield every number that has an exact text beside it, with that."""
    if isinstance(data, list):
        for index, each in enumerate(data):
            yield from amounts(each, f"{place}[{index}]")
    if not isinstance(data, dict):
        return
    for name, each in data.items():
        yield from amounts(each, f"{place}.{name}")
        if beside := _number_of(name):
            yield Amount(f"{place}.{beside}", data[beside], each)


def _number_of(name: str) -> str:
    """Return the key of the number of an exact text: ``tpp_low`` of ``tpp_exact_low``."""
    if name in ("exact", "exact_low", "exact_high"):
        return name.removeprefix("exact").removeprefix("_") or "value"
    for end in ("", "_low", "_high"):
        if name.endswith(f"_exact{end}"):
            return name.removesuffix(f"_exact{end}") + end
    return ""
