"""What the rules of a day say of a chip, as a script has it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from chipcalc.api.figure import Answer, answered
from chipcalc.api.result import Result
from chipcalc.check import headroom as solved
from chipcalc.check.result import Checked, Classification
from chipcalc.check.result import Finding as FindingOfRule
from chipcalc.deciding.outcome import Deciding, Span
from chipcalc.errors import error
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.report import Report
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Relation, Verdict
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import NONE

if TYPE_CHECKING:
    from chipcalc.charts import Chart
    from chipcalc.check.dated import Step


class Margin(NamedTuple):
    """A figure beside one line of a rule.

    `relation` is the one that the text asks for, such as ``at_least``, and `verdict` whether it
    holds; `share` is the signed distance as a share of the limit, None where the figure is missing
    or the limit is zero.
    """

    metric: str
    figure: Answer
    relation: Relation
    limit: Quantity
    share: Interval | None
    verdict: Verdict
    cite: str


class Finding:
    """What one rule says of a chip."""

    def __init__(self, found: FindingOfRule, check: Check) -> None:
        self.found = found
        self._check = check

    @property
    def verdict(self) -> Verdict:
        """Whether the rule is met: met, not met or unknown."""
        return self.found.verdict

    @property
    def paragraph(self) -> str:
        """What the rule is called, such as a paragraph of a list."""
        return self.found.provision.rule.paragraph

    @property
    def cites(self) -> tuple[str, ...]:
        """The limbs of the rule that are met."""
        return self.found.cites

    @property
    def deciding(self) -> Deciding | None:
        """The facts that decide, with every outcome of them; None where nothing is missing."""
        return self.found.deciding

    @property
    def margins(self) -> list[Margin]:
        """Every line of the rule with the figure beside it, in the order of the text."""
        of_all = solved.distances(self._check.checked)
        found = [each for each in of_all if each.finding is self.found]
        return [_margin(each, self._check) for each in found]

    def explain(self) -> Explanation:
        """Return every step of the verdict: text where it is printed, a list in a notebook."""
        return Explanation(self.found, self._check.checked)

    def __repr__(self) -> str:
        return f"Finding({self.paragraph}: {self.verdict.value})"


class Explanation:
    """The steps of a verdict, in the order of the rule's text."""

    def __init__(self, found: FindingOfRule, checked: Checked) -> None:
        self.found = found
        self._checked = checked

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """The steps, each with its depth: the verdict, and the relation that holds."""
        from chipcalc.words import explanation, tree

        steps = tree.steps(self.found.line, self._checked.case)
        return tuple((each.depth, explanation.step_text(each)) for each in steps)

    def __str__(self) -> str:
        head = f"{self.found.provision.rule.paragraph}: {self.found.verdict.value}"
        return "\n".join([head, *(f"{'  ' * (depth + 1)}{says}" for depth, says in self.lines)])

    def __repr__(self) -> str:
        return f"Explanation({self.found.provision.rule.paragraph}: {len(self.lines)} steps)"

    def _repr_html_(self) -> str:
        from chipcalc.tables.render import escaped

        style = "margin-left: {}em"
        steps = "".join(
            f'<li style="{style.format(2 * depth)}">{escaped(says)}</li>'
            for depth, says in self.lines
        )
        head = f"{self.found.provision.rule.paragraph}: {self.found.verdict.value}"
        return f"<b>{escaped(head)}</b><ul>{steps}</ul>"


class Check(Result):
    """A chip under the rules of a day."""

    def __init__(
        self,
        checked: Checked,
        rulebook: Rulebook,
        given: Mapping[str, str] = NONE,
        ahead: Callable[[], Iterable[Step]] = tuple,
    ) -> None:
        self.checked = checked
        self.rulebook = rulebook
        self._given = given
        self._ahead = ahead

    @cached_property
    def coming(self) -> tuple[Step, ...]:
        """What is known on the day to change for the chip after it, day by day."""
        return tuple(self._ahead())

    @property
    def as_of(self) -> datetime.date:
        """The day of the rules."""
        return self.checked.day

    @property
    def classification(self) -> str:
        """The paragraph that the chip falls under; or ``unknown``, ``none``, ``no rule yet``."""
        from chipcalc.words.check import named

        return named(self.checked)

    @property
    def classified(self) -> Classification:
        """The classification with its verdict, its limbs, and what it may be where unknown."""
        return self.checked.classification

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What every rule says that was asked, classifications first."""
        return tuple(Finding(each, self) for each in self.checked.findings)

    @property
    def deciding(self) -> Deciding | None:
        """The facts that decide an unknown classification, with every outcome of them."""
        return self.checked.deciding

    @property
    def circuits(self) -> tuple[tuple[int, Check], ...]:
        """The circuits of a board or a system: how many of each kind, and its own check."""
        parts = self.checked.circuits
        return tuple((e.number, Check(e.alone, self.rulebook, self._given)) for e in parts)

    def __getitem__(self, rule: str) -> Finding:
        """Return what a rule says, by paragraph or id; raises ChipcalcError for one not asked."""
        versions = self.rulebook.rule(rule)
        for each in self.checked.findings:
            if each.provision.id == versions[0].id:
                return Finding(each, self)
        known = ", ".join(each.provision.rule.paragraph for each in self.checked.findings)
        what = f"'{rule}' was not asked of {self.checked.sheet.name} on {self.as_of}"
        raise error(what, f"asked were {known}" if known else "no rule was in force on that day")

    def is_met(self, rule: str) -> Verdict:
        """Return whether a rule is met; raises ChipcalcError for one that was not asked."""
        return self[rule].verdict

    def report(self) -> Report:
        """Return the table that the command line prints."""
        from chipcalc.tables import answers

        question = answers.asked_of([self.checked], self._given)
        return answers.check([self.checked], self.rulebook, question, coming=[self.coming])

    def __repr__(self) -> str:
        return f"Check({self.checked.sheet.id}, {self.as_of}: {self.classification})"


class Headroom(Result):
    """How far a chip is from every line, and what would stay outside of the paragraphs."""

    def __init__(self, check: Check) -> None:
        self._check = check

    @property
    def margins(self) -> list[Margin]:
        """Every line of every rule, with the figure beside it."""
        return [_margin(each, self._check) for each in solved.distances(self._check.checked)]

    @cached_property
    def bounds(self) -> tuple[solved.Bound, ...]:
        """For each input, set free in turn, the values that lead to each outcome."""
        return tuple(solved.bounds(self._check.checked))

    def outside(self, rule: str = "") -> list[Span]:
        """Return the values of each input at which a rule, or else every control, is not met.

        Raises ChipcalcError for a rule that was not asked.
        """
        name = self._check[rule].found.provision.id if rule else ""
        found = [each.by_rule.get(name) if name else each.deciding for each in self.bounds]
        return [span for each in found if each for span in solved.outside(each)]

    def report(self) -> Report:
        """Return the table that the command line prints."""
        from chipcalc.tables import headroom as headroom_table

        return headroom_table.lines([self._check.checked])

    def chart(self) -> Chart:
        """Return the picture of the distances to every line."""
        from chipcalc.charts import headroom

        return headroom([self._check.checked])

    def __repr__(self) -> str:
        return f"Headroom({self._check.checked.sheet.id}, {self._check.as_of})"


def _margin(found: solved.Distance, check: Check) -> Margin:
    node = found.node
    figure = answered(found.answer, (check.checked.sheet,), check.rulebook.store)
    share = found.away / node.limit.amount if found.away and node.limit.amount.best else None
    return Margin(
        node.of.name, figure, node.relation, node.limit, share, found.line.verdict, found.limb
    )
