"""What a check of claims stands on: chips, evaluators, rules and rates of exchange."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress

from chipcalc import files
from chipcalc.check.day import Ruleset
from chipcalc.claims.misreadings import EMPTY
from chipcalc.comparison.comparison import combinations
from chipcalc.errors import ChipcalcError, did_you_mean, error
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.exchange import NeedsRate, exchanged
from chipcalc.figures.figure import Answer
from chipcalc.figures.statements import Conditions
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary import notation


class Context:
    """One store with its rules, the rates of exchange of the user's, and the day of a claim."""

    def __init__(
        self, store: Store, rates: Sequence[Quantity] = (), day: datetime.date | None = None
    ) -> None:
        self.store = store
        self.day = day
        self.vocabulary = store.vocabulary
        self.rates = tuple(rates)
        self.rulebook = Rulebook(store)
        self._named: dict[str, tuple[Sheet, ...]] = {}
        self._rows: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._systems: list[Sheet] | None = None
        self._evaluators: dict[tuple[str, frozenset[tuple[str, str]]], Evaluator] = {}

    def evaluator(self, sheet: Sheet, reading: Conditions = EMPTY) -> Evaluator:
        """Return the evaluator of a chip under a reading; each is made once."""
        name = (sheet.id, frozenset(reading.items()))
        if name not in self._evaluators:
            self._evaluators[name] = Evaluator(sheet, self.vocabulary, reading=reading)
        return self._evaluators[name]

    def named(self, name: str) -> tuple[Sheet, ...]:
        """Return the chips that a name stands for; each name is looked up once."""
        if name not in self._named:
            self._named[name] = self.store.members(name)
        return self._named[name]

    def rows(self, sheet: Sheet, metric: str) -> list[dict[str, str]]:
        """Return the row conditions under which a chip makes statements about a metric."""
        asked = (sheet.id, metric)
        if asked not in self._rows:
            self._rows[asked] = combinations([self.evaluator(sheet)], metric, self.vocabulary)
        return self._rows[asked]

    def members(self, names: Sequence[str]) -> list[Sheet]:
        """Return the chips that some names stand for, each once."""
        sheets = (sheet for name in names for sheet in self.named(name))
        return list({each.id: each for each in sheets}.values())

    def one(self, name: str) -> Sheet:
        """Return the one chip that a name stands for; raises ChipcalcError for several."""
        first, *more = self.named(name)
        if more:
            ids = ", ".join(each.id for each in (first, *more))
            raise error(f"'{name}' stands for {len(more) + 1} chips", f"name one of {ids}")
        return first

    def siblings(self, name: str) -> tuple[Sheet, ...]:
        """Return the other chips of the narrowest family of a chip; none for a family itself."""
        first, *more = self.named(name)
        if more:
            return ()
        families = [self._family(each) for each in first.chip.family]
        narrowest = min((each for each in families if len(each) > 1), key=len, default=[])
        return tuple(each for each in narrowest if each.id != first.id)

    def _family(self, name: str) -> list[Sheet]:
        mentioning = map(self.store.sheet, files.mentioning(name, self.store.files))
        return [each for each in mentioning if name in each.chip.family]

    def systems(self) -> Sequence[Sheet]:
        """Return the boards and systems of the store that hold chips; unreadable sheets aside."""
        if self._systems is None:
            found = []
            for chip in self.store.files:
                with suppress(ChipcalcError):
                    sheet = self.store.sheet(chip)
                    found += [sheet] if sheet.contents else []
            self._systems = found
        return self._systems

    def family(self, name: str) -> str:
        """Return the name of a family; raises ChipcalcError where there is none of that name."""
        known = files.family_names(self.store.folders)
        if name not in known:
            raise error(f"no family '{name}'", did_you_mean(name, known))
        return name

    def metric(self, text: str) -> tuple[str, Conditions]:
        """Return the metric and conditions of ``throughput[fp16]``; raises ChipcalcError."""
        name, _, rest = text.partition("[")
        self.vocabulary.metric(name)
        return name, notation.conditions_of(rest.rstrip("]"), self.vocabulary)

    def ruleset(self, day: datetime.date, rules: Sequence[str]) -> Ruleset:
        """Return some rules on a day; raises ChipcalcError where none is named."""
        if not rules:
            raise error("no rule is named", "write for example rules: [us-3a090-b]")
        return Ruleset(self.rulebook, day, rules)

    def exchanged(self, figure: Answer, unit: Unit) -> Answer | NeedsRate:
        """Return a figure in the currency of a unit, or between which two a rate is lacking."""
        return exchanged(figure, unit, self.rates)
