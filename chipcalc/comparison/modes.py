"""In which mode chips are read: each has its own, and a mode that is asked for must be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.errors import unknown
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.vocabulary.model import Vocabulary


def is_mode(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the values of a condition are the modes of each sheet."""
    return vocabulary.conditions[name].role == "mode"


def modes_of(asked: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the modes among conditions."""
    return {name: value for name, value in asked.items() if is_mode(name, vocabulary)}


def without_modes(asked: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    """Return conditions but for the modes among them."""
    return {name: value for name, value in asked.items() if not is_mode(name, vocabulary)}


def check_modes(
    sheets: Sequence[Sheet],
    every: Conditions,
    own: Mapping[str, Conditions],
    vocabulary: Vocabulary,
) -> None:
    """Raise ChipcalcError for a mode that none of some chips has, asked of all or of one by its id.

    A chip without modes is read as it is, whatever mode is asked of all.
    """
    _check(sheets, "", modes_of(every, vocabulary))
    for sheet in sheets:
        _check([sheet], f"{sheet.name} has ", modes_of(own.get(sheet.id, {}), vocabulary))


def _check(sheets: Sequence[Sheet], whose: str, asked: Conditions) -> None:
    known = list(dict.fromkeys(mode for sheet in sheets for mode in sheet.modes))
    for name, value in asked.items():
        if value not in known:
            listed = f"known are {', '.join(known)}" if known else "none is known"
            raise unknown(f"{whose}no {name} '{value}'", value, known, ("modes", "known"), listed)
