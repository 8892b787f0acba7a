"""The stable contract of headroom: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.check.headroom import Bound, Distance, OfRule, outside, rates
from chipcalc.check.result import Checked
from chipcalc.contract import check, regimes
from chipcalc.contract.common import amount, ends, flat
from chipcalc.contract.criteria import comparison
from chipcalc.contract.outcomes import outcome_data, span_data
from chipcalc.contract.suppositions import COLUMN, column, supposed
from chipcalc.deciding.outcome import Deciding, Span
from chipcalc.figures.figure import Figure
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.outcomes import closed

SCHEMA = "chipcalc.headroom/2"
SCHEMA_OF_MOST = "chipcalc.headroom-max/2"


def distances_data(found: Sequence[tuple[Checked, Distance]], day: datetime.date) -> dict[str, Any]:
    """Return the contract of chips' distances to the lines of rules."""
    told = supposed(checked for checked, _ in found)
    distances = [_distance(each, checked) for checked, each in found]
    regime = next((regimes.name(checked) for checked, _ in found), None)
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "regime": regime,
        "supposed": told,
        "distances": distances,
    }


def distances_records(found: Sequence[tuple[Checked, Distance]]) -> Iterator[dict[str, str]]:
    """Yield one flat record for each distance; empty where there is nothing."""
    for checked, each in found:
        told = {COLUMN: column(checked), "regime": regimes.name(checked) or ""}
        yield {**flat(_distance(each, checked)), **told}


def _distance(each: Distance, checked: Checked) -> dict[str, Any]:
    node = each.node
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "rule": each.finding.provision.id,
        "paragraph": each.finding.provision.rule.paragraph,
        "cite": each.limb or None,
        **comparison(node),
        **amount(each.value),
        "status": check.status(each.line),
        **amount(each.away, "distance"),
        **check.margin(each.value, node),
        "verdict": each.line.verdict.value,
    }


def bounds_data(
    found: Sequence[tuple[Checked, Bound]],
    day: datetime.date,
    by_rule: Sequence[tuple[Checked, OfRule]] = (),
) -> dict[str, Any]:
    """Return the contract of what stays outside, input by input, of all controls and each rule."""
    told = supposed(checked for checked, _ in (*found, *by_rule))
    bounds = [bound_data(each, checked) for checked, each in found]
    return {
        "schema": SCHEMA_OF_MOST,
        "as_of": day.isoformat(),
        "supposed": told,
        "bounds": bounds,
        "by_rule": [_of_rule(each, checked) for checked, each in by_rule],
    }


def _of_rule(found: OfRule, checked: Checked) -> dict[str, Any]:
    """Return what stays outside of one rule by one input, in each circumstance that matters."""
    vocabulary = checked.case.evaluator.vocabulary
    rule = found.finding.provision.rule
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "rule": rule.id,
        "paragraph": rule.paragraph,
        "kind": rule.kind,
        "metric": found.metric[0],
        "when": dict(found.metric[1]),
        "needs": [check.metric_text(each, vocabulary) for each in found.needs],
        "solved": [
            {
                "circumstances": {each.name: list(each.values) for each in bound.where},
                "outside": _outside_data(bound.deciding, bound, vocabulary),
                "outcomes": [outcome_data(each) for each in bound.deciding.outcomes],
            }
            for bound in found.bounds
        ],
    }


def bound_data(bound: Bound, checked: Checked) -> dict[str, Any]:
    """Return what stays outside, one input of a chip being set free."""
    vocabulary = checked.case.evaluator.vocabulary
    spans = list(bound.outside())
    edge = spans[0].high if spans else None
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "metric": bound.metric[0],
        "when": dict(bound.metric[1]),
        "circumstances": {each.name: list(each.values) for each in bound.where},
        "now": _now(bound.now, vocabulary.unit(bound.metric[0], dict(bound.metric[1]))),
        "outside": _outside_data(bound.deciding, bound, vocabulary),
        "outside_of": {
            rule: _outside_data(deciding, bound, vocabulary)
            for rule, deciding in bound.by_rule.items()
        },
        "outcomes": [outcome_data(each, "outside of all") for each in bound.deciding.outcomes],
        "rates": {
            rate.label: {
                **ends(rate.low, rate.high),
                "unit": rate.unit,
            }
            for rate in (rates(bound.metric, edge, vocabulary) if edge is not None else ())
        },
    }


def _now(figure: Figure | None, unit: Unit) -> dict[str, Any] | None:
    """Return the figure of the chip as it is, in a unit, or in its own where that does not fit."""
    if figure is None:
        return None
    value = figure.value
    value = value.to(unit) if value.unit.dimension == unit.dimension else value
    return {**amount(value.amount), "unit": value.unit.text, "status": figure.status}


def _outside_data(
    deciding: Deciding, bound: Bound, vocabulary: Vocabulary
) -> list[dict[str, Any]] | None:
    """Return the values that stay outside: none, all as one open span, or null if not known."""
    free = [each for each in deciding.outcomes if each.judgement.verdict is Verdict.not_met]
    if not free and closed(deciding) != "none":
        return None
    if any(not each.where for each in free):
        unit = vocabulary.unit(bound.metric[0], dict(bound.metric[1]))
        return [span_data(Span(bound.metric, unit, None, None))]
    return [span_data(each) for each in outside(deciding)]


def bounds_records(
    found: Sequence[tuple[Checked, Bound]], by_rule: Sequence[tuple[Checked, OfRule]] = ()
) -> Iterator[dict[str, str]]:
    """Yield one flat record for each outcome of each input: of all controls, then of each rule."""
    for checked, bound in found:
        yield from _outcomes(checked, bound, "")
    for checked, each in by_rule:
        for bound in each.bounds:
            yield from _outcomes(checked, bound, each.finding.provision.id)


def _outcomes(checked: Checked, bound: Bound, rule: str) -> Iterator[dict[str, str]]:
    """Yield the outcomes of one input; no rule is named where they are of all controls."""
    for each in bound.deciding.outcomes:
        outcome = outcome_data(each, "outside of all")
        del outcome["where"]
        yield flat(
            {
                "chip": checked.sheet.id,
                "name": checked.sheet.name,
                "rule": rule,
                "metric": bound.metric[0],
                "when": dict(bound.metric[1]),
                **outcome,
                COLUMN: column(checked),
            }
        )
