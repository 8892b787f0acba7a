"""What stands beside a word so that no colour is alone: shapes of classes, blocks of statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.api.rules import Rules
from chipcalc.check.result import Checked, Classed
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from chipcalc.words.check import classed
from chipcalc.words.line import Role
from chipcalc.words.remains import is_below
from chipcalc.words.roles import classification_role

OUTSIDE, OPEN = "n", "u"
_CONTROLS = ("a", "b", "c", "d")
_SHAPES = {"a": "tri", "b": "dia", "c": "low", "d": "pls", OUTSIDE: "cir", OPEN: "squ"}
_OF_ROLES: dict[Role, str] = {"stop": "a", "go": OUTSIDE, "open": OPEN}


class Mark(NamedTuple):
    """A class in words, with the letter of its colour and the name of its shape."""

    words: str
    kind: str
    paragraph: str = ""

    @property
    def shape(self) -> str:
        """The shape that stands beside the words."""
        return _SHAPES[self.kind]


def controls(provisions: Sequence[Provision]) -> tuple[str, ...]:
    """Return the paragraphs that control items, the first by precedence first."""
    found = [e for e in provisions if e.rule.kind == CLASSIFICATION and not e.rule.residual]
    return tuple(e.rule.paragraph for e in sorted(found, key=lambda e: e.rule.precedence or 0))


def of_rules(rules: Rules) -> tuple[str, ...]:
    """Return the paragraphs of a day that control items, in the order of their marks."""
    return controls(rules.of_items.asked)


def mark(checked: Checked, paragraphs: Sequence[str]) -> Mark:
    """Return the mark of a checked item; `paragraphs` are those of its day that control items."""
    words = classed(checked)
    if checked.presumption:
        met = checked.presumption.verdict is Verdict.met
        name = checked.presumed(checked.presumption)
        return Mark(words, kind_of(name, paragraphs) if met else OPEN, name if met else "")
    found = checked.classification
    if checked.classed is Classed.unknown:
        return Mark(words, OUTSIDE if is_below(checked) else OPEN)
    if found.verdict is Verdict.met and not found.residual:
        return Mark(words, kind_of(found.paragraph, paragraphs), found.paragraph)
    return Mark(words, OUTSIDE, found.paragraph)


def kind_of(paragraph: str, paragraphs: Sequence[str]) -> str:
    """Return the letter of a paragraph by its place; those behind the last letter share it."""
    place = paragraphs.index(paragraph) if paragraph in paragraphs else len(paragraphs)
    return _CONTROLS[min(place, len(_CONTROLS) - 1)]


def of_role(words: str, role: Role) -> Mark | None:
    """Return the mark of words in a role of consequence; None for all other roles."""
    return Mark(words, _OF_ROLES[role]) if role in _OF_ROLES else None


def role_kind(checked: Checked) -> str:
    """Return the letter of an item by its consequence alone."""
    return _OF_ROLES.get(classification_role(checked), OPEN)
