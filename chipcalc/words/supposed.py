"""What is supposed of a chip, against its spec sheet, in words; nothing of an item without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chipcalc.check.result import Checked
from chipcalc.check.suppositions import Supposition, lacking, suppositions
from chipcalc.check.what_if import LAUNCHED, TRANSISTOR, Supposed
from chipcalc.errors import join_words
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import CircumstanceIs, Launched, Threshold, Unless
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.sheets.sheet import GIVEN
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.figures import amount

MARK = "supposed"


def of(case: Case) -> list[Supposition]:
    """Return what is supposed of a chip, against its sheet; nothing of an item without one."""
    return _of(case.evaluator, case.given)


def _of(evaluator: Evaluator, given: Mapping[str, str]) -> list[Supposition]:
    if evaluator.sheet.id == GIVEN or not (evaluator.sheet.said or given):
        return []
    return list(suppositions(evaluator, given))


def said(checked: Checked) -> str:
    """Return what is supposed, to stand behind a name: `` with a supposed die area of 800 mm²``."""
    return _said(_of(checked.item, checked.case.given), checked.item.vocabulary)


def said_of(item: Supposed) -> str:
    """Return what is supposed of an item, in the same words."""
    return _said(_of(item.evaluator, item.circumstances), item.evaluator.vocabulary)


def _said(found: Sequence[Supposition], vocabulary: Vocabulary) -> str:
    values = [_value(each, vocabulary) for each in found if each.metric]
    facts = [_fact(each, vocabulary) for each in found if not each.metric]
    words = f" with a supposed {join_words(values)}" if values else ""
    return words + (f" (supposed: {', '.join(facts)})" if facts else "")


def said_of_all(found: Sequence[Checked]) -> str:
    """Return what is supposed of several chips, where it is the same for all of them."""
    words = {said(each) for each in found}
    return words.pop() if len(words) == 1 else " with what is supposed of each"


def warning(evaluator: Evaluator) -> str:
    """Return that an item is described by figures that do not decide as a rule; else nothing."""
    found = lacking(evaluator)
    if not found.given:
        return ""
    values = evaluator.vocabulary.conditions[found.condition].values
    given, decide = ([values[e].label for e in names] for names in (found.given, found.deciding))
    metric = labels.lower(evaluator.vocabulary.metric(found.metric).label)
    lead = f"The {metric} is given at {join_words(given)}, and not at {join_words(decide, 'or')}"
    return f"{lead}, which usually decides: the answer may change with that."


def rests(answer: Answer | None, case: Case) -> bool:
    """Whether a figure of a chip with a sheet rests on something that is supposed."""
    described = case.evaluator.sheet.id == GIVEN
    return not described and isinstance(answer, Figure) and _is_given(answer)


def line_rests(line: Line, case: Case) -> bool:
    """Whether anything in a line of a rule, or below it, rests on something that is supposed."""
    found = of(case)
    if not found:
        return False
    names = {each.what for each in found if not each.metric}
    return any(_leaf_rests(each, case, names) for each in _asked(line))


def suffix(lines: Iterable[Line], case: Case) -> str:
    """Return the mark to stand behind what follows from some lines; nothing if none rests on it."""
    return f", {MARK}" if any(line_rests(each, case) for each in lines) else ""


def ruling_mark(checked: Checked) -> str:
    """Return the mark of what is supposed, where the classification rests on it; else nothing."""
    found = [each.line for each in checked.findings if each.provision.rule.kind == CLASSIFICATION]
    return suffix(found, checked.case)


def marked(text: str, line: Line, case: Case) -> str:
    """Return what is said of a line, with the mark where it rests on something supposed."""
    return text + suffix([line], case)


def _asked(line: Line) -> Iterator[Line]:
    """Yield the lines below one, but exceptions from what does not apply in the first place."""
    yield line
    idle = isinstance(line.node, Unless) and line.parts[0].verdict is Verdict.not_met
    for part in line.parts if idle else (*line.parts, *line.exceptions):
        yield from _asked(part)


def _leaf_rests(line: Line, case: Case, names: set[str]) -> bool:
    node = line.node
    if isinstance(node, Threshold):
        absent = isinstance(line.answer, Missing) and line.answer.kind == "undefined"
        return rests(line.answer, case) or (TRANSISTOR in names and absent)
    if isinstance(node, CircumstanceIs):
        return node.name in names
    return isinstance(node, Launched) and LAUNCHED in names


def _is_given(figure: Figure) -> bool:
    if any(map(_is_given, figure.parts)):
        return True
    located = figure.located
    return located.file == GIVEN if located else not figure.parts and figure.status == GIVEN


def _value(each: Supposition, vocabulary: Vocabulary) -> str:
    """Return a figure that stands in for that of the sheet: ``die area of 800 mm²``."""
    if not each.metric or not isinstance(each.figure, Figure):
        return each.what
    die = vocabulary.metric(each.metric[0]).die is not None
    name = "die area" if die else labels.brief(each.metric, vocabulary)
    unit = labels.unit_text(each.metric, each.figure.value.unit, vocabulary)
    return f"{name} of {amount(each.figure)} {unit}".rstrip()


def _fact(each: Supposition, vocabulary: Vocabulary) -> str:
    """Return a circumstance that the user gave, or the launch, as it reads alone."""
    if each.what in vocabulary.circumstances:
        return labels.phrase(each.what, each.given, vocabulary)
    return f"{each.what}{':' if each.what == TRANSISTOR else ''} {each.given}"
