"""Problems of sources: what cannot be looked up again, and what is official without its vendor."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import Problem
from chipcalc.files import BUILT_IN
from chipcalc.lint import sheets
from chipcalc.lint.sources import uncitable
from chipcalc.lint.standards import standards
from chipcalc.schema.source import Source
from chipcalc.sheets.store import Store
from chipcalc.words.labels import citation
from chipcalc.words.sheet import full_source

HEAD = "id: x1\nname: X1\nvendor: acme\n"
FACT = "market: {value: edge, status: official, source: sheet}\n"

PUBLICATIONS = [
    "https://acme.example/x1",
    "https://acme.example/en/products/x1.pdf",
    "https://acme.example/index.php?m=content&c=index&catid=406",
    "https://acme.example/?p=6100",
    "https://github.com/acme/tables/blob/0abf9d6/data/x1.yaml",
    "https://github.com/acme/tables/tree/0abf9d6/results",
    "https://github.com/acme/tables/issues/77",
    "https://github.com/acme/tables/releases/tag/v1",
    "https://gist.github.com/acme/0abf9d6",
    "https://acme.example/research/x1",
]
NONE = {
    "https://acme.example": "a home page",
    "https://acme.example/": "a home page",
    "https://www.acme.example/en-us/": "a home page",
    "https://acme.example/zh_CN/index.html": "a home page",
    "https://acme.example/document": "a home page",
    "https://acme.example/#specifications": "a home page",
    "https://github.com/search?q=Ascend910B2&type=code": "a search",
    "https://acme.example/search/x1": "a search",
    "https://press.example/?q=x1": "a search",
    "https://github.com/acme/tables": "a whole repository",
    "https://github.com/acme/tables/": "a whole repository",
    "https://www.github.com/acme/tables#readme": "a whole repository",
    "https://gitlab.com/acme/tables": "a whole repository",
    "https://github.com/acme": "a whole repository",
}


@pytest.mark.parametrize("url", PUBLICATIONS)
def test_a_page_a_file_at_a_commit_and_an_issue_can_be_cited(url: str) -> None:
    assert uncitable(url, standards(Store((BUILT_IN,))).addresses) == ""


@pytest.mark.parametrize(("url", "kind"), NONE.items())
def test_a_search_a_home_page_and_a_repository_cannot(url: str, kind: str) -> None:
    assert uncitable(url, standards(Store((BUILT_IN,))).addresses) == kind


def problems(specs: Path, source: str, rest: str = FACT, vendors: str = "") -> list[Problem]:
    """Return the problems of a sheet with a source of some keys, and vendors that are known."""
    chip = specs / "chips" / "acme" / "x1.yaml"
    described = f"sources: {{sheet: {{title: T, accessed: 2026-01-02, {source}}}}}\n"
    chip.write_text(HEAD + described + rest, encoding="utf-8")
    if vendors:
        path = specs / "metrics.yaml"
        text = path.read_text(encoding="utf-8")
        others = "zenith: {name: Zenith}, longteng: {name: Longteng}"
        path.write_text(f"vendors: {{{vendors}, {others}}}\n{text}", encoding="utf-8")
    store = Store((specs,))
    return sheets.problems(store, {"x1"})


def test_a_source_that_cannot_be_cited_is_told_with_what_to_name_instead(specs: Path) -> None:
    (found,) = problems(specs, "publisher: Acme, url: 'https://github.com/acme/tables'")
    assert str(found).endswith(
        "sources.sheet.url: the address of a whole repository cannot be cited"
    )
    assert found.hint == "name the page, the table, or the file at a commit"


def test_a_shared_source_that_cannot_be_cited_is_told(specs: Path) -> None:
    path = specs / "sources" / "press-table.yaml"
    text = path.read_text(encoding="utf-8").replace("press.example/table", "press.example/")
    path.write_text(text, encoding="utf-8")
    store = Store((specs,))
    (found,) = sheets.problems(store, set(store.files))
    assert (Path(found.file).name, found.path) == ("press-table.yaml", "url")


OWN = "acme: {name: Acme, addresses: [acme.example, code.example/Acme]}"
OFFICIAL = {
    "the vendor's host": "publisher: P, url: 'https://acme.example/x1'",
    "a host below it": "publisher: P, url: 'https://docs.acme.example/x1'",
    "the vendor's part of a host": "publisher: P, url: 'https://code.example/acme/x1/blob/1/a'",
    "a copy that quotes it": "publisher: P, url: 'https://copies.example/x1', quotes: acme",
}
UNOFFICIAL = {
    "the press": "publisher: Acme, url: 'https://press.example/x1'",
    "a host that ends alike": "publisher: Acme, url: 'https://notacme.example/x1'",
    "another's part of a host": "publisher: Acme, url: 'https://code.example/acmes/x1/blob/1/a'",
    "a copy of another vendor's": "publisher: P, url: 'https://acme.example/x1', quotes: zenith",
}


@pytest.mark.parametrize("source", OFFICIAL.values(), ids=OFFICIAL)
def test_what_is_official_stands_in_a_document_of_the_vendor(source: str, specs: Path) -> None:
    assert problems(specs, source, vendors=OWN) == []


@pytest.mark.parametrize("source", UNOFFICIAL.values(), ids=UNOFFICIAL)
def test_what_somebody_else_prints_is_not_official(source: str, specs: Path) -> None:
    (found,) = problems(specs, source, vendors=OWN)
    assert str(found).endswith("market.status: official, but no source of it is Acme's")
    assert found.hint == "add one, write quotes: acme in a copy of one, or status: reported"
    assert problems(specs, source, FACT.replace("official", "reported")) == []


def test_one_source_of_the_vendor_is_enough(specs: Path) -> None:
    fact = FACT.replace("sheet", "[sheet, press-table]")
    assert problems(specs, OFFICIAL["the vendor's host"], fact, OWN) == []


def test_a_vendor_without_addresses_is_told_by_the_publisher(specs: Path) -> None:
    """So that whoever writes sheets of a vendor of their own need not change the vocabulary."""
    assert problems(specs, "publisher: Acme Corp., url: 'https://a.example/x1'") == []
    (found,) = problems(specs, "publisher: The Press, url: 'https://a.example/x1'")
    assert found.path == "market.status"


def test_a_circuit_that_is_described_in_place_goes_by_its_own_vendor(specs: Path) -> None:
    """A board of Acme's carries a circuit of Zenith's, whose figures only Zenith makes official."""
    rest = """\
item: {value: board, status: reported, source: sheet}
contains:
  - count: 2
    circuit:
      name: Z9
      vendor: zenith
      values: {board_power: [{value: 9, unit: W, status: official, source: sheet}]}
"""
    (found,) = problems(specs, "publisher: Acme, url: 'https://acme.example/x1'", rest)
    place = "contains[0].circuit.values.board_power[0].status"
    assert (found.path, found.what) == (place, "official, but no source of it is zenith's")
    assert problems(specs, "publisher: Zenith, url: 'https://zenith.example/z9'", rest) == []


def test_a_source_quotes_a_vendor_that_there_is(specs: Path) -> None:
    source = "publisher: P, url: 'https://copies.example/x1', quotes: acmee"
    fact = FACT.replace("official", "reported")
    (found,) = problems(specs, source, fact, OWN)
    assert (found.path, found.what) == ("sources.sheet.quotes", "no vendor 'acmee'")
    assert found.hint == "did you mean 'acme'?"


def test_the_headquarters_that_are_official_are_told_by_the_vendor(specs: Path) -> None:
    place = "{value: FR, status: official, source: press-table}"
    vendors = f"acme: {{name: Acme, headquarters: {place}}}"
    source = OFFICIAL["the vendor's host"]
    (found,) = problems(specs, source, FACT.replace("official", "reported"), vendors)
    assert found.path == "vendors.acme.headquarters"
    assert found.what == "official, but no source of it is Acme's"


@pytest.mark.parametrize("file", ["rules", "claims", "groups"])
def test_the_addresses_of_rules_claims_and_groups_are_checked_too(file: str, specs: Path) -> None:
    from chipcalc.lint import claims, groups, rules
    from chipcalc.rules.rulebook import Rulebook

    path = next(
        each for each in sorted(specs.glob(f"{file}/**/*.yaml")) if "url:" in each.read_text()
    )
    text = path.read_text(encoding="utf-8")
    address = next(each for each in text.split() if each.strip("'\",}").startswith("http"))
    path.write_text(text.replace(address.strip("'\",}"), "https://p.example/"), encoding="utf-8")
    store = Store((specs,))
    found = {
        "rules": lambda: rules.problems(store),
        "claims": lambda: claims.problems(store, [path]),
        "groups": lambda: groups.problems(store, [path]),
    }[file]()
    assert Rulebook(store).files
    assert [each.what for each in found] == ["the address of a home page cannot be cited"]


def test_a_stable_copy_of_a_page_is_shown_beside_its_address() -> None:
    kept = "https://archive.example/1/x1"
    url = "https://acme.example/x1"
    data = {"title": "T", "publisher": "P", "url": url, "archived": kept, "accessed": "2026-01-02"}
    source = Source.model_validate(data)
    assert citation(source) == f"P: T. {url} (archived: {kept})"
    assert full_source(1, "t", source).text == f"P: T. {url} (archived: {kept})"
