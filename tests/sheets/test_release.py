"""Whether an item is out on a day: by its sheet's word for it, and by its day of launch."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.release import release
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict
from chipcalc.words.release import line, mark

Load = Callable[[str], Sheet]
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown


def available(word: str, as_of: str = "2025-06") -> str:
    """Return what a sheet says of availability."""
    return f"availability: {{value: {word}, as_of: {as_of}, status: official, source: sheet}}\n"


# what the sheet says, the day asked, whether it is out then, and the mark beside it
CASES = {
    "no word, no day of launch": ("", "2025-07-01", UNKNOWN, "undated"),
    "launched the day before": ("launched: 2025-06-30\n", "2025-07-01", MET, ""),
    "launched that day": ("launched: 2025-07-01\n", "2025-07-01", MET, ""),
    "launched the day after": ("launched: 2025-07-02\n", "2025-07-01", NOT_MET, "not yet out"),
    "some day of that month": ("launched: 2025-07\n", "2025-07-30", UNKNOWN, "may be out"),
    "some day of that year": ("launched: 2025\n", "2025-03-01", UNKNOWN, "may be out"),
    "in a later year": ("launched: 2029\n", "2025-03-01", NOT_MET, "not yet out"),
    "announced, due later": (
        f"launched: 2026\n{available('announced')}", "2025-07-01", NOT_MET, "announced",
    ),
    "announced, and its day has come": (
        f"launched: 2025-05\n{available('announced')}", "2025-07-01", UNKNOWN, "announced",
    ),
    "withdrawn, whatever its date": (
        f"launched: 2024\n{available('withdrawn')}", "2025-07-01", NOT_MET, "withdrawn",
    ),
    "rumoured, without a date": (available("rumoured"), "2025-07-01", UNKNOWN, "rumoured"),
    "ships, as was read before": (
        f"launched: 2025\n{available('shipping')}", "2025-07-01", MET, "",
    ),
    "ships, as was read later": (
        f"launched: 2025\n{available('shipping')}", "2025-03-01", UNKNOWN, "may be out",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "day", "out", "marked"), CASES.values(), ids=CASES)
def test_an_item_is_out_where_its_sheet_settles_it(
    body: str, day: str, out: Verdict, marked: str, load: Load
) -> None:
    found = release(load(body), datetime.date.fromisoformat(day))
    assert (found.out, mark(found)) == (out, marked)


def test_a_launch_that_lies_ahead_is_told_without_any_word_for_it(load: Load) -> None:
    day = datetime.date(2026, 11, 27)
    assert line(load("launched: 2027\n"), day).endswith("launch 2027, not yet out on 2026-11-27")
    assert line(load("launched: 2025\n"), day) == ""


def test_availability_needs_a_day(load: Load) -> None:
    with pytest.raises(ChipcalcError, match="needs the day"):
        load("availability: {value: announced, status: official, source: sheet}\n")
