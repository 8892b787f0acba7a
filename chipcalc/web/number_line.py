"""What decides, drawn: the outcomes of one unknown figure as stretches of a line with its cuts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.charts.classes import OUTSIDE
from chipcalc.check.result import Checked
from chipcalc.deciding.outcome import Outcome, Span
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import NumberLine
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.web import marks
from chipcalc.web.marks import Mark
from chipcalc.words.outcomes import condition, judged
from chipcalc.words.remains import otherwise

_WHOLE = 100.0
_NARROWEST = 9.0  # parts of a hundred in which the name of a paragraph finds room
_BEHIND = Fraction(6, 5)  # the last stretch has no end: a fifth more than its beginning is drawn


class Piece(NamedTuple):
    """A stretch: where it begins and how wide it is in parts of a hundred, and what holds there."""

    x: float
    width: float
    mark: Mark
    label: str
    below: str
    where: str
    says: str


class Drawn(NamedTuple):
    """A number line: its start, its unit, its pieces, and its cuts with their places.

    One that is not to scale has stretches of equal width, because one would be too narrow.
    """

    about: str
    start: str
    unit: str
    pieces: tuple[Piece, ...]
    cuts: tuple[tuple[float, str], ...]
    to_scale: bool


def number_line(checked: Checked, paragraphs: Sequence[str]) -> Drawn | None:
    """Return the outcomes of an open answer as a line, where one figure alone decides it."""
    parts = outcomes_of(checked)
    line = parts[0] if len(parts) == 1 else None
    deciding = checked.decides
    if not isinstance(line, NumberLine) or deciding is None:
        return None
    outcomes = deciding.outcomes
    widths, to_scale = _widths(outcomes)
    places = [sum(widths[:number]) for number in range(len(widths))]
    pieces = tuple(
        Piece(
            place,
            width,
            _mark(stretch.label, outcome, paragraphs),
            stretch.label,
            stretch.below,
            ", ".join(condition(each, _vocabulary(checked)) for each in outcome.where),
            judged(outcome.judgement, otherwise(checked)),
        )
        for place, width, stretch, outcome in zip(
            places, widths, line.stretches, outcomes, strict=True
        )
    )
    vocabulary = _vocabulary(checked)
    names = [vocabulary.metric(name[0]).label for name in deciding.metrics]
    cuts = tuple(zip(places[1:], line.bounds, strict=True))
    return Drawn(", ".join(names), line.start, line.unit, pieces, cuts, to_scale)


def _vocabulary(checked: Checked) -> Vocabulary:
    return checked.case.evaluator.vocabulary


def _mark(label: str, outcome: Outcome, paragraphs: Sequence[str]) -> Mark:
    """Return the mark of an outcome: of a paragraph that controls, or of what lies outside."""
    if label in paragraphs:
        return Mark(label, marks.kind_of(label, paragraphs), label)
    cites = [each for each in outcome.judgement.cites if each in paragraphs]
    if cites:
        return Mark(label, marks.kind_of(cites[0], paragraphs), cites[0])
    return Mark(label, marks.kind_of(OUTSIDE, ()))


def _widths(outcomes: Sequence[Outcome]) -> tuple[list[float], bool]:
    """Return how wide each stretch is drawn, and whether that is to scale."""
    spans = [each.where[0] for each in outcomes]
    found = [each for each in spans if isinstance(each, Span)]
    start = found[0].low or Fraction(0)
    ends = [each.high for each in found if each.high is not None]
    whole = (ends[-1] - start) * _BEHIND
    begins = [start, *ends]
    stops = [*ends, start + whole]
    shares = [
        float((stop - begin) / whole) * _WHOLE for begin, stop in zip(begins, stops, strict=True)
    ]
    if min(shares) >= _NARROWEST:
        return shares, True
    return [_WHOLE / len(found)] * len(found), False
