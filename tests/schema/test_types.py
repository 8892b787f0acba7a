"""A date is every day that it may be: what holds of all of them holds of it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.schema.types import date
from chipcalc.values.logic import Verdict

days = st.dates(datetime.date(2019, 1, 1), datetime.date(2024, 12, 31))
written = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))


def meant(text: str) -> list[datetime.date]:
    """Return the days that begin as a date is written."""
    first = datetime.date(int(text[:4]), 1, 1)
    year = [first + datetime.timedelta(days=number) for number in range(366)]
    return [day for day in year if day.isoformat().startswith(text)]


@given(written)
def test_a_date_goes_from_the_first_to_the_last_day_that_is_written_so(text: str) -> None:
    found = date(text)
    assert (found.first, found.last) == (meant(text)[0], meant(text)[-1])
    assert str(found) == f"{found}" == text


@given(written, days)
def test_a_date_lies_before_a_day_where_all_that_it_may_be_does(
    text: str, day: datetime.date
) -> None:
    said = {each < day for each in meant(text)}
    expected = (
        Verdict.unknown if len(said) > 1 else Verdict.met if True in said else Verdict.not_met
    )
    assert date(text).before(day) is expected


@given(written, written)
def test_a_date_is_surely_before_another_where_no_day_of_it_is_as_late(one: str, two: str) -> None:
    assert date(one).surely_before(date(two)) == (max(meant(one)) < min(meant(two)))


@given(st.lists(written))
def test_dates_are_in_order_as_they_are_written(texts: list[str]) -> None:
    assert [str(each) for each in sorted(map(date, texts))] == sorted(texts)


@pytest.mark.parametrize(
    ("text", "middle"),
    [("2024", "2024-07-01"), ("2024-02", "2024-02-15"), ("2024-12", "2024-12-15")],
)
def test_the_middle_of_a_date_is_the_middle_of_what_is_known(text: str, middle: str) -> None:
    assert date(text).middle == datetime.date.fromisoformat(middle)
    assert date("2024-02-29").middle == datetime.date(2024, 2, 29)
