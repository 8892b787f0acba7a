"""The layers of Vega-Lite pictures: words, lines, rectangles and points at pixels or at values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.charts.style import Style
from chipcalc.charts.text import FONT

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Layer = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def at(field: str) -> dict[str, Any]:
    """Return the encoding of a field that has a pixel, a colour or a shape as it is."""
    return {"field": field, "scale": None}


def pixel(field: str) -> dict[str, Any]:
    """Return the encoding of a position in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def words(rows: Rows, size: float) -> Layer:
    """Return texts at pixels: each row has x, y, text, colour, and perhaps bold and align."""
    values = [
        {"align": "left", **each, "bold": "bold" if each.get("bold") else "normal"} for each in rows
    ]
    return {
        "layer": [
            {
                "data": {"values": [each for each in values if _kind(each) == kind]},
                "mark": {
                    "type": "text",
                    "font": FONT,
                    "fontSize": size,
                    "fontWeight": kind[0],
                    "align": kind[1],
                    "baseline": "middle",
                    "aria": False,
                    "tooltip": None,
                },
                "encoding": {
                    "x": pixel("x"),
                    "y": pixel("y"),
                    "text": {"field": "text", "type": "nominal"},
                    "color": at("colour"),
                    **({"href": {"field": "href"}} if any("href" in e for e in values) else {}),
                },
            }
            for kind in dict.fromkeys(map(_kind, values))
        ]
    }


def _kind(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["bold"]), str(row["align"])


def segments(
    rows: Rows, *, thick: float = 1, dash: Sequence[int] = (), opacity: float = 1
) -> Layer:
    """Return lines at pixels: each row has x, y, x2, y2 and colour."""
    return {
        "data": {"values": list(rows)},
        "mark": {
            "type": "rule",
            "strokeWidth": thick,
            "strokeDash": list(dash),
            "opacity": opacity,
            "aria": False,
            "tooltip": None,
        },
        "encoding": {
            **_two_ends(),
        },
    }


def _two_ends() -> dict[str, Any]:
    """Return where a mark begins and ends, at pixels, and its colour."""
    return {
        "x": pixel("x"),
        "y": pixel("y"),
        "x2": {"field": "x2"},
        "y2": {"field": "y2"},
        "color": at("colour"),
    }


def rectangles(
    rows: Rows, *, told: bool = False, opacity: float = 1, joined: bool = False
) -> Layer:
    """Return rectangles at pixels: each row has x, y, x2, y2 and colour, and `about` if told.

    Those that are `joined` cover the seam between two that touch.
    """
    return {
        "data": {"values": list(rows)},
        "mark": {
            "type": "rect",
            "opacity": opacity,
            **({} if told else {"aria": False, "tooltip": None}),
        },
        "encoding": {
            **_two_ends(),
            **({"stroke": at("colour")} if joined else {}),
            **(_telling(rows) if told else {}),
        },
    }


def points(
    rows: Rows,
    position: Mapping[str, Any] | None = None,
    *,
    dashed: bool = False,
    told: bool = True,
) -> Layer:
    """Return points, at pixels unless a position is given: with shape, stroke, fill and size.

    Those that are told have a name, what is said of it, and perhaps an address.
    """
    return {
        "data": {"values": list(rows)},
        "mark": {
            "type": "point",
            "opacity": 1,
            "strokeWidth": 1.4,
            "strokeDash": [2, 2] if dashed else [],
            **({} if told else {"aria": False, "tooltip": None}),
        },
        "encoding": {
            **(position or {"x": pixel("x"), "y": pixel("y")}),
            "shape": at("shape"),
            "stroke": at("stroke"),
            "fill": at("fill"),
            "size": {"field": "size", "type": "quantitative", "scale": None},
            **(_telling(rows) if told else {}),
        },
    }


def _telling(rows: Rows) -> dict[str, Any]:
    """Return the encodings that say what a mark is: to a pointer, and to a screen reader."""
    linked = any(each.get("href") for each in rows)
    return {
        "tooltip": [
            {"field": "name", "type": "nominal", "title": "Chip"},
            {"field": "says", "type": "nominal", "title": "Says"},
        ],
        "description": {"field": "about", "type": "nominal"},
        **({"href": {"field": "href", "type": "nominal"}} if linked else {}),
    }


def grid(at: Sequence[tuple[float, str]], rooms: Sequence[tuple[float, float]]) -> Layer:
    """Return the lines of an axis across at some pixels, each in its colour, in some rows."""
    rows = [
        {"x": x, "x2": x, "y": top, "y2": bottom, "colour": colour}
        for x, colour in at
        for top, bottom in rooms
    ]
    return segments(rows, opacity=0.8)


def config(style: Style) -> dict[str, Any]:
    """Return the settings that all pictures share."""
    theme, size = style.theme, style.size
    return {
        "background": theme.paper,
        "font": FONT,
        "view": {"stroke": theme.hairline},
        "axis": {
            "grid": False,
            "labelFontSize": size - 1,
            "labelColor": theme.second,
            "domainColor": theme.hairline,
            "tickColor": theme.hairline,
            "titleColor": theme.ink,
            "titleFontSize": size,
            "aria": False,
        },
    }
