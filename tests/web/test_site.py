"""A site is files that lead to one another, with all that the pages say, and asks for no server."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.web import site
from chipcalc.web.site import File
from visited import library, words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with the maps, the lists and the pages of a few chips and rules."""
    folder = tmp_path_factory.mktemp("site") / "public"
    found: list[File] = []

    def few(files: list[File]) -> list[File]:
        found[:] = [
            each
            for each in files
            if each.name.count("/") == 0 or re.search(r"h20|h100-sxm|us-3a090-a", each.name)
        ]
        return found

    site.write(library().db, folder, few)  # type: ignore[arg-type]
    return folder


def pages(folder: Path) -> list[Path]:
    """Return the pages of a site."""
    return sorted(folder.rglob("*.html"))


def test_it_has_a_map_for_every_version_of_the_lines(folder: Path) -> None:
    names = {each.name for each in pages(folder)}
    assert {"index.html", "map-2022-10-06.html", "map-2022-10-07.html"} <= names


def test_all_pages_that_there_are_is_what_it_would_write() -> None:
    """A page for every chip, its timeline, every rule, and every map."""
    names = [each.name for each in site.pages(library())]
    assert len(names) == len(set(names))
    for chip in library().chips:
        assert f"chip/{chip.id}.html" in names
        assert f"timeline/{chip.id}.html" in names
    for rule in library().db.rules().rulebook.provisions:
        assert f"rule/{rule}.html" in names


def test_every_link_of_a_page_leads_to_a_file_of_the_site_or_to_a_source(folder: Path) -> None:
    known = {each.name for each in site.pages(library())}
    for page in pages(folder):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r'(?:href|src)="([^"#][^"]*)"', text):
            if link.startswith(("http://", "https://")):
                continue
            target = (page.parent / urldefrag(link)[0]).resolve().relative_to(folder.resolve())
            assert target.as_posix() in known or (folder / target).is_file(), (page, link)


def test_no_form_asks_for_a_server(folder: Path) -> None:
    for page in pages(folder):
        text = page.read_text(encoding="utf-8")
        assert 'action="/' not in text
        assert 'href="/' not in text
        assert 'src="/' not in text


def test_a_file_says_what_the_page_says(folder: Path) -> None:
    page = words((folder / "chip" / "h20.html").read_text(encoding="utf-8"))
    assert "not 3A090.a, not 3A090.b; 3A991.p" in page
    assert (folder / "chip" / "h20.json").is_file()
    assert (folder / "index.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ChipcalcError, match="not of a site made here"):
        site.write(library().db, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
