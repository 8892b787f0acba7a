"""What the law called chips, as bands from one version of the rules to the next."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from chipcalc.charts import frame, marks
from chipcalc.charts.chart import Chart
from chipcalc.charts.classes import OPEN, OUTSIDE, Legend, class_of, controls
from chipcalc.charts.marks import Layer
from chipcalc.charts.style import Style
from chipcalc.charts.text import width
from chipcalc.check.result import Classed
from chipcalc.check.timeline import Moment
from chipcalc.errors import join_words
from chipcalc.words.timeline import answers, screened

KIND = "timeline"
NO_RULE = "no rule"
_SAYS = (
    "Each band is what the rules of its days called the chip by its figures. A line stands where a"
    " new version began that changed it for a chip shown."
)
_BAND = 22  # pixels
_AFTER = 0.06  # of all days, as much as the last band is drawn beyond its beginning, at least


class Band(NamedTuple):
    """What the law called a chip from one day on, until another; the last one has no end."""

    begins: datetime.date
    until: datetime.date | None
    drawn_as: str
    says: str


class Course(NamedTuple):
    """A chip through the days."""

    chip: str
    name: str
    bands: tuple[Band, ...]
    address: str = ""


class Bands(NamedTuple):
    """All that the picture shows; `first` is where it begins, a while before the first rule."""

    courses: tuple[Course, ...]
    legend: Legend
    first: datetime.date
    last: datetime.date
    title: str


def timeline(moments: Sequence[Moment], *, address: Callable[[str], str] = lambda _: "") -> Chart:
    """Return what the law called chips, as they were checked on each day on which rules changed."""
    found = gathered(moments, address)
    rows = tuple(
        (
            each.name,
            band.begins.isoformat(),
            band.until.isoformat() if band.until else "",
            band.says,
        )
        for each in found.courses
        for band in each.bands
    )
    columns = ("Chip", "From", "Until", "Called")
    return Chart(KIND, found.title, (_SAYS,), columns, rows, partial(draw, found))


def gathered(moments: Sequence[Moment], address: Callable[[str], str]) -> Bands:
    """Return all that the picture shows."""
    words = answers(moments)
    courses = []
    for place, one in enumerate(moments[0].checked):
        said = []
        for number, moment in enumerate(moments):
            checked = moment.checked[place]
            ruled = checked.classed is not Classed.no_rule
            name = class_of(checked) if ruled else NO_RULE
            until = moments[number + 1].day if number + 1 < len(moments) else None
            shown = screened(words[place][number], checked) if ruled else words[place][number]
            said.append(Band(moment.day, until, name, shown))
        chip = one.sheet.id
        courses.append(Course(chip, one.sheet.name, tuple(_joined(said)), address(chip)))
    used = {band.drawn_as for each in courses for band in each.bands}
    versions = [e for moment in moments for c in moment.checked for e in c.case.provisions.values()]
    known = dict.fromkeys(each.rule.paragraph for each in controls(versions))
    names = [each.name for each in courses]
    title = f"What the law called {join_words(names[:3])}"
    if len(names) > 3:
        title = f"What the law called {len(names)} chips"
    legend = Legend(tuple(each for each in known if each in used))
    span = moments[-1].day - moments[0].day
    first = moments[0].day - span * 0.03
    return Bands(tuple(courses), legend, first, moments[-1].day + span * _AFTER, title)


def _joined(bands: Sequence[Band]) -> Iterator[Band]:
    """Yield bands that follow one another and say the same as one."""
    for _, same in groupby(bands, key=lambda each: each[2:]):
        found = list(same)
        yield found[0]._replace(until=found[-1].until)


class _Place(NamedTuple):
    """Where things are: how much stands to the left, the width of the plot, and its days."""

    found: Bands
    style: Style
    left: int
    wide: int

    @property
    def step(self) -> int:
        """The pixels from one chip to the next; on a phone its name stands above its band."""
        return _BAND + (self.style.size + 12 if self.style.narrow else 8)

    def across(self, day: datetime.date | None) -> float:
        """Return the pixel of a day."""
        if day is None:
            return self.wide
        return (day - self.found.first) / (self.found.last - self.found.first) * self.wide

    def down(self, number: int) -> float:
        """Return where the band of a chip begins."""
        return number * self.step + (self.style.size + 8 if self.style.narrow else 4)


def draw(found: Bands, style: Style) -> dict[str, Any]:
    """Return the specification of the picture in a style."""
    longest = max(width(each.name, style.size, bold=True) for each in found.courses)
    left = 4 if style.narrow else min(round(longest) + 14, style.width // 3)
    place = _Place(found, style, left, frame.plot_width(style, left))
    high = place.step * len(found.courses) + 4
    layers = [*_days(place, high), *_bands(place), *_names(place)]
    plot = {"width": place.wide, "height": high, "view": {"stroke": None}, "layer": layers}
    theme = style.theme
    entries = [
        frame.Entry(found.legend.said(name), look.shape, look.colour, dashed=name == OPEN)
        for name in (*found.legend.controls, OUTSIDE, OPEN)
        if name in {band.drawn_as for each in found.courses for band in each.bands}
        for look in (found.legend.look(name, theme),)
    ]
    return frame.framed([plot], style, found.title, (_SAYS,), entries, left)


def _bands(place: _Place) -> list[Layer]:
    theme, size = place.style.theme, place.style.size
    rows, texts, symbols = [], [], []
    for number, each in enumerate(place.found.courses):
        top = place.down(number)
        for band in each.bands:
            first = max(place.across(band.begins), 0) if band is not each.bands[0] else 0.0
            last = place.across(band.until)
            look = place.found.legend.look(band.drawn_as, theme)
            plain = band.drawn_as == NO_RULE
            ends: dict[str, Any] = {"x": first, "x2": last, "y": top, "y2": top + _BAND}
            about = f"{each.name}, {band.begins} to {band.until or 'now'}: {band.says}"
            told = {"name": each.name, "says": about.partition(": ")[2], "about": about}
            colour = theme.paper if plain else look.tint
            rows.append({**ends, **told, "href": each.address, "colour": colour})
            at_y = top + _BAND / 2
            if not plain and last - first > 22:
                hollow = band.drawn_as == OPEN
                fill = theme.paper if hollow else look.colour
                mark = {"shape": look.shape, "stroke": look.colour, "fill": fill, "size": 60}
                symbols.append({"x": first + 11, "y": at_y, **mark})
            indent = 6 if plain else 21
            if width(band.says, size) + indent + 4 <= last - first:
                ink = theme.second if plain else look.colour
                text = {"text": band.says, "colour": ink, "bold": not plain}
                texts.append({"x": first + indent, "y": at_y, **text})
    found = [marks.rectangles(rows, told=True)]
    for dashed in (True, False):
        same = [each for each in symbols if (each["fill"] == theme.paper) is dashed]
        found += [marks.points(same, dashed=dashed, told=False)] if same else []
    return [*found, marks.words(texts, size)] if texts else found


def _days(place: _Place, high: float) -> list[Layer]:
    """Return the days on which something changed for a chip shown, and the years below."""
    theme, size = place.style.theme, place.style.size
    days = sorted({b.begins for each in place.found.courses for b in each.bands[1:]})
    lines, texts = [], []
    ends: list[float] = []
    for day in days:
        x, text = place.across(day), day.isoformat()
        wide = width(text, size, bold=True)
        left = min(max(x - wide / 2, -place.left), place.wide - wide)
        row = next((n for n, end in enumerate(ends) if end < left), len(ends))
        ends[row : row + 1] = [left + wide + 8]
        top = -size * (1 + 1.3 * row)
        foot = -2 if place.style.narrow else high  # there the names stand between the bands
        lines.append({"x": x, "x2": x, "y": top + size * 0.6, "y2": foot, "colour": theme.second})
        texts.append({"x": left, "y": top, "text": text, "bold": True, "colour": theme.ink})
    years = range(place.found.first.year + 1, place.found.last.year + 1)
    every = -(-len(years) * 40 // place.wide)
    for year in years[::every]:
        x = place.across(datetime.date(year, 1, 1))
        lines.append({"x": x, "x2": x, "y": high, "y2": high + 5, "colour": theme.hairline})
        texts.append(
            {"x": x, "y": high + 6 + size * 0.7, "text": str(year), "align": "center",
             "colour": theme.second}
        )  # fmt: skip
    lines.append({"x": 0, "x2": place.wide, "y": high, "y2": high, "colour": theme.hairline})
    return [marks.segments(lines), marks.words(texts, size)]


def _names(place: _Place) -> list[Layer]:
    theme, size = place.style.theme, place.style.size
    rows = []
    for number, each in enumerate(place.found.courses):
        top = place.down(number)
        y = top - size * 0.8 if place.style.narrow else top + _BAND / 2
        rows.append(
            {"x": -place.left + 2, "y": y, "text": each.name, "bold": True, "colour": theme.ink}
        )
    return [marks.words(rows, size)]
