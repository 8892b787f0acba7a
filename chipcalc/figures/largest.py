"""The largest of what a metric comes to: over formats, one that has no rate may be larger still."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, Missing, greatest
from chipcalc.figures.statements import Conditions, Matching

NO_SUCH = Missing("unknown", "no such figure is published")
_PARTIAL = (
    "what else it offers is not known: its rates are unverified, of no engine or of vector units"
)


def largest(answers: Sequence[Answer]) -> Answer:
    """Return the largest of some answers; of none, that there is no such figure."""
    return greatest(answers) or NO_SUCH


def fastest(answers: Sequence[Answer], when: Conditions, matching: Matching) -> Answer:
    """Return the largest of some answers over formats.

    Where a sheet lists the formats, those without a rate leave it open above; where it does
    not, what is not a figure has no bound above.
    """
    if not answers:
        return NO_SUCH
    hidden = matching.without_rate(when)
    verb = "is" if len(hidden) == 1 else "are"
    unrated = f"{join_words(hidden)} {verb} listed without a rate"
    if hidden:
        answers = [*answers, Missing("unknown", unrated, listed=True)]
    elif matching.is_partial(when):
        answers = [*answers, Missing("unknown", _PARTIAL, listed=True)]
    found = largest(answers)
    if isinstance(found, Figure):
        return found
    if hidden and found.because != unrated:
        found = found._replace(because=f"{found.because}, and {unrated}")
    if found.because == _PARTIAL:
        return found._replace(high=None)
    if not found.high or matching.offered(when) is not None:
        return found
    because = f"{found.because}, and which other formats it offers is not published"
    return found._replace(because=because, high=None)
