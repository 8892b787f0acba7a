"""A report as text for a terminal: its tables, drawings and lines, within a width."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from chipcalc.tables import drawings, grid
from chipcalc.tables.layout import bound, clipped, command_lines, wide, wrapped
from chipcalc.tables.marks import marker
from chipcalc.tables.paint import painted_lines
from chipcalc.tables.report import Bars, Grid, NumberLine, Part, Report, is_lines
from chipcalc.tables.style import PLAIN, Style
from chipcalc.words.line import Block, TextLine, command, lettered, raised_letter

_NARROWEST = 40
_WIDEST = 100  # longer lines of prose are hard to read


def table(report: Report, style: Style = PLAIN) -> str:
    """Return a report as text within a width: its title, its parts, and what was left out."""
    title = tuple(
        line if line.role or line.phrases or number else line._replace(role="title")
        for number, line in enumerate(report.title)
    )
    shown = [_lines(title, report, style)]
    report = report._replace(parts=_with_left_out(report, style))
    shown += [_part(each, report, style) for each in report.parts]
    return "\n\n".join(filter(None, _joined(shown, report)))


def _joined(shown: Sequence[str], report: Report) -> list[str]:
    """Return the texts of the parts, with blocks that follow one another under each other."""
    found: list[str] = []
    after_lines = False
    for text, part in zip(shown, [None, *report.parts], strict=True):
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


def _with_left_out(report: Report, style: Style) -> tuple[Part, ...]:
    """Return the parts of a report with what was left out; a command that shows it stands once."""
    hidden = [grid.left_out(each, style, report.unbroken) for each in report.grids]
    missing = _left_out(report, style, [e for each in hidden for e in each.titles])
    if not missing:
        return report.parts
    letters = {lettered(e) for each in hidden for e in each.footnotes}
    letters |= {e.marker for e in report.lines if e.minor and e.marker and style.narrow}
    shown = [(each, _without(each, letters, style)) for each in report.parts]
    *parts, last = [each for before, each in shown if each or not before] or [()]
    if not isinstance(last, Grid | Bars | NumberLine) and last and last[-1] == missing[-1]:
        return (*parts, (*last[:-1], *missing))
    return (*parts, last, missing)


def _without(part: Part, letters: Collection[str], style: Style) -> Part:
    """Return a part without the footnotes of some letters, and what matters less in little room."""
    if isinstance(part, Grid | Bars | NumberLine):
        return part
    return tuple(
        _unmarked(each, letters)
        for each in part
        if not (each.marker and each.marker in letters) and not (each.minor and style.narrow)
    )


def _unmarked(line: TextLine, letters: Collection[str]) -> TextLine:
    """Return a line without the raised letters of some footnotes, which nothing explains then."""
    bare = re.compile("|".join(f"(?<=\\w){raised_letter(each)}\\b" for each in sorted(letters)))
    if not letters or not bare.search(line.text):
        return line
    phrases = tuple(each._replace(text=bare.sub("", each.text)) for each in line.phrases)
    return line._replace(text=bare.sub("", line.text), phrases=phrases)


def _left_out(report: Report, style: Style, columns: Sequence[str]) -> Block:
    """Return how much there was no room for, and the command that shows it."""
    words = [*columns]
    if style.narrow:
        counts = {
            "row": sum(
                row.minor and not row.heading
                for each in report.grids
                if not each.folded
                for row in each.rows
            ),
            "note": sum(each.minor and bool(each.marker) for each in report.lines),
        }
        words += [f"{count} {each}{'s' * (count > 1)}" for each, count in counts.items() if count]
    if not words:
        return ()
    told = TextLine(f"Left out: {', '.join(words)}.")
    return (told, command(report.whole)) if report.whole else (told,)


def _lines(lines: Block, report: Report, style: Style) -> str:
    """Return lines of words within the width, those that are commands as they can be pasted."""
    found: list[str] = []
    for each in (line for line in lines if not (line.minor and style.narrow)):
        made = _command(each, style) if each.role == "command" else _line(each, report, style)
        found += painted_lines(made, each, style)
    return "\n".join(found)


def _line(line: TextLine, report: Report, style: Style) -> list[str]:
    """Return a line of words in lines; what follows hangs below its marker, or is set in."""
    indent = "  " * line.level + marker(line)
    hanging = " " * wide(indent) if line.marker else f"{'  ' * line.level}  " * bool(line.level)
    room = min(max(style.width, _NARROWEST), _WIDEST) - max(wide(indent), wide(hanging))
    cut = "..." if style.ascii else "…"
    words = clipped(line.text, room, cut) if line.clipped and not style.wide else line.text
    head, *rest = wrapped(bound(words, report.unbroken), room)
    return [f"{indent}{head}", *(f"{hanging}{each}" for each in rest)]


def _command(line: TextLine, style: Style) -> list[str]:
    """Return a command on lines that a shell joins again."""
    width = 0 if style.wide else max(style.width, _NARROWEST)
    return command_lines(line.text, width, "  " * line.level)
