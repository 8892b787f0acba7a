"""A table that was taken over, on a screen: what was written, how it was read, what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.contract import importing
from chipcalc.figures.figure import key
from chipcalc.intake.imported import Imported
from chipcalc.tables.report import Column, Grid, Part, Report, Row, cell
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Phrase, TextLine, block, command, phrased

_FEW = 8
_LONGEST = 60  # letters of a cell that is quoted
_MARKS = {".": "decimal point", ",": "decimal comma", None: "decimal mark not told"}


def report(
    result: Imported, vocabulary: Vocabulary, asked: Sequence[str] = (), *, whole: bool = False
) -> Report:
    """Return what came of a table: all of it where it is `whole`, for which `asked` is repeated."""
    by = result.by
    read = f"{by.title} of {by.publisher} ({by.id}), read as "
    read += ", ".join((*result.said, _MARKS[result.decimal]))
    faults = list(_faults(result))
    shown = faults if whole else faults[:_FEW]
    parts: list[Part] = [_meanings(result, vocabulary)]
    if shown:
        columns = (Column("row", "right"), Column("column"), Column("says"), Column("why not"))
        parts.append(Grid(columns, tuple(shown), "not understood", "Not understood"))
    more = len(faults) - len(shown)
    parts.append(block(f"and {more} more" if more else ""))
    parts += [block(*_left(result, whole=whole)), block(*_known(result, whole=whole))]
    parts += [block(*_unread(result, whole=whole))]
    parts.append(block(_absent(result, whole=whole)))
    parts.append(_next(result, asked, whole=whole))
    return Report(
        lambda: importing.data(result),
        lambda: importing.records(result),
        (_answer(result), *block(read)),
        tuple(each for each in parts if each),
        caption="A table taken over",
        whole=written(*asked, "--all") if asked else "",
    )


def _answer(result: Imported) -> TextLine:
    """Return how many sheets there are now, and of how many rows there is none."""
    made, left = result.written
    skipped = sum(not each.column for each in result.found.faults)
    done = "would be written" if result.preview else "written"
    into = f" into {result.folder}" if result.folder else ""
    parts = [f"{_count(len(made), 'sheet')} {done}{into}{', all unverified' if made else ''}"]
    parts += [f"{len(left):,} left as they are"] if left else []
    parts += [f"{_count(skipped, 'row')} skipped"] if skipped else []
    return phrased(Phrase("; ".join(parts), "title"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _meanings(result: Imported, vocabulary: Vocabulary) -> Grid:
    """Return what each column that was read states, in what unit, and in how many rows."""
    rows = []
    for each in (e for e in importing.columns(result) if e["column"] in result.columns):
        under = (
            labels.value_label(name, value, vocabulary) for name, value in each["when"].items()
        )
        meaning = ", ".join((labels.brief(key(each["metric"]), vocabulary), *under))
        cells = (each["column"], meaning, each["unit"], f"{each['rows']:,}")
        rows.append(Row(tuple(map(cell, cells))))
    columns = (Column("column"), Column("states"), Column("unit", name="unit"))
    return Grid((*columns, Column("rows", "right")), tuple(rows), "meanings")


def _faults(result: Imported) -> Iterator[Row]:
    for each in sorted(result.found.faults, key=lambda each: (bool(each.column), each.row)):
        text = " ".join(each.text.split())
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        yield Row(tuple(map(cell, (f"{each.row:,}", each.column, text, each.why))))


def _left(result: Imported, *, whole: bool) -> Iterator[str]:
    """Yield which sheets were not written, because there are some of their ids."""
    ids = list(result.written.left)
    if ids:
        shown = ids if whole else ids[:_FEW]
        more = f" and {len(ids) - len(shown)} more" if len(ids) > len(shown) else ""
        yield f"Left, as there are sheets of these ids: {', '.join(shown)}{more}"
        yield "Another beginning of the ids makes sheets of them too: --prefix NAME"


def _known(result: Imported, *, whole: bool) -> Iterator[str]:
    """Yield of which new sheets the name has meant another sheet so far."""
    pairs = [f"{new} ({old})" for new, old in result.known.items()]
    if pairs:
        shown = pairs if whole else pairs[:_FEW]
        more = f" and {len(pairs) - len(shown)} more" if len(pairs) > len(shown) else ""
        yield (
            f"{len(pairs)} have the name of a chip that has a sheet already; where their folder is "
            f"read, the name means the new one: {', '.join(shown)}{more}"
        )


def _unread(result: Imported, *, whole: bool) -> Iterator[str | TextLine]:
    """Yield the columns that were not read, each with the reason if the mapping has one."""
    names = result.found.unused
    if not names:
        return
    yield f"Not read: {_count(len(names), 'column')}"
    reasons = result.by.left
    for each in names:
        if whole or each in reasons:
            yield TextLine(f"{each}: {reasons[each]}" if each in reasons else each, 1)


def _absent(result: Imported, *, whole: bool) -> str:
    """Return which columns of the mapping the table has not."""
    names = [e["column"] for e in importing.columns(result) if e["column"] not in result.columns]
    if not names:
        return ""
    count = f"Columns that {result.by.id} reads, and this table has not: {len(names)}"
    return f"{count}, {', '.join(names)}" if whole else count


def _next(result: Imported, asked: Sequence[str], *, whole: bool) -> Block:
    """Return the commands that follow: what lint says, and all of what was left out here."""
    lines: list[str | TextLine] = []
    if not result.preview:
        lines += ["What is wrong with the sheets, if anything:"]
        lines.append(command(written("lint", result.folder)))
    if asked and not whole:
        again = (*asked, *(() if result.preview else ("--dry-run",)))
        lines += ["Every row and column, and as a table:", command(written(*again, "--all"))]
        lines.append(command(f"{written(*again, '-f', 'csv')} > rows.csv"))
    return block(*lines)
