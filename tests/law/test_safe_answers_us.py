"""That no licence is required is never said where a question that nobody asked may decide.

Part 746 (destinations), 744.21 and 744.23(a)(1) (ends of what the thresholds leave free) and the
lists of part 744: 15 CFR, issues of 2026-07-23 and 2026-09-24. The expectations below are written
from these texts and not from the rule files.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.what_if import blank, suppose
from chipcalc.contract.licence import data, summaries
from chipcalc.licence.licence import Shipment, shipment
from chipcalc.places import countries
from chipcalc.values.logic import Verdict
from chipcalc.words.shipments import headline, need
from daily import daily, examples
from shared import RULEBOOK, STORE, shipping_rules

EMBARGOED = {"CU", "IR", "KP", "SY", "RU", "BY"}
SUPERCOMPUTERS = {"MO", "AF", "CF", "CN", "CD", "ER", "HT", "IQ", "LB", "LY", "MM", "NI", "SO"} | {
    "SS", "SD", "VE", "ZW",
}  # fmt: skip
MILITARY = {"CN", "KH", "MM", "MO", "NI", "VE"}
BELOW = {"3A991.p", "4A994.l"}
DAYS = ("2024-04-04", "2025-06-01", "2026-02-01", "2026-11-26")
RESERVE = "unless end user, end use (part 744) or another entry of the list asks for one"

CHIPS = ("h20", "l20", "ascend-310p", "rtx-4090", "h100-sxm", "l40", "ascend-910c", "orin-x")
SOMEWHERE = st.sampled_from(sorted(countries.codes())) | st.sampled_from(
    sorted(EMBARGOED | SUPERCOMPUTERS | MILITARY | {"UA", "HK", "AE", "IN", "DE", "US"})
)


def maybe(*values: str) -> st.SearchStrategy[str]:
    """Return one of some values, or that nothing is said."""
    return st.sampled_from(("", *values))


GIVEN = st.fixed_dictionaries(
    {
        "end_use": maybe("supercomputer", "military", "other"),
        "listed": maybe("yes", "no"),
        "party": maybe("fabricator", "osat", "other"),
        "item": maybe("board", "system"),
        "region": maybe("occupied", "other"),
        "headquarters": maybe("CN", "DE", "SG"),
        "parent_headquarters": maybe("CN", "DE", "SG"),
        "transaction": maybe("export", "reexport", "in-country"),
        "end_user": maybe("approved", "other"),
    }
)


def shipped(chip: str, to: str, said: dict[str, str], day: str) -> Shipment:
    known = {name: value for name, value in said.items() if value}
    sheet = STORE.sheet(chip) if chip else blank(STORE.vocabulary)
    return shipment(shipping_rules(day), suppose(sheet, known, STORE.vocabulary), to)


def asks(to: str, said: dict[str, str], classes: set[str]) -> bool:
    """Whether part 746, 744.21, 744.23(a)(1) or a list asks something that is not settled."""
    home = "CN" if to == "HK" else to
    occupied = home == "UA" and said.get("region") != "other"
    below = bool(classes & BELOW)
    use = said.get("end_use") or "unknown"
    ends = (home in SUPERCOMPUTERS and use in ("supercomputer", "unknown")) or (
        home in MILITARY and use in ("military", "unknown")
    )
    return home in EMBARGOED or occupied or said.get("listed") == "yes" or (below and ends)


@given(st.sampled_from(CHIPS), SOMEWHERE, GIVEN, st.sampled_from(DAYS))
@examples(daily=40)
def test_none_is_required_only_where_no_part_asks_and_under_reserve(
    chip: str, to: str, said: dict[str, str], day: str
) -> None:
    found = shipped(chip, to, said, day)
    licence = found.licence
    verdicts = {licence.printed.verdict, licence.enforced.verdict}
    classes = licence.checked.classification
    if asks(to, said, {classes.paragraph, *classes.possible}):
        assert Verdict.not_met not in verdicts
    if Verdict.not_met in verdicts:
        assert RESERVE in headline(licence).text
    (row,) = summaries([found])
    for field, aspect in (("printed", licence.printed), ("enforced", licence.enforced)):
        assert row[f"answer_{field}"] == need(aspect)
        assert (row[f"answer_{field}"] == "not required") is (aspect.verdict is Verdict.not_met)
    assert row["reserve"] == (RESERVE if Verdict.not_met in verdicts else "")


@given(st.decimals(1, 9000, places=1), SOMEWHERE, GIVEN)
@examples(daily=20)
def test_so_it_is_for_an_item_that_a_user_describes(
    tpp: object, to: str, said: dict[str, str]
) -> None:
    found = shipped("", to, {**said, "tpp": str(tpp), "item": ""}, DAYS[-1]).licence
    classes = found.checked.classification
    if asks(to, said, {classes.paragraph, *classes.possible}):
        assert Verdict.not_met not in (found.printed.verdict, found.enforced.verdict)


@pytest.mark.parametrize("to", daily(sorted(EMBARGOED), ("IR", "RU")))
@pytest.mark.parametrize("chip", daily(sorted(STORE.files), ("h20", "ascend-310p", "orin-x")))
def test_no_chip_goes_freely_to_an_embargoed_destination(chip: str, to: str) -> None:
    licence = shipped(chip, to, {"end_use": "other"}, DAYS[-1]).licence
    assert Verdict.not_met not in (licence.printed.verdict, licence.enforced.verdict)


@pytest.mark.parametrize(
    ("to", "use", "expected"),
    [
        ("CN", "", "depends"),
        ("CN", "supercomputer", "required"),
        ("CN", "military", "required"),
        ("CN", "other", "not required"),
        ("HK", "", "depends"),
        ("MO", "military", "not settled"),
        ("MO", "supercomputer", "required"),
        ("KH", "military", "required"),
        ("KH", "supercomputer", "not required"),
        ("IN", "", "not required"),
        ("AE", "", "not required"),
        ("DE", "military", "not required"),
        ("RU", "other", "required"),
    ],
)
def test_what_lies_below_the_thresholds_depends_on_its_end(
    to: str, use: str, expected: str
) -> None:
    """The H20 is 3A991.p; Cambodia left D:5 by 2026-02-03; Russia asks for all of the list.

    Whether 744.21 counts Macau as China was not read.
    """
    found = shipped("h20", to, {"end_use": use}, "2026-11-26")
    assert need(found.licence.enforced) == expected
    (told,) = data([found], RULEBOOK)["shipments"]
    assert told["answers"]["enforced"] == expected
    assert told["reserves"] == ([RESERVE] if expected == "not required" else [])


def test_a_listed_end_user_leaves_it_open_anywhere_and_says_what_to_ask() -> None:
    found = shipped("l20", "DE", {"listed": "yes"}, "2026-11-26").licence
    assert need(found.enforced) == "not settled"
    assert "ask what the list asks for its entry" in headline(found).text
