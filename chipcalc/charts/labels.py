"""Labels beside points that never overlap: the first ones choose, and some find no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import cos, hypot, radians, sin
from typing import NamedTuple

from chipcalc.charts.marks import Layer, segments, words
from chipcalc.charts.style import Style
from chipcalc.charts.text import width

_CELL = 32  # pixels of the index in which boxes are looked up
_RADIUS = 5.5  # of a point, with some air
_ANGLES = (0, 180, -90, 90, -35, 35, -145, 145, -65, 65, -115, 115)
_NEAR = (8, 12)
_FAR = (20, 30, 42, 56, 74, 96, 120, 150)
_CHOICES = 12  # places among which one off the lines is looked for
_LEADER = 14  # pixels beyond which a label needs a line to its point


class Box(NamedTuple):
    """A rectangle in pixels, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether it lies within another one."""
        return (
            other.left <= self.left
            and other.top <= self.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


class Wanted(NamedTuple):
    """A label that is wanted beside a point: bold ones were asked for, and may lie further off."""

    words: str
    x: float
    y: float
    bold: bool = False


class Placed(NamedTuple):
    """A label with its place: the box of its words, and the line that leads to its point."""

    of: Wanted
    box: Box
    leader: tuple[float, float, float, float] | None = None


class _Taken:
    """Boxes by where they are, so that few are looked at for each candidate."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for each in boxes:
            self.add(each)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def meets(self, box: Box) -> bool:
        return any(box.meets(each) for cell in _cells(box) for each in self._cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for down in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield across, down


def point_box(x: float, y: float) -> Box:
    """Return the room that a point takes."""
    return Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)


def place(
    wanted: Sequence[Wanted],
    size: float,
    frame: Box,
    points: Sequence[tuple[float, float]],
    obstacles: Iterable[Box] = (),
    lines: Iterable[Box] = (),
) -> list[Placed]:
    """Return those labels that find room, within a frame and clear of all points and obstacles.

    The first ones choose first; they keep off some lines, too, where there is room elsewhere.
    """
    kept_off, of_labels = _Taken(lines), _Taken(())
    taken = _Taken([*obstacles, *(point_box(x, y) for x, y in points)])
    found: list[Placed] = []
    for each in wanted:
        free = list(islice(_free(each, size, frame, taken, taken), _CHOICES))
        if each.bold and not free:
            free = list(islice(_free(each, size, frame, taken, of_labels), _CHOICES))
        placed = next((e for e in free if not kept_off.meets(e.box)), free[0] if free else None)
        if placed:
            found.append(placed)
            for box in (placed.box, *_along(placed.leader)):
                taken.add(box)
                of_labels.add(box)
    return found


def _free(
    wanted: Wanted, size: float, frame: Box, taken: _Taken, crossed: _Taken
) -> Iterator[Placed]:
    """Yield the places of a label that are free, and whose leader crosses nothing."""
    wide, high = width(wanted.words, size, bold=wanted.bold) + 3, size * 1.2
    for distance in (*_NEAR, *_FAR) if wanted.bold else (*_NEAR, *_FAR[:3]):
        for angle in _ANGLES:
            x = wanted.x + cos(radians(angle)) * distance
            y = wanted.y + sin(radians(angle)) * distance
            box = _box(x, y, wide, high, angle)
            if not box.within(frame) or taken.meets(box):
                continue
            leader = (wanted.x, wanted.y, x, y) if distance > _LEADER else None
            if leader and any(crossed.meets(each) for each in _along(leader)):
                continue
            yield Placed(wanted, box, leader)


def _box(x: float, y: float, wide: float, high: float, angle: int) -> Box:
    """Return the box of words whose nearest edge or end is at a point."""
    across = cos(radians(angle))
    left = x if across > 0.4 else x - wide if across < -0.4 else x - wide / 2
    down = 0.0 if abs(across) > 0.4 else high / 2 * (1 if angle > 0 else -1)
    return Box(left, y + down - high / 2, left + wide, y + down + high / 2)


def _along(leader: tuple[float, float, float, float] | None) -> list[Box]:
    """Return the room that a line takes beyond its own point, as small boxes."""
    if leader is None:
        return []
    x, y, far_x, far_y = leader
    length = hypot(far_x - x, far_y - y)
    steps = range(int(_RADIUS) + 3, int(length) - 1, 3)
    at = [(x + (far_x - x) * step / length, y + (far_y - y) * step / length) for step in steps]
    return [Box(a - 1, b - 1, a + 1, b + 1) for a, b in at]


def label_layers(placed: Sequence[Placed], style: Style) -> list[Layer]:
    """Return labels with their leaders as layers of a picture."""
    leaders = [each.leader for each in placed if each.leader]
    lines = [
        {"x": x, "y": y, "x2": x2, "y2": y2, "colour": style.theme.second}
        for x, y, x2, y2 in leaders
    ]
    texts = [
        {
            "x": each.box.left + 1.5,
            "y": (each.box.top + each.box.bottom) / 2,
            "text": each.of.words,
            "bold": each.of.bold,
            "colour": style.theme.ink,
        }
        for each in placed
    ]
    found = [segments(lines, thick=0.7)] if lines else []
    return [*found, words(texts, style.size - 1)] if texts else found
