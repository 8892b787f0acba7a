"""Tables with a row for each figure: the largest run counts, and what failed does not."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

import chipcalc as cc
from chipcalc.cli import app
from chipcalc.intake.long import wide
from chipcalc.intake.mapping import Long
from chipcalc.intake.table import Row, Table

LONG = Long(by="what", value="rate", unit="unit", only={"status": "OK"}, largest="size")

# As gpu-flops-bench prints its results: a burst at the small size, and no rate where none ran.
BENCH = """\
mode,gpu_name,precision,m,median_ms,throughput,unit,best,status
isolated,NVIDIA Z 9,int4,0,0.0,0.000000,,False,UNSUPPORTED
isolated,NVIDIA Z 9,int8,4096,0.2,665.267570,TOPS,True,OK
isolated,NVIDIA Z 9,int8,16384,15.4,569.680979,TOPS,False,OK
isolated,NVIDIA Z 9,fp64,2048,1.0,1.5,TFLOPS,True,OK
"""


def row(number: int, **cells: str) -> Row:
    return Row(number, {"name": "Z", "unit": "TOPS", "status": "OK", **cells})


def test_the_largest_run_counts_whatever_the_order() -> None:
    rows = (row(2, what="int8", rate="600", size="4096"), row(3, what="int8", rate="500", size="9"))
    for given in (rows, rows[::-1]):
        table = wide(Table(("name",), given), "name", LONG).table
        assert table.columns == ("name", "int8")
        (found,) = table.rows
        assert found.cells == {"name": "Z", "int8": "600 TOPS"}
        assert found.number == given[0].number
        assert found.place("int8") == (2, "rate")


def test_what_did_not_run_states_nothing() -> None:
    given = Table(("name",), (row(2, what="int4", rate="0", status="SKIPPED"),))
    table = wide(given, "name", LONG).table
    assert [each.cells for each in table.rows] == [{"name": "Z"}]


def test_a_run_whose_size_is_no_number_is_told_and_not_counted() -> None:
    rows = (
        row(2, what="int8", rate="600", size="large"),
        row(3, what="int8", rate="500", size="0"),
    )
    made = wide(Table(("name",), rows), "name", LONG)
    assert [each.cells["int8"] for each in made.table.rows] == ["500 TOPS"]
    ((number, column, text, why),) = made.faults
    assert (number, column, text) == (2, "size", "large")
    assert why == "no number, so that this figure is not counted"


def test_a_run_without_an_amount_hides_no_smaller_one() -> None:
    rows = (row(2, what="int8", rate="", size="9"), row(3, what="int8", rate="500", size="4"))
    made = wide(Table(("name",), rows), "name", LONG)
    assert [each.cells["int8"] for each in made.table.rows] == ["500 TOPS"]


def test_a_measured_rate_is_the_least_that_a_chip_makes(tmp_path: Path) -> None:
    path = tmp_path / "bench.csv"
    path.write_text(BENCH, encoding="utf-8")
    specs = tmp_path / "mine"
    result = CliRunner().invoke(app, ["import", str(path), "--specs", str(specs)])
    assert "(gpu-flops-bench)" in result.stdout
    db = cc.open(specs)
    (rate,) = db["nvidia-z-9"].sheet.statements["throughput"][:1]
    assert str(rate.statement.quantity) == "569.680979 TOPS"
    assert rate.statement.status == "unverified"
    assert rate.statement.at == "row 4, column throughput"
    assert "569.680979" in BENCH.splitlines()[4 - 1]
    assert db.rules(as_of="2026-11-27").check(db["nvidia-z-9"]).classification == "unknown"
