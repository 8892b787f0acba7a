"""A calculation in words: whether it sets unlike things against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chipcalc.figures.statements import Conditions
from chipcalc.vocabulary.expressions import Metric
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.labels import value_label


def unlike(metrics: Sequence[Metric], vocabulary: Vocabulary) -> str:
    """Return what is set against what: ``not like for like: FP4 against INT8, both 2:4 sparse``.

    Nothing where the figures are of one format and one reading.
    """
    rows = _distinct(metrics, vocabulary, "row")
    readings = _distinct(metrics, vocabulary, "reading")
    if len(rows) < 2 and len(readings) < 2:
        return ""
    said = []
    if len(rows) > 1:
        said.append(" against ".join(rows))
    if len(readings) > 1:
        said.append(" against ".join(readings))
    elif readings:
        said.append(f"{'both' if len(rows) == 2 else 'all'} {readings[0]}")
    return f"not like for like: {', '.join(said)}"


def reading(metrics: Sequence[Metric], vocabulary: Vocabulary) -> str:
    """Return how all figures are read, if they are read in one way: ``dense``."""
    found = _distinct(metrics, vocabulary, "reading")
    return found[0] if len(found) == 1 else ""


def said(name: str, value: str, vocabulary: Vocabulary) -> bool:
    """Whether a condition has to be said: an engine that is the usual one goes without it."""
    usual = next(iter(vocabulary.conditions[name].values), "")
    return name in vocabulary.leading or value != usual


def formats_said(rows: Iterable[Conditions], vocabulary: Vocabulary) -> str:
    """Return conditions in a row, the usual engine left out: ``FP8, INT8, FP64 vector``."""
    return ", ".join(
        " ".join(
            value_label(name, value, vocabulary)
            for name, value in row.items()
            if said(name, value, vocabulary)
        )
        for row in rows
    )


def _distinct(metrics: Sequence[Metric], vocabulary: Vocabulary, role: str) -> list[str]:
    """Return the conditions of one role, by figure, each once; figures without any left out."""
    found = [
        " ".join(
            value_label(name, each.when.get(name) or condition.default or "", vocabulary)
            for name, condition in vocabulary.conditions.items()
            if condition.role == role
            and (name in each.when or (condition.default and _has(each, name, vocabulary)))
        )
        for each in metrics
    ]
    return list(dict.fromkeys(filter(None, found)))


def _has(metric: Metric, condition: str, vocabulary: Vocabulary) -> bool:
    return condition in vocabulary.metric(metric.name).by
