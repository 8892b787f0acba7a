"""The stable contract of what lint finds, and the formats in which other programs take that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

SCHEMA = "chipcalc.lint/2"
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class Rule(NamedTuple):
    """A kind of check: its name, and what it asks for."""

    rule: str
    says: str


class Reported(NamedTuple):
    """One thing that is wrong: nothing stands for a file or a key that is not known, nor 0.

    `fixable` says whether ``chipcalc lint --fix`` mends it.
    """

    rule: str
    file: str
    line: int
    column: int
    key: str
    what: str
    hint: str
    fixable: bool = False


class Report(NamedTuple):
    """What is wrong with some files, the rules of lint, and how many files were checked."""

    problems: tuple[Reported, ...]
    rules: tuple[Rule, ...]
    checked: Mapping[str, int]
    version: str = ""


def data(report: Report) -> dict[str, Any]:
    """Return the contract: null is what is not known of a place."""
    return {
        "schema": SCHEMA,
        "problems": [
            {
                "rule": each.rule,
                "file": each.file or None,
                "line": each.line or None,
                "column": each.column or None,
                "key": each.key or None,
                "what": each.what,
                "hint": each.hint,
                "fixable": each.fixable,
            }
            for each in report.problems
        ],
        "rules": [each._asdict() for each in report.rules],
        "checked": dict(report.checked),
    }


def sarif(report: Report) -> dict[str, Any]:
    """Return what is wrong as a log of SARIF 2.1.0, which code hosts and editors show."""
    places = {each.rule: index for index, each in enumerate(report.rules)}
    driver = {
        "name": "chipcalc",
        "version": report.version,
        "rules": [
            {
                "id": each.rule,
                "shortDescription": {"text": each.says},
                "defaultConfiguration": {"level": "error"},
            }
            for each in report.rules
        ],
    }
    results = [
        {
            "ruleId": each.rule,
            "ruleIndex": places[each.rule],
            "level": "error",
            "message": {"text": _message(each)},
            "locations": list(_locations(each)),
        }
        for each in report.problems
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _message(each: Reported) -> str:
    key = f"{each.key}: " if each.key and f"'{each.key}'" not in each.what else ""
    return f"{key}{each.what}: {each.hint}"


def _locations(each: Reported) -> Iterator[dict[str, Any]]:
    if not each.file:
        return
    path = Path(each.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if each.line:
        column = {"startColumn": each.column} if each.column else {}
        place["region"] = {"startLine": each.line, **column}
    yield {"physicalLocation": place}


def github(problems: Sequence[Reported]) -> list[str]:
    """Return a workflow command of GitHub for each problem, which marks its line in a change."""
    return [
        f"::error {','.join(_properties(each))}::{_escaped(_message(each))}" for each in problems
    ]


def _properties(each: Reported) -> Iterator[str]:
    named = (("file", each.file), ("line", each.line), ("col", each.column), ("title", each.rule))
    for name, value in named:
        if value:
            yield f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"


def _escaped(text: str) -> str:
    """Return a text as a command takes it, which ends with its line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
