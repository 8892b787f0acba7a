"""The contract of a comparison: versioned JSON, and the same as flat records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from amounts import amount, decimals, no_amount
from chipcalc.comparison.comparison import Comparison, compare
from chipcalc.comparison.options import Options
from chipcalc.contract.compare import data, records
from chipcalc.schema.source import Source
from chipcalc.schema.types import date
from chipcalc.sheets.store import Store
from chipcalc.words.labels import citation


def together(store: Store, *chips: str, **options: Any) -> Comparison:
    """Return the comparison of some chips."""
    return compare([store.sheet(chip) for chip in chips], store.vocabulary, Options(**options))


def row(found: Mapping[str, Any], **when: str) -> Any:
    """Return the one row under some conditions."""
    (only,) = [each for each in found["rows"] if when.items() <= each["when"].items()]
    return only


def test_the_json_of_a_comparison_is_the_contract(store: Store) -> None:
    found = data(together(store, "a10", "b100-pcie", metrics=("board_power",)))
    assert found == {
        "schema": "chipcalc.compare/2",
        "base": "a10",
        "chips": ["a10", "b100-pcie"],
        "availability": {"a10": None, "b100-pcie": None},
        "modes": {"a10": None, "b100-pcie": None},
        "rows": [
            {
                "metric": "board_power",
                "when": {},
                "unit": "W",
                "values": {
                    "a10": {
                        **amount("400"),
                        "unit": "W",
                        "status": "official",
                        "derived": False,
                        "source": ["a10-datasheet"],
                        "because": None,
                    },
                    "b100-pcie": {
                        **amount("300", "300", "350"),
                        "unit": "W",
                        "status": "reported",
                        "derived": False,
                        "source": ["press-table"],
                        "because": None,
                    },
                },
                "ratios": {"a10": amount("1"), "b100-pcie": amount("0.75", "0.75", "0.875")},
                "best": "b100-pcie",
            }
        ],
    }
    assert json.loads(json.dumps(found)) == found


def test_unknown_is_null_with_its_kind_beside_it_and_so_is_its_ratio(store: Store) -> None:
    found = row(data(together(store, "a10", "p1", metrics=("memory_capacity",))))
    value = found["values"]["p1"]
    assert no_amount().items() <= value.items()
    assert (value["status"], value["unit"]) == ("unknown", "GB")
    assert value["because"]
    assert found["ratios"]["p1"] is None
    assert found["best"] is None


def test_a_bound_has_no_value_and_one_end_and_so_has_its_ratio(store: Store) -> None:
    """640 TOPS with a sparsity that is not known are at most 640 dense: 1.6 × the 400 of an A10."""
    found = row(data(together(store, "a10", "lt910", metrics=("throughput",))), format="int8")
    value = found["values"]["lt910"]
    ends = {"value": None, "low": None, "high": 640, "exact": None, "exact_high": "640"}
    assert ends.items() <= value.items()
    assert (value["status"], value["derived"], value["source"]) == ("bound", None, [])
    assert value["because"] == "only published as: sparse, ratio not stated"
    ratio = found["ratios"]["lt910"]
    assert (ratio["value"], ratio["low"], ratio["high"], ratio["exact_high"]) == (
        None, None, 1.6, "1.6",
    )  # fmt: skip
    assert found["best"] is None


@pytest.mark.parametrize(
    ("chip", "metric", "status"),
    [
        ("a20", "host_bandwidth", "not offered"),
        ("p1", "performance_density", "undefined"),
    ],
)
def test_what_cannot_have_a_figure_says_why_and_is_not_unknown(
    chip: str, metric: str, status: str, store: Store
) -> None:
    value = row(data(together(store, "a10", chip, metrics=(metric,))))["values"][chip]
    assert value["status"] == status
    assert value["because"]
    assert (value["value"], value["low"], value["high"], value["source"]) == (None, None, None, [])


def test_a_row_names_its_conditions(store: Store) -> None:
    found = data(together(store, "a10", "a20", metrics=("throughput",)))
    assert row(found, format="fp16")["when"] == {"format": "fp16", "engine": "tensor"}
    assert row(found, format="fp16")["unit"] == "TFLOPS"


def test_a_derived_figure_says_so_and_names_the_sources_of_its_parts(store: Store) -> None:
    value = row(data(together(store, "a10", "b100-sxm", metrics=("performance_density",))))
    assert value["values"]["b100-sxm"] == {
        **amount("16"),
        "unit": "TOPS*bit/mm^2",
        "status": "reported",
        "derived": True,
        "source": ["b100-page", "press-table"],
        "because": None,
    }


def test_an_amount_in_another_currency_brings_its_unit(store: Store) -> None:
    found = row(data(together(store, "a10", "lt910", metrics=("price",))))
    assert found["unit"] == "kUSD"
    assert found["values"]["a10"]["value"] == 10
    assert found["values"]["lt910"]["value"] == 100000
    assert found["values"]["lt910"]["unit"] == "CNY"
    assert found["values"]["a10"]["unit"] == "kUSD"


def test_a_ratio_without_a_finite_decimal_form_is_a_fraction_too(store: Store) -> None:
    found = row(data(together(store, "b100-pcie", "a20", metrics=("tpp",))))
    assert found["ratios"]["a20"] == amount("2/3")
    assert found["ratios"]["a20"]["value"] == 0.6666666666666666


def test_flat_records_say_the_same_one_for_each_chip_of_each_row(store: Store) -> None:
    found = list(records(together(store, "a10", "b100-pcie", metrics=("board_power", "price"))))
    row = {"metric": "board_power", "when": "", "unit": "W", "because": "", "derived": "false"}
    row |= {"availability": "", "availability_as_of": ""}
    assert found[:2] == [
        {
            **row,
            "chip": "a10",
            "name": "Acme A10",
            **decimals("400"),
            "status": "official",
            "source": "a10-datasheet",
            **ratios("1"),
            "best": "false",
        },
        {
            **row,
            "chip": "b100-pcie",
            "name": "Acme B100 PCIe",
            **decimals("300", "300", "350"),
            "status": "reported",
            "source": "press-table",
            **ratios("0.75", "0.75", "0.875"),
            "best": "true",
        },
    ]
    assert [(e["metric"], e["chip"], e["unit"], e["value"], e["ratio"]) for e in found[2:]] == [
        ("price", "a10", "kUSD", "10", "1"),
        ("price", "b100-pcie", "kUSD", "", ""),
    ]
    assert len({tuple(each) for each in found}) == 1


def ratios(*ends: str) -> dict[str, str]:
    """Return the ratio of a flat record whose decimals all end."""
    return {f"ratio_{name}".removesuffix("_value"): text for name, text in decimals(*ends).items()}


def test_a_decimal_that_never_ends_has_its_fraction_beside_it(store: Store) -> None:
    """8,000 is two thirds of 12,000."""
    found = list(records(together(store, "b100-pcie", "a20", metrics=("tpp",))))
    assert [(each["ratio"], each["ratio_exact"]) for each in found] == [
        ("1", ""),
        ("0.6666666666666666", "2/3"),
    ]


def test_a_record_of_what_is_not_offered_differs_from_one_of_what_is_unknown(
    store: Store,
) -> None:
    found = records(together(store, "a20", "p1", metrics=("host_bandwidth",)))
    assert [(each["chip"], each["status"], each["value"]) for each in found] == [
        ("a20", "not offered", ""),
        ("p1", "unknown", ""),
    ]


def test_a_record_writes_its_conditions_and_its_unit(store: Store) -> None:
    found = list(records(together(store, "a10", "a20", metrics=("throughput",))))
    assert found[0]["when"] == "format=int8 engine=tensor"
    assert [each["unit"] for each in found][:4] == ["TOPS", "TOPS", "TFLOPS", "TFLOPS"]
    prices = list(records(together(store, "a10", "lt910", metrics=("price",))))
    assert [each["unit"] for each in prices] == ["kUSD", "CNY"]


def test_the_records_and_the_json_agree(store: Store) -> None:
    found = together(store, "lt910", "z1", "b100-sxm", "p1")
    flat = {(each["metric"], each["when"], each["chip"]): each for each in records(found)}
    for each in data(found)["rows"]:
        when = " ".join(f"{name}={value}" for name, value in each["when"].items())
        for chip, value in each["values"].items():
            record = flat.pop((each["metric"], when, chip))
            ratio = each["ratios"][chip] or {}
            for end in ("value", "low", "high"):
                assert (float(record[end]) if record[end] else None) == value[end]
            assert (float(record["ratio"]) if record["ratio"] else None) == ratio.get("value")
            assert record["status"] == value["status"]
            assert (record["best"] == "true") == (each["best"] == chip)
    assert not flat


@pytest.mark.parametrize(
    ("published", "line"),
    [
        ("2025-03", "P: T (2025-03). https://p.example"),
        (None, "P: T. https://p.example"),
    ],
)
def test_a_citation_names_publisher_title_date_and_address(
    published: str | None, line: str
) -> None:
    source = Source(
        title="T",
        publisher="P",
        url="https://p.example",
        published=date(published) if published else None,
        accessed=date("2026-01-02"),
    )
    assert citation(source) == line
