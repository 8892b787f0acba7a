"""What the columns of a known table mean: metric, unit and condition of each, as data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Words
from pathlib import Path
from typing import Literal

from chipcalc import files
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.intake.headers import named_unit
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.fields import Field
from chipcalc.schema.load import read
from chipcalc.schema.types import Date, Identifier, Text, UnitText
from chipcalc.sheets.chip import Transistor
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.model import Vocabulary

FOLDER = "mappings"
DIE_AREA = "die_area"
_FEW = 6


class Reading(Frozen):
    """What the cells of one column state."""

    metric: Identifier
    unit: UnitText = Field(description="of a cell that names none itself")
    when: Words[str, Text] = {}
    note: Text | None = None


class Long(Frozen):
    """How a table with a row for each figure is read: one row a product, a column for each word.

    Of several figures of one word that with the largest number in a column counts.
    """

    by: Text = Field(description="the column with the word that says which figure it is")
    value: Text = Field(description="the column with its amount")
    unit: Text | None = Field(default=None, description="the column with its unit")
    only: Words[str, Text] = Field(
        default={}, description="what other columns say in rows that count"
    )
    largest: Text | None = Field(
        default=None, description="the column with the number that decides"
    )


class DieArea(Frozen):
    """What a column of areas states; the area of all logic dies together is that of one.

    One die of several would make the area too small, so that the count has to be said.
    """

    column: Text
    unit: UnitText = Field(description="of a cell that names none itself")
    count: int | Text = Field(description="how many such dies each product has, or the column")
    transistor: Transistor | None = Field(default=None, description="of every product")
    note: Text | None = None


class Mapping(Frozen):
    """How one known table is read."""

    id: Identifier
    title: Text
    publisher: Text
    url: Text
    licence: Text | None = None
    accessed: Date
    recognised_by: tuple[Text, ...] = Field(description="columns that it has and no other table")
    rows: Text | None = Field(default=None, description="the key of the list of rows, if any")
    long: Long | None = Field(default=None, description="for a table with a row for each figure")
    name: Text = Field(description="the column with the name of the product")
    vendor: Text | None = Field(default=None, description="the column with its maker")
    vendors: Words[str, Identifier] = Field(default={}, description="makers by their word there")
    vendor_else: Identifier = "unnamed"
    launched: Text | None = None
    decimal: Literal[".", ","] | None = Field(
        default=None, description="the sign before decimals, where no cell tells it"
    )
    columns: Words[str, Reading]
    die_area: DieArea | None = None
    left: Words[str, Text] = Field(default={}, description="columns not read, each with the reason")


def mapping(name: str, columns: Collection[str] = (), folders: Sequence[Path] = ()) -> Mapping:
    """Return a mapping by name or file, or without a name the one that fits the columns.

    Raises ChipcalcError where there is none, or where several fit.
    """
    if files.is_file(name):
        return parse(Mapping, read(Path(name)))
    known = files.by_id([*folders, files.BUILT_IN], f"{FOLDER}/*.yaml")
    hint = f"known are {', '.join(sorted(known))}; or give a file to --mapping"
    if name:
        if name not in known:
            raise error(f"no mapping '{name}'", hint)
        return parse(Mapping, read(known[name]))
    loaded = (parse(Mapping, read(path)) for path in known.values())
    fitting = [each for each in loaded if set(each.recognised_by) <= set(columns)]
    if len(fitting) != 1:
        several = f"several mappings fit: {', '.join(each.id for each in fitting)}"
        some = ", ".join(list(columns)[:_FEW])
        raise error(several if fitting else f"no mapping fits the columns {some} …", hint)
    return fitting[0]


def fits(by: Mapping, vocabulary: Vocabulary) -> Mapping:
    """Return a mapping whose metrics, units and conditions a vocabulary has.

    Raises ChipcalcError with every column whose meaning it does not have.
    """
    problems = [
        Problem(f"{by.id}, {_about(path)}: {what}", hint=hint)
        for path, what, hint in foreign(by, vocabulary)
    ]
    if problems:
        raise ChipcalcError(*problems)
    return by


def _about(path: Sequence[str]) -> str:
    return f"column '{path[1]}'" if path[0] == "columns" else path[0]


def foreign(by: Mapping, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield what of a mapping a vocabulary does not have: the place, what is wrong, what to do."""
    for column, reading in by.columns.items():
        for place, what in _foreign(reading, vocabulary):
            yield ("columns", column, *place), what, "'chipcalc metrics' lists the words"
        yield from _another_unit(("columns", column, "unit"), column, reading.unit)
    area = by.die_area
    if area:
        yield from _another_unit((DIE_AREA, "unit"), area.column, area.unit)
    if area and area.unit.dimension != vocabulary.metric(DIE_AREA).unit.dimension:
        what = f"no area is measured in {area.unit}"
        yield (DIE_AREA, "unit"), what, f"write {vocabulary.metric(DIE_AREA).unit.text}"


def _another_unit(
    path: tuple[str, ...], column: str, unit: Unit
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield that the name of a column says another unit than its mapping, if it does."""
    named = named_unit(column)
    if named is None:
        return
    same = named.dimension == unit.dimension
    if not same or Quantity(exactly(1), named).to(unit).amount.best != 1:
        yield path, f"the column says {named}, and the mapping {unit}", f"write {named.text}"


def _foreign(reading: Reading, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], str]]:
    definition = vocabulary.metrics.get(reading.metric)
    if definition is None or definition.formula is not None:
        yield ("metric",), f"'{reading.metric}' is no metric that a sheet states"
        return
    units = (definition.unit, *definition.also)
    if all(reading.unit.dimension != each.dimension for each in units):
        yield ("unit",), f"{reading.metric} is not measured in {reading.unit}"
    for name, value in reading.when.items():
        if name not in definition.by:
            yield ("when", name), f"{reading.metric} has no condition '{name}'"
        elif value not in vocabulary.conditions[name].values:
            yield ("when", name), f"'{value}' is no word for {name}"
