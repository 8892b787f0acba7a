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


def test_a_rate_of_an_unstated_engine_above_the_line_is_above_it(tmp_path: Path) -> None:
    """400 TFLOPS at 16 bits make 6,400, whichever engine makes them; the line is 4,800."""
    assert checked(tmp_path, "400", "unstated") == "3A090.a"
