"""The contract of a check of claims: its keys, its figures, and the same as flat records."""

from __future__ import annotations

from typing import Any

from chipcalc.contract import claims
from chipcalc.sheets.store import Store
from chipcalc.words.claims.speaker import speaker
from chipcalc.words.language import ENGLISH
from claimed import answers


def data(store: Store, *ids: str) -> dict[str, Any]:
    """Return the contract of the answers to some made-up claims, or to all."""
    article, found = answers(store, *ids)
    return claims.data(article, found, speaker(article, store.vocabulary, ENGLISH))


def test_the_contract_has_its_keys(store: Store) -> None:
    found = data(store)
    assert found["schema"] == "chipcalc.claims/2"
    assert found["article"]["published"] == "2024-01"
    for each in found["claims"]:
        assert {"claim", "says", "verdict", "computed", "readings"} <= set(each)
        for case in (*each["computed"], *each["readings"]):
            assert {"label", "verdict", "value", "unit"} <= set(case)
            assert case["value"] is None or case["value"] >= 0


def test_the_contract_gives_figures_as_numbers_and_exact(store: Store) -> None:
    (claim,) = data(store, "half")["claims"]
    assert claim["verdict"] == "fails"
    assert [each["value"] for each in claim["computed"]] == [0.4, 0.4]
    assert [each["exact"] for each in claim["computed"]] == ["0.4", "0.4"]


def test_a_reading_of_the_contract_has_a_label_and_a_value(store: Store) -> None:
    (claim,) = data(store, "link")["claims"]
    first = claim["readings"][0]
    assert first["label"].startswith("a20 read as each direction")
    assert (first["value"], first["unit"], first["verdict"]) == (400, "GB/s", "met")


def test_of_each_figure_there_is_one_flat_record(store: Store) -> None:
    article, found = answers(store, "link")
    rows = claims.records(found, speaker(article, store.vocabulary, ENGLISH))
    assert [(each["kind"], each["chip"], each["value"]) for each in rows][:3] == [
        ("claim", "", ""),
        ("figure", "a20", "800"),
        ("reading", "a20", "400"),
    ]
