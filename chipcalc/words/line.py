"""Lines of words as values: how far in, behind which marker, in which role; no layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

HARD_SPACE = "\u00a0"
_RAISED = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"  # Unicode has no raised q
_PLAIN = "abcdefghijklmnoprstuvwxyz"

Role: TypeAlias = Literal[
    "",
    "label",
    "missing",
    "best",
    "title",
    "heading",
    "quote",
    "strong",
    "stop",
    "go",
    "open",
    "faint",
    "command",
    "error",
]


class Phrase(NamedTuple):
    """Words of a line that have a role of their own, or lead somewhere."""

    text: str
    role: Role = ""
    link: str = ""


class TextLine(NamedTuple):
    """A line of words, `level` levels in, behind a marker such as a footnote's letter.

    Its phrases, if any, make up the text. Of a clipped one a terminal shows as many whole clauses
    as fit into one line, and then an ellipsis; a command is a line that can be pasted. A minor
    one, such as a footnote, is left out where there is little room.
    """

    text: str
    level: int = 0
    marker: str = ""
    role: Role = ""
    phrases: tuple[Phrase, ...] = ()
    clipped: bool = False
    minor: bool = False


Block: TypeAlias = "tuple[TextLine, ...]"


def block(*lines: str | TextLine) -> Block:
    """Return lines as a block, empty ones left out."""
    return tuple(each for each in deeper(lines, 0) if each.text)


def deeper(lines: Iterable[str | TextLine], levels: int = 1) -> list[TextLine]:
    """Return lines some levels further in."""
    made = (each if isinstance(each, TextLine) else TextLine(each) for each in lines)
    return [each._replace(level=each.level + levels) for each in made]


def phrased(*parts: str | Phrase, level: int = 0, marker: str = "") -> TextLine:
    """Return a line of phrases, those without a role as plain text."""
    phrases = tuple(each if isinstance(each, Phrase) else Phrase(each) for each in parts)
    return TextLine("".join(each.text for each in phrases), level, marker, phrases=phrases)


def command(text: str, level: int = 0) -> TextLine:
    """Return a line that can be pasted into a shell."""
    return TextLine(text, level, role="command")


def plain(words: str) -> str:
    """Return text with ordinary spaces only."""
    return words.replace(HARD_SPACE, " ")


def lettered(footnote: int) -> str:
    """Return the letter of a footnote by its number, counted from one; nothing for none."""
    return "".join(_PLAIN[each] for each in _digits(footnote))


def raised(footnote: int) -> str:
    """Return the raised letter of a footnote by its number; nothing for none."""
    return "".join(_RAISED[each] for each in _digits(footnote))


def raised_letter(letters: str) -> str:
    """Return the raised form of a footnote's letters; those that have none as they are."""
    return "".join(_RAISED[_PLAIN.index(e)] if e in _PLAIN else e for e in letters)


def letter_of(sign: str) -> str:
    """Return the letter that a raised one stands for; nothing for other signs."""
    at = _RAISED.find(sign)
    return _PLAIN[at] if at >= 0 else ""


def _digits(number: int) -> list[int]:
    """Return a number in base 25, so that footnotes go on after the last letter."""
    digits: list[int] = []
    while number:
        number, digit = divmod(number - 1, len(_PLAIN))
        digits.insert(0, digit)
    return digits
