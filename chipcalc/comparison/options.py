"""What a comparison is asked: its rows, how chips are read, and what is supposed of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chipcalc.figures.figure import Answer, Key
from chipcalc.figures.statements import Conditions
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import NONE


class Asked(NamedTuple):
    """The words of a user behind some options: a purpose, and what is supposed."""

    purpose: str = ""
    supposing: tuple[str, ...] = ()


class Options(NamedTuple):
    """What to compare, beyond the usual.

    `metrics` names the rows instead of the usual ones, `extra` adds some, `when` narrows them; a
    mode among it is one in which all chips are read, like a `reading`.
    `reading` asks for another reading of all chips, such as a sparse rate, and `readings` for one
    of a chip, by its id; `given` holds quantities from the user, such as an intensity, and `rates`
    rates of exchange. `only` keeps the rows of some values of a condition, `supposed` holds answers
    of the user's for a chip by its id. The last chip is the base where it is `turned`.
    """

    metrics: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    when: Conditions = NONE
    reading: Conditions = NONE
    readings: Mapping[str, Conditions] = NONE
    given: Mapping[str, Quantity] = NONE
    base: str = ""
    sort: str = ""
    all_statements: bool = False
    rates: tuple[Quantity, ...] = ()
    only: Mapping[str, tuple[str, ...]] = NONE
    supposed: Mapping[str, Mapping[Key, Answer]] = NONE
    turned: bool = False
    asked: Asked = Asked()
