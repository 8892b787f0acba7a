"""Things looked up: the metrics, one of them, and the units that are understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chipcalc.contract import catalogue
from chipcalc.contract import units as contract
from chipcalc.contract.common import flat
from chipcalc.errors import join_words
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.values import numbers, units
from chipcalc.values.spellings import Spelling, prefixes, spellings
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
from chipcalc.words.commands import written
from chipcalc.words.labels import lower
from chipcalc.words.line import Phrase, block, command, phrased


def metrics(vocabulary: Vocabulary) -> Report:
    """Return the list of all metrics by section, with unit and whether it is stated or derived."""
    sections: dict[str, list[str]] = {}
    for name, each in vocabulary.metrics.items():
        sections.setdefault(each.section, []).append(name)
    rows = []
    for section, names in sections.items():
        rows.append(Row((cell(section),), heading=True))
        for name in names:
            each = vocabulary.metrics[name]
            said = (each.label, str(each.unit), catalogue.kind(each))
            rows.append(Row((cell(name, level=1, role="strong"), *map(cell, said))))
    columns = (
        Column("metric", name="metric"),
        Column("label", name="label"),
        Column("unit", name="unit"),
        Column("", name="kind"),
    )
    counts = Counter(map(catalogue.kind, vocabulary.metrics.values()))
    by_kind = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    first = next(iter(vocabulary.metrics), "")
    return Report(
        lambda: catalogue.metrics(vocabulary),
        lambda: list(map(flat, catalogue.metrics(vocabulary)["metrics"])),
        title=block(f"{len(vocabulary.metrics)} metrics: {by_kind}"),
        parts=(
            Grid(columns, tuple(rows), "metrics"),
            block(
                "A command takes each by --set NAME=VALUE, with a unit: one amount, a range "
                "(tpp=2300..2500), a product (throughput[int8]=132*4096op*1.83GHz), conditions "
                "behind it (throughput[int8]=300TOPS,sparse); transistor=fd-soi, launched=2025-01.",
                "How one is stated and computed, and which units are understood:",
                command(written("metrics", first)),
                command(written("metrics", "--units")),
            ),
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
        *(("right", example) for example in each.right),
        *(("wrong", example) for example in each.wrong),
    ]
    if each.by:
        pairs.append(("conditions", ", ".join(each.by)))
    pairs += [(e["value"], f"{e['label']}: {e['note']}") for e in catalogue.words(each, vocabulary)]
    formula = describe(each.formula) if each.formula is not None else ""
    if formula:
        pairs.append(("formula", formula))
    if each.cite:
        pairs.append(("source", each.cite))
    records = tuple({"key": key, "value": value} for key, value in pairs)
    shown = [pair for pair in pairs if pair[0] not in ("label", "unit")]
    rows = tuple(Row((cell(key, level=1, role="faint"), cell(value))) for key, value in shown)
    also = [str(unit) for unit in (*each.larger, *each.also)]
    units = join_words([str(each.unit), *also], "or")
    called = lower(each.label) if lower(each.label) != name else ""
    short = f" ({each.short})" if each.short and lower(each.short) != called else ""
    facts = (f"{called}{short}", f"in {units}", catalogue.kind(each))
    return Report(
        lambda: catalogue.metric(name, each, formula, vocabulary),
        lambda: records,
        title=(phrased(Phrase(name, "title"), f": {', '.join(filter(None, facts))}"),),
        parts=(
            Grid((Column("", name="key"), Column("", name="fact")), rows, "metric"),
            block(command(written("list", "--sort", name))),
        ),
    )


def units_understood(vocabulary: Vocabulary) -> Report:
    """Return the units that files and command lines may use, by what they measure."""
    kinds: dict[str, list[Spelling]] = {}
    for each in spellings():
        kinds.setdefault(units.kind(each.unit), []).append(each)
    rows: list[Row] = []
    for kind, found in kinds.items():
        rows.append(Row((cell(kind),), heading=True))
        rows += map(_spelled, found)
    compound: dict[str, dict[str, None]] = {}
    for metric in vocabulary.metrics.values():
        for unit in (metric.unit, *metric.larger, *metric.also):
            if len(unit.parts) > 1:
                compound.setdefault(units.kind(unit), {})[unit.text] = None
    examples = [Row((cell(", ".join(found)), cell(kind))) for kind, found in compound.items()]
    records = [
        {
            "unit": each.short,
            "names": " ".join(each.names),
            "dimension": units.kind(each.unit),
            "defined": each.defined,
        }
        for each in spellings()
    ]
    known = ", ".join(f"{each.short} ({each.name})" for each in prefixes())
    return Report(
        lambda: contract.data(records, prefixes()),
        lambda: records,
        title=block(f"{len(records)} units of {len(kinds)} kinds, and products of their powers"),
        parts=(
            Grid(_UNIT_COLUMNS, tuple(rows), "units"),
            block(
                f"Before short names: {known}",
                "Products and quotients with *, / and ^, one / at most: GB/s, mm^2, GB/(s*W)",
            ),
            Grid(
                (Column("of the metrics", name="unit"), Column("", name="measure")),
                tuple(examples),
                "units",
            ),
            block(command(written("calc", "3.35 TB/s to GB/s"))),
        ),
    )


def _spelled(each: Spelling) -> Row:
    """Return a unit with its other names, and how it is defined where it is not a base."""
    others = join_words([name for name in each.names if name != each.short], "or")
    defined = "" if each.defined.startswith("[") else each.defined
    return Row((cell(each.short, level=1, role="strong"), cell(others), cell(defined)))


_UNIT_COLUMNS = (
    Column("unit", name="unit"),
    Column("also written", name="names"),
    Column("defined as", name="defined"),
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
