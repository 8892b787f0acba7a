"""Errors a user can act on: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong: in which file and line, at which key, and how to mend it."""

    what: str
    file: str = ""
    line: int = 0
    path: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return ``file:line: path: what``, each part only where it is known."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return ": ".join(part for part in (place, self.path, self.what) if part)

    def at(self, file: str, line: int = 0, path: str = "") -> Problem:
        """Return the same problem with its place filled in, where it had none."""
        return self._replace(file=self.file or file, line=self.line or line, path=self.path or path)


class ChipcalcError(Exception):
    """Something that the user can mend; carries every problem that was found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def error(what: str, hint: str = "") -> ChipcalcError:
    """Return an error with one problem that belongs to no file."""
    return ChipcalcError(Problem(what, hint=hint))


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known names that look most like the given one, best first, at most `count`.

    Letters that are easily taken for digits count as these: h2O looks like h20.
    """
    import difflib  # it costs start-up time, and most commands make no mistake

    spelled: dict[str, str] = {}
    for each in known:
        spelled.setdefault(_plain(each), each)
    close = difflib.get_close_matches(_plain(name), spelled, n=count, cutoff=0.7)
    return [spelled[each] for each in close]


def _plain(name: str) -> str:
    return name.casefold().translate(_LOOKALIKES).replace("-", "").replace(" ", "")


_LOOKALIKES = str.maketrans({"o": "0", "l": "1", "_": None})


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'a' or 'b'?``, or nothing when no known name is close."""
    close = [f"'{each}'" for each in nearest(name, known)]
    return f"did you mean {join_words(close, 'or')}?" if close else ""


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
