"""What is wrong with spec files as rows: the place, the key, and what to write instead."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from chipcalc.errors import Problem
from chipcalc.tables.layout import wrapped
from chipcalc.tables.problems import INDENT, Line, wide
from chipcalc.words.line import Phrase

_GAP = "   "
_REMEDY = 30  # columns that a remedy needs beside its key
_BEGINS = re.compile(r"\s*(?:- +)*([\w.-]+) *:")


def lines(problems: Sequence[Problem]) -> list[Line]:
    """Return one line for each problem, its place first, for editors and other programs."""
    return [(Phrase(f"{each}: {each.hint}" if each.hint else str(each)),) for each in problems]


def rows(problems: Sequence[Problem], width: int) -> list[Line]:
    """Return problems in three columns; where there is no room, the remedy below the key."""
    places = [_place(each) for each in problems]
    keys = [_key(each) for each in problems]
    first = max(map(wide, places), default=0)
    second = max(map(wide, keys), default=0)
    beside = first + second + 2 * len(_GAP)
    found: list[Line] = []
    for place, key, each in zip(places, keys, problems, strict=True):
        head = (
            Phrase(place.ljust(first), "faint"),
            Phrase(_GAP),
            Phrase(key.ljust(second), "heading"),
        )
        if width - beside < _REMEDY:
            found.append((Phrase(place, "faint"), Phrase(_GAP[:2]), Phrase(key, "heading")))
            said = wrapped(_remedy(each), width - len(INDENT))
            found += [(Phrase(INDENT + more),) for more in said]
            continue
        told, *rest = wrapped(_remedy(each), width - beside)
        found.append((*head, Phrase(_GAP + told)))
        found += [(Phrase(" " * beside + more),) for more in rest]
    return found


def summary(problems: Sequence[Problem], checked: Mapping[str, int], seconds: float) -> list[Line]:
    """Return how many files of each kind were checked, and how many problems they have."""
    if problems:
        files = len({each.file for each in problems})
        return [
            (Phrase(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}", "heading"),)
        ]
    whole = f"{_count(sum(checked.values()), 'file')}, 0 problems"
    kinds = ", ".join(_count(n, kind.removesuffix("s")) for kind, n in checked.items() if n)
    return [(Phrase(whole, "heading"), Phrase(f"{_GAP}{kinds}{_GAP}{seconds:.1f} s"))]


def mended(found: Sequence[tuple[str, Sequence[tuple[int, int, str, str]]]]) -> list[Line]:
    """Return a line for each file that was mended, with what was written for what."""
    lines: list[Line] = []
    for file, fixes in found:
        told = (f"line {line}: {new} for {old}" for line, _, old, new in fixes)
        lines.append((Phrase(f"mended {file}", "heading"), Phrase(f": {'; '.join(told)}")))
    return lines


def rules(found: Sequence[tuple[str, str]], width: int | None) -> list[Line]:
    """Return the names of rules, and what each asks for beside it, within a width if there is one.

    Where there is no room beside the names, it stands below them.
    """
    first = max((wide(name) for name, _ in found), default=0)
    beside = first + len(_GAP)
    lines: list[Line] = []
    for name, says in found:
        if width is not None and width - beside < _REMEDY:
            lines.append((Phrase(name, "heading"),))
            lines += [(Phrase(INDENT + each),) for each in wrapped(says, width - len(INDENT))]
            continue
        told, *rest = wrapped(says, width - beside) if width is not None else [says]
        lines.append((Phrase(name.ljust(first), "heading"), Phrase(_GAP + told)))
        lines += [(Phrase(" " * beside + each),) for each in rest]
    return lines


def counts(found: Sequence[tuple[int, str, bool]]) -> list[Line]:
    """Return counts in one column, and what each is of beside it; parts are set in."""
    width = max((len(f"{number:,}") for number, _, _ in found), default=0)
    return [
        (
            Phrase(f"{'' if not part else INDENT}{number:>{width},}", "" if part else "heading"),
            Phrase(f"{_GAP[:2]}{what}"),
        )
        for number, what, part in found
    ]


def checked_rows(
    found: Sequence[tuple[datetime.date, str, str, str]], today: datetime.date, width: int
) -> list[Line]:
    """Return the names of what was last checked on each day, the kinds apart."""
    lines: list[Line] = []
    for (day, kind), group in groupby(found, key=lambda each: (each[0], each[1])):
        names = [each[2] for each in group]
        ago = _count((today - day).days, "day")
        head = f"{day}{_GAP}{ago} ago{_GAP}{_count(len(names), kind)}"
        lines.append((Phrase(head, "heading"),))
        said = wrapped(", ".join(names), width - len(INDENT))
        lines += [(Phrase(INDENT + each),) for each in said]
    return lines


def checked_lines(found: Sequence[tuple[datetime.date, str, str, str]]) -> list[Line]:
    """Return one line for each file, for other programs: day, kind, name and file."""
    return [(Phrase("\t".join(map(str, each))),) for each in found]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


def _key(problem: Problem) -> str:
    """Return the key that a problem is about; of a line that is no YAML, the one it begins with."""
    if problem.path or not problem.excerpt:
        return problem.path
    begins = _BEGINS.match(problem.excerpt.lines[-1])
    return begins[1] if begins else ""


def _remedy(problem: Problem) -> str:
    """Return what is wrong and what to write, without the key that stands beside it."""
    what = problem.what.removeprefix(f"'{problem.path}' ")
    return f"{what}: {problem.hint}" if problem.hint else what
