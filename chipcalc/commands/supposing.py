"""What a user supposes of compared chips: of one by its name, or of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.check.what_if import settings, suppose
from chipcalc.errors import error
from chipcalc.figures.figure import Answer, Key
from chipcalc.sheets import counts
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store

_EXAMPLE = "--set price=25000USD, or --set h20:price=12000USD for one chip"


def supposing(
    sheets: Sequence[Sheet], texts: Sequence[str], store: Store
) -> tuple[list[Sheet], dict[str, Mapping[Key, Answer]]]:
    """Return sheets with what is supposed of them, and the answers given in place of a formula's.

    A text is ``price=25000USD`` for every chip, or ``h20:price=25000USD`` for one. Raises
    ChipcalcError for one that sets nothing, of a chip that is not compared, or by a name, an
    amount or a unit that does not fit.
    """
    given: dict[str, dict[str, str]] = {}
    for text in texts:
        chip, setting = _addressed(text)
        named = counts.chosen(store, chip).sheets if chip else sheets
        whose = {each.id for each in named} & {each.id for each in sheets}
        if not whose:
            raise error(f"'{text}' is for a chip that is not compared", f"add {chip} to the chips")
        for name, value in settings([setting], _EXAMPLE).items():
            if name in store.vocabulary.circumstances:
                raise error(f"'{name}' is no figure, and is not compared", f"write {_EXAMPLE}")
            for each in whose:
                given.setdefault(each, {})[name] = value
    found = [
        suppose(each, given[each.id], store.vocabulary).evaluator if each.id in given else each
        for each in sheets
    ]
    changed = [each if isinstance(each, Sheet) else each.sheet for each in found]
    answers = {each.sheet.id: each.given for each in found if not isinstance(each, Sheet)}
    return changed, answers


def _addressed(text: str) -> tuple[str, str]:
    """Return the chip that a text is about, if it names one, and what it sets."""
    head = text.partition("=")[0].partition("[")[0]
    chip, colon, _ = head.partition(":")
    return (chip.strip(), text[len(chip) + 1 :]) if colon else ("", text)
