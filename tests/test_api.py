"""The names a script may rely on do what a script needs."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from chipcalc import api
from chipcalc.store import Store


def test_every_name_that_is_promised_is_there() -> None:
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
    assert len(set(api.__all__)) == len(api.__all__)


def test_a_script_opens_the_folders_and_asks_for_an_exact_figure(store: Store) -> None:
    opened = api.open_store(store.folders)
    answer = api.Evaluator(opened.sheet("a10"), opened.vocabulary).figure("performance_density")
    assert isinstance(answer, api.Figure)
    assert answer.value.to(api.unit("TOPS*bit/mm^2")).amount.best == Fraction(4)


def test_a_script_compares_chips(store: Store) -> None:
    sheets = [store.sheet("a10"), store.sheet("a20")]
    found = api.compare(sheets, store.vocabulary, api.Options(metrics=("tpp",)))
    assert isinstance(found, api.Comparison)
    (line,) = found.lines
    assert line.ratios[1] == api.Interval(*[Fraction(5, 2)] * 3)


def test_a_script_calculates(store: Store) -> None:
    report, _ = api.calculate("a20.memory_bandwidth / 500 GB/s", store)
    assert report.data()["value"] == "8"


def test_a_script_asks_for_a_licence() -> None:
    opened = api.open_store()
    day = api.Day(api.Rulebook(opened), datetime.date(2026, 3, 1), shipments=True)
    item = api.suppose(opened.sheet("h20"), {"headquarters": "CN"}, opened.vocabulary)
    found = api.shipment(day, item, "CN")
    assert isinstance(found, api.Shipment)
    assert found.licence.enforced.verdict is api.Verdict.not_met


def test_a_script_sees_why_there_is_no_figure(store: Store) -> None:
    answer = api.Evaluator(store.sheet("p1"), store.vocabulary).figure("memory_capacity")
    assert isinstance(answer, api.Missing)
    assert answer.kind == "unknown"


def test_a_script_catches_every_problem_with_one_exception(store: Store) -> None:
    for action in (
        lambda: store.choose("a1O"),
        lambda: api.quantity("5 Watt"),
        lambda: api.calculate("1 +", store),
    ):
        with pytest.raises(api.ChipcalcError) as caught:
            action()
        assert all(isinstance(each, api.Problem) for each in caught.value.problems)
        assert caught.value.problems


# Nothing that is asked wrongly is answered as if it were right.


def test_a_word_that_no_rule_knows_is_an_error_and_not_a_fact_that_none_asks_for() -> None:
    opened = api.open_store()
    day = api.Day(api.Rulebook(opened), datetime.date(2026, 2, 1))
    evaluator = api.Evaluator(opened.sheet("l4"), opened.vocabulary)
    for given, hint in (
        ({"market": "datacentre"}, "did you mean 'datacenter'?"),
        ({"markt": "datacenter"}, "did you mean 'market'?"),
    ):
        with pytest.raises(api.ChipcalcError) as caught:
            day.check(evaluator, given)
        assert caught.value.problems[0].hint == hint


def test_a_shipment_knows_its_country_by_any_of_its_names() -> None:
    opened = api.open_store()
    day = api.Day(api.Rulebook(opened), datetime.date(2026, 2, 1), shipments=True)
    item = api.suppose(opened.sheet("h100-sxm"), {}, opened.vocabulary)
    for name in ("CN", "cn", "China"):
        found = api.shipment(day, item, name)
        assert (found.countries, found.licence.printed.verdict) == (("CN",), api.Verdict.met)
    with pytest.raises(api.ChipcalcError, match="no country 'XX'"):
        api.shipment(day, item, "XX")


def test_rules_that_were_asked_about_items_say_nothing_of_a_shipment() -> None:
    opened = api.open_store()
    day = api.Day(api.Rulebook(opened), datetime.date(2026, 2, 1))
    item = api.suppose(opened.sheet("h100-sxm"), {}, opened.vocabulary)
    with pytest.raises(ValueError, match="make them for shipments"):
        api.shipment(day, item, "CN")


def test_an_unknown_verdict_is_neither_true_nor_false() -> None:
    assert api.Verdict.met
    assert not api.Verdict.not_met
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(api.Verdict.unknown)
