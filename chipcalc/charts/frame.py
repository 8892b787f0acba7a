"""What stands around every picture: its title, its sentences, and its legend, in lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from chipcalc.charts.marks import SCHEMA, Layer, at, config, pixel, words
from chipcalc.charts.style import Style
from chipcalc.charts.text import width, wrapped

LEFT, RIGHT, PAD = 46, 12, 10
_SPACE = 46  # pixels between two plots, for what is written at an axis


class Entry(NamedTuple):
    """One entry of a legend: what it says, and its mark."""

    text: str
    shape: str
    colour: str
    dashed: bool = False
    hollow: bool = False


def plot_width(style: Style) -> int:
    """Return how wide the plot of a picture is, between its margins."""
    return style.width - LEFT - RIGHT - 2 * PAD


def framed(
    parts: Sequence[Layer],
    style: Style,
    title: str,
    says: Sequence[str],
    legend: Sequence[Entry] = (),
) -> dict[str, Any]:
    """Return a whole specification: the parts below one another, with what stands around them."""
    head = [] if style.bare else [_head(style, title, legend)]
    foot = [] if style.bare or not says else [_foot(style, says)]
    return {
        "$schema": SCHEMA,
        "description": " ".join((f"{title}.", *says)),
        "padding": PAD,
        "vconcat": [*head, *parts, *foot],
        "spacing": _SPACE,
        "bounds": "flush",
        "config": config(style),
    }


def _blank(high: float, style: Style, layers: Sequence[Layer]) -> Layer:
    """Return a part without axes, as wide as the picture with its margins."""
    return {
        "width": plot_width(style) + RIGHT,
        "height": high,
        "view": {"stroke": None},
        "layer": list(layers),
    }


def _head(style: Style, title: str, legend: Sequence[Entry]) -> Layer:
    theme, size = style.theme, style.size
    large = size + (3 if style.narrow else 6)
    room = plot_width(style) + LEFT + RIGHT
    lines = wrapped(title, large, room, bold=True)
    rows = [
        {"x": -LEFT, "y": large * (0.6 + 1.25 * n), "text": each, "bold": True, "colour": theme.ink}
        for n, each in enumerate(lines)
    ]
    y = large * 1.25 * len(lines) + size
    layers = [words(rows, large)]
    if legend:
        placed, y = _legend_rows(legend, style, y, room)
        texts = [
            {"x": x + 10, "y": at_y, "text": each.text, "colour": theme.ink}
            for each, x, at_y in placed
        ]
        layers += [
            *(symbols([(each, x, at_y)], style) for each, x, at_y in placed),
            words(texts, size),
        ]
    return _blank(y, style, layers)


def _legend_rows(
    legend: Sequence[Entry], style: Style, top: float, room: float
) -> tuple[list[tuple[Entry, float, float]], float]:
    """Return where each entry stands, in as many rows as it takes, and where they end."""
    x, y, size = 0.0, top + style.size * 0.4, style.size
    found = []
    for each in legend:
        wide = width(each.text, size) + 30
        if x and x + wide > room:
            x, y = 0.0, y + size * 1.7
        found.append((each, x - LEFT + 6, y))
        x += wide
    return found, y + size


def symbols(placed: Sequence[tuple[Entry, float, float]], style: Style) -> Layer:
    """Return the marks of a legend at pixels."""
    entry = placed[0][0]
    paper = style.theme.paper
    rows = [
        {
            "x": x,
            "y": y,
            "shape": each.shape,
            "stroke": each.colour,
            "fill": paper if each.hollow or each.dashed else each.colour,
        }
        for each, x, y in placed
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "point",
            "size": 70,
            "opacity": 1,
            "strokeWidth": 1.5,
            "strokeDash": [2, 2] if entry.dashed else [],
            "aria": False,
            "tooltip": None,
        },
        "encoding": {
            "x": pixel("x"),
            "y": pixel("y"),
            "shape": at("shape"),
            "stroke": at("stroke"),
            "fill": at("fill"),
        },
    }


def _foot(style: Style, says: Sequence[str]) -> Layer:
    size, room = style.size, plot_width(style) + LEFT + RIGHT
    room = min(room, 80 * size)
    lines = [line for each in says for line in wrapped(each, size, room)]
    rows = [
        {"x": -LEFT, "y": size * (0.7 + 1.4 * n), "text": each, "colour": style.theme.second}
        for n, each in enumerate(lines)
    ]
    return _blank(size * 1.4 * len(lines), style, [words(rows, size)])
