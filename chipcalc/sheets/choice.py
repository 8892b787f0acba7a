"""The chips that a name means, in order, and what to tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chipcalc.errors import join_words
from chipcalc.sheets.matching import Match
from chipcalc.sheets.sheet import Sheet


class Choice(NamedTuple):
    """The chips that a name means, and what to tell the user about the choice.

    What was understood by a name that others share is among the notices.
    """

    sheets: tuple[Sheet, ...]
    notices: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()


def is_pattern(name: str) -> bool:
    """Whether a name has signs that stand for others."""
    return any(sign in name for sign in "*?[")


def understood(match: Match, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return what to tell of a name that is not that of one chip."""
    others = sorted({each.id for each in match.candidates} - {*match.chosen})
    if len(sheets) > 1:
        ids = join_words(each.id for each in sheets)
        return (f"{match.name} stands for {len(sheets)} chips: {ids}",)
    if others:
        return (f"{match.name} is read as {sheets[0].id} (also {', '.join(others)})",)
    likely = match.confidence == "likely"
    return (f"{match.name} is read as {sheets[0].id}, {sheets[0].name}",) if likely else ()


def _launch(sheet: Sheet) -> tuple[bool, str, str]:
    """Return what sorts chips by launch, those without a date last."""
    return sheet.chip.launched is None, str(sheet.chip.launched), sheet.id


def by_launch(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """Return chips in the order of their launch, those without a date last."""
    return tuple(sorted(sheets, key=_launch))
