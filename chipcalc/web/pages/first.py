"""The first page: chips against the lines of a day, and the card of one of them."""

from __future__ import annotations

import datetime
from collections import Counter
from contextlib import suppress
from typing import Any, NamedTuple

from markupsafe import Markup

from chipcalc.charts.classes import OPEN, OUTSIDE
from chipcalc.charts.red_lines_values import Dot, RedLines
from chipcalc.errors import ChipcalcError
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.web import chart_of, marks
from chipcalc.web.address import Address
from chipcalc.web.card import card
from chipcalc.web.chart_of import Picture
from chipcalc.web.library import Chosen, Library
from chipcalc.web.marks import Mark
from chipcalc.web.page import Page
from chipcalc.web.stops import Stop, at, stops
from chipcalc.words.commands import written
from chipcalc.words.line import block
from chipcalc.words.names import namings

_NAMED = 3


class Tag(NamedTuple):
    """A chip on the list: what it is called, and its mark on the day."""

    id: str
    name: str
    short: str
    mark: Mark


class Turn(NamedTuple):
    """What the lines of a day changed: how many chips are in that were out, some by their names."""

    day: datetime.date
    number: int
    names: tuple[str, ...]


def page(library: Library, address: Address) -> Page:
    """Return the map of a day with the chips that are chosen, and the card of one."""
    today = library.day("")
    day = library.day(address.first("as_of"))
    chosen = _chosen(library, address)
    found = chart_of.picture(library, day, chosen.ids)
    on = library.choose(address.all("on")[:1]).ids[:1] or chosen.ids[:1]
    rules = library.rules(day)
    paragraphs = found.found.legend.controls
    every = library.kept(("stops", today), lambda: stops(library.rules(today), today))
    stop = at(every, day)
    tags = _tags(library, chosen, day)
    values = {
        "as_of": day,
        "asked_day": address.first("as_of"),
        "ids": list(chosen.ids),
        "on": on[0] if on else "",
        "tags": tags,
        "stops": every,
        "stop": stop,
        "today": today,
        "counts": counts(found.found),
        "turn": _turn(library, every, stop, chosen),
        "says": found.says,
        "legend": _legend(found.found),
        "usual": found.found.usual,
        "dots": [(each, _mark(each, paragraphs)) for each in found.found.dots],
        "columns": found.chart.columns,
        "card": None,
        "problems": chosen.problems,
        "notices": chosen.notices,
        "drawings": (found.wide, found.narrow),
        "placed": _placed,
    }
    if on:
        chip = library.db[on[0]]
        check = library.kept(("check", chip.id, day), lambda: rules.check(chip))
        values["card"] = card(check, library.store, marks.of_rules(rules))
    said = [each for each in ("--as-of", address.first("as_of")) if address.first("as_of")]
    command = written("chart", "red-lines", *chosen.ids, *said, "-o", "map.svg")
    return Page(
        "map.html",
        found.title,
        values,
        _report(found),
        command,
        lambda: chart_of.as_file(found),
    )


def prepare(library: Library, address: Address) -> None:
    """Check all chips before the page is made, so that other pages are made in between."""
    with suppress(ChipcalcError):
        chart_of.checks(library, library.day(address.first("as_of")))


def _chosen(library: Library, address: Address) -> Chosen:
    """Return the chips that are asked for; those chosen at first where none is said."""
    if address.has("chip"):
        return library.choose(address.all("chip"))
    return library.choose(library.settings.chips)


def _placed(drawing: str, kind: str, title: str, to: Any, chosen: Any) -> Markup:
    return chart_of.placed(drawing, kind, title, to, chosen)


def counts(found: RedLines) -> list[tuple[int, Mark]]:
    """Return how many chips are in each class, in the order of the paragraphs."""
    controls = found.legend.controls
    number = Counter(each.drawn_as for each in found.dots)
    names = [*controls, *(each for each in number if each not in (*controls, OUTSIDE, OPEN))]
    return [
        (
            number[name],
            Mark(
                found.legend.said(name),
                marks.kind_of(name, controls),
                "" if name in (OUTSIDE, OPEN) else name,
            ),
        )
        for name in (*names, OUTSIDE, OPEN)
        if number[name]
    ]


def _legend(found: RedLines) -> list[Mark]:
    names = (*found.legend.controls, OUTSIDE, OPEN)
    controls = found.legend.controls
    return [Mark(found.legend.said(each), marks.kind_of(each, controls)) for each in names]


def _mark(dot: Dot, paragraphs: tuple[str, ...]) -> Mark:
    return Mark(dot.says, marks.kind_of(dot.drawn_as, paragraphs))


def _tags(library: Library, chosen: Chosen, day: datetime.date) -> list[Tag]:
    paragraphs = marks.of_rules(library.rules(day))
    checked = {each.sheet.id: each for each in chart_of.checks(library, day)}
    names = namings([each.sheet for each in chosen.chips])
    return [
        Tag(chip.id, chip.name, name.short, marks.mark(checked[chip.id], paragraphs))
        for chip, name in zip(chosen.chips, names, strict=True)
    ]


def _turn(
    library: Library, every: tuple[Stop, ...], stop: Stop | None, chosen: Chosen
) -> Turn | None:
    """Return what the lines of a stop changed against the one before it."""
    if stop is None or stop.first:
        return None
    before = every[every.index(stop) - 1]
    if before.first:
        return None
    dots = {}
    for each in (before, stop):
        dots[each.day] = chart_of.picture(library, each.day, chosen.ids).found
    was = {each.chip: each.drawn_as for each in dots[before.day].dots}
    controls = dots[stop.day].legend.controls
    taken = [
        each
        for each in dots[stop.day].dots
        if each.drawn_as in controls and was.get(each.chip) == OUTSIDE
    ]
    return (
        Turn(stop.day, len(taken), tuple(each.name for each in taken[:_NAMED])) if taken else None
    )


def _report(found: Picture) -> Report:
    """Return the table of the map as a report, which can be taken away."""
    names = ("chip", "x", "y", "market", "class")
    records = [dict(zip(names, each, strict=True)) for each in found.chart.rows]
    columns = tuple(
        Column(each, name="chip" if not n else "") for n, each in enumerate(found.chart.columns)
    )
    rows = tuple(Row(tuple(cell(each) for each in row)) for row in found.chart.rows)
    return Report(
        lambda: found.chart.specification,
        lambda: records,
        block(found.title, *found.says),
        (Grid(columns, rows, "chips"),),
    )
