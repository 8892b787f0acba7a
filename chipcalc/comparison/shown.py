"""Which rows of a comparison say the same, which nobody can fill, and in which unit they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow
from chipcalc.figures.figure import Answer, Figure, Missing, is_known
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import Vocabulary, largest_unit


class SameRows(NamedTuple):
    """Rows of one metric in which every chip has the same figure, known equally well."""

    lines: tuple[ComparedRow, ...]

    @property
    def first(self) -> ComparedRow:
        """The row that stands for all of them."""
        return self.lines[0]

    @property
    def known(self) -> int:
        """How many chips have a figure, or what bounds it."""
        return sum(map(is_known, self.first.answers))


def same_rows(lines: Iterable[ComparedRow]) -> list[SameRows]:
    """Return rows with those that say the same as an earlier one beside it, as one."""
    found: dict[object, list[ComparedRow]] = {}
    for line in lines:
        identity = (line.metric, line.best, *map(_identity, line.answers))
        found.setdefault(identity, []).append(line)
    return [SameRows(tuple(each)) for each in found.values()]


def _identity(answer: Answer) -> object:
    """Return what two answers share that read the same: amount, status and what is said of it."""
    if isinstance(answer, Missing):
        because = answer.because if answer.kind != "unknown" else ""
        ends = [each and each.value.base for each in (answer.low, answer.high)]
        return answer.kind, because, len(answer.seen), *ends
    notes = tuple(
        (each.statement.note, each.statement.as_of, each.statement.status)
        for each in answer.statements()
    )
    details = _details(answer)
    return answer.value.base, answer.value.unit.dimension, answer.status, notes, details


def _details(answer: Figure) -> tuple[tuple[str, str], ...]:
    """Return the conditions of the statements behind a figure, its format left out."""
    return tuple(
        pair
        for each in answer.statements()
        for pair in each.statement.when.items()
        if pair[0] != "format"
    )


def nobody_knows(rows: SameRows) -> bool:
    """Whether no chip has a figure, and nothing more is known than that."""
    return not rows.known and all(
        isinstance(each, Missing) and each.kind == "unknown" and not each.seen
        for each in rows.first.answers
    )


def scaled(line: ComparedRow, vocabulary: Vocabulary) -> Unit:
    """Return the largest of a metric's units in which no figure of a row starts below one.

    Where there is none it is the smallest; without figures the usual one.
    """
    units = vocabulary.units(line.metric, line.when)
    starts = [
        each.value.base.low
        for each in line.answers
        if isinstance(each, Figure)
        and each.value.unit.dimension == units[0].dimension
        and each.value.base.low > 0
    ]
    if not starts:
        return units[0]
    smallest = min(units, key=lambda unit: unit.factor)
    return largest_unit(units, min(starts)) or smallest


def sections(rows: Sequence[SameRows], section: Mapping[str, str]) -> dict[str, list[SameRows]]:
    """Return rows under their headings, each heading once, in the order of its first row."""
    found: dict[str, list[SameRows]] = {}
    for each in rows:
        found.setdefault(section[each.first.metric], []).append(each)
    return found
