"""One spec sheet whole: every fact with its condition, status, sources and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.comparison.comparison import combinations, headline
from chipcalc.contract import sheet as sheet_contract
from chipcalc.figures.evaluate import Evaluator
from chipcalc.schema.source import Sourced
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import answer_cell
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary
from chipcalc.words.labels import citation, value_label
from chipcalc.words.line import TextLine, block, deeper


class _Entry(NamedTuple):
    """One line of the sheet: what it is about, what it says, and what that rests on."""

    section: str
    label: str
    value: Cell
    fact: Sourced | None = None
    origin: str = ""
    contract: sheet_contract.Fact | None = None


def show(sheet: Sheet, store: Store) -> Report:
    """Return the whole sheet of a chip: every fact with condition, status, sources and line."""
    entries = [
        *_stated(sheet, store.vocabulary),
        *_dies(sheet),
        *_in_words(sheet, store.vocabulary),
        *_computed(sheet, store.vocabulary),
    ]
    keys = dict.fromkeys(key for each in entries if each.fact for key in each.fact.source)
    numbered = {key: str(number) for number, key in enumerate(keys, start=1)}
    facts = [each.contract for each in entries if each.contract]
    columns = (
        Column("", name="fact"),
        Column("", "right"),
        Column("status"),
        Column("sources"),
        Column("line"),
    )
    return Report(
        lambda: sheet_contract.data([(sheet, facts)]),
        lambda: sheet_contract.records(sheet, facts),
        title=block(*_heading(sheet)),
        parts=(
            Grid(columns, tuple(_rows(entries, numbered)), "show"),
            block("Notes", *deeper([*_remarks(entries, sheet), *sheet.chip.notes])),
            block("Sources", *_sources(numbered, sheet, store)),
        ),
    )


def together(sheets: Sequence[Sheet], store: Store) -> Report:
    """Return several sheets as one report, for formats that make one document."""
    reports = [show(sheet, store) for sheet in sheets]
    rows = [
        row
        for sheet, each in zip(sheets, reports, strict=True)
        for row in (Row((cell(sheet.name),), heading=True), *each.rows)
    ]
    return Report(
        lambda: {
            **reports[0].data(),
            "chips": [chip for r in reports for chip in r.data()["chips"]],
        },
        lambda: [record for each in reports for record in each.records()],
        title=block(", ".join(sheet.name for sheet in sheets)),
        parts=(
            Grid(reports[0].columns, tuple(rows), "show"),
            *tuple(note for each in reports for note in each.notes),
        ),
    )


def _heading(sheet: Sheet) -> Iterator[str]:
    chip = sheet.chip
    yield chip.name
    yield f"id {chip.id}, vendor {chip.vendor}, launched {chip.launched or 'unknown'}"
    if chip.family:
        yield f"families: {', '.join(chip.family)}"
    if chip.aliases:
        yield f"also called: {', '.join(chip.aliases)}"
    if chip.variant_of:
        yield f"variant of {chip.variant_of.chip}: {chip.variant_of.note or 'mirrors its figures'}"
    formats = sheet.mirrors("formats").chip.formats
    yield f"formats offered: {', '.join(formats) if formats else 'not known in full'}"
    yield sheet.document.file


def _stated(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Entry]:
    for metric, definition in vocabulary.metrics.items():
        for located in sheet.statements.get(metric, ()):
            statement = located.statement
            yield _Entry(
                definition.section,
                _label(definition, statement, sheet, vocabulary),
                cell(numbers.quantity(statement.quantity)),
                statement,
                _origin(located, sheet),
                sheet_contract.figure(metric, statement, located),
            )


def _label(
    definition: MetricDefinition, statement: Statement, sheet: Sheet, vocabulary: Vocabulary
) -> str:
    parts = sheet.mirrors("units").chip.units
    words = []
    for name, value in statement.when.items():
        known = vocabulary.conditions[name].values.get(value)
        words.append(known.label if known else parts[value].label if value in parts else value)
    if "format" in statement.when:
        return " ".join(words)
    return ", ".join([definition.label.partition(",")[0], *words])


def _dies(sheet: Sheet) -> Iterator[_Entry]:
    for die, area in zip(sheet.mirrors("dies").chip.dies, sheet.areas, strict=True):
        name = f"{die.count} × {die.name}" if die.count > 1 else die.name
        label = ", ".join(each for each in (name, die.kind, die.process, die.transistor) if each)
        if area is None:
            yield _Entry("Dies", label, cell("unknown", role="missing"))
            continue
        found = sheet_contract.figure("die_area", area.statement, area, {"die": die.name})
        value = cell(numbers.quantity(area.statement.quantity))
        yield _Entry("Dies", label, value, area.statement, _origin(area, sheet), found)


def _in_words(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Entry]:
    """Yield the facts that are no quantities: market, memory type, form factor, ECCN."""
    chip, owner = sheet.chip, sheet.mirrors("market")
    facts: list[tuple[str, str, Sourced, Sequence[str | int], Sheet]] = []
    if owner.chip.market:
        market = owner.chip.market
        facts.append(("Market", market.value, market, ("market",), owner))
    for name, found in chip.details.items():
        label = vocabulary.details[name].label
        facts += [
            (label, each.value, each, ("details", name, i), sheet) for i, each in enumerate(found)
        ]
    if chip.declared.eccn:
        eccn = chip.declared.eccn
        facts.append(("ECCN declared by the vendor", eccn.value, eccn, ("declared", "eccn"), sheet))
    for label, value, fact, path, stating in facts:
        number = stating.document.line(path)
        line = str(number)
        if stating is not sheet:
            line = f"{Path(stating.document.file).name}:{number}"
        stated = sheet_contract.fact(label, value, fact, line)
        yield _Entry("In words", f"{label}: {value}", NOTHING, fact, line, stated)


def _computed(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Entry]:
    evaluator = Evaluator(sheet, vocabulary)
    for name, definition in vocabulary.metrics.items():
        if definition.formula is None or definition.compare != "always":
            continue
        rows = combinations([evaluator], name, vocabulary)
        when = headline([evaluator], name, vocabulary, {}) if rows else {}
        answer = evaluator.figure(name, when)
        label = definition.label
        if "format" in when:
            following = definition.row_label or definition.label
            label = f"{value_label('format', when['format'], vocabulary)} {following}"
        yield _Entry("Computed here", label, answer_cell(answer, definition.shown_unit))


def _rows(entries: Sequence[_Entry], numbered: dict[str, str]) -> Iterator[Row]:
    section = ""
    for each in entries:
        if each.section != section:
            section = each.section
            yield Row((cell(section),), heading=True)
        label = cell(each.label, level=1)
        status = each.fact.status if each.fact else ""
        sources = ", ".join(numbered[key] for key in each.fact.source) if each.fact else ""
        yield Row((label, each.value, cell(status), cell(sources), cell(each.origin)))


def _remarks(entries: Sequence[_Entry], sheet: Sheet) -> Iterator[str]:
    """Yield the notes with the lines they stand in; why a variant mirrors is said once, above."""
    shared = sheet.chip.variant_of.note if sheet.chip.variant_of else None
    lines: dict[str, list[str]] = {}
    for each in entries:
        note = (each.fact.note or "") if each.fact else ""
        note = note.removeprefix(shared).removeprefix("; ") if shared else note
        if note:
            lines.setdefault(note, []).append(each.origin)
    for note, origins in lines.items():
        yield f"line {', '.join(dict.fromkeys(origins))}: {note}"


def _sources(numbered: dict[str, str], sheet: Sheet, store: Store) -> Iterator[TextLine]:
    for key, number in numbered.items():
        source = store.source(sheet, key)
        yield TextLine(citation(source) if source else key, marker=number)


def _origin(located: Located, sheet: Sheet) -> str:
    """Return the line in the sheet's own file, or file and line where another file states it."""
    own = located.file == sheet.document.file
    return str(located.line) if own else located.origin
