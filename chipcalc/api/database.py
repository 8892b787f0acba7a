"""The spec folders as a script opens them: chips by name, rules by day, articles."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from chipcalc.errors import each_of, error
from chipcalc.sheets.store import Store, open_store

if TYPE_CHECKING:  # a question loads what answers it, when it is asked
    from chipcalc.api.article import Article
    from chipcalc.api.chip import Chip, Item
    from chipcalc.api.figure import Figure
    from chipcalc.api.history import Difference, Shipping, Timeline
    from chipcalc.api.question import Answer, Answers
    from chipcalc.api.rules import Rules
    from chipcalc.comparison.calculate import Calculation

Day: TypeAlias = "datetime.date | str"
Folder: TypeAlias = "str | os.PathLike[str]"


class Database:
    """Chips, rules and articles of the spec folders; the built-in ones come last."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __getitem__(self, name: str) -> Chip:
        """Return the chip of a name: an id, an alias, a family that one chip stands for, a file.

        Raises ChipcalcError for a name of none, with the nearest, and for one of several.
        """
        found = self.find(name)
        if len(found) > 1:
            ids = ", ".join(each.id for each in found)
            raise error(f"'{name}' stands for {len(found)} chips", f"name one of {ids}")
        return found[0]

    def find(self, name: str) -> list[Chip]:
        """Return every chip of a name, a family or a pattern such as ``ascend-910*``.

        Raises ChipcalcError where there is none, with the nearest names.
        """
        from chipcalc.api.chip import Chip

        return [Chip(each, self.store) for each in self.store.choose(name).sheets]

    def __iter__(self) -> Iterator[Chip]:
        """Yield every chip, by id; raises ChipcalcError with the problems of all files."""
        from chipcalc.api.chip import Chip

        return (Chip(each, self.store) for each in self.store.all())

    def __len__(self) -> int:
        return len(self.store.files)

    def calc(self, expression: str) -> Figure:
        """Return what an expression comes to, exactly: ``h20.tpp / h100.tpp``.

        Raises ChipcalcError for what cannot be read, for units that do not fit, and for a figure
        that nobody published.

        >>> import chipcalc as cc
        >>> cc.open().calc("h20.memory_capacity / h20.memory_bandwidth to ms").value
        Fraction(24, 1)
        """
        from chipcalc.api.figure import Figure

        found = self.calculation(expression)
        return Figure(found.figure, found.sheets, self.store)

    def calculation(self, expression: str) -> Calculation:
        """Return an expression with its result and all that it rests on; raises as `calc` does."""
        from chipcalc.comparison.calculate import calculate

        return calculate(expression, self.store)

    def calculations(self, expression: str) -> tuple[Calculation, ...]:
        """Return the same once, or for each number format where an expression names none.

        A chip that stands alone is its rate: ``h20 / h100``. Raises as `calc` does.
        """
        from chipcalc.comparison.calculate import calculations

        return calculations(expression, self.store)

    def rules(
        self,
        as_of: Day | None = None,
        *,
        only: Sequence[str] = (),
        files: Sequence[Folder] = (),
        regime: str = "",
    ) -> Rules:
        """Return the rules of a day, today where none is given.

        `only` names some of them by id or paragraph, `files` adds rules of one's own, `regime` is
        whose rules they are, the first one's where none is named. Raises ChipcalcError for what is
        no day, and for a rule or a regime that is not there.
        """
        from chipcalc.api.rules import Rules
        from chipcalc.rules.rulebook import Rulebook

        rulebook = Rulebook(self.store, [Path(each) for each in files])
        return Rules(rulebook.asked(regime, only), day(as_of), only)

    def timeline(
        self,
        *chips: Chip | Item,
        rules: Sequence[str] = (),
        files: Sequence[Folder] = (),
        regime: str = "",
        progress: Callable[[Sequence[datetime.date]], Iterable[datetime.date]] = iter,
    ) -> Timeline:
        """Return chips through all versions of the rules, or of some of them.

        `files` adds rules of one's own, `regime` is whose rules they are; `progress` goes
        through the days one by one, and may tell
        how far it is.
        Raises ChipcalcError for a rule that is not there, and where no chip is named.
        """
        from chipcalc.api.chip import described
        from chipcalc.api.history import Timeline
        from chipcalc.check.timeline import moments
        from chipcalc.rules.rulebook import Rulebook

        if not chips:
            raise error("a timeline takes a chip", "for example: db.timeline(db['h20'])")
        vocabulary = self.store.vocabulary
        items = [described(each, vocabulary) for each in chips]
        rulebook = Rulebook(self.store, [Path(each) for each in files]).asked(regime, rules)
        each_of(rules, rulebook.rule)
        return Timeline(tuple(moments(rulebook, items, rules, progress)))

    def shipping(
        self,
        *chips: Chip | Item,
        to: Sequence[str],
        rules: Sequence[str] = (),
        files: Sequence[Folder] = (),
        progress: Callable[[Sequence[datetime.date]], Iterable[datetime.date]] = iter,
    ) -> Shipping:
        """Return shipments of chips to countries through all versions of the rules, or of some.

        `files` and `progress` are as in a timeline. Raises ChipcalcError for a rule or a country
        that is not there, and where no chip or country is named.
        """
        from chipcalc.api.chip import described
        from chipcalc.api.history import Shipping
        from chipcalc.licence.dated import days, moments
        from chipcalc.places import countries
        from chipcalc.rules.rulebook import Rulebook

        codes = each_of(to, countries.code)
        if not chips or not codes:
            raise error("a timeline of shipments takes a chip and a country", "for example: to CN")
        rulebook = Rulebook(self.store, [Path(each) for each in files])
        each_of(rules, rulebook.rule)
        items = [described(each, self.store.vocabulary) for each in chips]
        turns = days(rulebook)
        courses = [
            tuple(moments(rulebook, item, code, progress(turns), rules))
            for item in items
            for code in codes
        ]
        return Shipping(tuple(courses))

    def diff(
        self,
        *chips: Chip | Item,
        between: tuple[Day, Day],
        to: str = "",
        rules: Sequence[str] = (),
        files: Sequence[Folder] = (),
        regime: str = "",
    ) -> Difference:
        """Return what changed for chips between two days, and for shipments to a country, if any.

        `regime` is whose rules they are. Raises ChipcalcError for what is no day, for days
        in the wrong order, for a rule or a
        country that is not there, and where no chip is named.
        """
        from chipcalc.api.chip import described
        from chipcalc.api.history import Difference
        from chipcalc.check.dated import between as of_item
        from chipcalc.licence.dated import between as of_shipment
        from chipcalc.places import countries
        from chipcalc.rules.rulebook import Rulebook

        first, last = (day(each) for each in between)
        if first > last:
            raise error(f"{last} comes before {first}", f"turn them round: {last} {first}")
        if not chips:
            raise error("a difference takes a chip", "name one, such as h20")
        rulebook = Rulebook(self.store, [Path(each) for each in files]).asked(regime, rules)
        each_of(rules, rulebook.rule)
        code = countries.code(to) if to else ""
        items = [described(each, self.store.vocabulary) for each in chips]
        if code:
            found = [tuple(of_shipment(rulebook, e, code, first, last, rules)) for e in items]
            return Difference((first, last), tuple(found))
        steps = [tuple(of_item(rulebook, each, first, last, rules)) for each in items]
        return Difference((first, last), tuple(steps))

    def article(self, name: str = "") -> Article:
        """Return an article by its id, or from a file; the only one where none is named.

        Raises ChipcalcError where there is none.
        """
        from chipcalc.api.article import Article
        from chipcalc.claims.articles import article

        return Article(*article(self.store, [name] if name else []), self.store)

    def claim(self, claim: str, as_of: Day | None = None, *, rates: Sequence[str] = ()) -> Answer:
        """Return a claim in one line with its answer: ``h20 = 20 % of h100``.

        Of a name of several chips those count that are out on the day, today where none is given.
        Raises ChipcalcError that shows what cannot be read, and what to write.
        """
        (found,) = self.claims(claim, as_of=as_of, rates=rates)
        return found

    def claims(self, *claims: str, as_of: Day | None = None, rates: Sequence[str] = ()) -> Answers:
        """Return several claims with their answers; raises as `claim` does, all faults at once."""
        from chipcalc.api.question import answers

        options = ["--as-of", str(as_of)] if as_of else []
        options += [word for each in rates for word in ("--rate", each)]
        return answers(claims, self.store, day(as_of), rates, options)

    def __repr__(self) -> str:
        return f"Database({len(self)} chips in {', '.join(map(str, self.store.folders))})"


def open(*folders: Folder) -> Database:  # noqa: A001 as in gzip.open
    """Return the chips and rules of some folders, before those of $CHIPCALC_SPECS and built in.

    Raises ChipcalcError for a folder that is not there.
    """
    return Database(open_store(tuple(map(Path, folders))))


def day(given: Day | None) -> datetime.date:
    """Return a day from its text, or as it is; today for none. Raises ChipcalcError."""
    if not given:
        return datetime.datetime.now(tz=datetime.UTC).date()
    if isinstance(given, str):
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            hint = "write year, month and day: 2026-01-31"
            raise error(f"'{given}' is not a day", hint) from None
    if isinstance(given, datetime.datetime):
        return given.date()
    if not isinstance(given, datetime.date):
        raise TypeError(f"a day is a date or a text such as '2026-01-31', not {given!r}")
    return given


def claim(claim: str, as_of: Day | None = None, *, rates: Sequence[str] = ()) -> Answer:
    """Return a claim in one line with its answer, by the built-in specs; raises as `open` does.

    >>> import chipcalc as cc
    >>> cc.claim("h20 memory = 96 GB").settlement
    'holds'
    """
    return open().claim(claim, as_of, rates=rates)
