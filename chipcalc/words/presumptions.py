"""Presumptions in words: what an item is taken to be until somebody shows that it is not."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.check.result import Checked, Finding
from chipcalc.values.logic import Verdict
from chipcalc.words.line import Phrase
from chipcalc.words.roles import NOT_SETTLED


def presumed(checked: Checked, presumption: Finding) -> str:
    """Return what a presumption comes to: ``presumed 3A090.a``, or that it is not settled."""
    if presumption.verdict is Verdict.unknown:
        return NOT_SETTLED
    return f"presumed {checked.presumed(presumption)}"


def presumed_by(checked: Checked, presumption: Finding) -> str:
    """Return a presumption in short, in brackets: `` (Note 1)``."""
    of = f" to {checked.presumed(presumption)}"
    return f" ({presumption.provision.rule.paragraph.removesuffix(of)})"


def presumed_phrases(checked: Checked) -> Iterator[Phrase]:
    """Yield what an item is presumed to be, or whether it is; nothing without a presumption."""
    found = checked.presumption
    if found:
        by = presumed_by(checked, found)
        is_open = found.verdict is Verdict.unknown
        yield Phrase(presumed(checked, found), "open" if is_open else "stop")
        whether = f" whether presumed {checked.presumed(found)}" if is_open else ""
        yield Phrase(f"{whether}{by}", "title")
