"""What stays outside of each rule by itself, whatever its kind; what cannot be solved, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.headroom import Bound, OfRule
from chipcalc.check.result import Checked
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.errors import join_words
from chipcalc.figures.figure import Key
from chipcalc.rules.criteria import CircumstanceIs, Threshold, leaves
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import DEFINITION, PROPOSAL, Rule
from chipcalc.tables.report import NOTHING, Cell, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, outcomes
from chipcalc.words.outcomes import closed

Found = Sequence[tuple[Checked, OfRule]]


def rows(
    checked: Checked, together: Sequence[Bound], found: Found, *, whole: bool
) -> Iterator[Row]:
    """Yield a row for each rule with the values of its figures that stay outside of it.

    Those of figures by which all controls were solved together are left out, unless it is `whole`.
    """
    vocabulary = checked.case.evaluator.vocabulary
    solved = {each.metric for each in together}
    same: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for of_chip, each in found:
        told = each.metric in solved and (each.finding.provision.rule.is_control or not whole)
        if of_chip is checked and each.turns and not told:
            for bound in each.bounds:
                name = _named(each.finding.provision.rule)
                spans = same.setdefault(_head(checked, bound), {}).setdefault(name, [])
                spans += _free(bound, vocabulary)
    for head, of_rules in same.items():
        yield Row((cell(head),), heading=True)
        for name, spans in of_rules.items():
            said, shares = zip(*spans, strict=True)
            yield Row((cell(f"outside {name}", level=1), Cell(said), Cell(shares)))


def _free(bound: Bound, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the values that stay outside, each with the share that the chip uses."""
    outcomes_ = bound.deciding.outcomes
    free = [each for each in outcomes_ if each.judgement.verdict is Verdict.not_met]
    return [(where(each, bound, vocabulary), _share(bound, each)) for each in free] or [
        (closed(bound.deciding), "")
    ]


def _head(checked: Checked, bound: Bound) -> str:
    vocabulary = checked.case.evaluator.vocabulary
    taken = [outcomes.condition(each, vocabulary) for each in bound.where]
    return ", ".join([f"{checked.sheet.name}: one figure set free, each rule by itself", *taken])


def _named(rule: Rule) -> str:
    return f"{rule.paragraph}, proposed" if rule.kind == PROPOSAL else rule.paragraph


def lines(checked: Checked, found: Found, *, whole: bool) -> Iterator[str]:
    """Yield the rules that no figure turns, those that cannot be solved, and those not asked.

    Of a rule that cannot be solved for one figure only the whole tells, where another one turns it.
    """
    by_rule: dict[str, list[OfRule]] = {}
    for of_chip, each in found:
        if of_chip is checked:
            by_rule.setdefault(each.finding.provision.id, []).append(each)
    rules = list(by_rule.values())
    still = [each[0] for each in rules if not any(e.turns or not e.bounds for e in each)]
    if still:
        told = (f"{_named(e.finding.provision.rule)} ({_stays(e)})" for e in still)
        yield f"No one figure turns, the others being as they are: {', '.join(told)}"
    vocabulary = checked.case.evaluator.vocabulary
    same: dict[str, list[str]] = {}
    for inputs in rules:
        why, said = _not_solved(inputs, vocabulary, whole=whole)
        if said:
            same.setdefault(why, []).append(said)
    yield from (f"Not solved, {why}: {'; '.join(said)}" for why, said in same.items())
    texts = checked.case.provisions.values()
    apart = [each for each in texts if _is_of_shipment(each, vocabulary)]
    if apart:
        names = join_words(_named(each.rule) for each in apart)
        yield f"Lines that rest on a shipment, for chipcalc licence: {names}"


def _not_solved(
    inputs: Sequence[OfRule], vocabulary: Vocabulary, *, whole: bool
) -> tuple[str, str]:
    """Return why a rule cannot be solved, and the rule; with its figures where it is whole."""
    left = [each for each in inputs if not each.bounds]
    if not left or (not whole and any(each.turns for each in inputs)):
        return "", ""
    needs = list(dict.fromkeys(name for each in left for name in each.needs))
    name = _named(left[0].finding.provision.rule)
    figures = ", ".join(labels.brief(each.metric, vocabulary) for each in left)
    return _why(needs, vocabulary), f"{name} by {figures}" if whole else name


def _why(needs: Sequence[Key], vocabulary: Vocabulary) -> str:
    """Return why a rule cannot be solved for one of its figures."""
    if not needs:
        return "as too much of it varies"
    missing = join_words(labels.brief(each, vocabulary) for each in needs)
    return f"as {missing} {'are' if needs[1:] else 'is'} not known to one value"


def _stays(each: OfRule) -> str:
    return "not settled" if each.finding.verdict is Verdict.unknown else each.finding.verdict.value


def _is_of_shipment(provision: Provision, vocabulary: Vocabulary) -> bool:
    """Whether a rule draws lines itself, and asks for circumstances of a shipment beside them."""
    nodes = list(leaves(provision.criterion))
    asked = (e for e in nodes if isinstance(e, CircumstanceIs))
    of_shipment = any(vocabulary.circumstances[each.name].shipment for each in asked)
    draws = any(isinstance(each, Threshold) for each in nodes)
    return of_shipment and draws and provision.rule.kind != DEFINITION


def outside_row(of: str, deciding: Deciding, bound: Bound, vocabulary: Vocabulary) -> Row:
    """Return the values that stay outside of a rule, and beside each the share the chip uses."""
    head = cell(f"outside {of}", level=1)
    free = [each for each in deciding.outcomes if each.judgement.verdict is Verdict.not_met]
    if not free:
        return Row((head, cell(closed(deciding)), NOTHING))
    spans = Cell(tuple(where(each, bound, vocabulary) for each in free))
    return Row((head, spans, Cell(tuple(_share(bound, each) for each in free))))


def where(outcome: Outcome, bound: Bound, vocabulary: Vocabulary) -> str:
    """Return the values that lead to an outcome; any, where there is no other outcome."""
    found = [outcomes.condition(each, vocabulary) for each in outcome.where]
    return ", ".join(found) or f"any {labels.brief(bound.metric, vocabulary)}"


def _share(bound: Bound, outcome: Outcome) -> str:
    """Return how much of a bound the chip as it is uses, where it lies inside: ``98.7 % of it``."""
    if bound.now is None:
        return ""
    shown = ""
    for span in (each for each in outcome.where if isinstance(each, Span)):
        amount = bound.now.value.to(span.unit).amount
        if span.metric != bound.metric or not span.contains(amount):
            return ""
        edge = span.high if span.high is not None else span.low
        shown = f"now {numbers.percent(amount / exactly(edge))} of it" if edge else shown
    return shown
