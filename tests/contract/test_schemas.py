"""What every command prints as JSON: as its schema says, numbers that are their exact texts."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from chipcalc.cli import app
from chipcalc.contract.rules import one
from chipcalc.contract.schemas.outputs import OUTPUTS
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure
from contracts import amounts, faults
from daily import daily
from printed import PRINTING
from shared import RULEBOOK, STORE

CHIPS = [each.id for each in STORE.all()]
SOME = "h20 orin-x thor-x journey-6p metax-c500-oam ascend-910 cloudblazer-t20 jetson-agx-orin-64gb"
ALL = " ".join(CHIPS)
PLAIN = re.compile(r"-?\d+([.]\d+)?")
DAY = "--as-of 2026-03-01"
PARTS = shlex.quote(str(Path(__file__).parents[2] / "docs" / "parts.csv"))
COMMANDS = {
    "compare": [
        "compare h20 h100",
        f"compare {SOME} --at '2 op/B'",
        "compare h20 h100 --when h100:sparsity=2:4 --sort tpp",
        "compare h20 h100 --all-statements --percent -m throughput",
        "compare h100 ascend-910c --base h20 -m price -m board_power --sources",
        *(f"compare {' '.join(each)}" for each in daily([CHIPS], [CHIPS[::8]])),
    ],
    "check": [
        f"check {SOME} {DAY} --explain",
        "check h20 l40 --as-of 2020-01-01",
        f"check rtx-5090 ascend-910b1 {DAY} --regime eu",
        "check a100-sxm dgx-a100 --as-of 2026-03-01 --regime all",
        f"check a30 {DAY}",
        f"check h20 {DAY} --set memory_bandwidth=5TB/s --item board",
        f"check h20 {DAY} --party fabricator",
        "check --throughput int8=296TOPS --die-area 814mm2 --market datacenter --as-of 2023-11-17",
        f"check --throughput int8=400TOPS --die-area 500mm2 {DAY}",
        "check --item memory --set memory_bandwidth=819GB/s --as-of 2025-01-15",
        "check l40 h20 --as-of 2023-11-10",
    ],
    "why-not": [
        f"check h20 metax-c500-oam b200 {DAY} --why-not 3A090.b",
        f"check l40 {DAY} --why-not 3A090.a.1",
    ],
    "screen": [
        f"screen {PARTS} --as-of 2026-07-31",
        f"screen {PARTS} --to CN --as-of 2026-07-31",
    ],
    "headroom": [
        f"headroom {SOME} {DAY}",
        f"headroom --die-area 814mm2 --market datacenter {DAY}",
        f"headroom b200 {DAY}",
        "headroom b200 --as-of 2026-03-01 --regime jp",
    ],
    "headroom-max": [
        f"headroom h20 a100-sxm --max {DAY}",
        f"headroom --max --die-area 814mm2 --market datacenter {DAY}",
    ],
    "timeline": [
        "timeline a800-sxm h20 rtx-4090 metax-c500-oam",
        "timeline h800-sxm --regime jp",
    ],
    "timeline-licence": ["timeline a800-sxm h20 --to CN --to NI"],
    "diff": [
        "diff l40 h20 metax-c500-oam --between 2023-11-16 2026-01-15",
        "diff l40 --between 2023-11-16 2024-03-15 --to NI",
        "diff h20 --between 2024-01-01 2024-02-01",
        "diff h800-sxm --between 2026-02-13 2026-02-14 --regime jp",
    ],
    "licence": [
        f"licence l40 --to SA {DAY}",
        f"licence h100-sxm --to CN {DAY} --explain",
        f"licence h200-sxm --to CN --export {DAY}",
        f"licence a30 --to CN --matrix {DAY}",
        f"licence h20 h100-sxm l40 --to CN --to SA --to DE {DAY}",
        f"licence rtx-4090 {DAY}",
        f"licence metax-c500-oam --to Cambodia --export --hq KH --parent-hq KH {DAY}",
        "licence h20 --to CN --as-of 2020-01-01",
        "licence l40 h20 --to CN --to DE --as-of 2023-11-10",
        "licence l40 --as-of 2023-11-10",
    ],
    "budget": [
        f"budget h100-sxm h20 ascend-950pr metax-c500-oam {DAY}",
        "budget b200 --name nveu",
        f"budget h100-sxm metax-c500-oam --tpp 26900000 {DAY}",
    ],
    "groups": [f"groups {DAY}", "groups --as-of 2019-01-01"],
    "group": [f"groups D:5 {DAY}"],
    "country": [f"groups UAE {DAY}"],
    "rules": [f"rules {DAY}", "rules --as-of 2019-01-01", "rules --regime eu", "rules --regime uk"],
    "regimes": ["rules --regime all"],
    "rule": [
        "rules 3A090.a",
        "rules 3A501.a.16",
        "rules us-lpp",
        f"rules us-licence-a {DAY}",
        "rules us-tariff-232",
    ],
    "claim": [
        "claims --that 'h20 = 20 % of h100' --that 'thor-x = 8 x orin-x' --as-of 2026-02-01",
        "claims --that 'h20 = half of ascend' --that 'b30a = more than 18 x 4800 TOPS*bit'",
        "claims --that '4800 TOPS*bit / 16 bit = 150 TFLOPS' --that 'h20 = 2 x the limit'",
    ],
    "claims": [
        "claims h20-returns-2025-07",
        "claims h20-returns-2025-07 b02 --lang zh --rate '7.2 CNY/USD' --explain a01",
    ],
    "show": [f"show {ALL}"],
    "list": [
        "list",
        "list -m tpp -m performance_density -m price -m link_bandwidth --sort throughput",
        "list -m throughput --when format=int8,sparsity=2:4 --market edge",
        "list --vendor nvidia --family drive -m board_power",
        "list --vendor amd -m tpp --as-of 2026-02-01",
    ],
    "metrics": ["metrics"],
    "metric": ["metrics tpp", "metrics throughput", "metrics arithmetic_intensity"],
    "units": ["metrics --units"],
    "import": [shlex.join([*PRINTING["import"]])],
    "calc": [
        "calc 'h20.tpp / h20.die_area'",
        "calc 'h20.throughput[fp16] / h20.board_power'",
        "calc 1/3",
        "calc 1e99*1e99*1e99/3",
    ],
}
EVERY = [each for commands in COMMANDS.values() for each in commands]


@cache
def printed(command: str, form: str = "json") -> str:
    """Return what a command prints in a format."""
    result = CliRunner().invoke(app, [*shlex.split(command), "-f", form], prog_name="chipcalc")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def told(command: str) -> Any:
    """Return what a command prints as JSON, read by a program; no constant that JSON has not."""

    def refuse(constant: str) -> Any:
        raise ValueError(constant)

    return json.loads(printed(command), parse_constant=refuse)


def rows(command: str) -> list[dict[str, str]]:
    """Return the lines of the CSV of a command."""
    return list(csv.DictReader(io.StringIO(printed(command, "csv"))))


def test_every_contract_has_a_command_here() -> None:
    filed = {"record", "replay"}  # tests/commands/test_record.py
    linted = {"lint"}  # tests/lint/test_kinds.py
    assert {*COMMANDS, "articles", *filed, *linted} == set(OUTPUTS)


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_schema_is_one_and_lets_no_other_key_in(name: str) -> None:
    schema = OUTPUTS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for each in objects(schema):
        assert "additionalProperties" in each
        if "required" in each:
            assert set(each["required"]) == set(each["properties"])


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema of every object in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for each in schema.values():
            yield from objects(each)
    if isinstance(schema, list):
        for each in schema:
            yield from objects(each)


@pytest.mark.parametrize(
    ("name", "command"),
    [(name, each) for name, found in COMMANDS.items() for each in found],
    ids=[each[:60] for each in EVERY],
)
def test_what_a_command_prints_is_what_its_schema_says(name: str, command: str) -> None:
    data = told(command)
    assert data["schema"] == OUTPUTS[name]["title"]
    assert faults(data) == []
    for place, number, exact in amounts(data):
        assert (number is None) == (exact is None), place
        if exact is not None:
            check_amount(place, number, Fraction(exact))


def check_amount(place: str, number: Any, exact: Fraction) -> None:
    """Assert that a number is the exact one, or the nearest that a program can have."""
    assert type(number) in (int, float), place
    if exact.denominator == 1:
        assert (type(number), number) == (int, exact), place
    else:
        assert number == exact or abs(exact - Fraction(number)) <= abs(exact) / 2**53, place


def test_the_schemas_refuse_what_is_wrong() -> None:
    """A text for a number, a key too many, and one too few are each refused."""
    data = told("calc 'h20.tpp / 3'")
    assert faults(data) == []
    assert faults({**data, "value": "789.33"})
    assert faults({**data, "note": "new"})
    assert faults({name: each for name, each in data.items() if name != "exact"})
    assert faults({**data, "exact": "789.33…"})


@pytest.mark.parametrize("chips", daily([CHIPS], [CHIPS[3::16]]), ids=["chips"])
@pytest.mark.parametrize("command", ["check", "headroom"])
def test_it_holds_for_chips_of_every_kind(command: str, chips: list[str]) -> None:
    assert faults(told(f"{command} {' '.join(chips)} {DAY}")) == []


METRICS = sorted(STORE.vocabulary.metrics)


@pytest.mark.parametrize("metrics", daily([METRICS], [METRICS[::4]]), ids=["metrics"])
def test_all_chips_are_listed_with_metrics_of_every_kind(metrics: list[str]) -> None:
    data = told(f"list {' '.join(f'-m {name}' for name in metrics)}")
    assert [each["chip"] for each in data["chips"]] == CHIPS
    assert faults(data) == []


def test_the_criteria_of_every_rule_are_a_tree_whose_leaves_say_what_they_ask() -> None:
    """Every comparison of a rule's own text is there, with the operator and the amount of it."""
    for versions in RULEBOOK.provisions.values():
        data = one(versions[0].rule, versions, RULEBOOK)
        assert faults(data) == []
        for version in data["versions"]:
            found = list(comparisons(version["criteria"])) + list(comparisons(version["shipment"]))
            text = json.dumps(version)
            assert all(each["operator"] in (">=", ">", "<=", "<") for each in found)
            assert text.count('"kind": "comparison"') == len(found)


def comparisons(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the comparisons of a tree of criteria, whatever stands around them."""
    if tree is None:
        return
    if tree["kind"] == "comparison":
        yield tree
    of = [tree["of"]] if "of" in tree else []
    for each in (*of, *tree.get("parts", ()), *tree.get("exceptions", ())):
        yield from comparisons(each)


def test_3a090_a_reads_as_the_regulation_has_it() -> None:
    """88 FR 73458: 4,800 or more; or 1,600 or more and a density of 5.92 or more."""
    data = told("rules 3A090.a --as-of 2026-02-01")
    (version,) = data["versions"]
    asked = {
        (each["metric"], each["operator"], each["amount"], each["unit"])
        for each in comparisons(version["criteria"])
    }
    assert {
        ("tpp", ">=", 4800, "TOPS*bit"),
        ("tpp", ">=", 1600, "TOPS*bit"),
        ("performance_density", ">=", 5.92, "TOPS*bit/mm^2"),
    } <= asked


def test_a_program_that_selects_by_a_number_finds_what_the_figures_say() -> None:
    """What ``jq '.chips[] | select(.tpp > 4800)'`` selects: jq takes any text as more."""
    figures = [Evaluator(each, STORE.vocabulary).figure("tpp", {}) for each in STORE.all()]
    best = [each.value.amount.best for each in figures if isinstance(each, Figure)]
    chips = told("list -m tpp")["chips"]
    assert all(each["tpp"] is None or type(each["tpp"]) in (int, float) for each in chips)
    selected = [each for each in chips if each["tpp"] is not None and each["tpp"] > 4800]
    assert len(selected) == sum(each > 4800 for each in best)
    assert 0 < len(selected) < len(best) < len(chips)
    lacking = {each["chip"]: each["tpp_status"] for each in chips if each["tpp"] is None}
    several = {name for name in lacking if STORE.sheet(name).contents}  # each circuit has its own
    assert {name for name, status in lacking.items() if status == "undefined"} == several
    assert {*lacking.values()} == {"unknown", "bound", "undefined"}


@pytest.mark.parametrize("command", EVERY, ids=[each[:60] for each in EVERY])
def test_csv_has_ids_in_chip_plain_decimals_and_the_same_columns_in_every_line(
    command: str,
) -> None:
    found = rows(command)
    text = printed(command, "csv")
    assert all(None not in each and None not in each.values() for each in found)
    if found:
        assert text.splitlines()[0].split(",") == list(found[0])
    ids = {*CHIPS, "given"}
    if command.startswith("import"):  # the ids that its sheets would have
        ids |= {each["chip"] for each in found if each["result"] == "would be made"}
    for each in found:
        assert set(each.get("chip", "").split()) <= ids, each
        for _, number, exact in amounts(each):
            assert not exact or "/" in exact, each
            assert not number or PLAIN.fullmatch(number), each
            if exact:
                check_amount(str(each), json.loads(number), Fraction(exact))


@pytest.mark.parametrize(
    ("chip", "launched"),
    [
        ("ascend-310", ("2018-10-10", "2018-10-10", "day")),
        ("mdc-810", ("2021-04-01", "2021-04-30", "month")),
        ("ascend-310p", ("2021-01-01", "2021-12-31", "year")),
        ("ascend-920", ("", "", "")),
    ],
)
def test_a_launch_is_two_days_and_how_exactly_it_is_known(
    chip: str, launched: tuple[str, str, str]
) -> None:
    assert STORE.sheet(chip).chip.launched or not any(launched)
    keys = [f"launched_{each}" for each in ("from", "to", "precision")]
    (row,) = [each for each in rows("list --vendor huawei") if each["chip"] == chip]
    assert tuple(row[each] for each in keys) == launched
    (shown,) = told(f"show {chip}")["chips"]
    assert tuple(shown[each] or "" for each in keys) == launched


def test_the_document_names_every_schema() -> None:
    document = (Path(__file__).parents[2] / "docs" / "json-and-csv.md").read_text(encoding="utf-8")
    named = document.partition("## Amounts")[0]
    assert set(OUTPUTS) <= set(re.findall(r"`([a-z-]+)`", named))
