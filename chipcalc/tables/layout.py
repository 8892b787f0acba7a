"""How things are set on a terminal: which columns may wrap or fold, and how lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from chipcalc.words.line import HARD_SPACE, plain

HEADING = "heading"
_CLOSING = frozenset(",.;:!?)]}%×，。；：、！？）］】》」％…")
_OPENING = frozenset("([{（［【《「")
_NUMBER = re.compile(r"(?<![\w.-])(\d[\d,.]*…?(?:–\d[\d,.]*…?)?) (?=[^\d\s])")  # no name or day


class Layout(NamedTuple):
    """How a column is set.

    What is wrapped hangs `hanging` spaces further in; parts after the first are set in `below`
    spaces; a level is a `step` wide. A `whole` column is never wrapped. The parts of columns that
    are `beside` one another begin on the same lines. Where there is little room a column is kept,
    dropped, put into the label of its row, or set on a line of its own that leads the row; some
    always lead it.
    """

    step: int = 2
    hanging: int = 0
    below: int = 0
    whole: bool = False
    beside: bool = False
    narrow: Literal["keep", "drop", "label", "lead", "always lead"] = "keep"


_PLAIN = Layout()
_LAYOUTS: Mapping[str, Mapping[str, Layout]] = {
    "show": {
        HEADING: Layout(),
        "fact": Layout(hanging=1),
        "unit": Layout(narrow="label"),
        "line": Layout(narrow="drop"),
        "sources": Layout(narrow="drop"),
    },
    "metrics": {
        "metric": Layout(whole=True),
        "label": Layout(narrow="drop"),
        "unit": Layout(whole=True),
        "kind": Layout(narrow="drop"),
    },
    "metric": {"key": Layout(whole=True)},
    "units": {"unit": Layout(whole=True)},
    "calc": {"status": Layout(narrow="drop"), "origin": Layout(narrow="drop")},
    "list": {
        "id": Layout(whole=True, hanging=2),
        "name": Layout(narrow="drop"),
        "vendor": Layout(narrow="drop"),
        "market": Layout(narrow="drop"),
        "launched": Layout(narrow="drop", whole=True),
        "availability": Layout(whole=True),
        "class": Layout(whole=True),
    },
    "budget": {HEADING: Layout(hanging=2)},
    "compare": {"unit": Layout(whole=True, narrow="label")},
    "chips": {"chip": Layout(whole=True)},
    "checks": {
        "chip": Layout(whole=True),
        "classification": Layout(hanging=2),
        "more metrics": Layout(narrow="drop"),
        "nearest": Layout(whole=True, narrow="drop"),
    },
    "deciding": {
        "paragraph": Layout(narrow="lead"),
        "verdict": Layout(whole=True, narrow="lead"),
        "standing": Layout(narrow="drop"),
    },
    "circuits": {
        "circuit": Layout(narrow="lead"),
        "count": Layout(whole=True, narrow="lead"),
        "classification": Layout(whole=True, narrow="lead"),
    },
    "item": {
        "paragraph": Layout(narrow="lead"),
        "verdict": Layout(whole=True, narrow="lead"),
        "standing": Layout(narrow="drop"),
    },
    "besides": {
        "rule": Layout(hanging=2),
        "verdict": Layout(whole=True),
        "standing": Layout(narrow="drop"),
    },
    "proved": {
        "figure": Layout(whole=True),
        "unit": Layout(whole=True, narrow="label"),
        "how": Layout(hanging=2),
        "status": Layout(whole=True, narrow="drop"),
        "origin": Layout(narrow="drop"),
    },
    "memo": {
        "figure": Layout(whole=True),
        "unit": Layout(whole=True, narrow="label"),
        "how": Layout(hanging=2),
        "status": Layout(whole=True, narrow="drop"),
        "source": Layout(),
    },
    "criteria": {"place": Layout(hanging=2), "margin": Layout(narrow="drop")},
    "closest": {
        "chip": Layout(whole=True, narrow="lead"),
        "value": Layout(narrow="drop"),
        "place": Layout(hanging=2),
    },
    "steps": {"place": Layout(step=1), "mark": Layout(whole=True)},
    "because": {"why": Layout(hanging=2)},
    "headroom": {
        "metric": Layout(narrow="always lead"),
        "value": Layout(narrow="always lead"),
        "distance": Layout(narrow="drop"),
    },
    "headrooms": {
        "chip": Layout(narrow="lead"),
        "here": Layout(narrow="drop"),
    },
    "replay": {
        "what": Layout(hanging=2, narrow="lead"),
        "then": Layout(hanging=2),
        "now": Layout(hanging=2),
        "cause": Layout(hanging=2),
    },
    "timeline": {
        "day": Layout(whole=True),
        "answer": Layout(whole=True),
        "began": Layout(narrow="drop"),
    },
    "history": {
        "day": Layout(whole=True, narrow="lead"),
        "class": Layout(narrow="lead"),
        "further": Layout(below=0),
        "by": Layout(narrow="drop"),
    },
    "diff": {
        "rule": Layout(narrow="lead"),
        "before": Layout(whole=True),
        "after": Layout(whole=True),
        "by": Layout(narrow="drop"),
    },
    "rules": {
        "paragraph": Layout(whole=True, narrow="lead"),
        "rule": Layout(whole=True),
        "since": Layout(whole=True),
    },
    "reached": {
        "day": Layout(whole=True),
        "reached": Layout(whole=True),
        "whom": Layout(hanging=2),
    },
    "bounds": {"span": Layout(beside=True), "share": Layout(beside=True)},
}
STACKED = frozenset({"chips"})  # kinds whose rows stand below one another in little room


def layout(kind: str, column: str, *, heading: bool = False) -> Layout:
    """Return how a column of an answer is set; its headings, where these are set otherwise."""
    columns = _LAYOUTS.get(kind, {})
    return columns.get(HEADING if heading and HEADING in columns else column, _PLAIN)


def laid(
    parts: Sequence[str], level: int, place: Layout, width: int, joint: str = ""
) -> list[list[str]]:
    """Return the lines of each part of a cell that is some levels in; no width leaves each whole.

    What joins two parts stands behind the first of them.
    """
    said = [*(f"{each}{joint}" for each in parts[:-1]), *parts[-1:]]
    return [_lines(each, level, place, width, first=not n) for n, each in enumerate(said)]


def _lines(part: str, level: int, place: Layout, width: int, *, first: bool) -> list[str]:
    indent = " " * (place.step * level + (0 if first else place.below))
    hanging = " " * (place.hanging if first else 0)
    head, *rest = wrapped(part, max(width - len(indent + hanging), 1) if width else 0)
    return [indent + head, *(f"{indent}{hanging}{line}" for line in rest)]


def level_with(cells: Sequence[list[list[str]]]) -> list[list[list[str]]]:
    """Return cells of which each part has as many lines as the longest of those beside it."""
    heights = [max(map(len, parts)) for parts in zip_longest(*cells, fillvalue=())]
    return [
        [
            [*part, *[""] * (height - len(part))]
            for part, height in zip(parts, heights, strict=False)
        ]
        for parts in cells
    ]


def bound(words: str, unbroken: Sequence[str] = ()) -> str:
    """Return text in which names, and a number with its unit, hold together."""
    return _names(tuple(unbroken)).held(words)


class Names:
    """Names that hold together; those of thousands of chips, which few texts mention."""

    def __init__(self, names: Sequence[str]) -> None:
        self._beginning: dict[str, list[str]] = {}
        for each in dict.fromkeys(names):
            if " " in each:
                self._beginning.setdefault(each[: each.index(" ")], []).append(each)

    def held(self, words: str) -> str:
        """Return text with hard spaces in these names."""
        for each in self._within(words):
            words = words.replace(each, each.replace(" ", HARD_SPACE))
        return words

    def _within(self, words: str) -> list[str]:
        """Return the names in a text, the longest first: a name may begin like a longer one."""
        found = dict.fromkeys(
            name
            for word in words.split(" ")[:-1]
            for start in range(len(word) + 1)
            for name in self._beginning.get(word[start:], ())
            if name in words
        )
        return sorted(found, key=len, reverse=True)


_names = lru_cache(maxsize=4)(Names)


def wrapped(words: str, width: int) -> list[str]:
    """Return text in lines of a width on the screen, where Chinese characters take two columns.

    Lines break at spaces, and between Chinese characters, which have none; but not at a hard
    space, before a sign that closes, after one that opens, after an operator, or between a number
    and its unit. No width leaves the text on one line, as does one that is narrower than a word.
    """
    if not width:
        return [plain(words)]
    fits = len(words) <= (width if words.isascii() else width // 2)
    if fits:
        return [plain(words)]
    lines = [""]
    for piece in _pieces(joined(words)):
        if lines[-1] and wide(lines[-1] + piece.rstrip(" ")) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return [plain(line.rstrip(" ")) for line in lines]


def longest(words: str) -> int:
    """Return the width of the widest piece of a text that stays together."""
    return max((wide(each.rstrip(" ")) for each in _pieces(joined(words))), default=0)


def clipped(words: str, width: int, cut: str = "…") -> str:
    """Return as many whole clauses of a text as fit into a line, and what stands for the rest.

    The first clause stays, however long it is.
    """
    if wide(words) <= width:
        return words
    first, *rest = re.split(r"(?<=[;.])(?=\s)|(?<=[；。])", words)
    kept = first
    for each in rest:
        if wide(f"{kept}{each} {cut}") > width:
            break
        kept += each
    space = "" if kept[-1:] in "；。" else " "
    return kept if kept == words else f"{kept}{space}{cut}"


def command_lines(text: str, width: int, indent: str = "") -> list[str]:
    """Return a command on lines of a width that a shell joins again; no width leaves it whole."""
    first, *rest = _command_words(text)
    lines = [indent + first]
    for each in _with_values(rest):
        if width and wide(f"{lines[-1]} {each} \\") > width:
            lines[-1] += " \\"
            lines.append(f"{indent}  {each}")
        else:
            lines[-1] += f" {each}"
    return lines


def _with_values(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of a command, an option with what follows it."""
    words = [*words]
    while words:
        first = words.pop(0)
        takes = first.startswith("-") and words and not words[0].startswith(("-", ">", "|"))
        yield f"{first} {words.pop(0)}" if takes else first


def _command_words(text: str) -> list[str]:
    """Return the words of a command, quoted ones whole."""
    words: list[str] = []
    quote = ""
    for each in text.split(" "):
        if quote:
            words[-1] += f" {each}"
        else:
            words.append(each)
        for sign in each:
            if sign in "\"'" and quote in ("", sign):
                quote = "" if quote else sign
    return words


def joined(words: str) -> str:
    """Return text in which a number holds together with its unit, and a sign with its number."""
    return _NUMBER.sub(rf"\1{HARD_SPACE}", re.sub(r"(?<=[≥≤<>]) | (?=%)", HARD_SPACE, words))


def _pieces(words: str) -> Iterator[str]:
    """Yield the parts of a text that stay together: words with their spaces, single characters."""
    start = 0
    for at in range(1, len(words)):
        if _breaks(words[at - 1], words[at]):
            yield words[start:at]
            start = at
    yield words[start:]


def _breaks(before: str, after: str) -> bool:
    """Whether a line may break between two signs."""
    if before in _OPENING or after in _CLOSING or after == " ":
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


@cache
def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def wide(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def _columns(sign: str) -> int:
    return 0 if unicodedata.combining(sign) else 2 if _is_wide(sign) else 1
