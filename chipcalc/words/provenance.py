"""What a check rests on, in words: its figures, the dies that count, what the vendor declares."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from chipcalc.check.lines import all_lines, compared_key, figures
from chipcalc.check.result import Checked, Finding
from chipcalc.errors import join_words
from chipcalc.figures.dies import described
from chipcalc.figures.evaluate import DIES, Evaluator
from chipcalc.figures.figure import Figure, Key, Missing, Operated
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.sheets.chip import Die
from chipcalc.vocabulary.expressions import Over, metrics_of
from chipcalc.words import labels, supposed
from chipcalc.words.figures import amount, equals, origins, quantity, worked
from chipcalc.words.line import TextLine, block, deeper

_QUOTIENT = Operated("divide")


def inputs(checked: Checked) -> Iterator[TextLine]:
    """Yield the figures that the classification rests on: how they come about, how firm."""
    lines = [e.line for e in checked.findings if e.provision.rule.kind == CLASSIFICATION]
    shown: set[Key] = set()
    for name, figure in figures(lines).items():
        yield from _input(name, figure, checked)
        shown.add(name)
        for part in figure.parts if figure.how == _QUOTIENT else ():
            if part.metric and part.metric not in shown:
                yield from _input(part.metric, part, checked)
                shown.add(part.metric)
    yield from dict.fromkeys(each for line in lines for each in _undefined(line, checked))
    yield from block(declared(checked))


def declared(checked: Checked) -> str:
    """Return what the vendor lists the chip as; nothing where it does not say.

    Of a chip of which anything is supposed, that is said of the chip as it is published.
    """
    eccn = checked.sheet.chip.declared.eccn
    if not eccn:
        return ""
    if supposed.of(checked.case):
        return f"Declared for the chip as published: {eccn.value} ({eccn.status})"
    return f"The vendor lists it as {eccn.value} ({eccn.status})"


def equations(checked: Checked) -> Iterator[str]:
    """Yield the figures that the controls compare, each as it comes about: ``PD … = TPP / …``."""
    vocabulary = checked.case.evaluator.vocabulary
    lines = [e.line for e in checked.findings if e.provision.rule.is_control]
    compared = figures(lines)
    for name, figure in compared.items():
        unit = labels.unit_text(name, figure.value.unit, vocabulary)
        how = f" = {equation(figure, compared, checked)}" if figure.derived else ""
        firm = firmness(figure, checked)
        yield f"{labels.brief(name, vocabulary)} {amount(figure)} {unit}{how} ({firm})"


def used(findings: Sequence[Finding]) -> dict[Key, Figure]:
    """Return the figures that rules compare, each followed by those that it is a quotient of."""
    found: dict[Key, Figure] = {}
    for name, figure in figures([each.line for each in findings]).items():
        found.setdefault(name, figure)
        for part in figure.parts if figure.how == _QUOTIENT else ():
            if part.metric:
                found.setdefault(part.metric, part)
    return found


def dies_of(metric: str, checked: Checked) -> str:
    """Return the dies that a metric over dies counts: ``2 × compute die``; else nothing."""
    return join_words(counted(checked.case.evaluator, metric))


def firmness(figure: Figure, checked: Checked) -> str:
    """Return the status of a figure; one that rests on what is supposed says so."""
    return supposed.MARK if supposed.rests(figure, checked.case) else figure.status


def equation(figure: Figure, known: Container[Key], checked: Checked) -> str:
    """Return how a figure comes about, with those that are `known` by their names."""
    if figure.how != _QUOTIENT:
        return worked(figure)
    vocabulary = checked.case.evaluator.vocabulary
    parts = [
        labels.brief(e.metric, vocabulary) if e.metric and e.metric in known else quantity(e)
        for e in figure.parts
    ]
    return " / ".join(parts)


def _input(name: Key, figure: Figure, checked: Checked) -> Iterator[TextLine]:
    evaluator = checked.case.evaluator
    shown = labels.brief(name, evaluator.vocabulary)
    unit = labels.unit_text(name, figure.value.unit, evaluator.vocabulary)
    how = f" = {worked(figure)}" if figure.derived else ""
    equal = equals(figure)
    same = f"; equal for {join_words(equal)}" if equal else ""
    dies = join_words(counted(evaluator, name[0]))
    origin = origins(figure)
    firm = firmness(figure, checked) + (f", {origin}" if origin else "")
    counts = f": {dies}" if dies else ""
    yield TextLine(f"{shown} {amount(figure)} {unit}{how}{same}{counts} ({firm})")
    yield from deeper(uncounted(evaluator, name[0]))


def _undefined(line: Line, checked: Checked) -> Iterator[TextLine]:
    """Yield why metrics that a rule compares do not exist for a chip, with the dies left out."""
    evaluator = checked.case.evaluator
    for each in all_lines(line):
        node, answer = each.node, each.answer
        if (
            isinstance(node, Threshold)
            and isinstance(answer, Missing)
            and answer.kind == "undefined"
        ):
            shown = labels.brief(compared_key(node), evaluator.vocabulary)
            yield TextLine(f"{shown} undefined: {answer.because}")
            formula = evaluator.vocabulary.metric(node.of.name).formula
            named = metrics_of(formula) if formula is not None else ()
            for name in dict.fromkeys(each.name for each in named):
                yield from deeper(uncounted(evaluator, name))


def uncounted(evaluator: Evaluator, metric: str) -> Iterator[str]:
    """Yield the dies that a metric over dies leaves out, and why: ``HBM3 … memory``."""
    for die, wrong in _dies(evaluator, metric):
        if wrong:
            yield f"{die.name} does not count: {wrong}"


def counted(evaluator: Evaluator, metric: str) -> Iterator[str]:
    """Yield the dies that a metric over dies counts."""
    for die, wrong in _dies(evaluator, metric):
        if not wrong:
            yield f"{die.count} × {die.name}" if die.count > 1 else die.name


def _dies(evaluator: Evaluator, metric: str) -> Iterator[tuple[Die, str]]:
    """Yield the dies that a metric goes over, each with what keeps it from counting, if any."""
    formula = evaluator.vocabulary.metric(metric).formula
    if not isinstance(formula, Over) or formula.each != DIES:
        return
    for die in described(evaluator.sheet):
        found = {name: getattr(die, name) for name in formula.where}
        wrong = [each for name, each in found.items() if each not in (None, *formula.where[name])]
        yield die, wrong[0] if wrong else ""
