"""Chips through the versions of the rules: the class of each, day by day."""

from __future__ import annotations

from typing import Any

from chipcalc.charts import timeline
from chipcalc.charts.rendering import svg
from chipcalc.web import chart_of
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.page import MISSING, Page
from chipcalc.web.parts import shown
from chipcalc.words.commands import written


def page(library: Library, address: Address) -> Page:
    """Return the timeline of the chips that are named in the path, or in the address."""
    tail = address.path.removeprefix("/timeline").strip("/")
    names = [tail] if tail else address.all("chip") or [*library.settings.compared[:1]]
    chosen = library.choose(names)
    values: dict[str, Any] = {
        "problems": chosen.problems,
        "notices": chosen.notices,
        "ids": list(chosen.ids),
        "drawing": None,
    }
    if not chosen.chips:
        return Page("timeline.html", "Timeline", {**values, "shown": None}, status=MISSING)
    asked = ("timeline", *chosen.ids)
    key = ("timeline", *chosen.ids)
    found = library.kept(key, lambda: library.db.timeline(*chosen.chips))
    report = found.report(asked)
    chart = timeline(found.moments)
    values["drawing"] = library.kept(("drawn", *key), lambda: chart_of.drawing(chart))
    return Page(
        "timeline.html",
        report.title[0].text,
        {**values, "shown": shown(report)},
        found.report(asked, whole=True),
        written(*asked),
        lambda: svg(chart),
    )
