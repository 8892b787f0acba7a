"""Figures as a script has them: exact, with unit, status, sources and the way they came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NoReturn, TypeAlias

from chipcalc.errors import ChipcalcError, error
from chipcalc.figures import figure as core
from chipcalc.figures.figure import Absence
from chipcalc.schema.source import Source, Status
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.sheets.store import Store
from chipcalc.values import units
from chipcalc.values.interval import Bounds
from chipcalc.values.logic import Relation, Verdict, bounded, every, negated
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.expressions import Operator

Amount: TypeAlias = "str | Quantity | Figure"


class _Answer:
    """What a metric comes to; with another figure it makes a figure, or says what is missing."""

    def operand(self) -> tuple[core.Answer, tuple[Sheet, ...], Store | None]:
        """Return the answer itself, and the sheets and the store that its sources are from."""
        raise NotImplementedError

    def _with(self, operator: Operator, other: object, *, first: bool = True) -> Answer:
        operand = other if isinstance(other, _Answer) else _given(other)
        if operand is None:
            raise TypeError(f"a figure takes a quantity such as '100 GB/s', not {other!r}")
        left, right = (self, operand) if first else (operand, self)
        (one, sheets, store), (two, more, other_store) = left.operand(), right.operand()
        return answered(core.operate(operator, [one, two]), (*sheets, *more), store or other_store)

    def __add__(self, other: object) -> Answer:
        return self._with("add", other)

    def __sub__(self, other: object) -> Answer:
        return self._with("subtract", other)

    def __mul__(self, other: object) -> Answer:
        return self._with("multiply", other)

    def __truediv__(self, other: object) -> Answer:
        return self._with("divide", other)

    def __radd__(self, other: object) -> Answer:
        return self._with("add", other, first=False)

    def __rsub__(self, other: object) -> Answer:
        return self._with("subtract", other, first=False)

    def __rmul__(self, other: object) -> Answer:
        return self._with("multiply", other, first=False)

    def __rtruediv__(self, other: object) -> Answer:
        return self._with("divide", other, first=False)

    def compared(self, relation: Relation, limit: object) -> Verdict:
        """Return whether it stands in a relation to an amount: unknown where nobody can say.

        Raises UnitError for an amount of another kind, and TypeError for what is no amount.
        """
        other = limit if isinstance(limit, _Answer) else _given(limit)
        if other is None:
            raise TypeError(f"a figure compares with a quantity such as '100 GB/s', not {limit!r}")
        one, two = self.operand()[0], other.operand()[0]
        if isinstance(two, core.Missing):
            return Verdict.unknown
        if isinstance(one, core.Missing):
            found = one.bounds(two.value.unit)
            exact = two.value.amount.exact
            if not found or not exact:
                return Verdict.unknown
            return bounded(found.low, found.high, relation, two.value.amount)
        return one.value.compared(relation, two.value)

    def __eq__(self, other: object) -> Verdict:  # type: ignore[override]
        """Return whether it is as much as an amount: unknown for ranges that overlap."""
        if self is other:
            return Verdict.met
        if not isinstance(other, _Answer | Quantity | str | int | Fraction | float):
            return Verdict.not_met  # what is no amount equals none
        return every((self.compared("at_least", other), self.compared("at_most", other)))

    def __ne__(self, other: object) -> Verdict:  # type: ignore[override]
        return negated(self == other)

    def __hash__(self) -> int:
        return id(self)

    def __lt__(self, other: object) -> Verdict:
        return self.compared("less_than", other)

    def __le__(self, other: object) -> Verdict:
        return self.compared("at_most", other)

    def __gt__(self, other: object) -> Verdict:
        return self.compared("more_than", other)

    def __ge__(self, other: object) -> Verdict:
        return self.compared("at_least", other)


class Figure(_Answer):
    """A quantity with what it rests on.

    `value` is the best single figure, `low` and `high` the ends of what is known, all exact
    fractions in `unit`; `status` is official, reported, estimated, unverified, or given by the
    user.
    """

    __slots__ = ("_core", "_sheets", "_store")

    def __init__(
        self, figure: core.Figure, sheets: tuple[Sheet, ...] = (), store: Store | None = None
    ) -> None:
        self._core = figure
        self._sheets = sheets
        self._store = store

    def operand(self) -> tuple[core.Answer, tuple[Sheet, ...], Store | None]:
        return self._core, self._sheets, self._store

    @property
    def label(self) -> str:
        """What the figure is of."""
        return self._core.label

    @property
    def quantity(self) -> Quantity:
        """The amount with its unit."""
        return self._core.value

    @property
    def value(self) -> Fraction:
        """The best single figure, in `unit`."""
        return self._core.value.amount.best

    @property
    def low(self) -> Fraction:
        """The lowest that it may be, in `unit`."""
        return self._core.value.amount.low

    @property
    def high(self) -> Fraction:
        """The highest that it may be, in `unit`."""
        return self._core.value.amount.high

    @property
    def exact(self) -> Fraction:
        """The figure where it is a single amount; raises ChipcalcError for a range."""
        if not self._core.value.amount.exact:
            raise error(f"{self.label} is a range, {self}", "take value, low or high")
        return self.value

    @property
    def unit(self) -> Unit:
        """The unit of value, low and high."""
        return self._core.value.unit

    @property
    def status(self) -> Status:
        """How firm it is: official, reported, estimated, unverified, or given."""
        return self._core.status

    @property
    def derived(self) -> bool:
        """Whether it was computed here, and not printed by a source."""
        return self._core.derived

    @property
    def statements(self) -> tuple[Located, ...]:
        """The statements of spec sheets that it rests on, each with file and line."""
        return tuple(self._core.statements())

    @property
    def sources(self) -> tuple[Source, ...]:
        """The publications behind its statements, each once."""
        return tuple(dict.fromkeys(self._sources()))

    def _sources(self) -> Iterator[Source]:
        for located in self._core.statements():
            for name in located.statement.source:
                found = (self._store.source(e, name) for e in self._sheets) if self._store else ()
                yield from [each for each in found if each][:1]

    def steps(self) -> list[str]:
        """Return how the figure came about, line by line, down to what the sheets state."""
        from chipcalc.words.figures import steps

        return list(dict.fromkeys(steps(self._core)))

    def to(self, unit: str) -> Quantity:
        """Return the amount in another unit; raises UnitError where it does not fit."""
        return self._core.value.to(units.unit(unit))

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        from chipcalc.words.figures import quantity

        return quantity(self._core)

    def __repr__(self) -> str:
        from chipcalc.words.figures import origins

        origin = origins(self._core)
        return f"Figure {self} ({self.status}{f', {origin}' if origin else ''})"

    def _repr_html_(self) -> str:
        from chipcalc.tables.render import escaped

        lines = "".join(f"<li>{escaped(each)}</li>" for each in self.steps())
        return f"<b>{escaped(self.label)}</b> {escaped(str(self))}<ul>{lines}</ul>"


class Missing(_Answer):
    """Why there is no figure: false, never a number, and unknown in every comparison."""

    __slots__ = ("_core",)

    def __init__(self, missing: core.Missing) -> None:
        self._core = missing

    def operand(self) -> tuple[core.Answer, tuple[Sheet, ...], Store | None]:
        return self._core, (), None

    @property
    def kind(self) -> Absence:
        """What kind of lack it is: unknown, not offered, undefined or ambiguous."""
        return self._core.kind

    @property
    def bounds(self) -> Bounds | None:
        """What it is at least and at most, in its usual unit, where anything bounds it."""
        end = self._core.high or self._core.low
        return self._core.bounds(end.value.unit) if end else None

    @property
    def because(self) -> str:
        """Why there is no figure, in words."""
        return self._core.because

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # a copy in the making has nothing of its own yet
            raise AttributeError(name)
        raise AttributeError(f"no {name}: {self._core.kind}, {self._core.because}")

    def __float__(self) -> float:
        raise self._error()

    def _error(self) -> ChipcalcError:
        return error(f"{self.kind}: {self.because}", "ask 'if figure:' before it is used")

    def __str__(self) -> str:
        return self.kind

    def __repr__(self) -> str:
        from chipcalc.words.labels import bounds

        return f"Missing({bounds(self._core) or self.kind}: {self.because})"


Answer: TypeAlias = Figure | Missing


def answered(
    answer: core.Answer, sheets: Sequence[Sheet] = (), store: Store | None = None
) -> Answer:
    """Return an answer as a script has it."""
    if isinstance(answer, core.Missing):
        return Missing(answer)
    return Figure(answer, tuple({each.id: each for each in sheets}.values()), store)


def _given(value: object) -> Figure | None:
    """Return what a script writes as a figure; nothing for what is no amount."""
    if isinstance(value, str):
        value = units.quantity(value)
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        plain = units.plain(value)
        return Figure(core.Figure(plain, str(plain)))  # a number alone makes nothing less firm
    if not isinstance(value, Quantity):
        return None
    return Figure(core.Figure(value, str(value), "given"))
