"""Spark, with the Java that pip brings, gives every row the verdict that it has elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app

pl = pytest.importorskip("polars", reason="pip install polars narwhals")
pytest.importorskip("pyspark", reason="pip install 'chipcalc[spark]'")
pytestmark = pytest.mark.filterwarnings("ignore")  # Spark leaves sockets to the end of its process

VERDICT, FAULT = "chipcalc verdict", "chipcalc fault"


def test_spark_and_one_machine_agree_row_by_row(tmp_path: Path) -> None:
    rates = [599.9, 600.0, 600.0000001, 600.1, 100.0, -1.0, float("inf"), float("nan"), None, 0.0]
    areas = [300.0, 800.0, None]
    rows = [
        (rate, area, word) for rate in rates for area in areas for word in ("server", "?", None)
    ]
    data = dict(
        zip(("INT8 dense (TOPS)", "Die size (mm²)", "Market"), zip(*rows, strict=True), strict=True)
    )
    table = tmp_path / "parts.parquet"
    pl.DataFrame(data).with_row_index("id").write_parquet(table)
    found = []
    for name, more in (("one", ()), ("many", ("--engine", "spark", "--master", "local[1]"))):
        out = tmp_path / f"{name}.parquet"
        words = ("screen", str(table), "--as-of", "2026-07-31", "-o", str(out), *more)
        result = CliRunner().invoke(app, words, prog_name="chipcalc")
        assert result.exit_code == 1, result.stderr  # for amounts that none can have
        files = sorted(out.glob("*.parquet")) if out.is_dir() else [out]
        found.append((result.stdout, pl.read_parquet(files).sort("id")))
    (said, one), (also, many) = found
    assert said == also
    for column in (VERDICT, FAULT):
        assert one[column].to_list() == many[column].to_list()
    assert {"3A090.a", "not settled", "no figures"} <= {*one[VERDICT]}
