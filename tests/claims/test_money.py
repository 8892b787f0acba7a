"""Money of two currencies compares through a rate of exchange of the user's, or not at all."""

from __future__ import annotations

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.figures.exchange import NeedsRate, exchanges, is_exchange
from chipcalc.sheets.store import Store
from chipcalc.values import units
from claimed import ask, compare, values


def test_without_a_rate_money_of_two_currencies_does_not_compare(store: Store) -> None:
    found = compare(store, "a10.price", "equals: 72000 CNY")
    assert found.settlement == "outside the spec sheets"
    assert found.needs == NeedsRate("CNY", "USD")
    assert "CNY" in found.needs.because
    assert "USD" in found.needs.because


@pytest.mark.parametrize("rate", ["7.2 CNY/USD", "0.13888888888888888888888888889 USD/CNY"])
def test_a_rate_is_taken_either_way_round(store: Store, rate: str) -> None:
    relation = "between: [71999.9 CNY, 72000.1 CNY]"
    assert compare(store, "a10.price", relation, "", rate).settlement == "holds"


def test_prices_in_two_currencies_make_a_ratio(store: Store) -> None:
    """100,000 CNY at 8 CNY per USD against 10,000 USD."""
    found = compare(store, "lt910.price", "equals: '1.25'", "a10.price", "8 CNY/USD")
    assert found.settlement == "holds"


def test_what_a_sum_buys_needs_the_right_rate(store: Store) -> None:
    text = "buys: {amount: 720000 CNY, price: a10.price}"
    assert ask(store, text).needs
    assert ask(store, text, "8 EUR/USD").needs
    found = ask(store, text, "7.2 CNY/USD")
    assert values(found) == {("a10",): [10]}
    assert not found.needs


def test_the_same_currency_needs_no_rate(store: Store) -> None:
    assert values(ask(store, "buys: {amount: 30000 USD, price: a10.price}")) == {("a10",): [3]}


def test_a_sum_of_something_else_buys_nothing(store: Store) -> None:
    with pytest.raises(ChipcalcError):
        ask(store, "buys: {amount: 30 GB, price: a10.price}")


@pytest.mark.parametrize(
    ("unit", "is_rate"),
    [("CNY/USD", True), ("CNY*USD", False), ("CNY/(USD*s)", False), ("CNY", False), ("W", False)],
)
def test_a_rate_is_one_currency_for_another(unit: str, is_rate: bool) -> None:  # noqa: FBT001
    assert is_exchange(units.unit(unit)) is is_rate


def test_money_goes_through_each_rate() -> None:
    rate, sum_ = units.quantity("8 CNY/USD"), units.quantity("16 CNY")
    assert [each.amount.best for each in exchanges(sum_, [rate])] == [128, 2]
