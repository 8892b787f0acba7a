"""What is supposed of items, as contracts tell it: a list in JSON, a text in a flat record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chipcalc.check.result import Checked
from chipcalc.check.suppositions import Supposition, lacking, suppositions
from chipcalc.contract.common import amount
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.words.supposed import warning

COLUMN = "supposed"


def supposed(found: Iterable[Checked]) -> list[dict[str, Any]]:
    """Return what is supposed of some chips, each once, beside what its sheet says."""
    return listed((each.item, each.case.given) for each in found)


def listed(items: Iterable[tuple[Evaluator, Mapping[str, str]]]) -> list[dict[str, Any]]:
    """Return what is supposed of some items, by their circumstances, each item once."""
    once = {evaluator.sheet.id: (evaluator, given) for evaluator, given in items}
    return [each for evaluator, given in once.values() for each in _listed(evaluator, given)]


def _listed(evaluator: Evaluator, given: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    lacks = lacking(evaluator)
    for each in suppositions(evaluator, given):
        when = dict(each.metric[1]) if each.metric else {}
        yield {
            "chip": evaluator.sheet.id,
            "what": each.what,
            "given": each.given,
            "metric": each.metric[0] if each.metric else None,
            "when": {e: when[e] for e in evaluator.vocabulary.conditions if e in when},
            **_amount(each),
            "sheet": _sheet_says(each),
            "warning": warning(evaluator) or None
            if each.metric and each.metric[0] == lacks.metric
            else None,
        }


def _amount(each: Supposition) -> dict[str, Any]:
    """Return the amount that is supposed; null where it is none."""
    if not isinstance(each.figure, Figure):
        return {**amount(None), "unit": None}
    return {**amount(each.figure.value.amount), "unit": each.figure.value.unit.text}


def _sheet_says(each: Supposition) -> dict[str, Any] | None:
    """Return what the sheet says in place of it: an amount or a word; null where it says nothing.

    Where there is no figure, the status says why.
    """
    said = each.sheet
    if said is None:
        return None
    if isinstance(said, str):
        return {"says": said, **amount(None), "unit": None, "status": None}
    if isinstance(said, Missing):
        return {"says": None, **amount(None), "unit": None, "status": said.kind}
    stated = {**amount(said.value.amount), "unit": said.value.unit.text}
    return {"says": None, **stated, "status": said.status}


def column(checked: Checked) -> str:
    """Return what is supposed of a chip in one text: ``die_area=700mm2; market=consumer``."""
    return text(checked.item, checked.case.given)


def text(evaluator: Evaluator, given: Mapping[str, str]) -> str:
    """Return what is supposed of an item in one text, as a command line sets it."""
    return "; ".join(f"{each.what}={each.given}" for each in suppositions(evaluator, given))
