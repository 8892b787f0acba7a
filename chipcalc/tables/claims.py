"""What a check of an article shows: each claim with its answer, its figures and its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, bounds, rates
from chipcalc.check.result import Checked
from chipcalc.claims.checker import Finding, Instance, Reading
from chipcalc.claims.claim import Claim, Claims, Words
from chipcalc.claims.misreadings import Turn, chips_of
from chipcalc.comparison.generations import Place
from chipcalc.contract.common import interval_data
from chipcalc.deciding.outcome import Span
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.rules.criteria import SIGNS
from chipcalc.rules.criteria import Threshold as Criterion
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values import numbers, units
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict, every, negated, some
from chipcalc.values.units import ONE
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation, labels
from chipcalc.words.labels import citation
from chipcalc.words.language import HARD_SPACE, Language, plain, wrapped
from chipcalc.words.provenance import origins

SCHEMA = "chipcalc.claims/1"
_WIDTH = 76  # of three columns together
_VERDICT = 14
_CASES = 6
_PHRASES = {
    "reading": "{side} read as {what}",
    "metric": "{side} read as {what}",
    "slip": "{side} with {what}",
    "unlike": "the two differ in {what}",
    "other": "another {what} is meant",
    "variant": "another chip of the family of {what} is meant",
    "line": "another line of the rules is meant",
    "later": "chips launched after {what} count, or at an unknown date",
}


class _Writer:
    """Writes findings in one language."""

    def __init__(self, store: Store, article: Claims, language: Language) -> None:
        self.store = store
        self.vocabulary: Vocabulary = store.vocabulary
        self.article = article
        self.language = language
        self.say = language.say

    def lines(self, finding: Finding, *, explain: bool = False) -> Iterator[str]:
        """Yield what the figures say of a claim; a line that is part of another is indented."""
        claim = finding.claim
        yield from self._subset(finding)
        yield from self._computed(finding)
        if claim.leaves_out and finding.settlement == "literally true":
            yield self.say("what it leaves out: {what}", what=self.words(claim.leaves_out))
        if explain:
            yield from self._arithmetic(finding)
        yield from self._readings(finding, explain=explain)
        yield from self._references(claim)

    def _computed(self, finding: Finding) -> Iterator[str]:
        claim = finding.claim
        ways = (
            (claim.compare, self._compared), (claim.share, self._shared),
            (claim.below_line, self._below), (claim.as_good, self._as_good),
            (claim.behind, self._behind), (claim.outside_rules, self._outside),
            (claim.buys, self._bought),
        )  # fmt: skip
        for way, lines in ways:
            if way is not None:
                yield from lines(finding)

    def words(self, words: Words) -> str:
        """Return a text of the claims in this language, in English where there is none."""
        return words.zh if self.language.code == "zh" else words.en

    # On what it depends.

    def _subset(self, finding: Finding) -> Iterator[str]:
        """Yield for which cases a claim holds, and for which that is not known."""
        if finding.settlement != "depends":
            return
        holding = self._where(finding, Verdict.met) or self.say("none")
        yield self.say("holds for: {cases}", cases=holding)
        open_ones = self._where(finding, Verdict.unknown)
        if open_ones:
            yield self.say("open, as the figures do not settle it: {cases}", cases=open_ones)

    def _where(self, finding: Finding, verdict: Verdict) -> str:
        """Return the cases of a claim with a verdict: chips, metrics or rules."""
        claim = finding.claim
        if claim.behind:
            return self._placed_where(finding, verdict)
        if claim.compare or claim.share:
            return self._cases_where(finding, verdict)
        if claim.outside_rules:
            found = [
                f"{checked.sheet.name} {each.provision.rule.paragraph}"
                for checked in finding.checked
                for each in checked.findings
                if negated(each.verdict) is verdict
            ]
            return self.language.listed(found)
        by_metric: dict[str, list[Verdict]] = {}
        for each in finding.instances:
            by_metric.setdefault(self._metric_label(each), []).append(each.verdict)
        settle = some if claim.as_good else every
        return self.language.listed(
            name for name, verdicts in by_metric.items() if settle(verdicts) is verdict
        )

    def _cases_where(self, finding: Finding, verdict: Verdict) -> str:
        """Return the chips of the cases with a verdict, with the rows where not all have it."""
        shown = []
        for name, cases in self._by_subject(finding.instances).items():
            known = [each for each in cases if isinstance(each.figure, Figure)] or (
                cases if finding.claim.share else []
            )
            wanted = [each for each in known if each.verdict is verdict]
            rows = self.language.listed(self.rows(each) for each in wanted)
            if wanted and len(wanted) == len(known):
                shown.append(name)
            elif wanted:
                shown.append(self.say("{chip} at {rows}", chip=name, rows=rows))
        return self.say("; ").join(shown)

    def _placed_where(self, finding: Finding, verdict: Verdict) -> str:
        shown: dict[str, list[str]] = {}
        for each in finding.places:
            if each.behind and self.within(each, finding.claim) is verdict:
                shown.setdefault(self._metric(each), []).append(each.sheet.name)
        return self.say("; ").join(
            self.say("{subject}: {rest}", subject=metric, rest=self.language.listed(names))
            for metric, names in shown.items()
        )

    # A figure, or the ratio of two.

    def _compared(self, finding: Finding) -> Iterator[str]:
        """Yield the figures of a comparison, a line for each chip; equal ones put together."""
        by_subject = self._by_subject(finding.instances)
        for name, instances in by_subject.items():
            shown: dict[tuple[str, Verdict], list[str]] = {}
            for each in instances:
                if isinstance(each.figure, Figure):
                    found = (self.printed(each.figure, finding.claim), each.verdict)
                    shown.setdefault(found, []).append(self.rows(each))
            marked = finding.settlement == "depends"
            parts = [
                self._with_rows(rows, value) + (self._mark(verdict) if marked else "")
                for (value, verdict), rows in shown.items()
            ]
            if parts:
                rest = self.say("; ").join(parts)
                yield self.say("{subject}: {rest}", subject=name, rest=rest)
        if finding.needs:
            yield self.say("to compute it, give {needs}", needs=f"--rate ({finding.needs})")
        else:
            yield from self._lacking(by_subject)

    def _lacking(self, by_subject: Mapping[str, Sequence[Instance]]) -> Iterator[str]:
        """Yield the cases that have no figure, by the reason."""
        found: dict[str, list[str]] = {}
        for name, instances in by_subject.items():
            for each in instances:
                if isinstance(each.figure, Missing):
                    named = " ".join(filter(None, (name, self.rows(each))))
                    found.setdefault(each.figure.kind, []).append(named)
        for kind, names in found.items():
            rest = self.language.listed(names)
            yield self.say("{subject}: {rest}", subject=self.say(kind), rest=rest)

    def _with_rows(self, rows: Iterable[str], value: str) -> str:
        return " ".join((*filter(None, [self.language.listed(filter(None, rows))]), value))

    def _mark(self, verdict: Verdict) -> str:
        words = {Verdict.met: "holds", Verdict.not_met: "no"}
        return self.say(" ({mark})", mark=self.say(words.get(verdict, "open")))

    def _by_subject(
        self, instances: Sequence[Instance], *, whole: bool = False
    ) -> dict[str, list[Instance]]:
        """Return the cases by the chips that vary, else by the last one; or by all chips."""
        columns = list(zip(*(each.sheets for each in instances), strict=True))
        varying = [i for i, each in enumerate(columns) if whole or len({e.id for e in each}) > 1]
        found: dict[str, list[Instance]] = {}
        for each in instances:
            chosen = [each.sheets[i].name for i in varying or [len(columns) - 1]]
            found.setdefault(" / ".join(chosen), []).append(each)
        return found

    def rows(self, instance: Instance) -> str:
        """Return the row of a case, or its two rows: ``FP64 (vector) against FP64 (tensor)``."""
        if not instance.against:
            return self.row(instance.row)
        minor = [dict(list(row.items())[1:]) for row in (instance.row, instance.against)]
        one, other = (
            self.row(row, whole=minor[0] != minor[1]) for row in (instance.row, instance.against)
        )
        return self.say("{one} against {other}", one=one, other=other)

    def row(self, row: Conditions, *, whole: bool = False) -> str:
        """Return the row of a case: ``FP64 (vector)``; the usual engine only if asked for."""
        known = self.vocabulary.conditions
        shown = [
            self.say(known[name].values[value].label)
            for index, (name, value) in enumerate(row.items())
            if whole or not index or value != next(iter(known[name].values))
        ]
        if len(shown) < 2:
            return "".join(shown)
        rest = self.language.listed(shown[1:])
        return self.say("{first} ({rest})", first=shown[0], rest=rest)

    def printed(self, answer: Answer, claim: Claim) -> str:
        """Return a figure beside what is printed: as it is, and how many times the printed one."""
        shown = self.value(answer, claim)
        relation = claim.compare and claim.compare.is_
        if not relation or isinstance(answer, Missing) or not answer.value.unit.dimension:
            return shown
        printed = relation.printed
        if printed.amount.low <= 0 or printed.unit.dimension != answer.value.unit.dimension:
            return shown
        times = numbers.ratios((answer.value / printed).to(ONE).amount)
        return self.say(
            "{figure}, {times} × the printed {printed}",
            figure=shown, times=times, printed=_quantity(printed),
        )  # fmt: skip

    def value(self, answer: Answer, claim: Claim | None = None) -> str:
        """Return a figure as the claim prints its own: per cent, times, or with its unit."""
        if isinstance(answer, Missing):
            return self.say(answer.kind)
        if answer.value.unit.dimension:
            return _quantity(answer.value)
        amount = answer.value.to(ONE).amount
        printed = claim.compare.is_.printed if claim and claim.compare else None
        if (printed and str(printed.unit) == "%") or (claim and claim.below_line):
            limits = [printed] if printed else []
            if claim and claim.compare:
                limits += claim.compare.is_.bounds or ()
            return _percent(amount, [each.to(ONE).amount.best for each in limits])
        return f"{numbers.ratios(amount)}{HARD_SPACE}×"

    # Families, lines of rules, sets of chips, lines of products.

    def _shared(self, finding: Finding) -> Iterator[str]:
        family = finding.claim.share.family if finding.claim.share else ""
        for phrase, verdict in (
            ("of the family {family}: {names}", Verdict.met),
            ("not of the family {family}: {names}", Verdict.not_met),
        ):
            found = [e.sheets[0].name for e in finding.instances if e.verdict is verdict]
            if found:
                yield self.say(phrase, family=family, names=self.language.listed(found))

    def _below(self, finding: Finding) -> Iterator[str]:
        yield from (self._line(each, finding.claim) for each in finding.instances)
        asked = {each.metric for each in finding.instances}
        for checked in finding.checked:
            for bound in bounds(checked):
                if bound.metric[0] in asked | {"die_area", "applicable_die_area"}:
                    yield from self._outside_while(bound, checked.sheet)

    def _outside_while(self, bound: Bound, sheet: Sheet) -> Iterator[str]:
        """Yield up to where an input can move before the chip is caught."""
        for span in bound.outside() if bound.now else ():
            if bound.now is None or not span.contains(bound.now.value.to(span.unit).amount):
                continue
            unit = labels.unit_shown(bound.metric[0], span.unit, self.vocabulary)
            yield self.say(
                "{chip} stays outside while {label} {range}",
                chip=sheet.name,
                label=labels.lower(self.say(self.vocabulary.metric(bound.metric[0]).label)),
                range=f"{_range(span)}{HARD_SPACE}{unit}".rstrip(),
            ) + self._as_rates(bound, span, sheet)

    def _as_rates(self, bound: Bound, span: Span, sheet: Sheet) -> str:
        """Return what an upper bound is at each format of the chip: ``FP16 150 TFLOPS``."""
        formats = sheet.mirrors("formats").chip.formats or ()
        values = self.vocabulary.conditions["format"].values
        digits = numbers.COMPUTED_DIGITS
        offered = {values[each].label for each in formats if each in values}
        found = [
            f"{each.label} {numbers.amount(each.low, digits)}{HARD_SPACE}{each.unit}"
            for each in rates(bound.metric, span.high or Fraction(0), self.vocabulary)
            if each.label in offered and each.low == each.high
        ]
        return self.say(" ({mark})", mark=self.language.listed(found)) if found else ""

    def _line(self, each: Instance, claim: Claim) -> str:
        label = self.say(self.vocabulary.metric(each.metric).label)
        if each.line is None or not isinstance(each.line.node, Criterion):
            rest = self.say("below no line of these rules")
            return self.say("{subject}: {rest}", subject=label, rest=rest)
        node, of = each.line.node, each.sides[0]
        limit = numbers.beside(node.limit.amount.best, node.limit.amount.best)
        value = (
            _quantity(of.value, numbers.COMPUTED_DIGITS)
            if isinstance(of, Figure)
            else self.value(of)
        )
        return self.say(
            "{label} {value}: {share} of the line {sign} {limit} of {cite}",
            label=label, value=value, share=self.value(each.figure, claim),
            sign=SIGNS[node.relation], limit=limit, cite=each.cite,
        )  # fmt: skip

    def _as_good(self, finding: Finding) -> Iterator[str]:
        """Yield the chips that are at least as good, by each metric, then by all."""
        metrics = dict.fromkeys(each.metric for each in finding.instances)
        for metric in metrics:
            same = [each for each in finding.instances if each.metric == metric]
            base = same[0]
            yield self.say(
                "{label}, {chip} {base}; at least as good:",
                label=self._metric_label(base), chip=base.sheets[1].name, base=self._side(base, 1),
            )  # fmt: skip
            yield from self._ranked(same)
        if len(metrics) > 1:
            holding = [e.sheets[0].name for e in finding.holding]
            all_ = [n for n in dict.fromkeys(holding) if holding.count(n) == len(metrics)]
            names = self.language.listed(all_) or self.say("none")
            yield self.say("at least as good in all of these: {names}", names=names)

    def _ranked(self, same: Sequence[Instance]) -> Iterator[str]:
        better = [each for each in same if each.verdict is Verdict.met]
        for each in better:
            yield f"  {each.sheets[0].name} {self._side(each, 0)}"
        if not better:
            yield f"  {self.say('none')}"
        unclear = [each for each in same if each.verdict is Verdict.unknown]
        ranges = [e.sheets[0].name for e in unclear if isinstance(e.figure, Figure)]
        unknown = [e.sheets[0].name for e in unclear if isinstance(e.figure, Missing)]
        for phrase, names in (("open", ranges), ("unknown", unknown)):
            if names:
                rest = self.language.listed(names)
                yield "  " + self.say("{subject}: {rest}", subject=self.say(phrase), rest=rest)

    def _metric_label(self, each: Instance) -> str:
        label = self.say(self.vocabulary.metric(each.metric.partition("[")[0]).label)
        if not each.row:
            return label
        return self.say("{first} ({rest})", first=label, rest=self.row(each.row))

    def _side(self, instance: Instance, index: int) -> str:
        """Return the figure of a side, in the unit of the second one where both are of a kind."""
        answer, other = instance.sides[index], instance.sides[1]
        if isinstance(answer, Missing):
            return self.say(answer.kind)
        alike = isinstance(other, Figure) and (
            other.value.unit.dimension == answer.value.unit.dimension
        )
        unit = other.value.unit if isinstance(other, Figure) and alike else answer.value.unit
        return _quantity(answer.value.to(unit))

    def _behind(self, finding: Finding) -> Iterator[str]:
        by_metric: dict[str, list[Place]] = {}
        for each in finding.places:
            by_metric.setdefault(self._metric(each), []).append(each)
        for metric, places in by_metric.items():
            yield self.say("{subject}:", subject=metric)
            yield from (f"  {self._placed(e, finding.claim)}" for e in places if e.behind)
            unknown = [each.sheet.name for each in places if each.behind is None]
            if unknown:
                names = self.language.listed(unknown)
                rest = self.say("{subject}: {rest}", subject=self.say("unknown"), rest=names)
                yield f"  {rest}"
        yield self.say(
            "behind the newest of {line}; between two, by the logarithm of the figure; "
            "beyond the ends, at the pace of the two there",
            line=" → ".join(sheet.name for sheet, _ in finding.places[0].line),
        )
        ends = finding.claim.behind.generations if finding.claim.behind else ()
        low, high = (numbers.amounts(end.to(ONE).amount, numbers.STATED_DIGITS) for end in ends)
        yield self.say("{low} to {high} generations agree with the claim", low=low, high=high)

    def _metric(self, each: Place) -> str:
        label = self.say(self.vocabulary.metric(each.metric).label)
        if not each.when:
            return label
        return self.say("{first} ({rest})", first=label, rest=self.row(each.when))

    def _placed(self, each: Place, claim: Claim) -> str:
        low, high = (f"{end:.1f}" for end in each.behind or (0, 0))
        generations = low if low == high else f"{low}–{high}"
        said = self.say("{chip} {generations} generations", chip=each.sheet.name,
                        generations=generations)  # fmt: skip
        if each.years:
            first, last = (f"{end:.1f}" for end in each.years)
            years = first if first == last else f"{first}–{last}"
            said += self.say(", {years} years", years=years)
        return said + self._mark(self.within(each, claim))

    def within(self, each: Place, claim: Claim) -> Verdict:
        """Return whether a chip is as far behind as the claim has it."""
        ends = claim.behind.generations if claim.behind else ()
        low, high = (end.to(ONE).amount.best for end in ends)
        return each.within(low, high)

    def _outside(self, finding: Finding) -> Iterator[str]:
        yield from (line for each in finding.checked for line in self._verdicts(each))

    def _verdicts(self, checked: Checked) -> Iterator[str]:
        for each in checked.findings:
            why = "; ".join(explanation.reasons(each, checked.case)[:1])
            yield self.say(
                "{chip}, {day}, {rule}: {verdict}, as {why}",
                chip=checked.sheet.name, day=str(checked.day),
                rule=each.provision.rule.paragraph, verdict=self.say(each.verdict.value),
                why=why.replace(" ", HARD_SPACE),
            )  # fmt: skip

    def _bought(self, finding: Finding) -> Iterator[str]:
        if finding.needs:
            yield self.say("to compute it, give {needs}", needs=f"--rate ({finding.needs})")
        for each in finding.instances:
            amount, price = (side.value for side in each.sides if isinstance(side, Figure))
            count = each.figure.value if isinstance(each.figure, Figure) else amount
            rate = _best(amount) / _best(price) / _best(count)
            exchange = self.say(", exchanged at {rate}", rate=_quantity(rate, numbers.RATIO_DIGITS))
            yield self.say(
                "that buys about {count} of {chip} at {price} each",
                count=numbers.amount(count.amount.best, numbers.RATIO_DIGITS),
                chip=each.sheets[0].name,
                price=_quantity(_best(price)),
            ) + (exchange if rate.unit.dimension else "")  # fmt: skip
            if not count.amount.exact:
                counts = numbers.amounts(count.amount, numbers.RATIO_DIGITS)
                yield self.say(
                    "{counts} over the prices of {prices}", counts=counts, prices=_quantity(price)
                )

    # Readings, arithmetic, references.

    def _readings(self, finding: Finding, *, explain: bool) -> Iterator[str]:
        if finding.readings:
            yield self.say("The printed figure comes out when")
        for each in finding.readings:
            yield "  " + self.say("{subject}:", subject=self.turn(each, finding.claim))
            cases = self._reading_cases(each, finding.claim)
            shown = cases if explain else cases[:_CASES]
            yield from (f"    – {case}" for case in shown)
            if len(cases) > len(shown):
                more = str(len(cases) - len(shown))
                yield "    " + self.say("and {count} more; --explain lists them", count=more)
            if explain:
                yield from (f"  {line}" for line in self._cases_worked(each.instances, finding))

    def turn(self, reading: Reading, claim: Claim) -> str:
        """Return a misreading in words: ``h100 read as 2:4 sparse``."""
        return self.say(" or ").join(self._turn(each, claim) for each in reading.turns)

    def _turn(self, turn: Turn, claim: Claim) -> str:
        what = self.say(turn.what)
        if turn.kind == "metric":
            what = self.say(self.vocabulary.metric(turn.what).label)
        if turn.kind in ("unlike", "other"):
            what = self.say(labels.lower(self.vocabulary.conditions[turn.what].label))
        return self.say(_PHRASES[turn.kind], side=self._sides(turn, claim), what=what)

    def _sides(self, turn: Turn, claim: Claim) -> str:
        """Return the names, as the claim writes them, of the sides that a misreading changes."""
        asked = claim.compare
        texts = {"of": asked.of, "to": asked.to or ""} if asked else {}
        names = [
            name
            for each in turn.sides
            for name in chips_of(notation.parse(texts[each], self.vocabulary))
        ]
        return self.language.listed(dict.fromkeys(names))

    def _reading_cases(self, reading: Reading, claim: Claim) -> list[str]:
        """Return what a misreading gives: for each chip, the figures with their rows."""
        kind = reading.turns[0].kind
        if kind == "line":
            return [self._line(each, claim) for each in reading.instances]
        if kind == "later":
            by_metric: dict[str, list[str]] = {}
            for each in reading.instances:
                shown_as = f"{each.sheets[0].name} {self._side(each, 0)}"
                by_metric.setdefault(self._metric_label(each), []).append(shown_as)
            return [
                self.say("{subject}: {rest}", subject=metric, rest=self.language.listed(chips))
                for metric, chips in by_metric.items()
            ]
        shown: dict[tuple[str, str], list[str]] = {}
        for name, cases in self._by_subject(reading.instances, whole=kind == "variant").items():
            for each in cases:
                found = (name, self.value(each.figure, claim))
                shown.setdefault(found, []).append(self.rows(each))
        return [
            self.say("{subject}: {rest}", subject=name, rest=self._with_rows(rows, value))
            for (name, value), rows in shown.items()
        ]

    def _arithmetic(self, finding: Finding) -> Iterator[str]:
        """Yield every case with its arithmetic, its status and the places of its figures."""
        if finding.claim.as_good or finding.claim.compare or finding.claim.below_line:
            yield from self._cases_worked(finding.instances, finding)
        yield from (line for each in finding.places for line in self._place_worked(each))

    def _cases_worked(self, instances: Sequence[Instance], finding: Finding) -> Iterator[str]:
        for each in instances:
            sides = [side for side in each.sides if isinstance(side, Figure)]
            if not sides or not isinstance(each.figure, Figure):
                continue
            parts = " / ".join(_quantity(side.value) for side in sides)
            equals = f" = {self.value(each.figure, finding.claim)}" if len(sides) > 1 else ""
            metric = self._metric_label(each) if each.metric else self.rows(each)
            chips = " / ".join(sheet.name for sheet in each.sheets)
            name = " ".join(filter(None, (chips, metric)))
            yield "  " + self.say("{subject}: {rest}", subject=name,
                                  rest=f"{parts}{equals} ({self._firm(sides)})")  # fmt: skip

    def _place_worked(self, place: Place) -> Iterator[str]:
        line = [(sheet, each) for sheet, each in place.line if isinstance(each, Figure)]
        own = [(place.sheet, place.answer)] if isinstance(place.answer, Figure) else []
        for sheet, figure in (*own, *line) if own else ():
            rest = f"{_quantity(figure.value, numbers.COMPUTED_DIGITS)} ({self._firm([figure])})"
            name = f"{sheet.name}, {self._metric(place)}"
            yield "  " + self.say("{subject}: {rest}", subject=name, rest=rest)

    def _firm(self, figures: Sequence[Figure]) -> str:
        """Return how firm figures are, and where they stand."""
        stated = [each for each in figures if any(each.statements())]
        status = self.language.listed(dict.fromkeys(self.say(each.status) for each in stated))
        return "; ".join([status, *filter(None, map(origins, figures))])

    def _references(self, claim: Claim) -> Iterator[str]:
        if claim.elsewhere is None:
            return
        yield self.say("no spec sheet states {about}", about=self.words(claim.elsewhere.about))
        for each in claim.elsewhere.references:
            keys = self.say("; ").join(self._publisher(key) for key in each.source)
            yield self.say("elsewhere: {what} [{source}]", what=self.words(each.says), source=keys)
        if not claim.elsewhere.references:
            yield self.say("no reference figure was found")

    def _publisher(self, key: str) -> str:
        source = self.article.sources.get(key)
        if source is None:
            return key
        return f"{source.publisher} {source.published or ''}".rstrip()


def _best(value: units.Quantity) -> units.Quantity:
    return units.Quantity(exactly(value.amount.best), value.unit)


def _quantity(value: units.Quantity, digits: int = numbers.STATED_DIGITS) -> str:
    """Return a quantity that no line break tears apart."""
    return numbers.quantity(value, digits).replace(" ", HARD_SPACE)


def _percent(amount: Interval, limits: Sequence[Fraction]) -> str:
    """Return a ratio in per cent, rounded to a tenth where that tells it from the limits."""
    ends = [_hundredfold(end, limits) for end in (amount.low, amount.high)]
    return f"{numbers.between(amount, *ends)}{HARD_SPACE}%"


def _hundredfold(share: Fraction, limits: Sequence[Fraction]) -> str:
    tenths = numbers.percent(exactly(share)).removesuffix(" %")
    near = any(share != each and abs(share - each) < Fraction(1, 1000) for each in limits)
    if near or 0 < share < Fraction(1, 1000):
        limit = next((each for each in limits if abs(share - each) < Fraction(1, 1000)), share)
        return numbers.beside(share * 100, limit * 100)
    return tenths


def _range(span: Span) -> str:
    """Return the bounds of a span: ``< 2,400``, ``> 740``."""
    found = []
    if span.low is not None:
        found.append(f"{'≥' if span.low_included else '>'}{HARD_SPACE}{_number(span.low)}")
    if span.high is not None:
        found.append(f"{'≤' if span.high_included else '<'}{HARD_SPACE}{_number(span.high)}")
    return ", ".join(found)


def _number(value: Fraction) -> str:
    return numbers.beside(value, value)


def lines(finding: Finding, article: Claims, store: Store, language: Language) -> list[str]:
    """Return the answer to one claim in words, line by line."""
    return list(_Writer(store, article, language).lines(finding, explain=True))


def report(
    article: Claims,
    found: Sequence[Finding],
    store: Store,
    language: Language,
    *,
    explain: bool = False,
    sources: bool = False,
) -> Report:
    """Return the report of an article's claims, with arithmetic and sources if asked for."""
    writer = _Writer(store, article, language)
    say = language.say
    widest = max(len(each.claim.id) for each in found)
    width = _WIDTH - _VERDICT - max(widest, len("claim"))
    rows = []
    for finding in found:
        says = wrapped(writer.words(finding.claim.says), width)
        rows.append(Row((finding.claim.id, wrapped(say(finding.settlement), _VERDICT), says)))
        for line in writer.lines(finding, explain=explain):
            indent = " " * (len(line) - len(line.lstrip(" ")))
            rows.append(Row(("", "", wrapped(line, width - len(indent), indent))))
    head = article.article
    notes = [say("Figures are those of the spec sheets, dense against dense unless it says so.")]
    if explain or sources:
        notes.insert(0, "\n".join([say("Sources"), *_sources(found, article, store)]))
    return Report(
        (Column(say("claim")), Column(say("verdict")), Column(say("what the figures say"))),
        tuple(rows),
        lambda: _data(article, found, writer),
        lambda: list(_records(found, writer)),
        title=f"{writer.words(head.title)} ({head.published})",
        notes=tuple(notes),
        language=language.code,
    )


def _figures(finding: Finding) -> Iterator[tuple[Sheet, Figure]]:
    """Yield every figure that an answer rests on, and its sheet."""
    reading = (each for reading in finding.readings for each in reading.instances)
    for instance in (*finding.instances, *reading):
        for sheet in instance.sheets:
            yield from ((sheet, side) for side in instance.sides if isinstance(side, Figure))
    for place in finding.places:
        for sheet, answer in ((place.sheet, place.answer), *place.line):
            if isinstance(answer, Figure):
                yield sheet, answer
    for checked in finding.checked:
        for figure in check_lines.figures([e.line for e in checked.findings]).values():
            yield checked.sheet, figure


def _sources(found: Sequence[Finding], article: Claims, store: Store) -> Iterator[str]:
    """Yield every source of a figure, a rule or a reference, each once."""
    known: dict[str, None] = {}
    for finding in found:
        for sheet, figure in _figures(finding):
            for key in (key for each in figure.statements() for key in each.statement.source):
                source = store.source(sheet, key)
                if source:
                    known[citation(source)] = None
        known.update(dict.fromkeys(_rule_sources(finding, store)))
        elsewhere = finding.claim.elsewhere
        for reference in elsewhere.references if elsewhere else ():
            cited = [article.sources[key] for key in reference.source if key in article.sources]
            known.update((citation(each), None) for each in cited)
    yield from (f"  {each}" for each in known)


def _rule_sources(finding: Finding, store: Store) -> Iterator[str]:
    for each in (e.provision for checked in finding.checked for e in checked.findings):
        for key in each.version.source:
            source = each.rule.sources.get(key) or store.shared_source(key)
            if source:
                yield citation(source)


def _data(article: Claims, found: Sequence[Finding], writer: _Writer) -> dict[str, Any]:
    head = article.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": writer.words(head.title),
            "published": str(head.published),
            "language": head.language,
            "publisher": head.publisher,
        },
        "claims": [
            {
                "id": each.claim.id,
                "says": writer.words(each.claim.says),
                "verdict": each.settlement,
                "computed": [_computed(i, writer) for i in each.instances],
                "readings": list(_reading_data(each, writer)),
                "places": [_place(p, each.claim, writer) for p in each.places],
                "rules": list(_rules(each)),
                "lines": [plain(line) for line in writer.lines(each)],
                "needs": each.needs or None,
            }
            for each in found
        ],
    }


def _computed(instance: Instance, writer: _Writer) -> dict[str, Any]:
    chips = " / ".join(sheet.name for sheet in instance.sheets)
    label = " ".join(filter(None, (chips, writer.rows(instance), instance.metric)))
    figure = instance.figure
    value: dict[str, Any] = {"value": None, "low": None, "high": None, "unit": None}
    if isinstance(figure, Figure):
        value = {**interval_data(figure.value.amount), "unit": figure.value.unit.text}
    return {
        "label": label,
        "chips": [sheet.id for sheet in instance.sheets],
        "when": dict(instance.row),
        "against": dict(instance.against),
        **value,
        "verdict": instance.verdict.value,
    }


def _reading_data(finding: Finding, writer: _Writer) -> Iterator[dict[str, Any]]:
    """Yield each case under a misreading, labelled with both."""
    for reading in finding.readings:
        name = writer.turn(reading, finding.claim)
        for each in reading.instances:
            case = _computed(each, writer)
            yield {**case, "label": f"{name}: {case['label']}"}


def _place(place: Place, claim: Claim, writer: _Writer) -> dict[str, Any]:
    generations, years = (
        [f"{end:.3f}" for end in ends] if ends else None for ends in (place.behind, place.years)
    )
    return {
        "chip": place.sheet.id,
        "metric": place.metric,
        "when": dict(place.when),
        "generations": generations,
        "years": years,
        "verdict": writer.within(place, claim).value,
    }


def _rules(finding: Finding) -> Iterator[dict[str, Any]]:
    for checked in finding.checked:
        for each in checked.findings:
            yield {
                "chip": checked.sheet.id,
                "rule": each.provision.id,
                "as_of": checked.day.isoformat(),
                "verdict": each.verdict.value,
            }


def _records(found: Sequence[Finding], writer: _Writer) -> Iterator[dict[str, str]]:
    """Yield one flat record for each figure of a claim, and one for the claim itself."""
    for each in found:
        head = {"claim": each.claim.id, "kind": "claim"}
        yield {**head, "label": writer.words(each.claim.says), "verdict": each.settlement}
        for kind, cases in (
            ("figure", [_computed(i, writer) for i in each.instances]),
            ("reading", list(_reading_data(each, writer))),
        ):
            for case in cases:
                shown = {name: case[name] or "" for name in ("value", "low", "high", "unit")}
                yield {
                    **head, "kind": kind, "label": case["label"],
                    "verdict": case["verdict"], **shown,
                }  # fmt: skip
        for place in each.places:
            low, high = (f"{end:.3f}" for end in place.behind) if place.behind else ("", "")
            yield {
                **head, "kind": "generations", "label": f"{place.sheet.name} {place.metric}",
                "verdict": writer.within(place, each.claim).value, "low": low, "high": high,
            }  # fmt: skip
        for line in writer.lines(each):
            if each.claim.elsewhere or each.checked:
                yield {**head, "kind": "text", "label": plain(line.strip())}
