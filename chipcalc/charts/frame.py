"""What stands around every picture: its title, its sentences, and its legend, in lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from chipcalc.charts.marks import SCHEMA, Layer, config, points, words
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


def plot_width(style: Style, left: int = LEFT) -> int:
    """Return how wide the plot of a picture is, between its margins."""
    return style.width - left - RIGHT - 2 * PAD


def framed(
    parts: Sequence[Layer],
    style: Style,
    title: str,
    says: Sequence[str],
    legend: Sequence[Entry] = (),
    left: int = LEFT,
) -> dict[str, Any]:
    """Return a whole specification: the parts below one another, with what stands around them.

    `left` is how much stands to the left of the plots, in pixels.
    """
    with_head = not style.bare and (style.titled or legend)
    with_foot = not style.bare and style.titled and says
    head = [_head(style, title if style.titled else "", legend, left)] if with_head else []
    foot = [_foot(style, says, left)] if with_foot else []
    return {
        "$schema": SCHEMA,
        "description": " ".join((f"{title}.", *says)),
        "padding": PAD,
        "vconcat": [*head, *parts, *foot],
        "spacing": _SPACE,
        "bounds": "flush",
        "config": config(style),
    }


def blank(high: float, wide: float, layers: Sequence[Layer]) -> Layer:
    """Return a part without axes and without a frame."""
    return {
        "width": wide,
        "height": high,
        "view": {"stroke": None},
        "layer": list(layers),
    }


def _head(style: Style, title: str, legend: Sequence[Entry], left: int) -> Layer:
    theme, size = style.theme, style.size
    large = size + (3 if style.narrow else 6)
    room = plot_width(style, left) + left + RIGHT
    lines = wrapped(title, large, room, bold=True)
    rows = [
        {"x": -left, "y": large * (0.6 + 1.25 * n), "text": each, "bold": True, "colour": theme.ink}
        for n, each in enumerate(lines)
    ]
    y = large * 1.25 * len(lines) + (size if legend else 0)
    layers = [words(rows, large)] if rows else []
    if legend:
        placed, y = _legend_rows(legend, style, y, (room, left))
        texts = [
            {"x": x + 10, "y": at_y, "text": each.text, "colour": theme.ink}
            for each, x, at_y in placed
        ]
        layers += [
            *(symbols([(each, x, at_y)], style) for each, x, at_y in placed),
            words(texts, size),
        ]
    return blank(y, plot_width(style, left), layers)


def _legend_rows(
    legend: Sequence[Entry], style: Style, top: float, room: tuple[float, float]
) -> tuple[list[tuple[Entry, float, float]], float]:
    """Return where each entry stands, in as many rows as it takes, and where they end.

    `room` is how wide the picture is, and how much of that stands to the left of the plots.
    """
    x, y, size = 0.0, top + style.size * 0.4, style.size
    found = []
    for each in legend:
        wide = width(each.text, size) + 30
        if x and x + wide > room[0]:
            x, y = 0.0, y + size * 1.7
        found.append((each, x - room[1] + 6, y))
        x += wide
    return found, y + size


def symbols(placed: Sequence[tuple[Entry, float, float]], style: Style) -> Layer:
    """Return the marks of a legend at pixels."""
    entry, paper = placed[0][0], style.theme.paper
    rows = [
        {
            "x": x,
            "y": y,
            "shape": each.shape,
            "stroke": each.colour,
            "fill": paper if each.hollow or each.dashed else each.colour,
            "size": 70,
        }
        for each, x, y in placed
    ]
    return points(rows, dashed=entry.dashed, told=False)


def _foot(style: Style, says: Sequence[str], left: int) -> Layer:
    size, room = style.size, plot_width(style, left) + left + RIGHT
    room = min(room, 80 * size)
    lines = [line for each in says for line in wrapped(each, size, room)]
    rows = [
        {"x": -left, "y": size * (0.7 + 1.4 * n), "text": each, "colour": style.theme.second}
        for n, each in enumerate(lines)
    ]
    return blank(size * 1.4 * len(lines), plot_width(style, left), [words(rows, size)])
