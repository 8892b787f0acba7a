"""A report in pieces for a page: what can be pasted stands at its foot, not among its answers."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from markupsafe import Markup

from chipcalc.tables.html import pieces
from chipcalc.tables.report import Part, Report, is_lines
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.line import Block


class Shown(NamedTuple):
    """The answer of a report, the lines below it, and its parts; empty where it has none."""

    head: Markup
    below: Markup
    parts: tuple[Markup, ...]


def shown(report: Report, *, without: tuple[type, ...] = ()) -> Shown:
    """Return a report in pieces, without commands, and without parts of some kinds."""
    kept = [_part(each) for each in report.parts if not isinstance(each, without)]
    made = pieces(
        report._replace(
            title=_without_commands(report.title), parts=tuple(each for each in kept if each)
        )
    )
    return Shown(Markup(made.head), Markup(made.below), tuple(map(Markup, made.parts)))  # noqa: S704


def _part(part: Part) -> Part:
    return _without_commands(part) if is_lines(part) else part


def _without_commands(lines: Block) -> Block:
    """Return lines without those to paste, without what announces them, and without the advice.

    Every page has its command and the words that it gives no advice at its foot.
    """
    found = []
    for each, after in zip_longest(lines, lines[1:]):
        announces = after is not None and after.role == "command" and each.text.endswith(":")
        if each.role == "command" or each.text.startswith(NO_ADVICE) or announces:
            continue
        found.append(each)
    return tuple(found)


def clauses(text: str) -> list[str]:
    """Return a sentence as its first clause, and all that follows it, if anything does."""
    first, _, rest = text.partition("; ")
    return [first, rest] if rest else [first]
