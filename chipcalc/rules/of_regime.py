"""Rules by regime: which files are whose, and whose rules are asked where one is named."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from chipcalc.errors import ChipcalcError, Problem, did_you_mean, each_of, unknown
from chipcalc.files import RULES, by_id
from chipcalc.rules.provision import Provision
from chipcalc.rules.regime import Regime, load
from chipcalc.rules.rule import Rule
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document

_EVERY = "chipcalc rules --regime all"


class OfRegime(ABC):
    """The files of one regime, the first one where none is named, and the way to the others.

    What all of them share is read once, by the `first` one that was made.
    """

    def __init__(
        self, store: Store, own: Sequence[Path] = (), regime: str = "", first: Self | None = None
    ) -> None:
        self.store = store
        self.own = tuple(own)
        self._named = regime
        self._first = first or self

    @property
    @abstractmethod
    def provisions(self) -> Mapping[str, tuple[Provision, ...]]:
        """The versions of every rule, oldest first."""

    @abstractmethod
    def rule(self, name: str) -> tuple[Provision, ...]:
        """Return the versions of a rule by id or paragraph; raises ChipcalcError."""

    @abstractmethod
    def on(self, day: datetime.date, known: datetime.date | None = None) -> list[Provision]:
        """Return the one version of every rule that holds on a day."""

    @cached_property
    def regimes(self) -> Mapping[str, Regime]:
        """The regimes by id, in their order; raises ChipcalcError with all problems."""
        return load(self.store.folders) if self._first is self else self._first.regimes

    @cached_property
    def regime(self) -> Regime | None:
        """The regime whose rules these are; None where spec folders know of none."""
        return self.regimes.get(self._named or next(iter(self.regimes), ""))

    def of(self, regime: str) -> Self:
        """Return the rules of a regime, by its id or another name; raises ChipcalcError."""
        known = {
            name.casefold(): each.id
            for each in self.regimes.values()
            for name in (each.id, each.name, each.short, *each.aliases)
        }
        name = known.get(regime.casefold())
        if name is None:
            kind = ("regimes", "known")
            raise unknown(f"no regime '{regime}'", regime, self.regimes, kind, _EVERY)
        return type(self)(self.store, self.own, name, self._first)

    def asked(self, regime: str, only: Sequence[str] = ()) -> Self:
        """Return the rules to answer by: of a regime, or else of the first one that has some.

        Raises ChipcalcError for a regime of which no text was read, which answers nothing.
        """
        if not regime:
            return self.holding(only)
        book = self.of(regime)
        if book.provisions or book.regime is None:
            return book
        what = f"{book.regime.name}: no text of its rules was read, so nothing is answered by them"
        known = f"chipcalc rules --regime {book.regime.id}"
        raise ChipcalcError(Problem(what, hint="what is known of them:", command=known))

    def holding(self, names: Sequence[str]) -> Self:
        """Return the rules of the first regime that has all those named; else these."""
        for book in (self, *self.everywhere()):
            try:
                each_of(names, book.rule)
            except ChipcalcError:
                continue
            return book
        return self

    def everywhere(self) -> tuple[Self, ...]:
        """Return the rules of every regime that has any, those of the first one first."""
        found = {path.parent.name for path in self.all_files.values()}
        others = [each for each in self.regimes if each in found]
        first, *rest = [*self.regimes] or [""]
        return (
            type(self)(self.store, self.own, first, self._first),
            *(self.of(each) for each in others if each in rest),
        )

    def beside(self, day: datetime.date) -> tuple[Self, ...]:
        """Return the rules of the other regimes that have some on a day."""
        return tuple(
            each for each in self.everywhere() if each.regime is not self.regime and each.on(day)
        )

    @cached_property
    def all_files(self) -> dict[str, Path]:
        """The file of every rule id of every regime; earlier folders shadow later ones."""
        if self._first is not self:
            return self._first.all_files
        return dict(sorted(by_id(self.store.folders, RULES).items()))

    @cached_property
    def files(self) -> dict[str, Path]:
        """The file of every rule id of the regime; a folder that names none is the first one's."""
        first = next(iter(self.regimes), "")
        wanted = self._named or first
        of = {
            name: path.parent.name if path.parent.name in self.regimes else first
            for name, path in self.all_files.items()
        }
        return {name: path for name, path in self.all_files.items() if of[name] == wanted}

    def takes(self, rule: Rule) -> bool:
        """Whether a rule of the user's own is one of this regime."""
        first = next(iter(self.regimes), "")
        return (rule.regime or first) == (self._named or first)

    def regime_problems(self, rule: Rule, path: Path, document: Document) -> Iterator[Problem]:
        """Yield a regime that is not there, or is not the one of the folder."""
        if rule.regime is None:
            return
        if rule.regime not in self.regimes:
            hint = did_you_mean(rule.regime, self.regimes) or "add it under regimes/"
            yield document.problem(("regime",), f"no regime '{rule.regime}'", hint)
        elif path in self.files.values() and not self.takes(rule):
            what = f"the regime is '{rule.regime}', but the file lies in {path.parent.name}/"
            yield document.problem(("regime",), what, "make them equal")
