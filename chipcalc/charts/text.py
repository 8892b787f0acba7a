"""How wide words are in a picture: by the widths of Arial, those of Liberation Sans as well."""

from __future__ import annotations

from unicodedata import east_asian_width

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_FIRST = ord(" ")
_PLAIN = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 "
    "556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 "
    "556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 "
    "500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 "
    "556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 "
    "611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 "
    "611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 "
    "556 556 500 389 280 389 584"
)
_WIDTHS = tuple(tuple(map(int, each.split())) for each in (_PLAIN, _BOLD))
_OTHER, _WIDE = 611, 1000  # thousandths of the size: other letters, and those of the East


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are in pixels, at a size in pixels."""
    known = _WIDTHS[bold]
    return sum(_letter(each, known) for each in words) * size / 1000


def _letter(letter: str, known: tuple[int, ...]) -> int:
    place = ord(letter) - _FIRST
    if 0 <= place < len(known):
        return known[place]
    return _WIDE if letter in "—…" or east_asian_width(letter) in "WF" else _OTHER


def wrapped(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return words in lines no wider than some room in pixels, as far as words can be parted."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
