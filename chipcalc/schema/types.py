"""The scalar values of spec files: numbers, units, days, names and texts."""

import datetime
import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema.fields import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    RefusedError,
    WithJsonSchema,
)
from chipcalc.values import units
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Unit

_WORD = r"[a-z0-9]+(?:[-._][a-z0-9]+)*"
Precision: TypeAlias = Literal["year", "month", "day"]
_ONE_DAY = datetime.timedelta(days=1)
_DATE = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def _plainly(read: Callable[[str], Any], shown: str) -> Callable[[Any], Any]:
    """Return a validator that turns our own errors into pydantic's."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            hint = f"write it alone, such as {shown}"
            raise RefusedError(Problem("one plain value belongs here", hint=hint))
        try:
            return read(value)
        except ChipcalcError as fault:
            raise RefusedError(*fault.problems) from None

    return validate


class PartialDate(NamedTuple):
    """A date known to the year, the month or the day, from the first to the last that it may be.

    Two of them are in order as they are written: 2024 comes before 2024-02.
    """

    text: str
    first: datetime.date
    last: datetime.date

    def __str__(self) -> str:
        """Return the date as it was written, no more exactly than it is known."""
        return self.text

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        written: tuple[Precision, ...] = ("year", "month", "day")
        return written[self.text.count("-")]

    def before(self, day: datetime.date) -> Verdict:
        """Return whether it lies before a day: unknown where it may lie on either side."""
        if self.last < day:
            return Verdict.met
        return Verdict.not_met if self.first >= day else Verdict.unknown

    def surely_before(self, other: "PartialDate") -> bool:
        """Whether every day that it may be lies before every day that the other may be."""
        return self.last < other.first

    @property
    def middle(self) -> datetime.date:
        """The middle of what is known: 1 July of a year, the 15th of a month."""
        if self.first == self.last:
            return self.first
        whole_year = self.first.month != self.last.month
        return self.first.replace(month=7) if whole_year else self.first.replace(day=15)


def date(text: str) -> PartialDate:
    """Return a date known to the year, month or day; raises RefusedError for anything else."""
    if _DATE.fullmatch(text):
        year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
        with suppress(ValueError):
            first = datetime.date(year, month or 1, day or 1)
            return PartialDate(text, first, first if day else _last(year, month or 12))
    raise RefusedError(Problem(f"'{text}' is not a date", hint="write 2024-02-29, 2024-02 or 2024"))


def _last(year: int, month: int) -> datetime.date:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime.date(*following, 1) - datetime.timedelta(days=1)


def day_before(day: datetime.date) -> datetime.date:
    """Return the day before another; of the first day of the calendar that day itself."""
    return day - _ONE_DAY if day > datetime.date.min else day


def day_after(day: datetime.date) -> datetime.date:
    """Return the day after another; of the last day of the calendar that day itself."""
    return day + _ONE_DAY if day < datetime.date.max else day


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Number: TypeAlias = Annotated[
    Fraction,
    PlainValidator(_plainly(units.number, "3.35")),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "description": "an exact decimal number",
            "examples": [296],
        }
    ),
]
UnitText: TypeAlias = Annotated[
    Unit,
    PlainValidator(_plainly(units.unit, "GB/s")),
    WithJsonSchema({"type": "string", "examples": ["TFLOPS", "GB/s", "W", "mm^2"]}),
]
Date: TypeAlias = Annotated[
    PartialDate,
    PlainValidator(_plainly(date, "2024-02")),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": f"^{_DATE.pattern}$", "examples": ["2024-02"]}
    ),
]
Identifier: TypeAlias = Annotated[str, Field(pattern=f"^{_WORD}$", examples=["h20-3e"])]
Text: TypeAlias = Annotated[str, Field(min_length=1)]
_MOST_SIGNS = 200


def _one_line(value: str) -> str:
    """Return a name; raises RefusedError for one of several lines, or with signs that steer."""
    if not value.isprintable():
        what = "a name is one line of plain signs"
        raise RefusedError(Problem(what, hint="leave out line breaks, tabs and the like"))
    if len(value) > _MOST_SIGNS:
        what = f"a name of {len(value):,} signs"
        raise RefusedError(Problem(what, hint=f"write at most {_MOST_SIGNS}"))
    return value


Name: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
Texts: TypeAlias = Annotated[
    tuple[Text, ...],
    BeforeValidator(_listed),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "examples": ["[KEY]"],
        }
    ),
]
Confidence: TypeAlias = Literal["text", "quoted", "secondary", "inferred", "unverified"]


def read_day(value: Any) -> Any:
    """Return a day from its text; raises RefusedError for anything else."""
    try:
        return day_of(value)
    except ValueError:
        hint = "write the year, month and day: 2026-01-31"
        raise RefusedError(Problem(f"'{value}' is not a day", hint=hint)) from None


Day: TypeAlias = Annotated[
    datetime.date,
    BeforeValidator(read_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-01-31"]}),
]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(value: object) -> datetime.date:
    """Return the day that ``2023-11-17`` writes; raises ValueError for anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(value)
    return datetime.date.fromisoformat(value)
