"""One spec sheet: its facts by section with status, line and sources, or every word of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from chipcalc.comparison.comparison import combinations, headline
from chipcalc.contract import sheet as sheet_contract
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Figure, is_known, key
from chipcalc.figures.statements import Conditions
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Content, Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import Footnotes
from chipcalc.tables.entries import Entry, entries, few, leading_label, ordered
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Part, Report, Row, cell, noted
from chipcalc.values import numbers
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import release
from chipcalc.words import sheet as words
from chipcalc.words.commands import written
from chipcalc.words.labels import amount, unit_text, value_label
from chipcalc.words.line import HARD_SPACE, Block, TextLine, block, command

_MOST_NOTES = 5
_COMPUTED = "Computed here"


def show(
    sheet: Sheet, store: Store, *, whole: bool = False, day: datetime.date | None = None
) -> Report:
    """Return the sheet of a chip: what it states, with status, line and sources.

    Whether it is out is told as of a day; without one, as of the day that the sheet tells of.

    Whole, it has every statement in a row of its own with all conditions, every note, the sources
    with their addresses, and all that is computed from it.
    """
    vocabulary = store.vocabulary
    stated = entries(sheet, vocabulary, whole=whole)
    facts = [each.contract for each in stated if each.contract]
    made = _Rows(sheet, store, whole=whole)
    shown = stated if whole else few(stated, vocabulary)
    rows = tuple(made.of(ordered(shown, vocabulary)))
    described = [_in_place(each, made, whole=whole) for each in sheet.contents if each.in_place]
    answers = list(_answers(sheet, vocabulary))
    below: list[str | TextLine] = [
        "" if whole else _computed_line(answers, vocabulary),
        *words.absent(sheet, vocabulary),
        TextLine(sheet.document.file, role="faint"),
    ]
    if not whole:
        below += [words.MORE, command(written("show", sheet.id, "--all"))]
    return Report(
        lambda: sheet_contract.data([(sheet, facts, [each.facts for each in described])]),
        lambda: sheet_contract.records(
            sheet, facts, [(each.name, each.facts) for each in described]
        ),
        title=block(
            words.head(sheet, vocabulary, whole=whole),
            release.line(sheet, day),
            *words.below_head(sheet, vocabulary, whole=whole),
        ),
        parts=(
            Grid(_COLUMNS, rows, "show"),
            *(part for each in described for part in each.parts),
            *([_computed(answers, vocabulary)] if whole else []),
            *noted(
                tuple(each._replace(clipped=not whole) for each in made.notes.lines()),
                _sources(made.sources, whole=whole),
                block(*below),
            ),
        ),
        unbroken=(sheet.name,),
    )


class _Described(NamedTuple):
    """A circuit that is described in the sheet of what contains it."""

    name: str
    facts: Sequence[sheet_contract.Fact]
    parts: tuple[Part, ...]


def _in_place(circuit: Content, made: _Rows, *, whole: bool) -> _Described:
    """Return the facts of a circuit below its name, with the notes and sources of the sheet."""
    vocabulary = made.vocabulary
    stated = entries(circuit.sheet, vocabulary, whole=whole)
    shown = stated if whole else few(stated, vocabulary)
    rows = tuple(made.of(ordered(shown, vocabulary)))
    facts = [each.contract for each in stated if each.contract]
    head = block(TextLine(f"Each {circuit.sheet.name}", role="heading"))
    return _Described(
        circuit.sheet.name, facts, (head, Grid(_COLUMNS, rows, "show")) if rows else ()
    )


_COLUMNS = (
    Column("", name="fact"),
    Column("", "decimal", name="value"),
    Column("", name="unit"),
    Column("status", name="status"),
    Column("line", name="line"),
    Column("sources", name="sources"),
)


def together(
    sheets: Sequence[Sheet],
    store: Store,
    *,
    whole: bool = False,
    day: datetime.date | None = None,
) -> Report:
    """Return several sheets as one report, one after the other."""
    reports = [show(sheet, store, whole=whole, day=day) for sheet in sheets]
    first, *others = reports
    parts: list[Part] = [*first.parts]
    for each in others:
        parts += ((TextLine(""), *each.title), *each.parts)
    return first._replace(
        data=lambda: {
            **reports[0].data(),
            "chips": [chip for each in reports for chip in each.data()["chips"]],
        },
        records=lambda: [record for each in reports for record in each.records()],
        parts=tuple(parts),
    )


class _Rows:
    """Makes the rows of a sheet, with footnotes and numbers of sources as they are mentioned."""

    def __init__(self, sheet: Sheet, store: Store, *, whole: bool) -> None:
        self._sheet = sheet
        self._store = store
        self._whole = whole
        self.vocabulary = store.vocabulary
        self.notes = Footnotes()
        self.sources: dict[str, Source | None] = {}

    def of(self, facts: Sequence[Entry]) -> Iterator[Row]:
        """Yield the rows of some facts, below the headings of their sections."""
        for section, found in groupby(facts, key=lambda each: each.section):
            group = list(found)
            yield Row((cell(self._heading(section, group)),), heading=True)
            yield from map(self._row, group)

    def _heading(self, section: str, entries: Sequence[Entry]) -> str:
        """Return a section with the usual reading of its figures, where each has a reading."""
        if self._whole:
            return section
        conditions = self._store.vocabulary.conditions
        stated = [e.fact.when for e in entries if isinstance(e.fact, Statement)]
        usual = [
            value_label(name, each.default, self._store.vocabulary)
            for name, each in conditions.items()
            if each.default
            and stated
            and all(name in when for when in stated)
            and any(when[name] == each.default for when in stated)
        ]
        return ", ".join((section, *usual))

    def _row(self, each: Entry) -> Row:
        status = each.fact.status if each.fact else ""
        value = each.value._replace(footnotes=(self._note(each),))
        label = cell(each.label, level=1)
        if not value.parts:
            label, value = label._replace(footnotes=value.footnotes), NOTHING
        return Row(
            (
                label,
                value,
                cell(each.unit, role="faint"),
                cell(status, role="" if status == "official" else "faint"),
                cell(words.lines_said(each.origins), role="faint"),
                cell(self._numbers(each.fact.source if each.fact else ()), role="faint"),
            )
        )

    def _numbers(self, keys: Sequence[str]) -> str:
        for each in keys:
            self.sources.setdefault(each, self._store.source(self._sheet, each))
        order = list(self.sources)
        return words.numbers_said(order.index(each) + 1 for each in keys)

    def _note(self, each: Entry) -> int:
        """Return the number of the footnote of an entry; few have one unless the sheet is whole."""
        said = words.remark(each.fact, self._sheet, whole=self._whole) if each.fact else ""
        if self._whole:
            return self.notes.number(said)
        if not isinstance(each.fact, Statement):
            return 0
        own = all(origin.isdigit() for origin in each.origins)  # of a variant it is said above
        unsure = each.fact.status == "estimated" and own
        full = len(self.notes.texts) >= _MOST_NOTES and said not in self.notes.texts
        noted = (unsure or not each.fact.quantity.amount.exact) and not full
        return self.notes.number(said) if noted else 0


class _Computed(NamedTuple):
    """What follows from a sheet: a metric under conditions, and what it comes to."""

    metric: str
    when: Conditions
    answer: Answer

    def label(self, vocabulary: Vocabulary, *, short: bool) -> str:
        """Return what it is called: ``FP16 ridge point``, ``TPP``."""
        definition = vocabulary.metric(self.metric)
        name = definition.short if short and definition.short else definition.label
        led = next((self.when[each] for each in vocabulary.leading if each in self.when), "")
        if led and not (short and definition.short):
            name = definition.row_label or name
        return f"{leading_label(led, vocabulary)} {name}".strip()


def _answers(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Computed]:
    evaluator = Evaluator(sheet, vocabulary)
    for name, definition in vocabulary.metrics.items():
        if definition.formula is not None and definition.compare == "always":
            rows = combinations([evaluator], name, vocabulary)
            when = headline([evaluator], name, vocabulary, {}) if rows else {}
            yield _Computed(name, when, evaluator.figure(name, when))


def _computed(found: Sequence[_Computed], vocabulary: Vocabulary) -> Grid:
    """Return all that is computed from a sheet as a table, what cannot be as well."""
    rows = [Row((cell(_COMPUTED),), heading=True)]
    for each in found:
        label = cell(each.label(vocabulary, short=False), level=1)
        value, unit = _figure(each, vocabulary)
        rows.append(Row((label, value, cell(unit, role="faint"))))
    return Grid(_COLUMNS[:3], tuple(rows), "show")


def _figure(each: _Computed, vocabulary: Vocabulary) -> tuple[Cell, str]:
    """Return the amount of a computed figure and its unit, or what kind of lack there is."""
    answer = each.answer
    if not isinstance(answer, Figure):
        usual = vocabulary.unit(each.metric, each.when)
        bounds = answer.bounds(usual)
        if bounds:
            words = numbers.bounds(bounds, numbers.COMPUTED_DIGITS)
            return cell(words), unit_text(key(each.metric), usual, vocabulary)
        return cell(answer.kind, role="missing"), ""
    shown = amount(answer).removesuffix(str(answer.value.unit)).rstrip()
    unit = unit_text(key(each.metric), answer.value.unit, vocabulary)
    return Cell((shown,), role="strong", estimated=answer.status == "estimated"), unit


def _computed_line(found: Sequence[_Computed], vocabulary: Vocabulary) -> str:
    """Return those of the computed figures that the field has a short name for, on one line."""
    said = []
    for each in found:
        if vocabulary.metric(each.metric).short and is_known(each.answer):
            value, unit = _figure(each, vocabulary)
            label = each.label(vocabulary, short=True)
            words_of = f"{label} {'~' * value.estimated}{value.text} {unit}".rstrip()
            said.append(words_of.replace(" ", HARD_SPACE))
    return f"Computed: {' · '.join(said)}" if said else ""


def _sources(sources: Mapping[str, Source | None], *, whole: bool) -> Block:
    if not sources:
        return ()
    if not whole:
        return (words.short_sources(sources),)
    found = (words.full_source(n, key, each) for n, (key, each) in enumerate(sources.items(), 1))
    return (TextLine("Sources", role="heading"), *found)
