"""How a figure comes about, in words: its arithmetic, its places in the sheets, what counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from chipcalc.check.lines import all_lines, compared_key, figures
from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.dies import described
from chipcalc.figures.evaluate import DIES, Evaluator
from chipcalc.figures.figure import (
    SIGNS,
    Conversion,
    Converted,
    Counted,
    Figure,
    Key,
    Missing,
    Operated,
    Spanned,
    Summed,
)
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.sheets.chip import Die
from chipcalc.sheets.sheet import Located
from chipcalc.values import numbers
from chipcalc.values.units import decimal_text
from chipcalc.vocabulary.expressions import Over, metrics_of
from chipcalc.words import labels
from chipcalc.words.line import TextLine, deeper

_DIVIDED = "/"  # beside figures with units; between the names of figures it is ÷
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
    eccn = checked.sheet.chip.declared.eccn
    if eccn:
        yield TextLine(f"The vendor lists it as {eccn.value} ({eccn.status})")


def _input(name: Key, figure: Figure, checked: Checked) -> Iterator[TextLine]:
    evaluator = checked.case.evaluator
    shown = labels.brief(name, evaluator.vocabulary)
    unit = labels.unit_text(name, figure.value.unit, evaluator.vocabulary)
    how = f" = {worked(figure)}" if figure.derived else ""
    equal = equals(figure)
    same = f"; equal for {join_words(equal)}" if equal else ""
    dies = join_words(counted(evaluator, name[0]))
    origin = origins(figure)
    firm = figure.status + (f", {origin}" if origin else "")
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


def worked(figure: Figure) -> str:
    """Return how a figure comes about: ``INT8 tensor 296 TOPS × 8 bit``."""
    parts = figure.parts
    match figure.how:
        case Operated("largest"):
            return f"{parts[0].label} {worked(parts[0])}"
        case Operated(operator) if operator in SIGNS:
            sign = _DIVIDED if operator == "divide" else SIGNS[operator]
            return f" {sign} ".join(_part(each) for each in parts)
        case Summed():
            return " + ".join(
                f"{each.label} {worked(each)}" if each.derived else quantity(each) for each in parts
            )
        case Counted(count):
            return f"{count} × ({worked(parts[0])})"
        case Converted(steps):
            return f"{quantity(parts[0])} {_conversion(steps)}"
        case Spanned(stated=False):
            return "; or ".join(worked(each) for each in parts)
        case _:
            return quantity(figure)


def method(figure: Figure) -> str:
    """Return how a figure was made of its one part: ``× 2``, ``from 2:4 sparse × 0.5``."""
    match figure.how:
        case None:
            return ""
        case Operated(operator):
            return operator
        case Summed(over):
            return "sum" if over == "conditions" else f"sum over {over}"
        case Counted(count):
            return f"× {count}"
        case Converted(steps):
            return f"from {_conversion(steps)}"
        case Spanned(stated):
            return "range of both" if stated else "either way"


def _conversion(steps: Sequence[Conversion]) -> str:
    return join_words(f"{each.label} × {decimal_text(each.times)}" for each in steps)


def steps(figure: Figure) -> Iterator[str]:
    """Yield how a figure came about, line by line, down to the statements that it rests on."""
    how = f" = {worked(figure)}" if figure.derived else ""
    firm = ", ".join(filter(None, (figure.status, origins(figure))))
    yield f"{figure.label}: {quantity(figure)}{how} ({firm})"
    for part in figure.parts:
        if part.parts or part.located:
            yield from steps(part)


def _part(figure: Figure) -> str:
    return f"({worked(figure)})" if isinstance(figure.how, Converted) else quantity(figure)


def quantity(figure: Figure) -> str:
    """Return a figure with its unit, cut off but not rounded: ``2,368 TOPS·bit``."""
    return f"{amount(figure)} {figure.value.unit}".rstrip()


def equals(figure: Figure) -> list[str]:
    """Return the other formats, engines or units that give the same largest figure."""
    if not figure.is_largest:
        return []
    return [each.label for each in figure.parts[1:] if each.value.amount == figure.value.amount]


def origins(figure: Figure) -> str:
    """Return the places of the statements that a figure is made of: ``h20.yaml:31, :67``."""
    found: dict[str, list[str]] = {}
    for located in _made_of(figure):
        name, _, line = located.origin.rpartition(":")
        lines = found.setdefault(name, [])
        if line and line not in lines:
            lines.append(line)
    return ", ".join(
        f"{name}:{lines[0]}" + "".join(f", :{each}" for each in lines[1:])
        for name, lines in found.items()
        if name
    )


def _made_of(figure: Figure) -> Iterator[Located]:
    """Yield the statements behind a figure; of a largest one, those of the winner alone."""
    parts = figure.parts[:1] if figure.is_largest else figure.parts
    for part in parts:
        yield from _made_of(part)
    if figure.located:
        yield figure.located
    if not parts:
        yield from figure.others


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


def amount(figure: Figure) -> str:
    """Return the amount of a figure, cut off but not rounded: ``2.909…``."""
    ends = figure.value.amount
    low, high = (numbers.beside(each, Fraction(0)) for each in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"
