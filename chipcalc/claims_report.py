"""What a check of an article shows: each claim with its answer, its figures and its readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from chipcalc import explanation, notation, text, units
from chipcalc.check import Checked
from chipcalc.claim import Claim, Claims, Relation, Words
from chipcalc.claims import Finding, Instance, Reading
from chipcalc.contract import citation, interval_data
from chipcalc.criteria import SIGNS
from chipcalc.criteria import Compare as Criterion
from chipcalc.figure import Answer, Figure, Missing
from chipcalc.generations import Place
from chipcalc.language import Language, wrapped
from chipcalc.matching import Conditions
from chipcalc.model import Vocabulary
from chipcalc.provenance import origins
from chipcalc.readings import Turn, chips_of
from chipcalc.report import Column, Report, Row
from chipcalc.store import Store
from chipcalc.units import ONE
from chipcalc.verdict import Verdict

SCHEMA = "chipcalc.claims/1"
_WIDTH = 58
_READINGS = 6
_CASES = 4


class _Writer:
    """Writes findings in one language."""

    def __init__(self, store: Store, article: Claims, language: Language) -> None:
        self.store = store
        self.vocabulary: Vocabulary = store.vocabulary
        self.article = article
        self.language = language
        self.say = language.say

    def lines(self, finding: Finding) -> Iterator[str]:
        """Yield what the figures say of a claim."""
        claim = finding.claim
        yield from self._computed(finding)
        if claim.leaves_out and finding.settlement == "literally true":
            yield self.say("what it leaves out: {what}", what=self.words(claim.leaves_out))
        yield from self._readings(finding)
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

    def _behind(self, finding: Finding) -> Iterator[str]:
        yield from (self._placed(each) for each in finding.places)
        line = finding.places[0].line
        yield self.say(
            "behind the newest of {line}; between two, by the logarithm of the figure",
            line=" → ".join(each.name for each in line),
        )

    def _outside(self, finding: Finding) -> Iterator[str]:
        yield from (line for each in finding.checked for line in self._verdicts(each))

    def words(self, words: Words) -> str:
        """Return a text of the claims in this language, in English where there is none."""
        return words.zh if self.language.code == "zh" else words.en

    def _compared(self, finding: Finding) -> Iterator[str]:
        """Yield the figures of a comparison, a line for each chip; equal ones put together."""
        by_chips: dict[tuple[str, ...], list[Instance]] = {}
        for each in finding.instances:
            by_chips.setdefault(tuple(s.name for s in each.sheets), []).append(each)
        for names, instances in by_chips.items():
            shown: dict[tuple[str, Verdict], list[str]] = {}
            for each in instances:
                value = self.value(each.figure, finding.claim)
                shown.setdefault((value, each.verdict), []).append(self.row(each.row))
            parts = [
                " ".join(filter(None, (self.language.listed(filter(None, rows)), value)))
                + ("" if finding.settlement != "depends" else f" ({self._mark(verdict)})")
                for (value, verdict), rows in shown.items()
            ]
            subject = names[-1] if len(names) > 1 else names[0]
            yield f"{subject}: {'; '.join(parts)}"

    def _mark(self, verdict: Verdict) -> str:
        return self.say({Verdict.met: "holds", Verdict.not_met: "no"}.get(verdict, "open"))

    def row(self, row: Conditions) -> str:
        """Return the row of a case: ``FP64 (vector)``."""
        labels = [self.say(self.vocabulary.conditions[n].values[v].label) for n, v in row.items()]
        engines = self.vocabulary.conditions.get("engine")
        if engines and len(labels) > 1 and row.get("engine") == next(iter(engines.values)):
            return labels[0]
        more = f" ({self.language.listed(labels[1:])})" if labels[1:] else ""
        return labels[0] + more if labels else ""

    def value(self, answer: Answer, claim: Claim | None = None) -> str:
        """Return a figure as the claim prints its own: per cent, times, or with its unit."""
        if isinstance(answer, Missing):
            return self.say(answer.kind)
        if answer.value.unit.dimension:
            return text.quantity(answer.value)
        amount = answer.value.to(ONE).amount
        printed = _printed(claim.compare.is_) if claim and claim.compare else None
        if (printed is not None and str(printed.unit) == "%") or (claim and claim.below_line):
            return text.percent(amount)
        return f"{text.ratios(amount)} ×"

    def _shared(self, finding: Finding) -> Iterator[str]:
        family = finding.claim.share.family if finding.claim.share else ""
        names = self.language.listed(e.sheets[0].name for e in finding.holding)
        yield self.say("of the family {family}: {names}", family=family, names=names)

    def _below(self, finding: Finding) -> Iterator[str]:
        for each in finding.instances:
            label = self.say(self.vocabulary.metric(each.metric).label)
            if each.line is None or not isinstance(each.line.node, Criterion):
                yield f"{label}: {self.value(each.figure)}"
                continue
            node = each.line.node
            limit = text.beside(node.limit.amount.best, node.limit.amount.best)
            of = each.sides[0]
            value = text.quantity(of.value, text.COMPUTED) if isinstance(of, Figure) else ""
            share = self.value(each.figure, finding.claim)
            yield self.say(
                "{label} {value}: {share} of the line {sign} {limit}",
                label=label, value=value, share=share, sign=SIGNS[node.relation], limit=limit,
            )  # fmt: skip

    def _as_good(self, finding: Finding) -> Iterator[str]:
        for metric in dict.fromkeys(each.metric for each in finding.instances):
            same = [each for each in finding.instances if each.metric == metric]
            label = self.say(self.vocabulary.metric(metric).label)
            better = [
                f"{e.sheets[0].name} {self._side(e, 0)}" for e in same if e.verdict is Verdict.met
            ]
            open_ones = sum(each.verdict is Verdict.unknown for each in same)
            base = self._side(same[0], 1)
            name = same[0].sheets[1].name
            line = self.say("{label} ({chip}: {base}): ", label=label, chip=name, base=base)
            line += self.language.listed(better) or self.say("none")
            if open_ones:
                line += self.say(
                    "; not published for {count} of {all}", count=str(open_ones), all=str(len(same))
                )
            yield line

    def _side(self, instance: Instance, index: int) -> str:
        answer = instance.sides[index]
        return text.quantity(answer.value) if isinstance(answer, Figure) else self.say(answer.kind)

    def _placed(self, each: Place) -> str:
        label = self.say(self.vocabulary.metric(each.metric).label)
        if each.when:
            label = f"{label} ({self.row(each.when)})"
        if each.behind is None or each.years is None:
            return self.say("{chip}, {label}: unknown", chip=each.sheet.name, label=label)
        low, high = (f"{end:.1f}" for end in each.behind)
        first, last = (f"{end:.1f}" for end in each.years)
        return self.say(
            "{chip}, {label}: {generations} generations, {years} years",
            chip=each.sheet.name, label=label,
            generations=low if low == high else f"{low}–{high}",
            years=first if first == last else f"{first}–{last}",
        )  # fmt: skip

    def _verdicts(self, checked: Checked) -> Iterator[str]:
        for each in checked.findings:
            why = "; ".join(explanation.reasons(each, checked.case)[:1])
            paragraph = each.provision.rule.paragraph
            verdict = self.say(each.verdict.value)
            yield f"{checked.sheet.name}, {checked.day}, {paragraph}: {verdict} ({why})"

    def _bought(self, finding: Finding) -> Iterator[str]:
        if finding.needs:
            yield self.say("to compute it, give {needs}", needs=finding.needs)
        for each in finding.instances:
            if isinstance(each.figure, Figure):
                amount = each.figure.value.to(ONE).amount
                yield self.say(
                    "that buys {count} of {chip} at {price} each",
                    count=text.amounts(amount, text.RATIO),
                    chip=each.sheets[0].name,
                    price=self._side(each, 1),
                )

    def _readings(self, finding: Finding) -> Iterator[str]:
        shown = finding.readings[:_READINGS]
        if shown:
            yield self.say("The printed figure comes out when")
        for each in shown:
            yield f"  {self.turn(each, finding.claim)}: {self._cases(each, finding.claim)}"
        more = len(finding.readings) - len(shown)
        if more > 0:
            yield self.say("  and in {count} more ways of unlike against unlike", count=str(more))

    def turn(self, reading: Reading, claim: Claim) -> str:
        """Return a misreading in words: ``the second one with 2:4 sparsity``."""
        turn = reading.turn
        what = self.row(turn.row) if turn.kind == "row" else self.say(turn.what)
        if turn.kind == "metric":
            what = self.say(self.vocabulary.metric(turn.what).label)
        phrases = {
            "reading": "{side} is read as {what}",
            "metric": "{what} is meant",
            "slip": "{side} has {what}",
            "row": "{side} is at {what}",
            "line": "{what}",
        }
        return self.say(phrases[turn.kind], side=self._sides(turn, claim), what=what)

    def _sides(self, turn: Turn, claim: Claim) -> str:
        """Return the names, as the claim writes them, of the sides that a misreading changes."""
        asked = claim.compare
        texts = {"of": asked.of, "to": asked.to or ""} if asked else {}
        names = [
            name
            for each in turn.sides
            if texts.get(each)
            for name in chips_of(notation.parse(texts[each], self.vocabulary))
        ]
        return self.language.listed(dict.fromkeys(names))

    def _cases(self, reading: Reading, claim: Claim) -> str:
        """Return what a misreading gives: for each chip, the figures with their rows."""
        shown: dict[tuple[str, str], list[str]] = {}
        for each in reading.instances:
            found = (each.sheets[-1].name, self.value(each.figure, claim))
            shown.setdefault(found, []).append(self.row(each.row))
        parts = []
        for (name, value), rows in shown.items():
            named = self.language.listed(filter(None, rows))
            parts.append(f"{name} {named} {value}" if named else f"{name} {value}")
        return "; ".join(parts[:_CASES]) + ("; …" if len(parts) > _CASES else "")

    def _references(self, claim: Claim) -> Iterator[str]:
        if claim.elsewhere is None:
            return
        yield self.say("no spec sheet states {about}", about=self.words(claim.elsewhere.about))
        for each in claim.elsewhere.references:
            keys = self.language.listed(self._publisher(key) for key in each.source)
            yield self.say("elsewhere: {what} [{source}]", what=self.words(each.says), source=keys)
        if not claim.elsewhere.references:
            yield self.say("no reference figure was found")

    def _publisher(self, key: str) -> str:
        source = self.article.sources.get(key)
        if source is None:
            return key
        return self.language.listed(filter(None, (source.publisher, source.published)))


def _printed(relation: Relation) -> units.Quantity | None:
    for word in ("less_than", "more_than", "at_least", "at_most", "about"):
        found: units.Quantity | None = getattr(relation, word)
        if found is not None:
            return found
    return relation.between[0] if relation.between else None


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
    rows = []
    for finding in found:
        says = wrapped(writer.words(finding.claim.says), _WIDTH)
        rows.append(Row((finding.claim.id, wrapped(say(finding.settlement), 14), says)))
        lines = [*writer.lines(finding), *(_arithmetic(finding, writer) if explain else ())]
        for line in lines:
            indent = "  " if line.startswith("  ") else ""
            rows.append(Row(("", "", wrapped(line, _WIDTH - len(indent), indent))))
    head = article.article
    notes = [say("Figures are those of the spec sheets, dense against dense unless it says so.")]
    if explain or sources:
        notes.insert(0, "\n".join([say("Sources"), *_sources(found, article, store)]))
    return Report(
        (Column(""), Column(say("verdict")), Column(say("claim, and what the figures say"))),
        tuple(rows),
        lambda: _data(article, found, writer),
        lambda: list(_records(found, writer)),
        title=f"{writer.words(head.title)} ({head.published})",
        notes=tuple(notes),
        language=language.code,
    )


def _arithmetic(finding: Finding, writer: _Writer) -> Iterator[str]:
    """Yield every case with its arithmetic and the places of its figures."""
    for each in finding.instances:
        sides = [side for side in each.sides if isinstance(side, Figure)]
        if not sides or not isinstance(each.figure, Figure):
            continue
        parts = " / ".join(text.quantity(side.value) for side in sides)
        places = "; ".join(filter(None, (origins(side) for side in sides)))
        status = ", ".join(dict.fromkeys(writer.say(side.status) for side in sides))
        name = " ".join(filter(None, (each.sheets[-1].name, writer.row(each.row))))
        equals = f" = {writer.value(each.figure, finding.claim)}" if len(sides) > 1 else ""
        yield f"{name}: {parts}{equals} ({status}; {places})"


def _sources(found: Sequence[Finding], article: Claims, store: Store) -> Iterator[str]:
    """Yield every source of a figure or a reference, each once."""
    known: dict[str, None] = {}
    for instance in (each for finding in found for each in finding.instances):
        sides = [side for side in instance.sides if isinstance(side, Figure)]
        located = [each for side in sides for each in side.statements()]
        for key in dict.fromkeys(key for each in located for key in each.statement.source):
            sources = (store.source(sheet, key) for sheet in instance.sheets)
            source = next(filter(None, sources), None)
            known[citation(source) if source else key] = None
    elsewhere = [each.claim.elsewhere for each in found if each.claim.elsewhere]
    for reference in (each for claim in elsewhere for each in claim.references):
        cited = [article.sources[key] for key in reference.source if key in article.sources]
        known.update((citation(each), None) for each in cited)
    yield from (f"  {each}" for each in known)


def _data(article: Claims, found: Sequence[Finding], writer: _Writer) -> dict[str, Any]:
    head = article.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": writer.words(head.title),
            "published": head.published,
            "language": head.language,
            "publisher": head.publisher,
        },
        "claims": [
            {
                "id": each.claim.id,
                "says": writer.words(each.claim.says),
                "verdict": each.settlement,
                "computed": [_computed(i, writer) for i in each.instances],
                "readings": [_reading(r, each.claim, writer) for r in each.readings],
                "places": [_place(p) for p in each.places],
                "lines": list(writer.lines(each)),
                "needs": each.needs or None,
            }
            for each in found
        ],
    }


def _computed(instance: Instance, writer: _Writer) -> dict[str, Any]:
    name = " ".join(
        filter(None, (instance.sheets[-1].name, writer.row(instance.row), instance.metric))
    )
    figure = instance.figure
    empty = {"value": None, "low": None, "high": None, "unit": None}
    value = (
        {**interval_data(figure.value.amount), "unit": figure.value.unit.text}
        if isinstance(figure, Figure)
        else empty
    )
    return {
        "label": name,
        "chips": [sheet.id for sheet in instance.sheets],
        "when": dict(instance.row),
        **value,
        "verdict": instance.verdict.value,
    }


def _reading(reading: Reading, claim: Claim, writer: _Writer) -> dict[str, Any]:
    return {
        "label": writer.turn(reading, claim),
        "verdict": Verdict.met.value,
        "value": [_computed(each, writer) for each in reading.instances],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "chip": place.sheet.id,
        "metric": place.metric,
        "generations": [str(round(Fraction(e), 3)) for e in place.behind] if place.behind else None,
        "years": [str(round(Fraction(e), 3)) for e in place.years] if place.years else None,
    }


def _records(found: Sequence[Finding], writer: _Writer) -> Iterator[dict[str, str]]:
    for each in found:
        yield {
            "claim": each.claim.id,
            "says": writer.words(each.claim.says),
            "verdict": each.settlement,
            "figures": " | ".join(line.strip() for line in writer.lines(each)),
        }
