"""What stands beside a word so that no colour is alone: shapes of classes, blocks of statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.api.rules import Rules
from chipcalc.charts.classes import OPEN, OUTSIDE, class_of, controls
from chipcalc.charts.style import LIGHT, Class, Theme
from chipcalc.check.result import Checked
from chipcalc.words.check import classed
from chipcalc.words.line import Role

_LETTERS = "abcd"
_BELOW, _UNSETTLED = "n", "u"
_NAMES = {
    "triangle-up": "tri",
    "diamond": "dia",
    "triangle-down": "low",
    "cross": "pls",
    "circle": "cir",
    "square": "squ",
}
_OF_ROLES: dict[Role, str] = {"stop": _LETTERS[0], "go": _BELOW, "open": _UNSETTLED}


class Mark(NamedTuple):
    """A class in words, with the letter of its colour and the name of its shape."""

    words: str
    kind: str
    paragraph: str = ""

    @property
    def shape(self) -> str:
        """The shape that stands beside the words."""
        places = {_BELOW: LIGHT.outside, _UNSETTLED: LIGHT.open}
        found = places.get(self.kind) or LIGHT.controls[_LETTERS.index(self.kind)]
        return _NAMES[found.shape]


def of_rules(rules: Rules) -> tuple[str, ...]:
    """Return the paragraphs of a day that control items, in the order of their marks."""
    return tuple(each.rule.paragraph for each in controls(rules.of_items.asked))


def mark(checked: Checked, paragraphs: Sequence[str]) -> Mark:
    """Return the mark of a checked item; `paragraphs` are those of its day that control items."""
    name = class_of(checked)
    return Mark(classed(checked), kind_of(name, paragraphs), name if name in paragraphs else "")


def kind_of(name: str, paragraphs: Sequence[str]) -> str:
    """Return the letter of a class: of a paragraph by its place, of the rest by what it means."""
    if name in (OUTSIDE, OPEN):
        return _BELOW if name == OUTSIDE else _UNSETTLED
    place = paragraphs.index(name) if name in paragraphs else len(paragraphs)
    return _LETTERS[min(place, len(_LETTERS) - 1)]


def of_role(words: str, role: Role) -> Mark | None:
    """Return the mark of words in a role of consequence; None for all other roles."""
    return Mark(words, _OF_ROLES[role]) if role in _OF_ROLES else None


def theme() -> Theme:
    """Return the colours of a picture by their names in the style sheet, light and dark."""
    letters = [*_LETTERS, *_LETTERS[-1] * len(LIGHT.controls)]
    return Theme(
        "var(--paper)",
        "var(--ink)",
        "var(--ink-2)",
        "var(--line-2)",
        "var(--bar)",
        tuple(
            Class(f"var(--v{letter})", f"var(--r{letter})", each.shape)
            for letter, each in zip(letters, LIGHT.controls, strict=False)
        ),
        Class(f"var(--v{_BELOW})", _tint(LIGHT.outside, _BELOW), LIGHT.outside.shape),
        Class(f"var(--v{_UNSETTLED})", f"var(--r{_UNSETTLED})", LIGHT.open.shape),
    )


def _tint(found: Class, letter: str) -> str:
    """Return the tint of a class, which is that of the paper where its own is."""
    return "var(--paper)" if found.tint == LIGHT.paper else f"var(--r{letter})"
