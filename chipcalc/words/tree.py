"""The steps of a verdict as a tree, in the order of the rule's text, each of them once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeAlias

from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import Combined, RuleMet, Unless
from chipcalc.values.logic import Verdict
from chipcalc.words.explanation import Step, exception_says, step, step_text
from chipcalc.words.facts import FALLS

_ABOVE = ", as above"
_Steps: TypeAlias = "Iterator[Step | _Steps]"


class Shown(NamedTuple):
    """What is shown elsewhere, and so is referred to, and not explained again.

    `rules` have a place of their own; what is among those `told` was explained above.
    """

    rules: Collection[str] = ()
    told: set[str] | None = None

    def above(self, name: str) -> bool:
        """Whether something was explained above; from now on it was."""
        if self.told is None:
            return False
        found = name in self.told
        self.told.add(name)
        return found


def steps(
    line: Line,
    case: Case,
    shown: Collection[str] | Shown = (),
    depth: int = 0,
    *,
    outermost: bool = True,
) -> Iterator[Step]:
    """Yield the lines that explain a verdict, in the order of the rule's text.

    A rule among those `shown` elsewhere is referred to, and not explained again. The outermost
    group of criteria has no line of its own. However deep the criteria lie, a step costs the same.
    """
    shown = shown if isinstance(shown, Shown) else Shown(shown)
    begun = [_steps(line, case, shown, depth, outermost=outermost)]
    while begun:
        for each in begun[-1]:
            if not isinstance(each, Step):
                begun.append(each)
                break
            yield each
        else:
            begun.pop()


def _steps(line: Line, case: Case, shown: Shown, depth: int, *, outermost: bool = False) -> _Steps:
    """Yield the steps of a line, and in their places those of the lines below it."""
    node = line.node
    if isinstance(node, RuleMet):
        yield _reference_steps(line, node, case, shown, depth)
        return
    group = isinstance(node, Combined) and not node.cite
    plain = isinstance(node, Unless) or (group and (outermost or len(line.parts) == 1))
    if not plain:
        yield step(line, case, depth)
    within = outermost and (isinstance(node, Unless) or len(line.parts) == 1)
    for part in line.parts:
        yield _steps(part, case, shown, depth if plain else depth + 1, outermost=within)
    for exception in line.exceptions:
        yield _exception_steps(exception, case, shown, depth)


def _exception_steps(line: Line, case: Case, shown: Shown, depth: int) -> _Steps:
    """Yield an exception with its steps; one whose very steps stand above is referred to."""
    says = exception_says(line, case)
    parts = [
        each for part in line.parts for each in steps(part, case, shown, depth + 1, outermost=False)
    ]
    above = bool(line.cite) and shown.above(f"{says}: {'; '.join(map(step_text, parts))}")
    yield Step(depth, line.verdict, f"{says}{_ABOVE * above}", line=line, stated=True)
    yield from () if above else parts


def _reference_steps(line: Line, node: RuleMet, case: Case, shown: Shown, depth: int) -> _Steps:
    names = [rule for rule in node.rules if rule in case.provisions]
    if not names:
        yield step(line, case, depth)
    asked = {e for e in names if case.scope(case.provisions[e]) is not Verdict.not_met}
    for name, part in zip(names, line.parts, strict=True):
        if asked and name not in asked:
            continue
        paragraph = case.provisions[name].rule.paragraph
        elsewhere = name in shown.rules
        above = not elsewhere and shown.above(name)
        says = f"{FALLS[part.verdict]} {paragraph}{_ABOVE * above}"
        yield Step(depth, part.verdict, says, line=part, stated=True)
        if not (elsewhere or above):
            yield _steps(part, case, shown, depth + 1)
