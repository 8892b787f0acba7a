"""What is not known to be out says so in every answer, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import chipcalc as cc
from chipcalc.cli import app

DAY = ("--as-of", "2026-11-01")
SHEET = """\
id: z-next
name: Z Next
vendor: nvidia
launched: 2027
availability: {value: announced, as_of: 2026-10, status: official, source: sheet}
market: {value: datacenter, status: official, source: sheet}
sources:
  sheet: {title: T, publisher: NVIDIA, url: 'https://www.nvidia.com/z', accessed: 2026-10-01}
values:
  throughput:
    - {value: 9000, unit: TOPS, when: {format: int8, engine: tensor, sparsity: dense}, \
status: official, source: sheet}
"""
ARTICLE = """\
id: mine
article: {title: {en: A., zh: 甲。}, published: 2026-10, language: en}
claims:
  - id: one
    says: {en: Z Next has twice the TPP of an H20., zh: 甲。}
    compare: {of: z-next.tpp, to: h20.tpp, is: {at_least: 200 %}}
"""
ASKED = {
    "compare": ("compare", "h20", "z-next", "-m", "tpp", *DAY),
    "check": ("check", "z-next", *DAY),
    "check of several": ("check", "h20", "z-next", *DAY),
    "licence": ("licence", "z-next", "--to", "DE", *DAY),
    "claims": ("claims",),
}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return a folder with the sheet of what is announced, and an article about it."""
    (tmp_path / "chips" / "nvidia").mkdir(parents=True)
    (tmp_path / "chips" / "nvidia" / "z-next.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "mine.yaml").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def shown(mine: Path, name: str, *options: str, width: int = 80) -> str:
    """Return what a command prints about the sheet, in a room of some columns."""
    asked = [*ASKED[name], *(["mine"] if name == "claims" else []), *options]
    if name == "compare":
        asked = [each for each in asked if each not in DAY]
    asked += ["--specs", str(mine)]
    done = CliRunner().invoke(app, asked, env={"COLUMNS": str(width)})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("name", ASKED)
def test_an_answer_says_that_a_chip_is_not_known_to_ship(name: str, width: int, mine: Path) -> None:
    told = " ".join(shown(mine, name, width=width).split())
    said = {
        "compare": "z-next: announced, not yet out (2026-10)",
        "claims": "not known to ship: Z Next, announced as of 2026-10",
    }
    assert said.get(name, "announced, not yet out (2026-10)") in told


def test_of_two_chips_the_licence_says_which_one_is_not_out(mine: Path) -> None:
    told = " ".join(shown(mine, "licence", "h20").split())
    assert "Availability: z-next: announced, not yet out (2026-10)" in told


def test_a_check_of_all_chips_counts_those_that_are_not_out(mine: Path) -> None:
    asked = ["check", "*", *DAY, "--specs", str(mine)]
    found = re.search(r"Not known to ship: (\d+) announced", CliRunner().invoke(app, asked).stdout)
    known = [each.sheet.chip.availability for each in cc.open(mine)]
    assert found
    assert int(found[1]) == sum(bool(each) and each.value == "announced" for each in known if each)


@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_list_marks_it_in_its_row_and_no_other(width: int, mine: Path) -> None:
    asked = ["list", "--vendor", "nvidia", "--sort", "tpp", "--specs", str(mine)]
    lines = CliRunner().invoke(app, asked, env={"COLUMNS": str(width)}).stdout.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("z-next")]
    others = [number for number, line in enumerate(lines) if line.startswith("h100-sxm")]
    assert "announced" in " ".join(lines[at : at + 2])
    assert all("announced" not in " ".join(lines[each : each + 2]) for each in others)


def test_json_and_csv_say_it_of_each_chip(mine: Path) -> None:
    check = json.loads(shown(mine, "check of several", "-f", "json"))
    said = [
        (each["chip"], each["availability"], each["availability_as_of"]) for each in check["chips"]
    ]
    assert said == [("h20", None, None), ("z-next", "announced", "2026-10")]
    (shipment,) = json.loads(shown(mine, "licence", "-f", "json"))["shipments"]
    assert (shipment["availability"], shipment["availability_as_of"]) == ("announced", "2026-10")
    (claim,) = json.loads(shown(mine, "claims", "-f", "json"))["claims"]
    assert claim["availability"] == {"z-next": "announced", "h20": None}
    compared = json.loads(shown(mine, "compare", "-f", "json"))
    assert compared["availability"] == {"h20": None, "z-next": "announced"}


@pytest.mark.parametrize("name", ["compare", "check of several", "licence"])
def test_each_record_of_a_chip_says_it(name: str, mine: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(mine, name, "-f", "csv"))))
    for each in rows:
        said = ("announced", "2026-10") if each["chip"] == "z-next" else ("", "")
        assert (each["availability"], each["availability_as_of"]) == said
    assert "z-next" in {each["chip"] for each in rows}


def test_the_record_of_a_claim_says_it_of_its_chips(mine: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(mine, "claims", "-f", "csv"))))
    found = {each["kind"]: each["availability"] for each in rows}
    assert found["claim"] == "z-next=announced"
    assert found["figure"] == ""
