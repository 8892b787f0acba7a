"""The stable contract of the lists of chips and metrics: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from chipcalc.contract.common import BOUND, amount, available, launched
from chipcalc.figures.figure import Answer, Figure
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary

SCHEMA = "chipcalc.list/2"
SCHEMA_OF_METRICS = "chipcalc.metrics/2"
SCHEMA_OF_METRIC = "chipcalc.metric/2"
_OF_CHIP = (
    "chip", "name", "vendor", "launched_from", "launched_to", "launched_precision",
    "availability", "availability_as_of", "market",
)  # fmt: skip
_OF_FIGURE = (
    "", "_low", "_high", "_exact", "_exact_low", "_exact_high", "_unit", "_status", "_when",
)  # fmt: skip
_OF_CLASS = ("as_of", "classification")


def chips(records: Sequence[dict[str, Any]], left_out: Sequence[str] = ()) -> dict[str, Any]:
    """Return the contract of a list of chips; what is not known is null.

    Those that are not out by the day that was asked for go by their ids alone.
    """
    return {
        "schema": SCHEMA,
        "count": len(records),
        "chips": list(records),
        "left_out": list(left_out),
    }


def about(sheet: Sheet) -> dict[str, Any]:
    """Return what a list tells of a chip without any figure."""
    return {
        "chip": sheet.id,
        "name": sheet.name,
        "vendor": sheet.chip.vendor,
        **launched(sheet.chip.launched),
        **available(sheet),
        "market": sheet.market.value if sheet.market else None,
    }


def columns(metrics: Sequence[str], *, classes: bool) -> tuple[str, ...]:
    """Return the columns of the CSV: those about a chip, of its figures, and of its class."""
    of_figures = (f"{each}{end}" for each in metrics for end in _OF_FIGURE)
    return (*_OF_CHIP, *of_figures, *(_OF_CLASS if classes else ()))


def classed(day: datetime.date, name: str) -> dict[str, str]:
    """Return the class of a chip on a day."""
    return dict(zip(_OF_CLASS, (day.isoformat(), name), strict=True))


def figure(metric: str, when: Conditions, answer: Answer, unit: Unit) -> dict[str, Any]:
    """Return a figure in a list under the name of its metric, with ends, unit, status, conditions.

    It is in the unit, unless it is of another kind, such as another currency. Where there is no
    figure, the status says why.
    """
    if isinstance(answer, Figure):
        fits = answer.value.unit.dimension == unit.dimension
        value = answer.value.to(unit) if fits else answer.value
        found, unit, status = amount(value.amount, metric), value.unit, str(answer.status)
    else:
        bounds = answer.bounds(unit)
        found, status = amount(bounds, metric), BOUND if bounds else answer.kind
    return {
        **found,
        f"{metric}_unit": unit.text,
        f"{metric}_status": status,
        f"{metric}_when": dict(when),
    }


def metrics(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the contract of the list of metrics."""
    return {
        "schema": SCHEMA_OF_METRICS,
        "metrics": [
            {
                "metric": name,
                "label": each.label,
                "unit": each.unit.text,
                "kind": kind(each),
                "say": each.say,
            }
            for name, each in vocabulary.metrics.items()
        ],
    }


def kind(metric: MetricDefinition) -> str:
    """Return where the figures of a metric come from: the user, a sheet, or a formula."""
    if metric.given:
        return "given"
    return "stated" if metric.formula is None else "derived"


def words(each: MetricDefinition, vocabulary: Vocabulary) -> list[dict[str, str]]:
    """Return the conditions of a metric that have something to be known, such as a bit length."""
    return [
        {"condition": name, "value": value, "label": known.label, "note": known.note}
        for name in each.by
        for value, known in vocabulary.conditions[name].values.items()
        if known.note
    ]


def metric(
    name: str, each: MetricDefinition, formula: str, vocabulary: Vocabulary
) -> dict[str, Any]:
    """Return the contract of one metric; its formula is in words, empty where there is none."""
    return {
        "schema": SCHEMA_OF_METRIC,
        "metric": name,
        "label": each.label,
        "unit": each.unit.text,
        "kind": kind(each),
        "better": each.better,
        "say": each.say,
        "right": list(each.right),
        "wrong": list(each.wrong),
        "conditions": list(each.by),
        "words": words(each, vocabulary),
        "formula": formula or None,
        "source": each.cite,
    }
