"""A screened table on a screen: how its rows come out, what was understood, what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.contract import screening as contract
from chipcalc.screening.judge import Kind, Screened
from chipcalc.screening.table import ScreenedTable
from chipcalc.tables.report import Bar, Bars, Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.words import screening as words
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.closest import Near
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Phrase, TextLine, block, command, phrased

_FEW = 12
_LINES = 40
_TOLD = 3  # lines, or missing facts
_NAMED = 40  # letters of a part's name
_MARKS = {".": "decimal point", ",": "decimal comma", None: "decimal mark not told"}


def report(
    table: ScreenedTable, asked: Sequence[str] = (), *, listed: bool, whole: bool = False
) -> Report:
    """Return how a table comes out: row by row where it is `listed`, all of it where `whole`."""
    vocabulary = table.rulebook.store.vocabulary
    parts: list[Part] = [_bars(table)]
    rows = [
        Row(
            (
                cell(each.column),
                cell(words.states(each, vocabulary)),
                cell(str(each.unit) if each.unit else ""),
                cell(str(table.stating.get(each.column, 0)) if each.is_figure else ""),
            )
        )
        for each in table.columns.read.values()
    ]
    columns = (
        Column("column"),
        Column("says"),
        Column("unit", name="unit"),
        Column("rows", "right"),
    )
    parts.append(Grid(columns, tuple(rows), "meanings", "Understood"))
    parts.append(block(*_read(table), *_left(table, whole=whole)))
    near = {id(each.readings): each for each in table.rows}  # equal rows have the same readings
    closest = {name: words.closest(each) for name, each in near.items()}
    doubtful = (each for each in table.rows if _is_doubtful(each, closest[id(each.readings)]))
    shown = table.rows if listed else tuple(doubtful)
    most = len(shown) if whole else _LINES if listed else _FEW
    if shown:
        parts.append(_grid(shown[:most], "" if listed else "Look at"))
    if len(shown) > most:
        parts.append(block(f"and {len(shown) - most:,} more rows"))
    parts.append(block(*_nearest(table, closest, whole=whole), *_wanting(table, whole=whole)))
    parts.append(_end(table, asked, listed=listed, whole=whole))
    return Report(
        lambda: contract.data(table),
        lambda: contract.records(table),
        (_answer(table),),
        tuple(each for each in parts if each),
        caption="A table screened",
        unbroken=tuple(each.name for row in table.rows for each in row.meant.sheets),
        whole=written(*asked, "--all") if asked else "",
    )


def _answer(table: ScreenedTable) -> TextLine:
    """Return how many rows come out how, with the day whose law counts."""
    own_day = any(each.part.day for each in table.rows)
    day = f"{table.day}{' or the day of the row' if own_day else ''}"
    counts = dict(contract.counts(table))
    controlled = sum(table.counts.get(kind, 0) for kind in (Kind.control,))
    said = [f"{_count(len(table.rows), 'row')}"]
    said += [f"{number:,} in {name}" for name, number in _controls(table, counts)]
    said += [] if controlled else ["none in a control"]
    is_open = table.counts.get(Kind.open, 0)
    said += [f"{is_open:,} not settled"] if is_open else []
    return phrased(Phrase(f"{table.source}, {day}: {', '.join(said)}", "title"))


def _controls(table: ScreenedTable, counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    names = {words.verdict(each) for each in table.rows if each.kind is Kind.control}
    yield from ((name, number) for name, number in counts.items() if name in names)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _bars(table: ScreenedTable) -> Bars:
    roles = {words.verdict(each): words.role(each) for each in table.rows}
    found = contract.counts(table)
    return Bars(tuple(Bar(name, number, roles[name]) for name, number in found))


def _read(table: ScreenedTable) -> Iterator[str]:
    said = [*table.grid.said, _MARKS[table.decimal]]
    known = f"the table {table.known_as}, " if table.known_as else ""
    yield f"Read as {known}{', '.join(said)}"


def _left(table: ScreenedTable, *, whole: bool) -> Iterator[str | TextLine]:
    """Yield the columns that were not read; those with a reason or a question in any case."""
    left = [each for each in table.columns.left if each.column]
    told = [each for each in left if each.why]
    if left:
        plain = [each.column for each in left if not each.why]
        names = plain if whole else plain[:_FEW]
        more = f" and {len(plain) - len(names)} more" if len(plain) > len(names) else ""
        yield f"Not read: {', '.join(names)}{more}" if plain else "Not read:"
    for each in told:
        yield TextLine(f"{each.column}: {each.why}", 1)


def _is_doubtful(row: Screened, near: Near | None) -> bool:
    """Whether somebody should look at a row: it is open, ambiguous, at fault or contradicted."""
    if row.kind is Kind.no_part:
        return False
    several = len(row.meant.sheets) > 1
    on_a_line = near is not None and not near.share
    told = bool(row.notes or row.why or row.part.faults or row.part.notes)
    return row.kind is Kind.open or several or on_a_line or told


def _grid(rows: Sequence[Screened], caption: str) -> Grid:
    columns = (Column("row", "right"), Column("part"), Column("verdict"), Column("why"))
    return Grid(columns, tuple(map(_line, rows)), "screened", caption)


def _line(row: Screened) -> Row:
    name = row.part.name
    name = name if len(name) <= _NAMED else f"{name[:_NAMED]}…"
    maybe = words.remains(row) if row.kind is Kind.open else ""
    cells: tuple[Cell, ...] = (
        cell(f"{row.part.number}"),
        cell(name),
        cell(words.verdict(row), role=words.role(row)),
        cell("; ".join(filter(None, (maybe, words.why(row))))),
    )
    return Row(cells)


def _nearest(
    table: ScreenedTable, closest: Mapping[int, Near | None], *, whole: bool
) -> Iterator[str | TextLine]:
    """Yield the row that lies nearest to each line of a control, the nearest of them first."""
    found: dict[tuple[str, str], tuple[Screened, Near]] = {}
    for row in table.rows:
        near = closest[id(row.readings)]
        if near:
            key = (near.name, near.limit)
            other = found.get(key)
            if other is None or abs(near.share) < abs(other[1].share):
                found[key] = row, near
    ordered = sorted(found.values(), key=lambda each: abs(each[1].share))
    yield from ["Nearest to each line"] if ordered else ()
    for row, near in ordered if whole else ordered[:_TOLD]:
        yield TextLine(f"row {row.part.number}: {near.says}", 1)


def _wanting(table: ScreenedTable, *, whole: bool) -> Iterator[str | TextLine]:
    """Yield what leaves most rows open, with their number."""
    told = (words.deciding(each) for each in table.rows if each.kind is Kind.open)
    counts = Counter(fact for facts in told for fact in facts).most_common(None if whole else _TOLD)
    yield from ["What leaves most rows open"] if counts else ()
    for fact, number in counts:
        yield TextLine(f"{fact} ({_count(number, 'row')})", 1)


def _end(table: ScreenedTable, asked: Sequence[str], *, listed: bool, whole: bool) -> Block:
    faulty = len(table.faulty)
    lines: list[str | TextLine] = []
    if faulty:
        verb = "has" if faulty == 1 else "have"
        lines.append(f"{_count(faulty, 'row')} {verb} a cell that was not understood")
    if asked and listed:
        lines.append(TextLine(f"{NO_ADVICE} As a table with every row:", role="faint"))
        lines.append(command(written(*asked, "-o", "verdicts.xlsx")))
    elif asked and not whole:
        lines.append(TextLine(f"{NO_ADVICE} Every row to look at:", role="faint"))
        lines.append(command(written(*asked, "--all")))
    else:
        lines.append(TextLine(NO_ADVICE, role="faint"))
    return block(*lines)
