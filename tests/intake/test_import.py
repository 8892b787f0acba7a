"""Tables taken over: every figure unverified, with its unit, condition and row; nothing guessed."""

from pathlib import Path

from typer.testing import CliRunner

import chipcalc as cc
from chipcalc.cli import app
from chipcalc.lint.paths import paths

COLUMNS = (
    "Hardware name,Manufacturer,Release date,Tensor-FP16/BF16 performance (FLOP/s),"
    "FP16 (half precision) performance (FLOP/s),Memory (bytes),Memory bandwidth (byte/s),TDP (W)"
)
ROWS = (
    "NVIDIA Z100 80GB,NVIDIA,2024-02-01,989400000000000.0,133800000000000.0,80000000000.0,3350000000000.0,700.0",
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
    assert "2 left as they are" in imported(tmp_path)
    assert path.read_text(encoding="utf-8").startswith("# mine")
