"""A comparison as a screen: the answer, the table in the shape that fits, and what is below it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.shown import SameRows, nobody_knows, same_rows
from chipcalc.contract import compare
from chipcalc.errors import join_words
from chipcalc.sheets.store import Store
from chipcalc.tables import compare_columns, compare_rows
from chipcalc.tables.compare_notes import (
    Notes,
    legend,
    note_lines,
    notes,
    provenance,
    sources,
)
from chipcalc.tables.compare_rows import Choice
from chipcalc.tables.report import Grid, Part, Report, noted
from chipcalc.words import release
from chipcalc.words.compare import FEW, commanded, overtakings, title
from chipcalc.words.line import Block, block, command
from chipcalc.words.modes import paired
from chipcalc.words.names import Naming, families, namings
from chipcalc.words.names import within as within_family
from chipcalc.words.rows import brief, within


class Look(NamedTuple):
    """How a comparison is to be shown.

    Ratios `percent`, the `sources` listed, the `whole` of it or all `notes` in full. `chips` are
    the names that were asked for, `options` more words of the command, and `remarks` what was
    understood by a name. What is not out is told as of a `day`, if any.
    """

    percent: bool = False
    sources: bool = False
    whole: bool = False
    notes: bool = False
    chips: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    day: datetime.date | None = None

    @property
    def every_note(self) -> bool:
        """Whether each note is shown, and in full."""
        return self.whole or self.notes


PLAIN = Look()


class _Table(NamedTuple):
    """The table of a comparison, which rows it was made of, and the notes of its cells."""

    chosen: Choice
    notes: Notes
    grid: Grid


def report(comparison: Comparison, store: Store, look: Look = PLAIN) -> Report:
    """Return the report of a comparison: chips as columns, or as rows where they are many."""
    names = namings(comparison.sheets)
    rows = same_rows(comparison.lines)
    nobody = [each for each in rows if nobody_knows(each)]
    table = _table(comparison, [each for each in rows if each not in nobody], names, look)
    below = [
        *_below(comparison, table, names),
        paired(comparison),
        *_left_out(comparison, nobody, table.chosen.rest),
    ]
    footer = (
        *block(*overtakings(comparison, names, every=len(names) <= FEW or look.whole)),
        *note_lines(table.notes, _inside(comparison, names), every=look.every_note),
        *block(_marks(table), *below),
        *_minor(provenance(comparison, names, each_chip=len(names) <= FEW or look.whole), look),
    )
    parts: list[Part] = [table.grid] if table.grid.rows else []
    parts += noted(footer, sources(comparison, store) if look.sources else ())
    parts += noted(_next(comparison, look, len(names)))
    mixed = "Mixed readings, as asked for: the columns do not state the same kind of rate."
    answer, *rest = title(comparison, names, look.remarks, percent=look.percent)
    return Report(
        lambda: compare.data(comparison),
        lambda: list(compare.records(comparison)),
        (
            answer,
            *block(mixed if comparison.mixed else ""),
            *rest,
            *block(release.of_several(comparison.sheets, look.day)),
        ),
        tuple(parts),
        unbroken=tuple(dict.fromkeys([*_words(comparison, names)])),
        whole="" if look.whole else _again(comparison, look, "--all"),
    )


def _table(
    comparison: Comparison, rows: Sequence[SameRows], names: Sequence[Naming], look: Look
) -> _Table:
    """Return the table of rows of which something is known, in the shape that its chips ask for."""
    percent, whole = look.percent, look.whole
    if len(names) > FEW:
        chosen = compare_rows.choice(comparison, rows, whole=whole)
        found = notes(comparison, list(_by_column(comparison, chosen)), every=look.every_note)
        grid = compare_rows.grid(comparison, chosen, names, found, percent=percent, whole=whole)
        return _Table(chosen, found, grid._replace(lean=not look.every_note))
    shown = [each for each in rows if whole or _has_room(comparison, each)]
    rest = [each for each in rows if each not in shown] if len(names) == FEW else []
    chosen = Choice(tuple(shown), (), tuple(rest))
    found = notes(comparison, list(_by_row(comparison, shown)), every=look.every_note)
    grid = compare_columns.grid(comparison, shown, names, found, percent=percent, whole=whole)
    return _Table(chosen, found, grid._replace(lean=not look.every_note))


def _has_room(comparison: Comparison, row: SameRows) -> bool:
    """Whether there is room for a row: of two chips for all but what another row says, too.

    Three have room for what matters most.
    """
    if comparison.options.metrics or row.first.metric in comparison.options.extra:
        return True
    definition = comparison.vocabulary.metric(row.first.metric)
    if len(comparison.sheets) == FEW:
        return definition.across is not None
    return definition.screen != "whole"


def _by_row(comparison: Comparison, rows: Sequence[SameRows]) -> Iterator[tuple[ComparedRow, int]]:
    """Yield the cells of a table as they are read, row by row."""
    for members in compare_columns.ordered(comparison, rows).values():
        for each in members:
            yield from ((each.first, index) for index in range(len(comparison.sheets)))


def _by_column(comparison: Comparison, chosen: Choice) -> Iterator[tuple[ComparedRow, int]]:
    """Yield the cells of a table with a row for each chip, column by column."""
    for each in (*chosen.columns, *chosen.lines):
        yield from ((each.first, index) for index in range(len(comparison.sheets)))


def _inside(comparison: Comparison, names: Sequence[Naming]) -> tuple[str, ...]:
    """Return what many chips are called where their family is known; few need no name."""
    if len(names) <= FEW:
        return ()
    found = families(comparison.sheets, names)
    inside = {index: within_family(names[index], e) for e in found for index in e.members}
    return tuple(inside[index] for index in range(len(names)))


def _marks(table: _Table) -> str:
    """Return what the marks mean, and how many notes there is no room for."""
    more = table.notes.more
    noted_more = f"{more} more note{'s' * (more > 1)}: --notes" if more else ""
    return "   ".join(filter(None, (legend(table.grid.rows), noted_more)))


def _below(comparison: Comparison, table: _Table, names: Sequence[Naming]) -> list[str]:
    return [
        compare_rows.line_below(comparison, each, names, table.notes) for each in table.chosen.lines
    ]


def _left_out(
    comparison: Comparison, nobody: Sequence[SameRows], rest: Sequence[SameRows]
) -> Iterator[str]:
    """Yield what is not in the table: of which nobody knows a figure, and what has no room."""
    if comparison.unsaid:
        apart = same_rows(comparison.unsaid)
        words = ", ".join(dict.fromkeys(_called(comparison, each) for each in apart))
        yield f"Of each chip, and not added up: {words}"
    if nobody:
        words = join_words((_called(comparison, each) for each in nobody), "or")
        yield f"Nobody publishes: {words}"
    others = [each for each in rest if each.first.metric not in comparison.options.extra]
    if others:
        yield f"Not shown: {', '.join(_called(comparison, each) for each in others)}"


def _called(comparison: Comparison, row: SameRows) -> str:
    return within(brief(comparison, row)).replace(", ", " ")


def _next(comparison: Comparison, look: Look, count: int) -> Block:
    """Return the command that shows more, if there is more."""
    if look.sources:
        return () if look.whole else (command(_again(comparison, look, "--all")),)
    more = "--sources" if look.whole or count < FEW else "--all"
    line = command(_again(comparison, look, more))
    return (line,) if more == "--all" else _minor((line,), look)


def _minor(lines: Block, look: Look) -> Block:
    """Return lines that are left out where there is little room, unless all is asked for."""
    return tuple(each._replace(minor=not look.whole) for each in lines)


def _again(comparison: Comparison, look: Look, more: str) -> str:
    """Return the command that asks the same again, with one more option."""
    flags = {"--percent": look.percent, "--all": look.whole, "--notes": look.notes}
    given = [flag for flag, is_given in flags.items() if is_given and flag != more]
    return commanded(comparison, look.chips, *given, *look.options, more)


def _words(comparison: Comparison, names: Sequence[Naming]) -> Iterator[str]:
    """Yield the names that may not be broken, longest first."""
    found = {each.name for each in comparison.sheets}
    found |= {word for each in names for word in each}
    yield from sorted(found, key=lambda each: (-len(each), each))
