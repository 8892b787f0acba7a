"""Errors a user can act on: what is wrong, where, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Excerpt(NamedTuple):
    """Lines of a text, and the spans of the words in the last of them that are meant.

    `first` is the number of the first line in its file; 0 for a text of no file.
    """

    lines: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    first: int = 0


class Near(NamedTuple):
    """A name that a wrong one may stand for: as it is typed, and what it is called."""

    name: str
    called: str = ""


class Unknown(NamedTuple):
    """A name that nothing goes by, the nearest ones, and the one that it must be, if one is.

    `kind` says of which kind it is and where it is not found, in the plural: ``names``, ``in the
    sheets``. `lead` says what the nearest ones are.
    """

    name: str
    nearest: tuple[Near, ...] = ()
    clear: str = ""
    kind: tuple[str, str] = ("names", "known")
    lead: str = "nearest"


class Problem(NamedTuple):
    """One thing that is wrong: in which file and line, at which key, and how to mend it.

    `excerpt` quotes the text with the word that is meant, `unknown` are names that nothing goes
    by, `choices` the words of which one is to be chosen, `instead` what to put for which words
    of a command line to mend it, and `command` another command that helps.
    """

    what: str
    file: str = ""
    line: int = 0
    path: str = ""
    hint: str = ""
    column: int = 0
    excerpt: Excerpt | None = None
    unknown: tuple[Unknown, ...] = ()
    choices: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    command: str = ""

    def __str__(self) -> str:
        """Return ``file:line: path: what``, each part only where it is known."""
        path = "" if f"'{self.path}'" in self.what else self.path
        return ": ".join(part for part in (self.place, path, self.what) if part)

    @property
    def place(self) -> str:
        """The file with line and column, as far as they are known: ``a.yaml:4:11``."""
        line = f":{self.line}" if self.line else ""
        column = f":{self.column}" if self.line and self.column else ""
        return f"{self.file}{line}{column}" if self.file else ""

    def at(self, file: str, line: int = 0, path: str = "") -> Problem:
        """Return the same problem with its place filled in, where it had none."""
        return self._replace(file=self.file or file, line=self.line or line, path=self.path or path)

    def within(self, text: str, start: int = 0, end: int | None = None) -> Problem:
        """Return the same problem with a text quoted, unless it quotes one already.

        The word that is meant is the one that the sentence names, where it stands between two
        places in the text; else all that does.
        """
        if self.excerpt:
            return self
        span = word_within(self.what, text, start, len(text) if end is None else end)
        return self._replace(excerpt=Excerpt((text,), (span,)))


class ChipcalcError(Exception):
    """Something that the user can mend; carries every problem that was found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def error(what: str, hint: str = "") -> ChipcalcError:
    """Return an error with one problem that belongs to no file."""
    return ChipcalcError(Problem(what, hint=hint))


def clipped(text: str, most: int = 60) -> str:
    """Return a text as a sentence quotes it: of a long one the beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def in_sight(text: str) -> str:
    """Return a text whose every sign is seen: what steers a screen, or hides, as an escape."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each == "\n" else _escape(each) for each in text)


def _escape(sign: str) -> str:
    if sign in "\u00a0\u202f\u2007\u3000\u2009":  # spaces that are wanted
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def word_within(what: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return where in a part of a text the first word stands that a sentence names in quotes.

    All of the part where it names none of it.
    """
    for word in re.findall(r"'([^']+)'", what):
        found = text.find(word, start, end)
        if found >= 0:
            return found, found + len(word)
    return start, max(end, start + 1)


def unknown(
    what: str,
    name: str,
    known: Mapping[str, object] | Iterable[str],
    kind: tuple[str, str],
    otherwise: str,
) -> ChipcalcError:
    """Return the error of a name that nothing goes by, with the nearest of the known ones.

    `known` may map spellings to the names to type for them; `otherwise` says what to do where
    none is near: a hint, or a command that begins with chipcalc.
    """
    named = known if isinstance(known, Mapping) else {}
    found = {each: named.get(each) for each in known}
    spelled = {each: near if isinstance(near, Near) else Near(each) for each, near in found.items()}
    close = nearest(name, spelled, 6)
    near = tuple(dict.fromkeys(spelled[each] for each in close))[:3]
    only = _clear(name, close, {each: found.name for each, found in spelled.items()})
    command = otherwise if not near and otherwise.startswith("chipcalc ") else ""
    hint = _question([each.name for each in near])
    hint = hint or (f"'{otherwise}' lists them" if command else otherwise)
    names = (Unknown(name, near, only, kind),)
    instead = ((name, only),) if only else ()
    return ChipcalcError(Problem(what, hint=hint, unknown=names, instead=instead, command=command))


def each_of(names: Sequence[str], find: Callable[[str], T]) -> list[T]:
    """Return what is found for each name; raises ChipcalcError with all that is wrong at once."""
    found: list[T] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(find(name))
        except ChipcalcError as fault:
            problems += fault.problems
    if problems:
        raise ChipcalcError(*merged(problems, len(names)))
    return found


class Gathering:
    """What is wrong with several parts of a request, told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def each(self, names: Sequence[str], find: Callable[[str], T]) -> list[T]:
        """Return what is found for each name; where one is wrong nothing, and keeps what is."""
        try:
            return each_of(names, find)
        except ChipcalcError as fault:
            self.problems += fault.problems
            return []

    def end(self) -> None:
        """Raise ChipcalcError with all that was wrong, if anything was."""
        if self.problems:
            raise ChipcalcError(*self.problems)


def merged(problems: Iterable[Problem], count: int) -> list[Problem]:
    """Return problems with the unknown names of one kind as one problem, of so many names.

    Others stay as they are, and each is told once.
    """
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for each in dict.fromkeys(problems):
        key = (each.unknown[0].kind, each.file, each.line) if each.unknown else (each,)
        kinds.setdefault(key, []).append(each)
    return [_as_one(each, count) for each in kinds.values()]


def _as_one(problems: Sequence[Problem], count: int) -> Problem:
    """Return one problem for several names of one kind that nothing goes by."""
    if len(problems) == 1:
        return problems[0]
    plural, where = problems[0].unknown[0].kind
    names = dict.fromkeys(name for each in problems for name in each.unknown)
    settled = all(each.clear for each in names)
    quoted = [each.excerpt for each in problems if each.excerpt]
    same = len({each.lines for each in quoted}) == 1
    spans = tuple(sorted({span for each in quoted for span in each.spans}))
    return problems[0]._replace(
        what=f"{len(names)} of {max(count, len(names))} {plural} are not {where}",
        hint="" if any(each.nearest for each in names) else problems[0].hint,
        excerpt=quoted[0]._replace(spans=spans) if same else None,
        unknown=tuple(names),
        instead=tuple((each.name, each.clear) for each in names) if settled else (),
        command=next((each.command for each in problems if each.command), ""),
    )


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known names that look most like the given one, best first, at most `count`.

    Letters that are easily taken for digits count as these: h2O looks like h20.
    """
    import difflib  # it costs start-up time, and most commands make no mistake

    spelled: dict[str, str] = {}
    for each in known:
        spelled.setdefault(plain(each), each)
    wanted = plain(name)
    close = difflib.get_close_matches(wanted, spelled, n=count, cutoff=0.7)
    short = [each for each, written in spelled.items() if shortens(wanted, written)]
    ranked = dict.fromkeys([*(each for each in close if each == wanted), *short, *close])
    return [spelled[each] for each in ranked][:count]


def _clear(name: str, close: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the one name that a wrong one can only stand for; nothing where none is.

    It is the same but for letters taken for digits and for separators, or the only one that has
    the same digits and is near, or that it is short for. `known` gives the name of a spelling.
    """
    wanted = plain(name)
    only = {known[each] for each in close if plain(each) == wanted}
    if not only:
        only = {found for each, found in known.items() if shortens(wanted, each)}
        only |= {known[each] for each in close if _digits(each) == _digits(name)}
    return only.pop() if len(only) == 1 else ""


def shortens(short: str, known: str) -> bool:
    """Whether a name is made of the beginnings of the words of another, its numbers whole."""
    words = _WORD.findall(known)
    if len(short) < 2 or not words or not short.startswith(_least(words[0])):
        return False
    if _least(words[-1]) not in short:  # as with most of thousands that are numbered
        return False
    reached = {0}
    for word in words:
        begun = _beginnings(word)
        reached = {at + len(e) for at in reached for e in begun if short.startswith(e, at)}
        if not reached:
            return False
    return len(short) in reached


def _least(word: str) -> str:
    """Return the shortest beginning of a word: its number, or its first sign."""
    return plain(word[: len(word) - len(word.lstrip("0123456789")) or 1])


def _beginnings(word: str) -> list[str]:
    """Return every beginning of a word, but for a part of its number."""
    least = len(word) - len(word.lstrip("0123456789")) or 1
    return [plain(word[:end]) for end in range(least, len(word) + 1)]


def _digits(name: str) -> str:
    return "".join(re.findall(r"[0-9]", name))


def plain(name: str) -> str:
    """Return a name without separators and case, letters that look like digits as these."""
    found = name.casefold().replace("o", "0").replace("l", "1")
    return found.replace("_", "").replace("-", "").replace(" ", "")


_WORD = re.compile(r"[^\W\d_]+|[0-9]+[^\W_]*")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'a' or 'b'?``, or nothing when no known name is close."""
    return _question(nearest(name, known))


def _question(names: Iterable[str]) -> str:
    close = [f"'{each}'" for each in names]
    return f"did you mean {join_words(close, 'or')}?" if close else ""


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
