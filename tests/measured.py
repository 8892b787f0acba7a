"""Where the words of a picture stand, as Vega itself lays them out and measures them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import vl_convert

from chipcalc.charts.rendering import VEGA_LITE

_ROOM = 0.7  # of the size, above and below the middle of a line of capitals and digits: nearly all


class Text(NamedTuple):
    """A text with its box in pixels of the picture."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Text) -> bool:
        """Whether two texts lie over one another."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Picture(NamedTuple):
    """The size of a picture, and all texts in it."""

    width: float
    height: float
    texts: tuple[Text, ...]

    def overlapping(self) -> list[tuple[str, str]]:
        """Return the pairs of texts that lie over one another."""
        return [
            (one.words, other.words)
            for number, one in enumerate(self.texts)
            for other in self.texts[number + 1 :]
            if one.overlaps(other)
        ]

    def outside(self) -> list[str]:
        """Return the texts that do not lie within the picture."""
        return [
            each.words
            for each in self.texts
            if each.left < 0 or each.top < 0 or each.right > self.width or each.bottom > self.height
        ]


def picture(specification: dict[str, Any]) -> Picture:
    """Return the size of a picture, and all texts in it."""
    found = vl_convert.vegalite_to_scenegraph(specification, vl_version=VEGA_LITE)
    at = tuple(found["origin"])
    texts = tuple(_texts(found["scenegraph"], at[0], at[1]))
    return Picture(found["width"], found["height"], texts)


def _texts(mark: dict[str, Any], x: float, y: float) -> Iterator[Text]:
    for item in mark.get("items", ()):
        if mark.get("marktype") == "group":
            for each in item.get("items", ()):
                yield from _texts(each, x + item.get("x", 0), y + item.get("y", 0))
        elif mark.get("marktype") == "text" and item.get("text") and item.get("opacity", 1):
            yield _text(item, x, y)


def _text(item: dict[str, Any], x: float, y: float) -> Text:
    words, size = str(item["text"]), float(item["fontSize"])
    wide = _wide(words, item["font"], str(item.get("fontWeight", "normal"))) * size
    x += item.get("x", 0) + item.get("dx", 0)
    y += item.get("y", 0) + item.get("dy", 0)
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[item.get("align", "left")]
    baseline = item.get("baseline", "alphabetic")
    middle = y + size * {"middle": 0, "top": 0.5, "bottom": -0.5, "alphabetic": -0.3}[baseline]
    return Text(words, left, middle - size * _ROOM / 2, left + wide, middle + size * _ROOM / 2)


@cache
def _wide(words: str, font: str, weight: str) -> float:
    """Return how wide words are, as a share of their size, as Vega measures them."""
    return (_view(f"|{words}|", font, weight) - _view("||", font, weight)) / 100


@cache
def _view(words: str, font: str, weight: str) -> float:
    mark = {"type": "text", "font": font, "fontSize": 100, "fontWeight": weight}
    found = vl_convert.vegalite_to_scenegraph(
        {
            "data": {"values": [{"words": words}]},
            "width": 1,
            "height": 1,
            "mark": {**mark, "align": "left", "x": 0},
            "encoding": {"text": {"field": "words", "type": "nominal"}},
        },
        vl_version=VEGA_LITE,
    )
    return float(found["width"])
