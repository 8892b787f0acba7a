"""Conditions as people type them: ``fp16``, ``format=bf16``, ``sparsity=2:4``."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.errors import ChipcalcError, Problem, unknown
from chipcalc.vocabulary.model import Vocabulary

OWN = ("part", "mode")  # the roles of conditions whose values each sheet names


def parse(text: str, vocabulary: Vocabulary, where: str = "") -> dict[str, str]:
    """Return the conditions that a text such as ``fp16, vector`` writes.

    Raises ChipcalcError with the nearest names.
    """
    found: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, sign, value = (each.strip() for each in part.partition("="))
        if not sign:
            name, value = _condition_of(part, vocabulary, where), part.casefold()
        if name in vocabulary.conditions and value.casefold() in vocabulary.conditions[name].values:
            value = value.casefold()
        check(name, value, vocabulary)
        if found.get(name, value) != value:
            what = f"{name} cannot be both '{found[name]}' and '{value}'"
            raise ChipcalcError(Problem(what, hint="name one of them"))
        found[name] = value
    return found


def check(name: str, value: str, vocabulary: Vocabulary) -> None:
    """Raise ChipcalcError with the nearest names where a condition or its value is not known.

    The parts of a chip, its processing units, and its modes are its own; no vocabulary lists them.
    """
    if name not in vocabulary.conditions:
        raise _unknown(f"no condition '{name}'", name, vocabulary.conditions)
    condition = vocabulary.conditions[name]
    if condition.role not in OWN and value not in condition.values:
        raise _unknown(f"no {name} '{value}'", value, condition.values)


def _condition_of(value: str, vocabulary: Vocabulary, where: str) -> str:
    for name, condition in vocabulary.conditions.items():
        if value.casefold() in condition.values:
            return name
    known = [each for condition in vocabulary.conditions.values() for each in condition.values]
    raise _unknown(f"no condition '{value}'" + (f" in '{where}'" if where else ""), value, known)


def _unknown(what: str, name: str, known: Mapping[str, object] | list[str]) -> ChipcalcError:
    listed = f"known are {', '.join(dict.fromkeys(known))}"
    return unknown(what, name, list(known), ("conditions", "known"), listed)
