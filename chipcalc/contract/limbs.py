"""The alternatives and exceptions of a rule with the place of each in its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Combined, RuleMet
from chipcalc.values.logic import Verdict, every, some


class Limb(NamedTuple):
    """Criteria of a rule that have one place in its text; no place where the text gives none."""

    cite: str
    verdict: Verdict
    exception: bool
    criteria: tuple[Line, ...]


def limbs(line: Line) -> Iterator[Limb]:
    """Yield the alternatives and exceptions of a rule, and the criteria that stand beside them."""
    left = [(line, False)]
    while left:
        line, exception = left.pop()
        beside = [each for each in line.parts if _is_criterion(each)]
        if _is_limb(line, beside):
            yield Limb(line.cite, line.verdict, exception, tuple(_criteria(line)))
            continue
        if beside:
            combined = every if isinstance(line.node, Combined) and line.node.how == "all" else some
            verdict = combined(each.verdict for each in beside)
            yield Limb("", verdict, exception, tuple(beside))
        within = [(part, exception) for part in line.parts if not _is_criterion(part)]
        left += reversed([*within, *((part, True) for part in line.exceptions)])


def _is_limb(line: Line, beside: Sequence[Line]) -> bool:
    """Whether criteria stand in one place of the text, or have nothing but criteria among them."""
    group = line.node if isinstance(line.node, Combined) else None
    return bool(group and (group.cite or len(beside) == len(line.parts)))


def _is_criterion(line: Line) -> bool:
    """Whether a line has no parts of its own: those of another rule belong to that."""
    return not line.parts or isinstance(line.node, RuleMet)


def _criteria(line: Line) -> Iterator[Line]:
    left = [line]
    while left:
        line = left.pop()
        if _is_criterion(line):
            yield line
        else:
            left += reversed((*line.parts, *line.exceptions))
