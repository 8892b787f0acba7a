"""A board or a system under the rules of a day: each circuit is asked by itself, never a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chipcalc.check.result import Checked, Classification, Finding, Part
from chipcalc.check.worlds import classify
from chipcalc.errors import error, join_words
from chipcalc.figures.circuits import Held
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import CIRCUITS, Answer, Figure, Key, Missing, key
from chipcalc.rules.case import Judgement
from chipcalc.rules.criteria import RuleMet, Unless, leaves
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.sheets.chip import ASSEMBLED, ItemKind
from chipcalc.sheets.sheet import worst
from chipcalc.values.interval import Interval
from chipcalc.values.logic import Verdict, every, negated, some
from chipcalc.values.units import Quantity

if TYPE_CHECKING:
    from chipcalc.check.day import DayRules

ITEM = "item"
MARKET = "market"
_ASSUMED: Mapping[str, Any] = {"value": ASSEMBLED[0], "status": "assumed"}


def check(day: DayRules, evaluator: Evaluator, given: Mapping[str, str]) -> Checked:
    """Return what the rules say of what contains circuits.

    A rule that is met for one circuit is met for the item; what remains below the controls is met
    where no circuit is controlled. Raises ChipcalcError where the item is said to be a circuit.
    """
    asked_as(evaluator, given)
    bare = {name: value for name, value in given.items() if name != ITEM}
    parts = tuple(
        Part(held.number, day.check(alone(held, evaluator), bare), day.check(inside, given))
        for held, inside in zip(evaluator.circuits, within_each(evaluator), strict=True)
    )
    findings = tuple(_findings(day, parts))
    classification = _classified(findings, parts)
    lead = leading(parts, classification).within
    deciding = lead.deciding if classification.verdict is Verdict.unknown else None
    return Checked(
        lead.case, day.day, findings, classification, deciding, (), parts, evaluator, day.regime
    )


def asked_as(evaluator: Evaluator, given: Mapping[str, str]) -> None:
    """Raise ChipcalcError where what contains circuits is said to be a circuit."""
    item = given.get(ITEM)
    if item and item not in ASSEMBLED:
        label = evaluator.vocabulary.circumstances[ITEM].values[item].label
        what = f"{evaluator.sheet.name} contains circuits: it is no {label}"
        raise error(what, f"it is one of {join_words(ASSEMBLED, 'or')}")


def alone(held: Held, item: Evaluator) -> Evaluator:
    """Return a circuit by itself, made once: for whom the item is, where it says nothing else."""
    market = item.sheet.market
    if held.evaluator.sheet.market or not market:
        return held.evaluator
    asked = (alone, id(held.evaluator))  # the item keeps its circuits
    if asked not in item.memo:
        item.memo[asked] = _told(held.evaluator, {MARKET: market})
    found: Evaluator = item.memo[asked]
    return found


def within_each(item: Evaluator) -> Sequence[Evaluator]:
    """Return the circuits of an item, each as the rules about the item read it; made once."""
    found: Sequence[Evaluator] | None = item.memo.get(within_each)
    if found is None:
        together = _together(item)
        kind = item.sheet.item or ItemKind(**_ASSUMED)
        told = (_told(alone(e, item), {ITEM: kind}) for e in item.circuits)
        found = item.memo[within_each] = [each.supposing(together) for each in told]
    return found


def _told(evaluator: Evaluator, facts: Mapping[str, object]) -> Evaluator:
    """Return a circuit whose sheet has facts of what contains it."""
    sheet = evaluator.sheet
    told = replace(sheet, chip=sheet.chip.model_copy(update=dict(facts)))
    return Evaluator(told, evaluator.vocabulary, evaluator.given, evaluator.reading)


def asked_alone(checked: Checked) -> tuple[Checked, ...]:
    """Return the circuits of a board or a system, each by itself; a circuit is its own."""
    return tuple(each.alone for each in checked.circuits) or (checked,)


def leading(parts: Sequence[Part], found: Classification) -> Part:
    """Return the circuit that gave an answer; of several, the first."""
    for part in parts:
        own = part.within.classification
        if (own.verdict, own.paragraph) == (found.verdict, found.paragraph):
            return part
    return parts[0]


def _together(item: Evaluator) -> dict[Key, Answer]:
    """Return the figures that an item has of several circuits, such as adjusted performance."""
    return {
        key(name): between([(e.number, e.evaluator.figure(name)) for e in item.circuits])
        for name, each in item.vocabulary.metrics.items()
        if each.of_several == "range"
    }


def _findings(day: DayRules, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield what each rule says of the item, those that remain below the controls last."""
    asked = {each.provision.id: each for part in parts for each in part.within.findings}
    controls: dict[str, Verdict] = {}
    for provision in day.asked:
        if provision.id not in asked:
            continue
        own = [e for p in parts for e in p.within.findings if e.provision.id == provision.id]
        finding = _joint(_granted(own, parts) if provision.rule.grants else own)
        if provision.rule.kind == CLASSIFICATION:
            if provision.rule.residual:
                finding = _remaining(finding, controls)
            else:
                controls[provision.id] = finding.verdict
        yield finding


def _joint(own: Sequence[Finding]) -> Finding:
    """Return what a rule says of the item: met for one circuit, or for all where it grants."""
    combined = every if own[0].provision.rule.grants else some
    verdict = combined(each.verdict for each in own)
    same = [each for each in own if each.verdict is verdict]
    cites = dict.fromkeys(cite for each in same for cite in each.cites)
    judgement = same[0].judgement._replace(cites=tuple(cites))
    return same[0]._replace(judgement=judgement)


def _granted(own: Sequence[Finding], parts: Sequence[Part]) -> Sequence[Finding]:
    """Return what a rule that grants something says of the circuits that may need it."""
    if len(own) != len(parts):
        return own
    pairs = zip(own, parts, strict=True)
    return [each for each, part in pairs if may_be_controlled(part)] or own


def may_be_controlled(part: Part) -> bool:
    """Whether a circuit by itself is controlled, or may be, so that the item is by it."""
    found = part.alone.classification
    if found.verdict is Verdict.unknown:
        return True
    return bool(found.paragraph) and not found.residual


def _remaining(finding: Finding, controls: Mapping[str, Verdict]) -> Finding:
    """Return a residual rule of an item of which another circuit may meet a control.

    Those that count are the ones that the rule itself excepts.
    """
    node = finding.provision.criterion
    exceptions = node.exceptions if isinstance(node, Unless) else ()
    excepted = [leaf for each in exceptions for leaf in leaves(each)]
    rules = [name for each in excepted if isinstance(each, RuleMet) for name in each.rules]
    taken = some(controls[name] for name in rules if name in controls)
    verdict = every((finding.verdict, negated(taken)))
    if verdict is finding.verdict:
        return finding
    return finding._replace(judgement=Judgement(verdict), deciding=None)


def between(counted: Sequence[tuple[int, Answer]]) -> Answer:
    """Return the range from the largest of some figures to the sum of all; why not if one lacks."""
    for _, each in counted:
        if isinstance(each, Missing) and each.kind in ("unknown", "ambiguous"):
            return each
    figures = [(number, each) for number, each in counted if isinstance(each, Figure)]
    if not figures:
        return counted[0][1]
    first = figures[0][1]
    if len(figures) == 1 and figures[0][0] == 1:
        return first
    amounts = [(number, each.value.to(first.value.unit).amount) for number, each in figures]
    low = max(each.low for _, each in amounts)
    best, high = (
        sum(getattr(each, end) * number for number, each in amounts) for end in ("best", "high")
    )
    status = worst(each.status for _, each in figures)
    amount = Interval(low, min(max(best, low), high), high)
    return first._replace(
        value=Quantity(amount, first.value.unit), status=status, how=CIRCUITS, parts=()
    )


def _classified(findings: Sequence[Finding], parts: Sequence[Part]) -> Classification:
    """Return the paragraph that names the item, or those that some circuit may bring it under."""
    paragraphs = [each for each in findings if each.provision.rule.kind == CLASSIFICATION]
    found = classify(paragraphs)
    if found.verdict is not Verdict.unknown:
        return found
    named = {name for part in parts for name in _may_be(part.within.classification)}
    named |= {e.provision.rule.paragraph for e in paragraphs if e.verdict is Verdict.met}
    kept = tuple(each for each in found.possible if each in named)
    return found._replace(possible=kept) if kept else found


def _may_be(found: Classification) -> tuple[str, ...]:
    return found.possible or (found.paragraph,)
