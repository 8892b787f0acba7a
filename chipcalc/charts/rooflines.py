"""What chips attain from memory-bound to compute-bound work, and where the lead changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise
from math import log10
from typing import Any, NamedTuple

from chipcalc.charts import frame, marks
from chipcalc.charts.chart import Chart
from chipcalc.charts.labels import Box, Wanted, label_layers, place
from chipcalc.charts.marks import Layer
from chipcalc.charts.style import Style
from chipcalc.charts.text import width
from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.roofline import crossing
from chipcalc.errors import error, join_words
from chipcalc.figures.figure import Figure
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.words import labels
from chipcalc.words.names import namings
from chipcalc.words.rows import format_label, reading

KIND = "roofline"
_RATE, _BANDWIDTH = "throughput", "memory_bandwidth"
_PALE = "Pale bands are ranges, where sources conflict."
_DASHES: Sequence[Sequence[int]] = ((), (7, 3), (2, 2), (9, 3, 2, 3), (4, 4), (1, 3))


class Roof(NamedTuple):
    """A chip's limits: its peak rate, and what its memory feeds, as low, best and high ends."""

    name: str
    peak: tuple[float, float, float]
    slope: tuple[float, float, float]
    says: tuple[str, str]

    def at(self, intensity: float, end: int = 1) -> float:
        """Return what the chip attains at an intensity: its low, best or high end."""
        return min(self.peak[end], self.slope[end] * intensity)


class Turn(NamedTuple):
    """Where the lead passes from one chip to another: the intensity, what is attained there."""

    x: float
    y: float
    says: str


class Rooflines(NamedTuple):
    """All that the picture shows, in the units that its axes name."""

    roofs: tuple[Roof, ...]
    turns: tuple[Turn, ...]
    title: str
    says: tuple[str, ...]
    axes: tuple[str, str]


def roofline(comparison: Comparison) -> Chart:
    """Return what chips attain at each arithmetic intensity, in a format that all of them offer.

    Raises ChipcalcError where there is no such format, or a bandwidth is not known.
    """
    found = gathered(comparison)
    columns = ("Chip", found.axes[1], "Memory bandwidth", "Leads")
    leads = {
        each.name: [t.says for t in found.turns if each.name in t.says] for each in found.roofs
    }
    rows = tuple((each.name, *each.says, "; ".join(leads[each.name])) for each in found.roofs)
    return Chart(KIND, found.title, found.says, columns, rows, partial(draw, found))


def gathered(comparison: Comparison) -> Rooflines:
    """Return all that the picture shows; raises ChipcalcError as `roofline` does."""
    line = _common(comparison)
    vocabulary = comparison.vocabulary
    work = vocabulary.metric(vocabulary.of_the_work()).unit
    rate = line.unit
    names = tuple(each.short for each in namings(comparison.sheets))
    roofs, lacking = [], []
    for name, evaluator, peak in zip(names, comparison.evaluators, line.answers, strict=True):
        fed = evaluator.figure(_BANDWIDTH)
        if not isinstance(peak, Figure) or not isinstance(fed, Figure):
            lacking.append(name)
            continue
        slope = fed.value.base * Interval(*(work.factor / rate.factor,) * 3)
        says = (labels.short(peak), labels.short(fed))
        roofs.append(Roof(name, _ends(peak.value.to(rate).amount), _ends(slope), says))
    if not roofs:
        raise error("no chip has a rate and a bandwidth in one format", "name others")
    turns = tuple(_turns(comparison, line, names, roofs))
    said = format_label(comparison, line)
    peak_of = ", ".join(filter(None, (said, reading(comparison))))
    notes = [f"A chip attains what its memory feeds, up to its peak rate ({peak_of}). {_PALE}"]
    if turns:
        notes.append(f"{'; '.join(each.says for each in turns)}.")
    if lacking:
        notes.append(f"Without a rate or a bandwidth: {join_words(lacking)}.")
    title = f"What memory lets through at {said}: {join_words(each.name for each in roofs)}"
    return Rooflines(
        tuple(roofs), turns, title, tuple(notes),
        (f"Operations per byte moved, {work}", f"Attainable {said}, {rate}"),
    )  # fmt: skip


def _common(comparison: Comparison) -> ComparedRow:
    """Return the row of a rate in the first format of which most chips have one."""
    rows = [each for each in comparison.lines if each.metric == _RATE]
    if not rows:
        raise error("no rate is known of these chips", "name others")
    order = [v for e in comparison.vocabulary.conditions.values() for v in e.headline]

    def rank(line: ComparedRow) -> tuple[int, int]:
        known = sum(isinstance(each, Figure) for each in line.answers)
        places = [order.index(each) for each in line.when.values() if each in order]
        return -known, min(places, default=len(order))

    return min(rows, key=rank)


def _ends(amount: Interval) -> tuple[float, float, float]:
    return float(amount.low), float(amount.best), float(amount.high)


def _turns(
    comparison: Comparison, line: ComparedRow, names: Sequence[str], roofs: Sequence[Roof]
) -> Iterator[Turn]:
    """Yield where the lead passes from one chip to another, for certain."""
    sheets = [each.sheet for each in comparison.evaluators]
    by_name = {each.name: each for each in roofs}
    for one, other in combinations(range(len(names)), 2):
        found = crossing(line, comparison.evaluators[one], comparison.evaluators[other])
        if found:
            below, above = names[sheets.index(found.below)], names[sheets.index(found.above)]
            at = found.intensity.amount
            best = float(at.best)
            says = f"{above} passes {below} at {numbers.quantity(found.intensity, 3)}"
            yield Turn(best, by_name[above].at(best), says)


class _Axis(NamedTuple):
    low: float
    high: float
    pixels: float

    def at(self, value: float) -> float:
        share = log10(max(value, self.low) / self.low) / log10(self.high / self.low)
        return min(share, 1) * self.pixels

    def ticks(self) -> list[float]:
        powers = range(int(log10(self.low)) - 1, int(log10(self.high)) + 1)
        found = [10.0**power for power in powers]
        return [each for each in found if self.low <= each <= self.high]


def draw(found: Rooflines, style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    size = style.size
    room = max(width(each.name, size, bold=True) for each in found.roofs) + 16
    plot = frame.plot_width(style)
    wide = plot - room
    high = round(wide * (1.0 if style.narrow else 0.48))
    ridges = [roof.peak[1] / roof.slope[1] for roof in found.roofs]
    x = _Axis(1.0, max([1000.0, *(each * 2 for each in ridges)]), wide)
    lowest = min(roof.at(1.0, 0) for roof in found.roofs)
    y = _Axis(lowest / 1.3, max(roof.peak[2] for roof in found.roofs) * 1.6, high)
    layers = [*_axes(found, style, x, y), *_bands(found, style, x, y)]
    layers += [*_lines(found, style, x, y), *_crossings(found, style, x, y)]
    part = {"width": plot, "height": high, "view": {"stroke": None}, "layer": layers}
    return frame.framed([part], style, found.title, found.says)


def _axes(found: Rooflines, style: Style, x: _Axis, y: _Axis) -> list[Layer]:
    theme, size = style.theme, style.size
    lines: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for each in x.ticks():
        lines.append({"x": x.at(each), "x2": x.at(each), "y": 0, "y2": y.pixels})
        texts.append(
            {"x": x.at(each), "y": y.pixels + size, "text": f"{each:,g}", "align": "center"}
        )
    for each in y.ticks():
        down = y.pixels - y.at(each)
        lines.append({"x": 0, "x2": x.pixels, "y": down, "y2": down})
        texts.append({"x": -6, "y": down, "text": f"{each:,g}", "align": "right"})
    for line in lines:
        line["colour"] = theme.hairline
    for text in texts:
        text["colour"] = theme.second
    titles = [
        {"x": -frame.LEFT + 2, "y": -size, "text": found.axes[1]},
        {"x": x.pixels, "y": y.pixels + size * 2.3, "text": found.axes[0], "align": "right"},
    ]
    heads = [{**each, "bold": True, "colour": theme.ink} for each in titles]
    return [marks.segments(lines, opacity=0.6), marks.words([*texts, *heads], size)]


def _steps(roof: Roof, x: _Axis) -> list[float]:
    """Return intensities at which a roof is drawn: the ends of the axis, and its bends."""
    bends = [roof.peak[end] / roof.slope[end] for end in range(3)]
    bends += [roof.peak[2] / roof.slope[0], roof.peak[0] / roof.slope[2]]
    return sorted({x.low, x.high, *(each for each in bends if x.low < each < x.high)})


def _bands(found: Rooflines, style: Style, x: _Axis, y: _Axis) -> Iterator[Layer]:
    for roof in found.roofs:
        if roof.peak[0] == roof.peak[2] and roof.slope[0] == roof.slope[2]:
            continue
        rows = [
            {
                "x": x.at(e),
                "y": y.pixels - y.at(roof.at(e, 0)),
                "y2": y.pixels - y.at(roof.at(e, 2)),
            }
            for e in _steps(roof, x)
        ]
        yield {
            "data": {"values": rows},
            "mark": {"type": "area", "color": style.theme.bar, "opacity": 0.18, "aria": False},
            "encoding": {
                "x": marks.pixel("x"), "y": marks.pixel("y"), "y2": {"field": "y2"},
            },
        }  # fmt: skip


def _lines(found: Rooflines, style: Style, x: _Axis, y: _Axis) -> Iterator[Layer]:
    """Yield the line of each chip in a dash of its own, and its name at the end, kept apart."""
    theme, size = style.theme, style.size
    ends: list[float] = []
    names = []
    for number, roof in sorted(enumerate(found.roofs), key=lambda each: each[1].peak[1]):
        steps = _steps(roof, x)
        pairs = [
            {
                "x": x.at(one), "y": y.pixels - y.at(roof.at(one)),
                "x2": x.at(other), "y2": y.pixels - y.at(roof.at(other)), "colour": theme.bar,
            }
            for one, other in pairwise(steps)
        ]  # fmt: skip
        yield marks.segments(pairs, thick=2.2, dash=_DASHES[number % len(_DASHES)])
        at_y = y.pixels - y.at(roof.peak[1])
        at_y = min([at_y, *(end - size * 1.3 for end in ends[-1:])])
        ends.append(at_y)
        names.append(
            {"x": x.pixels + 8, "y": at_y, "text": roof.name, "bold": True, "colour": theme.ink}
        )
    yield marks.words(names, size)


def _crossings(found: Rooflines, style: Style, x: _Axis, y: _Axis) -> list[Layer]:
    theme = style.theme
    at = [(x.at(each.x), y.pixels - y.at(each.y)) for each in found.turns if each.x >= x.low]
    if not at:
        return []
    rows = [
        {
            "x": a, "y": b, "shape": "circle", "stroke": theme.ink, "fill": theme.paper, "size": 70,
            "name": "The lead changes", "says": each.says, "about": each.says,
        }
        for (a, b), each in zip(at, found.turns, strict=False)
    ]  # fmt: skip
    wanted = [
        Wanted(each.says, a, b, bold=True) for (a, b), each in zip(at, found.turns, strict=False)
    ]
    room = Box(2, 2, x.pixels - 2, y.pixels - 2)
    lines = [box for roof in found.roofs for box in _boxes(roof, x, y)]
    placed = place(wanted, style.size - 1, room, at, lines)
    return [marks.points(rows), *label_layers(placed, style)]


def _boxes(roof: Roof, x: _Axis, y: _Axis) -> Iterator[Box]:
    """Yield the room that a roof takes, as small boxes along its line."""
    for step in range(0, int(x.pixels), 4):
        value = x.low * (x.high / x.low) ** (step / x.pixels)
        down = y.pixels - y.at(roof.at(value))
        yield Box(step, down - 2, step + 4, down + 2)
