"""The list of chips: which there are, what stands beside them, and what is folded away."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from wcwidth import wcswidth

from chipcalc.check.result import Classed
from chipcalc.errors import ChipcalcError
from chipcalc.figures.evaluate import Evaluator
from chipcalc.sheets.store import Store
from chipcalc.tables.listing import chips
from chipcalc.tables.marks import on_line
from chipcalc.tables.report import Report
from chipcalc.tables.selection import Filter
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.values import units
from shared import STORE, rules, said, shown


def ids(found: Report) -> list[str]:
    """Return the chips that are listed."""
    return [row.texts[0] for row in found.rows if not row.heading]


def test_without_a_filter_all_chips_are_listed_by_id(store: Store) -> None:
    found = chips(store, Filter())
    assert sorted(ids(found)) == [sheet.id for sheet in store.all()]
    assert [column.title for column in found.columns] == ["id", "name", "launched"]
    assert ("a10", "Acme A10", "2022-03") in [row.texts for row in found.rows]
    assert said(found.title) == ["8 chips, 3 vendors"]


def test_chips_of_several_vendors_stand_below_what_they_have_in_common(store: Store) -> None:
    """A heading stands once, and names the vendor and the market of each chip below it."""
    headings: dict[str, list[str]] = {}
    for row in chips(store, Filter()).rows:
        if row.heading:
            assert row.texts[0] not in headings
            below = headings[row.texts[0]] = []
        else:
            below.append(row.texts[0])
    assert headings["Acme, for data centers"] == ["a10", "a20", "a20-lite", "b100-sxm"]
    assert headings["Acme, market not known"] == ["b100-pcie"]
    assert headings["Zenith, for vehicles"] == ["z1"]


def test_what_a_sheet_does_not_say_is_unknown_and_null(store: Store) -> None:
    found = chips(store, Filter(vendors=("zenith",)))
    assert ("p1", "Zenith P1", "unknown") in [row.texts for row in found.rows]
    assert {each["chip"]: each["launched_from"] for each in found.data()["chips"]}["p1"] is None
    assert next(iter(found.records()))["launched_from"] == ""


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(vendors=("Longteng",)), ["lt910"]),
        (Filter(families=("Atlas",)), ["a10", "a20", "a20-lite"]),
        (Filter(markets=("Automotive",)), ["z1"]),
        (Filter(markets=("datacenter",), families=("atlas",)), ["a10", "a20", "a20-lite"]),
        (Filter(markets=("unknown",)), ["b100-pcie"]),
        (Filter(vendors=("zenith",), families=("atlas",)), []),
        (Filter(vendors=("zenith", "longteng")), ["lt910", "p1", "z1"]),
        (Filter(markets=("edge", "automotive")), ["p1", "z1"]),
    ],
    ids=[
        "vendor",
        "family",
        "market",
        "two",
        "unknown market",
        "nothing in common",
        "either vendor",
        "either market",
    ],
)
def test_a_filter_lets_through_the_chips_that_pass_all_of_it(
    wanted: Filter, expected: list[str], store: Store
) -> None:
    assert sorted(ids(chips(store, wanted))) == expected


@pytest.mark.parametrize(
    ("wanted", "what", "hint"),
    [
        (Filter(vendors=("acne",)), "no vendor 'acne'", "did you mean 'acme'?"),
        (Filter(families=("qqq",)), "no family 'qqq'", "known are for example atlas, b100, zenith"),
        (Filter(markets=("cars",)), "no market 'cars'", "automotive, datacenter, edge, unknown"),
    ],
)
def test_a_name_that_no_chip_has_is_an_error(
    wanted: Filter, what: str, hint: str, store: Store
) -> None:
    with pytest.raises(ChipcalcError, match=what) as caught:
        chips(store, wanted)
    assert caught.value.problems[0].hint.endswith(hint)


def test_one_chip_is_counted_in_the_singular(store: Store) -> None:
    assert said(chips(store, Filter(vendors=("longteng",))).title) == [
        "1 chip, longteng, for data centers"
    ]


def test_metrics_that_are_asked_for_stand_beside_the_chips(store: Store) -> None:
    found = chips(store, Filter(families=("atlas",), metrics=("throughput", "price")))
    assert [column.title for column in found.columns][-2:] == ["FP16 peak throughput", "Price"]
    assert [shown(row)[-2:] for row in found.rows] == [
        ("200", "10"),
        ("500", "unknown"),
        ("500", "unknown"),
    ]
    assert [column.unit for column in found.columns][-2:] == ["TFLOPS", "kUSD"]


def test_chips_sort_by_a_metric_the_best_first_and_the_unknown_last(store: Store) -> None:
    assert ids(chips(store, Filter(vendors=("acme",), sort="board_power"))) == [
        "b100-pcie",
        "a10",
        "a20",
        "a20-lite",
        "b100-sxm",
    ]
    found = chips(store, Filter(sort="performance_density"))
    assert ids(found) == ["b100-sxm", "a20", "a20-lite", "a10", "b100-pcie", "lt910", "p1", "z1"]


def test_a_sheet_is_sorted_by_the_format_that_is_asked_for(store: Store) -> None:
    wanted = Filter(vendors=("zenith",), sort="throughput", when={"format": "int8"})
    found = chips(store, wanted)
    assert [(shown(row)[0], shown(row)[-1]) for row in found.rows] == [("z1", "150"), ("p1", "10")]
    assert found.columns[-1].unit == "TOPS"


def test_a_reading_that_is_asked_for_is_named_above_its_column(store: Store) -> None:
    when = {"sparsity": "2:4", "format": "fp16"}
    found = chips(store, Filter(families=("b100",), metrics=("throughput_per_watt",), when=when))
    assert [shown(row)[-1] for row in found.rows] == ["unknown", "2"]
    assert "2:4 sparse" in found.columns[-1].title


def test_the_records_of_a_list_carry_amount_range_unit_and_status(store: Store) -> None:
    found = chips(store, Filter(families=("b100",), metrics=("board_power", "host_bandwidth")))
    pcie = {
        "chip": "b100-pcie",
        "name": "Acme B100 PCIe",
        "vendor": "acme",
        "launched_from": "2025-02-01",
        "launched_to": "2025-02-28",
        "launched_precision": "month",
        "availability": "",
        "availability_as_of": "",
        "market": "",
        "board_power": "300",
        "board_power_low": "300",
        "board_power_high": "350",
        "board_power_exact": "",
        "board_power_exact_low": "",
        "board_power_exact_high": "",
        "board_power_unit": "W",
        "board_power_status": "reported",
        "board_power_when": "",
        "host_bandwidth": "",
        "host_bandwidth_low": "",
        "host_bandwidth_high": "",
        "host_bandwidth_exact": "",
        "host_bandwidth_exact_low": "",
        "host_bandwidth_exact_high": "",
        "host_bandwidth_unit": "GB/s",
        "host_bandwidth_status": "unknown",
        "host_bandwidth_when": "",
    }
    assert next(iter(found.records())) == pcie
    data = found.data()
    assert (data["schema"], data["count"]) == ("chipcalc.list/2", 2)
    power = {
        "board_power": 300,
        "board_power_low": 300,
        "board_power_high": 350,
        "board_power_exact": "300",
        "board_power_exact_low": "300",
        "board_power_exact_high": "350",
        "board_power_when": {},
        "host_bandwidth_when": {},
    }
    assert data["chips"][0] == {**{k: v or None for k, v in pcie.items()}, **power}


def test_a_record_says_of_which_format_its_rate_is(store: Store) -> None:
    found = chips(store, Filter(families=("atlas",), metrics=("throughput",)))
    assert any("fp16" in value for value in next(iter(found.records())).values())


def test_a_wrong_sheet_stops_the_list(specs: Path) -> None:
    (specs / "chips" / "acme" / "a10.yaml").write_text("id: a10\n", encoding="utf-8")
    with pytest.raises(ChipcalcError, match="'name' is missing"):
        chips(Store((specs,)), Filter())


DAY = datetime.date(2024, 1, 1)


def test_classes_are_what_a_check_of_the_day_says(store: Store) -> None:
    """The word is the check's own; its role follows the consequence."""
    ruleset = rules(store, "2024-01-01")
    found = chips(store, Filter(), None, ruleset)
    column = found.columns[-1]
    assert (column.title, column.unit) == ("class", "2024-01-01")
    cells = {row.texts[0]: row.cells[-1] for row in found.rows if not row.heading}
    assert len(cells) == 8
    for chip, cell in cells.items():
        checked = ruleset.check(Evaluator(store.sheet(chip), store.vocabulary))
        open_ = checked.classed is Classed.unknown
        assert cell.text == ("not settled" if open_ else checked.classification.paragraph or "none")
        assert (cell.role == "open") is open_
    assert {each["as_of"] for each in found.records()} == {"2024-01-01"}


def test_without_a_day_there_are_no_classes(store: Store) -> None:
    found = chips(store, Filter())
    assert "class" not in [column.title for column in found.columns]
    assert "classification" not in next(iter(found.records()))


def test_on_a_screen_what_is_not_out_by_the_day_is_one_line(store: Store) -> None:
    """What is launched in 2025 is not out by 2024; a chip without a day may be, and stays."""
    found = chips(store, Filter(), DAY)
    launches = {each.id: each.chip.launched for each in store.all()}
    later = {name for name, each in launches.items() if each and each.first > DAY}
    screen = table(found, Style(80, drawings=True))
    words = screen.split()
    assert later
    assert not later & set(words)
    assert {*launches} - later <= set(words)
    assert f"and {len(later)} not out by 2024-01-01: --all" in screen
    assert said(found.title)[0].startswith("8 chips")


def test_under_the_rules_of_a_day_what_was_not_out_is_left_out_and_counted(store: Store) -> None:
    launches = {each.id: each.chip.launched for each in store.all()}
    later = {name for name, each in launches.items() if each and each.first > DAY}
    found = chips(store, Filter(), DAY, rules(store, str(DAY)))
    assert {each["chip"] for each in found.records()} == {*launches} - later
    assert set(found.data()["left_out"]) == later
    assert f"{len(later)} left out, not out by 2024-01-01: --all" in said(found.title)[0]
    whole = chips(store, Filter(whole=True), DAY, rules(store, str(DAY)))
    assert {each["chip"] for each in whole.records()} == {*launches}


@pytest.mark.parametrize(
    ("wanted", "style"),
    [(Filter(), Style(80)), (Filter(), Style(50)), (Filter(whole=True), Style(80, drawings=True))],
    ids=["pipe", "narrow pipe", "all"],
)
def test_elsewhere_no_chip_is_folded_away(wanted: Filter, style: Style, store: Store) -> None:
    text = table(chips(store, wanted, DAY), style)
    assert {sheet.id for sheet in store.all()} <= set(text.split())
    assert "not out by" not in text
    assert "Left out" not in text


def test_a_list_of_later_chips_alone_folds_none(store: Store) -> None:
    text = table(chips(store, Filter(families=("b100",)), DAY), Style(80, drawings=True))
    assert {"b100-pcie", "b100-sxm"} <= set(text.split())


def test_prices_in_several_currencies_have_no_order_without_a_rate(store: Store) -> None:
    """One chip costs US dollars, another one renminbi, and which is dearer is up to the rate."""
    with pytest.raises(ChipcalcError, match="no order") as caught:
        chips(store, Filter(sort="price"))
    assert "--rate" in caught.value.problems[0].hint
    prices = {
        s.id: s.statements["price"][0].statement for s in store.all() if "price" in s.statements
    }
    assert len({each.unit.text for each in prices.values()}) == 2
    dear = chips(store, Filter(sort="price", rates=(units.quantity("0.0001 CNY/USD"),)))
    cheap = chips(store, Filter(sort="price", rates=(units.quantity("10000 CNY/USD"),)))
    assert ids(dear)[:2] == ids(cheap)[1::-1]


def test_the_command_at_the_end_compares_the_best_of_the_metric(store: Store) -> None:
    found = chips(store, Filter(vendors=("acme",), metrics=("memory_bandwidth",)))
    (line,) = [each for each in found.lines if each.role == "command"]
    best = chips(store, Filter(vendors=("acme",), sort="memory_bandwidth"))
    assert line.text == f"chipcalc compare {' '.join(ids(best)[:2])}"


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(vendors=("nvidia",)),
        Filter(sort="tpp"),
        Filter(families=("ascend",), metrics=("tpp",)),
        Filter(metrics=("tpp", "performance_density")),
    ],
    ids=["all", "vendor", "sorted", "family", "two metrics"],
)
def test_no_list_is_too_wide_and_no_id_or_number_is_broken(width: int, wanted: Filter) -> None:
    found = chips(STORE, wanted)
    text = table(found, Style(width))
    assert [line for line in text.splitlines() if wcswidth(line) > width] == []
    tokens = set(text.split())
    for row in found.rows:
        if not row.heading:
            kept = [row.cells[0], *row.cells[len(row.cells) - len(wanted.shown) :]]
            assert {word for each in kept for word in on_line(each).split()} <= tokens
