"""The arithmetic of cases: the figures of both sides, how firm they are and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from chipcalc.claims.finding import Instance
from chipcalc.comparison.generations import Place
from chipcalc.figures.figure import Answer, Figure
from chipcalc.values import numbers
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.figures import origins
from chipcalc.words.line import TextLine


def cases_worked(
    instances: Iterable[Instance], speaker: Speaker, value: Callable[[Answer], str]
) -> Iterator[TextLine]:
    """Yield a line for each case that has a figure; `value` writes what it comes to."""
    for each in instances:
        sides = [side for side in each.sides if isinstance(side, Figure)]
        if not sides or not isinstance(each.figure, Figure):
            continue
        parts = " / ".join(quantity(side.value) for side in sides)
        equals = f" = {value(each.figure)}" if len(sides) > 1 else ""
        metric = speaker.metric_of(each) if each.metric else speaker.rows(each)
        chips = " / ".join(speaker.chip(sheet) for sheet in each.sheets)
        name = " ".join(filter(None, (chips, metric)))
        rest = f"{parts}{equals} ({_firm(sides, speaker)})"
        yield TextLine(speaker.about(name, rest), 1)


def place_worked(place: Place, speaker: Speaker) -> Iterator[TextLine]:
    """Yield the figure of a chip and those of the line that it is set against."""
    line = [(sheet, each) for sheet, each in place.line if isinstance(each, Figure)]
    own = [(place.sheet, place.answer)] if isinstance(place.answer, Figure) else []
    for sheet, figure in (*own, *line) if own else ():
        shown = quantity(figure.value, numbers.COMPUTED_DIGITS)
        name = f"{speaker.chip(sheet)}, {speaker.metric(place.metric, place.when)}"
        yield TextLine(speaker.about(name, f"{shown} ({_firm([figure], speaker)})"), 1)


def _firm(figures: Sequence[Figure], speaker: Speaker) -> str:
    """Return how firm figures are, and where they stand."""
    stated = [each for each in figures if any(each.statements())]
    status = speaker.listed(dict.fromkeys(speaker.say(each.status) for each in stated))
    return "; ".join([status, *filter(None, map(origins, figures))])
