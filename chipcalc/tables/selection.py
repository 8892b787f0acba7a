"""Which chips a list shows: those of some vendors, families and markets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, Problem, unknown
from chipcalc.figures.statements import Conditions
from chipcalc.progress import Progress, untold
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.units import Quantity

UNKNOWN = "unknown"


class Filter(NamedTuple):
    """Which chips a list shows, in which order, and which figures beside them.

    Of several vendors, families or markets, a chip has one. Prices are sorted at the rates of
    exchange. Whole, a list folds no chip away.
    """

    vendors: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    sort: str = ""
    metrics: tuple[str, ...] = ()
    when: Conditions | None = None
    rates: tuple[Quantity, ...] = ()
    whole: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The metrics whose figures stand beside the chips, each once."""
        sorted_by = (self.sort,) if self.sort else ()
        return tuple(dict.fromkeys((*self.metrics, *sorted_by)))


def selected(store: Store, wanted: Filter, progress: Progress = untold) -> list[Sheet]:
    """Return the chips that pass a filter, by id; raises ChipcalcError for a name of none."""
    sheets = store.all(progress)
    _refuse_unknown(sheets, wanted)
    return [each for each in sheets if _passes(each, wanted)]


def market(sheet: Sheet) -> str:
    """Return the market of a chip; unknown where no sheet says it."""
    return sheet.market.value if sheet.market else UNKNOWN


def _passes(sheet: Sheet, wanted: Filter) -> bool:
    return (
        (not wanted.vendors or sheet.chip.vendor in _folded_names(wanted.vendors))
        and (not wanted.families or bool({*_folded_names(wanted.families)} & {*sheet.chip.family}))
        and (not wanted.markets or market(sheet) in _folded_names(wanted.markets))
    )


def _folded_names(names: Sequence[str]) -> list[str]:
    return [each.casefold() for each in names]


def _refuse_unknown(sheets: Sequence[Sheet], wanted: Filter) -> None:
    """Raise for a vendor, family or market that no chip has; an empty selection is an answer."""
    known: dict[str, tuple[Sequence[str], Counter[str]]] = {
        "vendor": (wanted.vendors, Counter(each.chip.vendor for each in sheets)),
        "family": (wanted.families, Counter(f for each in sheets for f in each.chip.family)),
        "market": (
            wanted.markets,
            Counter(map(market, sheets)),
        ),
    }
    problems: list[Problem] = []
    for name, (names, counted) in known.items():
        for asked in names:
            if asked.casefold() not in counted:
                most = ", ".join(sorted(counted)[:8])
                what, listed = f"no {name} '{asked}'", f"known are for example {most}"
                problems += unknown(what, asked, counted, (name, "known"), listed).problems
    if problems:
        raise ChipcalcError(*problems)
