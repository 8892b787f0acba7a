"""A report as text for a terminal: its tables, drawings and lines, within a width."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.tables import drawings, grid
from chipcalc.tables.layout import bound, clipped, command_lines, wide, wrapped
from chipcalc.tables.marks import marker
from chipcalc.tables.paint import painted_lines
from chipcalc.tables.report import Bars, Grid, NumberLine, Part, Report, is_lines
from chipcalc.tables.style import PLAIN, Style
from chipcalc.words.line import Block, TextLine, command

_NARROWEST = 40
_WIDEST = 100  # longer lines of prose are hard to read


def table(report: Report, style: Style = PLAIN) -> str:
    """Return a report as text within a width: its title, its parts, and what was left out."""
    title = tuple(
        line if line.role or line.phrases or number else line._replace(role="title")
        for number, line in enumerate(report.title)
    )
    shown = [_lines(title, report, style)]
    shown += [_part(each, report, style) for each in report.parts]
    shown.append(_lines(_left_out(report, style), report, style))
    return "\n\n".join(filter(None, _joined(shown, report)))


def _joined(shown: Sequence[str], report: Report) -> list[str]:
    """Return the texts of the parts, with blocks that follow one another under each other."""
    found: list[str] = []
    after_lines = False
    for text, part in zip(shown, [None, *report.parts, None], strict=True):
        lines = part is None or is_lines(part)
        if text and found and found[-1] and lines and after_lines and part is not report.parts[0]:
            found[-1] = f"{found[-1]}\n{text}"
        else:
            found.append(text)
        after_lines = lines and bool(text or after_lines)
    return found


def _part(part: Part, report: Report, style: Style) -> str:
    if isinstance(part, Grid):
        return grid.text(part, style, report.unbroken)
    if isinstance(part, Bars):
        return drawings.bars(part, style)
    if isinstance(part, NumberLine):
        drawn = drawings.number_line(part, style)
        return drawn or _lines(_said(part), report, style)
    return _lines(part, report, style)


def _said(part: NumberLine) -> Block:
    """Return the stretches of a number line as sentences."""
    return tuple(TextLine(each.says or each.label, 1) for each in part.stretches)


def _left_out(report: Report, style: Style) -> Block:
    """Return how much there was no room for, and the command that shows it."""
    rows = sum(each.minor for each in report.rows) if style.narrow else 0
    if not rows:
        return ()
    told = TextLine(f"Left out: {rows} row{'s' * (rows > 1)}.")
    return (told, command(report.whole)) if report.whole else (told,)


def _lines(lines: Block, report: Report, style: Style) -> str:
    """Return lines of words within the width, those that are commands as they can be pasted."""
    found: list[str] = []
    for each in lines:
        made = _command(each, style) if each.role == "command" else _line(each, report, style)
        found += painted_lines(made, each, style)
    return "\n".join(found)


def _line(line: TextLine, report: Report, style: Style) -> list[str]:
    """Return a line of words in lines; what follows hangs below its marker, or is set in."""
    indent = "  " * line.level + marker(line)
    hanging = " " * wide(indent) if line.marker else f"{'  ' * line.level}  " * bool(line.level)
    room = min(max(style.width, _NARROWEST), _WIDEST) - wide(indent)
    cut = "..." if style.ascii else "…"
    words = clipped(line.text, room, cut) if line.clipped and not style.wide else line.text
    head, *rest = wrapped(
        bound(words, report.unbroken), room - max(wide(hanging) - wide(indent), 0)
    )
    return [f"{indent}{head}", *(f"{hanging}{each}" for each in rest)]


def _command(line: TextLine, style: Style) -> list[str]:
    """Return a command on lines that a shell joins again."""
    width = 0 if style.wide else max(style.width, _NARROWEST)
    return command_lines(line.text, width, "  " * line.level)
