"""Frames come out as their rows do one by one, on every engine: no verdict given is another."""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.errors import ChipcalcError
from chipcalc.screening.judge import Judge, Kind
from chipcalc.screening.meaning import columns
from chipcalc.screening.rows import Reader, part
from chipcalc.screening.words import column_words
from chipcalc.words.screening import chips, licence, of_cell, of_named, of_shipped, verdict
from daily import daily
from needs import needed
from shared import RULEBOOK, STORE

pl = needed("polars")
needed("narwhals")
frames = needed("chipcalc.screening.frames")

WORDS = column_words(STORE.folders)
HEADER = (
    "INT8 (TOPS)",
    "INT8 dense (TOPS)",
    "FP16 dense (TFLOPS)",
    "FP16 (TFLOPS)",
    "FP8 sparse (TFLOPS)",
    "TF32 tensor dense (TFLOPS)",
    "Die size (mm²)",
    "Mem BW (GB/s)",
    "Market",
)
RATES = 6
MARKETS = ("data center", "gaming", "edge", None)
Row = Sequence[Any]
DAYS = (datetime.date(2023, 11, 17), datetime.date(2026, 7, 31))


@cache
def rules(day: datetime.date) -> Ruleset:
    """Return the rules of a day."""
    return Ruleset(RULEBOOK, day)


@cache
def judge(day: datetime.date) -> Judge:
    """Return what asks the rules of rows one by one."""
    return Judge(STORE, day, rules, lambda each: ShipmentRules(RULEBOOK, each))


def one_by_one(row: Row, day: datetime.date) -> str:
    """Return the verdict on a row that stands in a table as text."""
    read = columns(HEADER, WORDS, STORE.vocabulary, {})
    by = Reader(read, HEADER, WORDS, STORE.vocabulary, ".")
    texts = ["" if each is None else str(each) for each in row]
    found = judge(day).row(part(1, texts, by))
    if found.kind in (Kind.no_sheet, Kind.no_part):
        return str(frames.NO_FIGURES)
    return verdict(found)


def at_once(rows: Sequence[Row], day: datetime.date) -> list[str]:
    """Return the verdicts on a frame of rows."""
    found = frames.screen(frame(rows), {}, WORDS, rules(day))
    return list(found[frames.VERDICT])


def frame(rows: Sequence[Row]) -> Any:
    """Return rows as a frame of polars."""
    data = {name: [row[place] for row in rows] for place, name in enumerate(HEADER)}
    types = dict.fromkeys(HEADER[:-1], pl.Float64)
    return pl.DataFrame(data, schema_overrides={**types, "Market": pl.String})


def drawn(number: int, seed: int) -> list[Row]:
    """Return rows of which each cell is there or not, with amounts around the lines of rules."""
    dice = random.Random(seed)  # noqa: S311 no secret

    def amounts() -> Iterator[float | None]:
        for place in range(len(HEADER) - 1):
            if dice.random() < (0.65 if place < RATES else 0.4):
                yield None
            elif place < RATES:
                yield float(f"{math.exp(dice.uniform(math.log(5), math.log(2000))):.4g}")
            else:
                yield float(dice.randint(50, 1700))

    return [(*amounts(), dice.choice(MARKETS)) for _ in range(number)]


def near(value: float) -> list[float]:
    """Return an amount with those just beside it: by shares, and the neighbouring floats."""
    shares = (1e-15, 1e-13, 1e-11, 1e-9, 1e-8, 1e-6)
    beside = [value * (1 + sign * share) for share in shares for sign in (1, -1)]
    return [value, math.nextafter(value, math.inf), math.nextafter(value, 0), *beside]


def on_lines() -> list[Row]:
    """Return rows on the lines of 3A090, of TPP and of density, and just beside them."""
    found: list[Row] = []
    for tpp in (4800, 2400, 1600):
        found += [
            (None, each, None, None, None, None, area, None, "data center")
            for each in near(tpp / 8)
            for area in (None, 300.0, 1000.0)
        ]
    for density in (5.92, 3.2, 1.6):
        for area in near(3000 / density):
            found.append((None, 375.0, None, None, None, None, area, None, "data center"))
    return found


def disagreements(rows: Sequence[Row], day: datetime.date) -> tuple[list[Any], int]:
    """Return the rows whose verdict at once is another one, and how many are left open."""
    wrong, left = [], 0
    for row, found in zip(rows, at_once(rows, day), strict=True):
        exact = one_by_one(row, day)
        if found == Kind.open.value:
            left += exact != found
        elif found != exact:
            wrong.append((row, found, exact))
    return wrong, left


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("seed", daily(range(20), [1]))
def test_no_verdict_on_a_drawn_row_is_another_than_that_of_a_check(
    day: datetime.date, seed: int
) -> None:
    rows = drawn(120, seed)
    wrong, left = disagreements(rows, day)
    assert wrong == []
    assert left < len(rows) / 4  # most of what a check settles is settled at once


def test_no_verdict_on_a_line_or_beside_it_is_another_than_that_of_a_check() -> None:
    wrong, left = disagreements(on_lines(), DAYS[1])
    assert wrong == []
    assert left < len(on_lines())


def test_rows_that_lie_well_off_the_lines_are_settled() -> None:
    rows: list[Row] = [
        (None, 600.1, None, None, None, None, 400.0, None, "data center"),
        (None, 400.0, None, None, None, None, 800.0, None, "data center"),
        (None, 100.0, None, None, None, None, 800.0, None, "gaming"),
        (100.0, None, None, None, None, None, None, None, None),
        (None, None, None, 10.0, None, None, None, None, "data center"),
        (None, None, None, None, None, None, 800.0, None, "data center"),
    ]
    wanted = ["3A090.a", "3A090.b", "not 3A090", "not 3A090", "not settled", "no figures"]
    assert at_once(rows, DAYS[1]) == wanted


def test_single_floats_on_a_line_are_left_to_a_check() -> None:
    """3.2 × 750 mm² is 2,400: whether 750.0001 was meant, single digits do not tell."""
    doubles = frame([(None, 300.0, None, None, None, None, 750.0 + 1e-5, None, "data center")])
    singles = doubles.with_columns(pl.col(pl.Float64).cast(pl.Float32))
    assert list(frames.screen(singles, {}, WORDS, rules(DAYS[1]))[frames.VERDICT]) == [
        "not settled"
    ]


@pytest.mark.parametrize("amount", [math.inf, -math.inf, -5.0])
def test_amounts_that_none_can_have_are_faults(amount: float) -> None:
    rows = [(None, 600.1, amount, None, None, None, None, None, "data center")]
    found = frames.screen(frame(rows), {}, WORDS, rules(DAYS[1]))
    assert list(found[frames.FAULT]) == [True]
    assert list(found[frames.VERDICT]) == ["not settled"]


def test_what_is_not_a_number_is_missing_and_an_unknown_word_a_fault() -> None:
    rows: list[Row] = [
        (None, math.nan, None, None, None, None, None, None, "data center"),
        (None, 0.0, None, None, None, None, None, None, None),
        (None, 300.0, None, None, None, None, None, None, "moon"),
    ]
    found = frames.screen(frame(rows), {}, WORDS, rules(DAYS[1]))
    assert list(found[frames.VERDICT]) == ["no figures", "no figures", "not settled"]
    assert list(found[frames.FAULT]) == [False, False, True]


def engines() -> Mapping[str, Any]:
    """Return what makes a frame of each engine of one of polars, those that are installed."""
    made = {"polars lazily": lambda each: each.lazy()}
    try:
        import duckdb
        import pandas as pd
        import pyarrow as pa
    except ModuleNotFoundError:
        return made
    return {
        **made,
        "duckdb": lambda each: duckdb.from_arrow(each.to_arrow()),
        "pyarrow": lambda each: each.to_arrow(),
        "pandas": lambda each: pd.DataFrame(each.to_dict(as_series=False)),
        "pandas of pyarrow": lambda each: each.to_pandas(use_pyarrow_extension_array=True),
        "pandas with nulls": lambda each: pd.DataFrame(
            each.to_dict(as_series=False)
        ).convert_dtypes(dtype_backend="numpy_nullable"),
        "pyarrow table": lambda each: pa.table(each.to_dict(as_series=False)),
    }


@pytest.mark.parametrize("engine", engines())
def test_every_engine_has_the_same_verdicts(engine: str) -> None:
    rows = [*drawn(300, 7), *on_lines()]
    rows += [(None, each, None, None, None, None, 400.0, None, "edge") for each in (math.inf, -1.0)]
    wanted = frames.screen(frame(rows), {}, WORDS, rules(DAYS[1]))
    made = frames.screen(engines()[engine](frame(rows)), {}, WORDS, rules(DAYS[1]))
    import narwhals as nw

    found = nw.from_native(made)
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    for name in (frames.VERDICT, frames.FAULT):
        assert found[name].to_list() == wanted[name].to_list()


@pytest.mark.parametrize(
    ("column", "cell"),
    [("Chips per board", 4), ("As of", "2023-11-16"), ("Destination", "CN"), ("Row is", "board")],
)
def test_what_frames_cannot_tell_row_by_row_is_refused(column: str, cell: object) -> None:
    """Four circuits are not one with their sum, and a row of another day is under another law."""
    rows = pl.DataFrame({"INT8 dense (TOPS)": [600.1], column: [cell]})
    with pytest.raises(ChipcalcError, match=f"column '{column}'"):
        frames.screen(rows, {}, WORDS, rules(DAYS[1]))
    found = frames.screen(rows, {column: "ignore"}, WORDS, rules(DAYS[1]))
    assert list(found[column]) == [cell]


def test_columns_of_texts_are_not_read_as_numbers() -> None:
    rows = pl.DataFrame({"INT8 (TOPS)": ["320 TOPS"]})
    with pytest.raises(ChipcalcError, match="holds no numbers"):
        frames.screen(rows, {}, WORDS, rules(DAYS[1]))


def test_a_unit_that_no_name_says_is_asked_for() -> None:
    rows = pl.DataFrame({"INT8": [320.0]})
    with pytest.raises(ChipcalcError, match="in which unit is column 'INT8'"):
        frames.screen(rows, {}, WORDS, rules(DAYS[1]))
    said = {"INT8": "throughput[int8,dense] TOPS"}
    assert list(frames.screen(rows, said, WORDS, rules(DAYS[1]))[frames.VERDICT])


def settled(made: Any, day: datetime.date) -> tuple[list[str], list[str], list[str]]:
    """Return the verdicts on a frame whose open rows are settled, what they may be, and by what."""
    import narwhals as nw

    asked = frames.Settling(judge(day), of_cell)
    found = nw.from_native(frames.screen(made, {}, WORDS, rules(day), asked))
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    return tuple(found[each].to_list() for each in (frames.VERDICT, frames.MAY_BE, frames.DECIDES))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("seed", daily(range(20), [1]))
def test_settled_rows_come_out_as_those_that_are_checked_one_by_one(
    day: datetime.date, seed: int
) -> None:
    rows = [*drawn(120, seed), *on_lines()]
    exact = [one_by_one(row, day) for row in rows]
    verdicts, may_be, decides = settled(frame(rows), day)
    assert verdicts == exact
    for verdict_, maybe, why in zip(verdicts, may_be, decides, strict=True):
        assert bool(maybe) == bool(why) == (verdict_ == "not settled")


@pytest.mark.parametrize("engine", engines())
def test_every_engine_settles_the_same_rows_in_their_order(engine: str) -> None:
    rows = [*drawn(150, 11), *on_lines()]
    rows += [(None, each, None, None, None, None, 400.0, None, "edge") for each in (math.inf, -1.0)]
    wanted = settled(frame(rows), DAYS[1])
    found = settled(engines()[engine](frame(rows)), DAYS[1])
    assert found[0] == wanted[0]
    assert found[1:] == wanted[1:]


OWN_HEADER = (*HEADER, "As of", "Destination")
OF_DAYS = ("2023-11-16", "2023-11-17", "2024-04-04", "2026-07-31", "", None)
OF_COUNTRIES = ("CN", "Germany", "JP", None)


def of_rows(number: int, seed: int) -> list[Row]:
    """Return rows with a day and a destination of their own, or none."""
    dice = random.Random(seed)  # noqa: S311 no secret
    rows = [*drawn(number, seed), *on_lines()[::7]]
    return [(*each, dice.choice(OF_DAYS), dice.choice(OF_COUNTRIES)) for each in rows]


def own_frame(rows: Sequence[Row]) -> Any:
    """Return rows with days and destinations as a frame of polars."""
    plain = frame([each[:-2] for each in rows])
    more = {
        name: [row[place] for row in rows] for place, name in ((-2, "As of"), (-1, "Destination"))
    }
    return plain.with_columns(
        **{name: pl.Series(each, dtype=pl.String) for name, each in more.items()}
    )


def own_told(made: Any, to: str = "") -> list[tuple[str, str]]:
    """Return the verdict and the need of a licence of each row of a frame."""
    import narwhals as nw

    asked = frames.Settling(own_judge(to), of_cell, law=LAW, shipped=of_shipped)
    found = nw.from_native(frames.screen(made, {}, WORDS, rules(DAYS[1]), asked))
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    return list(zip(found[frames.VERDICT].to_list(), found[frames.LICENCE].to_list(), strict=True))


@cache
def shipments(day: datetime.date) -> ShipmentRules:
    """Return the rules of a day as they are asked of shipments."""
    return ShipmentRules(RULEBOOK, day)


LAW = frames.Law(rules, shipments)


@cache
def own_judge(to: str) -> Judge:
    """Return what asks the rules of any day of rows, one by one."""
    return Judge(STORE, DAYS[1], rules, shipments, to)


def own_one_by_one(row: Row, to: str = "") -> tuple[str, str]:
    """Return what becomes of a row that stands in a table as text."""
    read = columns(OWN_HEADER, WORDS, STORE.vocabulary, {})
    by = Reader(read, OWN_HEADER, WORDS, STORE.vocabulary, ".")
    found = own_judge(to).row(part(1, ["" if each is None else str(each) for each in row], by))
    if found.kind in (Kind.no_sheet, Kind.no_part):
        return str(frames.NO_FIGURES), ""
    return verdict(found), licence(found)


@pytest.mark.parametrize("to", ["", "CN"])
@pytest.mark.parametrize("seed", daily(range(10), [1]))
def test_rows_of_several_days_and_destinations_come_out_as_one_by_one(seed: int, to: str) -> None:
    rows = of_rows(60, seed)
    assert own_told(own_frame(rows), to) == [own_one_by_one(each, to) for each in rows]


@pytest.mark.parametrize("engine", engines())
def test_every_engine_has_the_same_verdicts_on_rows_of_several_days(engine: str) -> None:
    rows = of_rows(60, 3)
    assert own_told(engines()[engine](own_frame(rows))) == own_told(own_frame(rows))


def test_a_day_may_be_a_date_and_a_text_that_is_none_is_a_fault() -> None:
    """On 2023-11-16 there was no TPP: 88 FR 73458 is effective from 2023-11-17."""
    days = [datetime.date(2023, 11, 16), datetime.date(2023, 11, 17), None]
    made = pl.DataFrame({"INT8 dense (TOPS)": [601.0] * 3, "As of": days})
    asked = frames.Settling(own_judge(""), of_cell, law=LAW)
    found = frames.screen(made, {}, WORDS, rules(DAYS[1]), asked)
    assert found[frames.VERDICT][1] == found[frames.VERDICT][2] == "3A090.a"
    assert found[frames.VERDICT][0] != "3A090.a"
    texts = made.with_columns(pl.Series("As of", ["2023-11-16", "soon", "2026-07-31"]))
    found = frames.screen(texts, {}, WORDS, rules(DAYS[1]), asked)
    assert list(found[frames.FAULT]) == [False, True, False]
    assert found[frames.VERDICT][1] == "not settled"


NAMED_HEADER = ("Part", "Maker", "INT8 dense (TOPS)", "Mem BW (GB/s)", "Market", "As of")
NAMED_ROWS: Sequence[Row] = [
    ("NVIDIA H20", "NVIDIA", None, None, None, None),
    ("NVIDIA H20", "NVIDIA", None, 9000.0, None, None),
    ("NVIDIA H20", "NVIDIA", 900.0, None, None, None),
    ("NVIDIA H20", "Acme", 601.0, None, "data center", None),
    ("A100-80GB", None, None, None, None, "2023-11-16"),
    ("8 x H20", None, None, None, None, "2026-07-31"),
    ("NVIDIA H20", None, None, None, "automotive", None),
    ("Ascend 910B", "Huawei", None, None, None, None),
    ("In-house NPU", "Acme", 601.0, None, "data center", None),
    ("In-house NPU", "Acme", None, None, None, None),
    (None, None, 100.0, None, "gaming", None),
]


def named_one_by_one(row: Row) -> tuple[str, str]:
    """Return the verdict and the chips of a row that stands in a table as text."""
    read = columns(NAMED_HEADER, WORDS, STORE.vocabulary, {})
    by = Reader(read, NAMED_HEADER, WORDS, STORE.vocabulary, ".")
    found = own_judge("").row(part(1, ["" if each is None else str(each) for each in row], by))
    nothing = found.kind in (Kind.no_sheet, Kind.no_part)
    return str(frames.NO_FIGURES) if nothing else verdict(found), chips(found)


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize("dated", [True, False])
def test_rows_with_the_name_of_a_chip_come_out_as_one_by_one(engine: str, dated: bool) -> None:  # noqa: FBT001
    import narwhals as nw

    rows = [each if dated else (*each[:-1], None) for each in NAMED_ROWS]
    types = dict.fromkeys(NAMED_HEADER, pl.String) | dict.fromkeys(NAMED_HEADER[2:4], pl.Float64)
    made = pl.DataFrame(rows, schema=types, orient="row")
    made = made if dated else made.drop("As of")
    asked = frames.Settling(own_judge(""), of_cell, law=LAW, shipped=of_shipped, named=of_named)
    found = nw.from_native(frames.screen(engines()[engine](made), {}, WORDS, rules(DAYS[1]), asked))
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    told = [found[each].to_list() for each in (frames.VERDICT, frames.CHIP)]
    wanted = [named_one_by_one(each) for each in rows]
    assert list(zip(*told, strict=True)) == wanted
    differs = found[frames.DIFFERS].to_list()
    assert "in the row" in differs[1]
    assert "in the sheet" in differs[1]
    assert not differs[0]
    assert "automotive in the row" in differs[6]
