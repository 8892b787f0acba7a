"""Facts in words that a user gives, each checked against the vocabulary before a rule reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from chipcalc.errors import Near, unknown
from chipcalc.places import countries
from chipcalc.vocabulary.model import CircumstanceValue, Vocabulary

if TYPE_CHECKING:
    from chipcalc.figures.evaluate import Evaluator

_SEVERAL = ","


class Circumstances(Mapping[str, str]):
    """What a user says of an item or a shipment, by the names and in the words of the vocabulary.

    Rules read nothing else, so that a misspelt word is an error and never a fact that no rule
    knows. A country is given by any of its names, and kept as its code.
    """

    __slots__ = ("_said",)

    def __init__(self, said: Mapping[str, str], vocabulary: Vocabulary) -> None:
        """Check every name and word; raises ChipcalcError with the nearest right one."""
        self._said = {name: spelled(name, value, vocabulary) for name, value in said.items()}

    @classmethod
    def nothing(cls) -> Circumstances:
        """Return that nothing is said."""
        return cls._of({})

    @classmethod
    def _of(cls, said: dict[str, str]) -> Circumstances:
        found = cls.__new__(cls)
        found._said = said  # noqa: SLF001 its own
        return found

    def supposing(self, known: Mapping[str, str]) -> Circumstances:
        """Return the same with other words that stand in the vocabulary; they are not checked."""
        return self._of({**self._said, **known})

    def __getitem__(self, name: str) -> str:
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __repr__(self) -> str:
        return f"Circumstances({self._said})"


def checked(said: Mapping[str, str], vocabulary: Vocabulary) -> Circumstances:
    """Return circumstances as they are, or made from plain words; raises ChipcalcError."""
    return said if isinstance(said, Circumstances) else Circumstances(said, vocabulary)


def spelled(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a value of a circumstance as the vocabulary spells it; raises ChipcalcError.

    A country is given by any of its names, and comes back as its code. Several words with commas
    between them say that each may hold, and that a rule is to be asked for each.
    """
    if name not in vocabulary.circumstances:
        known = vocabulary.circumstances
        listed = f"known are {', '.join(known)}"
        raise unknown(f"no circumstance '{name}'", name, known, ("circumstances", "known"), listed)
    if vocabulary.circumstances[name].places:
        return countries.code(value)
    words = dict.fromkeys(each.strip() for each in value.split(","))
    return _SEVERAL.join(dict.fromkeys(_spelled(name, each, vocabulary) for each in words))


def several(said: str) -> tuple[str, ...]:
    """Return the values of a circumstance that is one of several; most often there is one."""
    return tuple(said.split(_SEVERAL))


def _spelled(name: str, value: str, vocabulary: Vocabulary) -> str:
    values = vocabulary.circumstances[name].values
    plain = value.casefold()
    if plain not in values:
        near = {each: Near(each, found.label) for each, found in values.items()}
        listed = f"known are {', '.join(values)}"
        raise unknown(f"no {name} '{value}'", value, near, (f"words for {name}", "known"), listed)
    return plain


def sheet_says(name: str, evaluator: Evaluator) -> str:
    """Return what a sheet says of a circumstance, else what is usual; nothing if not known."""
    definition = evaluator.vocabulary.circumstances[name]
    sheet = evaluator.sheet
    if definition.field:
        fact = getattr(sheet, definition.field)
        return fact.value if fact else definition.usual or ""
    if definition.vendor:
        vendor = evaluator.vocabulary.vendors.get(sheet.chip.vendor)
        told = vendor.headquarters if vendor else None
        return told.value if told else ""
    if definition.detail:
        facts = sheet.details(definition.detail)
        kinds = {_kind(each.value, definition.values) for each in facts}
        return kinds.pop() if len(kinds) == 1 else "" if kinds else definition.usual or ""
    return definition.usual or ""


def _kind(detail: str, values: Mapping[str, CircumstanceValue]) -> str:
    for name, value in values.items():
        if value.starts is None or detail.startswith(value.starts):
            return name
    return ""
