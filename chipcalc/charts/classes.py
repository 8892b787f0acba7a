"""Which class a chip is drawn in: a paragraph, outside of all, or not settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.charts.style import Class, Theme
from chipcalc.check.result import Checked, Classed
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from chipcalc.words.remains import is_below

OUTSIDE, OPEN = "outside", "not settled"


class Legend(NamedTuple):
    """The classes of a picture: control paragraphs in the order of their precedence."""

    controls: tuple[str, ...]

    def look(self, name: str, theme: Theme) -> Class:
        """Return what a class looks like."""
        if name in (OUTSIDE, OPEN):
            return theme.outside if name == OUTSIDE else theme.open
        place = self.controls.index(name) if name in self.controls else len(self.controls)
        return theme.controls[place % len(theme.controls)]

    @property
    def outside(self) -> str:
        """What is said of what lies outside of all paragraphs."""
        return f"outside {' and '.join(self.controls)}" if self.controls else "no rule yet"

    def said(self, name: str) -> str:
        """Return a class in words."""
        return self.outside if name == OUTSIDE else name


def controls(provisions: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return the paragraphs that control items, the first by precedence first."""
    found = [e for e in provisions if e.rule.kind == CLASSIFICATION and not e.rule.residual]
    return tuple(sorted(found, key=lambda each: each.rule.precedence or 0))


def class_of(checked: Checked) -> str:
    """Return the class of a checked item: a control paragraph, outside of all, or not settled."""
    if checked.presumption:
        met = checked.presumption.verdict is Verdict.met
        return checked.presumed(checked.presumption) if met else OPEN
    found = checked.classification
    if checked.classed is Classed.unknown:
        return OUTSIDE if is_below(checked) else OPEN
    return found.paragraph if found.verdict is Verdict.met and not found.residual else OUTSIDE
