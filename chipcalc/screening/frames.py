"""Frames of any size screened at once, column by column, with the rules as expressions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import narwhals as nw

from chipcalc.check.day import DayRules, asked_of
from chipcalc.errors import error, join_words
from chipcalc.figures.figure import Key
from chipcalc.rules.criteria import CircumstanceIs
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION
from chipcalc.rules.texts import comparisons
from chipcalc.screening.bounds import FormulaColumns, Given
from chipcalc.screening.bounds import given as given_of
from chipcalc.screening.judge import Judge, Kind
from chipcalc.screening.meaning import (
    AS_OF,
    COUNT,
    FORMAT,
    KIND,
    NAME,
    TO,
    Columns,
    Meaning,
    columns,
)
from chipcalc.screening.own_rows import Asked, Law, Own, laws, together
from chipcalc.screening.own_rows import own as own_of
from chipcalc.screening.row_cells import SAID, Cuts, Made, RowCells, cuts
from chipcalc.screening.settling import Plan, Settler, Stating, Told
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
MAY_BE, DECIDES = f"{OWN}may be", f"{OWN}decides"
LICENCE = f"{OWN}licence"
CHIP, DIFFERS = f"{OWN}chip", f"{OWN}differs"
NO_FIGURES = "no figures"
_BAND, _BAND_OF_FLOAT32 = 1e-9, 2e-7
_OF_ROWS = (COUNT, KIND)
_NAMED = f"{SAID}{NAME}"
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
    declaring: tuple[str, ...]


class Settling(NamedTuple):
    """How rows that columns leave open are settled: by a check of one row of each cell, in words.

    The words are the verdict, which paragraphs it may be, and what decides; and, where rows are
    shipped, whether a licence is required. Where `every` row is checked by its cell, those that the
    columns settle are, too. Rows with days or destinations of their own need the `law` of any day.
    """

    judge: Judge
    told: Told
    every: bool = False
    law: Law | None = None
    shipped: Told | None = None
    named: Told | None = None


def screen(
    frame: Any,
    said: Mapping[str, str],
    words: Words,
    day: DayRules,
    settling: Settling | None = None,
) -> Any:
    """Return a frame of the same kind with its rows' verdicts, and which rows are at fault.

    A verdict that is given is that of a check of the figures; one that is not settled may be
    settled by a check of the row, which is made for each cell of rows where `settling` is there.
    Raises ChipcalcError for columns that cannot be read.
    """
    found = nw.from_native(frame)
    schema = found.collect_schema()
    names = [name for name in schema.names() if not name.startswith((OWN, "__"))]
    vocabulary = day.vocabulary
    read = columns(names, words, vocabulary, said)
    _refuse_of_rows(read)
    own = _own(found, read, schema, settling)
    asked = list(laws(settling.law, own)) if own and settling and settling.law else []
    gate = _gate(read, schema, words, [each for each, _ in asked] or [day], own)
    single = any(schema[each.column] == nw.Float32 for each in read.read.values())
    band = _BAND_OF_FLOAT32 if single else _BAND
    formulas = FormulaColumns(gate.given, vocabulary)
    criteria = CriterionColumns(formulas, day, gate.words, band)
    undecided = nw.lit(Kind.open.value)
    dated = own and own.dated
    verdict = _stated(gate, undecided) if dated else _verdict(criteria, day, gate)
    if own and own.named:
        verdict = nw.when(nw.col(_NAMED) != "").then(undecided).otherwise(verdict)
    settler = None
    if settling:
        known = {name: list(vocabulary.circumstances[name].values) for name in gate.words}
        said_of_rows = tuple(own.made) if own else ()
        named = _NAMED if own and own.named else ""
        made = Made(formulas, known, gate.declaring, said_of_rows, named)
        cells = partial(
            RowCells, made, _cuts(asked or [(day, criteria.classing())], formulas), band
        )
        stating = (*_stating(read, schema), *(Stating(e, n) for n, e in _columns_of(own)))
        settler = Settler(Plan(cells, stating), settling.judge, _told(own, settling))
    for layer in (gate.made, *formulas.layers, *criteria.layers):
        found = found.with_columns(*(expr.alias(name) for name, expr in layer.items()))
    fault = gate.faults if isinstance(gate.faults, nw.Expr) else nw.lit(value=False)
    added = (verdict.alias(VERDICT), fault.alias(FAULT))
    if settler is None:
        return found.select(*(nw.col(name) for name in names), *added).to_native()
    found = found.with_columns(*added)
    read_by_cells = (name for layer in (gate.made, *formulas.layers) for name in layer)
    found = found.select(*names, VERDICT, FAULT, *read_by_cells)
    left = nw.col(VERDICT)
    opened = (left != NO_FIGURES) if settling and settling.every else (left == Kind.open.value)
    opened = opened & ~nw.col(FAULT)
    told = (VERDICT, MAY_BE, DECIDES, *_more(own))
    return settler.frame(found, opened, told).select(*names, *told, FAULT).to_native()


def _own(found: Any, read: Columns, schema: nw.Schema, settling: Settling | None) -> Own | None:
    """Return what rows have of their own, if anything; raises ChipcalcError where it is not asked.

    A destination makes each row a shipment, whichever of its figures decides.
    """
    named = [each.column for each in read.read.values() if each.role in (AS_OF, TO)]
    has_names = any(each.role == NAME for each in read.read.values())
    if settling and settling.law and (named or has_names or settling.judge.to):
        return own_of(found, read, schema, settling.judge)
    if named:
        what = f"rows with what column '{named[0]}' says are checked by their cells"
        raise error(what, f"ask for that, --settle or settle=True; or say {named[0]}=ignore")
    return None


def _more(own: Own | None) -> Iterator[str]:
    """Yield the columns that are told of rows which are shipped, and of those with a sheet."""
    yield from [LICENCE] if own and own.shipped else ()
    yield from [CHIP, DIFFERS] if own and own.named else ()


def _told(own: Own | None, settling: Settling) -> Told:
    more = [settling.shipped] if own and own.shipped else []
    more += [settling.named] if own and own.named else []
    every = [settling.told, *filter(None, more)]
    return lambda row: tuple(text for each in every for text in each(row))


def _columns_of(own: Own | None) -> Iterable[tuple[str, Meaning]]:
    return own.columns.items() if own else ()


def _cuts(asked: Iterable[Asked], formulas: FormulaColumns) -> Cuts:
    def is_told(name: Key) -> bool:
        return bool(formulas.fed_by(name[0]))

    return together([cuts(day, texts, is_told) for day, texts in asked])


def _stating(read: Columns, schema: nw.Schema) -> Iterator[Stating]:
    """Yield the columns of a frame that say something of an item, as the gate names them."""
    for number, each in enumerate(read.read.values()):
        if each.is_figure:
            yield Stating(each, f"__given_{number}", single=schema[each.column] == nw.Float32)
        elif each.is_circumstance:
            yield Stating(each, f"__word_{each.about}")


def _refuse_of_rows(read: Columns) -> None:
    """Raise ChipcalcError for a column that makes rows more than circuits of one day."""
    for each in read.read.values():
        if each.role in _OF_ROWS or each.about == ITEM:
            what = f"column '{each.column}' says of each row what a frame has for all"
            hint = f"leave it out: columns={{'{each.column}': 'ignore'}}, or screen a file of text"
            raise error(what, hint)


def _gate(
    read: Columns, schema: nw.Schema, words: Words, days: Sequence[DayRules], own: Own | None
) -> Gate:
    vocabulary = days[0].vocabulary
    asked = _asked_words(days)
    made: dict[str, nw.Expr] = {}
    given: list[Given] = []
    faults: list[Truth] = []
    declaring: list[str] = []
    names = {each.declared for each in vocabulary.metrics.values() if each.declared}
    told: list[str] = []
    for number, each in enumerate(read.read.values()):
        if each.is_figure:
            column = f"__given_{number}"
            value = _numbers(each, schema)
            made[column] = nw.when((value > 0) & (value < _INFINITE)).then(value)
            faults.append(((value < 0) | (value == _INFINITE)).fill_null(value=False))
            if each.about in names:
                declaring.append(column)
            stated = given_of(column, each.about, each.conditions, _factor(each), vocabulary)
            if stated is None:
                what = f"column '{each.column}' has a reading that a frame does not know"
                raise error(what, "leave it out, and check its rows one by one")
            given.append(stated)
        elif each.is_circumstance:
            told.append(each.about)
            apart: Collection[str] = asked.get(each.about, ())
            if own and own.named:  # a difference to the sheet names the word
                apart = vocabulary.circumstances[each.about].values
            made[f"__word_{each.about}"], unknown = _words(each, schema, words, vocabulary, apart)
            faults.append(unknown)
    if not given:
        raise error("no column of the frame states a figure", "say one: columns={'INT8': …}")
    declared = any_of([~nw.col(each).is_null() for each in declaring])
    made |= own.made if own else {}
    faults += own.faults if own else ()
    return Gate(made, tuple(given), tuple(told), any_of(faults), declared, tuple(declaring))


def _asked_words(days: Sequence[DayRules]) -> dict[str, set[str]]:
    """Return the values of circumstances that some rule of some days names."""
    found: dict[str, set[str]] = {}
    for day in days:
        texts = [node for each in day.asked for node in asked_of(each)]
        for node in comparisons(texts, day.provisions):
            if isinstance(node, CircumstanceIs):
                found.setdefault(node.name, set()).update(node.values)
    return found


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
    meaning: Meaning,
    schema: nw.Schema,
    words: Words,
    vocabulary: Vocabulary,
    asked: Collection[str],
) -> tuple[nw.Expr, nw.Expr]:
    """Return the words of a circumstance as the vocabulary has them, and where there is another."""
    if schema[meaning.column] not in (nw.String, nw.Categorical, nw.Enum):
        raise error(f"column '{meaning.column}' holds no words", "leave it out of the frame")
    known = {each: {each} for each in vocabulary.circumstances[meaning.about].values}
    for value, others in words.said.values.get(meaning.about, {}).items():
        known[value] |= {each.casefold() for each in others}
    said = nw.col(meaning.column).cast(nw.String)
    there = ~nw.col(meaning.column).is_null() & (said != "").fill_null(value=True)
    usual = _is_in(said, (way for each in known.values() for one in each for way in _ways(one)))
    unusual = nw.when(there & ~usual).then(said).str.to_lowercase()
    unknown = there & ~usual & ~_is_in(unusual, (one for each in known.values() for one in each))
    # what no rule tells apart need not be told apart
    apart = [each for each in known if each in asked]
    alike = next((each for each in known if each not in asked), None)
    found: nw.Expr = nw.lit(None, dtype=nw.String)
    if alike is not None:
        found = nw.when(there & ~unknown).then(nw.lit(alike))
    for value in apart:
        ways = _is_in(said, (way for one in known[value] for way in _ways(one)))
        found = nw.when(ways | _is_in(unusual, known[value])).then(nw.lit(value)).otherwise(found)
    return found, unknown


def _ways(word: str) -> tuple[str, ...]:
    """Return the usual ways to write a word, which need not be made small to be known."""
    return word, word.upper(), word.capitalize(), word.title()


def _is_in(said: nw.Expr, words: Iterable[str]) -> nw.Expr:
    """Return where a text is one of some: a null is none, which not every engine says."""
    return said.is_in(sorted({*words})).fill_null(value=False)


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
    return _stated(gate, result)


def _stated(gate: Gate, result: nw.Expr) -> nw.Expr:
    """Return a verdict for the rows that state a rate, or what is declared of it."""
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
