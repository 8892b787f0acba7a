"""How chips against the lines of a day are drawn: header, regions with chips and labels, strip."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import log10
from typing import Any, NamedTuple

from chipcalc.charts import frame, spots
from chipcalc.charts.classes import OPEN, OUTSIDE
from chipcalc.charts.labels import Box, label_layers, point_box
from chipcalc.charts.limits import box_of, free_place, limits_at
from chipcalc.charts.marks import Layer, rectangles, segments, words
from chipcalc.charts.red_lines_values import RedLines
from chipcalc.charts.style import Style
from chipcalc.charts.text import width

_HATCH = 9  # pixels between two lines of a region that something else decides


class Scale(NamedTuple):
    """A logarithmic axis: from where to where it goes, and how many pixels it has."""

    low: float
    high: float
    pixels: float
    down: bool = False

    def at(self, value: float | Fraction | None, end: float = 0) -> float:
        """Return the pixel of a value, no further than the axis; of no value, that of an end."""
        if value is None:
            return end
        share = log10(float(value) / self.low) / log10(self.high / self.low)
        share = min(max(share, 0), 1)
        return self.pixels * (1 - share if self.down else share)

    def ticks(self) -> list[float]:
        """Return round values: of a long axis powers of ten, of a short one 1, 2 and 5."""
        steps = (1,) if self.high / self.low > 500 else (1, 2, 5)
        powers = range(int(log10(self.low)) - 1, int(log10(self.high)) + 1)
        found = [step * 10.0**power for power in powers for step in steps]
        return [each for each in found if self.low <= each <= self.high]

    def encoding(self, field: str, **more: Any) -> dict[str, Any]:
        """Return the encoding of a field along the axis."""
        scale = {"type": "log", "domain": [self.low, self.high], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, **more}


class Plot(NamedTuple):
    """The picture of a style: its axes and where its labels go."""

    found: RedLines
    style: Style
    x: Scale
    y: Scale

    def colour(self, name: str) -> str:
        """Return the colour of a class."""
        return self.found.legend.look(name, self.style.theme).colour


def draw(found: RedLines, style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    wide = frame.plot_width(style)
    high = round(wide * (1.02 if style.narrow else 0.58))
    (low_x, high_x), (low_y, high_y) = found.extent[0], found.extent[1]
    plot = Plot(found, style, Scale(low_x, high_x, wide), Scale(low_y, high_y, high, down=True))
    parts = [_main(plot)]
    if any(each.x and not each.y for each in found.dots):
        parts.append(spots.strip(plot))
    legend = [] if style.bare else _legend(plot)
    return frame.framed(parts, style, found.title, found.says, legend)


def _legend(plot: Plot) -> list[frame.Entry]:
    found = plot.found
    entries = []
    for name in (*found.legend.controls, OUTSIDE, OPEN):
        number = sum(each.drawn_as == name for each in found.dots)
        look = found.legend.look(name, plot.style.theme)
        if number or name in found.legend.controls:
            text = f"{found.legend.said(name)}: {number}"
            entries.append(frame.Entry(text, look.shape, look.colour, dashed=name == OPEN))
    if found.usual:
        second = plot.style.theme.second
        entries.append(frame.Entry(found.usual, "circle", second))
        unknown = ", or not known" if any(not each.market for each in found.dots) else ""
        entries.append(frame.Entry(f"not {found.usual}{unknown}", "circle", second, hollow=True))
    return entries


def _main(plot: Plot) -> Layer:
    regions, hatches = _regions(plot)
    edges, own = spots.lines_of_law(plot), spots.own_lines(plot)
    numbers_at = limits_at(plot, edges, own)
    names = _region_names(plot)
    taken = [box_of(each, plot.style.size) for each in (*numbers_at, *names)]
    drawn = [each for each in plot.found.dots if each.x and each.y]
    placed = spots.labelled(plot, drawn, taken, [*edges, *own])
    return {
        "width": plot.x.pixels,
        "height": plot.y.pixels,
        "layer": [
            regions,
            *([segments(hatches, thick=0.6, opacity=0.4)] if hatches else []),
            *([segments(edges, thick=1.4)] if edges else []),
            *([segments(own, thick=1.4, dash=(5, 4))] if own else []),
            *spots.points(plot, drawn),
            words([*numbers_at, *names, _axis_title(plot, numbers_at)], plot.style.size),
            *label_layers(placed, plot.style),
        ],
    }


def _axis_title(plot: Plot, numbers_at: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the title of the second axis, above what stands over the frame where they meet."""
    ink, size = plot.style.theme.ink, plot.style.size
    text = f"{plot.found.axes[1]}, {plot.found.units[1]}"
    low, raised = (
        {"x": -frame.LEFT + 4, "y": -size * up, "text": text, "bold": True, "colour": ink}
        for up in (1.1, 2.3)
    )
    return free_place([low, raised], size, [box_of(each, size) for each in numbers_at])


def _rectangles(plot: Plot) -> list[tuple[Box, str, str, str]]:
    """Return the regions in pixels, cells of one column and class joined."""
    found: list[tuple[Box, str, str, str]] = []
    for cell in plot.found.grid.cells:
        box = Box(
            plot.x.at(cell.x[0], 0),
            plot.y.at(cell.y[1], 0),
            plot.x.at(cell.x[1], plot.x.pixels),
            plot.y.at(cell.y[0], plot.y.pixels),
        )
        same = (cell.drawn_as, cell.name, cell.asks)
        above = found[-1] if found else None
        if above and above[1:] == same and above[0].left == box.left and above[0].top == box.bottom:
            found[-1] = (above[0]._replace(top=box.top), *same)
        else:
            found.append((box, *same))
    joined: list[tuple[Box, str, str, str]] = []
    for each in found:
        place_of = next(
            (
                n
                for n, other in enumerate(joined)
                if other[1:] == each[1:]
                and other[0].right == each[0].left
                and (other[0].top, other[0].bottom) == (each[0].top, each[0].bottom)
            ),
            None,
        )
        if place_of is None:
            joined.append(each)
        else:
            joined[place_of] = (joined[place_of][0]._replace(right=each[0].right), *each[1:])
    return joined


def _regions(plot: Plot) -> tuple[Layer, list[dict[str, Any]]]:
    """Return the regions, and the lines within those that are open."""
    legend, theme = plot.found.legend, plot.style.theme
    rows, hatches = [], []
    for box, drawn_as, name, _ in _rectangles(plot):
        if drawn_as != OUTSIDE:
            tint = legend.look(drawn_as, theme).tint
            ends = dict(zip(("x", "y", "x2", "y2"), box, strict=True))
            rows.append({**ends, "colour": tint})
        if name == OPEN:
            hatches += _hatched(box, plot.colour(drawn_as))
    return rectangles(rows, joined=True), hatches


def _hatched(box: Box, colour: str) -> list[dict[str, Any]]:
    """Return the diagonal lines that fill a region, each cut off at its edges."""
    wide, high = box.right - box.left, box.bottom - box.top
    found = []
    for start in range(_HATCH, int(wide + high), _HATCH):
        x, y = max(0.0, start - high), min(float(start), high)
        x2, y2 = min(float(start), wide), max(0.0, start - wide)
        ends = (box.left + x, box.top + y, box.left + x2, box.top + y2)
        found.append({**dict(zip(("x", "y", "x2", "y2"), ends, strict=True)), "colour": colour})
    return found


def _region_names(plot: Plot) -> list[dict[str, Any]]:
    """Return the name of each class in the corner of its largest region, with what it asks."""
    largest: dict[str, tuple[Box, str]] = {}
    for box, drawn_as, _, asks in _rectangles(plot):
        known = largest.get(drawn_as)
        if known is None or _area(box) > _area(known[0]):
            largest[drawn_as] = (box, asks)
    size = plot.style.size
    points = [
        point_box(plot.x.at(each.x[1]), plot.y.at(each.y[1]))
        for each in plot.found.dots
        if each.x and each.y
    ]
    found: list[dict[str, Any]] = []
    for name, (box, asks) in largest.items():
        if width(name, size, bold=True) + 16 > box.right - box.left:
            continue  # the legend has it
        places = [_name_at(plot, name, box, asks, corner) for corner in _corners(name, box)]
        free = (
            rows
            for rows in places
            if not any(box_of(row, size).meets(each) for row in rows for each in points)
        )
        found += next(free, places[0])
    return found


def _corners(name: str, box: Box) -> list[tuple[bool, bool]]:
    """Return the corners of a region in the order in which its name is put: at right, at top."""
    right, top = name != OUTSIDE, box.top == 0
    return [(right, top), (right, not top), (not right, top), (not right, not top)]


def _name_at(
    plot: Plot, name: str, box: Box, asks: str, corner: tuple[bool, bool]
) -> list[dict[str, Any]]:
    """Return the name of a region in a corner of it, and below it what else decides there."""
    size, (right, top) = plot.style.size, corner
    below = size * 1.3 if asks else 0
    y = box.top + size if top else box.bottom - size - below
    row = {
        "x": box.right - 8 if right else box.left + 8,
        "y": y,
        "align": "right" if right else "left",
        "colour": plot.colour(name),
    }
    found = [{**row, "text": name, "bold": True}]
    return [*found, {**row, "y": y + below, "text": f"if {asks}"}] if asks else found


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
