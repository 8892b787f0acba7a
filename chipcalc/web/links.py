"""Where links lead: to a server, which answers every address, or to the files of a site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from chipcalc.web.address import Address

STATIC = "/static"


class Links(Protocol):
    """How a page writes its links; an address that nothing answers leads nowhere."""

    @property
    def is_live(self) -> bool:
        """Whether somebody answers forms."""
        ...

    def to(self, address: Address) -> str:
        """Return the link to an address; nothing where it leads nowhere."""
        ...

    def static(self, name: str) -> str:
        """Return the link to a file that all pages share."""
        ...

    def download(self, address: Address, ending: str) -> str:
        """Return the link to what an address answers, in a format."""
        ...


class ServerLinks:
    """Links to a server."""

    is_live = True

    def to(self, address: Address) -> str:
        """Return the address itself."""
        return str(address)

    def static(self, name: str) -> str:
        """Return where the server keeps a file."""
        return f"{STATIC}/{name}"

    def download(self, address: Address, ending: str) -> str:
        """Return the same address with the ending of the format behind its path."""
        return str(address._replace(path=f"{_named(address.path)}.{ending}"))


class SiteLinks:
    """Links between the files of a site, from one of them; `files` has the file of each address."""

    is_live = False

    def __init__(self, here: str, files: Mapping[str, str], made: Collection[str] = ()) -> None:
        self._here = here
        self._files = files
        self._made = made

    def to(self, address: Address) -> str:
        """Return the way from this file to that of an address; nothing where there is none.

        A page that is not there for its day is that of today.
        """
        for each in (address, address.changed(as_of=None)):
            found = self._files.get(str(each))
            if found:
                return self._way(found)
        return ""

    def static(self, name: str) -> str:
        """Return the way to a file that all pages share."""
        return self._way(f"static/{name}")

    def download(self, address: Address, ending: str) -> str:
        """Return the way to the file of a format, which lies beside the page."""
        found = self._files.get(str(address), "")
        name = f"{found.removesuffix('.html')}.{ending}"
        return self._way(name) if name in self._made else ""

    def _way(self, file: str) -> str:
        return "../" * self._here.count("/") + file


def _named(path: str) -> str:
    return "/map" if path == "/" else path
