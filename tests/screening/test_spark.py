"""Spark, with the Java that pip brings, gives every row the verdict that it has elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chipcalc.cli import app
from chipcalc.commands import spark
from chipcalc.errors import ChipcalcError
from needs import needed

pl = needed("polars")
needed("pyspark")
pytestmark = pytest.mark.filterwarnings("ignore")  # Spark leaves sockets to the end of its process

VERDICT = "chipcalc verdict"


@pytest.mark.parametrize("settle", ["--settle", "--no-settle"])
def test_spark_and_one_machine_agree_row_by_row(tmp_path: Path, settle: str) -> None:
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
        words = ("screen", str(table), "--as-of", "2026-07-31", "-o", str(out), settle, *more)
        result = CliRunner().invoke(app, words, prog_name="chipcalc")
        assert result.exit_code == 1, result.stderr  # for amounts that none can have
        files = sorted(out.glob("*.parquet")) if out.is_dir() else [out]
        found.append((result.stdout, pl.read_parquet(files).sort("id")))
    (said, one), (also, many) = found
    assert said == also
    assert one.columns == many.columns
    for column in one.columns[4:]:
        assert one[column].to_list() == many[column].to_list()
    assert {"3A090.a", "not settled", "no figures"} <= {*one[VERDICT]}


def test_spark_and_one_machine_agree_on_rows_of_several_days_and_destinations(
    tmp_path: Path,
) -> None:
    rates, days = (600.1, 300.0, 100.0), ("2023-11-16", "2026-07-31", "soon", None)
    rows = [(rate, day, to) for rate in rates for day in days for to in ("CN", "Japan", None)]
    names = ("INT8 dense (TOPS)", "As of", "Destination")
    data = dict(zip(names, zip(*rows, strict=True), strict=True))
    table = tmp_path / "parts.parquet"
    pl.DataFrame(data).with_row_index("id").write_parquet(table)
    found = []
    for name, more in (("one", ()), ("many", ("--engine", "spark", "--master", "local[1]"))):
        out = tmp_path / f"{name}.parquet"
        words = ("screen", str(table), "--as-of", "2026-07-31", "-o", str(out), "--settle", *more)
        assert CliRunner().invoke(app, words, prog_name="chipcalc").exit_code == 1  # no day "soon"
        files = sorted(out.glob("*.parquet")) if out.is_dir() else [out]
        found.append(pl.read_parquet(files).sort("id"))
    one, many = found
    assert one.columns == many.columns
    assert one.rows() == many.rows()
    assert {"required", "not required"} <= {*one["chipcalc licence"]}


def test_a_spark_that_needs_a_whole_java_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark 4 asks for the module jdk.incubator.vector, which the Java that pip brings lacks."""
    monkeypatch.setattr("pyspark.__version__", "4.0.1")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ChipcalcError, match=r"Spark 4\.0\.1 needs an installed Java"):
        spark.java()
