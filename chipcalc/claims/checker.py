"""An article's statements checked against the sheets and the rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from chipcalc import files
from chipcalc.check.day import Ruleset
from chipcalc.check.headroom import Distance, distances
from chipcalc.check.result import Checked
from chipcalc.claims.claim import (
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
from chipcalc.claims.misreadings import EMPTY, PLAIN, Turn, chips_of, side, turns
from chipcalc.comparison.comparison import agrees, combinations, raw_metrics
from chipcalc.comparison.generations import Place, place
from chipcalc.errors import did_you_mean, error
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing, operate
from chipcalc.figures.statements import Conditions
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import SIGNS
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.types import PartialDate
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, compared, every, negated, some
from chipcalc.values.units import ONE, Quantity, Unit
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.expressions import Expression, metrics_of
from chipcalc.vocabulary.model import Vocabulary


class Instance(NamedTuple):
    """One case of a claim: chips, and a row such as a format, with what it comes to.

    `sides` are the figures that a ratio is made of, or the one that is compared with a line.
    `against` is the row of the second side where it is another one, `cite` the place of a line.
    """

    sheets: tuple[Sheet, ...]
    row: Conditions
    figure: Answer
    verdict: Verdict
    sides: tuple[Answer, ...] = ()
    metric: str = ""
    line: Line | None = None
    against: Conditions = EMPTY
    cite: str = ""

    @property
    def key(self) -> tuple[tuple[str, ...], frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """Return the chips and the rows, by which two cases are the same."""
        ids = tuple(each.id for each in self.sheets)
        return ids, frozenset(self.row.items()), frozenset((self.against or self.row).items())


class Reading(NamedTuple):
    """An interpretation under which the printed figure comes out, with the cases of it.

    Misreadings that come to the same figures are alternatives.
    """

    turns: tuple[Turn, ...]
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
        return [each for each in self.instances if _holds(each)]


class Checker:
    """Answers claims from one store and its rules; `rates` are exchange rates from the user."""

    def __init__(self, store: Store, rates: Sequence[Quantity] = ()) -> None:
        self.store = store
        self.rates = tuple(rates)
        self.rulebook = Rulebook(store)
        self._evaluators: dict[tuple[str, frozenset[tuple[str, str]]], Evaluator] = {}

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
        sides = self._sides_of(compare)
        instances = list(self._instances(compare, sides))
        if not instances:
            raise error("a chip is compared with itself", "name another chip in to:")
        settlement = _settled(instances)
        if settlement == "holds" and compare.suggests:
            suggested = [self._relates(each.figure, compare.suggests) for each in instances]
            if every(suggested) is Verdict.not_met:
                settlement = "literally true"
        readings: tuple[Reading, ...] = ()
        if settlement in ("fails", "depends"):
            readings = tuple(_merged(self._readings(compare, sides, instances)))
        needs = next(filter(None, (_lacking_rate(each.figure) for each in instances)), "")
        return Finding(claim, settlement, tuple(instances), readings, needs=needs)

    def _sides_of(self, compare: Compare) -> dict[str, Expression]:
        """Return the sides of a comparison; raises ChipcalcError where no chip is named."""
        texts = {"of": compare.of, "to": compare.to}
        vocabulary = self.store.vocabulary
        sides = {name: notation.parse(each, vocabulary) for name, each in texts.items() if each}
        if not any(map(chips_of, sides.values())):
            raise error("the comparison names no chip", "write for example of: h20.throughput")
        return sides

    def _instances(
        self, compare: Compare, sides: Mapping[str, Expression], turn: Turn = PLAIN
    ) -> Iterator[Instance]:
        """Yield every case of a comparison: each chip of a family, each row that all state."""
        for chosen in self._chosen(sides, turn):
            for rows in self._rows(sides, chosen, turn):
                yield self._instance(compare, sides, chosen, rows, turn)

    def _chosen(self, sides: Mapping[str, Expression], turn: Turn) -> Iterator[dict[str, Sheet]]:
        """Yield each choice of a chip for every name; a chip is not compared with itself."""
        names = _names(sides)
        members = [
            self._siblings(name) if name == turn.chip else self.store.members(name)
            for name in names
        ]
        for sheets in product(*members):
            if len({each.id for each in sheets}) == len(sheets):
                yield dict(zip(names, sheets, strict=True))

    def _siblings(self, name: str) -> tuple[Sheet, ...]:
        """Return the other chips of the narrowest family of a chip; none for a family itself."""
        first, *more = self.store.members(name)
        if more:
            return ()
        families = [self._family(each) for each in first.chip.family]
        narrowest = min((each for each in families if len(each) > 1), key=len, default=[])
        return tuple(each for each in narrowest if each.id != first.id)

    def _family(self, name: str) -> list[Sheet]:
        mentioning = map(self.store.sheet, files.mentioning(name, self.store.files))
        return [each for each in mentioning if name in each.chip.family]

    def _rows(
        self, sides: Mapping[str, Expression], chosen: Mapping[str, Sheet], turn: Turn
    ) -> Iterator[tuple[Conditions, ...]]:
        """Yield the rows of the sides, such as formats, that belong together as printed.

        What one side names holds for both; only where both name one may they be unlike.
        """
        named = {name: self._named(node) for name, node in sides.items()}
        others = {name: v for each in named.values() for name, v in each.items()}
        unlike = any(others[key] != v for each in named.values() for key, v in each.items())
        found: list[list[Conditions]] = []
        for name, node in sides.items():
            wanted = {**others, **named[name]}
            rows = self._stated(node, chosen, turn if name in turn.sides else PLAIN)
            if rows is None:
                found.append([EMPTY])
                continue
            found.append([row for row in rows if agrees(row, wanted)] or [wanted])
        for together in product(*found):
            if unlike or agrees(together[0], together[-1]):
                yield together

    def _named(self, node: Expression) -> dict[str, str]:
        """Return the row conditions that a side names."""
        known = self.store.vocabulary.conditions
        return {
            name: value
            for metric in metrics_of(node)
            for name, value in metric.when.items()
            if known[name].role == "row"
        }

    def _stated(
        self, node: Expression, chosen: Mapping[str, Sheet], turn: Turn = PLAIN
    ) -> list[dict[str, str]] | None:
        """Return the rows that all figures of a side are stated for; None where none has rows."""
        common: list[dict[str, str]] | None = None
        for metric in metrics_of(node):
            if metric.name != turn.metric[0] and self._has_rows(metric.name):
                evaluator = self.evaluator(chosen[metric.chip])
                rows = combinations([evaluator], metric.name, self.store.vocabulary)
                common = rows if common is None else [row for row in common if row in rows]
        return common

    def _has_rows(self, metric: str) -> bool:
        """Whether there is a figure of a metric for each row, such as a format."""
        vocabulary = self.store.vocabulary
        return any(
            vocabulary.conditions[each].role == "row" and each not in bound
            for name, bound in raw_metrics(metric, vocabulary).items()
            for each in vocabulary.metric(name).by
        )

    def _instance(
        self,
        compare: Compare,
        sides: Mapping[str, Expression],
        chosen: Mapping[str, Sheet],
        rows: Sequence[Conditions],
        turn: Turn,
    ) -> Instance:
        found = [
            side(node, name, chosen, row, turn, self.evaluator)
            for (name, node), row in zip(sides.items(), rows, strict=True)
        ]
        figure = operate("divide", found) if len(found) > 1 else found[0]
        figure = self._exchanged(figure, compare.is_.printed.unit)
        verdict = self._relates(figure, compare.is_)
        row = rows[0] or rows[-1]
        against = EMPTY if not rows[-1] or rows[-1] == row else rows[-1]
        return Instance(tuple(chosen.values()), row, figure, verdict, tuple(found), against=against)

    def _exchanged(self, figure: Answer, unit: Unit) -> Answer:
        """Return a figure in the currency of a claim, or what rate of exchange it takes."""
        if isinstance(figure, Missing) or figure.value.unit.dimension == unit.dimension:
            return figure
        for value in exchanges(figure.value, self.rates):
            if value.unit.dimension == unit.dimension:
                return figure._replace(value=value.to(unit))
        rate = figure.value.unit / unit
        if not is_exchange(rate):
            return figure
        names = " and ".join(name.removeprefix("currency_") for name, _ in rate.dimension)
        return Missing("unknown", f"{NEEDS_RATE} {names}")

    def _relates(self, answer: Answer, relation: Relation) -> Verdict:
        """Return whether a figure stands in the printed relation, exactly; or ChipcalcError."""
        if isinstance(answer, Missing):
            return Verdict.unknown
        if relation.bounds:
            low, high = relation.bounds
            amount = answer.value.to(low.unit).amount
            within = compared(amount, "at_most", high.to(low.unit).amount)
            return every((compared(amount, "at_least", low.amount), within))
        word, limit = next((w, getattr(relation, w)) for w in SIGNS if getattr(relation, w))
        return compared(answer.value.to(limit.unit).amount, word, limit.amount)

    def _readings(
        self, compare: Compare, sides: Mapping[str, Expression], plain: Sequence[Instance]
    ) -> Iterator[Reading]:
        """Yield the usual misreadings under which the printed figure comes out.

        What holds as printed needs no reading, and is left out.
        """
        known = {each.key for each in plain if _holds(each)}
        chips = {ids for ids, _, _ in known}
        for turn in turns(sides, self.store.vocabulary):
            cases = [each for each in self._instances(compare, sides, turn) if _holds(each)]
            if turn.kind == "metric":
                cases = [each for each in cases if each.key[0] not in chips]
            yield Reading((turn,), tuple(each for each in cases if each.key not in known))
        yield from self._row_readings(compare, sides, plain)
        for index, name in enumerate(_names(sides)):
            turn = Turn("variant", name, chip=name)
            cases = [each for each in self._instances(compare, sides, turn) if _holds(each)]
            done = {_without(each, index) for each in plain if _holds(each)}
            yield Reading((turn,), tuple(e for e in cases if _without(e, index) not in done))

    def _row_readings(
        self, compare: Compare, sides: Mapping[str, Expression], plain: Sequence[Instance]
    ) -> Iterator[Reading]:
        """Yield what comes out when the rows are unlike, or others than those that are named.

        Rows that differ in the engine alone come before those that differ in the format. A row
        for which the claim holds as printed is set against another engine only.
        """
        printed = {each.key for each in plain}
        settled = {each.key[:2] for each in plain if _holds(each)}
        named = [self._named(node) for node in sides.values()]
        first, *minor = _row_conditions(self.store.vocabulary)
        found: dict[tuple[str, str], list[Instance]] = {
            (kind, name): [] for kind in ("unlike", "other") for name in (*minor, first)
        }
        for case in self._all_rows(compare, sides):
            differing = [n for n, v in case.row.items() if case.against.get(n, v) != v]
            kind = "unlike" if differing else "other"
            name = first if first in differing or not differing else differing[0]
            done = name == first and case.key[:2] in settled
            kept = not differing or _keeps(case, named)
            if _holds(case) and case.key not in printed and not done and kept:
                found[kind, name].append(case)
        yield from (Reading((Turn(*name),), tuple(cases)) for name, cases in found.items())

    def _all_rows(self, compare: Compare, sides: Mapping[str, Expression]) -> Iterator[Instance]:
        """Yield a comparison for every pair of rows that its sides are stated for."""
        for chosen in self._chosen(sides, PLAIN):
            stated = [self._stated(node, chosen) for node in sides.values()]
            rows = [[EMPTY] if each is None else each for each in stated]
            for each in product(*rows):
                yield self._instance(compare, sides, chosen, each, PLAIN)

    # Families, lines of rules, sets of chips, lines of products.

    def _share(self, claim: Claim, share: Share) -> Finding:
        families = files.family_names(self.store.folders)
        if share.family not in families:
            raise error(f"no family '{share.family}'", did_you_mean(share.family, families))
        instances = []
        for sheet in self._members(share.chips):
            verdict = Verdict.met if share.family in sheet.chip.family else Verdict.not_met
            instances.append(Instance((sheet,), {}, Missing("undefined", ""), verdict))
        return Finding(claim, _settlement([e.verdict for e in instances]), tuple(instances))

    def _members(self, names: Sequence[str]) -> list[Sheet]:
        """Return the chips that some names stand for, each once."""
        sheets = (sheet for name in names for sheet in self.store.members(name))
        return list({each.id: each for each in sheets}.values())

    def _one(self, name: str) -> Sheet:
        """Return the one chip that a name stands for; raises ChipcalcError for several."""
        first, *more = self.store.members(name)
        if more:
            ids = ", ".join(each.id for each in (first, *more))
            raise error(f"'{name}' stands for {len(more) + 1} chips", f"name one of {ids}")
        return first

    def _metric(self, text: str) -> tuple[str, Conditions]:
        """Return the metric and conditions of ``throughput[fp16]``; raises ChipcalcError."""
        name, _, rest = text.partition("[")
        self.store.vocabulary.metric(name)
        return name, notation.conditions_of(rest.rstrip("]"), self.store.vocabulary)

    def _below_line(self, claim: Claim, asked: BelowLine) -> Finding:
        """Return how far a chip lies below the nearest line above it, metric by metric."""
        for metric in asked.metrics:
            self.store.vocabulary.metric(metric)
        day = self._day(asked.on, asked.rules)
        checks = [day.check(self.evaluator(each)) for each in self.store.members(asked.chip)]
        instances = [
            _nearest_line(_found(checked), metric, asked.within)
            for checked in checks
            for metric in asked.metrics
        ]
        settlement = _settlement([each.verdict for each in instances])
        readings: tuple[Reading, ...] = ()
        if settlement != "holds":
            readings = tuple(self._other_lines(asked, checks, instances))
        return Finding(claim, settlement, tuple(instances), readings, checked=tuple(checks))

    def _other_lines(
        self, asked: BelowLine, checks: Sequence[Checked], plain: Sequence[Instance]
    ) -> Iterator[Reading]:
        """Yield the lines of other rules of the day that a chip lies just below."""
        named = {self.rulebook.rule(name)[0].id for name in asked.rules}
        held = {(each.sheets[0].id, each.metric) for each in plain if _holds(each)}
        found = []
        for each in checks:
            checked = Ruleset(self.rulebook, asked.on).check(self.evaluator(each.sheet))
            others = [one for one in checked.findings if one.provision.id not in named]
            cases = [
                _nearest_line(checked._replace(findings=(finding,)), metric, asked.within)
                for finding in others
                for metric in asked.metrics
                if (each.sheet.id, metric) not in held
            ]
            found += [case for case in cases if _holds(case)]
        if found:
            yield Reading((Turn("line"),), tuple(found))

    def _as_good(self, claim: Claim, asked: AsGood) -> Finding:
        """Return, for each metric, every chip of a set that is at least as good."""
        base = self._one(asked.as_)
        among = [each for each in self._members(asked.among) if each.id != base.id]
        if not among:
            raise error("no other chip is among those to compare with", "name some in among:")
        later = {each.id for each in among if asked.by and not _launched(each, asked.by)}
        cases = [
            self._as_good_case(base, sheet, metric) for metric in asked.metrics for sheet in among
        ]
        now = [each for each in cases if each.sheets[0].id not in later]
        verdicts = [
            some([e.verdict for e in now if e.metric == metric]) for metric in asked.metrics
        ]
        settlement = _settlement(verdicts)
        readings: tuple[Reading, ...] = ()
        after = tuple(e for e in cases if e.sheets[0].id in later and _holds(e))
        if settlement != "holds" and after:
            readings = (Reading((Turn("later", str(asked.by or "")),), after),)
        return Finding(claim, settlement, tuple(now), readings)

    def _as_good_case(self, base: Sheet, sheet: Sheet, text: str) -> Instance:
        name, when = self._metric(text)
        of = self.evaluator(base).figure(name, when)
        figure = self.evaluator(sheet).figure(name, when)
        ratio = operate("divide", [figure, of])
        verdict = Verdict.not_met if _has_none(figure) else Verdict.unknown
        if isinstance(ratio, Figure):
            lower = self.store.vocabulary.metric(name).better == "lower"
            amount = ratio.value.to(ONE).amount
            verdict = compared(amount, "at_most" if lower else "at_least", exactly(1))
        return Instance((sheet, base), when, ratio, verdict, (figure, of), text)

    def _behind(self, claim: Claim, asked: Behind) -> Finding:
        line = [self._one(name) for name in asked.line]
        low, high = (each.to(ONE).amount.best for each in asked.generations)
        places = [
            place(sheet, line, *self._metric(text), self.evaluator)
            for text in asked.metrics
            for sheet in self._members(asked.chips)
        ]
        verdicts = [each.within(low, high) for each in places]
        known = [v for v, each in zip(verdicts, places, strict=True) if each.behind]
        settlement = _settlement(known)
        if settlement == "holds" and len(known) < len(verdicts):
            settlement = "depends"
        return Finding(claim, settlement, places=tuple(places))

    def _outside(self, claim: Claim, asked: OutsideRules) -> Finding:
        day = self._day(asked.on, asked.rules)
        members = self.store.members(asked.chip)
        checks = [_found(day.check(self.evaluator(each))) for each in members]
        verdicts = [negated(found.verdict) for each in checks for found in each.findings]
        return Finding(claim, _settlement(verdicts), checked=tuple(checks))

    def _buys(self, claim: Claim, asked: Buys) -> Finding:
        metrics = metrics_of(notation.parse(asked.price, self.store.vocabulary))
        if len(metrics) != 1:
            raise error(f"'{asked.price}' is no price of one chip", "write price: h20.price")
        sheet = self._one(metrics[0].chip)
        price = self.evaluator(sheet).figure(metrics[0].name, metrics[0].when)
        if isinstance(price, Missing):
            return Finding(claim, "outside the spec sheets", needs=price.because)
        amount = Figure(asked.amount, "the amount", "given")
        count = self._exchanged(operate("divide", [amount, price]), ONE)
        if isinstance(count, Missing):
            return Finding(claim, "outside the spec sheets", needs=count.because)
        count.value.to(ONE)
        case = Instance((sheet,), {}, count, Verdict.unknown, (amount, price))
        return Finding(claim, "outside the spec sheets", (case,))

    def _day(self, day: datetime.date, rules: Sequence[str]) -> Ruleset:
        if not rules:
            raise error("no rule is named", "write for example rules: [us-3a090-b]")
        return Ruleset(self.rulebook, day, rules)


NEEDS_RATE = "a rate of exchange between"


def _holds(instance: Instance) -> bool:
    return instance.verdict is Verdict.met


def _lacking_rate(answer: Answer) -> str:
    lacks = isinstance(answer, Missing) and answer.because.startswith(NEEDS_RATE)
    return answer.because if isinstance(answer, Missing) and lacks else ""


def _has_none(answer: Answer) -> bool:
    """Whether a chip has no such thing at all, which is known, and so no unknown figure."""
    return isinstance(answer, Missing) and answer.kind in ("not offered", "undefined")


def _keeps(case: Instance, named: Sequence[Conditions]) -> bool:
    """Whether one side at least is at the row that it names, if it names any."""
    return agrees(case.row, named[0]) or agrees(case.against, named[-1])


def _names(sides: Mapping[str, Expression]) -> list[str]:
    """Return the names of chips and families in a comparison, each once."""
    return list(dict.fromkeys(name for node in sides.values() for name in chips_of(node)))


def _without(instance: Instance, index: int) -> tuple[object, ...]:
    """Return what a case is about, but for one of its chips."""
    ids, *rows = instance.key
    return (ids[:index], ids[index + 1 :], *rows)


def _row_conditions(vocabulary: Vocabulary) -> list[str]:
    return [name for name, each in vocabulary.conditions.items() if each.role == "row"]


def _merged(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the readings that have cases; those of one kind that come to the same are put together.

    Halving one side of a ratio and doubling the other is one slip or the other.
    """
    found: dict[tuple[object, ...], Reading] = {}
    for each in readings:
        same = tuple((case.key, _value(case)) for case in each.instances)
        name = (each.turns[0].kind, same)
        if each.instances:
            turns_before = found[name].turns if name in found else ()
            found[name] = Reading((*turns_before, *each.turns), each.instances)
    yield from found.values()


def _value(instance: Instance) -> Quantity | None:
    return instance.figure.value if isinstance(instance.figure, Figure) else None


def _settled(instances: Sequence[Instance]) -> Settlement:
    """Return how a claim is settled by cases of which some may have no figure.

    A figure that nobody published keeps a claim from holding as a whole, but does not save one
    that fails wherever it can be computed. What a chip does not have says nothing about it.
    """
    settlement = _settlement([e.verdict for e in instances if isinstance(e.figure, Figure)])
    lacking = [e for e in instances if isinstance(e.figure, Missing) and not _has_none(e.figure)]
    return "depends" if settlement == "holds" and lacking else settlement


def _settlement(verdicts: Sequence[Verdict]) -> Settlement:
    """Return how a claim is settled by all of its cases together."""
    if not verdicts:
        return "outside the spec sheets"
    if all(each is Verdict.met for each in verdicts):
        return "holds"
    return "fails" if all(each is Verdict.not_met for each in verdicts) else "depends"


def _launched(sheet: Sheet, by: PartialDate) -> bool:
    """Whether a chip was out by a day, as far as both are known; without a date it was not."""
    out = sheet.chip.launched
    return out is not None and not by.surely_before(out)


def _found(checked: Checked) -> Checked:
    """Return a check that found some rule; raises ChipcalcError where none applies."""
    if not checked.findings:
        what = f"none of the rules applies to {checked.sheet.name} on {checked.day}"
        raise error(what, "choose another day or other rules")
    return checked


def _nearest_line(checked: Checked, metric: str, within: Quantity) -> Instance:
    """Return how much of the nearest line above it a chip's figure is."""
    lines = _lines(checked, metric)
    unclear = [each for each in lines if each.away is None or each.away.low < 0 <= each.away.high]
    above = [each for each in lines if each.away and each.away.high < 0]
    sheet = checked.sheet
    if not above and not unclear:
        missing = Missing("undefined", f"{sheet.name} lies below no line of {metric}")
        return Instance((sheet,), {}, missing, Verdict.not_met, metric=metric)
    nearest = max(above or unclear, key=lambda each: each.away.best if each.away else 0)
    found = _share_of(nearest, sheet, metric, within)
    return found._replace(verdict=Verdict.unknown) if unclear else found


def _lines(checked: Checked, metric: str) -> list[Distance]:
    """Return the lines of the rules that a metric is caught above."""
    return [
        each
        for each in distances(checked)
        if each.node.of.name == metric and each.node.relation in ("at_least", "more_than")
    ]


def _share_of(nearest: Distance, sheet: Sheet, metric: str, within: Quantity) -> Instance:
    """Return a chip's figure as a share of a line, and whether that is close enough."""
    cite = nearest.limb or nearest.finding.provision.rule.paragraph
    line, of = Figure(nearest.node.limit, cite), nearest.answer
    share = operate("divide", [of, line])
    verdict = Verdict.unknown
    if isinstance(share, Figure):
        least = exactly(1 - within.to(ONE).amount.best)
        verdict = compared(share.value.to(ONE).amount, "at_least", least)
    return Instance((sheet,), {}, share, verdict, (of, line), metric, nearest.line, cite=cite)


def is_exchange(rate: Unit) -> bool:
    """Whether a unit is one currency for another, and nothing else."""
    powers = [power for name, power in rate.dimension if name.startswith("currency")]
    return sorted(powers) == [-1, 1] and len(powers) == len(rate.dimension)


def exchanges(amount: Quantity, rates: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield an amount of money through each rate of exchange, either way round."""
    for rate in rates:
        yield amount * rate
        yield amount / rate
