"""What people see: whole commands against golden text, their exit status and their streams."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from typer.main import get_command
from typer.testing import CliRunner, Result

from chipcalc.cli import app, application
from chipcalc.cli.completion import circumstance_options


class GoldenText(SingleFileSnapshotExtension):
    """Snapshots as text files in tests/golden."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def run(*arguments: str, stdin: str = "") -> Result:
    """Return what a command prints and its exit status."""
    return CliRunner().invoke(app, list(arguments), input=stdin, prog_name="chipcalc")


CHECKS = {
    "check": "check h20 --as-of 2023-11-17",
    "check-explained": "check h20 --as-of 2026-02-01 --explain",
    "check-a-board": "check h100-sxm --as-of 2026-02-01 --item board",
    "check-a-system": "check gb200-nvl72 --as-of 2026-02-01",
    "check-circuits": "check --circuit int8=217.5TOPS,die=400mm2,count=4 --as-of 2026-02-01"
    " --market datacenter",
    "check-a-board-of-unknown-circuits": "check mlu370-x8 --as-of 2026-02-01",
    "check-what-decides": "check ascend-950pr --as-of 2026-02-01",
    "check-both-ways-to-count": "check cloudblazer-t20 --as-of 2026-02-01",
    "check-several-units": "check jetson-agx-orin-64gb --as-of 2026-02-01",
    "check-declared": "check a30 --as-of 2026-02-01 --rule 3A090.a --rule 3A090.b",
    "check-many": "check h20 l20 'ascend-910*' --as-of 2026-02-01",
    "check-a-fabricator": "check h20 --as-of 2026-02-01 --party fabricator"
    " --rule us-foundry-presumption",
    "check-memory": "check --item memory --set memory_bandwidth=819GB/s --set package_area=121mm2"
    " --as-of 2025-01-15",
    "check-a-spec": "check --throughput int8=296TOPS --die-area 814mm2 --market datacenter"
    " --as-of 2023-11-17",
    "check-without-a-market": "check --throughput int8=400TOPS --die-area 500mm2 --as-of 2026-02-01"
    " --rule 3A090.a --rule 3A090.b",
    "check-before-any-rule": "check h20 --as-of 2020-01-01",
    "check-why-not": "check h20 --as-of 2026-02-01 --why-not 3A090.b",
    "check-json": "check h20 --as-of 2026-02-01 --rule 3A090.b -f json",
    "check-csv": "check h20 l40 --as-of 2026-02-01 -f csv",
    "check-markdown": "check h20 --as-of 2023-11-17 -f markdown",
    "headroom": "headroom h20 --as-of 2023-11-17",
    "headroom-whole": "headroom h20 --as-of 2026-02-01 --all",
    "headroom-of-many": "headroom h20 'ascend-9*' --as-of 2026-02-01",
    "headroom-largest": "headroom --max --die-area 814mm2 --market datacenter --as-of 2026-02-01",
    "headroom-of-a-chip": "headroom h20 --max --as-of 2026-02-01",
    "check-coming": "check l40 --as-of 2023-11-10",
    "check-coming-limit": "check --set process_node=5nm --set applicable_die_area=300mm2"
    " --set transistors=33billion --set tpp=1000 --set processing_performance=125TOPS"
    " --set io_bandwidth=100GB/s --set memory_kind=other --market datacenter --party fabricator"
    " --packaging fabricator --as-of 2026-11-27",
    "check-coming-for-many": "check h20 l40 a800-sxm --as-of 2023-11-10",
    "diff": "diff l40 --between 2023-11-16 2023-11-17 --to CN",
    "diff-of-two": "diff h20 l40 --between 2023-11-16 2026-01-15",
    "diff-nothing": "diff h20 --between 2024-04-03 2024-04-05 --to CN",
    "diff-json": "diff l40 --between 2023-11-16 2023-11-17 --to CN -f json",
    "diff-csv": "diff l40 h20 --between 2023-11-16 2023-11-17 -f csv",
    "timeline-of-a-licence": "timeline h20 --to CN",
    "timeline-of-licences": "timeline l40 a800-sxm --to CN --export",
    "timeline-of-a-licence-whole": "timeline h20 --to CN --all",
    "timeline-of-a-licence-csv": "timeline l40 --to CN --export -f csv",
    "licence-coming": "licence l40 --to CN --as-of 2023-11-10",
    "licence-coming-worldwide": "licence l40 --as-of 2023-11-10",
    "timeline": "timeline a800-sxm h20 rtx-4090",
    "timeline-whole": "timeline a800-sxm h20 rtx-4090 --all",
    "timeline-of-many": "timeline a800-sxm h20 rtx-4090 h100-sxm ascend-910b4 --rule 3A090.a"
    " --rule 3A090.b --rule us-letter-2025-04",
    "licence": "licence h100-sxm --to CN --as-of 2026-02-01",
    "licence-by-letter-only": "licence h20 --to CN --as-of 2026-02-01",
    "licence-notified": "licence rtx-4090 --to CN --export --as-of 2023-11-17",
    "licence-by-headquarters": "licence l40 --to SG --as-of 2026-03-01",
    "licence-by-declared-figure": "licence a30 --to CN --export --as-of 2026-03-01",
    "licence-explained": "licence l40 --to SA --hq SA --parent-hq SA --as-of 2026-03-01 --explain",
    "licence-unsure-country": "licence l40 --to Cambodia --hq KH --parent-hq KH"
    " --as-of 2026-01-20 --export",
    "licence-with-a-tariff": "licence h200-sxm --to CN --export --as-of 2026-03-01",
    "licence-of-memory": "licence --item memory --set memory_bandwidth_density=3GB/(s*mm^2)"
    " --to CN --hq US --parent-hq US --exporter-hq US --as-of 2026-03-01",
    "licence-worldwide": "licence rtx-4090 --as-of 2026-03-01",
    "licence-matrix": "licence h20 h100-sxm l40 --to CN --to SA --to DE --export"
    " --hq SG --parent-hq SG --as-of 2026-03-01",
    "licence-json": "licence l40 --to SA --as-of 2026-03-01 -f json",
    "licence-csv": "licence h20 h100-sxm --to CN --to DE --as-of 2026-03-01 -f csv",
    "licence-markdown": "licence h20 --to CN --as-of 2026-03-01 -f markdown",
    "budget": "budget h100-sxm h20 ascend-950pr --as-of 2026-03-01",
    "budget-by-name": "budget b200 --name nveu",
    "budget-of-ones-own": "budget h100-sxm --tpp 26900000 --as-of 2026-03-01",
    "budget-json": "budget h100-sxm --name LPP --as-of 2026-03-01 -f json",
    "groups": "groups --as-of 2026-02-01",
    "group": "groups D:5 --as-of 2026-02-01",
    "groups-of-a-country": "groups UAE --as-of 2026-07-10",
    "claims": "claims h20-returns-2025-07 a01 a04 a07 b02",
    "claims-in-chinese": "claims h20-returns-2025-07 a01 a07 b09 --lang zh --rate '7.2 CNY/USD'",
    "claims-explained": "claims h20-returns-2025-07 --explain a02",
    "claims-markdown": "claims h20-returns-2025-07 a02 a09 -f markdown",
    "claims-json": "claims h20-returns-2025-07 a02 -f json",
    "rules": "rules --as-of 2026-02-01",
    "rule": "rules 3A090.a",
    "rule-whole": "rules 3A090.a --all",
}
SCREENS = {
    "compare": ["compare", "h20", "h100"],
    "compare-at-an-intensity": [
        "compare",
        "h20",
        "h100",
        "--at",
        "2 op/B",
        "-m",
        "memory_bandwidth",
    ],
    "compare-in-per-cent": ["compare", "h20", "h100", "--percent", "-m", "throughput"],
    "compare-many": [
        "compare",
        "h20",
        "ascend-910*",
        "-m",
        "throughput",
        "-m",
        "tpp",
        "--when",
        "format=fp16",
    ],
    "compare-automotive": ["compare", "orin-x", "thor-x", "jetson-t5000"],
    "compare-mixed-readings": [
        "compare",
        "h20",
        "h100",
        "--when",
        "h100:sparsity=2:4",
        "-m",
        "throughput",
    ],
    "compare-all-statements": ["compare", "h20", "h100", "--all-statements", "-m", "throughput"],
    "compare-sources": ["compare", "h20", "orin-x", "-m", "tpp", "--sources"],
    "compare-csv": ["compare", "h20", "h100", "-m", "tpp", "-m", "memory_bandwidth", "-f", "csv"],
    "compare-json": ["compare", "h20", "orin-x", "-m", "link_bandwidth", "-m", "tpp", "-f", "json"],
    "compare-markdown": [
        "compare",
        "h20",
        "h100",
        "-m",
        "tpp",
        "-m",
        "board_power",
        "-f",
        "markdown",
    ],
    "compare-html": ["compare", "h20", "h100", "-m", "tpp", "-f", "html"],
    "compare-latex": ["compare", "h20", "h100", "-m", "tpp", "-m", "board_power", "-f", "latex"],
    "show": ["show", "h20"],
    "show-a-variant": ["show", "h20-3e"],
    "list": ["list", "--family", "ascend", "--sort", "tpp"],
    "metrics": ["metrics"],
    "metric": ["metrics", "performance_density"],
    "calc": ["calc", "h20.memory_bandwidth / h100-sxm.memory_bandwidth"],
    "calc-units": ["calc", "h20.throughput[fp16] / h20.board_power"],
    **{name: shlex.split(command) for name, command in CHECKS.items()},
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_command_prints_what_its_golden_file_shows(
    name: str, snapshot: SnapshotAssertion
) -> None:
    result = run(*SCREENS[name])
    assert result.exit_code == 0
    shown = f"[stderr]\n{result.stderr}[stdout]\n" if result.stderr else ""
    assert shown + result.stdout == snapshot(extension_class=GoldenText)


MISTAKES = {
    "no-such-chip": ["compare", "h2O", "h100"],
    "one-chip": ["compare", "h20"],
    "the-same-chip-twice": ["compare", "h20", "HGX H20"],
    "no-such-metric": ["compare", "h20", "h100", "-m", "bandwith"],
    "no-such-condition": ["compare", "h20", "h100", "--when", "format=fp17"],
    "a-frequency-as-intensity": ["compare", "h20", "h100", "--at", "2 GHz"],
    "an-intensity-without-unit": ["compare", "h20", "h100", "--at", "2"],
    "no-such-file": ["compare", "nowhere.yaml", "h20"],
    "no-such-folder": ["compare", "h20", "h100", "--specs", "nowhere"],
    "a-decimal-comma": ["calc", "3,35 TB/s to GB/s"],
    "bits-or-bytes": ["calc", "600 Gb/s to GB/s"],
    "a-plural": ["calc", "4 Tops to TOPS"],
    "unlike-quantities": ["calc", "h20.tpp + h20.memory_bandwidth"],
    "unpublished": ["calc", "h20.throughput[fp64, tensor]"],
    "ambiguous": ["calc", "h100-sxm.throughput[fp64]"],
    "a-family-in-calc": ["calc", "thor.tpp"],
    "not-an-expression": ["calc", "__import__('os').system('ls')"],
    "no-such-vendor": ["list", "--vendor", "nvidea"],
    "no-such-schema": ["schema", "chips"],
    "no-such-article": ["claims", "h2O-returns"],
    "no-such-claim": ["claims", "h20-returns-2025-07", "a99"],
    "no-rate": ["claims", "--rate", "7 GB/s"],
    "no-such-day": ["check", "h20", "--as-of", "2023-13-01"],
    "nothing-to-check": ["check"],
    "no-such-market": ["check", "h20", "--market", "moon"],
    "nothing-to-set": ["check", "h20", "--set", "tpp"],
    "no-such-rule": ["rules", "3A091"],
    "no-such-paragraph": ["check", "h20", "--as-of", "2026-02-01", "--why-not", "3A090.x"],
    "no-such-country": ["licence", "h20", "--to", "Norwegia"],
    "an-ambiguous-country": ["licence", "h20", "--to", "Korea"],
    "two-transactions": ["licence", "h20", "--to", "CN", "--export", "--reexport"],
    "steps-of-a-matrix": ["licence", "h20", "h100-sxm", "--to", "CN", "--explain"],
    "nothing-to-ship": ["licence"],
    "a-rule-without-a-limit": ["budget", "h20", "--name", "NAC"],
    "a-limit-of-another-kind": ["budget", "h20", "--tpp", "5 GB/s"],
    "a-limit-of-another-day": ["budget", "h20", "--name", "LPP", "--as-of", "2024-01-01"],
    "no-such-group": ["groups", "D:9"],
    "nothing-to-solve": ["headroom", "--max", "--market", "datacenter", "--as-of", "2026-02-01"],
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_clear_error_and_nothing_on_stdout(
    name: str, snapshot: SnapshotAssertion
) -> None:
    result = run(*MISTAKES[name])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == snapshot(extension_class=GoldenText)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b\n",
        "id: [",
        "a: 1\na: 2\n",
        "\x00",
        "id: x\nname: &a y\n",
        "[" * 9999,
        "{}",
        "42",
    ],
    ids=["empty", "list", "unclosed", "twice", "control", "anchor", "deep", "nothing", "number"],
)
def test_a_bad_sheet_on_stdin_is_an_error_without_a_traceback(text: str) -> None:
    result = run("compare", "-", "h20", stdin=text)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: <stdin>")
    assert "Traceback" not in result.stderr


def test_a_sheet_on_stdin_is_compared_like_a_built_in_one() -> None:
    sheet = """
id: mine
name: Mine
vendor: me
values:
  memory_bandwidth:
    - {value: 8, unit: TB/s, status: estimated, note: a plan}
"""
    result = run("compare", "-", "h20", "-m", "memory_bandwidth", "-f", "json", stdin=sheet)
    row = json.loads(result.stdout)["rows"][0]
    assert row["ratios"]["h20"]["value"] == 0.5


def test_every_problem_of_a_sheet_is_reported_with_its_line(tmp_path: Path) -> None:
    sheet = tmp_path / "bad.yaml"
    sheet.write_text(
        "id: bad\nname: Bad\nvendor: me\nvalues:\n  memory_bandwidth:\n"
        "    - {value: 3, unit: GHz, status: reported, source: [nobody]}\n"
        "  throughput:\n    - {value: 1, unit: TOPS, status: estimated, note: x}\n",
        encoding="utf-8",
    )
    result = run("lint", str(sheet))
    assert result.exit_code == 1
    assert f"{sheet}:6: values.memory_bandwidth[0].unit: 'GHz' is a frequency" in result.stdout
    assert result.stdout.count("bad.yaml:8: values.throughput[0]: throughput needs its") == 3


def named_commands() -> dict[str, Any]:
    """Return every command by its name."""
    return {
        str(each.name or getattr(each.callback, "__name__", "")): each
        for each in app.registered_commands
    }


@pytest.mark.parametrize("name", sorted(named_commands()))
def test_every_command_has_help_with_examples_that_it_takes(name: str) -> None:
    """The server for assistants takes no more than where its specs are."""
    text = run(name, "--help").stdout
    shown = re.findall(r"^  chipcalc (.*)$", text, re.MULTILINE)
    assert len(shown) >= (2 if name == "mcp" else 3)
    group: Any = get_command(app)
    for each in shown:
        words = shlex.split(each.partition(" > ")[0])
        assert words[0] == name
        context = group.make_context("chipcalc", [*words])
        group.get_command(context, name).make_context(name, words[1:], parent=context)


def test_the_options_of_a_command_stand_in_groups() -> None:
    text = run("licence", "--help").stdout
    titles = re.findall(r"^([A-Z].*):$", text, re.MULTILINE)
    assert titles[-6:] == [
        "Options",
        "What is supposed",
        "The shipment",
        "The law",
        "The answer",
        "Files",
    ]
    law = text.partition("The law:")[2].partition("The answer:")[0]
    assert "--as-of" in law
    assert "--format" not in law


@pytest.mark.parametrize(
    ("name", "shipment"),
    [("check", False), ("headroom", False), ("timeline", True), ("licence", True), ("memo", True)],
)
def test_commands_take_every_circumstance_that_has_an_option(name: str, *, shipment: bool) -> None:
    """Those of shipments are for the command about shipments alone."""
    words = set(run(name, "--help").stdout.split())
    known = circumstance_options()
    assert {each.flag for each in known if not each.shipment} <= words
    assert ({each.flag for each in known if each.shipment} <= words) is shipment


def test_the_help_names_every_command() -> None:
    named = {
        each.name or each.callback.__name__ for each in app.registered_commands if each.callback
    }
    looking_up = {"calc", "show", "list", "metrics", "lint", "schema", "new", "import"}
    shipping = {"licence", "budget", "groups"}
    checking = {"check", "headroom", "timeline", "diff", "rules"}
    filing = {"memo", "replay", "screen", "mcp", "chart", "report", "serve", "site"}
    assert named == {"compare", "claims", *filing, *checking, *shipping, *looking_up}


def test_help_version_and_completion_load_nothing_heavy() -> None:
    """Start-up stays quick: the heavy libraries load only when a command needs them."""
    heavy = {
        "pint",
        "yaml",
        "tabulate",
        "narwhals",
        "chipcalc.schema.base",
        "chipcalc.values.units",
    }
    for arguments in (["--help"], ["--version"], ["compare", "--help"]):
        code = (
            "import sys\nfrom chipcalc.cli import app\n"
            f"try: app({arguments!r})\nexcept SystemExit: pass\n"
            "print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert not heavy & set(done.stderr.split())


def test_completion_offers_chips_families_and_metrics() -> None:
    def completed(line: str) -> list[str]:
        environment = {
            **os.environ,
            "_CHIPCALC_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        code = "from chipcalc.cli import app\napp(prog_name='chipcalc')"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        return done.stdout.split()

    found = {"h100", "h100-nvl", "h100-pcie", "h100-sxm", "h100-sxm-96gb"}
    assert found == set(completed("chipcalc compare h100"))
    assert "ascend" in completed("chipcalc show asc")
    assert "memory_bandwidth" in completed("chipcalc compare h20 h100 --metric memory_b")


def test_a_closed_pipe_ends_a_command_quietly() -> None:
    command = f"{sys.executable} -m chipcalc list | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert re.match(r"\d+ chips, ", done.stdout)
    assert done.stderr == ""


def test_a_pipe_takes_the_result_of_a_calculation_alone() -> None:
    result = run("calc", "h20.board_power")
    assert result.stdout == "400–550 W\n"
    assert "h20.yaml:" in result.stderr
    assert "reported" in result.stderr


def test_a_file_takes_a_calculation_with_what_it_rests_on(tmp_path: Path) -> None:
    file = tmp_path / "power.txt"
    run("calc", "h20.board_power", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("400–550 W\n")
    assert "h20.yaml:" in text


def test_vendors_of_a_list_are_those_that_are_named_in_any_way() -> None:
    """Twice, and with a comma, each name counts."""
    counts = [int(run("list", "--count", "--vendor", each).stdout) for each in ("amd", "intel")]
    twice = run("list", "--count", "--vendor", "amd", "--vendor", "intel").stdout
    comma = run("list", "--count", "--vendor", "amd, intel").stdout
    assert int(twice) == int(comma) == sum(counts)


def test_colour_is_for_terminals_only() -> None:
    assert "\x1b" not in run("compare", "h20", "h100").stdout


def test_no_line_of_the_first_comparison_is_wider_than_eighty_columns() -> None:
    assert max(map(len, run("compare", "h20", "h100").stdout.splitlines())) <= 80


def test_a_command_is_there_without_the_modules_of_the_others() -> None:
    code = (
        "import sys; from chipcalc.cli import application;"
        "found = application('compare');"
        "print(*(m for m in sys.modules if m.startswith('chipcalc.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "chipcalc.cli.comparing" in loaded
    assert not loaded & {f"chipcalc.cli.{each}" for each in ("checking", "licensing", "articles")}


def test_a_name_that_is_no_command_finds_all_of_them() -> None:
    names = {
        each.name or each.callback.__name__
        for each in application("chek").registered_commands
        if each.callback
    }
    assert {"compare", "check", "licence", "claims", "lint", "list", "rules"} <= names
