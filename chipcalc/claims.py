"""An article's statements checked against the sheets and the rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from chipcalc import notation
from chipcalc.case import Line
from chipcalc.check import Checked, Day
from chipcalc.claim import (
    AsGood,
    Behind,
    BelowLine,
    Buys,
    Claim,
    Compare,
    OutsideRules,
    Relation,
    Settlement,
    Share,
)
from chipcalc.compare import combinations
from chipcalc.criteria import SIGNS, compared
from chipcalc.criteria import Compare as Criterion
from chipcalc.evaluate import Evaluator
from chipcalc.expr import Expression
from chipcalc.figure import Answer, Figure, Missing, operate
from chipcalc.generations import Place, place
from chipcalc.headroom import Distance, distances
from chipcalc.interval import exactly
from chipcalc.matching import Conditions
from chipcalc.readings import PLAIN, Turn, chips_of, metrics_of, side, turns
from chipcalc.rulebook import Rulebook
from chipcalc.store import Sheet, Store
from chipcalc.units import ONE, Quantity
from chipcalc.verdict import Verdict, every


class Instance(NamedTuple):
    """One case of a claim: chips, and a row such as a format, with what it comes to.

    `sides` are the figures that a ratio is made of, or the one that is compared with a line.
    """

    sheets: tuple[Sheet, ...]
    row: Conditions
    figure: Answer
    verdict: Verdict
    sides: tuple[Answer, ...] = ()
    metric: str = ""
    line: Line | None = None

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return the chips and the row, by which two cases are the same."""
        return tuple(each.id for each in self.sheets), tuple(self.row.items())


class Reading(NamedTuple):
    """An interpretation under which the printed figure comes out, with the cases of it."""

    turn: Turn
    instances: tuple[Instance, ...]


class Finding(NamedTuple):
    """A claim with its answer: how it is settled, in which cases, and under which readings."""

    claim: Claim
    settlement: Settlement
    instances: tuple[Instance, ...] = ()
    readings: tuple[Reading, ...] = ()
    places: tuple[Place, ...] = ()
    checked: tuple[Checked, ...] = ()
    needs: str = ""

    @property
    def holding(self) -> list[Instance]:
        """Return the cases for which the claim holds."""
        return [each for each in self.instances if each.verdict is Verdict.met]


class Checker:
    """Answers claims from one store and its rules; `rates` are exchange rates from the user."""

    def __init__(self, store: Store, rates: Sequence[Quantity] = ()) -> None:
        self.store = store
        self.rates = tuple(rates)
        self.rulebook = Rulebook(store)
        self._evaluators: dict[tuple[str, frozenset[tuple[str, str]]], Evaluator] = {}
        self._days: dict[datetime.date, Day] = {}

    def check(self, claim: Claim) -> Finding:
        """Return a claim with its answer; raises ChipcalcError for names that do not exist."""
        if claim.compare:
            return self._compare(claim, claim.compare)
        if claim.share:
            return self._share(claim, claim.share)
        if claim.below_line:
            return self._below_line(claim, claim.below_line)
        if claim.as_good:
            return self._as_good(claim, claim.as_good)
        if claim.behind:
            return self._behind(claim, claim.behind)
        return self._others(claim)

    def _others(self, claim: Claim) -> Finding:
        if claim.outside_rules:
            return self._outside(claim, claim.outside_rules)
        if claim.buys:
            return self._buys(claim, claim.buys)
        return Finding(claim, "outside the spec sheets")

    def evaluator(self, sheet: Sheet, reading: Conditions = PLAIN.reading) -> Evaluator:
        """Return the evaluator of a chip under a reading; each is made once."""
        name = (sheet.id, frozenset(reading.items()))
        if name not in self._evaluators:
            self._evaluators[name] = Evaluator(sheet, self.store.vocabulary, reading=reading)
        return self._evaluators[name]

    # A figure, or the ratio of two.

    def _compare(self, claim: Claim, compare: Compare) -> Finding:
        instances = self.instances(compare)
        settlement = _settlement([each.verdict for each in instances])
        if settlement == "holds" and compare.suggests:
            suggested = [_relates(each.figure, compare.suggests) for each in instances]
            if every(suggested) is Verdict.not_met or Verdict.met not in suggested:
                settlement = "literally true"
        readings = self._readings(compare, instances) if settlement in ("fails", "depends") else ()
        return Finding(claim, settlement, tuple(instances), tuple(readings))

    def instances(self, compare: Compare, turn: Turn = PLAIN) -> list[Instance]:
        """Return every case of a comparison: each chip of a family, each row that all state."""
        vocabulary = self.store.vocabulary
        nodes = [notation.parse(each, vocabulary) for each in (compare.of, compare.to) if each]
        names = list(dict.fromkeys(name for node in nodes for name in chips_of(node)))
        found = []
        for sheets in product(*(self.store.members(name) for name in names)):
            chosen = dict(zip(names, sheets, strict=True))
            if len({each.id for each in sheets}) == len(sheets):
                rows = self._rows(nodes, chosen)
                found += [self._instance(compare, nodes, chosen, row, turn) for row in rows]
        return [each for each in found if isinstance(each.figure, Figure)]

    def _rows(self, nodes: Sequence[Expression], chosen: Mapping[str, Sheet]) -> list[Conditions]:
        """Return the rows, such as formats, that every figure of a comparison is stated for."""
        common: list[dict[str, str]] | None = None
        for node in nodes:
            for metric in metrics_of(node):
                evaluators = [self.evaluator(chosen[metric.chip])]
                rows = combinations(evaluators, metric.name, self.store.vocabulary)
                rows = [row for row in rows if not set(row) & set(metric.when)] or [{}]
                common = rows if common is None else [row for row in common if row in rows]
        return list(common or [])

    def _instance(
        self,
        compare: Compare,
        nodes: Sequence[Expression],
        chosen: Mapping[str, Sheet],
        row: Conditions,
        turn: Turn,
    ) -> Instance:
        sides = [
            side(node, name, chosen, row, turn, self.evaluator)
            for name, node in zip(("of", "to"), nodes, strict=False)
        ]
        figure = operate("divide", sides) if len(sides) > 1 else sides[0]
        verdict = _relates(figure, compare.is_)
        return Instance(tuple(chosen.values()), row, figure, verdict, tuple(sides))

    def _readings(self, compare: Compare, plain: Sequence[Instance]) -> Iterator[Reading]:
        """Yield the usual misreadings under which the printed figure comes out.

        What holds as printed needs no reading, and is left out.
        """
        known = {each.key for each in plain if _holds(each)}
        for turn in turns(compare, self.store.vocabulary, self._all_rows(compare)):
            found = [
                each
                for each in self.instances(compare, turn)
                if _holds(each) and each.key not in known
            ]
            if found:
                yield Reading(turn, tuple(found))

    def _all_rows(self, compare: Compare) -> list[Conditions]:
        """Return every row for which some chip of a comparison states its figures."""
        vocabulary = self.store.vocabulary
        rows: list[Conditions] = []
        for text in filter(None, (compare.of, compare.to)):
            for metric in metrics_of(notation.parse(text, vocabulary)):
                members = [self.evaluator(each) for each in self.store.members(metric.chip)]
                rows += combinations(members, metric.name, vocabulary)
        return [row for index, row in enumerate(rows) if row and row not in rows[:index]]

    # Families, lines of rules, sets of chips, lines of products.

    def _share(self, claim: Claim, share: Share) -> Finding:
        instances = []
        for name in share.chips:
            for sheet in self.store.members(name):
                verdict = Verdict.met if share.family in sheet.chip.family else Verdict.not_met
                instances.append(Instance((sheet,), {}, Missing("undefined", ""), verdict))
        return Finding(claim, _settlement([e.verdict for e in instances]), tuple(instances))

    def _below_line(self, claim: Claim, asked: BelowLine) -> Finding:
        """Return how far a chip lies below the nearest line above it, metric by metric."""
        instances: list[Instance] = []
        checks = []
        for sheet in self.store.members(asked.chip):
            checked = self._day(asked.on, asked.rules).check(self.evaluator(sheet))
            checks.append(checked)
            for metric in asked.metrics:
                self.store.vocabulary.metric(metric)
                instances.append(_nearest_line(checked, metric, asked.within))
        settlement = _settlement([each.verdict for each in instances])
        other = []
        if settlement != "holds":
            other = [
                line
                for checked in checks
                for metric in asked.metrics
                for line in _other_lines(checked, metric, asked.within)
            ]
        turn = Turn("line", "another line of the rule")
        readings = (Reading(turn, tuple(other)),) if other else ()
        return Finding(claim, settlement, tuple(instances), readings, checked=tuple(checks))

    def _as_good(self, claim: Claim, asked: AsGood) -> Finding:
        """Return, for each metric, every chip of a set that is at least as good."""
        (base,) = self.store.members(asked.as_)[:1]
        instances = []
        by_metric = []
        for metric in asked.metrics:
            better = self.store.vocabulary.metric(metric).better
            of = self.evaluator(base).figure(metric)
            found = []
            for name in asked.among:
                for sheet in self.store.members(name):
                    figure = self.evaluator(sheet).figure(metric)
                    ratio = operate("divide", [figure, of])
                    relation = Relation.model_validate(
                        {"at_most" if better == "lower" else "at_least": "1"}
                    )
                    verdict = _relates(ratio, relation)
                    found.append(Instance((sheet, base), {}, ratio, verdict, (figure, of), metric))
            by_metric.append(_any([each.verdict for each in found]))
            instances += found
        return Finding(claim, _settlement(by_metric), tuple(instances))

    def _behind(self, claim: Claim, asked: Behind) -> Finding:
        line = [self.store.members(name)[0] for name in asked.line]
        low, high = (each.to(ONE).amount.best for each in asked.generations)
        places: list[Place] = []
        for text in asked.metrics:
            name, _, rest = text.partition("[")
            when = notation.conditions_of(rest.rstrip("]"), self.store.vocabulary)
            sheets = [sheet for chip in asked.chips for sheet in self.store.members(chip)]
            places += [place(sheet, line, name, when, self.evaluator) for sheet in sheets]
        verdicts = [each.within(low, high) for each in places]
        known = [each for each in verdicts if each is not Verdict.unknown]
        return Finding(claim, _settlement(known), places=tuple(places))

    def _outside(self, claim: Claim, asked: OutsideRules) -> Finding:
        checks = []
        verdicts = []
        for sheet in self.store.members(asked.chip):
            checked = self._day(asked.on, asked.rules).check(self.evaluator(sheet))
            checks.append(checked)
            opposite = {Verdict.met: Verdict.not_met, Verdict.not_met: Verdict.met}
            verdicts += [opposite.get(each.verdict, each.verdict) for each in checked.findings]
        return Finding(claim, _settlement(verdicts), checked=tuple(checks))

    def _buys(self, claim: Claim, asked: Buys) -> Finding:
        node = notation.parse(asked.price, self.store.vocabulary)
        (metric,) = metrics_of(node)
        (sheet,) = self.store.members(metric.chip)[:1]
        price = self.evaluator(sheet).figure(metric.name, metric.when)
        amount = Figure(asked.amount, "the amount", "given")
        if not isinstance(price, Figure):
            return Finding(claim, "outside the spec sheets", needs=price.because)
        for rate in (None, *self.rates):
            for value in _exchanged(amount.value, rate):
                if value.unit.dimension == price.value.unit.dimension:
                    count = operate("divide", [amount._replace(value=value), price])
                    case = Instance((sheet,), {}, count, Verdict.unknown, (amount, price))
                    return Finding(claim, "outside the spec sheets", (case,))
        needs = f"--rate '… {amount.value.unit}/{price.value.unit}'"
        return Finding(claim, "outside the spec sheets", needs=needs)

    def _day(self, day: datetime.date, rules: Sequence[str]) -> Day:
        for name in rules:
            self.rulebook.rule(name)
        return Day(self.rulebook, day, rules)


def _holds(instance: Instance) -> bool:
    return instance.verdict is Verdict.met


def _settlement(verdicts: Sequence[Verdict]) -> Settlement:
    """Return how a claim is settled by all of its cases together."""
    if not verdicts:
        return "outside the spec sheets"
    if all(each is Verdict.met for each in verdicts):
        return "holds"
    return "fails" if all(each is Verdict.not_met for each in verdicts) else "depends"


def _any(verdicts: Sequence[Verdict]) -> Verdict:
    if Verdict.met in verdicts:
        return Verdict.met
    return Verdict.unknown if Verdict.unknown in verdicts else Verdict.not_met


def _relates(answer: Answer, relation: Relation) -> Verdict:
    """Return whether a figure stands in the printed relation, exactly; raises ChipcalcError."""
    if isinstance(answer, Missing):
        return Verdict.unknown
    low, high = relation.within or relation.between or (None, None)
    if low is not None and high is not None:
        amount = answer.value.to(low.unit).amount
        within = compared(amount, "at_most", high.to(low.unit).amount)
        return every((compared(amount, "at_least", low.amount), within))
    for word in SIGNS:
        limit = getattr(relation, word)
        if limit is not None:
            amount = answer.value.to(limit.unit).amount
            return compared(amount, word, limit.amount)
    return Verdict.unknown


def _nearest_line(checked: Checked, metric: str, within: Quantity) -> Instance:
    """Return how much of the nearest line above it a chip's figure is."""
    above = [each for each in _lines(checked, metric) if each.away and each.away.high < 0]
    sheet = checked.sheet
    if not above:
        missing = Missing("unknown", f"{sheet.name} lies below no line of {metric}")
        return Instance((sheet,), {}, missing, Verdict.not_met, metric=metric)
    nearest = max(above, key=lambda each: each.away.best if each.away else 0)
    return _share_of(nearest, sheet, metric, within)


def _other_lines(checked: Checked, metric: str, within: Quantity) -> Iterator[Instance]:
    """Yield the lines of a metric that a chip lies just below, the nearest or not."""
    for each in _lines(checked, metric):
        found = _share_of(each, checked.sheet, metric, within)
        if each.away and each.away.high < 0 and found.verdict is Verdict.met:
            yield found


def _lines(checked: Checked, metric: str) -> list[Distance]:
    """Return the lines of the rules that a metric is caught above."""
    return [
        each
        for each in distances(checked)
        if isinstance(each.line.node, Criterion)
        and each.line.node.of.name == metric
        and each.line.node.relation in ("at_least", "more_than")
    ]


def _share_of(nearest: Distance, sheet: Sheet, metric: str, within: Quantity) -> Instance:
    """Return a chip's figure as a share of a line, and whether that is close enough."""
    node = nearest.line.node
    limit = node.limit if isinstance(node, Criterion) else Quantity(exactly(1), ONE)
    line = Figure(limit, nearest.limb)
    of = nearest.line.answer or Missing("unknown", "")
    share = operate("divide", [of, line])
    least = exactly(1 - within.to(ONE).amount.best)
    verdict = Verdict.unknown
    if isinstance(share, Figure):
        verdict = compared(share.value.to(ONE).amount, "at_least", least)
    return Instance((sheet,), {}, share, verdict, (of, line), metric, nearest.line)


def _exchanged(amount: Quantity, rate: Quantity | None) -> Iterator[Quantity]:
    """Yield an amount of money as it is, or through an exchange rate either way round."""
    if rate is None:
        yield amount
    else:
        yield amount * rate
        yield amount / rate
