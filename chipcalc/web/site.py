"""Pages as files: every chip, rule, map and timeline, for any host of files, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from chipcalc.api.database import Database
from chipcalc.errors import error
from chipcalc.web import downloads
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.links import SiteLinks
from chipcalc.web.page import Maker
from chipcalc.web.pages import chip, claims, data, first, rules, timeline
from chipcalc.web.rendering import rendered
from chipcalc.web.stops import stops
from chipcalc.words.language import ENGLISH

MARK = "made-by-chipcalc.txt"
_TAKEN = ("csv", "json", "svg")
_SHARED = ("chipcalc.css", "chipcalc.js", "icon.svg")


class File(NamedTuple):
    """A page of a site: what makes it, its address, and its file."""

    make: Maker
    address: Address
    name: str


def pages(library: Library) -> list[File]:
    """Return all pages of a site, the maps first."""
    today = library.day("")
    every = library.rules(today)
    turns = stops(every, today)
    found = [File(first.page, Address("/"), "index.html")]
    for each in turns[:-1]:
        day = each.day.isoformat()
        found.append(File(first.page, Address("/", (("as_of", day),)), f"map-{day}.html"))
    found += [
        File(rules.page, Address("/rules"), "rules.html"),
        File(data.page, Address("/data"), "data.html"),
        File(claims.page, Address("/claims"), "claims.html"),
    ]
    for name in every.rulebook.provisions:
        found.append(File(rules.one, Address(f"/rule/{name}"), f"rule/{name}.html"))
    for made in library.chips:
        found.append(File(chip.page, Address(f"/chip/{made.id}"), f"chip/{made.id}.html"))
        path = f"timeline/{made.id}"
        found.append(File(timeline.page, Address(f"/{path}"), f"{path}.html"))
    return found


def write(
    db: Database, folder: Path, progress: Callable[[Sequence[File]], Iterable[File]] = iter
) -> int:
    """Write a site into a folder and return how many pages it has.

    `progress` goes through the pages and tells a person how far it is. Raises ChipcalcError for a
    folder with files of something else in it, and where it cannot be written.
    """
    try:
        _prepare(folder)
        library = Library(db)
        found = pages(library)
        for name, content in _static():
            _put(folder / "static" / name, content)
        for each in progress(found):
            for name, content in _files(each, found, library):
                _put(folder / name, content)
    except OSError as fault:
        reason = (fault.strerror or "no reason is known").lower()
        raise error(f"'{folder}' cannot be written: {reason}", "name another folder") from None
    return len(found)


def _files(file: File, found: Sequence[File], library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield a page as HTML and in the other formats that it has."""
    page = file.make(library, file.address)
    stem = file.name.removesuffix(".html")
    made = {f"{stem}.{each}": each for each in _TAKEN if each in page.endings}
    links = SiteLinks(file.name, {str(e.address): e.name for e in found}, made)
    yield file.name, rendered(page, file.address, links, ENGLISH).encode()
    for name, ending in made.items():
        yield name, downloads.content(page, ending)


def _static() -> Iterator[tuple[str, bytes]]:
    folder = resources.files("chipcalc.web").joinpath("static")
    yield from ((name, folder.joinpath(name).read_bytes()) for name in _SHARED)


def _prepare(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        what = f"'{folder}' has files in it that are not of a site made here"
        raise error(what, "name a folder that is empty, or not there yet")
    _put(folder / MARK, b"Files here are written anew by: chipcalc site\n")


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
