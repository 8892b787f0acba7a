"""A metric over launch dates by vendor, with the lines of the law from their day on."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from math import log10
from typing import Any, NamedTuple

from chipcalc.charts import frame, marks
from chipcalc.charts.chart import Chart
from chipcalc.charts.classes import Legend
from chipcalc.charts.labels import Box, Wanted, label_layers, place, point_box
from chipcalc.charts.limits import box_of, free_place
from chipcalc.charts.marks import Layer
from chipcalc.charts.regions import ever_about
from chipcalc.charts.style import Style
from chipcalc.check.day import DayRules
from chipcalc.errors import error
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.texts import comparisons
from chipcalc.values import numbers
from chipcalc.vocabulary.expressions import NONE
from chipcalc.words import labels

KIND = "launches"
_SHAPES = ("triangle-up", "square", "diamond", "cross", "triangle-down", "circle")
_DAY = datetime.timedelta(days=1)


class Launch(NamedTuple):
    """A chip: from when to when it may have been launched, and its figure."""

    chip: str
    name: str
    vendor: str
    first: datetime.date
    last: datetime.date
    value: tuple[float, float, float]
    says: tuple[str, str]
    named: bool
    address: str


class Limit(NamedTuple):
    """A line of the law: from its day on, until it ended; `of` are the paragraphs that draw it."""

    value: float
    begins: datetime.date
    until: datetime.date | None
    of: tuple[str, ...]
    says: str


class Launches(NamedTuple):
    """All that the picture shows; vendors with many chips have a mark of their own."""

    launches: tuple[Launch, ...]
    limits: tuple[Limit, ...]
    vendors: tuple[str, ...]
    legend: Legend
    title: str
    axis: str
    says: tuple[str, ...]


def launches(
    rules: DayRules,
    chips: Sequence[Evaluator],
    metric: str,
    *,
    named: Collection[str] = (),
    address: Callable[[str], str] = lambda _: "",
) -> Chart:
    """Return a metric of chips over their launch dates, with the lines that rules draw to it.

    Raises ChipcalcError for a metric that there is none of, or that no dated chip has.
    """
    found = gathered(rules, chips, metric, named, address)
    columns = ("Chip", "Vendor", "Launched", found.axis)
    rows = tuple((each.name, each.vendor, *each.says) for each in found.launches)
    return Chart(KIND, found.title, found.says, columns, rows, partial(draw, found))


def gathered(
    rules: DayRules,
    chips: Sequence[Evaluator],
    metric: str,
    named: Collection[str],
    address: Callable[[str], str],
) -> Launches:
    """Return all that the picture shows."""
    definition = rules.vocabulary.metric(metric)
    unit = rules.vocabulary.unit(metric, NONE)
    found, undated, without = [], 0, 0
    for each in chips:
        answer, sheet = each.figure(metric), each.sheet
        fits = isinstance(answer, Figure) and answer.value.unit.dimension == unit.dimension
        if not isinstance(answer, Figure) or not fits or answer.value.base.low <= 0:
            without += 1
        elif not sheet.chip.launched:
            undated += 1
        else:
            when = sheet.chip.launched
            amount = answer.value.to(unit).amount
            ends = (float(amount.low), float(amount.best), float(amount.high))
            says = (str(when), labels.short(answer))
            vendor = labels.vendor(sheet.chip.vendor, rules.vocabulary)
            found.append(
                Launch(sheet.id, sheet.name, vendor, when.first, when.last, ends, says,
                       sheet.id in named, address(sheet.id))
            )  # fmt: skip
    if not found:
        raise error(f"no chip with a launch date has a known '{metric}'", "name another metric")
    found.sort(key=lambda each: (not each.named, each.first, each.name))
    counted = [
        name for name, number in Counter(e.vendor for e in found).most_common() if number > 1
    ]
    lines, legend = _limits(rules, metric)
    shown = labels.unit_text((metric, frozenset()), unit, rules.vocabulary)
    note = (
        f"{len(found)} of {len(chips)} chips; {without} have no figure, {undated} no launch date."
    )
    drawn = "A level bar is a launch known to the month or year; an upright one is a range."
    return Launches(
        tuple(found), lines, tuple(counted[: len(_SHAPES) - 1]), legend,
        f"{definition.label} over launch dates", f"{definition.label}, {shown}", (note, drawn),
    )  # fmt: skip


def _limits(rules: DayRules, metric: str) -> tuple[tuple[Limit, ...], Legend]:
    """Return the lines that paragraphs of any day draw to a metric, equal ones as one."""
    unit = rules.vocabulary.unit(metric, NONE)
    texts = ever_about(rules, (metric, metric))
    same: dict[tuple[Any, ...], list[str]] = {}
    for each in texts:
        for node in comparisons([each.criterion], rules.provisions):
            if isinstance(node, Threshold) and node.of.name == metric:
                value = node.limit.to(unit).amount.best
                key = (value, each.version.begins, each.until())
                same.setdefault(key, []).append(each.rule.paragraph)
    legend = Legend(tuple(dict.fromkeys(each.rule.paragraph for each in texts)))
    return tuple(
        Limit(
            float(value), begins, until, tuple(dict.fromkeys(names)),
            f"{', '.join(dict.fromkeys(names))}: {numbers.amount(value, numbers.STATED_DIGITS)}",
        )
        for (value, begins, until), names in same.items()
    ), legend  # fmt: skip


class _Place(NamedTuple):
    """Where things are: the days across, and the amounts down on a log scale."""

    found: Launches
    style: Style
    first: datetime.date
    last: datetime.date
    low: float
    high: float
    wide: float
    down: float

    def x(self, day: datetime.date | None) -> float:
        if day is None:
            return self.wide
        share = (day - self.first) / (self.last - self.first)
        return min(max(share, 0), 1) * self.wide

    def y(self, value: float) -> float:
        return self.down * (1 - log10(value / self.low) / log10(self.high / self.low))


def draw(found: Launches, style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    wide = frame.plot_width(style)
    values = [end for each in found.launches for end in each.value]
    values += [each.value for each in found.limits]
    place_of = _Place(
        found, style,
        min(each.first for each in found.launches) - 60 * _DAY,
        max(each.last for each in found.launches) + 150 * _DAY,
        min(values) / 1.4, max(values) * 1.5, wide, round(wide * (1.1 if style.narrow else 0.52)),
    )  # fmt: skip
    lines, numbers_at = _lines(place_of)
    above = [marks.words(numbers_at, style.size)] if numbers_at else []
    part = {
        "width": wide,
        "height": place_of.down,
        "layer": [*_axes(place_of), *lines, *_points(place_of, numbers_at), *above],
    }
    entries = [frame.Entry(name, _shape(found, name), style.theme.bar) for name in found.vendors]
    entries.append(frame.Entry("other vendors", "circle", style.theme.bar, hollow=True))
    return frame.framed([part], style, found.title, found.says, entries)


def _shape(found: Launches, vendor: str) -> str:
    return _SHAPES[found.vendors.index(vendor)] if vendor in found.vendors else "circle"


def _axes(place: _Place) -> list[Layer]:
    theme, size = place.style.theme, place.style.size
    lines, texts = [], []
    years = range(place.first.year + 1, place.last.year + 1)
    every = -(-len(years) * 44 // int(place.wide))
    for year in years[::every]:
        x = place.x(datetime.date(year, 1, 1))
        lines.append({"x": x, "x2": x, "y": 0.0, "y2": place.down, "colour": theme.hairline})
        texts.append({"x": x, "y": place.down + size, "text": str(year), "align": "center"})
    powers = range(int(log10(place.low)) - 3, int(log10(place.high)) + 1)
    steps = (1,) if place.high / place.low > 500 else (1, 2, 5)
    for value in (step * 10.0**power for power in powers for step in steps):
        if place.low <= value <= place.high:
            y = place.y(value)
            lines.append({"x": 0.0, "x2": -5.0, "y": y, "y2": y, "colour": theme.hairline})
            texts.append({"x": -8, "y": y, "text": f"{value:,g}", "align": "right"})
    coloured = [{**each, "colour": theme.second} for each in texts]
    title = {"x": -frame.LEFT + 4, "y": -size, "text": place.found.axis, "bold": True}
    return [
        marks.segments(lines, opacity=0.5),
        marks.words([*coloured, {**title, "colour": theme.ink}], size),
    ]


def _lines(place: _Place) -> tuple[list[Layer], list[dict[str, Any]]]:
    """Return the lines of the law as layers, and their numbers as texts."""
    theme, size = place.style.theme, place.style.size
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    points = [
        point_box((place.x(e.first) + place.x(e.last)) / 2, place.y(e.value[1]))
        for e in place.found.launches
    ]
    for each in place.found.limits:
        y, colour = place.y(each.value), place.found.legend.look(each.of[0], theme).colour
        first, last = place.x(each.begins), place.x(each.until)
        if last <= first:
            continue
        rows.append({"x": first, "x2": last, "y": y, "y2": y, "colour": colour})
        if each.until and any(e.value == each.value and not e.until for e in place.found.limits):
            continue  # the line that goes on has the number
        beside = {"text": each.says, "bold": True, "colour": colour, "align": "right"}
        candidates = [
            {**beside, "x": last - 4 - step, "y": y + side * size * 0.8}
            for step in range(0, max(int(last - first) - 60, 1), 12)
            for side in (-1, 1)
        ]
        taken = [*points, *(box_of(other, size) for other in texts)]
        texts.append(free_place(candidates, size, taken))
    found = [marks.segments(rows, thick=1.4, dash=(6, 4))] if rows else []
    return found, texts


def _points(place_of: _Place, texts: Sequence[dict[str, Any]]) -> Iterator[Layer]:
    """Yield the chips with their bars, and as many labels as find room."""
    theme, size = place_of.style.theme, place_of.style.size
    rows, bars, wanted = [], [], []
    for each in place_of.found.launches:
        first, last = place_of.x(each.first), place_of.x(each.last)
        x, y = (first + last) / 2, place_of.y(each.value[1])
        if last - first > 3:
            bars.append({"x": first, "x2": last, "y": y, "y2": y, "colour": theme.bar})
        if each.value[0] < each.value[2]:
            ends = {"y": place_of.y(each.value[0]), "y2": place_of.y(each.value[2])}
            bars.append({"x": x, "x2": x, **ends, "colour": theme.bar})
        own = each.vendor in place_of.found.vendors
        says = f"{each.vendor}, {each.says[0]}: {each.says[1]}"
        rows.append(
            {
                "x": x, "y": y, "shape": _shape(place_of.found, each.vendor), "stroke": theme.bar,
                "fill": theme.bar if own else theme.paper, "size": 85 if each.named else 42,
                "name": each.name, "says": says, "about": f"{each.name}: {says}",
                "href": each.address,
            }
        )  # fmt: skip
        wanted.append(Wanted(each.name.split(" (")[0], x, y, each.named))
    if bars:
        yield marks.segments(bars, opacity=0.35)
    yield marks.points(rows)
    room = Box(2, 2, place_of.wide - 2, place_of.down - 2)
    taken = [box_of(each, size) for each in texts]
    at = [(each.x, each.y) for each in wanted]
    yield from label_layers(place(wanted, size - 1, room, at, taken), place_of.style)
