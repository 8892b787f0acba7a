"""Mistakes on the command line: told at once, in one shape, with a command that mends them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from wcwidth import wcswidth

from chipcalc.cli import app

ESTABLISHED = ("--as-of", "2026-02-01")


def run(*arguments: str, width: int = 80) -> Result:
    """Return what a command prints on a screen of a width, and its exit status."""
    environment = {"COLUMNS": str(width)}
    return CliRunner().invoke(app, [*arguments], prog_name="chipcalc", env=environment)


def complaint(*arguments: str, width: int = 80) -> list[str]:
    """Return the lines that a command which goes wrong prints to stderr."""
    result = run(*arguments, width=width)
    assert result.exit_code == 2
    return result.stderr.splitlines()


def pasted(lines: list[str]) -> list[str]:
    """Return the words of the command at the end of a complaint, as a shell reads them."""
    start = max(number for number, each in enumerate(lines) if each.startswith("chipcalc "))
    return shlex.split(" ".join(each.removesuffix("\\") for each in lines[start:]))[1:]


def test_all_wrong_names_are_told_at_once_with_a_command_to_paste() -> None:
    assert complaint("compare", "orin-x", "thor", "mi3OOx", "acend-910c", "juorney-6p") == [
        "error: 3 of 5 names are not in the sheets",
        "  mi3OOx       ids that look alike: mi300x (Instinct MI300X)",
        "  acend-910c   ids that look alike: ascend-910c (Ascend 910C)",
        "  juorney-6p   ids that look alike: journey-6p (Journey 6P)",
        "chipcalc compare orin-x thor mi300x ascend-910c journey-6p",
    ]


WITH_CHIPS = (
    ("compare", "h2O", "joruney-6p"),
    ("show", "h2O", "joruney-6p"),
    ("check", "h2O", "joruney-6p", *ESTABLISHED),
    ("headroom", "h2O", "joruney-6p", *ESTABLISHED),
    ("timeline", "h2O", "joruney-6p"),
    ("licence", "h2O", "joruney-6p", "--to", "CN", *ESTABLISHED),
    ("budget", "h2O", "joruney-6p", *ESTABLISHED),
    ("calc", "h2O.memory_bandwidth / joruney-6p.memory_bandwidth"),
)


@pytest.mark.parametrize("command", WITH_CHIPS, ids=lambda each: each[0])
def test_every_command_with_chips_tells_all_wrong_names(command: tuple[str, ...]) -> None:
    lines = complaint(*command)
    assert lines[0] == "error: 2 of 2 names are not in the sheets"
    right = [each.replace("h2O", "h20").replace("joruney-6p", "journey-6p") for each in command]
    assert pasted(lines) == right


@pytest.mark.parametrize("command", WITH_CHIPS, ids=lambda each: each[0])
def test_a_command_that_is_pasted_has_no_wrong_name(command: tuple[str, ...]) -> None:
    result = run(*pasted(complaint(*command)))
    assert "not in the sheets" not in result.stderr


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("compare h20 h100 -m tppp -m bandwith", "2 of 2 metrics are not known"),
        ("list -m tppp -m tpp -m bandwith", "2 of 3 metrics are not known"),
        ("check h20 --rule 3A09.a --rule 3A09.b", "2 of 2 rules are not known"),
        ("timeline h20 --rule 3A09.a --rule 3A09.b", "2 of 2 rules are not known"),
        ("budget h20 --name LPQ --name NVUE", "2 of 2 rules are not known"),
        ("licence h20 --to Norwegia --to Germny", "2 of 2 countries are not known"),
        ("compare h20 h100 --when fp17 --when tensr", "2 of 2 conditions are not known"),
        ("claims h20-returns-2025-07 a99 a98", "2 of 2 claims are not in h20-returns-2025-07"),
    ],
)
def test_all_wrong_names_of_other_kinds_are_told_at_once(command: str, told: str) -> None:
    assert complaint(*command.split())[0] == f"error: {told}"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("compare h2O h100 -m tppp --when fp17", ["no sheet", "no metric", "no condition"]),
        ("check h2O --rule 3A09.a", ["no sheet", "no rule"]),
        ("licence h2O --to Norwegia", ["no sheet", "no country"]),
        ("timeline h2O --rule 3A09.a", ["no sheet", "no rule"]),
        ("list --vendor nvidea --family ascnd", ["no vendor", "no family"]),
    ],
)
def test_wrong_names_of_several_kinds_are_told_together(command: str, told: list[str]) -> None:
    errors = [each for each in complaint(*command.split()) if each.startswith("error: ")]
    assert [each[7 : 7 + len(what)] for each, what in zip(errors, told, strict=True)] == told


def test_one_command_mends_wrong_names_of_several_kinds() -> None:
    lines = complaint("licence", "h2O", "--to", "Norwegia", *ESTABLISHED)
    assert pasted(lines) == ["licence", "h20", "--to", "Norway", *ESTABLISHED]


def test_where_one_name_has_no_clear_meaning_no_command_is_offered() -> None:
    assert not any(each.startswith("chipcalc") for each in complaint("compare", "h2O", "a8O"))


def test_a_family_in_an_expression_is_a_choice() -> None:
    lines = complaint("calc", "thor.throughput[int8]")
    assert lines[0] == "error: 'thor' stands for 5 chips, and calc needs one"
    assert lines[1].split()[0] == "thor-x"
    assert lines[-1] == 'chipcalc calc "thor-x.throughput[int8]"'


def test_an_expression_is_quoted_with_a_caret_under_the_word() -> None:
    expression = "h20.board_power * 8760 h * 0.08 USD/kJh"
    assert complaint("calc", expression) == [
        "error: 'kJh' is not a unit",
        f"  {expression}",
        " " * (2 + expression.index("kJh")) + "^^^",
        "  write kJ*h, or see: chipcalc metrics --units",
    ]


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("h20.tpp + 3 * h20.memory_bandwidth", "3 * h20.memory_bandwidth"),
        ("3 W + 2 W + 4 GB", "4 GB"),
        ("h20.tpp to GB/s", "GB/s"),
        ("h100.tpp / h20.throughput[fp64, tensor]", "h20.throughput[fp64, tensor]"),
        ("2 * h100-sxm.throughput[fp64]", "h100-sxm.throughput[fp64]"),
    ],
)
def test_what_does_not_fit_in_an_expression_has_the_caret(expression: str, word: str) -> None:
    lines = complaint("calc", expression)
    quoted = lines.index(f"  {expression}")
    under = lines[quoted + 1]
    assert lines[quoted][under.index("^") : under.rindex("^") + 1] == word


MISUSED = {
    "chek": (["error: no command 'chek'", "  nearest: check"], "check"),
    "compare": (["error: chipcalc compare needs CHIP"], "compare --help"),
    "compare h20 h100 --metrc tpp": (
        ["error: chipcalc compare has no option '--metrc'", "  nearest: --metric"],
        "compare h20 h100 --metric tpp",
    ),
    "compare h20 h100 -f jsn": (
        ["error: --format cannot be 'jsn'", "  nearest: json"],
        "compare h20 h100 -f json",
    ),
    "licence h20 --to": (["error: --to needs a value"], "licence --help"),
    "check h20 --explain=yes": (["error: --explain takes no value"], "check --help"),
    "calc 3 W": (["error: too many words: W"], "calc --help"),
    "--foo": (["error: chipcalc has no option '--foo'"], "--help"),
}


@pytest.mark.parametrize("command", MISUSED)
def test_a_misused_command_is_told_like_any_other_mistake(command: str) -> None:
    lines, paste = MISUSED[command]
    found = complaint(*command.split())
    assert found[: len(lines)] == lines
    assert " ".join(pasted(found)) == paste


def test_a_command_alone_still_shows_the_help() -> None:
    shown = run()
    assert "Usage: chipcalc" in shown.output
    assert "error" not in shown.output


def test_an_open_check_says_what_is_not_known_and_what_to_suppose() -> None:
    result = run("check", "metax-c500-oam", *ESTABLISHED, "--exit-code")
    assert result.exit_code == 3
    said = " ".join(result.stderr.split())
    assert said.startswith("not settled (exit status 3): the ")
    assert "die area of C500 (OAM) / C550 is unknown" in said
    supposed = run(*pasted(result.stderr.splitlines()), "--exit-code")
    assert supposed.exit_code == 1
    assert supposed.stderr == ""


@pytest.mark.parametrize("chip", ["h20", "h100-sxm"])
def test_a_settled_check_says_nothing_on_stderr(chip: str) -> None:
    assert run("check", chip, *ESTABLISHED, "--exit-code").stderr == ""


BROKEN = {
    "a key inside a value": (
        "id: x\nname: X\nvendor: foo\n  launched: 2025-03\n",
        [
            "error: FILE:4:11: a key inside a value",
            "  3 | vendor: foo",
            "  4 |   launched: 2025-03",
            "    |           ^ 'vendor' has its value already; begin 'launched' in column 1",
        ],
    ),
    "a word in the place of keys": (
        "id: x\nname: X\nvendor: foo\nmarket: datacenter\n",
        [
            "error: FILE:4: market: the status is missing",
            "  4 | market: datacenter",
            "    |         ^^^^^^^^^^",
            "  write {value: datacenter, status: reported, source: [KEY]}",
        ],
    ),
    "a metric among the keys": (
        "id: x\nname: X\nvendor: foo\nthroughput: []\n",
        [
            "error: FILE:4: 'throughput' is not a key here",
            "  4 | throughput: []",
            "    | ^^^^^^^^^^ move it under 'values:'",
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_sheet_is_quoted_where_it_breaks(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, lines = BROKEN[name]
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(text, encoding="utf-8")
    assert complaint("show", "x.yaml") == [each.replace("FILE", "x.yaml") for each in lines]


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("command", [*WITH_CHIPS, *(tuple(each.split()) for each in MISUSED)])
def test_no_line_of_a_complaint_is_wider_than_the_screen(
    command: tuple[str, ...], width: int
) -> None:
    for line in complaint(*command, width=width):
        if '"' not in line:  # an expression is one word of its command, and never breaks
            assert wcswidth(line) <= width


def test_lint_says_one_problem_a_line_in_a_pipe(tmp_path: Path) -> None:
    sheet = tmp_path / "x.yaml"
    sheet.write_text(BROKEN["a metric among the keys"][0], encoding="utf-8")
    result = run("lint", str(sheet))
    assert result.exit_code == 1
    assert result.stdout == f"{sheet}:4: 'throughput' is not a key here: move it under 'values:'\n"
    assert result.stderr == "1 problem in 1 file\n"


def test_lint_counts_what_it_checked(tmp_path: Path) -> None:
    sheet = tmp_path / "x.yaml"
    sheet.write_text("id: x\nname: X\nvendor: foo\n", encoding="utf-8")
    result = run("lint", str(sheet))
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r"1 file, 0 problems   1 chip   \d+\.\d s\n", result.stderr)


def test_lint_of_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert complaint("lint", str(tmp_path))[0].startswith("error: no files to check in")


def test_lint_lists_what_was_last_checked_before_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "chips" / "foo"
    folder.mkdir(parents=True)
    sheet = folder / "x.yaml"
    sheet.write_text("id: x\nname: X\nvendor: foo\nchecked: 2025-03-04\n", encoding="utf-8")
    result = run("lint", str(tmp_path), "--stale", "--before", "2025-03-05")
    assert (result.exit_code, result.stdout) == (0, f"2025-03-04\tsheet\tx\t{sheet}\n")
    later = run("lint", str(tmp_path), "--stale", "--before", "2025-03-04")
    assert (later.exit_code, later.stdout) == (0, "")
    assert later.stderr == "nothing was last checked before 2025-03-04\n"
    assert run("lint", str(tmp_path), "--stale", "--days", "1").stdout == result.stdout


@pytest.mark.parametrize("option", [("--days", "3"), ("--before", "2025-03-04")])
def test_the_limits_of_stale_belong_to_it(option: tuple[str, str]) -> None:
    first, *rest = complaint("lint", *option)
    assert first == "error: --days and --before belong to --stale"
    assert rest == ["  add --stale"]


def test_lint_counts_facts(tmp_path: Path) -> None:
    sheet = tmp_path / "x.yaml"
    fact = "market: {value: edge, status: estimated, note: a guess}"
    sheet.write_text(f"id: x\nname: X\nvendor: foo\n{fact}\n", encoding="utf-8")
    result = run("lint", str(sheet), "--statistics")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == ["1  sheets", "1  facts"]
    assert "  1  estimated" in result.stdout.splitlines()
