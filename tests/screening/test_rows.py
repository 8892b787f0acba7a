"""What a row leaves open is never settled for it: engine, sparsity, units, numbers, words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from chipcalc.api.database import Database
from chipcalc.commands.screening import Wanted, screen
from chipcalc.errors import ChipcalcError
from chipcalc.screening.judge import Kind, Screened
from chipcalc.screening.table import ScreenedTable
from chipcalc.words import screening as words
from shared import STORE

AS_OF = "2026-07-31"


def table(tmp_path: Path, *lines: str, **wanted: object) -> ScreenedTable:
    """Return a table of some lines, screened."""
    path = tmp_path / "table.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    asked = Wanted(path, as_of=AS_OF)._replace(**wanted)  # type: ignore[arg-type]
    return screen(Database(STORE), asked)


def only(tmp_path: Path, *lines: str, **wanted: object) -> Screened:
    """Return the only row of a table."""
    (found,) = table(tmp_path, *lines, **wanted).rows
    return found


@pytest.mark.parametrize(
    "column",
    [
        "FP16 (TFLOPS)",
        "fp16_tflops",
        "Half precision [TFLOPS]",
        "半精度算力 (TFLOPS)",
        "BF16, TFLOPS",
    ],
)
def test_a_rate_without_engine_is_the_least_and_never_below(tmp_path: Path, column: str) -> None:
    """Public tables print vector rates under such names: an RTX 4090 has 82.6, and 330.3 dense."""
    found = only(tmp_path, f"Part\t{column}\tDie area (mm2)", "Mystery\t10\t800", separator="tab")
    assert found.kind is Kind.open


@pytest.mark.parametrize("column", ["FP32 (TFLOPS)", "FP16 vector (TFLOPS)", "FP64 [TFLOPS]"])
def test_vector_rates_alone_are_never_below(tmp_path: Path, column: str) -> None:
    assert only(tmp_path, f"Part,{column}", "Mystery,10").kind is Kind.open


def test_a_matrix_rate_of_a_wide_format_alone_is_never_below(tmp_path: Path) -> None:
    """INT8 or FP8, which are not given, have at least the bit-rate of FP16, and may have more."""
    assert only(tmp_path, "Part,FP16 dense (TFLOPS)", "Mystery,50").kind is Kind.open
    assert only(tmp_path, "Part,FP16 dense (TFLOPS)", "Mystery,300").kind is Kind.control


def test_a_rate_that_may_be_sparse_is_only_an_upper_bound(tmp_path: Path) -> None:
    """600 TOPS × 8 is on the line of 4,800; half of it, were it sparse, is not."""
    assert only(tmp_path, "Part,INT8 (TOPS),Market", "X,600,server").kind is Kind.open
    assert only(tmp_path, "Part,INT8 (TOPS),Market", "X,600 dense,server").kind is Kind.control
    assert only(tmp_path, "Part,INT8 dense (TOPS),Market", "X,600,server").kind is Kind.control
    # 199.9 × 8 < 1,600, dense or not
    assert only(tmp_path, "Part,INT8 (TOPS),Market", "X,199.9,server").kind is Kind.below


def test_a_cell_that_cannot_be_read_keeps_a_row_from_being_below(tmp_path: Path) -> None:
    lines = ("Part,INT8 (TOPS),FP8 (TFLOPS)", "X,100,40 or 80")
    found = only(tmp_path, *lines)
    assert found.kind is Kind.open
    assert "40 or 80" in words.why(found)


def test_a_unit_that_is_stated_nowhere_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError, match="in which unit is column 'INT8'") as raised:
        table(tmp_path, "Part,INT8", "X,600", "Y,700 TOPS")
    assert "throughput[" in raised.value.problems[0].hint
    said = ("INT8=throughput[int8,dense] TOPS",)
    found = table(tmp_path, "Part,INT8,Market", "X,600,server", columns=said)
    assert found.rows[0].paragraph == "3A090.a"
    # where every cell says its own, nothing is asked
    assert only(tmp_path, "Part,INT8,Market", "X,600 TOPS dense,server").kind is Kind.control


def test_bits_are_not_bytes_and_a_wrong_unit_is_no_reading(tmp_path: Path) -> None:
    found = table(tmp_path, "Part,INT8 (TOPS),Die size (W)", "X,600,5")
    assert [each.column for each in found.columns.left] == ["Die size (W)"]
    assert "not measured in W" in found.columns.left[0].why


def test_the_maker_of_a_row_refuses_a_chip_of_another_one(tmp_path: Path) -> None:
    """An A10 of Allwinner is a processor for tablets of 2012."""
    found = only(tmp_path, "Part,Maker", "A10,Allwinner")
    assert found.meant.sheets == ()
    assert "a10" in words.why(found)
    assert only(tmp_path, "Part,Maker", "A10,NVIDIA").meant.sheets[0].id == "a10"


def test_row_and_sheet_that_differ_are_told_and_settle_nothing_by_themselves(
    tmp_path: Path,
) -> None:
    """The L4 is sold for data centers; were it not, Note 2 would take it out below 4,800."""
    found = only(tmp_path, "Part,Market", "L4,gaming")
    assert found.kind is Kind.open
    assert "consumer in the row, datacenter in the sheet" in words.why(found)
    # an H100 is above 4,800 for any market
    assert only(tmp_path, "Part,Market", "H100 SXM5,gaming").kind is Kind.control


def test_a_rate_of_the_row_that_says_less_than_the_sheet_changes_nothing(tmp_path: Path) -> None:
    """1,979 is the dense INT8 rate of an H100, 3,958 the sparse one; the sheet has both."""
    for rate in ("1979", "3958"):
        found = only(tmp_path, "Part,INT8 (TOPS)", f"H100 SXM5,{rate}")
        assert found.kind is Kind.control
        assert "in the row" not in words.why(found)
    told = only(tmp_path, "Part,INT8 (TOPS)", "H100 SXM5,100")
    assert "100 TOPS in the row, 1,978.9 TOPS in the sheet" in words.why(told)


def test_circuits_have_their_shares_and_never_a_sum(tmp_path: Path) -> None:
    """Four circuits of 250 TOPS dense have 2,000 each; a sum would be 8,000 and on no line."""
    header = "Part,INT8 dense (TOPS),Die area (mm2),Chips per board,Market"
    total = only(tmp_path, header, "Card,1000 total,4 x 800,4,server")
    assert total.kind is Kind.below
    each = only(tmp_path, header, "Card,1000 each,4 x 800,4,server")
    assert each.paragraph == "4A090.a"
    # which of the two is not said
    assert only(tmp_path, header, "Card,1000,4 x 800,4,server").kind is Kind.open


def test_a_number_of_a_known_chip_is_an_item_that_contains_so_many(tmp_path: Path) -> None:
    """4A090 is asked of what contains circuits, 3A090 of a circuit."""
    board, circuit = table(tmp_path, "Part,Chips per board", "H100 SXM5,8", "H100 SXM5,1").rows
    assert (board.paragraph, circuit.paragraph) == ("4A090.a", "3A090.a")
    assert only(tmp_path, "Part", "8 x H100 SXM5").paragraph == "4A090.a"


def test_dies_may_be_of_one_circuit_or_of_several(tmp_path: Path) -> None:
    """2 × 400 mm² at 400 TOPS dense: 3,200 on 800 mm² is 4; two circuits have 1,600 on 400."""
    header = "Part,INT8 dense (TOPS),Die area (mm2),Market"
    found = only(tmp_path, header, "X,400 total,2 x 400,server")
    assert "2 dies in one circuit" in words.why(found) or found.kind is not Kind.below
    sure = only(tmp_path, header, "X,400,2 x 400,server", row="circuit")
    assert sure.paragraph == "3A090.b"


def test_figures_of_one_die_are_the_least_of_a_circuit(tmp_path: Path) -> None:
    header = "Part,INT8 dense (TOPS),Die area (mm2),Market"
    assert only(tmp_path, header, "X,100,800,server", row="die").kind is Kind.open
    assert only(tmp_path, header, "X,600,800,server", row="die").kind is Kind.control


def test_a_board_without_a_number_of_circuits_is_open(tmp_path: Path) -> None:
    found = only(tmp_path, "Part,INT8 dense (TOPS)", "X,10", row="board")
    assert found.kind is Kind.open
    assert "how many circuits" in words.why(found)


def test_the_law_of_a_row_is_that_of_its_own_day(tmp_path: Path) -> None:
    """88 FR 73458 was in effect from November 17, 2023: an L40 has 2,896 on 608.5 mm², 4.76."""
    found = table(tmp_path, "Part,As of", "L40,2023-11-16", "L40,2023-11-17", "L40,soon")
    before, after, unread = found.rows
    assert before.kind is not Kind.control
    assert after.paragraph == "3A090.b"
    assert unread.kind is Kind.open
    assert after.day == datetime.date(2023, 11, 17)


def test_a_destination_adds_whether_a_licence_is_required(tmp_path: Path) -> None:
    found = table(tmp_path, "Part,Destination", "H100 SXM5,China", "H100 SXM5,", to="CN")
    assert [words.licence(each) for each in found.rows] == ["required", "required"]
    assert words.licence(table(tmp_path, "Part", "H100 SXM5").rows[0]) == ""


@pytest.mark.parametrize(
    ("cell", "market"),
    [("Data Center", "datacenter"), ("数据中心", "datacenter"), ("Rechenzentrum", "datacenter"),
     ("Gaming", "consumer"), ("车载", "automotive")],
)  # fmt: skip
def test_markets_are_read_in_several_languages(tmp_path: Path, cell: str, market: str) -> None:
    found = only(tmp_path, "Part,INT8 (TOPS),Market", f"X,5,{cell}")
    assert dict(found.part.said) == {"market": market}


def test_a_word_that_is_not_known_is_a_fault_and_not_a_market(tmp_path: Path) -> None:
    found = only(tmp_path, "Part,INT8 dense (TOPS),Die area (mm2),Market", "X,400,700,DataCentre 2")
    assert found.part.faults
    assert found.kind is Kind.open


def test_columns_are_known_in_chinese_and_german(tmp_path: Path) -> None:
    found = table(
        tmp_path, "型号;厂商;INT8算力 (TOPS);芯片面积 (mm2);市场", "X;Y;600 稠密;800;数据中心"
    )
    assert found.rows[0].paragraph == "3A090.a"
    german = table(tmp_path, "Bezeichnung;Hersteller;INT8 dicht (TOPS);Chipfläche (mm²);Markt",
                   "X;Y;600,0;1.600,0;Rechenzentrum")  # fmt: skip
    assert german.rows[0].paragraph == "3A090.a"


def test_a_fault_stops_a_strict_run_and_is_counted_in_any(tmp_path: Path) -> None:
    lines = ("Part,INT8 (TOPS)", "X,5", "Y,40 or 80", "Z,10 or 20")
    assert len(table(tmp_path, *lines).faulty) == 2
    with pytest.raises(ChipcalcError, match=r"row 3, column 'INT8 \(TOPS\)': '40 or 80'"):
        table(tmp_path, *lines, strict=True)


def test_a_row_whose_cells_are_out_of_step_has_no_verdict(tmp_path: Path) -> None:
    """An unquoted decimal comma moves all cells behind it to the right."""
    found = only(tmp_path, "Part,INT8 dense (TOPS),Die area (mm2)", "X,1,600,800")
    assert found.kind is Kind.open
    assert "more than the table has columns" in words.why(found)


def test_a_column_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError, match="no column 'INT8'"):
        table(tmp_path, "Part,INT8 (TOPS)", "X,5", columns=("INT8=throughput[int8]",))


def test_a_table_that_says_nothing_of_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError, match="no column says which part"):
        table(tmp_path, "Colour,Size", "red,5")
