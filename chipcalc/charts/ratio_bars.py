"""Chips side by side as a picture: the ratios to a base, ranges as bars, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import log10
from typing import Any, NamedTuple

from chipcalc.charts import frame, marks
from chipcalc.charts.chart import Chart
from chipcalc.charts.marks import Layer
from chipcalc.charts.style import Style
from chipcalc.charts.text import width
from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.shown import nobody_knows, same_rows
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure
from chipcalc.values import numbers
from chipcalc.values.interval import Bounds, Interval
from chipcalc.words import labels
from chipcalc.words.names import namings
from chipcalc.words.rows import joined, sections

KIND = "ratios"
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")
_LANE, _HEAD = 17, 26  # pixels


class Lane(NamedTuple):
    """One chip in one row: its ratio to the base in words, and its ends where it is known."""

    chip: int
    says: str
    ends: tuple[float | None, float | None, float | None] | None
    figure: str


class Line(NamedTuple):
    """One row of the comparison: what it is about, the base's figure, and every other chip."""

    section: str
    label: str
    base: str
    lanes: tuple[Lane, ...]


class Ratios(NamedTuple):
    """All that the picture shows; `names` are those of the chips, the base first."""

    names: tuple[str, ...]
    lines: tuple[Line, ...]
    title: str
    unknown: tuple[str, ...] = ()


def ratios(comparison: Comparison) -> Chart:
    """Return the ratios of a comparison to its base, row by row under their headings."""
    found = gathered(comparison)
    base = found.names[0]
    says = [f"Marks are how many times the {base}; a bar is a range, where sources conflict."]
    if found.unknown:
        says.append(f"Nobody published: {join_words(found.unknown)}.")
    columns = ("Metric", base, *(e for name in found.names[1:] for e in (name, f"{name} ÷ {base}")))
    rows = tuple(
        (
            f"{each.section}: {each.label}",
            each.base,
            *(e for lane in each.lanes for e in (lane.figure, lane.says)),
        )
        for each in found.lines
    )
    return Chart(KIND, found.title, tuple(says), columns, rows, partial(draw, found, tuple(says)))


def gathered(comparison: Comparison) -> Ratios:
    """Return all that the picture shows."""
    names = tuple(each.short for each in namings(comparison.sheets))
    headings = sections(comparison)
    lines, unknown = [], []
    for rows in same_rows(comparison.lines):
        label, unit = joined(comparison, rows)
        if nobody_knows(rows):
            unknown.append(label)
            continue
        line = rows.first
        named = f"{label}, {unit}" if unit else label
        lanes = tuple(_lane(line, place) for place in range(1, len(names)))
        base = labels.short(line.answers[0])
        lines.append(Line(headings[line.metric], named, base, lanes))
    title = f"{join_words(names[1:])} against the {names[0]}"
    return Ratios(names, tuple(lines), title, tuple(unknown))


def _lane(line: ComparedRow, place: int) -> Lane:
    ratio, bound, answer = line.ratios[place], line.bounds[place], line.answers[place]
    figure = labels.short(answer)
    if ratio:
        return Lane(place, f"{numbers.ratios(ratio)} ×", _ends(ratio), figure)
    if bound:
        return Lane(place, f"{numbers.ratio_bounds(bound)} ×", _ends(bound), figure)
    lacking = answer if not isinstance(answer, Figure) else line.answers[0]
    says = lacking.kind if not isinstance(lacking, Figure) else "no ratio"
    return Lane(place, says if lacking is answer else f"base {says}", None, figure)


def _ends(found: Interval | Bounds) -> tuple[float | None, float | None, float | None]:
    best = float(found.best) if isinstance(found, Interval) else None
    low = float(found.low) if found.low is not None else None
    return low, best, float(found.high) if found.high is not None else None


class _Place(NamedTuple):
    """Where things are: the margin, the plot, the room for numbers, and the ends of the axis."""

    found: Ratios
    style: Style
    left: int
    wide: float
    low: float
    high: float

    def across(self, ratio: float | None, end: float = 0) -> float:
        """Return the pixel of a ratio, no further than the axis; of none, that of an end."""
        if ratio is None:
            return end
        share = log10(max(ratio, self.low) / self.low) / log10(self.high / self.low)
        return min(share, 1) * self.wide


def draw(found: Ratios, says: tuple[str, ...], style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    size = style.size
    longest = max(width(each.label, size) for each in found.lines) if found.lines else 0
    left = 8 if style.narrow else min(round(longest) + 16, style.width // 3)
    said = max(width(lane.says, size - 1) for each in found.lines for lane in each.lanes)
    wide = frame.plot_width(style, left) - said - 10
    known = [e for each in found.lines for lane in each.lanes for e in lane.ends or () if e]
    low, high = min([0.5, *known]) / 1.15, max([2.0, *known]) * 1.15
    place = _Place(found, style, left, wide, low, high)
    layers, down, rooms = _rows(place)
    axis = _axis(place, rooms if style.narrow else [(0.0, down)])
    plot = frame.blank(down, frame.plot_width(style, left), [*axis, *layers])
    entries = [
        frame.Entry(name, SHAPES[number % len(SHAPES)], style.theme.bar)
        for number, name in enumerate(found.names[1:])
    ]
    return frame.framed([plot], style, found.title, says, entries, left)


def _axis(place: _Place, rooms: Sequence[tuple[float, float]]) -> list[Layer]:
    theme, size = place.style.theme, place.style.size
    powers = range(int(log10(place.low)) - 1, int(log10(place.high)) + 1)
    decade = place.wide / log10(place.high / place.low)
    steps = (1, 2, 5) if decade > 8 * size else (1,)
    ticks = [step * 10.0**power for power in powers for step in steps]
    ticks = [each for each in ticks if place.low <= each <= place.high]
    lines, texts = [], []
    for each in ticks:
        x, one = place.across(each), each == 1
        colour = theme.ink if one else theme.hairline
        lines.append((x, colour))
        text = f"1 = {place.found.names[0]}" if one else f"{each:,g}"
        row = {"text": text, "bold": one, "align": "center", "x": x}
        texts.append({**row, "y": -size, "colour": theme.ink if one else theme.second})
    return [marks.grid(lines, rooms), marks.words(_apart(texts, size), size)]


def _apart(texts: list[dict[str, Any]], size: float) -> list[dict[str, Any]]:
    """Return the texts of an axis without those that would touch the one of the base."""
    base = next((each for each in texts if each["bold"]), None)
    if base is None:
        return texts
    half = width(base["text"], size, bold=True) / 2
    return [
        each
        for each in texts
        if each is base or abs(each["x"] - base["x"]) > half + width(each["text"], size) / 2 + 6
    ]


def _rows(place: _Place) -> tuple[list[Layer], float, list[tuple[float, float]]]:
    """Return the rows under their headings as layers, where they end, and where their marks are."""
    theme, size, narrow = place.style.theme, place.style.size, place.style.narrow
    heads, texts, notes = [], [], []
    bars: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    rooms, rules = [], []
    y, section = 4.0, ""
    for line in place.found.lines:
        if line.section != section:
            section = line.section
            heads.append(
                {"x": -place.left + 2, "y": y + _HEAD * 0.6, "text": section, "bold": True}
            )
            y += _HEAD
        if narrow:
            texts.append({"x": -place.left + 2, "y": y + size * 0.6, "text": line.label})
            y += size * 1.4
        else:
            middle = y + _LANE * len(line.lanes) / 2
            texts.append({"x": -place.left + 2, "y": middle, "text": line.label})
        rooms.append((y, y + _LANE * len(line.lanes)))
        for lane in line.lanes:
            at_y = y + _LANE / 2
            bars += _bar(place, lane, at_y)
            points += _point(place, line, lane, at_y)
            ink = theme.ink if lane.ends else theme.second
            notes.append({"x": place.wide + 10, "y": at_y, "text": lane.says, "colour": ink})
            y += _LANE
        ends = {"x": -place.left, "x2": frame.plot_width(place.style, place.left)}
        rules.append({**ends, "y": y + 2, "y2": y + 2, "colour": theme.hairline})
        y += 5
    for each in (*heads, *texts):
        each["colour"] = theme.ink
    found = [marks.segments(rules, thick=0.5, opacity=0.6)]
    found += [marks.segments(bars, thick=3)] if bars else []
    found += [marks.points(points)] if points else []
    return [*found, marks.words([*heads, *texts], size), marks.words(notes, size - 1)], y, rooms


def _bar(place: _Place, lane: Lane, y: float) -> Iterator[dict[str, Any]]:
    """Yield the range of a lane; one that is open at an end goes on to the end of the axis."""
    if lane.ends and lane.ends[0] != lane.ends[2]:
        first, last = place.across(lane.ends[0]), place.across(lane.ends[2], place.wide)
        yield {"x": first, "x2": last, "y": y, "y2": y, "colour": place.style.theme.bar}


def _point(place: _Place, line: Line, lane: Lane, y: float) -> Iterator[dict[str, Any]]:
    if lane.ends and lane.ends[1] is not None:
        colour = place.style.theme.bar
        name = place.found.names[lane.chip]
        says = f"{line.label}: {lane.figure}, {lane.says} ({place.found.names[0]}: {line.base})"
        yield {
            "x": place.across(lane.ends[1]), "y": y, "shape": SHAPES[(lane.chip - 1) % len(SHAPES)],
            "stroke": colour, "fill": colour, "size": 55,
            "name": name, "says": says, "about": f"{name}: {says}",
        }  # fmt: skip
