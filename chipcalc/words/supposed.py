"""What is supposed of a chip, against its spec sheet, in words; nothing of an item without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, Key, key
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


def said_of_all(found: Sequence[Checked]) -> str:
    """Return what is supposed of several chips, where it is the same for all of them."""
    words = {said(each) for each in found}
    return words.pop() if len(words) == 1 else " with what is supposed of each"


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
    if checked.sheet.id == GIVEN or checked.circuits:
        return
    vocabulary = checked.case.evaluator.vocabulary
    for metric, figure in _figures(checked):
        unit = labels.unit_text(metric, figure.value.unit, vocabulary)
        yield f"{labels.brief(metric, vocabulary)} of {amount(figure)} {unit}".rstrip()
    for die in checked.sheet.chip.dies:
        if die.area and die.area.status == GIVEN:
            figure = Figure(die.area.quantity, "")
            yield f"die area of {amount(figure)} {figure.value.unit}"


def _figures(checked: Checked) -> Iterator[tuple[Key, Figure]]:
    for metric, answer in checked.case.evaluator.given.items():
        if isinstance(answer, Figure):
            yield metric, answer
    for name, located in checked.sheet.supposed.items():
        for each in (e for e in located if e.file == GIVEN):
            yield key(name, each.statement.when), Figure(each.statement.quantity, "")


def _circumstances(checked: Checked) -> Iterator[str]:
    """Yield the circumstances that the user gave, where the sheet or the usual is another."""
    case = checked.case
    if checked.sheet.id == GIVEN:
        return
    for name in case.evaluator.vocabulary.circumstances:
        given = case.given.get(name)
        if given and given != (_whole_says(name, checked) or sheet_says(name, case.evaluator)):
            yield labels.phrase(name, given, case.evaluator.vocabulary)


def _whole_says(name: str, checked: Checked) -> str:
    """Return what the sheet of a board or a system says of a circumstance; nothing without one."""
    field = checked.case.evaluator.vocabulary.circumstances[name].field
    stated = getattr(checked.whole, field) if checked.whole and field else None
    return stated.value if stated else ""
