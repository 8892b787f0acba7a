"""Every problem has a rule, a place and a hint, for people and for other programs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from chipcalc import yamlfaults
from chipcalc.cli import app
from chipcalc.contract.lint import Report, Reported, data, github, sarif
from chipcalc.contract.schemas.lint import LINT
from chipcalc.errors import Problem
from chipcalc.lint.kinds import KINDS, OTHERWISE, kind
from chipcalc.lint.report import rules

ROOT = Path(__file__).parents[2]
LOOKED_AT = ("lint", "schema", "sheets", "rules", "places", "vocabulary", "yamlreader.py")
GENERAL = frozenset(
    {  # a value of another kind than belongs in its place, or no problem of a file
        "one plain value belongs here",
        "a file needs keys with values",
        "'given' marks what a command line gives",
        "an empty name",
        "x: no text of its rules was read, so nothing is answered by them",
        "'x' cannot be mended: x",
        "x: xx",  # of figures that disagree, which the hint tells
    }
)
_PLACES = {"Problem": 1, "problem": 2}  # where the sentence stands, behind the place at most
SHEET = """\
id: z9
name: Z9
vendor: acme
Launched: 2024/3/05  # it was sold then
values:
  board_power:
    - {value: 75, unit: W, status: Official, source: [sheet]}
sources:
  sheet: {title: A, url: "https://acme.com/a", publisher: acme, accessed: 2024.3.5}
"""
MENDED = (
    SHEET.replace("Launched: 2024/3/05", "launched: 2024-03-05")
    .replace("Official", "official")
    .replace("2024.3.5", "2024-03-05")
)


def run(*arguments: str) -> Result:
    """Return what a command line comes to."""
    return CliRunner().invoke(app, list(arguments))


def written(folder: Path, text: str) -> Path:
    """Return the sheet of a chip in a spec folder."""
    path = folder / "chips" / "acme" / "z9.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def sentences(path: Path) -> Iterator[str]:
    """Yield what a module says of problems, where the place of it is the call or a name before."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
        named: dict[str, list[ast.expr]] = {}
        for each in (node for node in ast.walk(function) if isinstance(node, ast.Assign)):
            for name, value in assigned(each):
                named.setdefault(name, []).append(value)
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            count = _PLACES.get(getattr(call.func, "attr", getattr(call.func, "id", "")), 0)
            for node in call.args[:count]:
                told = named.get(node.id, []) if isinstance(node, ast.Name) else [node]
                found = [text for each in told if (text := template(each))]
                yield from found
                if found:
                    break


def assigned(each: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield names with the values that they are given, one by one."""
    for target in each.targets:
        if isinstance(target, ast.Name):
            yield target.id, each.value
        elif isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple):
            pairs = zip(target.elts, each.value.elts, strict=True)
            yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))


def template(node: ast.expr) -> str:
    """Return a text with x for what is filled in; nothing for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp):
        return f"{template(node.left)} x".replace("  ", " ")
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(e.value) if isinstance(e, ast.Constant) else "x" for e in node.values
        ).strip(": ")
    return ""


def modules() -> list[Path]:
    """Return the modules that say what is wrong with files."""
    found = [ROOT / "chipcalc" / each for each in LOOKED_AT]
    return [path for each in found for path in (each.rglob("*.py") if each.is_dir() else [each])]


def test_every_sentence_of_a_check_has_a_rule_of_its_own() -> None:
    said = {each for path in modules() for each in sentences(path)} - GENERAL
    assert len(said) > 100
    assert {each for each in said if kind(Problem(each)).name == OTHERWISE} == set()


def test_every_fault_of_yaml_is_one() -> None:
    faults = [each for _, each in yamlfaults._FAULTS]
    assert {kind(Problem(each.what)).name for each in faults} == {"not-yaml"}


def test_no_rule_has_a_sentence_that_another_one_takes() -> None:
    for each in KINDS:
        for sentence in each.sentences:
            assert kind(Problem(sentence.replace("{}", "x"))) == each, sentence


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("no source 'no check'", "no-source"),
        ("'GB' is information, but tpp is measured in TOPS*bit (rate)", "unit-mismatch"),
        ("no format 'int9'", "undefined-word"),
        ("no check 'no source'", "useless-exception"),
        ("tpp: 'kg' is not a unit", "unit-mismatch"),
        ("something that nobody thought of", OTHERWISE),
    ],
)
def test_a_problem_is_of_the_kind_that_says_most_of_it(what: str, name: str) -> None:
    assert kind(Problem(what)).name == name


def test_the_name_of_a_rule_is_lower_case_words_and_hyphens() -> None:
    names = [each.name for each in KINDS]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each) for each in names)
    assert len(set(names)) == len(names)


def test_rules_are_listed_with_a_sentence_each() -> None:
    lines = run("lint", "--rules").stdout.splitlines()
    assert [tuple(re.split(r"   +", each)) for each in lines] == [*rules()]
    assert all(each.says.endswith(".") for each in rules())


def test_as_json_each_problem_has_its_place_its_rule_and_a_hint(tmp_path: Path) -> None:
    sheet = written(tmp_path, SHEET)
    result = run("lint", str(tmp_path), "--format", "json")
    found = json.loads(result.stdout)
    Draft202012Validator(LINT).validate(found)
    assert result.exit_code == 1
    key, word, day = found["problems"]
    lines = SHEET.splitlines()
    for each, meant in ((key, "Launched"), (word, "Official"), (day, "2024.3.5")):
        assert each["file"] == str(sheet)
        assert lines[each["line"] - 1][each["column"] - 1 :].startswith(meant)
        assert each["fixable"]
    assert [key["rule"], word["rule"], day["rule"]] == [
        "unknown-key",
        "undefined-word",
        "impossible-date",
    ]


def test_what_is_in_order_is_a_whole_answer_as_well(tmp_path: Path) -> None:
    written(tmp_path, MENDED)
    for name in ("json", "sarif"):
        result = run("lint", str(tmp_path), "--format", name)
        assert result.exit_code == 0
        found = json.loads(result.stdout)
        assert found.get("problems", found.get("runs", [{}])[0].get("results")) == []


def reported(**said: Any) -> Reported:
    """Return a problem as it is told to other programs."""
    usual = Reported("no-source", "a b/ä.yaml", 3, 7, "values", "no source 'x'", "add it")
    return usual._replace(**said)


def of(*problems: Reported) -> Report:
    """Return a report of some problems."""
    return Report(problems, rules(), {"chips": 1}, "1")


def test_a_log_of_sarif_names_rules_and_regions() -> None:
    """What SARIF 2.1.0 requires: sections 3.13, 3.14, 3.19, 3.27, 3.28 and 3.30."""
    log = sarif(of(reported(), reported(column=0), reported(line=0), reported(file="")))
    assert (log["version"], log["$schema"]) == (
        "2.1.0",
        "https://json.schemastore.org/sarif-2.1.0.json",
    )
    (made,) = log["runs"]
    known = made["tool"]["driver"]["rules"]
    assert made["tool"]["driver"]["name"] == "chipcalc"
    for each in made["results"]:
        assert known[each["ruleIndex"]]["id"] == each["ruleId"] == "no-source"
        assert each["message"] == {"text": "values: no source 'x': add it"}
    first, second, third, fourth = (each["locations"] for each in made["results"])
    place = first[0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%C3%A4.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert second[0]["physicalLocation"]["region"] == {"startLine": 3}
    assert "region" not in third[0]["physicalLocation"]
    assert fourth == []


def test_a_file_of_an_absolute_path_is_a_whole_address(tmp_path: Path) -> None:
    (made,) = sarif(of(reported(file=str(tmp_path / "z9.yaml"))))["runs"]
    uri = made["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "z9.yaml").as_uri()


def test_a_workflow_command_escapes_what_would_end_it() -> None:
    """The signs that GitHub's toolkit escapes in messages and in properties."""
    said = reported(file="a,b:c%.yaml", what="%\nit\r::error::", key="")
    assert github([said]) == [
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=no-source::%25%0Ait%0D::error::: add it"
    ]
    assert github([reported(file="", line=0, column=0, key="")]) == [
        "::error title=no-source::no source 'x': add it"
    ]


def test_a_problem_without_a_hint_has_what_its_rule_asks_for(tmp_path: Path) -> None:
    late = MENDED.replace("accessed:", "published: 2025-01-01, accessed:")
    written(tmp_path, late)
    found = json.loads(run("lint", str(tmp_path), "-f", "json").stdout)["problems"]
    assert [(each["what"], each["hint"]) for each in found] == [
        ("read before it was published", "Dates exist, are in order, and fit what they are about."),
    ]


def test_what_is_sure_is_mended_and_told_file_by_file(tmp_path: Path) -> None:
    sheet = written(tmp_path, SHEET)
    sheet.chmod(0o640)
    result = run("lint", str(tmp_path), "--fix")
    assert (result.exit_code, result.stdout) == (0, "")
    assert sheet.read_text(encoding="utf-8") == MENDED
    assert sheet.stat().st_mode & 0o777 == 0o640
    first = result.stderr.splitlines()[0]
    assert first == (
        f"mended {sheet}: line 4: launched for Launched; line 7: official for Official; "
        "line 9: 2024-03-05 for 2024.3.5"
    )
    assert [each.name for each in sheet.parent.iterdir()] == ["z9.yaml"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("launched: 2024-03-05", "launched: 05/03/2024"),  # of which either may be the day
        ("launched: 2024-03-05", "launched: 2024/13/05"),
        ("unit: W", "unit: w"),  # case tells units apart
        ("source: [sheet]", "source: [sheeet]"),
        ("board_power", "boardpower"),
    ],
)
def test_what_is_not_sure_is_left_alone(right: str, wrong: str, tmp_path: Path) -> None:
    text = MENDED.replace(right, wrong)
    assert text != MENDED
    sheet = written(tmp_path, text)
    assert run("lint", str(tmp_path), "--fix").exit_code == 1
    assert sheet.read_text(encoding="utf-8") == text


def test_only_the_whole_word_is_mended(tmp_path: Path) -> None:
    other = MENDED.replace("sources:", "sources:\n  Sheet2: {title: B, url: 'https://acme.com/b'}")
    text = other.replace("source: [sheet]", "source: [Sheet2, Sheet]")
    sheet = written(tmp_path, text)
    run("lint", str(tmp_path), "--fix")
    assert "source: [sheet2" not in sheet.read_text(encoding="utf-8")


def test_nothing_is_mended_that_is_not_named(tmp_path: Path) -> None:
    sheet = written(tmp_path, SHEET)
    result = run("lint", "--fix", "--specs", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sheet.read_text(encoding="utf-8") == SHEET


@pytest.mark.parametrize("option", [("--fix",), ("--format", "sarif")])
def test_a_list_of_rules_goes_with_no_check(option: tuple[str, ...]) -> None:
    result = run("lint", "--rules", *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: --rules checks nothing\n")


def test_the_contract_says_null_where_nothing_is_known() -> None:
    found = data(of(reported(file="", line=0, column=0, key="")))
    Draft202012Validator(LINT).validate(found)
    (problem,) = found["problems"]
    assert [problem[name] for name in ("file", "line", "column", "key")] == [None] * 4
