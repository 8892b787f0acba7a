"""What lint mends by itself: a word or a day that is only written in another way."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import BUILT_IN
from chipcalc.lint.kinds import kind
from chipcalc.yamlio import load

_NEAR = re.compile(r"did you mean '([^']+)'\?")
_NAMED = re.compile(r"'([^']+)'")
_DAY = re.compile(r"'(\d{4})([-/.])(\d{1,2})\2(\d{1,2})' is not a da(?:y|te)")
_WORDS = ("undefined-word", "unknown-key", "no-source")
_PLAIN = re.compile(r"[\w.-]+")
_CUT = "…"


class Fix(NamedTuple):
    """A word in a line of a file, from a column on, and what is to be written for it."""

    line: int
    start: int
    old: str
    new: str


class Mended(NamedTuple):
    """A file that was mended: as it is shown, and what was written for what in it."""

    file: str
    fixes: tuple[Fix, ...]


def fix(problem: Problem) -> Fix | None:
    """Return what mends a problem without a change of what the file means; None where it is unsure.

    A word stands for another only where the two differ in nothing but case, hyphens, underscores
    and spaces.
    """
    column = column_of(problem)
    told = _word(problem) or _day(problem)
    if not column or not problem.excerpt or not told:
        return None
    old, new = told
    start, end = problem.excerpt.spans[0]
    meant = problem.excerpt.lines[-1][start:end]
    return Fix(problem.line, start, old, new) if meant == old else None


def column_of(problem: Problem) -> int:
    """Return the column, from 1, of the word that a problem is about; 0 where it is not known."""
    if problem.column or not problem.excerpt or not problem.excerpt.spans:
        return problem.column
    first, lines = problem.excerpt.first, problem.excerpt.lines
    whole = first and first + len(lines) - 1 == problem.line and _CUT not in lines[-1]
    return problem.excerpt.spans[0][0] + 1 if whole else 0


def _word(problem: Problem) -> tuple[str, str] | None:
    near, named = _NEAR.fullmatch(problem.hint), _NAMED.findall(problem.what)
    if kind(problem).name not in _WORDS or near is None or not named:
        return None
    old, new = named[0], near[1]
    return (old, new) if _bare(old) == _bare(new) and _PLAIN.fullmatch(new) else None


def _bare(word: str) -> str:
    return re.sub("[_ ]", "-", word.casefold())


def _day(problem: Problem) -> tuple[str, str] | None:
    """Return a day that is written the year first, and as it is written here."""
    said = _DAY.fullmatch(problem.what)
    if said is None:
        return None
    year, sign, month, day = said.groups()
    try:
        return sign.join((year, month, day)), str(datetime.date(int(year), int(month), int(day)))
    except ValueError:
        return None


def mend(problems: Iterable[Problem], given: Sequence[Path]) -> list[Mended]:
    """Mend what is sure in files that are given or lie in folders that are; return what was done.

    A file is replaced as a whole. Raises ChipcalcError for one that cannot be written.
    """
    by_file: dict[str, dict[tuple[int, int], Fix]] = {}
    for each in problems:
        found = fix(each)
        if found:
            by_file.setdefault(each.file, {})[found.line, found.start] = found
    return [
        Mended(file, done)
        for file, fixes in by_file.items()
        for path in [_path(file, given)]
        if path and (done := _written(path, file, fixes.values()))
    ]


def _path(file: str, given: Sequence[Path]) -> Path | None:
    """Return a file as it is shown where it is given, or lies in a folder that is."""
    folders = [each.resolve() for each in given]
    shown = Path(file)
    built_in = BUILT_IN.joinpath(*shown.parts[1:]) if shown.parts[:1] == ("specs",) else shown
    for path in (shown.resolve(), built_in.resolve()):
        if path.is_file() and any(path == each or each in path.parents for each in folders):
            return path
    return None


def _written(path: Path, file: str, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """Return what was written into a file; nothing where it is no longer the file that was read."""
    try:
        text = path.read_bytes().decode("utf-8")
        lines = text.splitlines(keepends=True)
        done = []
        for each in sorted(fixes, reverse=True):  # from the end, so that columns stay what they are
            line = lines[each.line - 1] if each.line <= len(lines) else ""
            end = each.start + len(each.old)
            around = line[max(each.start - 1, 0) : each.start] + line[end : end + 1]
            if line[each.start : end] == each.old and not _PLAIN.search(around):
                lines[each.line - 1] = f"{line[: each.start]}{each.new}{line[end:]}"
                done.append(each)
        mended = "".join(lines)
        load(mended, file)
        if mended != text:
            _replace(path, mended)
        return tuple(done[::-1])
    except OSError as fault:
        what = f"'{file}' cannot be mended: {(fault.strerror or str(fault)).lower()}"
        raise ChipcalcError(Problem(what, hint="look at the rights of the file")) from None


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file, whole or not at all, with the rights that it had."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as to:
            to.write(text)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
