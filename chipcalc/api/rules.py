"""The rules of a day as a script has them: what it may ask them of a chip."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, TypeVar, overload

from chipcalc.api.checks import Check, Headroom
from chipcalc.api.chip import Chip, Item, described
from chipcalc.check.budget import Limit
from chipcalc.check.day import DayRules, Ruleset, ShipmentRules
from chipcalc.check.result import Checked
from chipcalc.check.what_if import Supposed
from chipcalc.errors import each_of, error
from chipcalc.progress import Progress, untold
from chipcalc.rules.circumstances import Circumstances
from chipcalc.rules.dates import ahead_for
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import GIVEN

if TYPE_CHECKING:
    from chipcalc.api.shipments import Budget, Licence, Worldwide
    from chipcalc.charts import Chart
    from chipcalc.check.dated import Step
    from chipcalc.licence.dated import Dated
    from chipcalc.licence.licence import Licence as LicenceFound
    from chipcalc.screening.judge import Judge

Frame = TypeVar("Frame")


def _facts(chip: Chip | Item) -> Mapping[str, str]:
    """Return what is said of a chip besides its sheet, or of an item."""
    return chip.facts if isinstance(chip, Item) else chip.supposing


def _is_quiet(rules: DayRules, checked: Checked) -> bool:
    """Whether nothing ahead of a day may concern an item, which is the rule."""
    book = rules.rulebook.provisions.values()
    cases = checked.cases
    return not ahead_for(book, rules.day, lambda rule: any(e.applies(rule) for e in cases))


def _steps(rules: Ruleset, checked: Checked) -> Iterable[Step]:
    if _is_quiet(rules, checked):
        return ()
    from chipcalc.check.dated import steps_ahead

    return steps_ahead(rules, checked)


def _dated(rules: ShipmentRules, found: LicenceFound) -> Iterable[Dated]:
    if _is_quiet(rules, found.checked):
        return ()
    from chipcalc.licence.dated import ahead

    return ahead(rules, found)


class Rules:
    """The rules of one day; those about items and those about shipments are told apart here."""

    def __init__(self, rulebook: Rulebook, day: datetime.date, only: Sequence[str] = ()) -> None:
        self.rulebook = rulebook
        self.as_of = day
        self._only = tuple(each[0].id for each in each_of(only, rulebook.rule))
        self._judges: dict[str, Judge] = {}
        self._others: dict[datetime.date, Rules] = {}

    @cached_property
    def beside(self) -> tuple[Rules, ...]:
        """The rules of the other regimes that have some on the day; none where some are named."""
        if self._only:
            return ()
        return tuple(Rules(each, self.as_of) for each in self.rulebook.beside(self.as_of))

    @cached_property
    def of_items(self) -> Ruleset:
        """The rules as they are asked of items."""
        return Ruleset(self.rulebook, self.as_of, self._only)

    @cached_property
    def of_shipments(self) -> ShipmentRules:
        """The rules as they are asked of shipments."""
        return ShipmentRules(self.rulebook, self.as_of, self._only)

    def check(self, chip: Chip | Item, **circumstances: str) -> Check:
        """Return what the rules say of a chip or an item.

        Keywords are circumstances, such as ``market="datacenter"``; raises ChipcalcError for a
        name or a word that there is none of.
        """
        item = self._item(chip, circumstances)
        checked = self.of_items.check(item.evaluator, item.circumstances)
        given = {**_facts(chip), **circumstances}
        return Check(checked, self.rulebook, given, partial(_steps, self.of_items, checked))

    def screen(
        self,
        frame: Frame,
        columns: Mapping[str, str] | None = None,
        *,
        settle: bool = False,
        to: str = "",
    ) -> Frame:
        """Return a frame of the same kind with the verdict on each of its rows, which are circuits.

        It is one of polars (lazy ones stay lazy), pandas, pyarrow or duckdb; its columns are known
        by their names, or said: ``{"INT8": "throughput[int8,dense] TOPS"}``. ``chipcalc verdict``
        is what `check` says of the same figures, or ``not settled``, where a check of the row may
        say more; ``chipcalc fault`` tells rows with an amount or a word that cannot be. To `settle`
        is to make that check, once for all rows that come out alike; it goes through the frame, and
        adds ``chipcalc may be`` and ``chipcalc decides`` for the rows that stay open. With it, a
        column may hold the day whose law counts for each row, or its destination; that, or one for
        all in `to`, adds ``chipcalc licence``; and names of chips that have a sheet are looked up:
        ``chipcalc chip``, ``chipcalc differs``.
        Needs ``pip install 'chipcalc[tables]'``; raises ChipcalcError for a column that cannot be
        read, or of which no unit is said.
        """
        from chipcalc.places import countries
        from chipcalc.screening.words import column_words
        from chipcalc.words.screening import of_cell, of_named, of_shipped

        try:
            from chipcalc.screening.frames import Settling, screen
            from chipcalc.screening.own_rows import Law
        except ModuleNotFoundError:
            what = "screening frames needs a package that is not installed"
            raise error(what, "pip install 'chipcalc[tables]'") from None
        words = column_words(self.rulebook.store.folders)
        settling = None
        if settle or to:
            judge = self._of_rows(countries.code(to) if to else "")
            law = Law(self._items_on, self._shipments_on)
            settling = Settling(judge, of_cell, False, law, of_shipped, of_named)
        found: Frame = screen(frame, columns or {}, words, self.of_items, settling)
        return found

    def red_lines(self, *chips: Chip | Item) -> Chart:
        """Return the picture of all chips against the lines of the day; some come first by name.

        A notebook shows it; raises ChipcalcError with the problems of all files.
        """
        from chipcalc.api.charts import red_lines
        from chipcalc.api.database import Database

        every = {each.id: each for each in Database(self.rulebook.store)}
        own = {each.id: each for each in chips if isinstance(each, Chip)}
        described = [each for each in chips if isinstance(each, Item)]
        return red_lines(self, [*{**every, **own}.values(), *described], (*own, GIVEN))

    def launches(self, metric: str, *chips: Chip) -> Chart:
        """Return the picture of a metric of all chips over launch dates; some come first by name.

        Raises ChipcalcError for a metric that there is none of, and with the problems of all files.
        """
        from chipcalc.api.charts import launches
        from chipcalc.api.database import Database

        every = {each.id: each for each in Database(self.rulebook.store)}
        own = {each.id: each for each in chips}
        return launches(self, {**every, **own}.values(), metric, tuple(own))

    def _of_rows(self, to: str) -> Judge:
        """Return what asks the rules of a row by itself; it keeps what it was asked."""
        from chipcalc.screening.judge import Judge

        if to not in self._judges:
            store, law = self.rulebook.store, (self._items_on, self._shipments_on)
            self._judges[to] = Judge(store, self.as_of, *law, to)
        return self._judges[to]

    def _items_on(self, day: datetime.date) -> Ruleset:
        return self._on(day).of_items

    def _shipments_on(self, day: datetime.date) -> ShipmentRules:
        return self._on(day).of_shipments

    def _on(self, day: datetime.date) -> Rules:
        """Return the same rules on another day, made ready once."""
        if day == self.as_of:
            return self
        if day not in self._others:
            self._others[day] = Rules(self.rulebook, day, self._only)
        return self._others[day]

    def headroom(self, chip: Chip | Item, **circumstances: str) -> Headroom:
        """Return how far a chip is from every line of the rules; raises as `check` does."""
        return Headroom(self.check(chip, **circumstances))

    @overload
    def licence(self, chip: Chip | Item, *, to: str, **circumstances: str) -> Licence: ...

    @overload
    def licence(self, chip: Chip | Item, *, to: None = None, **circumstances: str) -> Worldwide: ...

    def licence(
        self, chip: Chip | Item, *, to: str | None = None, **circumstances: str
    ) -> Licence | Worldwide:
        """Return what a shipment needs, or the shipments to all countries.

        `to` is a country by any of its names, or its code; keywords are circumstances of the item
        and of the shipment. Raises ChipcalcError for a country or a word that there is none of.
        """
        from chipcalc.api.shipments import Licence
        from chipcalc.licence.licence import DESTINATION, shipment

        if DESTINATION in circumstances:
            raise error(f"'{DESTINATION}' is not said so", "give it as to='CN'")
        if to is None:
            return self.worldwide(chip, progress=untold, **circumstances)[0]
        item = self._item(chip, circumstances)
        found = shipment(self.of_shipments, item, to)
        return Licence(found, self.rulebook, partial(_dated, self.of_shipments, found.licence))

    def worldwide(
        self, *chips: Chip | Item, progress: Progress = untold, **circumstances: str
    ) -> list[Worldwide]:
        """Return the shipments of some chips to all countries, in regions common to all of them.

        `progress` goes through parts of the world, and may tell how far it is. Raises
        ChipcalcError for a circumstance or a word that there is none of.
        """
        from chipcalc.api.shipments import Worldwide
        from chipcalc.licence.dated import worldwide_ahead
        from chipcalc.licence.licence import worldwide

        items = [self._item(each, circumstances) for each in chips]
        found = worldwide(self.of_shipments, items, progress) if items else []
        same_as = {name: each.of for name, each in self.of_shipments.places.same_as.items()}
        ahead = cache(lambda: tuple(worldwide_ahead(self.of_shipments, items, found)))
        return [Worldwide(tuple(each), self.rulebook, same_as, ahead) for each in found]

    def budget(self, *chips: Chip | Item, rules: Sequence[str] = (), **amounts: str) -> Budget:
        """Return how many of some chips fit into limits on what many add up to.

        Limits are amounts of metrics (``tpp="1e6 TOPS*bit"``), those of `rules` in all their
        periods, or else all that the rules of the day set. Raises ChipcalcError where there is
        none, for a metric or rule that there is none of, and for a unit that does not fit.
        """
        from chipcalc.check import budget as check_budget
        from chipcalc.check import what_if

        vocabulary = self.rulebook.store.vocabulary
        limits = [
            check_budget.Limit(name, what_if.amount(name, amount, vocabulary))
            for name, amount in amounts.items()
        ]
        limits += [each for rule in rules for each in check_budget.periods(self.rulebook, rule)]
        limits = limits or check_budget.limits(self.rulebook, self.as_of)
        return self.fitting(chips, limits, dated=not rules)

    def fitting(
        self, chips: Sequence[Chip | Item], limits: Sequence[Limit], *, dated: bool = True
    ) -> Budget:
        """Return how many of some chips fit into limits; raises ChipcalcError without any.

        Limits that are not `dated` are those of all periods of their rules.
        """
        from chipcalc.api.shipments import Budget
        from chipcalc.check.budget import fitting

        if not limits or not chips:
            raise error(f"no rule sets a limit on {self.as_of}", "give one: --tpp 1000000")
        items = [self._item(each, {}) for each in chips]
        found = tuple(fitting(self.of_shipments, e, limit) for limit in limits for e in items)
        return Budget(found, self.as_of, dated=dated)

    def _item(self, chip: Chip | Item, said: Mapping[str, str]) -> Supposed:
        vocabulary = self.rulebook.store.vocabulary
        item = described(chip, vocabulary)
        given = Circumstances({**item.circumstances, **said}, vocabulary)
        return item._replace(circumstances=given)

    def __repr__(self) -> str:
        return f"Rules(as_of={self.as_of})"
