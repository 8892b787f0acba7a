"""Addresses: the path of a page and the whole state of its answer, bounded before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, urlencode

from chipcalc.errors import error

Given: TypeAlias = "str | Sequence[str] | None"
MOST_VALUES, LONGEST, MOST_CHIPS = 80, 400, 24
_KEPT = ("lang",)


class Address(NamedTuple):
    """Where a page is: its path, and what is asked, in the order in which it is said."""

    path: str
    values: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        """Return every value of a name, empty ones left out, each once."""
        found = (value.strip() for key, value in self.values if key == name)
        return list(dict.fromkeys(filter(None, found)))

    def first(self, name: str, default: str = "") -> str:
        """Return the last value that is said of a name, as a form adds it; else the default."""
        found = self.all(name)
        return found[-1] if found else default

    def has(self, name: str) -> bool:
        """Whether anything is said of a name, if only that it is empty."""
        return any(key == name for key, _ in self.values)

    def changed(self, **given: Given) -> Address:
        """Return the address with other values; None takes a name out."""
        kept = [(key, value) for key, value in self.values if key not in given]
        for key, said in given.items():
            each = [said] if isinstance(said, str) else said or ()
            kept += [(key, value) for value in each]
        return self._replace(values=tuple(kept))

    def to(self, path: str, **given: Given) -> Address:
        """Return the address of another page, in the same language."""
        kept = tuple(each for each in self.values if each[0] in _KEPT)
        return Address(path, kept).changed(**given)

    @property
    def language(self) -> str:
        """The code of the language that is asked for; English where none is."""
        return self.first("lang", "en")

    def __str__(self) -> str:
        said = urlencode([each for each in self.values if each[1]], quote_via=quote, safe=":,-.")
        return quote(self.path) + (f"?{said}" if said else "")


def address(path: str, values: Iterable[tuple[str, str]]) -> Address:
    """Return an address as it was asked for; raises ChipcalcError for more than can be meant."""
    found = Address(path, tuple(values))
    if len(found.values) > MOST_VALUES or any(len(v) > LONGEST for _, v in found.values):
        raise error("more is asked than one page answers", f"leave it at {MOST_VALUES} values")
    if len(found.all("chip")) > MOST_CHIPS:
        raise error(f"a page is about {MOST_CHIPS} chips at most", "take some of them off")
    return found
