"""A chip as a script has it: its sheet, its figures, and what it would be with other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from chipcalc.api.figure import Answer, Figure, answered
from chipcalc.api.result import Result
from chipcalc.errors import did_you_mean, error
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Report
from chipcalc.values.exact import decimal_text
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import Vocabulary

if TYPE_CHECKING:
    from chipcalc.check.what_if import Supposed
    from chipcalc.figures.circuits import Held

Value: TypeAlias = "str | int | float | Fraction | Decimal | Quantity | Answer"
Facts: TypeAlias = "Value | Mapping[str, Value]"


class Item:
    """What a script describes by its values alone, without a spec sheet."""

    def __init__(self, facts: Mapping[str, str], circuits: Sequence[Held] = ()) -> None:
        self.facts = dict(facts)
        self.circuits = tuple(circuits)

    def supposed(self, vocabulary: Vocabulary) -> Supposed:
        """Return the item ready to be read; raises ChipcalcError for what does not fit."""
        from chipcalc.check import described
        from chipcalc.check.what_if import blank, suppose

        if self.circuits:
            return described.item(self.circuits, self.facts, vocabulary)
        return suppose(blank(vocabulary), self.facts, vocabulary)

    def __repr__(self) -> str:
        return f"item({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


def item(**facts: Facts) -> Item:
    """Return an item that has no spec sheet: ``item(tpp=2912, market="datacenter")``.

    Facts are metrics and circumstances; conditions are the keys of a mapping, as in
    ``throughput={"int8": "296 TOPS"}``. Names, units and words are checked where the item is used,
    which raises ChipcalcError; a value that is no single amount raises it here.

    >>> import chipcalc as cc
    >>> rules = cc.open().rules(as_of="2026-02-01")
    >>> rules.check(cc.item(tpp=4800, market="datacenter")).is_met("3A090.a")
    <Verdict.met: 'met'>
    """
    return Item(dict(_settings(facts)))


class Chip(Result):
    """A chip of the spec sheets, or one with other values supposed.

    Every metric is an attribute: ``h20.memory_bandwidth``; `figure` takes conditions as well.
    """

    def __init__(
        self, sheet: Sheet, store: Store, supposed: Mapping[str, str] | None = None
    ) -> None:
        self.sheet = sheet
        self.store = store
        self.supposing = dict(supposed or {})

    @cached_property
    def item(self) -> Supposed:
        """The chip, ready to be read; raises ChipcalcError for a value that does not fit."""
        from chipcalc.check.what_if import suppose

        return suppose(self.sheet, self.supposing, self.store.vocabulary)

    @property
    def id(self) -> str:
        """The id, which is the name of its file."""
        return self.sheet.id

    @property
    def name(self) -> str:
        """The name, as its vendor writes it."""
        return self.sheet.name

    @property
    def vendor(self) -> str:
        """The vendor's id."""
        return self.sheet.chip.vendor

    @property
    def launched(self) -> str | None:
        """When it was launched, as exactly as known: a year, a month or a day."""
        launched = self.sheet.chip.launched
        return str(launched) if launched else None

    def figure(self, name: str, *, default: Any = None, **when: str) -> Any:
        """Return a metric under conditions: ``figure("throughput", format="fp16")``.

        What nobody published is a Missing, which is false and says why; or `default`, where one
        is given. Raises ChipcalcError, with the nearest names, for a metric, a condition or a
        word that there is none of.

        >>> import chipcalc as cc
        >>> h20 = cc.open()["h20"]
        >>> h20.figure("throughput", format="fp16").quantity
        Quantity(148 TFLOPS)
        >>> h20.figure("throughput", format="fp4")
        Missing(not offered: FP4 is not among its formats)
        """
        found = self._figure(name, when)
        return found if found or default is None else default

    def _figure(self, name: str, when: Mapping[str, str]) -> Answer:
        answer = self.item.evaluator.figure(name, when)
        return answered(answer, (self.sheet,), self.store)

    def __getattr__(self, name: str) -> Answer:
        if name.startswith("_") or name == "store":  # a copy in the making has none yet
            raise AttributeError(name)
        if name not in self.store.vocabulary.metrics:
            hint = did_you_mean(name, self.store.vocabulary.metrics)
            raise AttributeError(f"a chip has no '{name}'{f'; {hint}' if hint else ''}")
        return self._figure(name, {})

    def __dir__(self) -> Iterator[str]:
        yield from (*super().__dir__(), *self.store.vocabulary.metrics)

    def suppose(self, **facts: Facts) -> Chip:
        """Return the chip with other values; what it was supposed before stays.

        Raises ChipcalcError for a name, a unit or a word that does not fit.

        >>> import chipcalc as cc
        >>> smaller = cc.open()["h20"].suppose(die_area="592 mm2")
        >>> smaller
        Chip('h20', H20 96GB, nvidia, die_area='592 mm2')
        >>> smaller.performance_density.exact
        Fraction(4, 1)
        """
        found = Chip(self.sheet, self.store, {**self.supposing, **dict(_settings(facts))})
        found.item  # noqa: B018 a value that does not fit is an error here, and not later
        return found

    def report(self) -> Report:
        """Return the whole spec sheet: every fact with condition, status, sources and line."""
        from chipcalc.api.database import day
        from chipcalc.tables.sheet import show

        return show(self.sheet, self.store, day=day(None))

    def __repr__(self) -> str:
        more = "".join(f", {name}={value!r}" for name, value in self.supposing.items())
        return f"Chip({self.id!r}, {self.name}, {self.vendor}{more})"


def described(chip: object, vocabulary: Vocabulary) -> Supposed:
    """Return a chip or an item ready to be read; raises TypeError for what is neither.

    Raises ChipcalcError for facts that do not fit.
    """
    if isinstance(chip, Chip):
        return chip.item
    if isinstance(chip, Item):
        return chip.supposed(vocabulary)
    raise TypeError(f"a chip is what db['h20'] or item(tpp=…) returns, not {chip!r}")


def _settings(facts: Mapping[str, Facts]) -> Iterator[tuple[str, str]]:
    """Yield facts as a command line writes them: ``throughput[int8]`` and ``296 TOPS``."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}[{when}]", _text(name, each)) for when, each in value.items())
        else:
            yield name, _text(name, value)


def _text(name: str, value: Value) -> str:
    """Return a value as a command line writes it; raises ChipcalcError for a range or no value."""
    if isinstance(value, Figure):
        value = value.quantity
    if isinstance(value, Quantity) and value.amount.exact:
        return f"{decimal_text(value.amount.best)} {value.unit.text}"
    if isinstance(value, float | Decimal):  # the shortest decimal is what somebody typed
        value = Fraction(str(value))
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return decimal_text(Fraction(value))
    if isinstance(value, str):
        return value
    raise error(f"{name}: {value!r} is no single value", "write for example '296 TOPS'")
