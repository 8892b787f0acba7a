"""What headroom shows: the nearest lines first, each line of a metric once; or every distance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from chipcalc.check.headroom import Distance, Level, bounds, distances, levels, nearest
from chipcalc.check.result import Checked
from chipcalc.contract import headroom
from chipcalc.tables import distances as every
from chipcalc.tables.largest import stays, taken
from chipcalc.tables.report import NOTHING, Align, Column, Grid, Part, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.words import headroom as words
from chipcalc.words import supposed
from chipcalc.words.check import NO_ADVICE, warned
from chipcalc.words.chips import short_names
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Role, TextLine, block, command, lettered
from chipcalc.words.names import namings

_CLOSEST = 3  # lines of rules that classify nothing
_FEW = 4  # chips that are shown with more than one line
_MANY = 20  # chips that are shown at once
_COLUMNS: tuple[tuple[str, str, Align], ...] = (
    ("metric", "", "left"),
    ("value", "", "left"),
    ("line", "line", "decimal"),
    ("distance", "distance", "decimal"),
    ("margin", "margin %", "decimal"),
    ("whose", "whose line", "left"),
)


def lines(found: Sequence[Checked], asked: Sequence[str] = (), *, whole: bool = False) -> Report:
    """Return the report of the signed distances of chips to the lines of rules.

    `asked` are the words of the command that asks for it, for those that show more; the whole
    report has every distance, limb by limb, the short one each line of a metric once.
    """
    measured = [(checked, each) for checked in found for each in distances(checked)]
    day = found[0].day
    asked = asked or ("headroom", *(each.sheet.id for each in found), "--as-of", day.isoformat())
    chips = [(each, levels(e for of, e in measured if of is each)) for each in found]
    parts = _every(found, measured) if whole else _nearest(chips, asked)
    return Report(
        lambda: headroom.distances_data(measured, day),
        lambda: list(headroom.distances_records(measured)),
        title=_title(chips),
        parts=parts,
        unbroken=_unbroken(measured),
    )


def _unbroken(measured: Sequence[tuple[Checked, Distance]]) -> tuple[str, ...]:
    """Return the names of chips and paragraphs, at which no line may break."""
    names = [checked.sheet.name for checked, _ in measured]
    names += [each.limb.partition(" to ")[0] for _, each in measured if each.excepted]
    return tuple(dict.fromkeys(names))


def _title(chips: Sequence[tuple[Checked, Sequence[Level]]]) -> Block:
    """Return the answer: the nearest line of a paragraph of control, of the closest chip."""
    closest = [
        (level.share or Fraction(0), checked, level)
        for checked, found in chips
        for level in [_first(found)]
        if level
    ]
    day = chips[0][0].day
    if not closest:
        name = chips[0][0].sheet.name if len(chips) == 1 else f"{len(chips)} chips"
        name += supposed.said_of_all([checked for checked, _ in chips])
        return block(f"{name}, {day}: no distance to a line is known")
    _, checked, level = min(closest, key=lambda each: each[0])
    near = words.nearest(checked, level)
    if len(chips) == 1:
        name = f"{checked.sheet.name}{supposed.said(checked)}"
        return block(f"{name}, {day}: {near}", *warned(checked))
    name = f"{len(chips)} chips{supposed.said_of_all([each for each, _ in chips])}"
    return block(f"{name}, {day}: closest is {checked.sheet.name}, {near}")


def _first(found: Sequence[Level]) -> Level | None:
    """Return the nearest line of a control, else of what classifies, else of any rule."""
    controls = [each for each in found if each.controls]
    classify = [each for each in found if each.classifies]
    return nearest(controls) or nearest(classify) or nearest(found)


def _every(
    found: Sequence[Checked], measured: Sequence[tuple[Checked, Distance]]
) -> tuple[Part, ...]:
    table = every.grid(found, measured)
    range_note = every.range_note(table.rows)
    return (table, *filter(None, (taken(found), range_note, block(NO_ADVICE))))


def _nearest(
    chips: Sequence[tuple[Checked, Sequence[Level]]], asked: Sequence[str]
) -> tuple[Part, ...]:
    """Return the short answer: of one chip its lines, of more the nearest ones."""
    if len(chips) == 1:
        checked, found = chips[0]
        of_chip = [each for level in found for each in level.uses]
        table, notes = _of_one(checked, found, of_chip)
        parts: list[Part] = [*([table] if table.rows else []), notes, *_unknown(checked, found)]
    else:
        parts = [_of_many(chips) if len(chips) > _FEW else _of_few(chips)]
    said = taken([checked for checked, _ in chips]) if len(chips) <= _FEW else ()
    return (*parts, *filter(None, (said, *_more(chips, asked))))


def _more(
    chips: Sequence[tuple[Checked, Sequence[Level]]], asked: Sequence[str]
) -> Iterator[Block]:
    """Yield what stays outside, and the commands that show it and every line."""
    lines = [each for _, found in chips for each in found]
    uses = sum(len(each.uses) for each in lines)
    if not uses:
        yield block(NO_ADVICE)
        return
    counted = (
        f"{len(lines)} lines in all, {uses:,} distances"
        if len(chips) == 1
        else f"All {uses:,} distances"
    )
    yield (
        TextLine(f"{NO_ADVICE} {counted}:", role="faint"),
        command(written(*asked, "--all")),
    )
    free = [stays(each, chips[0][0]) for each in bounds(chips[0][0])] if len(chips) == 1 else []
    outside = [each for each in free if each]
    if outside or len(chips) > 1:
        said = f"Outside of every control with {' or '.join(outside)}:"
        yield (
            TextLine(said if outside else "What stays outside of the paragraphs:"),
            command(written(*asked, "--max")),
        )


def _grid(rows: Sequence[Row], left_out: Sequence[str] = ()) -> Grid:
    """Return a table of lines; a column that says nothing here is left out."""
    kept = [number for number, (name, _, _) in enumerate(_COLUMNS) if name not in left_out]
    columns = [Column(t, align, name=name) for name, t, align in (_COLUMNS[n] for n in kept)]
    shown = [
        row if row.heading else row._replace(cells=tuple(row.cells[n] for n in kept))
        for row in rows
    ]
    return Grid(tuple(columns), tuple(shown), "headroom")


def _of_one(
    checked: Checked, found: Sequence[Level], of_chip: Sequence[Distance]
) -> tuple[Grid, Block]:
    """Return a row for each line, those by which nothing is classified last and the closest.

    Below stand the rules that classify nothing and share lines with those that do.
    """
    known = [each for each in found if each.value is not None]
    ruled = [each for each in known if each.classifies]
    others = [each for each in known if not each.classifies]
    closest = sorted(others, key=lambda each: each.share or Fraction(0))[:_CLOSEST]
    shared = list(dict.fromkeys(filter(None, map(words.beside, ruled))))
    marks = {who: number for number, who in enumerate(shared, start=1)}
    rows = list(_rows(checked, ruled, of_chip, marks))
    if closest:
        of_all = f" {len(closest)} of {len(others)}" if len(others) > len(closest) else ""
        rows.append(Row((cell(f"Beside the classification, the closest{of_all}"),), heading=True))
        rows += _rows(checked, closest, of_chip)
    ranges = any(each.away and not each.away.exact for each in (*ruled, *closest))
    notes = block(
        *(TextLine(f"also a line of {who}", marker=lettered(n)) for who, n in marks.items())
    )
    return _grid(rows, ["distance"] if ranges else []), notes


def _rows(
    checked: Checked,
    found: Sequence[Level],
    of_chip: Sequence[Distance],
    marks: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Row]:
    """Yield a row for each line; the metric and its value once, the nearest of each strong."""
    before = None
    for each in found:
        head = (each.metric, each.limit.unit)
        same = [e for e in found if (e.metric, e.limit.unit) == head]
        row = _row(checked, each, same, of_chip, told=head == before)
        mark = marks.get(words.beside(each), 0)
        yield row._replace(cells=(*row.cells[:-1], row.cells[-1]._replace(footnotes=(mark,))))
        before = head


def _row(
    checked: Checked,
    level: Level,
    same: Sequence[Level],
    of_chip: Sequence[Distance],
    *,
    told: bool,
) -> Row:
    """Return the row of a line among those of its metric; `told` is what the row above says."""
    vocabulary = checked.case.evaluator.vocabulary
    limit = level.limit.amount.best
    role: Role = "strong" if level is nearest(same) else ""
    value, away = level.value, level.away
    shown = words.amount(value, [e.limit.amount.best for e in same]) if value else ""
    figure = f"{shown} {words.unit(level, vocabulary)}".rstrip()
    return Row(
        (
            NOTHING if told else cell(words.named(level, checked)),
            NOTHING if told else cell(figure),
            cell(numbers.beside(limit, limit), role=role),
            cell(words.signed(away) if away else "", role=role),
            cell(words.margin(value, limit) if value and limit else "", role=role),
            cell(words.whose(level, of_chip), role="faint"),
        )
    )


def _unknown(checked: Checked, found: Sequence[Level]) -> Iterator[Block]:
    missing = words.not_known(found, checked)
    if missing:
        yield block(f"No distance: {missing}.")


def _of_few(chips: Sequence[tuple[Checked, Sequence[Level]]]) -> Grid:
    """Return the nearest line of each metric that classifies, chip by chip."""
    rows: list[Row] = []
    for checked, found in chips:
        rows.append(Row((cell(checked.sheet.name),), heading=True))
        ruled = [each for each in found if each.classifies]
        metrics = dict.fromkeys(each.metric for each in ruled)
        each_nearest = [nearest([e for e in ruled if e.metric == name]) for name in metrics]
        for level in filter(None, each_nearest):
            row = _row(checked, level, [level], (), told=False)
            place = cell(words.first_place(level), role="faint")
            margin = cell(words.nearer_margin(level), role="strong")
            name = row.cells[0]._replace(level=1)
            rows.append(Row((name, *row.cells[1:-2], margin, place)))
        missing = words.not_known(ruled, checked)
        if missing:
            rows.append(
                Row((cell(f"no distance: {missing}", level=1, role="faint"),), heading=True)
            )
    return _grid(rows, ["distance"])


def _of_many(chips: Sequence[tuple[Checked, Sequence[Level]]]) -> Grid:
    """Return the nearest line of each chip, the closest chips first."""
    near = [
        (level.share or Fraction(0), checked, level)
        for checked, found in chips
        for level in [_first(found)]
        if level
    ]
    near.sort(key=lambda each: each[0])
    sheets = [checked.sheet for checked, _ in chips]
    names = short_names([each.short for each in namings(sheets)])
    short = {sheet.id: name for sheet, name in zip(sheets, names, strict=True)}
    rows = [_near_row(checked, level, short) for _, checked, level in near[:_MANY]]
    left, none = len(near) - len(rows), len(chips) - len(near)
    told = [f"and {left} more" if left > 0 else "", f"no distance known of {none}" if none else ""]
    if any(told):
        rows.append(Row((cell("; ".join(filter(None, told)), role="faint"),), heading=True))
    columns = (
        Column("", name="chip"), Column("here", "decimal", name="here"), Column("line", "decimal"),
        Column("margin %", "decimal"), Column("whose line"),
    )  # fmt: skip
    return Grid(columns, tuple(rows), "headrooms")


def _near_row(checked: Checked, level: Level, short: Mapping[str, str]) -> Row:
    row = _row(checked, level, [level], (), told=False)
    name = words.named(level, checked)
    limit = level.limit.amount.best
    here = cell(words.amount(level.value, [limit]) if level.value else "")
    place = cell(f"{name}, {words.first_place(level)}", role="faint")
    margin = cell(words.nearer_margin(level))
    return Row((cell(short[checked.sheet.id]), here, row.cells[2], margin, place))
