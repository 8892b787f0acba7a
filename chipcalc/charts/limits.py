"""The numbers of the law at the ends of its lines, clear of the chips and of one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from chipcalc.charts.labels import Box, point_box
from chipcalc.charts.text import width
from chipcalc.values import numbers

if TYPE_CHECKING:
    from chipcalc.charts.red_lines_drawing import Plot
    from chipcalc.charts.regions import Grid

Line = dict[str, Any]


def box_of(text: Line, size: float) -> Box:
    """Return the room that a text takes at its place."""
    wide = width(text["text"], size, bold=bool(text.get("bold")))
    left = text["x"] - {"left": 0, "center": wide / 2, "right": wide}[text.get("align", "left")]
    return Box(left - 2, text["y"] - size * 0.65, left + wide + 2, text["y"] + size * 0.65)


def limits_at(plot: Plot, lines: Sequence[Line], own: Sequence[Line] = ()) -> list[Line]:
    """Return the number of each limit beside its line, in the colour of the line.

    Those of a user's `own` rules have the name of the rule as well.
    """
    taken = [
        point_box(plot.x.at(each.x[1]), plot.y.at(each.y[1]))
        for each in plot.found.dots
        if each.x and each.y
    ]
    found = []
    wanted = [*_down(plot, plot.found.grid, lines), *_across(plot, plot.found.grid, lines)]
    for each in plot.found.own:
        found_of = [*_down(plot, each.grid, own), *_across(plot, each.grid, own)]
        wanted += [[_named(row, each.name) for row in rows] for rows in found_of]
    for candidates in wanted:
        chosen = free_place(candidates, plot.style.size, taken)
        found.append(chosen)
        taken.append(box_of(chosen, plot.style.size))
    return found


def free_place(candidates: Sequence[Line], size: float, taken: Sequence[Box]) -> Line:
    """Return the first of some places of a text that is clear of all boxes; else the first."""
    boxes = [box_of(each, size) for each in candidates]
    free = (n for n, box in enumerate(boxes) if not any(box.meets(each) for each in taken))
    return candidates[next(free, 0)]


def _named(row: Line, name: str) -> Line:
    return {**row, "text": f"{name} {row['text']}"}


def _down(plot: Plot, grid: Grid, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the places of each number of the first axis: above, or at the foot of its line."""
    size = plot.style.size
    for limit in grid.x:
        x = plot.x.at(limit)
        same = [each for each in lines if each["x"] == each["x2"] == x]
        if not same:
            continue
        low, high = max(e["y"] for e in same), min(e["y2"] for e in same)
        colour = max(same, key=lambda e: e["y"] - e["y2"])["colour"]
        row = {"text": _number(limit), "bold": True, "colour": colour}
        above = {**row, "x": x, "y": -size * 0.9, "align": "center"}
        foot = [
            {**row, "x": x + side * 4, "y": low - size, "align": align}
            for side, align in ((1, "left"), (-1, "right"))
        ]
        under = [{**row, "x": x, "y": low + size, "align": align} for align in ("center", "right")]
        if high <= 0:
            raised = {**above, "y": above["y"] - size * 1.3}
            yield [above, raised, *foot]
        else:
            yield foot if low >= plot.y.pixels else [*under, *foot]


def _across(plot: Plot, grid: Grid, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the places of each number of the second axis: left of its line, or along it."""
    size = plot.style.size
    for limit in grid.y:
        y = plot.y.at(limit)
        same = [each for each in lines if each["y"] == each["y2"] == y]
        if not same:
            continue
        left = min(same, key=lambda each: float(each["x"]))
        right = max(each["x2"] for each in same)
        row = {"text": _number(limit), "bold": True, "colour": left["colour"]}
        rises = (-0.2, -0.7, 0.5)
        before = [
            {**row, "x": left["x"] - 4, "y": y + size * rise, "align": "right"} for rise in rises
        ]
        within = [
            {**row, "x": at, "y": y + side * size * 0.8, "align": align}
            for at, align in ((right - 4, "right"), (left["x"] + 4, "left"))
            for side in (-1, 1)
        ]
        yield [*before, *within]


def _number(limit: Fraction) -> str:
    return numbers.amount(limit, numbers.STATED_DIGITS)
