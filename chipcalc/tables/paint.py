"""The colours of roles: bold and six fixed colours that stand out on white and on black alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chipcalc.tables.report import Cell
from chipcalc.tables.style import Style
from chipcalc.words.line import Phrase, Role, TextLine

BOLD: frozenset[Role] = frozenset(
    ("title", "heading", "strong", "best", "stop", "go", "open", "error")
)
COLOURS: Mapping[Role, int] = {
    "stop": 131,
    "go": 29,
    "open": 98,
    "command": 63,
    "faint": 243,
    "missing": 243,
    "error": 131,
}
_RESET = "\x1b[0m"


def role_of(each: Cell, *, heading: bool = False) -> Role:
    """Return the role that a cell is shown in: its own, or that of the heading that it is in."""
    return each.role if each.role not in ("", "label") else "heading" if heading else ""


def painted(text: str, role: Role, style: Style) -> str:
    """Return a piece of one line in the looks of its role; spaces around it stay bare."""
    if style.colours == "none" or not text.strip():
        return text
    codes = ["1"] * (role in BOLD)
    if style.colours == "full" and role in COLOURS:
        codes.append(f"38;5;{COLOURS[role]}")
    if not codes:
        return text
    start, stop = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    return f"{text[:start]}\x1b[{';'.join(codes)}m{text[start:stop]}{_RESET}{text[stop:]}"


def painted_lines(lines: Sequence[str], line: TextLine, style: Style) -> list[str]:
    """Return the broken lines of a line of words, each phrase in the looks of its role.

    What breaking has dropped are spaces alone, so that the signs of the phrases, one after the
    other, are those of the broken lines; of a command it has added a sign at the end of each line
    that goes on.
    """
    if style.colours == "none":
        return [*lines]
    phrases = line.phrases or (Phrase(line.text),)
    roles = [each.role or line.role for each in phrases for sign in each.text if not sign.isspace()]
    found: list[str] = []
    used = 0
    marker = len(line.marker.replace(" ", ""))
    for number, text in enumerate(lines):
        skipped = marker if number == 0 else 0
        goes_on = len(text) - 1 if line.role == "command" and text.endswith(" \\") else len(text)
        signs: list[tuple[str, Role]] = []
        for at, sign in enumerate(text):
            if sign.isspace() or at == goes_on:
                signs.append((sign, signs[-1][1] if signs else ""))
            elif skipped:
                skipped -= 1
                signs.append((sign, ""))
            else:
                signs.append((sign, roles[used] if used < len(roles) else ""))
                used += 1
        found.append("".join(painted(run, role, style) for run, role in _runs(signs)))
    return found


def _runs(signs: Iterable[tuple[str, Role]]) -> list[tuple[str, Role]]:
    """Return signs of the same role as one piece."""
    found: list[tuple[str, Role]] = []
    for sign, role in signs:
        if found and found[-1][1] == role:
            found[-1] = (found[-1][0] + sign, role)
        else:
            found.append((sign, role))
    return found
