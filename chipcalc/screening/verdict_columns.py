"""The criteria of rules as columns: in which rows each is met, and in which it fails."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeAlias

import narwhals as nw

from chipcalc.check.day import DayRules, scope_of
from chipcalc.check.what_if import blank
from chipcalc.figures.evaluate import Evaluator
from chipcalc.rules.circumstances import sheet_says
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
    fold,
)
from chipcalc.rules.provision import Provision
from chipcalc.screening.bounds import FormulaColumns
from chipcalc.screening.ends import End
from chipcalc.screening.judge import VERDICTS_REST_ON

Truth: TypeAlias = "nw.Expr | bool"


class Outcome(NamedTuple):
    """In which rows a criterion is met, and in which it fails; in neither it is not known.

    Both are plain, with no nulls, so that every engine joins them alike.
    """

    met: Truth
    failed: Truth


UNKNOWN, MET, FAILED = Outcome(False, False), Outcome(True, False), Outcome(False, True)


class CriterionColumns:
    """Reads criteria for all rows of a frame at once.

    Limits are moved outward by a `band`, a share of each: a figure so near to one that rounding
    of its digits might decide is neither met nor failed. `words` are circumstances that are
    columns; of others what is usual counts.
    """

    def __init__(
        self, figures: FormulaColumns, day: DayRules, words: Collection[str], band: float
    ) -> None:
        self.figures = figures
        self.layers: list[dict[str, nw.Expr]] = []
        self._day = day
        self._words = words
        self._band = band
        self._rules: dict[str, Outcome] = {}
        self._compared: dict[object, Outcome] = {}
        self._plain = Evaluator(blank(figures.vocabulary), figures.vocabulary)

    def classing(self) -> list[Provision]:
        """Return the rules on which the verdicts rest, without those that fail in every row."""
        found = [e for e in self._day.asked if e.rule.kind in VERDICTS_REST_ON]
        return [each for each in found if self.asked(each).failed is not True]

    def asked(self, provision: Provision) -> Outcome:
        """Return what a rule with its scope comes to."""
        scope = [fold(each, self) for each in scope_of(provision)]
        return self.every([*scope, self.rule(provision.id)])

    def rule(self, name: str) -> Outcome:
        """Return what the text of a rule comes to, worked out once."""
        if name not in self._rules:
            found = fold(self._day.provisions[name].criterion, self)
            self._rules[name] = self._named(found)
        return self._rules[name]

    def _named(self, found: Outcome) -> Outcome:
        ends: dict[str, nw.Expr] = {}
        for side in ("met", "failed"):
            value = getattr(found, side)
            if isinstance(value, nw.Expr):
                name = f"__verdict_{len(self.layers)}_{side}"
                ends[name] = value
                found = found._replace(**{side: nw.col(name)})
        if ends:
            self.layers.append(ends)
        return found

    def compare(self, node: Threshold) -> Outcome:
        if node.of.when:
            return UNKNOWN
        key = (node.of.name, node.limit.amount.best, node.limit.unit.text)
        if key not in self._compared:
            figure = self.figures.figure(node.of.name, {})
            limit = float(node.limit.amount.best * node.limit.unit.factor)
            up, down = limit * (1 + self._band), limit * (1 - self._band)
            above = _is(figure.low, "at_least", up) if limit else _is(figure.low, "more_than", 0)
            below = _is(figure.high, "at_most", down) if limit else False
            self._compared[key] = self._named(Outcome(above, below))
        found = self._compared[key]
        least = node.relation in ("at_least", "more_than")
        return found if least else Outcome(found.failed, found.met)

    def circumstance(self, node: CircumstanceIs) -> Outcome:
        vocabulary = self.figures.vocabulary
        if vocabulary.circumstances[node.name].places:
            return UNKNOWN
        usual = sheet_says(node.name, self._plain)
        if node.name in self._words:
            said = nw.col(f"__word_{node.name}")
            there = said.is_in([*node.values]).fill_null(value=False)
            absent = ~said.is_null() & ~there
            if usual:
                unsaid = said.is_null()
                there, absent = (
                    (there | unsaid, absent) if usual in node.values else (there, absent | unsaid)
                )
            found = Outcome(there, absent)
        elif not usual:
            return UNKNOWN
        else:
            found = MET if usual in node.values else FAILED
        return Outcome(found.failed, found.met) if node.negated else found

    def launched(self, node: Launched) -> Outcome:  # noqa: ARG002 a reading's signature
        return UNKNOWN

    def named(self, node: Named) -> Outcome:  # noqa: ARG002 the same
        return UNKNOWN

    def unpublished(self, node: Unpublished) -> Outcome:  # noqa: ARG002 the same
        return UNKNOWN

    def unmodelled(self, node: Unmodelled) -> Outcome:  # noqa: ARG002 the same
        return UNKNOWN

    def rule_met(self, node: RuleMet) -> Outcome:
        known = [name for name in node.rules if name in self._day.provisions]
        return self.some([self.rule(name) for name in known])

    def group(self, node: Combined, parts: Sequence[Outcome]) -> Outcome:
        return self.every(parts) if node.how == "all" else self.some(parts)

    def without(self, node: Unless, of: Outcome, exceptions: Sequence[Outcome]) -> Outcome:  # noqa: ARG002
        taken = self.some(exceptions)
        return self.every([of, Outcome(taken.failed, taken.met)])

    def every(self, parts: Sequence[Outcome]) -> Outcome:
        """Return in which rows all of some criteria are met, and in which one fails."""
        return Outcome(all_of([e.met for e in parts]), any_of([e.failed for e in parts]))

    def some(self, parts: Sequence[Outcome]) -> Outcome:
        """Return in which rows one of some criteria is met, and in which all fail."""
        return Outcome(any_of([e.met for e in parts]), all_of([e.failed for e in parts]))


def _is(end: End, relation: str, limit: float) -> Truth:
    if end is None:
        return False
    if isinstance(end, float):
        return {"at_least": end >= limit, "more_than": end > limit, "at_most": end <= limit}[
            relation
        ]
    compared = {"at_least": end >= limit, "more_than": end > limit, "at_most": end <= limit}
    return compared[relation].fill_null(value=False)


def all_of(found: Sequence[Truth]) -> Truth:
    """Return in which rows all of some are true."""
    if any(each is False for each in found):
        return False
    exprs = [each for each in found if isinstance(each, nw.Expr)]
    result: Truth = True
    for each in exprs:
        result = each if result is True else result & each
    return result


def any_of(found: Sequence[Truth]) -> Truth:
    """Return in which rows one of some is true."""
    if any(each is True for each in found):
        return True
    exprs = [each for each in found if isinstance(each, nw.Expr)]
    result: Truth = False
    for each in exprs:
        result = each if result is False else result | each
    return result
