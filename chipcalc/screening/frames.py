"""Frames of any size screened at once, column by column, with the rules as expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import narwhals as nw

from chipcalc.check.day import DayRules
from chipcalc.errors import error, join_words
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION
from chipcalc.screening.bounds import FormulaColumns, Given
from chipcalc.screening.bounds import given as given_of
from chipcalc.screening.judge import Kind
from chipcalc.screening.meaning import (
    AS_OF,
    COUNT,
    FORMAT,
    KIND,
    TO,
    Columns,
    Meaning,
    columns,
)
from chipcalc.screening.table import OWN
from chipcalc.screening.verdict_columns import (
    CriterionColumns,
    Truth,
    all_of,
    any_of,
)
from chipcalc.screening.words import Words
from chipcalc.screening.worlds import ITEM
from chipcalc.vocabulary.model import Vocabulary

VERDICT, FAULT = f"{OWN}verdict", f"{OWN}fault"
NO_FIGURES = "no figures"
_BAND, _BAND_OF_FLOAT32 = 1e-9, 2e-7
_OF_ROWS = (COUNT, KIND, AS_OF, TO)
_INFINITE = float("inf")


class Gate(NamedTuple):
    """The columns of a frame that are read: figures as amounts, words as the vocabulary has them.

    Missing are nulls, NaN and zero. `faults` are the rows of an infinite or a negative amount, or
    of a word that is not known; `declared` those with a figure that counts beside what is computed.
    """

    made: Mapping[str, nw.Expr]
    given: tuple[Given, ...]
    words: tuple[str, ...]
    faults: Truth
    declared: Truth


def screen(frame: Any, said: Mapping[str, str], words: Words, day: DayRules) -> Any:
    """Return a frame of the same kind with its rows' verdicts, and which rows are at fault.

    A row is described by its figures alone: no name is looked up. A verdict that is given is that
    of a check; one that is not settled may be settled by a check of the row. Raises ChipcalcError
    for columns that cannot be read.
    """
    found = nw.from_native(frame)
    schema = found.collect_schema()
    names = [name for name in schema.names() if not name.startswith((OWN, "__"))]
    vocabulary = day.vocabulary
    read = columns(names, words, vocabulary, said)
    _refuse_of_rows(read)
    gate = _gate(read, schema, words, vocabulary)
    single = any(schema[each.column] == nw.Float32 for each in read.read.values())
    formulas = FormulaColumns(gate.given, vocabulary)
    criteria = CriterionColumns(formulas, day, gate.words, _BAND_OF_FLOAT32 if single else _BAND)
    verdict = _verdict(criteria, day, gate)
    for layer in (gate.made, *formulas.layers, *criteria.layers):
        found = found.with_columns(*(expr.alias(name) for name, expr in layer.items()))
    fault = gate.faults if isinstance(gate.faults, nw.Expr) else nw.lit(value=False)
    added = (verdict.alias(VERDICT), fault.alias(FAULT))
    return found.select(*(nw.col(name) for name in names), *added).to_native()


def _refuse_of_rows(read: Columns) -> None:
    """Raise ChipcalcError for a column that makes rows more than circuits of one day."""
    for each in read.read.values():
        if each.role in _OF_ROWS or each.about == ITEM:
            what = f"column '{each.column}' says of each row what a frame has for all"
            hint = f"leave it out: columns={{'{each.column}': 'ignore'}}, or screen a file of text"
            raise error(what, hint)


def _gate(read: Columns, schema: nw.Schema, words: Words, vocabulary: Vocabulary) -> Gate:
    made: dict[str, nw.Expr] = {}
    given: list[Given] = []
    faults: list[Truth] = []
    declared: list[Truth] = []
    names = {each.declared for each in vocabulary.metrics.values() if each.declared}
    told: list[str] = []
    for number, each in enumerate(read.read.values()):
        if each.is_figure:
            column = f"__given_{number}"
            value = _numbers(each, schema)
            made[column] = nw.when((value > 0) & (value < _INFINITE)).then(value)
            faults.append(((value < 0) | (value == _INFINITE)).fill_null(value=False))
            if each.about in names:
                declared.append(~nw.col(column).is_null())
            stated = given_of(column, each.about, each.conditions, _factor(each), vocabulary)
            if stated is None:
                what = f"column '{each.column}' has a reading that a frame does not know"
                raise error(what, "leave it out, and check its rows one by one")
            given.append(stated)
        elif each.is_circumstance:
            told.append(each.about)
            made[f"__word_{each.about}"], unknown = _words(each, schema, words, vocabulary)
            faults.append(unknown)
    if not given:
        raise error("no column of the frame states a figure", "say one: columns={'INT8': …}")
    return Gate(made, tuple(given), tuple(told), any_of(faults), any_of(declared))


def _numbers(meaning: Meaning, schema: nw.Schema) -> nw.Expr:
    if not schema[meaning.column].is_numeric():
        what = f"column '{meaning.column}' holds no numbers but {schema[meaning.column]}"
        raise error(what, "'chipcalc screen' reads units and numbers in text, from a file")
    return nw.col(meaning.column).cast(nw.Float64)


def _factor(meaning: Meaning) -> float:
    if meaning.unit is None:
        what = f"in which unit is column '{meaning.column}'?"
        raise error(what, f"say it, as in {meaning.column}={meaning.about}[…] TOPS")
    return float(meaning.unit.factor)


def _words(
    meaning: Meaning, schema: nw.Schema, words: Words, vocabulary: Vocabulary
) -> tuple[nw.Expr, nw.Expr]:
    """Return the words of a circumstance as the vocabulary has them, and where there is another."""
    if schema[meaning.column] not in (nw.String, nw.Categorical, nw.Enum):
        raise error(f"column '{meaning.column}' holds no words", "leave it out of the frame")
    known = {each: {each} for each in vocabulary.circumstances[meaning.about].values}
    for value, others in words.said.values.get(meaning.about, {}).items():
        known[value] |= {each.casefold() for each in others}
    said = nw.col(meaning.column).cast(nw.String).str.to_lowercase()
    found: nw.Expr = nw.lit(None, dtype=nw.String)
    for value, spelled in known.items():
        found = nw.when(said.is_in(sorted(spelled))).then(nw.lit(value)).otherwise(found)
    every = sorted(one for spelled in known.values() for one in spelled)
    # whether a null is in a list is null on one engine and false on another
    there = ~nw.col(meaning.column).is_null()
    unknown = there & ~said.is_in([*every, ""]).fill_null(value=True)
    return found, unknown


def _verdict(criteria: CriterionColumns, day: DayRules, gate: Gate) -> nw.Expr:
    """Return the verdict of each row: the first control that is met where those before it fail."""
    controls = [(each, criteria.asked(each)) for each in day.asked if _is_control(each)]
    applying = [(each, found) for each, found in controls if found.failed is not True]
    presumed = [criteria.asked(each) for each in day.asked if each.rule.kind == PRESUMPTION]
    settled = all_of([each.failed for each in presumed])
    result: nw.Expr = nw.lit(Kind.open.value)
    below = all_of([settled, *(found.failed for _, found in applying)])
    entries = dict.fromkeys(each.rule.paragraph.partition(".")[0] for each, _ in applying)
    if not controls:
        return nw.lit(Kind.no_rule.value)
    said = f"not {join_words(entries, 'or')}" if entries else Kind.no_rule.value
    result = _where(below, said, result)
    for rank, (provision, found) in reversed(list(enumerate(applying))):
        before = [other.failed for _, other in applying[:rank]]
        result = _where(all_of([settled, found.met, *before]), provision.rule.paragraph, result)
    result = _where(any_of([gate.faults, gate.declared]), Kind.open.value, result)
    rates = [each for each in gate.given if FORMAT in each.when]
    stated = any_of([gate.declared, *(~nw.col(each.column).is_null() for each in rates)])
    if not isinstance(stated, nw.Expr):
        return nw.lit(NO_FIGURES)
    return nw.when(stated).then(result).otherwise(nw.lit(NO_FIGURES))


def _where(rows: Truth, said: str, otherwise: nw.Expr) -> nw.Expr:
    if rows is False:
        return otherwise
    if rows is True:
        return nw.lit(said)
    return nw.when(rows).then(nw.lit(said)).otherwise(otherwise)


def _is_control(provision: Provision) -> bool:
    return provision.rule.kind == CLASSIFICATION and not provision.rule.residual


def left_to_check(day: DayRules) -> Iterator[str]:
    """Yield the rules that no frame can settle, as they are about shipments, names or dates."""
    for each in day.asked:
        if each.rule.kind != CLASSIFICATION:
            yield each.rule.paragraph
