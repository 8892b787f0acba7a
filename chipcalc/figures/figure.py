"""Figures with what they rest on, the lack of figures, and arithmetic on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.schema.source import STATUSES, Status
from chipcalc.sheets.sheet import Located, worst
from chipcalc.values import units
from chipcalc.values.interval import exactly, hull, largest, smallest
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import NONE, Operator

Absence: TypeAlias = Literal["unknown", "not offered", "undefined", "ambiguous"]
Key: TypeAlias = tuple[str, frozenset[tuple[str, str]]]


def key(name: str, when: Mapping[str, str] = NONE) -> Key:
    """Return the name and conditions of a metric as one value."""
    return name, frozenset(when.items())


class Operated(NamedTuple):
    """Arithmetic on the parts, or the smallest or the largest of them."""

    operator: Operator


class Summed(NamedTuple):
    """The sum of the parts: what a metric comes to for each of some things."""

    over: Literal["dies", "processing units", "circuits", "conditions"]


class Counted(NamedTuple):
    """So many times the one part."""

    times: int


class Conversion(NamedTuple):
    """A condition under which a figure was stated, and what makes it one under another."""

    label: str
    times: Fraction


class Converted(NamedTuple):
    """The one part, stated under other conditions than those that were asked for."""

    steps: tuple[Conversion, ...]


class Spanned(NamedTuple):
    """The range around two ways to one figure.

    Where the first of them is `stated`, the parts are those of the second; else they are the two.
    """

    stated: bool


How: TypeAlias = Operated | Summed | Counted | Converted | Spanned


class Figure(NamedTuple):
    """A quantity with what it rests on: a statement of a sheet, or other figures.

    `how` says how the parts were put together; a figure that a source states has none. `metric`
    is what it is the figure of, where that is a metric under conditions.
    """

    value: Quantity
    label: str
    status: Status = "official"
    how: How | None = None
    parts: tuple[Figure, ...] = ()
    located: Located | None = None
    others: tuple[Located, ...] = ()
    metric: Key | None = None

    @property
    def derived(self) -> bool:
        """Whether the figure was computed here, and not printed by a source."""
        return self.how is not None

    @property
    def is_largest(self) -> bool:
        """Whether it is the largest of its parts; the first of them is the one that won."""
        return self.how == LARGEST

    def statements(self) -> Iterator[Located]:
        """Yield every statement that the figure rests on, each once, in order."""
        seen: dict[Located, None] = {}
        for part in self.parts:
            seen.update(dict.fromkeys(part.statements()))
        if self.located:
            seen[self.located] = None
        seen.update(dict.fromkeys(self.others))
        yield from seen


LARGEST = Operated("largest")
CIRCUITS = Summed("circuits")


class Missing(NamedTuple):
    """Why there is no figure: nobody published it, say, or the chip has no such thing.

    `positive` tells that the amount, though not known, is more than zero.
    """

    kind: Absence
    because: str
    seen: tuple[Located, ...] = ()
    positive: bool = False


Answer: TypeAlias = Figure | Missing


def converted(answer: Answer, unit: units.Unit) -> Answer:
    return answer if isinstance(answer, Missing) else answer._replace(value=answer.value.to(unit))


def operate(operator: Operator, answers: Sequence[Answer]) -> Answer:
    """Return the result of arithmetic; what a chip does not have adds nothing to a sum."""
    if operator == "add":
        answers = [each for each in answers if not _nothing(each)] or answers
    if operator == "subtract":
        answers = [answers[0], *(each for each in answers[1:] if not _nothing(each))]
    for answer in answers:
        if isinstance(answer, Missing):
            return answer
    figures = [each for each in answers if isinstance(each, Figure)]
    if operator == "multiply":
        figures = [each for each in figures if each.value != _ONCE] or figures[:1]
    if len(figures) == 1:
        return figures[0]
    if operator in ("smallest", "largest"):
        return extreme(operator, figures)
    return _calculated(operator, figures)


def _calculated(operator: Operator, figures: Sequence[Figure]) -> Answer:
    value = figures[0].value
    for figure in figures[1:]:
        try:
            value = _ARITHMETIC[operator](value, figure.value)
        except ZeroDivisionError:
            if figure.value.amount.exact:
                return Missing("undefined", f"{figure.label} is zero, and nothing divides by zero")
            return Missing("unknown", f"{figure.label} may be zero, and nothing divides by zero")
    label = f" {SIGNS[operator]} ".join(each.label for each in figures)
    status = worst(each.status for each in figures)
    return Figure(value, label, status, Operated(operator), tuple(figures))


_ONCE = Quantity(exactly(1), units.ONE)


_ARITHMETIC: Mapping[Operator, Callable[[Quantity, Quantity], Quantity]] = {
    "add": Quantity.__add__,
    "subtract": Quantity.__sub__,
    "multiply": Quantity.__mul__,
    "divide": Quantity.__truediv__,
}


SIGNS: Mapping[Operator, str] = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷"}


def _nothing(answer: Answer) -> bool:
    return isinstance(answer, Missing) and answer.kind == "not offered"


def extreme(function: Operator, figures: Sequence[Figure]) -> Figure:
    """Return the smallest or largest of several figures; only contenders for it count.

    The status is the firmest among the figures that are equal to the result; where none is, the
    least firm of those that might be it.
    """
    unit = figures[0].value.unit
    amounts = [each.value.to(unit).amount for each in figures]
    result = smallest(amounts) if function == "smallest" else largest(amounts)
    pairs = list(zip(figures, amounts, strict=True))
    if function == "largest":
        contenders = [figure for figure, amount in pairs if amount.high >= result.low]
    else:
        contenders = [figure for figure, amount in pairs if amount.low <= result.high]
    equal = [figure for figure, amount in pairs if amount == result]
    status = (
        min((each.status for each in equal), key=STATUSES.index)
        if equal
        else worst(each.status for each in contenders)
    )
    winner = next(figure for figure, amount in pairs if amount.best == result.best)
    parts = (winner, *(each for each in contenders if each is not winner))
    return Figure(Quantity(result, unit), winner.label, status, Operated(function), parts)


def total(figures: Sequence[Figure], how: Summed) -> Figure:
    """Return the sum of several figures; one alone is that figure."""
    if len(figures) == 1:
        return figures[0]
    total = figures[0].value
    for each in figures[1:]:
        total = total + each.value
    label = " + ".join(each.label for each in figures)
    return Figure(total, label, worst(each.status for each in figures), how, tuple(figures))


def either(first: Figure, second: Figure) -> Figure:
    """Return the range around two ways to one figure; the first one's best figure stays."""
    unit = first.value.unit
    amount = hull([first.value.amount, second.value.to(unit).amount])
    parts = (first, second) if first.derived else second.parts
    others = tuple(second.statements())
    agree = not first.derived and amount == first.value.amount
    how = None if agree else Spanned(stated=not first.derived)
    status = first.status if amount == first.value.amount else worst((first.status, second.status))
    return first._replace(
        value=Quantity(amount, unit), status=status, how=how, parts=parts, others=others
    )


def times(figure: Figure, count: int) -> Figure:
    if count == 1:
        return figure
    value = Quantity(figure.value.amount * exactly(count), figure.value.unit)
    return Figure(value, figure.label, figure.status, Counted(count), (figure,))
