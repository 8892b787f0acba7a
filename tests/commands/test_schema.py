"""The JSON Schema for editors accepts and refuses what the program does."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from chipcalc.cli import app
from chipcalc.commands.schema import json_schema, kinds
from chipcalc.contract.schemas.outputs import OUTPUTS
from chipcalc.errors import ChipcalcError
from chipcalc.files import BUILT_IN
from chipcalc.rules.rule import Rule
from chipcalc.schema.base import Frozen
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.store import Store
from chipcalc.vocabulary.model import Vocabulary

KINDS: dict[str, type[Frozen]] = {
    "chip": Chip,
    "rule": Rule,
    "metrics": Vocabulary,
    "source": Source,
}
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


class Editor(yaml.SafeLoader):
    """Reads YAML as editors do, by version 1.2: numbers, but no dates, and `on` is a word."""


Editor.yaml_implicit_resolvers = {
    first: [
        each
        for each in found
        if not each[0].endswith((":timestamp", ":merge"))
        and (first in "tTfF" or not each[0].endswith(":bool"))
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(value: Any, schema: Any, whole: Any, place: str = "") -> list[str]:
    """Return the places where a value breaks a JSON Schema, as far as ours use the language."""
    if "$ref" in schema:
        return faults(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, place)
    if "anyOf" in schema:
        found = [faults(value, each, whole, place) for each in schema["anyOf"]]
        return [] if [] in found else max(found, key=len)
    allowed = schema.get("type", list(TYPES))
    types = allowed if isinstance(allowed, list) else [allowed]
    if not any(isinstance(value, TYPES[each]) for each in types):
        return [f"{place}: {value!r} is not of type {types}"]
    if isinstance(value, dict):
        return of_object(value, schema, whole, place)
    if isinstance(value, list):
        items = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        pairs = enumerate(zip(value, items, strict=False))
        found = [faults(each, item, whole, f"{place}[{i}]") for i, (each, item) in pairs]
        found.append([place] if len(items) != len(value) else [])
        return list(chain.from_iterable(found))
    return [] if fits(value, schema) else [f"{place}: {value!r}"]


def of_object(value: dict[str, Any], schema: Any, whole: Any, place: str) -> list[str]:
    """Return the keys that are missing or not allowed, and the faults of the others."""
    found = [
        f"{place}.{each} is missing" for each in schema.get("required", ()) if each not in value
    ]
    for key, each in value.items():
        patterns = schema.get("patternProperties", {}).items()
        inner = schema.get("properties", {}).get(key) or next(
            (found for pattern, found in patterns if re.search(pattern, key)),
            schema.get("additionalProperties", True),
        )
        if inner is False:
            found.append(f"{place}.{key} is not allowed")
        elif inner is not True:
            found += faults(each, inner, whole, f"{place}.{key}")
    return found


def fits(value: Any, schema: Any) -> bool:
    """Whether a plain value is one of those that are allowed."""
    if isinstance(value, str):
        return bool(re.search(schema.get("pattern", ""), value)) and (
            len(value) >= schema.get("minLength", 0) and value in schema.get("enum", [value])
        )
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    return value is None or bool(low <= value <= high)


@pytest.fixture(scope="module")
def schema() -> Any:
    """Return the schema of a spec sheet."""
    return json.loads(json_schema("chip"))


def read(text: str) -> Any:
    """Return a text as an editor reads it."""
    return yaml.load(text, Loader=Editor)  # noqa: S506


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_that_a_file_may_have_is_in_its_schema_and_no_other_is_allowed(
    kind: str,
) -> None:
    found = json.loads(json_schema(kind))
    fields = KINDS[kind].model_fields
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(found["properties"]) == set(fields)
    assert set(found["required"]) == {name for name, each in fields.items() if each.is_required()}
    assert found["additionalProperties"] is False


def test_a_kind_that_has_no_schema_is_an_error() -> None:
    with pytest.raises(ChipcalcError, match="no schema 'chips'") as caught:
        json_schema("chips")
    assert caught.value.problems[0].hint == "did you mean 'chip'?"
    with pytest.raises(ChipcalcError) as caught:
        json_schema("qqq")
    (problem,) = caught.value.problems
    start, *known = problem.hint.replace("known are ", "known are, ").split(", ")
    assert start == "known are"
    assert set(KINDS) <= set(known)
    assert known == kinds()


_NEW = ("units",)  # outputs that are in their first version


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_has_its_schema_where_a_spec_file_has_none_of_that_name(name: str) -> None:
    """A rule is a file, and what 'rules NAME' prints; the file's schema keeps the short name."""
    output = f"chipcalc.{name}/{1 if name in _NEW else 2}"
    assert json.loads(json_schema(f"output:{name}"))["title"] == output
    clash = f"output:{name}" in kinds()
    assert (json.loads(json_schema(name)).get("title") == output) is not clash
    assert clash is (name in {"rule", "claims", "groups", "metrics"})


def test_the_help_names_every_schema() -> None:
    told = CliRunner().invoke(app, ["schema", "--help"], env={"COLUMNS": "80"}).stdout
    whole = re.sub(r"-\n\s+", "-", told)  # a line may end at a hyphen
    words = set(re.findall(r"[a-z:-]+", whole))
    assert {each.removeprefix("output:") for each in kinds()} <= words


@pytest.mark.parametrize(
    "chip", ["a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1"]
)
def test_an_editor_accepts_every_sheet_that_the_program_accepts(
    chip: str, store: Store, schema: Any
) -> None:
    assert faults(read(store.files[chip].read_text(encoding="utf-8")), schema, schema) == []


def test_an_editor_accepts_the_vocabulary_and_the_shared_sources(store: Store) -> None:
    (folder,) = store.folders
    for kind, path in (("metrics", "metrics.yaml"), ("source", "sources/press-table.yaml")):
        whole = json.loads(json_schema(kind))
        assert faults(read((folder / path).read_text(encoding="utf-8")), whole, whole) == []


def test_an_editor_accepts_every_rule_and_none_with_an_unknown_key(store: Store) -> None:
    whole = json.loads(json_schema("rule"))
    (folder,) = store.folders
    paths = sorted(folder.glob("rules/*/*.yaml"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert faults(read(text), whole, whole) == []
        for key in ("title:", "in_force:", "expect:"):
            wrong = text.replace(key, f"an_{key}", 1)
            assert faults(read(wrong), whole, whole) != []


def test_an_editor_accepts_every_claim_and_none_of_no_kind_or_of_two(store: Store) -> None:
    whole = json.loads(json_schema("claims"))
    for folder in (*store.folders, BUILT_IN):
        for path in folder.glob("claims/*.yaml"):
            assert faults(read(path.read_text(encoding="utf-8")), whole, whole) == []
    text = (store.folders[0] / "claims" / "acme-2024-01.yaml").read_text(encoding="utf-8")
    family = "    share: {chips: [a10, a20], family: atlas}\n"
    assert family in text
    for wrong in ("", f"{family}    elsewhere: {{about: {{en: a, zh: b}}}}\n"):
        assert faults(read(text.replace(family, wrong)), whole, whole) != []


STATEMENT = "value: 5, unit: W, status: official, source: [sheet]"
WRONG = {
    "unknown key": "lauched: 2024-02",
    "date": "launched: 02/2024",
    "family": "family: [Atlas]",
    "market": "market: {value: cars, status: official, source: [sheet]}",
    "count": "dies: [{name: D, count: 0}]",
    "many": "dies: [{name: D, count: 1001}]",
    "kind of die": "dies: [{name: D, kind: wafer}]",
    "status": f"values: {{board_power: [{{{STATEMENT.replace('official', 'sure')}}}]}}",
    "no unit": f"values: {{board_power: [{{{STATEMENT.replace('unit: W, ', '')}}}]}}",
    "no list": f"values: {{board_power: {{{STATEMENT}}}}}",
    "one-sided range": f"values: {{board_power: [{{{STATEMENT}, range: [5]}}]}}",
    "empty alias": "aliases: ['']",
    "address": "sources: {s: {title: T, publisher: P, url: x, accessed: 2026-01-02}}",
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_an_editor_refuses_what_the_program_refuses(
    body: str, schema: Any, store: Store, specs: Path
) -> None:
    head = "id: x1\nname: X1\nvendor: acme\n"
    path = specs / "x1.yaml"
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    with pytest.raises(ChipcalcError):
        store.from_file(str(path))
    assert faults(read(head), schema, schema) == []
    assert faults(read(f"{head}{body}\n"), schema, schema) != []
