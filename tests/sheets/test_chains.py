"""Sheets and rules that rest on one another: any number of them is read, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store
from hostile_cases import SHEET

SPECS = Path(__file__).parent.parent / "specs"
RULE = (SPECS / "rules" / "atlantis" / "atl-9.yaml").read_text(encoding="utf-8")


def variants(folder: Path, count: int) -> Store:
    """Return a store with so many chips, each a variant of the one before it."""
    for number in range(count):
        mirrors = f"variant_of: {{chip: v{number - 1}, status: reported, note: said}}\n"
        path = folder / "chips" / "acme" / f"v{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SHEET.replace("NAME", f"v{number}") + (mirrors if number else ""), "utf-8")
    return Store((folder, SPECS))


def fault(store: Store, chip: str) -> str:
    with pytest.raises(ChipcalcError) as caught:
        store.sheet(chip)
    return str(caught.value.problems[0])


def test_twenty_variants_may_stand_one_upon_the_other(tmp_path: Path) -> None:
    assert variants(tmp_path, 30).sheet("v20").rests_on == 20


def test_more_variants_are_refused_whichever_is_read_first(tmp_path: Path) -> None:
    told = "variant_of.chip: more than 20 variants stand one upon the other"
    for first in ("v21", "v5", "v20"):
        store = variants(tmp_path, 30)
        if first != "v21":
            store.sheet(first)
        assert told in fault(store, "v21")
        assert told in fault(store, "v29")
        assert store.sheet("v20").rests_on == 20


def test_a_chain_of_1500_variants_neither_hangs_nor_ends_in_recursion(tmp_path: Path) -> None:
    assert "v1499.yaml" in fault(variants(tmp_path, 1500), "v1499")


def chain(folder: Path, count: int) -> Rulebook:
    """Return rules of which each rests on the one before it."""
    for number in range(count):
        name, before = f"chain-{number}", f"chain-{number - 1}" if number else "atl-1"
        path = folder / "rules" / "atlantis" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = RULE.replace("id: atl-9", f"id: {name}").replace("ATL.9", f"ATL.{name}")
        path.write_text(text.replace("[atl-1, atl-2]", before), "utf-8")
    return Rulebook(Store((folder, SPECS)))


def test_a_rule_may_rest_on_many_others(tmp_path: Path) -> None:
    assert "chain-98" in chain(tmp_path, 99).provisions


def test_a_chain_of_500_rules_is_refused_in_one_line_for_each(tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError) as caught:
        assert chain(tmp_path, 500).provisions
    assert {each.what for each in caught.value.problems} == {
        "the rule rests on more than 100 others"
    }
