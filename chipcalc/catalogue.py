"""Things looked up: one spec sheet whole, the list of chips, the metrics; each as a report."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chipcalc import text
from chipcalc.compare import combinations, headline, rank
from chipcalc.errors import error, nearest
from chipcalc.evaluate import Conditions, Evaluator, Figure
from chipcalc.model import Fact, MetricDefinition, Sourced, Statement, Vocabulary
from chipcalc.report import Column, Report, Row
from chipcalc.side_by_side import citation, interval_data
from chipcalc.store import Sheet, Store


@dataclass(frozen=True, slots=True)
class Filter:
    """Which chips a list shows, in which order, and which figures beside them."""

    vendor: str = ""
    family: str = ""
    market: str = ""
    sort: str = ""
    metrics: tuple[str, ...] = ()
    when: Conditions | None = None


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
            cells = (_what(definition, statement, sheet, vocabulary), text.quantity(statement.quantity))
            rows.append(Row((*cells, *_provenance(statement, numbers, located.origin))))
            records.append(_record(metric, statement, located.origin))
    rows += _dies(sheet, numbers, records)
    rows += _facts(sheet, vocabulary, numbers, records)
    rows += _computed(sheet, vocabulary)
    columns = (Column(""), Column("", "right"), Column("status"), Column("sources"), Column("line"))
    notes = [*_remarks(rows, sheet), *(textwrap.fill(each, 80) for each in sheet.chip.notes)]
    notes.append("\n".join(_source_lines(sheet, store, numbers)))
    return Report(
        columns,
        tuple(rows),
        _sheet_data(sheet, records),
        tuple(records),
        title="\n".join(_heading(sheet)),
        notes=tuple(each for each in notes if each),
    )


def chips(store: Store, wanted: Filter) -> Report:
    """Return the list of chips that pass a filter; raises ChipcalcError for a name that no chip has."""
    sheets = [each for each in store.all() if _passes(each, wanted)]
    if not sheets:
        _refuse_unknown(store.all(), wanted)
    vocabulary = store.vocabulary
    when = dict(wanted.when or {})
    evaluators = [Evaluator(sheet, vocabulary, {}, _readings(when, vocabulary)) for sheet in sheets]
    metrics = list(dict.fromkeys([*wanted.metrics, *([wanted.sort] if wanted.sort else [])]))
    rows_of = {
        metric: {**headline(evaluators, metric, vocabulary, when), **_own(metric, when, vocabulary)}
        for metric in metrics
    }
    if wanted.sort:
        row = rows_of[wanted.sort]
        evaluators.sort(key=lambda each: (*rank(each, wanted.sort, row), each.sheet.id))
    columns = [Column("id"), Column("name"), Column("vendor"), Column("launched"), Column("market")]
    columns += [Column(_title(m, rows_of[m], vocabulary), "right") for m in metrics]
    rows, records = [], []
    for evaluator in evaluators:
        chip = evaluator.sheet.chip
        market = evaluator.sheet.market
        cells = [chip.id, chip.name, chip.vendor, chip.launched or "", market.value if market else "unknown"]
        answers = [evaluator.figure(metric, rows_of[metric]) for metric in metrics]
        rows.append(Row(tuple([*cells, *(_short(each) for each in answers)])))
        record = dict(zip(["id", "name", "vendor", "launched", "market"], cells, strict=True))
        for metric, answer in zip(metrics, answers, strict=True):
            found = interval_data(answer.value.amount) if isinstance(answer, Figure) else {}
            record[metric] = found.get("value", "")
            record[f"{metric}_unit"] = answer.value.unit.text if isinstance(answer, Figure) else ""
            record[f"{metric}_status"] = answer.status if isinstance(answer, Figure) else answer.kind
        records.append(record)
    data = {"schema": "chipcalc.list/1", "count": len(records), "chips": records}
    plural = "chip" if len(records) == 1 else "chips"
    return Report(tuple(columns), tuple(rows), data, tuple(records), notes=(f"{len(records)} {plural}",))


def metrics(vocabulary: Vocabulary) -> Report:
    """Return the list of all metrics with unit and formula."""
    rows, records, section = [], [], ""
    for name, each in vocabulary.metrics.items():
        if each.section != section:
            section = each.section
            rows.append(Row((section,), heading=True))
        kind = "given" if each.given else "stated" if each.formula is None else "derived"
        rows.append(Row((f"  {name}", each.label, str(each.unit), kind)))
        records.append({"metric": name, "label": each.label, "unit": each.unit.text, "kind": kind, "say": each.say})
    columns = (Column("metric"), Column("label"), Column("unit"), Column("kind"))
    notes = ("chipcalc metrics NAME says how to state one.",)
    return Report(columns, tuple(rows), {"schema": "chipcalc.metrics/1", "metrics": records}, tuple(records), notes=notes)


def metric(name: str, vocabulary: Vocabulary) -> Report:
    """Return one metric: what to state, right and wrong examples, formula and its source."""
    each = vocabulary.metric(name)
    pairs = [("label", each.label), ("unit", each.unit.text), ("better", each.better), ("state", each.say)]
    pairs += [("right", example) for example in each.right] + [("wrong", example) for example in each.wrong]
    if each.by:
        pairs.append(("conditions", ", ".join(each.by)))
    if each.formula is not None:
        pairs.append(("formula", describe(each.formula, vocabulary)))
    if each.cite:
        pairs.append(("source", each.cite))
    rows = tuple(Row((f"  {key}", textwrap.fill(value, 64))) for key, value in pairs)
    records = tuple({"key": key, "value": value} for key, value in pairs)
    data = {"schema": "chipcalc.metric/1", "metric": name, "facts": records}
    return Report((Column(""), Column("")), rows, data, records, title=name)


def describe(formula: Any, vocabulary: Vocabulary) -> str:
    """Return a formula in words: ``throughput ÷ board_power``."""
    from chipcalc.expr import fold

    return fold(formula, _Words())


class _Words:
    """Reads an expression as the words for it."""

    def constant(self, node: Any) -> str:
        return text.quantity(node.value)

    def metric(self, node: Any) -> str:
        return str(node.name)

    def attribute(self, node: Any) -> str:
        return f"{node.name} of the {node.of}"

    def operation(self, node: Any, operands: Sequence[str]) -> str:
        signs = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
        if node.operator in signs:
            return signs[node.operator].join(f"({each})" if " + " in each else each for each in operands)
        return f"the {node.operator} of {' and '.join(operands)}"

    def over(self, node: Any, of: str) -> str:
        each = " and ".join(node.each)
        where = "".join(f", {name} {' or '.join(values)}" for name, values in node.where.items())
        word = "the sum" if node.function == "sum" else "the largest"
        return f"{word} over every {each}{where} of ({of})"

    def convert(self, node: Any, of: str) -> str:
        return f"{of} in {node.unit}"


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
    return f"  {' '.join(words) if 'format' in statement.when else ', '.join([definition.label, *words])}"


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
        cells = (f"{label}\n    {details}", text.quantity(area.statement.quantity) if area else "unknown")
        yield Row((*cells, *(_provenance(area.statement, numbers, area.origin) if area else ("", "", ""))))
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
        facts.append(("ECCN, declared by the vendor", sheet.chip.declared.eccn, ("declared", "eccn")))
    if facts:
        yield Row(("In words",), heading=True)
    for label, fact, path in facts:
        line = sheet.document.line(path)
        cells = (f"  {label}", textwrap.fill(fact.value, 30))
        yield Row((*cells, *_provenance(fact, numbers, f":{line}")))
        records.append(
            {"metric": label, "value": fact.value, "status": fact.status, "source": " ".join(fact.source),
             "at": f"line {line}", "note": fact.note or ""}
        )


def _computed(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Row]:
    evaluator = Evaluator(sheet, vocabulary)
    yield Row(("Computed here",), heading=True)
    for name, definition in vocabulary.metrics.items():
        if definition.formula is None or definition.compare != "always":
            continue
        when = headline([evaluator], name, vocabulary, {}) if combinations([evaluator], name, vocabulary) else {}
        answer = evaluator.figure(name, when)
        label = " ".join([*(_label(k, v, vocabulary) for k, v in when.items() if k == "format"), definition.label])
        shown = _short(answer)
        yield Row((f"  {label}", shown, answer.status if isinstance(answer, Figure) else "", "", ""))


def _label(name: str, value: str, vocabulary: Vocabulary) -> str:
    return vocabulary.conditions[name].values[value].label


def _short(answer: Any) -> str:
    if not isinstance(answer, Figure):
        return str(answer.kind)
    digits = text.STATED
    if answer.derived:
        digits = text.COMPUTED if answer.value.amount.exact else text.RATIO
    mark = "~" if answer.status == "estimated" else ""
    return mark + text.quantity(answer.value, digits)


def _remarks(rows: Sequence[Row], sheet: Sheet) -> Iterator[str]:
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


def _passes(sheet: Sheet, wanted: Filter) -> bool:
    market = sheet.market.value if sheet.market else "unknown"
    return (
        (not wanted.vendor or sheet.chip.vendor == wanted.vendor.casefold())
        and (not wanted.family or wanted.family.casefold() in sheet.chip.family)
        and (not wanted.market or market == wanted.market.casefold())
    )


def _refuse_unknown(sheets: Sequence[Sheet], wanted: Filter) -> None:
    """Raise for a vendor, family or market that no chip has; an empty selection is an answer."""
    known = {
        "vendor": Counter(each.chip.vendor for each in sheets),
        "family": Counter(family for each in sheets for family in each.chip.family),
        "market": Counter(each.market.value for each in sheets if each.market),
    }
    for name, names in known.items():
        asked = getattr(wanted, name)
        if asked and asked.casefold() not in names:
            near = nearest(asked, names) or sorted(names)[:8]
            raise error(f"no {name} '{asked}'", f"known are for example {', '.join(near)}")


def _readings(when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if vocabulary.conditions[k].role == "reading"}


def _own(metric: str, when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if k in vocabulary.metric(metric).by}


def _title(metric: str, row: Conditions, vocabulary: Vocabulary) -> str:
    words = [_label(name, value, vocabulary) for name, value in row.items() if name == "format"]
    return "\n".join(textwrap.wrap(" ".join([*words, vocabulary.metric(metric).label]), 18))
