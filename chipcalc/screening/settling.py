"""Rows of a frame that its columns leave open, settled by one exact judgement for each cell."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import narwhals as nw

from chipcalc.check.what_if import Stated
from chipcalc.places import countries
from chipcalc.schema.types import day_of
from chipcalc.screening.cells import Said
from chipcalc.screening.judge import Judge, Screened
from chipcalc.screening.meaning import AS_OF, TO, Meaning
from chipcalc.screening.row_cells import NEAR, SAID, RowCells
from chipcalc.screening.rows import Figure, Part
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity

if TYPE_CHECKING:
    import polars as pl

_CODE, _PLACE, _OPEN = "__code", "__place", "__is_open"
_ROOM = 2**60
Key: TypeAlias = tuple[Any, ...]
Words: TypeAlias = tuple[str, ...]
Told: TypeAlias = Callable[[Screened], tuple[str, ...]]


class Stating(NamedTuple):
    """A column that an exact judgement reads: what it says, under which name it stands here."""

    meaning: Meaning
    column: str
    single: bool = False


class Plan(NamedTuple):
    """How the cell of a row is found, in expressions of narwhals or of polars, and what it says."""

    cells: Callable[[Any], RowCells]
    stating: tuple[Stating, ...]


class Settler:
    """Judges cells of rows, each once, by one of its rows; what they come to is put into words."""

    def __init__(self, plan: Plan, judge: Judge, told: Told) -> None:
        self._plan = plan
        self._cells = plan.cells(nw)
        self._judge = judge
        self._told = told
        read = (each.column for each in plan.stating)
        self._wanted = tuple(dict.fromkeys((*self._cells.names, *read)))
        self._known: dict[Key, Words] = {}
        self._lock = Lock()
        self._table: pl.DataFrame | None = None

    def frame(self, found: Any, opened: nw.Expr, columns: Sequence[str]) -> Any:
        """Return a frame with what its open rows come to, in its order where it has one.

        Of the columns the first holds the verdict that was open, the others are made.
        """
        found = found.with_columns(*(nw.lit("").alias(each) for each in columns[1:]))
        if found.implementation.is_polars():
            return self._polars(found, opened, columns)
        if isinstance(found, nw.DataFrame):
            rows = found.with_row_index(_PLACE).filter(opened)
            return self._placed(found, _layered(rows, self._cells), columns)
        keys = self._words_of(_layered(found.filter(opened), self._cells))
        named = [f"__told_{each}" for each in columns]
        layered = _layered(found, self._cells)
        names = self._cells.names
        if found.implementation.is_pyspark():
            table = _broadcast(found.to_native(), names, keys, named)
            found = layered.join(table, on=list(names), how="left")
        else:
            found = _with_words(layered, names, keys, opened, named)
        told = (
            nw.when(opened & ~nw.col(new).is_null()).then(nw.col(new)).otherwise(nw.col(old))
            for new, old in zip(named, columns, strict=True)
        )
        return found.with_columns(
            *(each.alias(name) for each, name in zip(told, columns, strict=True))
        )

    def _polars(self, found: Any, opened: nw.Expr, columns: Sequence[str]) -> Any:
        """Return the same of polars, which streams: expressions are made once for all batches."""
        import polars as pl

        cells = self._plan.cells(pl)

        def batch(rows: pl.DataFrame) -> pl.DataFrame:
            at = rows.lazy().with_row_index(_PLACE).filter(pl.col(_OPEN))
            for layer in cells.layers:
                at = at.with_columns(**layer)
            made = at.select(_PLACE, *self._wanted).collect()
            told = self._looked_up(made, columns) if made.height else made
            placed = (rows[each].scatter(made[_PLACE], told[each]) for each in columns)
            return rows.with_columns(*placed) if made.height else rows

        marked = found.with_columns(opened.alias(_OPEN)).to_native()
        if isinstance(marked, pl.DataFrame):
            return nw.from_native(batch(marked))
        schema = marked.collect_schema()
        return nw.from_native(marked.map_batches(batch, schema=schema, streamable=True))

    def _looked_up(self, opened: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
        """Return the words of the cells of rows, in their order; new cells are judged first."""
        import polars as pl

        names = list(self._cells.names)
        keys = opened.select(names)
        while True:
            if self._table is not None:
                found = keys.join(self._table, on=names, how="left", maintain_order="left")
                if not found[columns[0]].null_count():
                    return found
            self._words_of(nw.from_native(opened))
            with self._lock:
                rows = [(*key, *words) for key, words in self._known.items()]
            types: dict[str, Any] = {**keys.schema, **dict.fromkeys(columns, pl.String)}
            self._table = pl.DataFrame(rows, schema=types, orient="row")

    def _placed(
        self, found: nw.DataFrame[Any], opened: nw.DataFrame[Any], columns: Sequence[str]
    ) -> nw.DataFrame[Any]:
        """Return a frame with what its open rows come to in their places."""
        if not len(opened):
            return found
        keys = self._words_of(opened)
        named = [f"__told_{each}" for each in columns]
        made = _with_words(opened, self._cells.names, keys, None, named)
        told = [
            found[old].scatter(made[_PLACE], made[new]).alias(old)
            for old, new in zip(columns, named, strict=True)
        ]
        return found.with_columns(*told)

    def _words_of(self, opened: Any) -> dict[Key, Words]:
        """Return the cells of rows with the words of each; those that are new are judged."""
        names, read = self._cells.names, [each.column for each in self._plan.stating]
        found = opened.unique(subset=list(names), keep="any").select(*self._wanted)
        found = found.collect() if isinstance(found, nw.LazyFrame) else found
        keys = list(found.select(*names).iter_rows())
        rows = found.select(*read).iter_rows()
        with self._lock:
            for key, row in zip(keys, rows, strict=True):
                if key not in self._known:
                    self._known[key] = self._told(self._judge.row(part(row, self._plan.stating)))
            return {key: self._known[key] for key in keys}


def _layered(found: Any, cells: RowCells) -> Any:
    for layer in cells.layers:
        found = found.with_columns(*(expr.alias(name) for name, expr in layer.items()))
    return found


def part(row: Sequence[Any], stating: Sequence[Stating]) -> Part:
    """Return what a row of amounts and words says, exactly: a float is the shortest decimal."""
    figures = []
    said = []
    own = Part(0)
    for value, each in zip(row, stating, strict=True):
        if not isinstance(value, float | int | str) or value != value:
            continue  # null, the NA of pandas, or not a number
        if each.meaning.is_figure and each.meaning.unit and not isinstance(value, str):
            amount = Fraction(_shortest(value) if each.single else repr(float(value)))
            quantity = Quantity(exactly(amount), each.meaning.unit)
            stated = Stated(each.meaning.about, each.meaning.when, quantity)
            figures.append(Figure(each.meaning.column, stated, Said(quantity)))
        elif each.meaning.is_circumstance:
            said.append((each.meaning.about, str(value)))
        elif value:
            own = own._replace(**_of_role(each.meaning.role, str(value)))
    return own._replace(figures=tuple(figures), said=tuple(said))


def _of_role(role: str, value: str) -> dict[str, Any]:
    if role == AS_OF:
        return {"day": day_of(value)}
    return {role: countries.code(value) if role == TO else value}


def _shortest(value: float) -> str:
    """Return the shortest decimal that names a single float."""
    single = struct.pack("f", value)
    texts = (f"{value:.{digits}g}" for digits in range(6, 10))
    return next(each for each in texts if struct.pack("f", float(each)) == single)


def _broadcast(
    native: Any, names: Sequence[str], cells: Mapping[Key, Words], columns: Sequence[str]
) -> Any:
    """Return the words of cells as a frame of Spark that goes to every worker."""
    from pyspark.sql import functions as of

    kinds = {name: "double" if name.startswith(NEAR) else "long" for name in names}
    kinds |= {name: "string" for name in names if name.startswith(SAID)}
    types = ", ".join(
        f"`{e}` {kind}" for e, kind in {**kinds, **dict.fromkeys(columns, "string")}.items()
    )
    rows = [(*key, *words) for key, words in cells.items()]
    return nw.from_native(of.broadcast(native.sparkSession.createDataFrame(rows, types)))


def _with_words(
    found: Any,
    names: Sequence[str],
    cells: Mapping[Key, Words],
    opened: nw.Expr | None,
    columns: Sequence[str],
) -> Any:
    """Return a frame with what its open rows come to in columns; nulls in the other rows.

    Without `opened` all of them are.

    Rows are told apart by replacing values by numbers, one column of a key after the other, as no
    join of every engine keeps their order.
    """
    if not cells:
        nothing = nw.lit(None, dtype=nw.String)
        return found.with_columns(*(nothing.alias(each) for each in columns))
    codes, expr, room = [0] * len(cells), nw.lit(0), 1
    for place, name in enumerate(names):
        values = sorted({key[place] for key in cells})
        if len(values) == 1:
            continue
        if room * len(values) > _ROOM:
            found, codes, room = _closer(found, expr, codes)
            expr = nw.col(_CODE)
        numbers = {each: number for number, each in enumerate(values)}
        codes = [old + room * numbers[key[place]] for old, key in zip(codes, cells, strict=True)]
        expr = expr + _replaced(nw.col(name), values, range(len(values)), 0) * room
        room *= len(values)
    distinct = list(dict.fromkeys(cells.values()))
    ranks = {each: number for number, each in enumerate(distinct, 1)}
    found = found.with_columns(expr.alias(_CODE))
    answer = _replaced(nw.col(_CODE), codes, [ranks[each] for each in cells.values()], 0)
    if opened is not None:
        answer = nw.when(opened).then(answer).otherwise(nw.lit(0))
    found = found.with_columns(answer.alias(_CODE))
    added = []
    for place, name in enumerate(columns):
        texts = [each[place] for each in distinct]
        made = _replaced(nw.col(_CODE), range(1, len(texts) + 1), texts, "")
        added.append(nw.when(nw.col(_CODE) > 0).then(made).alias(name))
    return found.with_columns(*added)


def _closer(found: Any, expr: nw.Expr, codes: Sequence[int]) -> tuple[Any, list[int], int]:
    """Return codes numbered anew, so that there is room for more."""
    values = sorted({*codes})
    numbers = {each: number for number, each in enumerate(values)}
    made = found.with_columns(expr.alias(_CODE)).with_columns(
        _replaced(nw.col(_CODE), values, range(len(values)), 0).alias(_CODE)
    )
    return made, [numbers[each] for each in codes], len(values)


def _replaced(expr: nw.Expr, old: Sequence[Any], new: Sequence[Any], default: Any) -> nw.Expr:
    dtype = nw.String if isinstance(default, str) else nw.Int64
    return expr.replace_strict(list(old), list(new), default=nw.lit(default), return_dtype=dtype)
