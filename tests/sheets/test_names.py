"""Which chips a name means, however the names are laid out in the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from chipcalc import yamlio
from chipcalc.errors import ChipcalcError, Near
from chipcalc.sheets.matching import Matcher
from chipcalc.sheets.names import Namings
from chipcalc.sheets.reading import NameWords, Reader
from chipcalc.sheets.store import Store
from shared import STORE


def called(name: str, sheets: Mapping[str, Path]) -> list[str]:
    """Return the chips that a name means where no word is known that stands around names."""
    matcher = Matcher(sheets, lambda: Reader(NameWords(), {}), Store(()).sheet)
    return [each.id for each in matcher.match(name).candidates]


LAYOUTS = {
    "on one line": "aliases: [swift, Quick Fox]",
    "over several lines": "aliases: [swift,\n  Quick Fox]",
    "closed at the margin": "aliases: [\n  swift,\n  Quick Fox\n]",
    "as a list": "aliases:\n  - swift\n  - Quick Fox",
    "as a list at the margin": "aliases:\n- swift\n- Quick Fox",
    "with a comment between": "aliases:\n# what people type\n  - swift\n  - Quick Fox",
    "with an empty line between": "aliases:\n  - swift\n\n  - Quick Fox",
    "with a quoted key": '"aliases": [swift, Quick Fox]',
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_an_alias_counts_however_the_list_is_written(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    text = f"id: q\n{layout}\nvendor: me\n"
    path.write_text(text, encoding="utf-8")
    assert yamlio.load(text, "q.yaml").data == {
        "id": "q",
        "aliases": ["swift", "Quick Fox"],
        "vendor": "me",
    }
    assert called("quick-fox", {"q": path}) == ["q"]


def test_a_chip_of_that_name_comes_before_a_family_of_that_name(tmp_path: Path) -> None:
    own, member = tmp_path / "own.yaml", tmp_path / "member.yaml"
    own.write_text("id: own\nname: Quick\n", encoding="utf-8")
    member.write_text("id: member\nname: Fox\nfamily: [quick]\n", encoding="utf-8")
    assert called("quick", {"own": own, "member": member}) == ["own"]


def test_a_name_that_is_only_part_of_another_means_nothing(store: Store) -> None:
    assert called("atla", store.files) == []


def test_a_sheet_that_holds_no_keys_goes_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("- q\n", encoding="utf-8")
    assert Namings({"q": path}).of("q").own == ("q",)


def test_a_sheet_that_mentions_the_name_but_is_not_yaml_is_an_error_in_its_own_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("id: q\nvendor: me\nlaunched: 2024\nname: [quick\nfamily: []\n", "utf-8")
    with pytest.raises(ChipcalcError, match="in brackets is not closed") as whole:
        yamlio.load(path.read_text(encoding="utf-8"), str(path))
    with pytest.raises(ChipcalcError, match="in brackets is not closed") as named:
        called("quick", {"q": path})
    assert named.value.problems[0].line == whole.value.problems[0].line


def test_a_spelling_leads_to_what_to_type_for_it(store: Store) -> None:
    found = Namings(store.files).spellings()
    assert found["a10"] == found["A10 SXM"] == Near("a10", store.sheet("a10").name)
    assert found["龙腾910"].name == "lt910"
    assert found["atlas"].name == "atlas"


def test_what_a_name_says_to_a_maker_is_the_same_whoever_was_asked_before() -> None:
    words = STORE.name_words
    vendors = {key: each.name for key, each in STORE.vocabulary.vendors.items()}
    names = ("NVIDIA RTX 4090 by AMD", "Radeon Instinct MI300X", "Intel Gaudi 2", "Tesla", "B 7")
    forth, back = Reader(words, vendors), Reader(words, vendors)
    asked = [(name, vendor) for name in names for vendor in vendors]
    said = {each: forth.read(*each) for each in asked}
    assert {each: back.read(*each) for each in reversed(asked)} == said
    assert len({said["Radeon Instinct MI300X", each] for each in ("amd", "nvidia")}) > 1
