"""Figures with what they rest on, the lack of figures, and arithmetic on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.schema.source import STATUSES, Status
from chipcalc.sheets.sheet import Located, worst
from chipcalc.values import units
from chipcalc.values.interval import Bounds, exactly, largest, smallest
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import NONE, Operator

Absence: TypeAlias = Literal["unknown", "not offered", "undefined", "ambiguous"]
UNSURE: Sequence[Absence] = ("unknown", "ambiguous")  # there may be an amount all the same
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

    `positive` tells that the amount, though not known, is more than zero, `listed` that the chip
    is said to have what nobody published a figure of. What is published
    otherwise may bound an unknown one: it is then no less than the low end of `low`, and no more
    than the high end of `high`.
    """

    kind: Absence
    because: str
    seen: tuple[Located, ...] = ()
    positive: bool = False
    low: Figure | None = None
    high: Figure | None = None
    listed: bool = False

    def bounds(self, unit: units.Unit) -> Bounds | None:
        """Return its bounds in a unit; None where there are none, or none of that kind."""
        low, high = (
            each.value.to(unit).amount if each and _fits(each, unit) else None
            for each in (self.low, self.high)
        )
        ends = Bounds(low.low if low else None, high.high if high else None)
        return ends if low or high else None

    def bounded_in(self, unit: units.Unit) -> Missing:
        """Return the same with its bounds in a unit, as far as they are of that kind."""
        low, high = (
            each._replace(value=each.value.to(unit)) if each and _fits(each, unit) else each
            for each in (self.low, self.high)
        )
        return self._replace(low=low, high=high) if low or high else self


Answer: TypeAlias = Figure | Missing


def is_known(answer: Answer) -> bool:
    """Whether there is a figure, or at least what bounds it."""
    return isinstance(answer, Figure) or bool(answer.low or answer.high)


def _fits(figure: Figure, unit: units.Unit) -> bool:
    return figure.value.unit.dimension == unit.dimension


def converted(answer: Answer, unit: units.Unit) -> Answer:
    """Return an answer in a unit; raises UnitError for a figure of another kind."""
    return answer if isinstance(answer, Missing) else answer._replace(value=answer.value.to(unit))


def operate(operator: Operator, answers: Sequence[Answer]) -> Answer:
    """Return the result of arithmetic; what a chip does not have adds nothing to a sum.

    What is not known is bounded by the bounds of its parts, all amounts being zero or more.
    """
    if operator == "add":
        answers = [each for each in answers if not _nothing(each)] or answers
    if operator == "subtract":
        answers = [answers[0], *(each for each in answers[1:] if not _nothing(each))]
    figures = [each for each in answers if isinstance(each, Figure)]
    if len(figures) < len(answers):
        return lacking(operator, answers)
    if operator == "multiply":
        figures = [each for each in figures if each.value != _ONCE] or figures[:1]
    if len(figures) == 1:
        return figures[0]
    if operator in ("smallest", "largest"):
        return extreme(operator, figures)
    return _calculated(operator, figures)


def lacking(operator: Operator, answers: Sequence[Answer]) -> Missing:
    """Return the first lack among some answers, with the bounds of what they come to."""
    missing = [each for each in answers if isinstance(each, Missing)]
    open_ = all(each.kind in UNSURE for each in missing)
    low, high = _ends(operator, answers) if open_ else _OPEN
    first = missing[0]
    unchanged = low is first.low and high is first.high
    return first if unchanged else first._replace(low=low, high=high)


def _ends(operator: Operator, answers: Sequence[Answer]) -> tuple[Figure | None, Figure | None]:
    """Return the least and the most that arithmetic may come to; None for an end that is open."""
    lows = [each if isinstance(each, Figure) else each.low for each in answers]
    highs = [each if isinstance(each, Figure) else each.high for each in answers]
    match operator:
        case "add" | "largest":
            return _end(operator, [each for each in lows if each]), _end(operator, highs)
        case "smallest":
            return _end(operator, lows), _end(operator, [each for each in highs if each])
        case "multiply":
            return _end(operator, lows), _end(operator, highs)
        case "divide":
            low = _end(operator, [lows[0], *highs[1:]])
            return low, _end(operator, [highs[0], *lows[1:]])
        case _:
            return _OPEN


def _end(operator: Operator, ends: Sequence[Figure | None]) -> Figure | None:
    figures = [each for each in ends if each]
    if not figures or len(figures) < len(ends):
        return None
    found = operate(operator, figures)
    return found if isinstance(found, Figure) else None


_OPEN = (None, None)


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
    winner = min(
        (figure for figure, amount in pairs if amount.best == result.best),
        key=lambda each: STATUSES.index(each.status),
    )
    parts = (winner, *(each for each in contenders if not _adds_nothing(each, winner)))
    return Figure(Quantity(result, unit), winner.label, status, Operated(function), parts)


def _adds_nothing(figure: Figure, winner: Figure) -> bool:
    """Whether a figure is the winner itself, or equal to it and less firm."""
    equal = figure.value.base == winner.value.base
    weaker = STATUSES.index(figure.status) > STATUSES.index(winner.status)
    return figure is winner or (equal and weaker)


def called(answer: Answer, label: str) -> Answer:
    """Return an answer under another name, its bounds as well; they say what is bounded."""
    if isinstance(answer, Figure):
        return answer._replace(label=label)
    low, high = (each and each._replace(label=label) for each in (answer.low, answer.high))
    because = f"{label} is {answer.because}" if high else answer.because
    return answer._replace(because=because, low=low, high=high)


def greatest(answers: Sequence[Answer]) -> Answer | None:
    """Return the largest of several answers, of which some may not be known; None of none.

    What cannot be more than one that is known makes no difference, nor what nothing is published
    of: the row may be one that the chip does not have.
    """
    figures = [each for each in answers if isinstance(each, Figure)]
    known = extreme("largest", figures) if figures else None
    missing = [e for e in answers if isinstance(e, Missing) and not _is_below(e, known)]
    unsure = [e for e in missing if e.kind in UNSURE and (e.seen or e.low or e.listed)]
    if unsure or not known:
        return lacking("largest", [*(unsure or missing), *figures]) if missing else None
    return known


def _is_below(missing: Missing, figure: Figure | None) -> bool:
    """Whether what is not known is surely no more than a figure may be."""
    bounds = missing.bounds(figure.value.unit) if figure else None
    if not figure or not bounds or bounds.high is None:
        return False
    return bounds.high <= figure.value.amount.high
