"""Which facts of a sheet decide under export controls: what its TPP and the like rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.lint.facts import facts
from chipcalc.lint.standards import standards
from chipcalc.schema.source import Sourced
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Path as Place


def circuits(sheet: Sheet, store: Store) -> list[Evaluator]:
    """Return the figures of a sheet, and of the circuits that it describes itself."""
    described = [sheet, *(each.sheet for each in sheet.contents if each.in_place)]
    return [Evaluator(each, store.vocabulary) for each in described]


def deciding(
    sheet: Sheet, store: Store, figures: Sequence[Evaluator]
) -> Iterator[tuple[Place, Sourced]]:
    """Yield the facts of a sheet's own file on which what is declared or computed of it rests.

    Of formats only those count that may be the fastest, and what is told by a bound alone.
    """
    asked = standards(store).deciding
    lines = {
        located.line
        for circuit in figures
        for located in _resting_on(circuit, asked)
        if located.file == sheet.document.file
    }
    for place, fact in facts(sheet):
        classed = bool(asked) and place[-2:] == ("declared", "eccn")
        if classed or sheet.document.line(place) in lines:
            yield place, fact


def _resting_on(figures: Evaluator, metrics: tuple[str, ...]) -> Iterator[Located]:
    for metric in metrics:
        answer = figures.figure(metric)
        if isinstance(answer, Figure):
            yield from answer.statements()
            continue
        yield from answer.seen
        for bound in (answer.low, answer.high):
            if bound:
                yield from bound.statements()
