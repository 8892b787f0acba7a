"""Chips through the rules in words: the classification of each, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Classed
from chipcalc.check.timeline import Moment
from chipcalc.errors import join_words
from chipcalc.words.check import named


def answers(found: Sequence[Moment]) -> list[list[str]]:
    """Return the classification of every chip in words, moment by moment."""
    by_chip = zip(*(moment.checked for moment in found), strict=True)
    return [list(_answers(checked)) for checked in by_chip]


def _answers(found: Sequence[Checked]) -> Iterator[str]:
    """Yield the classifications of one chip, day by day; a rule that has ended is not to come."""
    begun = False
    for checked in found:
        ruled = checked.classed is not Classed.no_rule
        yield _shown(checked) if ruled or not begun else "no rule any more"
        begun = begun or ruled


def _shown(checked: Checked) -> str:
    """Return a classification in words: the limb, or none with what remains below."""
    found = checked.classification
    if found.residual:
        return f"none ({found.paragraph})"
    return join_words(found.cites) or named(checked)
