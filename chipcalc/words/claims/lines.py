"""A chip beside the rules of a day in words: its share of a line, and what would be caught."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import assert_never

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, bounds, rates
from chipcalc.check.result import Checked
from chipcalc.claims.claim import BelowLineClaim, OutsideRulesClaim
from chipcalc.claims.finding import ClaimFinding, Instance
from chipcalc.deciding.outcome import Span
from chipcalc.figures.figure import Answer, Figure
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import SIGNS, Threshold
from chipcalc.sheets.sheet import Sheet
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict, every, negated
from chipcalc.words import explanation, labels, outcomes
from chipcalc.words.claims import interpretations
from chipcalc.words.claims.arithmetic import cases_worked
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.claims.subjects import with_metric
from chipcalc.words.claims.told import Told, ToldInterpretation
from chipcalc.words.claims.verdicts import verdict_said
from chipcalc.words.language import ENGLISH
from chipcalc.words.line import HARD_SPACE, TextLine

_AREAS = {"die_area", "applicable_die_area"}


def told(
    finding: ClaimFinding,
    claim: BelowLineClaim | OutsideRulesClaim,
    speaker: Speaker,
    *,
    explain: bool,
) -> Told:
    """Return what is said of a chip beside rules."""
    match claim:
        case BelowLineClaim():
            return _below(finding, speaker, explain=explain)
        case OutsideRulesClaim():
            return _outside(finding, speaker)
        case _:
            assert_never(claim)


def _below(finding: ClaimFinding, speaker: Speaker, *, explain: bool) -> Told:
    worked = partial(cases_worked, speaker=speaker, value=partial(_share, speaker=speaker))
    return Told(
        tuple(_below_lines(finding, speaker)),
        with_metric(finding.instances, Verdict.met, every, speaker),
        with_metric(finding.instances, Verdict.unknown, every, speaker),
        tuple(worked(finding.instances)) if explain else (),
        tuple(
            ToldInterpretation(
                interpretations.name(each, speaker),
                tuple(_line(case, speaker) for case in each.instances),
                tuple(worked(each.instances)) if explain else (),
            )
            for each in finding.interpretations
        ),
    )


def _below_lines(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield the lines above a chip, then how far its inputs can move below them."""
    yield from (TextLine(_line(each, speaker)) for each in finding.instances)
    asked = {each.metric for each in finding.instances}
    for checked in finding.checked:
        for bound in bounds(checked):
            if bound.metric[0] in asked | _AREAS:
                yield from _outside_while(bound, checked.sheet, speaker)


def _line(each: Instance, speaker: Speaker) -> str:
    label = speaker.say(speaker.vocabulary.metric(each.metric).label)
    if each.line is None or not isinstance(each.line.node, Threshold):
        return speaker.about(label, speaker.say("below no line of these rules"))
    node, of = each.line.node, each.sides[0]
    limit = numbers.beside(node.limit.amount.best, node.limit.amount.best)
    value = speaker.value(of)
    if isinstance(of, Figure):
        value = quantity(of.value, numbers.COMPUTED_DIGITS)
    return speaker.say(
        "{label} {value}: {share} of the line {sign} {limit} of {cite}",
        label=label, value=value, share=_share(each.figure, speaker),
        sign=SIGNS[node.relation], limit=limit, cite=each.cite,
    )  # fmt: skip


def _share(answer: Answer, speaker: Speaker) -> str:
    """Return how much of a line a figure is, in per cent."""
    return speaker.value(answer, ())


def _outside_while(bound: Bound, sheet: Sheet, speaker: Speaker) -> Iterator[TextLine]:
    """Yield up to where an input can move before the chip is caught."""
    for span in bound.outside() if bound.now else ():
        if bound.now is None or not span.contains(bound.now.value.to(span.unit).amount):
            continue
        vocabulary = speaker.vocabulary
        unit = labels.unit_shown(bound.metric[0], span.unit, vocabulary)
        said = speaker.say(
            "{chip} stays outside while {label} {range}",
            chip=speaker.chip(sheet),
            label=labels.lower(speaker.say(vocabulary.metric(bound.metric[0]).label)),
            range=f"{', '.join(outcomes.bounds(span, HARD_SPACE))}{HARD_SPACE}{unit}".rstrip(),
        )
        yield TextLine(said + _as_rates(bound, span, sheet, speaker))


def _as_rates(bound: Bound, span: Span, sheet: Sheet, speaker: Speaker) -> str:
    """Return what an upper bound is at each format of the chip: ``FP16 150 TFLOPS``."""
    formats = sheet.mirrors("formats").chip.formats or ()
    values = speaker.vocabulary.conditions["format"].values
    offered = {values[each].label for each in formats if each in values}
    found = [
        f"{each.label} {numbers.amount(each.low, numbers.COMPUTED_DIGITS)}{HARD_SPACE}{each.unit}"
        for each in rates(bound.metric, span.high or Fraction(0), speaker.vocabulary)
        if each.label in offered and each.low == each.high
    ]
    return speaker.say(" ({mark})", mark=speaker.listed(found)) if found else ""


def _outside(finding: ClaimFinding, speaker: Speaker) -> Told:
    return Told(
        tuple(line for each in finding.checked for line in _verdicts(each, speaker)),
        _rules_with(finding, Verdict.met, speaker),
        _rules_with(finding, Verdict.unknown, speaker),
    )


def _verdicts(checked: Checked, speaker: Speaker) -> Iterator[TextLine]:
    for each in checked.findings:
        said = {
            "chip": speaker.chip(checked.sheet),
            "day": str(checked.day),
            "rule": speaker.rule(each.provision.rule.paragraph),
            "verdict": verdict_said(each.verdict, speaker),
        }
        if speaker.language.code == ENGLISH.code:
            why = "; ".join(explanation.reasons(each, checked.case)[:1])
            text = speaker.say("{chip}, {day}, {rule}: {verdict}, as {why}", **said, why=why)
        else:  # the reasons of rules are in English
            found = _figures(each.line, speaker)
            text = speaker.say(
                "{chip}, {day}, {rule}: {verdict}, at {figures}", **said, figures=found
            )
        yield TextLine(text)


def _figures(line: Line, speaker: Speaker) -> str:
    """Return the figures that a rule asks for, each with its name."""
    found = check_lines.figures([line]).items()
    return speaker.listed(
        f"{speaker.say(speaker.vocabulary.metric(metric).label)} "
        f"{quantity(figure.value, numbers.COMPUTED_DIGITS)}"
        for (metric, _), figure in found
    )


def _rules_with(finding: ClaimFinding, verdict: Verdict, speaker: Speaker) -> str:
    """Return the rules for which the claim has a verdict, with their chips."""
    return speaker.listed(
        f"{speaker.chip(checked.sheet)} {each.provision.rule.paragraph}"
        for checked in finding.checked
        for each in checked.findings
        if negated(each.verdict) is verdict
    )
