"""A sheet that is begun: sound as it is, sound once its facts are there, and never written over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from chipcalc import files
from chipcalc.claims.claim import Claim, Claims
from chipcalc.cli import app
from chipcalc.commands.new import begin, chip_template, claims_template
from chipcalc.errors import ChipcalcError
from chipcalc.lint.paths import paths as lint
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.chip import Chip
from shared import STORE

ROOT = Path(__file__).parents[2]
FACTS = {
    "publisher: …": "publisher: Acme",
    "family: […]": "family: [zeta]",
    "stands_for: […]": "stands_for: [zeta]",
    "not_offered: […]": "not_offered: []",
    "{chip: …": "{chip: h100-sxm",
    "launched: …": "launched: 2025-03",
    "market: {value: …": "market: {value: datacenter",
    "item: {value: …": "item: {value: board",
    "availability: {value: …, as_of: …": "availability: {value: sampling, as_of: 2026-11",
    "published: …, accessed: …": "published: 2025-03, accessed: 2025-04-01",
    "{value: …, unit": "{value: 1, unit",
    "  - {check: int8, reason: …}": "".join(
        f"  - {{check: {each}, reason: all of them are one}}\n" for each in ("clocks", "bus")
    ),
}


def uncommented(text: str) -> str:
    """Return a template with the sign of a comment taken away before every key."""
    return re.sub(r"^# ", "", text, flags=re.MULTILINE)


def filled(text: str) -> str:
    """Return a template with facts in the place of the dots that plain words cannot fill."""
    for dots, fact in FACTS.items():
        text = text.replace(dots, fact)
    return text


def test_a_new_sheet_has_no_faults_before_anything_is_known(tmp_path: Path) -> None:
    begun = begin("acme/z9", [tmp_path])
    assert begun.path == tmp_path / "chips" / "acme" / "z9.yaml"
    assert begun.instead_of == ""
    assert lint([tmp_path], ()).problems == ()


@pytest.mark.parametrize("kind", ["circuit", "board"])
def test_a_new_sheet_has_no_faults_once_its_facts_are_there(kind: str, tmp_path: Path) -> None:
    path = begin("acme/z9", [tmp_path]).path
    text = path.read_text("utf-8")
    circuit, board = text.split("\n## Of a board")
    begun = (
        circuit if kind == "circuit" else text[: text.index("## Figures")] + "## Of a board" + board
    )
    path.write_text(filled(uncommented(begun)), encoding="utf-8")
    assert lint([tmp_path], ()).problems == ()


def test_a_fact_that_is_still_dots_is_a_fault(tmp_path: Path) -> None:
    path = begin("acme/z9", [tmp_path]).path
    text = path.read_text("utf-8").replace("# values:", "values:")
    path.write_text(
        re.sub(r"^# (  memory_capacity:.*\n)# ", r"\1", text, flags=re.MULTILINE), encoding="utf-8"
    )
    found = lint([tmp_path], ()).problems
    assert [each.path for each in found] == ["values.memory_capacity[0].value"]


def test_every_fact_to_fill_in_stands_in_the_template() -> None:
    text = uncommented(chip_template(("acme", "z9"), STORE.vocabulary))
    assert [dots for dots in FACTS if dots not in text] == []


def test_a_template_names_every_key_metric_condition_and_detail() -> None:
    text = chip_template(("acme", "z9"), STORE.vocabulary)
    data = uncommented(text)
    keys = set(re.findall(r"^(\w+):", data, re.MULTILINE))
    assert keys == set(Chip.model_fields)
    vocabulary = STORE.vocabulary
    declared = set(vocabulary.declared.values())
    for name, metric in vocabulary.metrics.items():
        stated = metric.formula is None and not metric.given and name not in declared
        assert (f"\n  {name}:   # {metric.label}" in data) is stated, name
    for name in {each for metric in vocabulary.metrics.values() for each in metric.by}:
        for word in vocabulary.conditions[name].values:
            assert re.search(rf'^##     {name}: .*"?{re.escape(word)}"?', text, re.MULTILINE)
    for name in vocabulary.details:
        assert f"\n  {name}:   # " in data


def test_the_template_of_claims_has_every_kind_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    path = begin("claims/my-article", [tmp_path]).path
    article = parse(Claims, read(path))
    assert {type(each) for each in article.claims} == set(get_args(Claim))
    assert not lint([tmp_path], []).problems


def test_the_guide_shows_the_template_of_claims() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```yaml\n{claims_template(('my-article',), STORE.vocabulary)}```" in guide


def test_the_guide_shows_the_template() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```yaml\n{chip_template(('acme', 'z9'), STORE.vocabulary)}```" in guide


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = begin("acme/z9", [tmp_path]).path
    path.write_text("mine", encoding="utf-8")
    for name in ("acme/z9", "chips/acme/z9.yaml", "other/z9"):
        with pytest.raises(ChipcalcError, match=r"chips/acme/z9\.yaml describes 'z9' already"):
            begin(name, [tmp_path])
    assert path.read_text("utf-8") == "mine"
    assert list(tmp_path.rglob("*.yaml")) == [path]


def test_a_sheet_that_stands_in_for_another_one_says_so(tmp_path: Path) -> None:
    assert begin("nvidia/h20", [tmp_path]).instead_of == "specs/chips/nvidia/h20.yaml"
    told = CliRunner().invoke(app, ["new", "amd/mi210", "--specs", str(tmp_path)])
    assert f"mi210.yaml stands in for {Path('specs/chips/amd/mi210.yaml')} where" in told.stderr
    assert told.stdout.splitlines() == [
        f"wrote {tmp_path}/chips/amd/mi210.yaml",
        f"Write in it what is known, then: chipcalc lint {tmp_path}/chips/amd/mi210.yaml",
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("z9", "'z9' is not VENDOR/ID"),
        ("acme/zeta/z9", "'acme/zeta/z9' is not VENDOR/ID"),
        ("acme/Z9", "'Z9' is no plain word"),
        ("../z9", "'..' is no plain word"),
        ("/z9", "'' is no plain word"),
        ("claims/magazine/my-article.yaml", "'claims/magazine/my-article.yaml' is not claims/ID"),
        ("rules/us/us-x", "no template for rules"),
    ],
)
def test_a_name_that_is_none_is_refused(name: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError) as caught:
        begin(name, [tmp_path])
    (problem,) = caught.value.problems
    assert problem.what == what
    assert problem.hint
    assert not list(tmp_path.iterdir())


def test_the_folder_is_the_given_one_then_that_of_the_environment_then_the_one_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(files.ENVIRONMENT, raising=False)
    with pytest.raises(ChipcalcError, match="no spec folder to write into"):
        begin("acme/z9")
    (tmp_path / "specs").mkdir()
    assert begin("acme/z9").path == Path("specs/chips/acme/z9.yaml")
    (tmp_path / "env").mkdir()
    monkeypatch.setenv(files.ENVIRONMENT, "env")
    assert begin("acme/z9").path == Path("env/chips/acme/z9.yaml")
    assert begin("acme/z9", [Path("made")]).path == Path("made/chips/acme/z9.yaml")
    assert Path("made/chips/acme/z9.yaml").is_file()
