"""A rate whose source names no engine: the least that a chip makes, never proof of being below."""

from pathlib import Path

import pytest

import chipcalc as cc

SHEET = """
id: z-unstated
name: Z Unstated
vendor: nvidia
market: {value: datacenter, status: unverified, source: [t]}
sources:
  t: {title: A table, publisher: A shop, url: "https://example.org/t.csv", accessed: 2026-11-27}
values:
  throughput:
    - {value: RATE, unit: TFLOPS, when: {format: fp16, engine: ENGINE, sparsity: dense},
       status: unverified, source: [t]}
"""


def checked(folder: Path, rate: str, engine: str, formats: str = "") -> str:
    """Return how a chip is classified that states one rate at FP16."""
    path = folder / "chips" / "nvidia" / "z-unstated.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = SHEET.replace("RATE", rate).replace("ENGINE", engine) + formats
    path.write_text(text, encoding="utf-8")
    db = cc.open(folder)
    return db.rules(as_of="2026-11-27").check(db["z-unstated"]).classification


@pytest.mark.parametrize("formats", ["", "formats: [fp16]\n", "formats: [fp16, int8]\n"])
def test_a_low_rate_of_an_unstated_engine_settles_nothing(formats: str, tmp_path: Path) -> None:
    """RTX 4090: 82.6 TFLOPS at FP16 is the vector rate, and four times that the tensor rate."""
    assert checked(tmp_path, "82.6", "unstated", formats) == "unknown"


def test_the_only_rate_of_a_known_engine_settles_what_the_list_of_formats_closes(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path, "82.6", "vector", "formats: [fp16]\n")
    assert "3A090" not in found


def test_an_unverified_vector_rate_without_a_list_of_formats_settles_nothing(
    tmp_path: Path,
) -> None:
    assert checked(tmp_path, "82.6", "vector") == "unknown"


def test_vector_rates_alone_without_a_list_of_formats_settle_nothing() -> None:
    """DCU Z100 and MT-3000: tables print vector rates, and tell of no other unit."""
    db = cc.open()
    for name in ("dcu-z100", "mt-3000"):
        assert db.rules(as_of="2026-11-27").check(db[name]).classification == "unknown"


def test_that_a_sheet_has_the_fastest_format_is_said_to_be_assumed() -> None:
    """Of the SA8295P its sources print INT8 alone; of the H20 NVIDIA lists all formats."""
    db = cc.open()
    for name, assumed in (("sa8295p", True), ("h20", False), ("h100-sxm", False)):
        found = db.rules(as_of="2026-11-27").check(db[name]).to_dict()["chips"][0]
        assert found["formats_assumed"] is assumed, name


def test_a_rate_of_an_unstated_engine_above_the_line_is_above_it(tmp_path: Path) -> None:
    """400 TFLOPS at 16 bits make 6,400, whichever engine makes them; the line is 4,800."""
    assert checked(tmp_path, "400", "unstated") == "3A090.a"
