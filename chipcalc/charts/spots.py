"""The chips of the picture: points, ranges, labels, and the strip of those without a density."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from chipcalc.charts import frame, marks
from chipcalc.charts.classes import OPEN, OUTSIDE
from chipcalc.charts.labels import Box, Placed, Wanted, label_layers, place
from chipcalc.charts.marks import Layer, pixel, segments, words

if TYPE_CHECKING:
    from chipcalc.charts.red_lines_drawing import Plot
    from chipcalc.charts.red_lines_values import Dot
    from chipcalc.charts.regions import Grid

_SAME_SPOT = 3  # pixels within which chips share one label
_LANE = 11  # pixels between the rows of the strip


def points(plot: Plot, dots: Sequence[Dot]) -> list[Layer]:
    """Return the ranges and the points of chips that have both figures; named ones on top."""
    found: list[Layer] = []
    bars = [row for each in dots for row in _bars(plot, each)]
    if bars:
        found.append(segments(bars, thick=1.1))
    ranked = sorted(dots, key=lambda each: (each.named, each.drawn_as != OUTSIDE))
    rows = [_row(plot, each) for each in ranked]
    position = {
        "x": plot.x.encoding("x", axis=_axis(plot, across=True)),
        "y": plot.y.encoding("y", axis=_axis(plot, across=False)),
    }
    for dashed in (True, False):
        chosen = [
            row for row, each in zip(rows, ranked, strict=True) if (each.drawn_as == OPEN) is dashed
        ]
        if chosen or not dashed:
            found.append(marks.points(chosen, position, dashed=dashed))
    return found


def _axis(plot: Plot, *, across: bool) -> dict[str, Any]:
    scale = plot.x if across else plot.y
    bottom = across and not any(each.x and not each.y for each in plot.found.dots)
    title = f"{plot.found.axes[0]}, {plot.found.units[0]}" if bottom else None
    return {"values": scale.ticks(), "format": ",.4~g" if not across else ",d", "title": title}


def _row(plot: Plot, dot: Dot) -> dict[str, Any]:
    look = plot.found.legend.look(dot.drawn_as, plot.style.theme)
    hollow = dot.drawn_as == OPEN or not dot.filled
    large = 1.9 if dot.named else 1.0
    figures = " · ".join(
        f"{axis} {figure}" for axis, figure in zip(plot.found.axes, dot.figures, strict=True)
    )
    return {
        "name": dot.name,
        "chip": dot.chip,
        "says": f"{dot.says}; {figures}",
        "class": dot.drawn_as,
        "about": f"{dot.name}: {dot.says}. {figures}",
        "href": dot.address,
        "x": dot.x[1] if dot.x else None,
        "y": dot.y[1] if dot.y else None,
        "shape": look.shape,
        "stroke": look.colour,
        "fill": plot.style.theme.paper if hollow else look.colour,
        "size": (40 if plot.style.narrow else 52) * large,
    }


def _bars(plot: Plot, dot: Dot) -> list[dict[str, Any]]:
    """Return the ranges of a chip at pixels."""
    if not dot.x or not dot.y:
        return []
    colour = plot.colour(dot.drawn_as)
    x, y = plot.x.at(dot.x[1]), plot.y.at(dot.y[1])
    found = []
    if dot.x[0] < dot.x[2]:
        ends = {"x": plot.x.at(dot.x[0]), "x2": plot.x.at(dot.x[2])}
        found.append({**ends, "y": y, "y2": y, "colour": colour})
    if dot.y[0] < dot.y[2]:
        ends = {"y": plot.y.at(dot.y[0]), "y2": plot.y.at(dot.y[2])}
        found.append({**ends, "x": x, "x2": x, "colour": colour})
    return found


def labelled(
    plot: Plot, dots: Sequence[Dot], taken: Sequence[Box], lines: Sequence[dict[str, Any]]
) -> list[Placed]:
    """Return the labels of chips that find room: those asked for first, one for each spot.

    They keep off the lines of the law, as far as there is room elsewhere.
    """
    spots: list[tuple[float, float, list[Dot]]] = []
    for each in dots:
        if not each.x or not each.y:
            continue
        x, y = plot.x.at(each.x[1]), plot.y.at(each.y[1])
        near = (
            e
            for e in spots
            if abs(e[0] - x) < _SAME_SPOT
            and abs(e[1] - y) < _SAME_SPOT
            and e[2][0].drawn_as == each.drawn_as
        )
        spot = next(near, None)
        if spot:
            spot[2].append(each)
        else:
            spots.append((x, y, [each]))
    wanted = [
        Wanted(_said(chips), x, y, any(each.named for each in chips)) for x, y, chips in spots
    ]
    ordered = sorted(wanted, key=lambda each: not each.bold)
    obstacles = [*taken, *(_room(e) for dot in dots for e in _bars(plot, dot))]
    frame_box = Box(2, 2, plot.x.pixels - 2, plot.y.pixels - 2)
    at_points = [(x, y) for x, y, _ in spots]
    return place(
        ordered, plot.style.size - 1, frame_box, at_points, obstacles, [_room(e) for e in lines]
    )


def _room(line: dict[str, Any]) -> Box:
    """Return the room that a line takes which goes across or down."""
    (left, right), (top, bottom) = sorted((line["x"], line["x2"])), sorted((line["y"], line["y2"]))
    return Box(left - 1, top - 1, right + 1, bottom + 1)


def _said(chips: Sequence[Dot]) -> str:
    """Return the label of chips on one spot: the first one's name, and how many more there are."""
    name = chips[0].name.split(" (")[0]
    return f"{name} +{len(chips) - 1}" if len(chips) > 1 else name


def edges(plot: Plot, grid: Grid, colour: Callable[[str, str], str]) -> list[dict[str, Any]]:
    """Return the lines between cells of different classes at pixels, in the colour of the two."""
    rows = len(grid.y) + 1
    columns = [grid.cells[start : start + rows] for start in range(0, len(grid.cells), rows)]
    found = []
    for at_x, (left, right) in zip(grid.x, pairwise(columns), strict=False):
        x = plot.x.at(at_x)
        for one, other in zip(left, right, strict=True):
            if one[2:] != other[2:]:
                ends = (plot.y.at(one.y[0], plot.y.pixels), plot.y.at(one.y[1], 0))
                row = {"x": x, "x2": x, "y": ends[0], "y2": ends[1]}
                found.append({**row, "colour": colour(one.drawn_as, other.drawn_as)})
    for column in columns:
        for at_y, (one, other) in zip(grid.y, pairwise(column), strict=False):
            if one[2:] != other[2:]:
                y = plot.y.at(at_y)
                ends = (plot.x.at(one.x[0], 0), plot.x.at(one.x[1], plot.x.pixels))
                row = {"x": ends[0], "x2": ends[1], "y": y, "y2": y}
                found.append({**row, "colour": colour(one.drawn_as, other.drawn_as)})
    return found


def lines_of_law(plot: Plot) -> list[dict[str, Any]]:
    """Return the lines between the regions of the paragraphs."""
    return edges(plot, plot.found.grid, lambda one, other: _line_colour(plot, one, other))


def own_lines(plot: Plot) -> list[dict[str, Any]]:
    """Return the lines of a user's own rules."""
    ink = plot.style.theme.ink
    return [row for each in plot.found.own for row in edges(plot, each.grid, lambda *_: ink)]


def _line_colour(plot: Plot, one: str, other: str) -> str:
    """Return the colour of a line: that of the class with the smaller precedence."""
    controls = plot.found.legend.controls
    known = [each for each in (one, other) if each in controls]
    return plot.colour(min(known, key=controls.index) if known else OUTSIDE)


def strip(plot: Plot) -> Layer:
    """Return the chips without a density along the first axis, in rows that keep them apart."""
    found = plot.found
    dots = sorted((e for e in found.dots if e.x and not e.y), key=lambda e: e.x or (0.0,))
    rows, high = _in_lanes(plot, dots)
    theme, size = plot.style.theme, plot.style.size
    axis = {
        "values": plot.x.ticks(),
        "format": ",d",
        "title": f"{found.axes[0]}, {found.units[0]}",
    }
    position = {"x": plot.x.encoding("x", axis=axis), "y": pixel("down")}
    drawn = [
        marks.points(
            [row for row in rows if (row["class"] == OPEN) is dashed], position, dashed=dashed
        )
        for dashed in (True, False)
    ]
    text = f"{len(dots)} chips without a known {found.axes[1].lower()}"
    title = {"x": -frame.LEFT + 4, "y": -size, "text": text, "bold": True, "colour": theme.ink}
    cuts = [
        {"x": plot.x.at(each), "x2": plot.x.at(each), "y": 0, "y2": high, "colour": theme.hairline}
        for each in found.grid.x
    ]
    return {
        "width": plot.x.pixels,
        "height": high,
        "layer": [
            *([segments(cuts, dash=(3, 3))] if cuts else []),
            *drawn,
            *_named_in_strip(plot, dots, rows, high),
            words([title], size),
        ],
    }


def _in_lanes(plot: Plot, dots: Sequence[Dot]) -> tuple[list[dict[str, Any]], float]:
    """Return chips in as many rows as keep them apart, and how high these are together."""
    lanes: list[float] = []
    rows = []
    for each in dots:
        x = plot.x.at(each.x[1] if each.x else None)
        free = next((n for n, last in enumerate(lanes) if x - last > _LANE), len(lanes))
        lanes[free : free + 1] = [x]
        rows.append({**_row(plot, each), "down": -_LANE * (free + 1)})
    high = _LANE * (len(lanes) + 1) + 2 * plot.style.size
    return [{**each, "down": high + each["down"]} for each in rows], high


def _named_in_strip(
    plot: Plot, dots: Sequence[Dot], rows: Sequence[dict[str, Any]], high: float
) -> list[Layer]:
    """Return the labels of chips of the strip that were asked for by name."""
    spots = [(plot.x.at(row["x"]), row["down"]) for row in rows]
    wanted = [
        Wanted(_said([each]), x, y, bold=True)
        for each, (x, y) in zip(dots, spots, strict=True)
        if each.named
    ]
    frame_box = Box(2, 2, plot.x.pixels - 2, high - 2)
    return label_layers(place(wanted, plot.style.size - 1, frame_box, spots), plot.style)
