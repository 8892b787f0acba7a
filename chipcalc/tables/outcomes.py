"""What follows from each value of what is not known: a number line, or a sentence an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chipcalc.check.result import Checked, Classed
from chipcalc.deciding.outcome import Outcome, Span
from chipcalc.rules.case import Judgement
from chipcalc.tables.report import NumberLine, Part, Stretch
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.words import supposed
from chipcalc.words.check import limb, otherwise
from chipcalc.words.labels import unit_shown
from chipcalc.words.outcomes import condition, judged, outcome_lines

_MOST = 6


def outcomes_of(checked: Checked) -> list[Part]:
    """Return what the values of what is not known lead to, where the classification is open."""
    if checked.decides and checked.decides is not checked.deciding:
        mark = supposed.ruling_mark(checked)
        told = tuple(outcome_lines(checked.decides, checked.case, "not presumed", mark))
        return [told[1:]] if told[1:] else []
    if checked.classed is not Classed.unknown or not checked.deciding:
        return []
    found = checked.deciding.outcomes
    line = _number_line(found, checked)
    if line:
        return [line]
    left, mark = otherwise(checked), supposed.ruling_mark(checked)
    lines = tuple(outcome_lines(checked.deciding, checked.case, left, mark))
    return [lines[1:]] if lines[1:] else []


def _number_line(found: Sequence[Outcome], checked: Checked) -> NumberLine | None:
    """Return outcomes as stretches of a line, where one figure decides and all bounds fit it.

    A bound belongs to the stretch on its left.
    """
    spans = [each.where[0] for each in found if len(each.where) == 1]
    ordered = [each for each in spans if isinstance(each, Span)]
    if not 1 < len(found) == len(ordered) <= _MOST or len({e.metric for e in ordered}) > 1:
        return None
    for one, next_one in pairwise(ordered):
        if one.high is None or one.high != next_one.low or not one.high_included:
            return None
    if ordered[-1].high is not None:
        return None
    first = ordered[0].low
    vocabulary = checked.case.evaluator.vocabulary
    return NumberLine(
        numbers.beside(first, first) if first is not None else "0",
        unit_shown(ordered[0].metric[0], ordered[0].unit, vocabulary),
        tuple(numbers.beside(e.high, e.high) for e in ordered if e.high is not None),
        tuple(_stretch(each, checked) for each in found),
    )


def _stretch(outcome: Outcome, checked: Checked) -> Stretch:
    vocabulary, places = checked.case.evaluator.vocabulary, checked.case.places
    where = ", ".join(condition(each, vocabulary, places) for each in outcome.where)
    left = otherwise(checked)
    label, below = _placed(outcome.judgement, checked, left)
    met = outcome.judgement.verdict is Verdict.met
    says = f"{where}: {judged(outcome.judgement, left)}{supposed.ruling_mark(checked)}"
    return Stretch(label, below, "stop" if met else "go", says)


def _placed(judgement: Judgement, checked: Checked, left: str) -> tuple[str, str]:
    """Return the paragraph that an outcome names, and its limbs in short."""
    if judgement.verdict is not Verdict.met:
        return judged(judgement, left), ""
    for finding in checked.findings:
        paragraph = finding.provision.rule.paragraph
        limbs = [limb(each, paragraph) for each in judgement.cites if each != paragraph]
        if all(each.startswith(paragraph) for each in judgement.cites):
            return paragraph, ", ".join(limbs)
    return judged(judgement, left), ""
