"""Circuits as a user describes them on a command line: ``int8=217.5TOPS,die=400mm2,count=4``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chipcalc.check.what_if import Supposed, blank, settings, suppose
from chipcalc.errors import error
from chipcalc.figures.circuits import Held
from chipcalc.figures.evaluate import Evaluator
from chipcalc.sheets.sheet import Sheet
from chipcalc.vocabulary.model import Vocabulary

COUNT = "count"
CHIP = "chip"
_NAME = "name"
_DIE = "die"
_EXAMPLE = "int8=217.5TOPS,die=400mm2,count=4"


class Described(NamedTuple):
    """So many circuits of one kind: those of a chip by its name, or with some facts."""

    number: int
    facts: Mapping[str, str] = {}
    chip: str = ""
    name: str = ""


def read(text: str, vocabulary: Vocabulary) -> Described:
    """Return what an option describes; raises ChipcalcError for what describes nothing."""
    found = settings([each for each in text.split(",") if each.strip()], _EXAMPLE)
    number = _number(found.pop(COUNT, "1"))
    chip, name = found.pop(CHIP, ""), found.pop(_NAME, "")
    formats = vocabulary.conditions["format"].values
    facts = {
        f"throughput[{key}]" if key in formats else "die_area" if key == _DIE else key: value
        for key, value in found.items()
    }
    if bool(chip) == bool(facts):
        raise error(f"'{text}' describes no circuit", f"write {_EXAMPLE}, or chip=h20,count=8")
    for key in facts:
        if key in vocabulary.circumstances:
            option = vocabulary.circumstances[key].option
            hint = f"say it of the item: {option.flag if option else f'--set {key}='}"
            raise error(f"'{key}' is no figure of a circuit", hint)
    return Described(number, facts, chip, name)


_COUNT = re.compile("[1-9][0-9]{0,5}")


def _number(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise error(f"no number of circuits: '{text}'", "write for example count=4")
    return int(text)


def held(found: Sequence[tuple[Described, Sheet | None]], vocabulary: Vocabulary) -> list[Held]:
    """Return circuits ready to be read; raises ChipcalcError for a fact that does not fit.

    Those of a chip come with its sheet.
    """
    made = []
    for index, (each, sheet) in enumerate(found, 1):
        if sheet:
            made.append(Held(each.number, Evaluator(sheet, vocabulary)))
            continue
        plain = blank(vocabulary)
        named = each.name or ("circuit described" if len(found) == 1 else f"circuit {index}")
        chip = plain.chip.model_copy(update={"name": named})
        read_so = suppose(Sheet(chip, plain.document, None, plain.unshared), each.facts, vocabulary)
        made.append(Held(each.number, read_so.evaluator))
    return made


def item(circuits: Sequence[Held], said: Mapping[str, str], vocabulary: Vocabulary) -> Supposed:
    """Return an item that contains circuits; raises ChipcalcError for figures of its own."""
    whole = suppose(blank(vocabulary), {}, vocabulary)
    for name in said:
        if name not in vocabulary.circumstances:
            hint = f"give it to a circuit: --circuit {_EXAMPLE}"
            raise error(f"'{name}' is a figure of each circuit", hint)
    evaluator = Evaluator(whole.evaluator.sheet, vocabulary, held=tuple(circuits))
    return Supposed(evaluator, suppose(blank(vocabulary), said, vocabulary).circumstances)
