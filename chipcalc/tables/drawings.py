"""What tabulate cannot draw: bars, and the stretches of a number line."""

from __future__ import annotations

from fractions import Fraction

from chipcalc.tables.layout import wide
from chipcalc.tables.paint import painted
from chipcalc.tables.report import Bars, NumberLine
from chipcalc.tables.style import Style

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST, _LONGEST_NARROW = 24, 10
_MARGIN = "  "


def bars(part: Bars, style: Style) -> str:
    """Return counts as bars of one scale, each behind its label and its count."""
    labels = max((wide(each.label) for each in part.bars), default=0)
    counts = max((len(f"{each.number:,}") for each in part.bars), default=0)
    most = max((each.number for each in part.bars), default=0) or 1
    longest = _LONGEST_NARROW if style.narrow else _LONGEST
    lines = []
    for each in part.bars:
        head = f"{_MARGIN}{each.label}{' ' * (labels - wide(each.label))}  {each.number:>{counts},}"
        drawn = _bar(Fraction(each.number, most) * longest, ascii_only=style.ascii)
        lines.append(f"{head}  {painted(drawn, each.role, style)}".rstrip())
    return "\n".join(lines)


def _bar(length: Fraction, *, ascii_only: bool) -> str:
    """Return a bar of a length in signs, to an eighth of one; what is not nothing is seen."""
    if ascii_only:
        return "#" * max(round(length), 1 if length else 0)
    eighths = max(round(length * 8), 1 if length else 0)
    full, rest = divmod(eighths, 8)
    return "█" * full + _EIGHTHS[rest].strip()


def number_line(part: NumberLine, style: Style) -> str | None:
    """Return stretches drawn on a line, not to scale; nothing where it may or can not be."""
    if style.ascii or not style.drawings:
        return None
    widths = _widths(part)
    total = len(_MARGIN) + 2 + sum(widths) + len(part.bounds)
    if total > style.width:
        return None
    scale, line, below = f"{_MARGIN}{part.start}", f"{_MARGIN}├", f"{_MARGIN} "
    at = len(_MARGIN)
    for number, (stretch, width) in enumerate(zip(part.stretches, widths, strict=True)):
        label = f" {stretch.label} "
        left = (width - wide(label)) // 2
        right = width - wide(label) - left
        end = "┼" if number < len(part.bounds) else "▶"
        line += "─" * left + painted(label, stretch.role, style) + "─" * right + end
        below += _centred(stretch.below, width) + " "
        at += width + 1
        if number < len(part.bounds):
            name = part.bounds[number]
            scale = scale.ljust(at - wide(name) // 2) + name
    scale = f"{scale} {part.unit}"
    hint = "(not to scale)"
    if wide(scale) + 2 + len(hint) <= style.width:
        scale = f"{scale}{hint:>{max(total - wide(scale), len(hint) + 2)}}"
    return "\n".join(each.rstrip() for each in (scale, line, below) if each.strip())


def _centred(text: str, width: int) -> str:
    left = (width - wide(text)) // 2
    return " " * left + text + " " * (width - wide(text) - left)


def _widths(part: NumberLine) -> list[int]:
    """Return how wide each stretch is drawn: as its words need, and its bounds above it."""
    found = []
    for number, each in enumerate(part.stretches):
        beside = part.bounds[max(number - 1, 0) : number + 1]
        bounds = sum(wide(name) for name in beside) // 2 + 3
        found.append(max(wide(each.label) + 6, wide(each.below) + 2, bounds))
    return found
