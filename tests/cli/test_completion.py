"""Completion proposes chips by their ids and families, or else by the names that people have."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest
from typer.main import get_command

from chipcalc import cli
from chipcalc.cli import application, completing, completion
from chipcalc.cli.options import complete_chip
from shared import STORE


def test_ids_and_families_that_begin_so_come_first() -> None:
    found = complete_chip("H10")
    assert {"h100", "h100-sxm", "h100-pcie"} <= set(found)
    assert all(each.startswith("h10") for each in found)


@pytest.mark.parametrize(
    ("begun", "chip"),
    [
        ("j6p", "journey-6p"),
        ("J6", "journey-6e"),
        ("Tesla T", "t4"),
        ("NVIDIA L40S", "l40s"),
        ("nvidia-a100-sxm4-80gb", "a100-sxm"),
        ("ironw", "tpu-v7"),
        ("910c", "ascend-910c"),
    ],
)
def test_a_name_that_people_have_leads_to_an_id(begun: str, chip: str) -> None:
    assert chip in complete_chip(begun)


@pytest.mark.parametrize("begun", ["Tesla P4", "zzz", "-"])
def test_nothing_is_proposed_for_a_name_of_no_sheet(begun: str) -> None:
    assert complete_chip(begun) == []


UNKNOWN_TO_ALL = frozenset(
    {
        *("--as-of", "--at", "--before", "--between", "--days", "--die-area", "--tpp", "--rate"),
        *("--chart", "--record", "--rules", "--save-mapping", "--specs", "--out", "--master"),
        *("--column", "--encoding", "--separator", "--sheet", "--prefix", "--that"),
        *("expression", "new name", "path", "paths", "record", "table"),
        *("serve --port", "serve --host", "site folder"),
    }
)  # days, amounts, files, and what a table or a person calls things


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what completes the last word of a line that bash has taken apart."""

    def complete(line: str) -> list[str]:
        monkeypatch.setattr(completing, "_APART", [])
        monkeypatch.setenv("_CHIPCALC_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        with redirect_stdout(io.StringIO()) as told, pytest.raises(SystemExit):
            cli.main()
        return told.getvalue().split()

    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    monkeypatch.setattr("atexit.register", lambda *_: None)
    return complete


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("chipcalc compare H20-", {"h20-3e"}),
        ("chipcalc compare h20 --base H20-", {"h20-3e"}),
        ("chipcalc compare h20 -m MEMORY_BANDWIDTH_P", {"memory_bandwidth_per_watt"}),
        ("chipcalc check h20 --format J", {"json"}),
        ("chipcalc lint --format S", {"sarif"}),
        ("chipcalc compare h20 --when for", {"format="}),
        ("chipcalc compare h20 --when FORMAT = BF", {"bf16"}),
        ("chipcalc compare h20 --when = format = bf", {"bf16"}),
        ("chipcalc compare h20 --when h20 : format = int8,eng", {"int8,engine="}),
        ("chipcalc compare h20 --when engine = T", {"tensor"}),
        ("chipcalc check --throughput TF", {"tf32="}),
        ("chipcalc check --throughput int8 = 9TOPS,SPA", {"9TOPS,sparse"}),
        ("chipcalc check h20 --set Mark", {"market="}),
        ("chipcalc check h20 --set market = DATA", {"datacenter"}),
        ("chipcalc check --market DATA", {"datacenter"}),
        ("chipcalc list --market DATA", {"datacenter"}),
        ("chipcalc list --vendor NV", {"nvidia"}),
        ("chipcalc check h20 --regime E", {"eu", "es"}),
        ("chipcalc licence h20 --to CHIN", {"China"}),
        ("chipcalc check h20 --rule US-3A090-A", {"us-3a090-a"}),
        ("chipcalc claims --lang Z", {"zh"}),
        ("chipcalc schema output : rule", {"rule"}),
        ("chipcalc groups d : 5", {"5"}),
        ("chipcalc check --circuit int8 = 9TOPS,D", {"9TOPS,die="}),
        ("chipcalc screen --engine P", {"polars"}),
        ("chipcalc screen --decimal C", {"comma"}),
    ],
)
def test_values_are_offered_in_whatever_case_they_are_begun(
    line: str, offered: set[str], asked: Any
) -> None:
    assert set(asked(line)) == offered


def parameters() -> Iterator[tuple[str, Any]]:
    """Yield the options and arguments of every command that take a word, with their commands."""
    for command, found in vars(get_command(application()))["commands"].items():
        for each in found.params:
            if not getattr(each, "is_flag", False) and each.opts[0] not in ("--help", "-h"):
                yield command, each


def test_every_option_offers_its_values_but_those_that_nobody_else_knows() -> None:
    for command, each in parameters():
        name = max(each.opts, key=len)
        listed = {name, f"{command} {name}"} & {*completing._VALUES}
        known = listed or each._custom_shell_complete or each.type_descriptor.is_choice
        unknown = {name, f"{command} {name}"} & UNKNOWN_TO_ALL
        assert bool(known) != bool(unknown), f"{command} {name}"


def test_nothing_is_offered_for_an_option_that_is_none() -> None:
    taken = [{max(each.opts, key=len)} for _, each in parameters()]
    words = {f"{command} {name}" for command, each in parameters() for name in each.opts}
    names = set().union(*taken) | words
    assert {*completing._VALUES} <= names
    assert names >= UNKNOWN_TO_ALL


def test_the_words_read_without_yaml_are_those_of_the_vocabulary() -> None:
    known = STORE.vocabulary
    assert completion.condition_values() == {
        name: [*each.values] for name, each in known.conditions.items()
    }
    assert completion.circumstance_names() == [*known.circumstances]


def test_words_that_bash_leaves_whole_stay_so() -> None:
    line = {
        "_CHIPCALC_COMPLETE": "complete_bash",
        "COMP_WORDS": "chipcalc show h",
        "COMP_CWORD": "2",
    }
    before = dict(line)
    completing.joined(line)
    assert line == before
