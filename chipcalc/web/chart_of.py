"""Pictures on a page: drawn once for a day and its chips, in the colours of the style sheet."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from chipcalc.api.chip import described
from chipcalc.charts.chart import Chart
from chipcalc.charts.red_lines_values import RedLines, gathered, red_lines
from chipcalc.charts.rendering import can_render, drawn, svg
from chipcalc.charts.style import Style
from chipcalc.check.result import Checked
from chipcalc.web.library import Library
from chipcalc.web.marks import theme

WIDE, NARROW = 800, 358
_PAGE = 1120  # pixels of a picture that is as wide as a page
_YIELD = 0.0002  # seconds in which another thread can take the lock
_PLACE = re.compile(r'<a xlink:href="/chip/([a-z0-9.-]+)">')
_ROOT = re.compile(r"<svg [^>]*?viewBox=\"([^\"]*)\">")
_PAPER = re.compile(r'(<svg [^>]*>)<rect width="\d+" height="\d+" fill="var\(--paper\)"/>')


class Picture(NamedTuple):
    """A picture, wide and narrow, with its title, what it says, and the same as values."""

    title: str
    says: tuple[str, ...]
    wide: str
    narrow: str
    found: RedLines
    chart: Chart


def checks(library: Library, day: datetime.date) -> tuple[Checked, ...]:
    """Return every chip as the rules of a day have it, once for all days with the same texts.

    What readers ask meanwhile is answered in between.
    """
    rules = library.rules(day).of_items
    key = ("checks", *((each.id, each.number) for each in rules.asked))
    if not library.has(key):
        found = []
        for chip in library.chips:
            with library.lock:
                item = described(chip, library.store.vocabulary)
                found.append(rules.check(item.evaluator, item.circumstances))
            time.sleep(_YIELD)
        return library.kept(key, lambda: tuple(found))
    return library.kept(key, tuple)


def picture(library: Library, day: datetime.date, named: Sequence[str]) -> Picture:
    """Return the map of a day, on which the named chips come first."""
    rules = library.rules(day).of_items
    found = checks(library, day)

    def made() -> Picture:
        chart = red_lines(rules, found, named=named, address=lambda chip: f"/chip/{chip}")
        wide, narrow = (_drawn(chart, width) for width in (WIDE, NARROW))
        values = gathered(rules, found, named, lambda _: "")
        return Picture(chart.title, chart.says, wide, narrow, values, chart)

    return library.kept(("picture", day, tuple(sorted(named))), made)


def _drawn(chart: Chart, width: int) -> str:
    if not can_render():
        return ""
    return drawn(chart, Style(theme(), width, bare=True))


def placed(
    drawing: str, kind: str, title: str, to: Callable[[str], str], chosen: Collection[str]
) -> Markup:
    """Return a drawing for a page: its marks lead where `to` says, and it has a name.

    Only the marks of chosen chips take the keyboard's focus; all others are in the table.
    """

    def led(found: re.Match[str]) -> str:
        chip = found.group(1)
        focus = "" if chip in chosen else ' tabindex="-1"'
        return f'<a href="{escape(to(chip))}" data-chip="{chip}"{focus}>'

    named = f'<svg class="{kind}" viewBox="\\1" role="group" aria-label="{escape(title)}">'
    text = _PAPER.sub(r"\1", drawing, count=1)
    text = _ROOT.sub(named, text, count=1)
    return Markup(_PLACE.sub(led, text))  # noqa: S704 what stands in it was escaped by its maker


class Drawing(NamedTuple):
    """A picture of an answer, wide and narrow, with its title and what it says."""

    title: str
    says: tuple[str, ...]
    wide: Markup
    narrow: Markup


def drawing(chart: Chart) -> Drawing | None:
    """Return a picture with its legend, for a page; None where nothing can draw."""
    if not can_render():
        return None
    wide, narrow = (
        placed(drawn(chart, Style(theme(), width, titled=False)), kind, chart.title, str, ())
        for kind, width in (("wide", _PAGE), ("narrow", NARROW))
    )
    return Drawing(chart.title, chart.says, wide, narrow)


def as_file(found: Picture) -> str:
    """Return the map as a picture of its own, with its title and its sentences."""
    return svg(found.chart)
