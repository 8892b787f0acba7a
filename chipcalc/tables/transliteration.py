"""The program's own signs in ASCII, or in what an encoding has; names in other scripts stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from chipcalc.tables.marks import marked
from chipcalc.tables.report import Cell, Report
from chipcalc.words.line import HARD_SPACE, TextLine

Has: TypeAlias = Callable[[str], bool]

_RAISED = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_SIGNS: Mapping[str, str] = {
    "÷": "/",
    "×": "x",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "≈": "~",
    "±": "+/-",
    "−": "-",
    "–": "-",
    "—": "-",
    "‑": "-",
    "…": "...",
    "·": "*",
    "•": "*",
    "→": "->",
    "←": "<-",
    "‡": "##",
    "µ": "u",
    "μ": "u",
    "Ω": "ohm",
    "°": "deg",
    "§": "sec.",
    "€": "EUR",
    "£": "GBP",
    "ß": "ss",
    "ø": "o",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║├┤┝┥", "|"),
    **dict.fromkeys("┼┬┴┌┐└┘╔╗╚╝╬╪╫", "+"),
    **dict.fromkeys("▶►▸", ">"),
    **dict.fromkeys("◀◄◂", "<"),
    **dict.fromkeys("█▉▊▋▌▓▒", "#"),
    **dict.fromkeys("▍▎▏░", "."),
    **dict.fromkeys("\u2009\u200a\u202f\u2007", " "),
}
_GROUPS = re.compile(rf"[{_RAISED}]+|[{_POWERS}]+| · |[^\x00-\x7f]")


def in_ascii(text: str) -> str:
    """Return text with the signs that ASCII lacks put into words of ASCII.

    Letters of other scripts stay, and so do hard spaces, which lines are broken by.
    """
    return _put(text, lambda sign: sign.isascii() or _cells(sign) > 1, lambda sign: sign)


def in_encoding(text: str, encoding: str) -> str:
    """Return text with the signs that an encoding lacks in ASCII, or as question marks."""
    return _put(text, has(encoding), lambda sign: "?" * _cells(sign))


def report_in_ascii(report: Report) -> Report:
    """Return a report whose own signs are ASCII, so that its columns are laid out with these.

    The marks of a cell are put into its words. Commands stay as they can be pasted.
    """
    changed: Report = _walked(report, in_ascii)
    return changed


def report_in_encoding(report: Report, encoding: str) -> Report:
    """Return a report whose signs an encoding has, so that its columns are laid out with these."""
    changed: Report = _walked(report, lambda text: in_encoding(text, encoding))
    return changed


def _walked(found: Any, change: Callable[[str], str]) -> Any:
    """Return a value with each text that it is made of changed; what is no text stays."""
    if isinstance(found, str):
        return found if found.isascii() else change(found)
    if not isinstance(found, tuple) or (isinstance(found, TextLine) and found.role == "command"):
        return found
    values = _with_marks(found) if isinstance(found, Cell) else found
    parts = [_walked(each, change) for each in values]
    return type(found)._make(parts) if hasattr(found, "_make") else tuple(parts)


def _with_marks(found: Cell) -> Cell:
    """Return a cell with the signs of its marks as a part of its words, as a renderer sets them."""
    if not any(found.footnotes):
        return found
    bare = found._replace(footnotes=(), estimated=False, starred=False)
    return bare._replace(parts=tuple(marked(found)))


def _put(text: str, has: Has, otherwise: Callable[[str], str]) -> str:
    if text.isascii():
        return text
    if ", " in text and not has("·"):  # what stands between commas is kept apart by more than one
        text = text.replace(" · ", "; ")
    return _GROUPS.sub(lambda found: _spelled(found[0], has, otherwise), text)


def _spelled(signs: str, has: Has, otherwise: Callable[[str], str]) -> str:
    """Return signs that stand together as they are where they can be written, else in ASCII."""
    if all(map(has, signs)) or signs == HARD_SPACE:
        return signs
    if signs == " · ":
        return ", "
    if signs[0] in _RAISED:
        return f"({_decomposed(signs)})"
    if signs[0] in _POWERS:
        return f"^{_decomposed(signs)}"
    return _SIGNS.get(signs) or _decomposed(signs) or otherwise(signs)


def _decomposed(signs: str) -> str:
    """Return the plain letters and digits of signs, or nothing where they have none."""
    apart = unicodedata.normalize("NFKD", signs).replace("−", "-")
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return plain if plain.isascii() else ""


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _cells(sign: str) -> int:
    """Return how many cells of a terminal a sign takes."""
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def finished(text: str, has: Has = str.isascii) -> str:
    """Return a screen that is laid out, with lines, bars and blanks of the layout in ASCII.

    Each takes the place of one sign, so that nothing shifts; those that can be written stay.
    """
    return "".join(each if has(each) else _drawn(each) for each in text.replace(HARD_SPACE, " "))


def _drawn(sign: str) -> str:
    plain = _SIGNS.get(sign, sign)
    return plain if len(plain) == 1 else sign


def has(encoding: str) -> Has:
    """Return a function that says whether an encoding has a sign."""
    return lambda sign: _has(encoding, sign)
