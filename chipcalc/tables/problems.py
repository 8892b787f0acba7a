"""Problems laid out as lines: what is wrong, the quoted text with a caret, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from wcwidth import wcswidth

from chipcalc.errors import Excerpt, Problem, Unknown, clipped, in_sight
from chipcalc.tables.layout import wrapped
from chipcalc.words.line import HARD_SPACE, Phrase, Role

INDENT = "  "
_QUOTED = re.compile(r"'([^'/\\\\]{61,})'")
_CUT = "…"
_LEAST = 12
_AFTER = 8  # signs that are shown behind the word, where a line is cut before it


Line: TypeAlias = "tuple[Phrase, ...]"


def complaint(problem: Problem, width: int) -> list[Line]:
    """Return the lines of a problem: what is wrong, the text with a caret, how to mend it."""
    problem = _plain(problem)
    lines = headline(str(problem), width, "error", "error")
    told = any(each.nearest for each in problem.unknown)
    told = told or bool(problem.command and problem.command in problem.hint)
    hint = "" if told or problem.choices else problem.hint
    if problem.excerpt:
        quoted, hint = _quoted(problem.excerpt, hint, width)
        lines += quoted
    lines += _names(problem.unknown, width) + _choices(problem.choices, width)
    if hint:
        lines += [(Phrase(INDENT + each),) for each in wrapped(hint, width - len(INDENT))]
    return lines


def _plain(problem: Problem) -> Problem:
    """Return a problem in which every sign is seen, and no quoted word is longer than a line."""
    names = tuple(each._replace(name=_quotable(each.name)) for each in problem.unknown)
    return problem._replace(
        what=_short(in_sight(problem.what)),
        file=in_sight(problem.file).replace("\n", "\\n"),
        path=in_sight(problem.path),
        hint=_short(in_sight(problem.hint)),
        unknown=names,
        choices=tuple(map(in_sight, problem.choices)),
    )


def _quotable(name: str) -> str:
    return clipped(in_sight(name))


def _short(text: str) -> str:
    """Return a sentence with long quoted words cut; paths stay, as they are to be found."""
    return _QUOTED.sub(lambda found: f"'{clipped(found[1])}'", text)


def command_lines(words: Sequence[str], width: int) -> list[Line]:
    """Return a command that can be pasted, from its quoted words; in several lines if it is long.

    Each line but the last ends in a backslash, and no word is broken.
    """
    kept: list[str] = []  # an option and its value stay together
    for word in words:
        if kept and kept[-1].startswith("-") and " " not in kept[-1] and not word.startswith("-"):
            kept[-1] += f" {word}"
        else:
            kept.append(word)
    lines = [kept[0]]
    for word in kept[1:]:
        if wide(f"{lines[-1]} {word} \\") > width and lines[-1].strip():
            lines.append(INDENT + word)
        else:
            lines[-1] += f" {word}"
    joined = [f"{each} \\" for each in lines[:-1]] + lines[-1:]
    return [(Phrase(each, "command"),) for each in joined]


def wide(text: str) -> int:
    """Return how many columns a text takes; a sign that takes none counts as one, as it is shown.

    Nothing that is printed here has such signs, but a text that is quoted may.
    """
    found = wcswidth(text)
    return found if found >= 0 else len(text)


def headline(text: str, width: int, word: str, role: Role) -> list[Line]:
    """Return a sentence behind the word that it begins with, which has a role."""
    first, *rest = wrapped(f"{word}:{HARD_SPACE}{text}", width)
    lines: list[Line] = [(Phrase(word, role), Phrase(first.removeprefix(word)))]
    more = wrapped(" ".join(rest), width - len(INDENT)) if rest else []
    return lines + [(Phrase(INDENT + each),) for each in more]


def _quoted(excerpt: Excerpt, hint: str, width: int) -> tuple[list[Line], str]:
    """Return the quoted lines with the carets below, and the hint unless it stands there, too."""
    last = excerpt.first + len(excerpt.lines) - 1
    digits = len(str(last))
    gutter = f"{'':{digits}} | " if excerpt.first else ""
    room = max(width - len(INDENT) - len(gutter), _LEAST)
    shift = _shift(excerpt, room)
    lines: list[Line] = []
    for number, text in enumerate(excerpt.lines, excerpt.first):
        side = f"{number:{digits}} | " if excerpt.first else ""
        lines.append((Phrase(INDENT + side + _cut(_printable(text), shift, room)),))
    carets = _carets(excerpt, shift, room)
    under: Line = (Phrase(INDENT + gutter + carets[0]), Phrase(carets[1], "error"))
    if hint and excerpt.first and wide(INDENT + gutter + "".join(carets)) + wide(hint) < width:
        return [*lines, (*under, Phrase(f" {hint}"))], ""
    return [*lines, under], hint


def _shift(excerpt: Excerpt, room: int) -> int:
    """Return how many signs of a line are left out before it, so that the caret is in sight."""
    text = _printable(excerpt.lines[-1])
    start, end = excerpt.spans[0]
    if wide(text) <= room or wide(text[:end]) < room:
        return 0
    shift, after = start, wide(text[end : end + _AFTER])
    while shift and wide(text[shift - 1 : max(end, start + 1)]) + after < room - 1:
        shift -= 1
    return shift


def _printable(text: str) -> str:
    """Return a line with a space for every tab, and a mark for what moves nothing on a screen."""
    return "".join(each if wcswidth(each) > 0 else " " if each == "\t" else "·" for each in text)


def _cut(text: str, shift: int, room: int) -> str:
    """Return the part of a line that fits, with a mark where it is cut."""
    shown = text[shift:]
    if shift:
        shown = _CUT + shown[1:] if shown else _CUT
    if wide(shown) <= room:
        return shown
    while wide(shown) > room - 1:
        shown = shown[:-1]
    return shown + _CUT


def _carets(excerpt: Excerpt, shift: int, room: int) -> tuple[str, str]:
    """Return the space before the first caret, and the carets from there on."""
    text, line = _printable(excerpt.lines[-1]), ""
    for start, end in excerpt.spans:
        before = wide(text[shift:start]) if start >= shift else 0
        if before >= room:
            break
        line += " " * (before - len(line))
        line += "^" * max(min(wide(text[start:end]), room - before), 1)
    return line[: len(line) - len(line.lstrip())], line.lstrip()


def _names(unknown: Sequence[Unknown], width: int) -> list[Line]:
    """Return a row for each wrong name, with the nearest ones as they are typed and called."""
    if not unknown or (len(unknown) == 1 and not unknown[0].nearest):
        return []
    if len(unknown) == 1:
        room = width - len(INDENT)
        return [(Phrase(INDENT + each),) for each in wrapped(_near(unknown[0], room), room)]
    longest = max(wide(each.name) for each in unknown)
    lines: list[Line] = []
    for each in unknown:
        typed = each.name + " " * (longest - wide(each.name))
        room = width - longest - 5
        near = wrapped(_near(each, room), max(room, _LEAST))
        lines.append((Phrase(f"{INDENT}{typed}   {near[0]}"),))
        lines += [(Phrase(" " * (longest + 5) + more),) for more in near[1:]]
    return lines


def _near(name: Unknown, room: int) -> str:
    """Return the nearest names: as they are typed, and what they are called where there is room."""
    shown = [each for each in name.nearest if each.name == name.clear] or name.nearest
    if not shown:
        return "nothing is near"
    full = ", ".join(f"{e.name} ({e.called})" if e.called else e.name for e in shown)
    fits = wide(f"{name.lead}: {full}") <= room
    return f"{name.lead}: {full if fits else ', '.join(e.name for e in shown)}"


def _choices(choices: Sequence[str], width: int) -> list[Line]:
    lines: list[str] = []
    for each in choices:
        if lines and wide(lines[-1]) + 2 + wide(each) <= width:
            lines[-1] += f"  {each}"
        else:
            lines.append(INDENT + each)
    return [(Phrase(each),) for each in lines]
