"""One spec sheet whole: every statement with its condition, status, source and line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc import text
from chipcalc.compare import combinations, headline
from chipcalc.contract import citation, interval_data
from chipcalc.evaluate import Evaluator
from chipcalc.figure import Figure
from chipcalc.labels import short, value_label
from chipcalc.model import Fact, MetricDefinition, Sourced, Statement, Vocabulary
from chipcalc.report import Column, Report, Row
from chipcalc.store import Sheet, Store


def show(sheet: Sheet, store: Store) -> Report:
    """Return the whole sheet of a chip: every statement with condition, status and source."""
    numbers: dict[str, int] = {}
    vocabulary = store.vocabulary
    rows: list[Row] = []
    records: list[dict[str, str]] = []
    section = ""
    for metric, definition in vocabulary.metrics.items():
        for located in sheet.statements.get(metric, ()):
            if definition.section != section:
                section = definition.section
                rows.append(Row((section,), heading=True))
            statement = located.statement
            cells = (
                _what(definition, statement, sheet, vocabulary),
                text.quantity(statement.quantity),
            )
            rows.append(Row((*cells, *_provenance(statement, numbers, located.origin))))
            records.append(_record(metric, statement, located.origin))
    rows += _dies(sheet, numbers, records)
    rows += _facts(sheet, vocabulary, numbers, records)
    rows += _computed(sheet, vocabulary)
    columns = (Column(""), Column("", "right"), Column("status"), Column("sources"), Column("line"))
    notes = [*_remarks(sheet), *(textwrap.fill(each, 80) for each in sheet.chip.notes)]
    notes.append("\n".join(_source_lines(sheet, store, numbers)))
    return Report(
        columns,
        tuple(rows),
        lambda: _sheet_data(sheet, records),
        lambda: records,
        title="\n".join(_heading(sheet)),
        notes=tuple(each for each in notes if each),
    )


def _heading(sheet: Sheet) -> Iterator[str]:
    chip = sheet.chip
    yield chip.name
    facts = [f"id {chip.id}", f"vendor {chip.vendor}", f"launched {chip.launched or 'unknown'}"]
    facts.append(f"market {sheet.market.value if sheet.market else 'unknown'}")
    yield ", ".join(facts)
    if chip.family:
        yield f"families: {', '.join(chip.family)}"
    if chip.aliases:
        yield f"also called: {', '.join(chip.aliases)}"
    if chip.variant_of:
        yield f"variant of {chip.variant_of.chip}: {chip.variant_of.note or 'mirrors its figures'}"
    formats = sheet.mirrors("formats").chip.formats
    yield f"formats offered: {', '.join(formats) if formats else 'not known in full'}"
    yield sheet.document.file


def _what(
    definition: MetricDefinition, statement: Statement, sheet: Sheet, vocabulary: Vocabulary
) -> str:
    words = []
    for name, value in statement.when.items():
        known = vocabulary.conditions[name].values.get(value)
        units = sheet.mirrors("units").chip.units
        words.append(known.label if known else units[value].label if value in units else value)
    if "format" in statement.when:
        return f"  {' '.join(words)}"
    return f"  {', '.join([definition.label, *words])}"


def _provenance(fact: Sourced, numbers: dict[str, int], origin: str) -> tuple[str, str, str]:
    marks = [str(numbers.setdefault(key, len(numbers) + 1)) for key in fact.source]
    return (fact.status, ", ".join(marks), origin.rpartition(":")[2])


def _record(name: str, statement: Statement, origin: str) -> dict[str, str]:
    return {
        "metric": name,
        "when": " ".join(f"{key}={value}" for key, value in statement.when.items()),
        **interval_data(statement.quantity.amount),
        "unit": statement.unit.text,
        "status": statement.status,
        "source": " ".join(statement.source),
        "at": origin,
        "note": statement.note or "",
    }


def _dies(sheet: Sheet, numbers: dict[str, int], records: list[dict[str, str]]) -> Iterator[Row]:
    dies = sheet.mirrors("dies").chip.dies
    if dies:
        yield Row(("Dies",), heading=True)
    for die, area in zip(dies, sheet.areas, strict=True):
        label = f"  {die.count} × {die.name}" if die.count > 1 else f"  {die.name}"
        details = ", ".join(each for each in (die.kind, die.process, die.transistor) if each)
        cells = (
            f"{label}\n    {details}",
            text.quantity(area.statement.quantity) if area else "unknown",
        )
        yield Row(
            (*cells, *(_provenance(area.statement, numbers, area.origin) if area else ("", "", "")))
        )
        if area:
            records.append({**_record("die_area", area.statement, area.origin), "when": die.name})


def _facts(
    sheet: Sheet, vocabulary: Vocabulary, numbers: dict[str, int], records: list[dict[str, str]]
) -> Iterator[Row]:
    facts: list[tuple[str, Fact, tuple[str | int, ...]]] = [
        (vocabulary.details[name].label, fact, ("details", name, index))
        for name, found in sheet.chip.details.items()
        for index, fact in enumerate(found)
    ]
    if sheet.chip.declared.eccn:
        facts.append(
            ("ECCN, declared by the vendor", sheet.chip.declared.eccn, ("declared", "eccn"))
        )
    if facts:
        yield Row(("In words",), heading=True)
    for label, fact, path in facts:
        line = sheet.document.line(path)
        cells = (f"  {label}", textwrap.fill(fact.value, 30))
        yield Row((*cells, *_provenance(fact, numbers, f":{line}")))
        records.append(
            {
                "metric": label,
                "value": fact.value,
                "status": fact.status,
                "source": " ".join(fact.source),
                "at": f"line {line}",
                "note": fact.note or "",
            }
        )


def _computed(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Row]:
    evaluator = Evaluator(sheet, vocabulary)
    yield Row(("Computed here",), heading=True)
    for name, definition in vocabulary.metrics.items():
        if definition.formula is None or definition.compare != "always":
            continue
        when = (
            headline([evaluator], name, vocabulary, {})
            if combinations([evaluator], name, vocabulary)
            else {}
        )
        answer = evaluator.figure(name, when)
        label = definition.label
        if "format" in when:
            row_label = definition.row_label or definition.label
            label = f"{value_label('format', when['format'], vocabulary)} {row_label}"
        shown = short(answer)
        yield Row(
            (f"  {label}", shown, answer.status if isinstance(answer, Figure) else "", "", "")
        )


def _remarks(sheet: Sheet) -> Iterator[str]:
    """Yield the notes of the statements, with the lines they stand in."""
    lines: dict[str, list[int]] = {}
    located = [each for found in sheet.statements.values() for each in found]
    for each in [*located, *(area for area in sheet.areas if area)]:
        if each.statement.note:
            lines.setdefault(each.statement.note, []).append(each.line)
    notes = [
        textwrap.fill(f"line {', '.join(map(str, numbers))}: {note}", 80, subsequent_indent="  ")
        for note, numbers in lines.items()
    ]
    yield "\n".join(notes)


def _source_lines(sheet: Sheet, store: Store, numbers: dict[str, int]) -> Iterator[str]:
    for key, number in numbers.items():
        source = store.source(sheet, key)
        yield f"{number:>3}  {citation(source) if source else key}"


def _sheet_data(sheet: Sheet, records: Sequence[dict[str, str]]) -> dict[str, Any]:
    chip = sheet.chip
    return {
        "schema": "chipcalc.show/1",
        "id": chip.id,
        "name": chip.name,
        "vendor": chip.vendor,
        "family": list(chip.family),
        "aliases": list(chip.aliases),
        "launched": chip.launched,
        "market": sheet.market.value if sheet.market else None,
        "file": sheet.document.file,
        "statements": list(records),
        "notes": list(chip.notes),
    }
