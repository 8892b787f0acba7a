"""The words of an answer: the relation that holds on each line, the arithmetic, what decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc import text
from chipcalc.case import Case, Line
from chipcalc.check import Checked, Finding
from chipcalc.criteria import (
    OPPOSITE,
    SIGNS,
    Circumstance,
    Compare,
    Group,
    Launched,
    Named,
    RuleMet,
    Unpublished,
    Without,
)
from chipcalc.deciding import Condition, Deciding, Judgement, Span
from chipcalc.errors import join_words
from chipcalc.evaluate import Evaluator, Key
from chipcalc.expr import Over
from chipcalc.figure import Figure, Missing
from chipcalc.model import Vocabulary
from chipcalc.store import Located
from chipcalc.units import Unit
from chipcalc.verdict import Verdict, negated

MARKS: Mapping[Verdict, str] = {
    Verdict.met: "yes",
    Verdict.not_met: "no",
    Verdict.unknown: "unknown",
}


class Step(NamedTuple):
    """One line of an explanation, `depth` levels in: what holds, of what, and how far from it."""

    depth: int
    verdict: Verdict
    says: str
    about: str = ""
    margin: str = ""
    line: Line | None = None


def steps(line: Line, case: Case, shown: Collection[str] = (), depth: int = 0) -> Iterator[Step]:
    """Yield the lines that explain a verdict, in the order of the rule's text.

    A rule among those `shown` elsewhere is referred to, and not explained again.
    """
    node = line.node
    if isinstance(node, Without):
        for part in line.parts:
            yield from steps(part, case, shown, depth)
        for exception in line.exceptions:
            yield Step(depth, exception.verdict, _exception(exception, case), line=exception)
            for part in exception.parts:
                yield from steps(part, case, shown, depth + 1)
    elif isinstance(node, Group) and not node.cite and (depth == 0 or len(line.parts) == 1):
        for part in line.parts:
            yield from steps(part, case, shown, depth)
    elif isinstance(node, RuleMet):
        names = [rule for rule in node.rules if rule in case.provisions]
        for name, part in zip(names, line.parts, strict=True):
            paragraph = case.provisions[name].rule.paragraph
            yield Step(depth, part.verdict, f"falls under {paragraph}", line=part)
            if name not in shown:
                yield from steps(part, case, shown, depth + 1)
        if not names:
            yield step(line, case, depth)
    else:
        yield step(line, case, depth)
        for part in line.parts:
            yield from steps(part, case, shown, depth + 1)


def step(line: Line, case: Case, depth: int = 0) -> Step:
    """Return one line alone: the relation that holds, never the one that failed."""
    node, vocabulary = line.node, case.evaluator.vocabulary
    if isinstance(node, Compare):
        says, about = relation(line, vocabulary), label((node.of.name, frozenset()), vocabulary)
        return Step(depth, line.verdict, says, about, margin(line), line)
    if isinstance(node, Group):
        words = "all of these" if node.how == "all" else "one of these"
        return Step(depth, line.verdict, node.cite or words, line=line)
    return Step(depth, line.verdict, _fact(line, case), line=line)


def _exception(line: Line, case: Case) -> str:
    rules = [
        e for e in all_lines(line) if isinstance(e.node, RuleMet) and e.verdict is line.verdict
    ]
    name = line.cite or (_fact(rules[0], case) if rules else "an exception")
    taken = {
        Verdict.met: "takes it out",
        Verdict.not_met: "does not take it out",
        Verdict.unknown: "may take it out",
    }
    return f"{name} {taken[line.verdict]}"


def _fact(line: Line, case: Case) -> str:
    """Return what holds for a criterion that is no comparison."""
    node = line.node
    if isinstance(node, Circumstance):
        return _circumstance(node, line.said, case.evaluator.vocabulary)
    if isinstance(node, Launched):
        said = f"launched {line.said}" if line.said else "launch date unknown"
        return f"{said}; the line is {node.day}"
    if isinstance(node, Named):
        known = "is" if line.verdict is Verdict.met else "is not"
        return f"{line.said} {known} named in it"
    if isinstance(node, RuleMet):
        names = [
            case.provisions[each].rule.paragraph for each in node.rules if each in case.provisions
        ]
        return join_words(names, "or") if names else "no such rule on that day"
    return node.what if isinstance(node, Unpublished) else ""


def _circumstance(node: Circumstance, said: str, vocabulary: Vocabulary) -> str:
    definition = vocabulary.circumstances[node.name]
    name = definition.label[0].lower() + definition.label[1:]
    if not said:
        lines = join_words((definition.values[each].label for each in node.values), "or")
        return f"{name} unknown; asked is {'not ' if node.negated else ''}{lines}"
    return f"{name} {definition.values[said].label}"


def relation(line: Line, vocabulary: Vocabulary) -> str:
    """Return the relation between a figure and a limit that holds: ``2,368 < 2,400 TOPS·bit``."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare):
        return ""
    limit = node.limit.amount.best
    unit = unit_shown(node.of.name, node.limit.unit, vocabulary)
    line_text = f"{text.beside(limit, limit)} {unit}".rstrip()
    if isinstance(answer, Missing):
        if answer.kind == "not offered":
            return f"none; the line is {line_text}"
        return f"{answer.kind}; the line is {line_text}"
    if answer is None:
        return ""
    amount = answer.value.to(node.limit.unit).amount
    low, high = text.beside(amount.low, limit), text.beside(amount.high, limit)
    shown = low if low == high else f"{low} to {high}"
    if line.verdict is Verdict.unknown:
        return f"{shown}, on both sides of {line_text}"
    holds = node.relation if line.verdict is Verdict.met else OPPOSITE[node.relation]
    return f"{shown} {SIGNS[holds]} {line_text}"


def margin(line: Line) -> str:
    """Return the distance of a figure from its limit in per cent of the limit."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare) or not isinstance(answer, Figure):
        return ""
    limit = node.limit.amount.best
    if not limit:
        return ""
    amount = answer.value.to(node.limit.unit).amount
    low, high = text.margin(amount.low, limit), text.margin(amount.high, limit)
    return low if low == high else f"{low.removesuffix(' %')} to {high}"


def label(metric: Key, vocabulary: Vocabulary) -> str:
    """Return what a metric is called within a sentence: ``total processing performance``."""
    definition = vocabulary.metric(metric[0])
    words = [
        known.label
        for name, value in metric[1]
        if (known := vocabulary.conditions[name].values.get(value))
    ]
    return " ".join([definition.label[0].lower() + definition.label[1:], *words])


def brief(metric: str, vocabulary: Vocabulary) -> str:
    """Return the shortest name that the field has for a metric: ``TPP``."""
    definition = vocabulary.metric(metric)
    return definition.short or definition.label[0].lower() + definition.label[1:]


def unit_shown(metric: str, unit: Unit, vocabulary: Vocabulary) -> str:
    """Return the unit beside a limit; nothing for a metric that people write without one."""
    return "" if vocabulary.metric(metric).bare else str(unit)


def absent(line: Line) -> str:
    """Return why a line has no figure: unknown, not offered, undefined."""
    return line.answer.kind if isinstance(line.answer, Missing) else ""


def open_inputs(checked: Checked) -> list[str]:
    """Return what the classification of a chip rests on and is not known."""
    found: dict[str, None] = {}
    for finding in checked.findings:
        if finding.deciding and finding.provision.rule.kind == "classification":
            found.update(dict.fromkeys(unknowns(finding.deciding, checked.case)))
    return list(found)


def unit_text(metric: Key, unit: Unit, vocabulary: Vocabulary) -> str:
    """Return the field's own name of a metric's unit: ``TPP/mm²``."""
    definition = vocabulary.metric(metric[0])
    return definition.shown_unit if definition.shown_unit and unit == definition.unit else str(unit)


def reasons(finding: Finding, case: Case) -> list[str]:
    """Return what decided a verdict, the nearest first: ``TPP 2,368 < 2,400 (−1.3 %)``."""
    if finding.deciding and finding.verdict is not Verdict.unknown:
        return [f"whatever {_unknowns(finding.deciding, case.evaluator.vocabulary)}"]
    line = finding.line
    if isinstance(line.node, Without):
        taken = [each for each in line.exceptions if each.verdict is Verdict.met]
        if taken and finding.verdict is Verdict.not_met and line.parts[0].verdict is Verdict.met:
            return [_exception(taken[0], case)]
    ranked = sorted(decisive(line, finding.verdict), key=_distance)
    return list(dict.fromkeys(_reason(each, case) for each in ranked))


def decisive(line: Line, verdict: Verdict) -> Iterator[Line]:
    """Yield the criteria, below a line, that gave it its verdict."""
    if line.verdict is not verdict:
        return
    if not line.parts:
        yield line
        return
    found = [each for part in line.parts for each in decisive(part, verdict)]
    yield from found
    if verdict is Verdict.unknown or not found:
        for exception in line.exceptions:
            yield from decisive(exception, negated(verdict))


def limb_of(wanted: Line, line: Line, limb: str = "") -> str:
    """Return the limb in which a line stands below another; nothing where it has none."""
    limb = line.cite or limb
    if line is wanted:
        return limb
    found = (limb_of(wanted, part, limb) for part in (*line.parts, *line.exceptions))
    return next((each for each in found if each), "")


def _distance(line: Line) -> float:
    """Return how far a figure lies from its limit; what is no comparison comes last."""
    node, answer = line.node, line.answer
    if not isinstance(node, Compare) or not isinstance(answer, Figure):
        return float("inf")
    limit = node.limit.amount.best
    best = answer.value.to(node.limit.unit).amount.best
    return float(abs(best - limit) / limit) if limit else float("inf")


def _reason(line: Line, case: Case) -> str:
    vocabulary = case.evaluator.vocabulary
    if isinstance(line.node, Compare):
        shown = margin(line)
        name = brief(line.node.of.name, vocabulary)
        return f"{name} {relation(line, vocabulary)}" + (f" ({shown})" if shown else "")
    return _fact(line, case)


def _unknowns(deciding: Deciding, vocabulary: Vocabulary) -> str:
    names = [label(each, vocabulary) for each in deciding.metrics]
    names += [vocabulary.circumstances[each].label.lower() for each in deciding.circumstances]
    return "the " + join_words(names) + (" is" if len(names) == 1 else " are")


def unknowns(deciding: Deciding, case: Case) -> list[str]:
    """Return what is not known, each with why: ``applicable die area: … not published``."""
    vocabulary = case.evaluator.vocabulary
    found = []
    for name, when in deciding.metrics:
        answer = case.evaluator.figure(name, dict(when))
        shown = label((name, when), vocabulary)
        if isinstance(answer, Missing):
            found.append(f"{shown} unknown: {answer.because}")
        else:
            unit = vocabulary.metric(name).unit
            ends = (
                answer.value.to(unit).amount
                if unit.dimension == answer.value.unit.dimension
                else answer.value.amount
            )
            found.append(
                f"{shown} between {text.beside(ends.low, ends.low)} and {text.beside(ends.high, ends.high)} {unit_text((name, when), unit, vocabulary)}"
            )
    for name in deciding.circumstances:
        found.append(f"{vocabulary.circumstances[name].label.lower()} unknown")
    return found


def outcome_lines(deciding: Deciding, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield every outcome: the values of what is not known, and what follows from them."""
    for outcome in deciding.outcomes:
        where = ", ".join(condition(each, vocabulary) for each in outcome.where)
        yield where or "any", judged(outcome.judgement)


def judged(judgement: Judgement, otherwise: str = "not met") -> str:
    """Return a judgement in words: the limbs that are met, or that none is."""
    if judgement.verdict is Verdict.met:
        return join_words(judgement.cites) or "met"
    return otherwise if judgement.verdict is Verdict.not_met else "unknown"


def condition(each: Condition, vocabulary: Vocabulary) -> str:
    """Return values of an input as a relation: ``1,600 ≤ TPP < 2,400``."""
    if not isinstance(each, Span):
        definition = vocabulary.circumstances[each.name]
        labels = join_words((definition.values[value].label for value in each.values), "or")
        return f"{definition.label[0].lower() + definition.label[1:]} {labels}"
    name = brief(each.metric[0], vocabulary)
    unit = unit_shown(each.metric[0], each.unit, vocabulary)
    low = text.beside(each.low, each.low) if each.low is not None else ""
    high = text.beside(each.high, each.high) if each.high is not None else ""
    if low and high and each.low == each.high:
        return f"{name} = {low} {unit}".rstrip()
    if low and high:
        left, right = ("≤" if e else "<" for e in (each.low_included, each.high_included))
        return f"{low} {left} {name} {right} {high} {unit}".rstrip()
    if low:
        return f"{name} {'≥' if each.low_included else '>'} {low} {unit}".rstrip()
    if high:
        return f"{name} {'≤' if each.high_included else '<'} {high} {unit}".rstrip()
    return f"any {name}"


def worked(figure: Figure) -> str:
    """Return how a figure comes about: ``INT8 tensor 296 TOPS × 8 bit``."""
    if figure.how == "largest":
        return f"{figure.parts[0].label} {worked(figure.parts[0])}"
    if figure.how in _SIGNS and figure.parts:
        return _SIGNS[figure.how].join(_part(each) for each in figure.parts)
    if figure.how.startswith("sum"):
        return " + ".join(
            f"{each.label} {worked(each)}" if each.derived else _part(each) for each in figure.parts
        )
    if figure.how.startswith("×") and figure.parts:
        return f"{figure.how[2:]} × ({worked(figure.parts[0])})"
    return text.quantity(figure.value)


_SIGNS: Mapping[str, str] = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " / "}


def _part(figure: Figure) -> str:
    amount, unit = figure.value.amount, figure.value.unit
    low, high = text.beside(amount.low, amount.low), text.beside(amount.high, amount.high)
    return f"{low if low == high else f'{low}–{high}'} {unit}".rstrip()


def equals(figure: Figure) -> list[str]:
    """Return the other formats, engines or units that give the same largest figure."""
    if figure.how != "largest":
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
    parts = figure.parts[:1] if figure.how == "largest" else figure.parts
    for part in parts:
        yield from _made_of(part)
    if figure.located:
        yield figure.located
    if not parts:
        yield from figure.others


def uncounted(evaluator: Evaluator, metric: str) -> Iterator[str]:
    """Yield the dies that a metric leaves out, and why: ``HBM3 stack: memory``."""
    formula = evaluator.vocabulary.metric(metric).formula
    sheet = evaluator.sheet.mirrors("dies")
    if not isinstance(formula, Over):
        return
    for die in sheet.chip.dies:
        for name, values in formula.where.items():
            found = getattr(die, name)
            if found is not None and found not in values:
                yield f"{die.name} does not count: {found}"
                break


def counted(evaluator: Evaluator, metric: str) -> Iterator[str]:
    """Yield the dies that a metric counts."""
    formula = evaluator.vocabulary.metric(metric).formula
    for die in evaluator.sheet.mirrors("dies").chip.dies:
        facts = formula.where.items() if isinstance(formula, Over) else ()
        if all(getattr(die, name) in values for name, values in facts):
            yield f"{die.count} × {die.name}" if die.count > 1 else die.name


def all_lines(line: Line) -> Iterator[Line]:
    """Yield a line and everything below it."""
    yield line
    for part in (*line.parts, *line.exceptions):
        yield from all_lines(part)


def figures(lines: Sequence[Line]) -> dict[str, Figure]:
    """Return every figure that some lines compare, by metric, each once."""
    found: dict[str, Figure] = {}
    for line in lines:
        for each in all_lines(line):
            if isinstance(each.node, Compare) and isinstance(each.answer, Figure):
                found.setdefault(each.node.of.name, each.answer)
    return found


def amount(figure: Figure) -> str:
    """Return the amount of a figure, cut off but not rounded: ``2.909…``."""
    ends = figure.value.amount
    low, high = text.beside(ends.low, ends.low), text.beside(ends.high, ends.high)
    return low if low == high else f"{low}–{high}"


def nearest(lines: Sequence[Line], case: Case) -> str:
    """Return the metric that lies closest to a limit, and how far: ``TPP −1.3 %``."""
    compared = [
        each
        for line in lines
        for each in all_lines(line)
        if isinstance(each.node, Compare) and isinstance(each.answer, Figure)
    ]
    if not compared:
        return ""
    closest = min(compared, key=_distance)
    node = closest.node
    name = brief(node.of.name, case.evaluator.vocabulary) if isinstance(node, Compare) else ""
    return f"{name} {margin(closest)}"
