"""How far chips are from every line of the law, as signed bars from the line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from chipcalc.charts import frame, marks
from chipcalc.charts.chart import Chart
from chipcalc.charts.marks import Layer
from chipcalc.charts.style import Style
from chipcalc.charts.text import width
from chipcalc.check.headroom import Level, distances, levels
from chipcalc.check.result import Checked
from chipcalc.contract.check import margin
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure
from chipcalc.values import numbers
from chipcalc.words import headroom as words
from chipcalc.words import labels

KIND = "headroom"
_LANE, _HEAD = 20, 26  # pixels
_SAYS = (
    "Zero is the line; a bar goes to the figure, as a share of the line. Left of it the figure"
    " lies below, right of it on or above. The pale end of a bar is a range, where sources"
    " conflict."
)
_FURTHEST = 2.0  # of a line: what is further off is cut off, and its number says how far


class Bar(NamedTuple):
    """A figure beside a line: shares of the line as ends, None where it is not known."""

    metric: str
    limit: str
    place: str
    figure: str
    says: str
    ends: tuple[float, float, float] | None


class Chip(NamedTuple):
    """A chip with its distance to every line."""

    name: str
    bars: tuple[Bar, ...]


class Distances(NamedTuple):
    """All that the picture shows."""

    chips: tuple[Chip, ...]
    title: str
    says: tuple[str, ...]


def headroom(found: Sequence[Checked]) -> Chart:
    """Return how far chips are from every line by which items are classified or controlled."""
    shown = gathered(found)
    rows = tuple(
        (chip.name, bar.metric, bar.figure, bar.limit, bar.place, bar.says)
        for chip in shown.chips
        for bar in chip.bars
    )
    columns = ("Chip", "Metric", "Figure", "Line", "Of", "Distance")
    return Chart(KIND, shown.title, shown.says, columns, rows, partial(draw, shown))


def gathered(found: Sequence[Checked]) -> Distances:
    """Return all that the picture shows."""
    chips = []
    for checked in found:
        asked = [each for each in levels(distances(checked)) if each.classifies]
        chips.append(Chip(checked.sheet.name, tuple(_bar(each, checked) for each in asked)))
    names = [each.name for each in chips]
    whose = join_words(names) if len(names) <= 3 else f"{len(names)} chips"
    title = f"How far {whose} {'is' if len(names) == 1 else 'are'} from every line, {found[0].day}"
    return Distances(tuple(chips), title, (_SAYS,))


def _bar(level: Level, checked: Checked) -> Bar:
    vocabulary = checked.case.evaluator.vocabulary
    node = level.uses[0].node
    told = margin(level.value, node)
    ends = (told["margin_low"], told["margin"], told["margin_high"])
    limit = level.limit.amount.best
    answer = level.uses[0].answer
    known = level.value is not None and None not in ends
    says = (
        f"{words.margin(level.value, limit)} %" if level.value and known else labels.short(answer)
    )
    if not known and isinstance(answer, Figure):
        says = "no share"
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    return Bar(
        labels.brief(level.metric, vocabulary),
        f"{numbers.amount(limit, numbers.STATED_DIGITS)} {unit}".rstrip(),
        words.first_place(level),
        labels.short(answer),
        says,
        (float(ends[0]), float(ends[1]), float(ends[2])) if known else None,
    )


class _Place(NamedTuple):
    """Where things are: the margin, the plot, and the furthest shares that are drawn."""

    found: Distances
    style: Style
    left: int
    wide: float
    low: float
    high: float

    def across(self, share: float) -> float:
        """Return the pixel of a share of the line, no further than the axis."""
        share = min(max(share, self.low), self.high)
        return (share - self.low) / (self.high - self.low) * self.wide


def draw(found: Distances, style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    size = style.size
    bars = [bar for chip in found.chips for bar in chip.bars]
    longest = max((width(_label(each), size) for each in bars), default=0)
    left = 8 if style.narrow else min(round(longest) + 16, style.width // 2)
    said = max((width(each.says, size) for each in bars), default=0)
    wide = frame.plot_width(style, left) - said - 12
    ends = [end for each in bars for end in each.ends or ()]
    high = min(max([0.5, *ends]) * 1.05, _FURTHEST)
    place = _Place(found, style, left, wide, -1.0, high)
    layers, down, rooms = _rows(place)
    axis = _axis(place, rooms if style.narrow else [(0.0, down)])
    plot = frame.blank(down, frame.plot_width(style, left), [*axis, *layers])
    return frame.framed([plot], style, found.title, found.says, (), left)


def _label(bar: Bar) -> str:
    return f"{bar.metric} {bar.limit}: {bar.place}"


def _axis(place: _Place, rooms: Sequence[tuple[float, float]]) -> list[Layer]:
    theme, size = place.style.theme, place.style.size
    step = 0.5 if not place.style.narrow else 1.0
    ticks = [-1 + step * n for n in range(int((place.high + 1) / step) + 1)]
    lines, texts = [], []
    for each in ticks:
        x = place.across(each)
        colour = theme.ink if not each else theme.hairline
        lines.append((x, colour))
        text = f"{each:+.0%}".replace("-", "−").replace("%", " %") if each else "the line"
        align = "left" if each == -1 else "center"
        texts.append(
            {"x": x, "y": -size, "text": text, "bold": not each, "align": align,
             "colour": theme.second if each else theme.ink}
        )  # fmt: skip
    return [marks.grid(lines, rooms), marks.words(texts, size)]


def _rows(place: _Place) -> tuple[list[Layer], float, list[tuple[float, float]]]:
    """Return the chips with their bars as layers, where they end, and where the bars are."""
    theme, size = place.style.theme, place.style.size
    texts, notes, points, rooms = [], [], [], []
    bars: list[dict[str, Any]] = []
    ranges: list[dict[str, Any]] = []
    y = 4.0
    for chip in place.found.chips:
        head = {"x": -place.left + 2, "y": y + _HEAD * 0.5, "text": chip.name, "bold": True}
        texts.append({**head, "colour": theme.ink})
        y += _HEAD
        for bar in chip.bars:
            if place.style.narrow:
                label = {"x": -place.left + 2, "y": y + size * 0.6, "text": _label(bar)}
                texts.append({**label, "colour": theme.ink})
                y += size * 1.3
            at_y = y + _LANE / 2
            if not place.style.narrow:
                label = {"x": -place.left + 2, "y": at_y, "text": _label(bar)}
                texts.append({**label, "colour": theme.ink})
            rooms.append((y, y + _LANE))
            if bar.ends:
                solid, light = _spans(place, bar, chip.name, at_y)
                bars += solid
                ranges += light
                if bar.ends[1] > place.high:
                    mark = {"shape": "triangle-right", "stroke": theme.bar, "fill": theme.bar}
                    points.append({"x": place.wide, "y": at_y, "size": 110, **mark})
            ink = theme.ink if bar.ends else theme.second
            notes.append({"x": place.wide + 12, "y": at_y, "text": bar.says, "colour": ink})
            y += _LANE
        y += 8
    found = [marks.rectangles(bars, told=True)] if bars else []
    found += [marks.rectangles(ranges, told=True, opacity=0.45)] if ranges else []
    found += [marks.points(points, told=False)] if points else []
    return [*found, marks.words([*texts, *notes], size)], y, rooms


def _spans(
    place: _Place, bar: Bar, name: str, y: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what a figure reaches for certain, from the line on, and its range beyond that."""
    low, _, high = (place.across(each) for each in bar.ends or (0.0, 0.0, 0.0))
    zero = place.across(0)
    about = f"{_label(bar)}: {bar.figure}, {bar.says}"
    told = {"name": name, "says": about, "about": f"{name}: {about}"}
    row = {"y": y - 5, "y2": y + 5, "colour": place.style.theme.bar, **told}
    near = low if low > zero else min(zero, high)
    solid = [{"x": min(zero, near), "x2": max(zero, near), **row}] if near != zero else []
    far = (near, high) if low > zero else (low, near) if high < zero else (low, high)
    return solid, [{"x": far[0], "x2": far[1], **row}] if far[0] < far[1] else []
