"""A record holds an answer with all that it was made of; a replay finds what has changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from chipcalc.cli import app
from chipcalc.files import BUILT_IN
from contracts import faults

DOCUMENT = Path(__file__).parents[2] / "docs" / "records-and-memos.md"
DAY = ("--as-of", "2026-02-01")
SHEET = Path("chips/nvidia/h20.yaml")
RULE = Path("rules/us/us-3a090-a.yaml")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own() -> Path:
    """Return a spec folder with the sheet of the H20 and the rule on 3A090.a."""
    for each in (SHEET, RULE):
        Path("my", each).parent.mkdir(parents=True)
        shutil.copy(BUILT_IN / each, Path("my", each))
    return Path("my")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, prog_name="chipcalc")


def recorded(*words: str, name: str = "r.json") -> Any:
    """Return the record that a command files."""
    done = run(*words, "--record", name)
    assert done.exit_code == 0, done.stderr
    return json.loads(Path(name).read_text(encoding="utf-8"))


def replayed(name: str = "r.json") -> Any:
    """Return what a replay finds, as data; its exit status says whether the answer is the same."""
    done = run("replay", name, "-f", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == (0 if found["same"] else 1)
    assert faults(found) == []
    return found


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "h20", *DAY),
        ("check", "h20", "metax-c500-oam", *DAY, "--set", "memory_bandwidth=5TB/s"),
        ("check", "--throughput", "int8=296TOPS", "--market", "datacenter", *DAY),
        ("licence", "h100-sxm", "--to", "CN", *DAY),
        ("licence", "h20", "a30", "--to", "CN", "--to", "DE", "--export", *DAY),
        ("licence", "rtx-4090", *DAY),
    ],
    ids=" ".join,
)
def test_a_record_is_as_its_schema_says_and_replays_to_the_same_answer(
    words: tuple[str, ...],
) -> None:
    found = recorded(*words)
    assert faults(found) == []
    assert found["command"] == [*words, "--record", "r.json"]
    assert found["as_of"] == "2026-02-01"
    again = replayed()
    assert (again["same"], again["differences"], again["files"]) == (True, [], [])


def test_the_answer_of_a_record_is_the_json_of_the_command() -> None:
    printed = run("licence", "h20", "--to", "CN", *DAY, "-f", "json").stdout
    found = recorded("licence", "h20", "--to", "CN", *DAY)
    assert found["answer"] == json.loads(printed)


def test_every_file_of_a_record_has_the_digest_of_its_content() -> None:
    found = recorded("check", "h20", *DAY)
    files = {each["file"]: each for each in found["files"]}
    assert {"specs/chips/nvidia/h20.yaml", "specs/metrics.yaml", "specs/units.txt"} <= set(files)
    assert {each["kind"] for each in found["files"]} >= {"chips", "rules", "sources", "groups"}
    for name, each in files.items():
        content = BUILT_IN.joinpath(*Path(name).parts[1:]).read_bytes()
        assert each["sha256"] == hashlib.sha256(content).hexdigest(), name
        assert each["built_in"]


def test_a_record_names_no_place_of_this_machine() -> None:
    recorded("licence", "h20", "--to", "CN", *DAY)
    text = Path("r.json").read_text(encoding="utf-8")
    assert str(BUILT_IN.parent) not in text
    assert str(Path.cwd()) not in text


def test_a_user_s_own_files_go_by_the_path_that_was_given(own: Path) -> None:
    found = recorded("check", "h20", "--specs", "my", *DAY)
    names = {each["file"] for each in found["files"] if not each["built_in"]}
    assert names == {str(own / SHEET), str(own / RULE)}
    assert found["asked"]["specs"] == ["my"]


def test_every_finding_has_a_text_with_its_day_its_sources_and_its_files() -> None:
    found = recorded("licence", "h100-sxm", *DAY)
    texts = {each["rule"]: each for each in found["texts"]}
    known = {each["file"] for each in found["files"]}
    assert {each["rule"] for each in found["findings"]} == set(texts)
    for each in (*texts.values(), *found["chips"]):
        assert each["files"]
        assert set(each["files"]) <= known
    assert all(each["verified"] for each in texts.values())
    # its shipment names the items of 3A090.a, which are those of the paragraph
    assert "specs/rules/us/us-3a090-a.yaml" in texts["us-licence-a"]["files"]


def test_what_is_supposed_is_what_was_said_and_what_was_assumed() -> None:
    words = ("--set", "memory_bandwidth=5TB/s", "--market", "consumer")
    found = recorded("check", "h20", *DAY, *words)
    told = {(each["name"], each["value"], each["how"]) for each in found["supposed"]}
    assert ("memory_bandwidth", "5TB/s", "given") in told
    assert ("market", "consumer", "given") in told
    assert ("item", "ic", "assumed") in told


def test_another_figure_in_a_sheet_is_found_with_the_sheet_behind_it(own: Path) -> None:
    """At 301 TOPS of 8 bits the TPP is 2,408, and b.1 begins at 2,400 (with a PD from 1.6)."""
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / SHEET, "value: 296,", "value: 301,")
    found = replayed()
    assert not found["same"]
    assert found["files"] == [{"file": str(own / SHEET), "kind": "chips", "how": "changed"}]
    told = {(e["rule"], e["what"]): (e["then"], e["now"]) for e in found["differences"]}
    assert told[None, "classification"] == ("3A991.p", "3A090.b")
    assert told["us-3a090-b", "verdict"] == ("not met", "met")
    assert {tuple(e["causes"]) for e in found["differences"] if not e["words"]} == {
        (str(own / SHEET),)
    }
    tpp = next(e for e in found["differences"] if e["what"] == "quantities.tpp")
    assert (tpp["then"]["value"], tpp["now"]["value"]) == (296 * 8, 301 * 8)


def test_the_document_shows_what_a_replay_says_of_another_figure(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / SHEET, "value: 296,", "value: 301,")
    document = DOCUMENT.read_text(encoding="utf-8")
    done = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["replay", "r.json"])
    assert f"```text\n{done.stdout}```" in document


def test_another_limit_in_a_rule_is_found_with_the_rule_behind_it(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / RULE, "4800 TOPS", "2000 TOPS")
    found = replayed()
    assert not found["same"]
    verdict = next(e for e in found["differences"] if e["rule"] == "us-3a090-a")
    assert verdict["causes"] == [str(own / RULE)]
    assert not any(e["what"].startswith("quantities") for e in found["differences"])


def test_of_two_changed_files_a_figure_names_its_sheet_alone(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / SHEET, "value: 296,", "value: 297,")
    changed(own / RULE, "4800 TOPS", "2000 TOPS")
    causes = {each["what"]: each["causes"] for each in replayed()["differences"]}
    assert causes["quantities.tpp"] == [str(own / SHEET)]
    assert causes["classification"] == [str(own / SHEET), str(own / RULE)]


def test_folders_of_the_environment_are_part_of_what_was_asked(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPCALC_SPECS", "my")
    found = recorded("check", "h20", *DAY)
    assert found["asked"]["specs"] == ["my"]
    monkeypatch.delenv("CHIPCALC_SPECS")
    assert replayed()["same"]
    changed(own / SHEET, "value: 296,", "value: 301,")
    assert not replayed()["same"]


def test_the_command_to_paste_writes_no_file_and_keeps_the_day() -> None:
    recorded("check", "h20", "-o", "h20.md")
    screen = " ".join(run("replay", "r.json").stdout.split())
    day = json.loads(Path("r.json").read_text(encoding="utf-8"))["as_of"]
    assert screen.endswith(f"chipcalc check h20 --as-of {day}")


def test_a_new_day_of_the_last_check_is_the_same_answer_in_other_words(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / RULE, "verified: 2026-07-23", "verified: 2026-08-01")
    found = replayed()
    assert found["same"]
    assert [(e["what"], e["words"]) for e in found["differences"]] == [("verified", True)]
    screen = run("replay", "r.json").stdout
    assert "same answer, 3A991.p" in screen
    assert "3A090.a: last checked (my/rules/us/us-3a090-a.yaml)" in screen


def test_a_changed_file_that_nothing_rests_on_is_told_apart(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    changed(own / SHEET, "id: h20", "# a remark\nid: h20")
    found = replayed()
    assert found["same"]
    assert [each["how"] for each in found["files"]] == ["changed"]
    assert "behind no difference" in run("replay", "r.json").stdout


def test_a_private_sheet_that_is_gone_is_said_to_be(own: Path) -> None:
    recorded("check", "h20", "--specs", "my", *DAY)
    shutil.rmtree(own)
    done = run("replay", "r.json")
    assert done.exit_code == 2
    assert "'my/chips/nvidia/h20.yaml' is gone" in done.stderr
    assert not done.stdout


def test_another_version_of_the_program_is_told() -> None:
    record = recorded("check", "h20", *DAY)
    record["program"]["version"] = "2020.1.0"
    record["answer"]["chips"][0]["classification"] = "3A090.a"
    Path("r.json").write_text(json.dumps(record), encoding="utf-8")
    screen = run("replay", "r.json")
    assert screen.exit_code == 1
    assert "chipcalc 2020.1.0 then" in screen.stdout
    assert "Where no file is named, the program reads otherwise" in screen.stdout


def test_what_a_later_program_adds_to_its_answers_is_no_difference() -> None:
    record = recorded("check", "h20", *DAY)
    del record["answer"]["chips"][0]["views"]
    Path("r.json").write_text(json.dumps(record), encoding="utf-8")
    assert replayed()["same"]


def later(record: dict[str, Any]) -> None:
    record["schema"] = "chipcalc.record/3"


def of_a_check(record: dict[str, Any]) -> None:
    record["schema"] = "chipcalc.check/2"


def of_a_command(record: dict[str, Any]) -> None:
    record["asked"]["what"] = "lint"


def without_limbs(record: dict[str, Any]) -> None:
    del record["answer"]["chips"][0]["rules"][0]["limbs"]


def of_standard_input(record: dict[str, Any]) -> None:
    record["asked"]["chips"] = ["-"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (later, "was filed by a later chipcalc: it is chipcalc.record/3"),
        (of_a_check, "is no record: its schema is 'chipcalc.check/2'"),
        (of_a_command, "asked.what"),
        (without_limbs, "'limbs' is missing"),
        (of_standard_input, "standard input, which is not kept"),
    ],
    ids=["later", "another", "command", "half", "stdin"],
)
def test_what_cannot_be_replayed_is_an_error(
    spoil: Callable[[dict[str, Any]], None], says: str
) -> None:
    record = recorded("check", "h20", *DAY)
    spoil(record)
    Path("r.json").write_text(json.dumps(record), encoding="utf-8")
    done = run("replay", "r.json")
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())
    assert not done.stdout


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "[" * 100_000], ids=repr)
def test_what_is_no_json_object_is_no_record(content: str) -> None:
    Path("r.json").write_text(content, encoding="utf-8")
    done = run("replay", "r.json")
    assert done.exit_code == 2
    assert "is no record" in done.stderr


def test_a_record_is_never_written_over() -> None:
    Path("r.json").write_text("filed", encoding="utf-8")
    done = run("check", "h20", *DAY, "--record", "r.json")
    assert done.exit_code == 2
    assert "never written over" in done.stderr
    assert not done.stdout
    assert Path("r.json").read_text(encoding="utf-8") == "filed"


@pytest.mark.parametrize("name", ["-", ".", "r.txt", "none/r.json"])
def test_a_record_goes_to_a_json_file_in_a_folder_that_is_there(name: str) -> None:
    done = run("check", "h20", *DAY, "--record", name)
    assert done.exit_code == 2
    assert [each.name for each in Path.cwd().iterdir()] == []


def test_of_an_answer_that_lacks_a_chip_there_is_no_record() -> None:
    done = run("check", "h20", "no-such-chip", *DAY, "--record", "r.json")
    assert done.exit_code == 2
    assert not done.stdout
    assert not Path("r.json").exists()


def test_a_record_stands_beside_any_output_and_changes_none() -> None:
    printed = run("check", "h20", *DAY, "--why-not", "3A090.b").stdout
    done = run("check", "h20", *DAY, "--why-not", "3A090.b", "--record", "r.json")
    assert done.stdout == printed
    assert "wrote r.json" in done.stderr
    assert [each.name for each in Path.cwd().iterdir()] == ["r.json"]
