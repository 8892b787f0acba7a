"""Why a check ends without a verdict, in one sentence, and what to suppose to get one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, log10
from typing import NamedTuple

from chipcalc.check.result import Checked
from chipcalc.deciding.outcome import Choices, Deciding, Span
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure, Key
from chipcalc.sheets.sheet import GIVEN
from chipcalc.values.exact import decimal_text
from chipcalc.values.logic import Verdict
from chipcalc.words.labels import label

__all__ = ["GIVEN", "Unsettled", "unsettled"]


class Unsettled(NamedTuple):
    """What is not known of a chip, and settings that would settle the verdict, if any are known."""

    chip: str
    sentence: str
    settings: tuple[str, ...]


def unsettled(checked: Checked) -> Unsettled | None:
    """Return what leaves a control of a chip open; None where all controls are settled."""
    found = list(_deciding(checked))
    if not found:
        return None
    metrics = list(dict.fromkeys(name for each in found for name in each.metrics))
    circumstances = list(dict.fromkeys(name for each in found for name in each.circumstances))
    settings = [_setting(name, found, checked) for name in metrics]
    settings += [_choice(name, found) for name in circumstances]
    said = checked.case.given.items() if checked.sheet.id != GIVEN else ()
    kept = [f"{name}={value}" for name, value in said if name not in circumstances]
    settled = (*kept, *settings) if all(settings) else ()
    return Unsettled(checked.sheet.id, _sentence(metrics, circumstances, checked), settled)


def _deciding(checked: Checked) -> Iterator[Deciding]:
    """Yield what decides the classification, or else the controls that are open."""
    controls = [e for e in checked.findings if e.provision.rule.is_control]
    if any(each.verdict is Verdict.met for each in controls):
        return
    is_open = [each for each in controls if each.verdict is Verdict.unknown]
    if is_open and checked.deciding:
        yield checked.deciding
        return
    yield from (each.deciding for each in is_open if each.deciding)


def _sentence(metrics: list[Key], circumstances: list[str], checked: Checked) -> str:
    """Return what is not known: ``the logic die area of X is unknown``."""
    evaluator = checked.case.evaluator
    vocabulary = evaluator.vocabulary
    names = [label(name, vocabulary) for name in metrics]
    names += [each.replace("_", " ") for each in circumstances]
    answers = [evaluator.figure(name, dict(when)) for name, when in metrics]
    exactly = " exactly" if any(isinstance(each, Figure) for each in answers) else ""
    said = f"not known{exactly}" if exactly else "unknown"
    what = join_words(f"the {each}" for each in names) or "what decides"
    return f"{what} of {checked.sheet.name} {'is' if len(names) < 2 else 'are'} {said}"


def _setting(metric: Key, found: list[Deciding], checked: Checked) -> str:
    """Return a value to suppose for a metric: its best figure, or one with a verdict of its own."""
    name = f"{metric[0]}[{', '.join(value for _, value in metric[1])}]".removesuffix("[]")
    answer = checked.case.evaluator.figure(metric[0], dict(metric[1]))
    if isinstance(answer, Figure):
        return f"{name}={decimal_text(answer.value.amount.best)}{_unit(answer.value.unit.text)}"
    spans = [
        where
        for each in found
        for outcome in each.outcomes
        for where in outcome.where
        if isinstance(where, Span) and where.metric == metric
    ]
    spans.sort(key=lambda each: each.low is None or each.high is None)
    spans = [each for each in spans if each.high is None or each.high > 0]
    return f"{name}={decimal_text(_within(spans[0]))}{_unit(spans[0].unit.text)}" if spans else ""


def _unit(text: str) -> str:
    return text.replace("^", "") if text.replace("^", "").isalnum() else f" {text}"


def _within(span: Span) -> Fraction:
    """Return a round number within a span; the middle where none of one digit lies in it."""
    low, high = span.low, span.high
    if not low:
        return _round(high) if high else Fraction(1)
    above = _round(low) + _magnitude(low)
    return above if high is None or above < high else (low + high) / 2


def _round(value: Fraction) -> Fraction:
    """Return a number cut to its first digit."""
    unit = _magnitude(value)
    return value // unit * unit


def _magnitude(value: Fraction) -> Fraction:
    return Fraction(10) ** floor(log10(value)) if value > 0 else Fraction(1)


def _choice(name: str, found: list[Deciding]) -> str:
    """Return a value to suppose for a circumstance: the first of which an outcome is known."""
    for each in found:
        for outcome in each.outcomes:
            for where in outcome.where:
                if isinstance(where, Choices) and where.name == name:
                    return f"{name}={where.values[0]}"
    return ""
