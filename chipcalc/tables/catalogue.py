"""Things looked up: one spec sheet whole, the list of chips, the metrics; each as a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from chipcalc.comparison.comparison import headline, ranked
from chipcalc.contract import catalogue
from chipcalc.contract.common import flat
from chipcalc.errors import ChipcalcError, Problem, each_of, unknown
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import answer_cell
from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Over,
    fold,
)
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.labels import value_label
from chipcalc.words.line import block

_FACTS = ("id", "name", "vendor", "launched", "market")


class Filter(NamedTuple):
    """Which chips a list shows, in which order, and which figures beside them."""

    vendor: str = ""
    family: str = ""
    market: str = ""
    sort: str = ""
    metrics: tuple[str, ...] = ()
    when: Conditions | None = None
    rates: tuple[Quantity, ...] = ()


def chips(store: Store, wanted: Filter) -> Report:
    """Return the chips that pass a filter; raises ChipcalcError for a name that no chip has."""
    sheets = [each for each in store.all() if _passes(each, wanted)]
    if not sheets:
        _refuse_unknown(store.all(), wanted)
    vocabulary = store.vocabulary
    when = dict(wanted.when or {})
    evaluators = [Evaluator(sheet, vocabulary, {}, _readings(when, vocabulary)) for sheet in sheets]
    metrics = list(dict.fromkeys([*wanted.metrics, *([wanted.sort] if wanted.sort else [])]))
    each_of(metrics, vocabulary.metric)
    rows_of = {
        metric: {**headline(evaluators, metric, vocabulary, when), **_own(metric, when, vocabulary)}
        for metric in metrics
    }
    if wanted.sort:
        row = rows_of[wanted.sort]
        evaluators = ranked(evaluators, wanted.sort, row, wanted.rates)
    shown = [name for name in _FACTS if name != "name" or not metrics]
    columns = [Column(name, name="fact") for name in shown]
    columns += [
        Column(
            _title(m, {**_readings(when, vocabulary), **rows_of[m]}, vocabulary),
            "right",
            name="figure",
        )
        for m in metrics
    ]
    rows: list[Row] = []
    records: list[dict[str, Any]] = []
    for evaluator in evaluators:
        record, facts = catalogue.about(evaluator.sheet), _facts(evaluator.sheet)
        answers = {metric: evaluator.figure(metric, rows_of[metric]) for metric in metrics}
        cells = [_fact(facts[name]) for name in shown]
        rows.append(Row((*cells, *map(answer_cell, answers.values()))))
        for metric, answer in answers.items():
            row, unit = rows_of[metric], vocabulary.unit(metric, rows_of[metric])
            record.update(catalogue.figure(metric, row, answer, unit))
        records.append(record)
    return Report(
        lambda: catalogue.chips(records),
        lambda: list(map(flat, records)),
        parts=(
            Grid(tuple(columns), tuple(rows), "list"),
            block(f"{len(records)} chip{'' if len(records) == 1 else 's'}"),
        ),
    )


def _facts(sheet: Sheet) -> dict[str, str]:
    """Return what a list shows of a chip, by the names of the columns."""
    chip, market = sheet.chip, sheet.market
    launched = str(chip.launched or "")
    facts = (chip.id, chip.name, chip.vendor, launched, market.value if market else "")
    return dict(zip(_FACTS, facts, strict=True))


def _fact(words: str) -> Cell:
    return cell(words) if words else cell("unknown", role="missing")


def metrics(vocabulary: Vocabulary) -> Report:
    """Return the list of all metrics with unit and formula."""
    rows, section = [], ""
    for name, each in vocabulary.metrics.items():
        if each.section != section:
            section = each.section
            rows.append(Row((cell(section),), heading=True))
        texts = (each.label, str(each.unit), catalogue.kind(each))
        rows.append(Row((cell(name, level=1), *map(cell, texts))))
    columns = (Column("metric"), Column("label"), Column("unit"), Column("kind"))
    notes = (block("chipcalc metrics NAME says how to state one."),)
    return Report(
        lambda: catalogue.metrics(vocabulary),
        lambda: list(map(flat, catalogue.metrics(vocabulary)["metrics"])),
        parts=(
            Grid(columns, tuple(rows), "metrics"),
            *notes,
        ),
    )


def metric(name: str, vocabulary: Vocabulary) -> Report:
    """Return one metric: what to state, right and wrong examples, formula and its source."""
    each = vocabulary.metric(name)
    pairs = [
        ("label", each.label),
        ("unit", each.unit.text),
        ("better", each.better),
        ("state", each.say),
    ]
    pairs += [("right", example) for example in each.right] + [
        ("wrong", example) for example in each.wrong
    ]
    if each.by:
        pairs.append(("conditions", ", ".join(each.by)))
    formula = describe(each.formula) if each.formula is not None else ""
    if formula:
        pairs.append(("formula", formula))
    if each.cite:
        pairs.append(("source", each.cite))
    rows = tuple(Row((cell(key, level=1), cell(value))) for key, value in pairs)
    records = tuple({"key": key, "value": value} for key, value in pairs)
    return Report(
        lambda: catalogue.metric(name, each, formula),
        lambda: records,
        title=block(name),
        parts=(Grid((Column(""), Column("", name="fact")), rows, "metric"),),
    )


def describe(formula: Expression) -> str:
    """Return a formula in words: ``throughput ÷ board_power``."""
    return fold(formula, _Words())


class _Words:
    """Reads an expression as the words for it."""

    def constant(self, node: Constant) -> str:
        return numbers.quantity(node.value)

    def metric(self, node: Metric) -> str:
        when = ", ".join(node.when.values())
        return f"{node.name}[{when}]" if when else node.name

    def attribute(self, node: Attribute) -> str:
        return f"{node.name} of the {node.of}"

    def operation(self, node: Operation, operands: Sequence[str]) -> str:
        signs = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
        if node.operator in signs:
            several = re.compile(r" [+−×÷] |^the ")
            parts = [f"({each})" if several.search(each) else each for each in operands]
            return signs[node.operator].join(parts)
        return f"the {node.operator} of {' and '.join(operands)}"

    def over(self, node: Over, of: str) -> str:
        each = " and ".join(node.each)
        where = "".join(f", {name} {' or '.join(values)}" for name, values in node.where.items())
        word = "the sum" if node.function == "sum" else "the largest"
        return f"{word} over every {each}{where} of ({of})"

    def convert(self, node: Convert, of: str) -> str:
        return f"{of} in {node.unit}"


def _passes(sheet: Sheet, wanted: Filter) -> bool:
    market = sheet.market.value if sheet.market else "unknown"
    return (
        (not wanted.vendor or sheet.chip.vendor == wanted.vendor.casefold())
        and (not wanted.family or wanted.family.casefold() in sheet.chip.family)
        and (not wanted.market or market == wanted.market.casefold())
    )


def _refuse_unknown(sheets: Sequence[Sheet], wanted: Filter) -> None:
    """Raise for a vendor, family or market that no chip has; an empty selection is an answer."""
    known: dict[str, Counter[str]] = {
        "vendor": Counter(each.chip.vendor for each in sheets),
        "family": Counter(family for each in sheets for family in each.chip.family),
        "market": Counter(each.market.value for each in sheets if each.market),
    }
    problems: list[Problem] = []
    for name, names in known.items():
        asked = getattr(wanted, name)
        if asked and asked.casefold() not in names:
            most = ", ".join(sorted(names)[:8])
            what, listed = f"no {name} '{asked}'", f"known are for example {most}"
            problems += unknown(what, asked, names, (name, "known"), listed).problems
    if problems:
        raise ChipcalcError(*problems)


def _readings(when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if vocabulary.conditions[k].role == "reading"}


def _own(metric: str, when: Conditions, vocabulary: Vocabulary) -> dict[str, str]:
    return {k: v for k, v in when.items() if k in vocabulary.metric(metric).by}


def _title(metric: str, row: Conditions, vocabulary: Vocabulary) -> str:
    """Return what a column is about: ``FP16 per watt, 2:4 sparse``."""
    definition = vocabulary.metric(metric)
    readings = [
        value_label(name, value, vocabulary)
        for name, value in row.items()
        if vocabulary.conditions[name].role == "reading"
    ]
    label = definition.label
    if "format" in row:
        following = definition.row_label or definition.label.lower()
        label = f"{value_label('format', row['format'], vocabulary)} {following}"
    return ", ".join([label, *readings])
