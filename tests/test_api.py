"""What a script asks: the public names, and that nothing asked wrongly is answered as if right."""

from __future__ import annotations

import copy
import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

import chipcalc as cc
from chipcalc.api.result import frame
from chipcalc.sheets.store import Store
from chipcalc.values.interval import Bounds

DAY = "2026-02-01"


@pytest.fixture(scope="module")
def db() -> cc.Database:
    """Return the built-in chips and rules."""
    return cc.open()


@pytest.fixture(scope="module")
def rules(db: cc.Database) -> cc.Rules:
    """Return the rules of a day."""
    return db.rules(as_of=DAY)


@pytest.fixture
def made_up(store: Store) -> cc.Database:
    """Return the made-up chips."""
    return cc.Database(store)


def hint(caught: pytest.ExceptionInfo[cc.ChipcalcError]) -> str:
    """Return what the one problem of an error says to do."""
    (problem,) = caught.value.problems
    return problem.hint


# Names.


def test_every_public_name_is_there_once_and_listed() -> None:
    assert [name for name in cc.__all__ if not hasattr(cc, name)] == []
    assert len(set(cc.__all__)) == len(cc.__all__)
    assert dir(cc) == cc.__all__
    assert cc.__version__


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'shipment'"):
        cc.shipment  # noqa: B018


def test_importing_the_package_loads_nothing_that_costs() -> None:
    code = "import sys, chipcalc; print(*(name for name in sys.modules if 'chipcalc' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["chipcalc"]


def test_comparing_chips_does_not_hide_the_function_behind_a_module(db: cc.Database) -> None:
    cc.compare(db["h20"], db["h200-sxm"])
    assert callable(cc.compare)


# Chips and figures.


def test_a_chip_goes_by_any_name_that_means_one(db: cc.Database) -> None:
    assert [db[name].id for name in ("h20", "H20", "h100")] == ["h20", "h20", "h100-sxm"]
    assert {each.id for each in db.find("ascend-910b*")} >= {"ascend-910b1", "ascend-910b4"}
    assert repr(db["h20"]) == "Chip('h20', H20 96GB, nvidia)"
    assert (db["h20"].name, db["h20"].vendor, db["h20"].launched) == (
        "H20 96GB",
        "nvidia",
        "2024-02",
    )
    assert len(db) == len(list(db))


def test_a_name_of_none_or_of_several_is_an_error(db: cc.Database) -> None:
    with pytest.raises(cc.ChipcalcError, match="no sheet for 'h2O0'") as caught:
        db["h2O0"]
    assert hint(caught) == "ids that look alike: h200"
    with pytest.raises(cc.ChipcalcError, match="'ascend' stands for") as caught:
        db["ascend"]
    assert hint(caught).startswith("name one of ascend-")


def test_a_figure_is_exact_and_knows_its_unit_status_and_sources(made_up: cc.Database) -> None:
    found = made_up["a10"].performance_density
    assert {found.value, found.low, found.high, found.exact} == {Fraction(4)}
    assert str(found.unit) == "TOPS·bit/mm²"
    assert found.status == "official"
    assert [each.title for each in found.sources] == ["A10 data sheet"]
    assert found.derived
    assert float(found) == 4.0
    assert found.to("TOPS*bit/cm^2").amount.best == 400


def test_a_figure_tells_how_it_came_about(made_up: cc.Database) -> None:
    first, *rest = made_up["a10"].tpp.steps()
    assert first.startswith("Total processing performance: 3,200 TOPS·bit = ")
    assert any("a10.yaml" in each for each in rest)


def test_a_range_has_ends_and_is_no_exact_figure(db: cc.Database) -> None:
    power = db["h20"].board_power
    assert [power.low, power.high] == [400, 550]
    with pytest.raises(cc.ChipcalcError, match="is a range"):
        power.exact  # noqa: B018


def test_a_comparison_with_a_range_across_the_limit_is_neither_true_nor_false(
    db: cc.Database,
) -> None:
    power = db["h20"].board_power
    assert [power > "399 W", power > "0.5 kW", power > "550 W"] == [
        cc.Verdict.met, cc.Verdict.unknown, cc.Verdict.not_met,
    ]  # fmt: skip
    assert power <= "550 W"
    assert not power < "400 W"
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(power >= "500 W")


def test_figures_compare_with_figures_and_never_with_other_things(db: cc.Database) -> None:
    assert db["h100"].tpp > db["h20"].tpp
    with pytest.raises(cc.ChipcalcError, match="GB/s"):
        db["h20"].tpp > "4 GB/s"  # noqa: B015
    with pytest.raises(TypeError, match="'100 GB/s'"):
        db["h20"].tpp > 2000.5  # noqa: B015
    with pytest.raises(cc.ChipcalcError):
        db["h20"].tpp > 2000  # noqa: B015


def test_figures_are_equal_where_their_amounts_are_and_unknown_where_ranges_overlap(
    db: cc.Database,
) -> None:
    h20 = db["h20"]
    assert h20.tpp == "2368 TOPS*bit"
    assert h20.tpp == h20.figure("tpp")
    assert h20.tpp != "2369 TOPS*bit"
    assert h20.board_power != "300 W"
    for uncertain in (h20.board_power == "500 W", db["ascend-920"].board_power == "500 W"):
        with pytest.raises(TypeError, match="neither true nor false"):
            bool(uncertain)
    with pytest.raises(TypeError, match="'100 GB/s'"):
        bool(h20.tpp == 2368.0)
    assert h20.tpp is not None
    assert h20.tpp not in [None, ()]


def test_figures_make_figures(db: cc.Database) -> None:
    h20, h100 = db["h20"], db["h100"]
    assert (h20.tpp / h100.tpp).exact == Fraction(2960, 19789)
    assert (h20.tpp * 2 - h20.tpp).exact == 2368
    assert (2 * h20.tpp + "1 TOPS*bit").status == "given"
    assert (h20.tpp * 2).status == h20.tpp.status
    assert isinstance(1 / db["ascend-970"].applicable_die_area, cc.Missing)


def test_what_nobody_published_is_false_and_never_a_number(made_up: cc.Database) -> None:
    missing = made_up["p1"].memory_capacity
    assert isinstance(missing, cc.Missing)
    assert not missing
    assert (missing.kind, str(missing)) == ("unknown", "unknown")
    assert "not published" in missing.because
    assert (missing > "1 GB") is cc.Verdict.unknown
    actions: list[Callable[[], object]] = [lambda: float(missing), lambda: missing.value]
    for action in actions:
        with pytest.raises((cc.ChipcalcError, AttributeError), match="not published"):
            action()


def test_a_published_rate_bounds_what_is_not_and_is_no_figure(made_up: cc.Database) -> None:
    """640 TOPS, sparse: what the dense rate is, nobody said, but it is no more."""
    missing = made_up["lt910"].figure("throughput", format="int8", engine="tensor")
    assert isinstance(missing, cc.Missing)
    assert missing.bounds == Bounds(None, Fraction(640))
    assert missing <= "640 TOPS"
    assert (missing > "640 TOPS") is cc.Verdict.not_met
    assert (missing > "600 TOPS") is cc.Verdict.unknown
    assert (missing < made_up["lt910"].memory_capacity) is cc.Verdict.unknown
    assert repr(missing).startswith("Missing(≤")
    unbounded = made_up["p1"].memory_capacity
    assert isinstance(unbounded, cc.Missing)
    assert unbounded.bounds is None


def test_chips_and_answers_can_be_copied(made_up: cc.Database) -> None:
    chip, missing = made_up["a10"], made_up["p1"].memory_capacity
    assert copy.copy(chip).id == "a10"
    assert str(copy.copy(missing)) == "unknown"
    assert copy.copy(chip.tpp) == "3200 TOPS*bit"


def test_a_default_stands_in_for_a_missing_figure_alone(made_up: cc.Database) -> None:
    chip = made_up["p1"]
    assert chip.figure("memory_capacity", default="none") == "none"
    assert isinstance(chip.figure("memory_capacity", default=None), cc.Missing)
    assert made_up["a10"].figure("memory_capacity", default="none").value > 0


def test_a_wrong_metric_format_or_condition_is_an_error_with_the_nearest(db: cc.Database) -> None:
    h20 = db["h20"]
    with pytest.raises(AttributeError, match="did you mean 'memory_bandwidth'"):
        h20.memory_bandwith  # noqa: B018
    for name, when, nearest in (
        ("tppp", {}, "'tpp'"),
        ("throughput", {"format": "fp17"}, "'fp16'"),
        ("throughput", {"formt": "fp16"}, "'format'"),
    ):
        with pytest.raises(cc.ChipcalcError) as caught:
            h20.figure(name, **when)
        assert nearest in hint(caught)


def test_what_is_supposed_shows_and_changes_nothing_else(db: cc.Database) -> None:
    h20 = db["h20"]
    other = h20.suppose(die_area="407 mm2", throughput={"int8": "300 TOPS"})
    assert other.performance_density.exact == Fraction(2400, 407)
    assert h20.performance_density.exact == Fraction(2368, 814)
    assert "die_area='407 mm2'" in repr(other)
    with pytest.raises(cc.ChipcalcError, match="not what its sheet states"):
        cc.compare(h20, other)


@pytest.mark.parametrize("tpp", [4800, 4800.0, Decimal(4800), Fraction(4800), "4800", "4.8e3"])
def test_a_value_may_be_any_number_and_stays_exact(rules: cc.Rules, tpp: object) -> None:
    found = rules.check(cc.item(tpp=tpp, market="datacenter"))  # type: ignore[arg-type]
    assert found.is_met("3A090.a")


@pytest.mark.parametrize("value", [True, None, [1], {"int8": None}])
def test_what_is_no_amount_describes_nothing(value: object) -> None:
    with pytest.raises(cc.ChipcalcError, match="no single value"):
        cc.item(tpp=value)  # type: ignore[arg-type]


def test_a_range_is_no_value_to_suppose(db: cc.Database) -> None:
    with pytest.raises(cc.ChipcalcError, match="no single value"):
        cc.item(board_power=db["h20"].board_power)


def test_what_is_no_chip_is_a_type_error_that_says_what_one_is(
    db: cc.Database, rules: cc.Rules
) -> None:
    wrong: list[Callable[[], object]] = [
        lambda: rules.check("h20"),  # type: ignore[arg-type]
        lambda: rules.licence("h20", to="CN"),  # type: ignore[call-overload]
        lambda: db.timeline("h20"),  # type: ignore[arg-type]
        lambda: cc.compare("h20", "h100"),  # type: ignore[arg-type]
    ]
    for action in wrong:
        with pytest.raises(TypeError, match=r"db\['h20'\]"):
            action()


# Comparisons and calculations.


def test_chips_stand_side_by_side_with_exact_ratios(db: cc.Database) -> None:
    h20, h100 = db["h20"], db["h100"]
    table = cc.compare(h20, h100, metrics=["tpp", "memory_bandwidth"], when={"format": "fp16"})
    assert [row.metric for row in table.rows] == ["tpp", "memory_bandwidth"]
    assert table.ratio("tpp", "h20", "h100").exact == Fraction(2960, 19789)
    assert table.rows[1].best == "h20"
    assert table.to_dict()["chips"] == ["h20", "h100-sxm"]
    assert "Bandwidth" in str(table)
    assert repr(table) == "Comparison(h20, h100-sxm: 2 rows)"
    with pytest.raises(cc.ChipcalcError, match="'l4' is not compared"):
        table.ratio("tpp", "l4", "h20")


def test_a_comparison_refuses_a_wrong_word(db: cc.Database) -> None:
    with pytest.raises(cc.ChipcalcError, match="no metric 'tppp'"):
        cc.compare(db["h20"], db["h100"], metrics=["tppp"])
    with pytest.raises(cc.ChipcalcError, match="no format 'fp17'"):
        cc.compare(db["h20"], db["h100"], when={"format": "fp17"})
    with pytest.raises(cc.ChipcalcError, match="two different chips"):
        cc.compare()


def test_a_calculation_is_exact(db: cc.Database) -> None:
    assert db.calc("h20.tpp / h100.tpp").value == Fraction(2960, 19789)
    assert db.calc("h20.memory_bandwidth").sources


# Rules.


def test_a_check_answers_by_paragraph(db: cc.Database, rules: cc.Rules) -> None:
    seen = rules.check(db["h20"], market="datacenter")
    assert (seen.classification, seen.as_of) == ("3A991.p", datetime.date(2026, 2, 1))
    assert seen.is_met("3A090.a") is cc.Verdict.not_met
    assert seen["us-3a090-b"].paragraph == "3A090.b"
    nearest = seen["3A090.b"].margins[0]
    assert (nearest.metric, nearest.relation, nearest.cite) == ("tpp", "at_least", "3A090.b.1")
    assert nearest.share == cc.Interval(*[Fraction(2368 - 2400, 2400)] * 3)
    assert len(repr(seen)) < 80


def test_the_steps_of_a_verdict_state_the_relation_that_holds(
    db: cc.Database, rules: cc.Rules
) -> None:
    steps = rules.check(db["h20"])["3A090.b"].explain()
    assert str(steps).splitlines()[:3] == [
        "3A090.b: not met",
        "  no 3A090.b.1",
        "    no total processing performance 2,368 < 2,400 (−1.3 %)",
    ]
    assert steps._repr_html_().count("<li") == len(steps.lines)


def test_an_item_without_a_sheet_is_unknown_with_what_decides(rules: cc.Rules) -> None:
    found = rules.check(cc.item(tpp=2912, market="datacenter"))
    assert found.classification == "unknown"
    assert found.deciding is not None
    spans = {each.judgement.cites: each.where[0] for each in found.deciding.outcomes}
    span = spans[("3A090.a.2",)]
    assert isinstance(span, cc.Span)
    assert span.high == Fraction(2912 * 100, 592)  # 2,912 / 5.92
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(found.is_met("3A090.a"))


def test_what_stays_outside_of_a_paragraph_is_solved(db: cc.Database, rules: cc.Rules) -> None:
    room = rules.headroom(db["h20"])
    tpp = [each for each in room.outside("3A090.b") if each.metric[0] == "tpp"]
    assert [(each.low, each.high) for each in tpp] == [
        (None, 2400), (Fraction(592, 100) * 814, None),
    ]  # fmt: skip
    assert room.margins
    assert room.outside()


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ({"market": "datacentre"}, "did you mean 'datacenter'?"),
        ({"markt": "datacenter"}, "did you mean 'market'?"),
        ({"item": "box"}, "known are ic, board, system, memory"),
    ],
)
def test_a_wrong_circumstance_is_an_error_and_never_an_all_clear(
    db: cc.Database, rules: cc.Rules, said: dict[str, str], nearest: str
) -> None:
    for action in (rules.check, rules.headroom, rules.licence):
        with pytest.raises(cc.ChipcalcError) as caught:
            action(db["l4"], **said)
        assert hint(caught) == nearest


@pytest.mark.parametrize("item", [cc.item(tppp=1), cc.item(tpp="1 GB"), cc.item(market="x")])
def test_a_wrong_word_of_an_item_is_an_error(rules: cc.Rules, item: cc.Item) -> None:
    with pytest.raises(cc.ChipcalcError):
        rules.check(item)


def test_what_is_neither_a_date_nor_its_text_is_a_type_error(db: cc.Database) -> None:
    with pytest.raises(TypeError, match="a day is a date"):
        db.rules(as_of=20260201)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["2026-2-30", "tomorrow", "2026"])
def test_what_is_no_day_is_an_error(db: cc.Database, day: str) -> None:
    with pytest.raises(cc.ChipcalcError, match="is not a day") as caught:
        db.rules(as_of=day)
    assert hint(caught) == "write year, month and day: 2026-01-31"


def test_a_day_may_be_a_date_or_the_date_of_a_time(db: cc.Database) -> None:
    morning = datetime.datetime(2026, 2, 1, 9, tzinfo=datetime.UTC)
    assert db.rules(as_of=morning).as_of == datetime.date(2026, 2, 1)
    assert db.rules(as_of=datetime.date(2026, 2, 1)).as_of == datetime.date(2026, 2, 1)
    assert db.rules().as_of == datetime.datetime.now(tz=datetime.UTC).date()


def test_a_rule_that_is_not_there_or_was_not_asked_is_an_error(
    db: cc.Database, rules: cc.Rules
) -> None:
    with pytest.raises(cc.ChipcalcError, match=r"no rule '3A090\.x'"):
        rules.check(db["h20"]).is_met("3A090.x")
    with pytest.raises(cc.ChipcalcError, match=r"'3A090\.c' was not asked of H20"):
        rules.check(db["h20"]).is_met("3A090.c")
    with pytest.raises(cc.ChipcalcError, match=r"no rule '3A090\.x'"):
        db.rules(as_of=DAY, only=["3A090.x"])


def test_a_timeline_tells_what_changed_and_when(db: cc.Database) -> None:
    found = db.timeline(db["a800-sxm"], rules=["3A090.a"]).changes
    assert [(each.day.isoformat(), each.after) for each in found][-1] == (
        "2023-11-17", "3A090.a.1 and 3A090.a.2",
    )  # fmt: skip
    with pytest.raises(cc.ChipcalcError, match="takes a chip"):
        db.timeline()


# Shipments.


@pytest.mark.parametrize("country", ["China", "cn", "CN", "CHN"])
def test_a_country_goes_by_any_of_its_names(db: cc.Database, rules: cc.Rules, country: str) -> None:
    found = rules.licence(db["h100"], to=country, end_user="other")
    assert (found.required, found.as_enforced) == (cc.Verdict.met, cc.Verdict.met)
    assert found.destinations == ("CN",)


@pytest.mark.parametrize("country", ["XX", "Chna", "D:5", ""])
def test_what_is_no_country_is_an_error_and_needs_no_less_a_licence(
    db: cc.Database, rules: cc.Rules, country: str
) -> None:
    with pytest.raises(cc.ChipcalcError, match="no country"):
        rules.licence(db["h100"], to=country)


def test_a_destination_is_said_in_one_way(db: cc.Database, rules: cc.Rules) -> None:
    with pytest.raises(cc.ChipcalcError, match="'destination' is not said so") as caught:
        rules.licence(db["h100"], to="CN", destination="DE")
    assert hint(caught) == "give it as to='CN'"


def test_shipments_to_all_countries_are_no_shipment_to_one(
    db: cc.Database, rules: cc.Rules
) -> None:
    found = rules.licence(db["h100"])
    assert not hasattr(found, "required")
    by_country = found.by_country()
    assert by_country["CN"].required
    assert by_country["HK"].required  # it counts as China
    assert {"CN", "DE", "US"} <= set(by_country)


def test_a_budget_counts_chips(db: cc.Database, rules: cc.Rules) -> None:
    found = rules.budget(db["h20"], tpp="1e6")
    (fitting,) = found.fittings
    assert fitting.counts[0].fewest == 1_000_000 // 2368
    with pytest.raises(cc.ChipcalcError):
        rules.budget(db["h20"], tpp="1 GB")


# Articles.


def test_an_article_is_answered_claim_by_claim(db: cc.Database) -> None:
    found = db.article("h20-returns-2025-07").check("a03", "a04")
    assert [(each.id, each.settlement) for each in found] == [
        ("a03", "holds"), ("a04", "literally true"),
    ]  # fmt: skip
    first = next(iter(found))
    assert first.lines()
    assert first.lines(lang="zh") != first.lines()
    with pytest.raises(cc.ChipcalcError, match="no article 'h20-returns'"):
        db.article("h20-returns")
    with pytest.raises(cc.ChipcalcError, match="no claim 'a99'"):
        db.article().check("a99")


# What every answer can do.


def test_every_answer_prints_itself_shortly_and_as_data(db: cc.Database, rules: cc.Rules) -> None:
    h20, h100 = db["h20"], db["h100"]
    for found in (
        h20,
        cc.compare(h20, h100),
        rules.check(h20),
        rules.headroom(h20),
        rules.licence(h100, to="CN"),
        rules.licence(h100),
        rules.budget(h20),
        db.timeline(h20),
        db.article().check("a03"),
    ):
        assert len(repr(found)) < 120
        assert len(str(found).splitlines()) > 1
        assert "<table" in found._repr_html_()
        assert "<body" not in found._repr_html_()
        assert found.to_html().startswith("<!DOCTYPE html>")
        assert "| " in found.to_markdown()
        assert "," in found.to_csv()
        assert json.loads(json.dumps(found.to_dict()))["schema"].startswith("chipcalc.")
    for figure in (h20.tpp, rules.check(h20)["3A090.a"], db, rules, db.article(), h20.tpp.quantity):
        assert len(repr(figure)) < 200


def test_a_frame_has_numbers_as_numbers_and_ids_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    library = SimpleNamespace(DataFrame=dict)
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", library)
    records = [{"chip": "910", "value": "1.5", "ratio": ""}, {"chip": "a10", "value": "2"}]
    assert frame(records) == {"chip": ["910", "a10"], "value": [1.5, 2.0], "ratio": [None, None]}


def test_every_answer_makes_a_frame_with_a_column_for_each_field(
    db: cc.Database, rules: cc.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=dict))
    monkeypatch.setitem(sys.modules, "polars", None)
    h20, open_one = db["h20"], db["ascend-920"]
    for found in (
        h20,
        cc.compare(h20, open_one),
        rules.check(open_one),
        rules.headroom(open_one),
        rules.licence(open_one, to="CN"),
        rules.licence(open_one),
        rules.budget(open_one),
        db.timeline(h20),
        db.article().check(),
    ):
        columns = found.to_frame()
        fields = {name for record in found.report().records() for name in record}
        assert set(columns) == fields
        values = [value for column in columns.values() for value in column]
        assert {type(value) for value in values} <= {str, float, type(None)}


def test_without_a_library_for_frames_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(cc.ChipcalcError) as caught:
        frame([{"chip": "a10"}])
    assert hint(caught) == "pip install pandas, or take to_dict()"
