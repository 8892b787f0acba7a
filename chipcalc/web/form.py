"""Forms: their fields with what was said in them, and amounts with the unit of their field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chipcalc.vocabulary.expressions import NONE
from chipcalc.vocabulary.model import Vocabulary


class Field(NamedTuple):
    """One field: its name in the address, its label, what was said, and the choices it has."""

    name: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Form(NamedTuple):
    """The form of a part: the usual formats and the others, circumstances, amounts, circuits."""

    chips: tuple[str, ...]
    rates: tuple[Field, ...]
    more: tuple[Field, ...]
    choices: tuple[Field, ...]
    amounts: tuple[Field, ...]
    circuits: tuple[str, ...]


def with_unit(
    value: str, vocabulary: Vocabulary, metric: str, when: Mapping[str, str] = NONE
) -> str:
    """Return an amount as it was said; a number alone gets the unit of its field."""
    if value and value[-1].isdigit():
        return f"{value} {vocabulary.unit(metric, when).text}"
    return value
