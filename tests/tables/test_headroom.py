"""Headroom shows every distance with its sign, and never lets through what a rule catches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from amounts import amount
from chipcalc.check import headroom
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.contract.headroom import bound_data
from chipcalc.deciding.outcome import Deciding
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables import largest as largest_table
from chipcalc.tables.headroom import lines as headroom_of
from chipcalc.tables.largest import largest
from chipcalc.tables.render import FORMATS, comma_separated, table
from chipcalc.tables.report import Report
from chipcalc.tables.style import Style
from daily import examples
from shared import STORE, printed, real_rules, rules, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = ("2021-01-01", "2023-01-01", "2023-04-01")
ASKS = {"≥": Fraction.__ge__, ">": Fraction.__gt__, "≤": Fraction.__le__, "<": Fraction.__lt__}
EXACT = ("a10", "a20", "a20-lite", "b100-sxm")


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def described(store: Store, **given: str) -> Checked:
    """Return an item without a file, checked."""
    return checked(store, blank(store.vocabulary), **given)


def cells(found: Report) -> list[list[str]]:
    """Return the rows, each cell on one line."""
    return [list(row.texts) for row in found.rows]


def lines(found: Sequence[Checked]) -> Report:
    """Return the whole list of distances."""
    return headroom_of(found, whole=True)


def outside(found: Report, metric: str, where: str = "") -> dict[str, list[str]]:
    """Return what stays outside, line by line, for one input that is set free."""
    shown: dict[str, list[str]] = {}
    heading = name = ""
    for row in found.rows:
        if row.heading:
            heading = row.texts[0]
        elif re.search(rf": {metric} set free( \(now .*\))?{where}$", heading) and row.texts[0]:
            name = row.texts[0]
            shown[name] = list(row.cells[1].parts)
    return shown


def number(shown: str) -> Fraction:
    """Return a printed number, taken at its word."""
    return Fraction(shown.replace(",", "").replace("−", "-").replace("+", "").rstrip("…"))


def policy(folder: Path, body: str) -> Path:
    """Return the file of a rule of one's own, with some criteria."""
    path = folder / "own-1.yaml"
    head = "id: own-1\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\nversions:\n"
    version = "  - in_force: 2020-01-01\n    confidence: unverified\n    note: mine\n"
    path.write_text(head + version + f"    {body}\n", encoding="utf-8")
    return path


def stating(rate: str, *, power: str = "", memory: str = "", market: str = "datacenter") -> str:
    """Return a sheet with one rate, a die of 800 mm² and, where given, power and memory."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    body = f"market: {{value: {market}, {FIRM}}}\n" if market else ""
    body += f"values:\n  throughput:\n    - {{{rate}, unit: TOPS, {when}, {FIRM}}}\n"
    if power:
        body += f"  board_power:\n    - {{{power}, unit: W, {FIRM}}}\n"
    if memory:
        body += f"  memory_bandwidth:\n    - {{{memory}, unit: GB/s, {FIRM}}}\n"
    area = f"area: {{value: 800, unit: mm^2, {FIRM}}}"
    return body + f"dies:\n  - {{name: D, transistor: gaa, {area}}}\n"


def test_every_line_of_every_rule_has_value_line_distance_and_margin(store: Store) -> None:
    found = described(store, tpp="2999", performance_density="4.4", market="datacenter")
    assert cells(lines([found]))[:11] == [
        ["ATL.1"],
        ["ATL.1.a"],
        ["TPP", "no", "2,999", "≥ 3,000", "−1", "−0.033 %"],
        ["ATL.1.b"],
        ["TPP", "yes", "2,999", "≥ 1,000", "+1,999", "+200 %"],
        ["PD", "yes", "4.4", "≥ 4", "+0.4", "+10 %"],
        ["Note to ATL.1"],
        ["TPP", "yes", "2,999", "< 3,000", "−1", "−0.033 %"],
        ["ATL.2"],
        ["ATL.2.a"],
        ["TPP", "yes", "2,999", "≥ 2,000", "+999", "+50 %"],
    ]


@given(st.integers(1, 10**7), st.integers(0, 4))
@example(3000, 0)
@example(29999, 1)
def test_a_distance_is_the_signed_difference_from_the_line(
    store: Store, digits: int, places: int
) -> None:
    value = Fraction(digits, 10**places)
    found = described(store, tpp=f"{digits}e-{places}", market="datacenter")
    for row in cells(lines([found])):
        if row[0] != "TPP":
            continue
        limit = number(row[3].split()[1])
        assert number(row[2]) == value
        assert number(row[4]) == value - limit
        assert row[4][0] == ("+" if value > limit else "−" if value < limit else "0")
        tiny = 0 < abs(value - limit) < limit / 10**5
        assert (
            row[5] == f"just {'above' if value > limit else 'below'}"
            if tiny
            else (row[5][0] == row[4][0])
        )
        assert row[1] == ("yes" if ASKS[row[3][0]](value, limit) else "no")


def test_a_line_whose_figure_is_missing_says_why(store: Store) -> None:
    by_metric = {row[0]: row for row in cells(lines([checked(store, "p1")])) if len(row) > 1}
    assert by_metric["PD"][2:] == ["undefined", "< 4", "", ""]
    assert by_metric["memory bandwidth"][2:] == ["unknown", "> 100 GB/s", "", ""]


def test_a_range_has_a_distance_at_both_ends(store: Store) -> None:
    """The Z1 comes to 1,280 to 1,680, and 3,000 is asked."""
    first = cells(lines([checked(store, "z1")]))[2]
    assert first == [
        "TPP",
        "no",
        "1,280 1,680",
        "≥ 3,000",
        "−1,720 −1,320",
        "−57 % −44 %",
    ]


def test_the_lines_of_a_rule_that_another_refers_to_are_listed_once(store: Store) -> None:
    rows = cells(lines([checked(store, "a10")]))
    below = rows[rows.index(["ATL.9"]) + 1 :]
    assert below == [["memory bandwidth", "yes", "2,000", "> 100 GB/s", "+1,900", "+1,900 %"]]


def test_the_data_of_a_distance_are_exact(store: Store) -> None:
    data = json.loads(json.dumps(lines([checked(store, "a10")]).data()))
    assert (data["schema"], data["as_of"]) == ("chipcalc.headroom/2", "2023-01-01")
    assert data["distances"][0] == {
        "chip": "a10",
        "name": "Acme A10",
        "rule": "atl-1",
        "paragraph": "ATL.1",
        "cite": "ATL.1.a",
        "metric": "tpp",
        "when": {},
        "operator": ">=",
        "amount": 3000,
        "amount_exact": "3000",
        "unit": "TOPS*bit",
        **amount("3200"),
        "status": "official",
        "distance": 200,
        "distance_low": 200,
        "distance_high": 200,
        "distance_exact": "200",
        "distance_exact_low": "200",
        "distance_exact_high": "200",
        "margin": 1 / 15,
        "margin_low": 1 / 15,
        "margin_high": 1 / 15,
        "margin_exact": "1/15",
        "margin_exact_low": "1/15",
        "margin_exact_high": "1/15",
        "verdict": "met",
    }


def test_a_distance_that_is_not_known_is_null_and_empty_in_a_record(store: Store) -> None:
    found = lines([checked(store, "p1")])
    last = found.data()["distances"][-1]
    assert (last["metric"], last["value"], last["distance"]) == ("memory_bandwidth", None, None)
    record = list(found.records())[-1]
    assert (record["value"], record["distance"], record["verdict"]) == ("", "", "unknown")


@pytest.mark.parametrize("day", DAYS)
def test_records_are_flat_text(day: str, store: Store) -> None:
    found = [checked(store, chip, day) for chip in CHIPS]
    for each in lines(found).records():
        assert all(isinstance(value, str) for value in each.values())
    for chip in EXACT if day != "2021-01-01" else ("a10",):
        for each in largest([checked(store, chip, day)]).records():
            assert all(isinstance(value, str) for value in each.values())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("day", DAYS)
def test_distances_render_in_every_format(name: str, day: str, store: Store) -> None:
    found = [checked(store, chip, day) for chip in CHIPS]
    for each in found:
        assert printed(name, lines([each]))
    assert printed(name, lines(found))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("chip", EXACT)
def test_what_stays_outside_renders_in_every_format(name: str, chip: str, store: Store) -> None:
    assert printed(name, largest([checked(store, chip)]))


def atlantis(tpp: Fraction, density: Fraction) -> Mapping[str, bool]:
    """Return which paragraphs a circuit for data centers meets: the text of 2022-06-01."""
    return {
        "ATL.1": tpp >= 3000 or (tpp >= 1000 and density >= 4),
        "ATL.2": (2000 <= tpp < 3000 and 1 <= density < 4) or (tpp >= 1000 and 2 <= density < 4),
    }


def lets(shown: list[str], value: Fraction) -> bool:
    """Whether a value is among those that stay outside, as they are printed."""
    return any(stands(each, value) for each in shown)


def stands(each: str, value: Fraction) -> bool:
    """Whether a value stands in one relation, as it is printed."""
    if each.startswith("any "):
        return True
    signs = {"<": value.__lt__, "≤": value.__le__, ">": value.__gt__, "≥": value.__ge__}
    middle = re.fullmatch(r"([\d.,…]+) ([<≤]) \D+ ([<≤]) ([\d.,…]+)(?: .*)?", each)
    if middle:
        flipped = {"<": ">", "≤": "≥"}[middle[2]]
        return signs[flipped](number(middle[1])) and signs[middle[3]](number(middle[4]))
    one = re.fullmatch(r"\D+ ([<≤>≥]) ([\d.,…]+)(?: .*)?", each)
    return bool(one and signs[one[1]](number(one[2])))


@given(st.integers(1, 40).map(lambda tens: tens * 100), st.integers(0, 8000))
@example(800, 1600)
@example(800, 2999)
@example(800, 3000)
def test_what_stays_outside_is_what_no_rule_catches(store: Store, area: int, tpp: int) -> None:
    given = {"throughput[int8]": "1 TOPS", "die_area": f"{area} mm2", "market": "datacenter"}
    found = largest([described(store, **given)])
    shown = outside(found, "TPP")
    caught = atlantis(Fraction(tpp), Fraction(tpp, area))
    assert lets(shown["outside all"], Fraction(tpp)) == (not any(caught.values()))
    for paragraph, is_met in caught.items():
        assert lets(shown[f"outside {paragraph}"], Fraction(tpp)) == (not is_met)


@given(st.integers(1, 25).map(lambda tens: tens * 100), st.integers(1, 6000))
def test_the_smallest_die_is_that_which_no_rule_catches(store: Store, tpp: int, area: int) -> None:
    """All edges are whole here or have two decimals, since limits of density divide 100."""
    given = {"throughput[int8]": f"{tpp / 8} TOPS", "die_area": "1 mm2", "market": "datacenter"}
    shown = outside(largest([described(store, **given)]), "die area")
    caught = atlantis(Fraction(tpp), Fraction(tpp, area))
    assert lets(shown["outside all"], Fraction(area)) == (not any(caught.values()))


def test_the_chip_as_it_is_stands_beside_the_bound(store: Store, load: Load) -> None:
    """At 800 mm² a density of 2 is reached at 1,600; the chip has 1,200."""
    found = largest([checked(store, load(stating("value: 150")))])
    assert ["outside all", "TPP < 1,600", "now 75.0 % of it"] in cells(found)


def test_a_bound_is_told_as_a_rate_at_every_format(store: Store, load: Load) -> None:
    """1,600 is 200 TOPS at 8 bits, 100 at 16, 50 at 32, and 50 to 84.2… at TF32."""
    found = largest([checked(store, load(stating("value: 150")))])
    _, rates, *_ = found.grids
    assert [list(row.texts) for row in rates.rows] == [
        ["As a dense rate of one processing unit, below"],
        ["INT8", "200", "TOPS"],
        ["FP16", "100", "TFLOPS"],
        ["TF32", "50–84.21…", "TFLOPS"],
        ["FP32", "50", "TFLOPS"],
    ]


def test_the_data_of_a_bound_are_exact(store: Store, load: Load) -> None:
    found = largest([checked(store, load(stating("value: 150")))])
    data: Any = json.loads(json.dumps(found.data()))
    first = data["bounds"][0]
    assert (first["chip"], first["metric"], first["now"]["value"]) == ("x1", "tpp", 1200)
    assert [(each["low"], each["high"]) for each in first["outside"]] == [(None, 1600)]
    assert first["rates"]["FP16"] == {
        "low": 100,
        "high": 100,
        "exact_low": "100",
        "exact_high": "100",
        "unit": "TFLOPS",
    }
    assert len(comma_separated(found).splitlines()) > len(first["outcomes"])


def test_where_two_inputs_are_open_nothing_is_solved(store: Store) -> None:
    with pytest.raises(ChipcalcError, match="nothing to solve") as caught:
        largest([described(store, market="datacenter")])
    assert "--die-area" in caught.value.problems[0].hint


def test_a_chip_that_cannot_be_solved_does_not_hide_those_that_can(store: Store) -> None:
    """Of the item that is described neither rate nor die is known."""
    found = largest([described(store, market="datacenter"), checked(store, "a10")])
    assert any("Acme A10: TPP set free" in row.texts[0] for row in found.rows)
    assert any("nothing to solve: " in line.text for line in found.lines)


@pytest.mark.parametrize("body", ["value: 400, range: [100, 500], note: conflict"])
def test_a_chip_whose_rate_is_a_range_is_solved(body: str, store: Store, load: Load) -> None:
    assert largest([checked(store, load(stating(body)))]).rows


def test_what_cannot_be_solved_lets_nothing_through(
    store: Store, load: Load, tmp_path: Path
) -> None:
    """Two ranges and the input set free are three open figures, too many to solve."""
    body = (
        "any: [{all: {tpp: {at_least: 1000 TOPS*bit}}}, {all: {board_power: {at_least: 500 W}}}, "
        "{all: {memory_bandwidth: {at_least: 3000 GB/s}}}]"
    )
    own = policy(tmp_path, body)
    sheet = load(
        stating(
            "value: 400",
            power="value: 400, range: [300, 450], note: conflict",
            memory="value: 2000, range: [1900, 2100], note: conflict",
        )
    )
    report = largest([checked(store, sheet, "2020-01-15", own)])
    told = text_of(report.lines)
    assert "board power and memory bandwidth known as ranges" in told
    assert "Not solved, as board power and memory bandwidth are not known to one value" in told
    assert not report.rows


def test_a_bound_without_outcomes_lets_nothing_through(store: Store) -> None:
    """Where too much is not known, neither the table nor the data may read as any value."""
    found = checked(store, "a10")
    bound = next(headroom.bounds(found))
    lost = bound._replace(deciding=Deciding(bound.deciding.metrics, ()), by_rule={})
    shown = [row.texts[1] for row in largest_table._bound_rows(lost, found) if not row.heading]
    assert shown == ["too much is not known"]
    assert bound_data(lost, found)["outside"] is None


def test_the_data_tell_none_from_all(store: Store) -> None:
    """3,200 is ATL.1.a whatever the die; 800 is neither paragraph, whatever the die."""
    for rate, rule, outside_of in (("400", "atl-1", []), ("100", "atl-2", [(None, None)])):
        given = {"throughput[int8]": f"{rate} TOPS", "die_area": "1 mm2", "market": "datacenter"}
        data = largest([described(store, **given)]).data()["bounds"]
        (area,) = [each for each in data if "die_area" in each["metric"]]
        assert [(each["low"], each["high"]) for each in area["outside_of"][rule]] == outside_of


def test_outside_all_is_outside_one_s_own_policies_too(
    store: Store, load: Load, tmp_path: Path
) -> None:
    """The policy catches 1,000 and more, the chip has 1,200, whatever its power."""
    body = "any: [{all: {tpp: {at_least: 1000 TOPS*bit}}}, {all: {board_power: {at_least: 9 W}}}]"
    own = policy(tmp_path, body)
    sheet = load(stating("value: 150", power="value: 5"))
    found = largest([checked(store, sheet, "2020-01-15", own)])
    assert outside(found, "board power")["outside all"] != ["any board power"]


def test_where_nothing_stays_outside_that_is_known(store: Store) -> None:
    """3,200 is ATL.1.a whatever the die."""
    found = largest([checked(store, "a10")])
    assert outside(found, "die area")["outside ATL.1"] == ["none"]


def test_values_that_stay_outside_in_one_market_only_are_not_outside_all(
    store: Store, load: Load
) -> None:
    """At 800 mm² a circuit for data centers with 2,000 falls under ATL.2.a."""
    found = largest([checked(store, load(stating("value: 150", market="")))])
    centers = outside(found, "TPP", ", designed or marketed for data centers")
    assert not lets(centers["outside all"], Fraction(2000))
    assert not outside(found, "TPP")


def test_a_chip_just_below_a_bound_does_not_use_all_of_it(store: Store, load: Load) -> None:
    """374.9 TOPS at 8 bits are 2,999.2 of 3,000."""
    found = largest([checked(store, load(stating("value: 374.9")))])
    assert not [row for row in cells(found) if "100.0 % of it" in row[-1]]


def test_the_share_stands_beside_the_bound_that_it_is_of(store: Store, load: Load) -> None:
    """ATL.2 leaves out dies up to 300 mm² and over 600 mm²; 800 is 133 % of 600."""
    found = largest([checked(store, load(stating("value: 150")))])
    (row,) = [
        row
        for row in found.rows
        if row.texts[0] == "outside ATL.2" and row.texts[1].startswith("die area")
    ]
    bounds, shares = row.cells[1].parts, row.cells[2].parts
    assert bounds.index("die area > 600 mm²") == next(
        index for index, each in enumerate(shares) if "133 %" in each
    )


def test_the_circumstances_of_every_chip_are_said(store: Store) -> None:
    """The A10 is made for data centers, the Z1 for cars."""
    notes = "\n".join(map(text_of, lines([checked(store, "a10"), checked(store, "z1")]).notes))
    assert "vehicles" in notes


def test_the_rates_of_every_chip_are_told_apart(store: Store) -> None:
    given = {"market": "datacenter", "throughput[int8]": "1 TOPS"}
    two = [described(store, die_area=area, **given) for area in ("500 mm2", "900 mm2")]
    notes = [each for each in largest(two).notes if text_of(each).startswith("As a")]
    assert not notes


@pytest.mark.parametrize("chip", ["a10", "a20", "a20-lite", "b100-sxm"])
def test_distances_keep_to_80_columns(chip: str, store: Store) -> None:
    widest = max(table(lines([checked(store, chip)])).splitlines(), key=wcswidth)
    assert wcswidth(widest) <= 80, widest


@pytest.mark.parametrize("chip", ["lt910", "z1"])
def test_distances_of_a_range_keep_to_80_columns(chip: str, store: Store) -> None:
    widest = max(table(lines([checked(store, chip)])).splitlines(), key=wcswidth)
    assert wcswidth(widest) <= 80, widest


def test_the_place_of_a_line_is_not_cut_within_a_word(store: Store, tmp_path: Path) -> None:
    cite = "15 AFR 742.6(b)(10)(iii)(A)(1)"
    own = policy(tmp_path, f"any: [{{cite: '{cite}', all: {{tpp: {{at_least: 1 TOPS*bit}}}}}}]")
    found = lines([checked(store, "a10", "2021-01-01", own)])
    assert set(cite.split()) <= set(table(found).split())


def test_what_stays_outside_keeps_to_80_columns(store: Store, load: Load) -> None:
    found = largest([checked(store, load(stating("value: 150", market="")))])
    widest = max(table(found).splitlines(), key=wcswidth)
    assert wcswidth(widest) <= 80, widest


# The short answer: each line of a metric once.


def test_the_first_line_says_which_line_is_nearest(store: Store) -> None:
    """2,999 is 1 below ATL.1.a, a thirtieth of a per cent; a density of 4.4 is 10 % off."""
    found = described(store, tpp="2999", performance_density="4.4", market="datacenter")
    (first,) = headroom_of([found]).title
    assert first.text.endswith(", 2023-01-01: TPP 1 TOPS·bit (0.033 %) below 3,000, ATL.1.a")


@pytest.mark.parametrize(("tpp", "side"), [("3000", "on the line"), ("3001", "above")])
def test_the_first_line_says_on_which_side_of_a_line(tpp: str, side: str, store: Store) -> None:
    found = described(store, tpp=tpp, performance_density="40", market="datacenter")
    assert f" {side} " in headroom_of([found]).title[0].text


def test_of_several_chips_the_closest_is_named_first(store: Store) -> None:
    found = [checked(store, chip) for chip in CHIPS]
    first = headroom_of(found).title[0].text
    shares = {
        each.sheet.name: min(
            (e.share for e in headroom.levels(headroom.distances(each)) if e.controls and e.share),
            default=Fraction(10**9),
        )
        for each in found
    }
    inside = [
        each.sheet.name
        for each in found
        for level in headroom.levels(headroom.distances(each))
        if level.controls and level.share == 0
    ]
    closest = inside[:1] or [min(shares, key=lambda name: shares[name])]
    assert first.startswith(f"{len(CHIPS)} chips, 2023-01-01: closest is {closest[0]}, ")


@pytest.mark.parametrize("chip", CHIPS)
@pytest.mark.parametrize("day", DAYS)
def test_each_line_that_classifies_has_one_row(chip: str, day: str, store: Store) -> None:
    """A row shows its line; those of a metric rise from the lowest to the highest."""
    of_chip = checked(store, chip, day)
    found = [
        each
        for each in headroom.levels(headroom.distances(of_chip))
        if each.classifies and each.value is not None
    ]
    rows = list(headroom_of([of_chip]).grids[0].rows)
    ruled = rows[: next((n for n, row in enumerate(rows) if row.heading), len(rows))]
    limits = [[each.metric[0], each.limit.amount.best] for each in found]
    assert [number(row.texts[2]) for row in ruled] == [limit for _, limit in limits]
    assert limits == sorted(limits, key=lambda e: ([m for m, _ in limits].index(e[0]), e[1]))


@pytest.mark.parametrize("chip", CHIPS)
def test_the_nearest_line_of_each_metric_is_strong(chip: str, store: Store) -> None:
    of_chip = checked(store, chip)
    rows = [row for row in headroom_of([of_chip]).grids[0].rows if not row.heading]
    found = [e for e in headroom.levels(headroom.distances(of_chip)) if e.classifies and e.value]
    for level, row in zip(found, rows, strict=False):
        shares = [e.share for e in found if e.metric == level.metric and e.share is not None]
        if row.cells[2].role == "strong":
            assert level.share == min(shares)


@pytest.mark.parametrize("chip", CHIPS)
@pytest.mark.parametrize("day", DAYS)
def test_the_whole_has_every_distance_of_every_rule(chip: str, day: str, store: Store) -> None:
    """Each distance has a row of its own, with its verdict, its line and its distance."""
    of_chip = checked(store, chip, day)
    rows = [row for row in cells(lines([of_chip])) if len(row) == 6]
    found = list(headroom.distances(of_chip))
    assert len(rows) == len(found)
    verdicts = {"met": "yes", "not met": "no", "unknown": "open"}
    for row, each in zip(rows, found, strict=True):
        assert row[1] == verdicts[each.line.verdict]
        assert number(row[3].split()[1]) == each.node.limit.amount.best
        assert bool(row[4]) == (each.away is not None)


def test_what_nobody_knows_is_one_line(store: Store) -> None:
    """The P1 has no published bandwidth, and no density where its dies are planar."""
    (line,) = [
        each.text
        for each in headroom_of([checked(store, "p1")]).lines
        if each.text.startswith("No distance: ")
    ]
    assert line == "No distance: PD undefined and memory bandwidth unknown."


def test_the_rest_is_a_command_away(store: Store) -> None:
    commands = [e.text for e in headroom_of([checked(store, "a10")]).lines if e.role == "command"]
    assert commands[0] == "chipcalc headroom a10 --as-of 2023-01-01 --all"


@given(
    chips=st.lists(st.sampled_from(sorted(STORE.files)), min_size=1, max_size=6, unique=True),
    width=st.sampled_from([50, 80, 120]),
)
@examples(10)
def test_headroom_of_real_chips_keeps_to_the_width(chips: list[str], width: int) -> None:
    """No line is too wide, and no number of the widest screen is broken in a narrow one."""
    found = [
        real_rules("2026-02-01").check(item.evaluator, item.circumstances)
        for item in (suppose(STORE.sheet(chip), {}, STORE.vocabulary) for chip in chips)
    ]
    short = headroom_of(found)
    shown = table(short, Style(width))
    assert max(map(wcswidth, shown.splitlines())) <= width
    for row in short.rows:
        limit = row.texts[2] if len(row.texts) > 2 else ""
        assert not limit or limit in shown.split()
