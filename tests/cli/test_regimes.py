"""Other regimes on the command line: a line each, one or all in full, and what was not read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlantis import made_up
from chipcalc.cli import application

DAY = ("--as-of", "2026-03-01")


def ran(*words: str, status: int = 0) -> str:
    """Return what a command prints, errors as well, where it exits with a status."""
    found = CliRunner().invoke(application(words[0]), list(words))
    assert found.exit_code == status, found.output
    return found.output


def lines(*words: str) -> list[str]:
    return [each.rstrip() for each in ran(*words).splitlines()]


def test_the_first_regime_answers_and_each_other_one_has_a_line() -> None:
    found = lines("check", "a100-sxm", *DAY)
    assert found[0] == "A100 80GB SXM4, 2026-03-01: 3A090.a (a.1, a.2)"
    assert "EU: not listed by processing performance; open: 3A001.a.9, Note 1 to 3A" in found
    assert "Japan: not listed by processing performance; open: 6(1)(chi)" in found
    assert found[-1] == "chipcalc check a100-sxm --as-of 2026-03-01 --regime all"
    assert "EU: listed, 3A501.a.16" in lines("check", "rtx-5090", *DAY)


def test_a_regime_without_a_rule_on_the_day_has_no_line() -> None:
    found = ran("check", "a100-sxm", "--as-of", "2025-05-27")
    assert "EU" not in found
    assert "Japan" not in found
    assert "Japan: " in ran("check", "a100-sxm", "--as-of", "2025-05-28")


def test_one_regime_alone_says_nothing_of_the_others() -> None:
    found = ran("check", "a100-sxm", *DAY, "--regime", "us")
    assert "EU" not in found
    assert "3A090.a" in found
    found = ran("check", "a100-sxm", *DAY, "--regime", "Japan")
    assert "3A090.a" not in found.split("The vendor")[0]
    assert found.startswith("A100 80GB SXM4, 2026-03-01, Japan: not Article 6(1)(yo); not listed")


def test_all_regimes_are_shown_in_full_one_after_another() -> None:
    found = lines("check", "rtx-5090", *DAY, "--regime", "all")
    heads = [found.index(each) for each in ("European Union", "Japan")]
    assert heads == sorted(heads)
    assert found[heads[0] + 1] == "GeForce RTX 5090, 2026-03-01, EU: listed, 3A501.a.16"


@pytest.mark.parametrize(
    ("chip", "regime", "status"),
    [
        ("a100-sxm", "", 1),
        ("a100-sxm", "us", 1),
        ("a100-sxm", "eu", 0),
        ("a100-sxm", "jp", 0),
        ("rtx-5090", "eu", 1),
        ("ascend-910b1", "eu", 3),
        ("h20", "", 0),
        ("mi308x", "eu", 3),
    ],
)
def test_the_regime_that_is_named_gives_the_exit_status(
    chip: str, regime: str, status: int
) -> None:
    named = ("--regime", regime) if regime else ()
    ran("check", chip, *DAY, *named, "--exit-code", status=status)


def test_with_all_regimes_any_of_them_gives_the_exit_status() -> None:
    described = ("--tpp", "6500", "--item", "ic", "--market", "consumer")
    ran("check", *described, *DAY, "--regime", "eu", "--exit-code", status=1)
    ran("check", "h20", *DAY, "--regime", "all", "--exit-code", status=0)
    ran("check", "a100-sxm", *DAY, "--regime", "all", "--exit-code", status=1)


def test_json_and_csv_say_whose_rules_they_are() -> None:
    found = json.loads(ran("check", "a100-sxm", *DAY, "-f", "json"))
    assert found["regime"] == "us"
    (chip,) = found["chips"]
    assert chip["classification"] == "3A090.a"
    assert [(e["regime"], e["listed"]) for e in chip["elsewhere"]] == [
        ("eu", "not listed"),
        ("jp", "not listed"),
    ]
    assert [e["at"] for e in chip["elsewhere"][0]["leaves_open"]] == ["3A001.a.9", "Note 1 to 3A"]
    rows = list(csv.DictReader(io.StringIO(ran("check", "a100-sxm", *DAY, "-f", "csv"))))
    assert {each["regime"] for each in rows} == {"us", "eu", "jp"}
    assert all(each["rule"].startswith(f"{each['regime']}-") for each in rows)
    alone = json.loads(ran("check", "a100-sxm", *DAY, "--regime", "eu", "-f", "json"))
    assert alone["regime"] == "eu"
    assert alone["chips"][0]["elsewhere"] == []


@pytest.mark.parametrize("command", ["check", "headroom", "timeline"])
def test_a_regime_whose_text_was_not_read_answers_nothing(command: str) -> None:
    found = ran(command, "a100-sxm", "--regime", "uk", status=2)
    assert "no text of its rules was read" in found
    assert "chipcalc rules --regime uk" in found


@pytest.mark.parametrize("regime", ["uk", "kr", "ca", "tw", "ch", "cn"])
def test_what_exists_is_told_with_its_day_and_source_where_no_text_was_read(regime: str) -> None:
    found = json.loads(ran("rules", "--regime", regime, "-f", "json"))
    assert found["rules"] == []
    assert found["regime"]["texts_read"] is False
    assert all(each["day"] and each["sources"] for each in found["regime"]["known"])
    assert "no figure of theirs is known here" in " ".join(lines("rules", "--regime", regime))


def test_a_regime_that_there_is_none_of_is_an_error_and_says_where_they_stand() -> None:
    assert "chipcalc rules --regime all" in ran("check", "h20", "--regime", "xx", status=2)


def test_other_commands_take_one_regime() -> None:
    assert "6,000" in ran("headroom", "rtx-5090", *DAY, "--regime", "eu")
    assert "3A090" not in ran("timeline", "h800-sxm", "--regime", "jp")
    found = lines("timeline", "h800-sxm", "--regime", "jp")
    assert found[0] == "H800 SXM5 80GB became Article 6(1)(yo) on 2026-02-14"
    days = ("--between", "2026-02-13", "2026-02-14")
    assert "No. 72 of 2025" in " ".join(lines("diff", "h800-sxm", *days, "--regime", "jp"))
    ran("headroom", "rtx-5090", *DAY, "--regime", "all", status=2)
    ran("timeline", "h20", "--to", "CN", "--regime", "eu", status=2)


def test_a_rule_of_any_regime_is_found_by_its_name() -> None:
    assert "in force since 2025-11-15" in " ".join(lines("rules", "3A501.a.16"))
    found = ran("check", "rtx-5090", *DAY, "--rule", "eu-3a501-a16")
    assert found.startswith("GeForce RTX 5090, 2026-03-01, EU: listed, 3A501.a.16")


def test_a_regime_of_one_s_own_in_a_folder_is_asked_like_the_others(tmp_path: Path) -> None:
    own = ("--specs", str(made_up(tmp_path)))
    found = lines("check", "a100-sxm", *DAY, *own)
    assert found[0] == "A100 80GB SXM4, 2026-03-01: 3A090.a (a.1, a.2)"
    assert "Atlantis: not on the tablet; open: Tablet 2" in found
    found = lines("check", "rtx-5090", *DAY, *own, "--regime", "atlantis")
    assert found[0] == "GeForce RTX 5090, 2026-03-01, Atlantis: on the tablet, Tablet 1"
    ran("check", "rtx-5090", *DAY, *own, "--regime", "at", "--exit-code", status=1)
    assert "at  Atlantis" in ran("rules", "--regime", "all", *own)
    ran("lint", str(tmp_path))


def test_a_licence_is_that_of_the_first_regime_and_says_so() -> None:
    shipped = ("licence", "h20", "--to", "CN", *DAY)
    assert "Rules: US. A calculation, no legal advice." in ran(*shipped)
    assert "Rules: US. A calculation, no legal advice." in ran("licence", "h20", *DAY)
    assert json.loads(ran(*shipped, "-f", "json"))["regime"] == "us"
    ran(*shipped, "--regime", "eu", status=2)
