"""What is supposed of a chip, against its spec sheet, in words; nothing of an item without one."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, key
from chipcalc.rules.case import sheet_says
from chipcalc.sheets.sheet import GIVEN
from chipcalc.words import labels
from chipcalc.words.figures import amount


def said(checked: Checked) -> str:
    """Return what is supposed, to stand behind a name: `` with a supposed die area of 800 mm²``."""
    values = list(_values(checked))
    facts = list(_circumstances(checked))
    words = f" with a supposed {join_words(values)}" if values else ""
    return words + (f" (supposed: {', '.join(facts)})" if facts else "")


def rests(answer: Answer | None, checked: Checked) -> bool:
    """Whether a figure of a chip with a sheet rests on something that is supposed."""
    return checked.sheet.id != GIVEN and isinstance(answer, Figure) and _is_given(answer)


def _is_given(figure: Figure) -> bool:
    if any(map(_is_given, figure.parts)):
        return True
    located = figure.located
    return located.file == GIVEN if located else not figure.parts and figure.status == GIVEN


def _values(checked: Checked) -> Iterator[str]:
    """Yield the figures that stand in for those of the sheet: ``die area of 800 mm²``."""
    if checked.sheet.id == GIVEN:
        return
    evaluator = checked.case.evaluator
    vocabulary = evaluator.vocabulary
    for name, answer in evaluator.given.items():
        if isinstance(answer, Figure):
            unit = labels.unit_text(name, answer.value.unit, vocabulary)
            yield f"{labels.brief(name, vocabulary)} of {amount(answer)} {unit}".rstrip()
    for metric, located in checked.sheet.supposed.items():
        for each in located:
            statement = each.statement
            if each.file == GIVEN:
                figure = Figure(statement.quantity, "")
                name = labels.brief(key(metric, statement.when), vocabulary)
                yield f"{name} of {amount(figure)} {statement.quantity.unit}".rstrip()
    for die in checked.sheet.chip.dies:
        if die.area and die.area.status == GIVEN:
            quantity = die.area.quantity
            yield f"die area of {amount(Figure(quantity, ''))} {quantity.unit}"


def _circumstances(checked: Checked) -> Iterator[str]:
    """Yield the circumstances that the user gave, where the sheet or the usual is another."""
    case = checked.case
    if checked.sheet.id == GIVEN:
        return
    for name in case.evaluator.vocabulary.circumstances:
        given = case.given.get(name)
        if given and given != sheet_says(name, case.evaluator):
            yield labels.phrase(name, given, case.evaluator.vocabulary)
