"""The stable contract of a check: JSON data and flat records, numbers as decimal strings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chipcalc.check.lines import all_lines, compared_amount, compared_key
from chipcalc.check.result import ByWay, Checked, Finding
from chipcalc.contract.common import interval_data
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import OPPOSITE, SIGNS, Combined, RuleMet, Threshold
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values import units
from chipcalc.values.logic import Verdict, every, some
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation
from chipcalc.words.check import named, notes
from chipcalc.words.ways import stated

SCHEMA = "chipcalc.check/1"
_SPAN = ("low", "high", "low_included", "high_included", "unit")


def data(found: Sequence[Checked], rulebook: Rulebook) -> dict[str, Any]:
    """Return the contract of some checked chips."""
    return {
        "schema": SCHEMA,
        "as_of": found[0].day.isoformat(),
        "chips": [_chip(each, rulebook) for each in found],
    }


def _chip(checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    classification = checked.classification
    declared = checked.sheet.chip.declared.eccn
    return {
        "id": checked.sheet.id,
        "name": checked.sheet.name,
        "circumstances": dict(circumstances(checked)),
        "quantities": quantities(checked),
        "classification": named(checked),
        "possible": list(classification.possible),
        "cites": list(classification.cites),
        "declared_eccn": declared.value if declared else None,
        "straddles": checked.straddles,
        "views": [_view(each, checked) for each in checked.views],
        "deciding": _deciding(checked.deciding),
        "rules": [rule_data(each, checked, rulebook) for each in checked.findings],
        "notes": notes([checked]),
    }


def circumstances(checked: Checked) -> Iterator[tuple[str, str | None]]:
    """Yield every circumstance that rules may ask for, and what holds.

    Those of a shipment are there where one is given.
    """
    vocabulary = checked.case.evaluator.vocabulary.circumstances
    of_shipment = any(vocabulary[name].shipment for name in checked.case.given)
    for name, definition in vocabulary.items():
        if of_shipment or not definition.shipment:
            yield name, checked.case.said(name) or None


def quantities(checked: Checked) -> dict[str, Any]:
    """Return the figures that the rules compare, by metric and conditions.

    What is not known is null; what does not exist has the reason as its status.
    """
    vocabulary = checked.case.evaluator.vocabulary
    found: dict[str, Any] = {}
    for finding in checked.findings:
        for line in all_lines(finding.line):
            if isinstance(line.node, Threshold) and line.answer is not None:
                metric = compared_key(line.node)
                found.setdefault(metric_text(metric, vocabulary), _quantity(line, vocabulary))
    return found


def metric_text(metric: Key, vocabulary: Vocabulary) -> str:
    """Return a metric as a rule writes it: ``throughput[format=int8,engine=tensor]``."""
    when = dict(metric[1])
    named = [f"{name}={when[name]}" for name in vocabulary.conditions if name in when]
    return f"{metric[0]}[{','.join(named)}]" if named else metric[0]


def _quantity(line: Line, vocabulary: Vocabulary) -> dict[str, Any] | None:
    node, answer = line.node, line.answer
    if not isinstance(node, Threshold):
        return None
    unit = vocabulary.unit(node.of.name, node.of.when)
    if not isinstance(answer, Figure):
        absent = explanation.absent(line)
        none = {"value": None, "low": None, "high": None, "unit": unit.text, "basis": None}
        known = absent in ("undefined", "not offered")
        return {**none, "status": absent, "source": []} if known else None
    sources = dict.fromkeys(k for s in answer.statements() for k in s.statement.source)
    if answer.value.unit.dimension != unit.dimension:  # another currency, say
        unit = answer.value.unit
    return {
        **interval_data(answer.value.to(unit).amount),
        "unit": unit.text,
        "basis": "computed" if answer.derived else "stated",
        "status": answer.status,
        "source": list(sources),
    }


def _view(view: ByWay, checked: Checked) -> dict[str, Any]:
    return {
        "label": stated(view.way, checked.case.evaluator.vocabulary),
        "metric": view.metric,
        **interval_data(view.figure.value.amount),
        "unit": view.figure.value.unit.text,
        "verdict": view.judgement.verdict,
        "cites": list(view.judgement.cites),
    }


def rule_data(finding: Finding, checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    """Return what one rule says: verdict, limbs, deciding facts and sources."""
    provision = finding.provision
    version = provision.version
    sources = [(key, rulebook.source(provision, key)) for key in version.source]
    return {
        "rule": provision.id,
        "paragraph": provision.rule.paragraph,
        "cite": finding.cites[0] if finding.cites else None,
        "cites": list(finding.cites),
        "kind": provision.rule.kind,
        "standing": version.standing,
        "verdict": finding.verdict,
        "in_force": version.in_force.isoformat() if version.in_force else None,
        "until": _iso(provision.until()),
        "announced": _iso(version.announced),
        "published": _iso(version.published),
        "compliance": _iso(version.compliance),
        "confidence": version.confidence,
        "note": version.note,
        "verified": provision.rule.verified.isoformat(),
        "limbs": [_limb(each, checked) for each in limbs(finding.line)],
        "deciding": _deciding(finding.deciding),
        "declared": finding.declared.verdict if finding.declared else None,
        "not_modelled": list(version.not_modelled),
        "citation": version.citation,
        "sources": [
            {"title": each.title, "url": each.url, "at": version.at} for _, each in sources if each
        ],
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


class Limb(NamedTuple):
    """Criteria of a rule that have one place in its text; no place where the text gives none."""

    cite: str
    verdict: Verdict
    exception: bool
    criteria: tuple[Line, ...]


def limbs(line: Line, *, exception: bool = False) -> Iterator[Limb]:
    """Yield the alternatives and exceptions of a rule, and the criteria that stand beside them."""
    group = line.node if isinstance(line.node, Combined) else None
    beside = [each for each in line.parts if _is_criterion(each)]
    if group and (group.cite or len(beside) == len(line.parts)):
        yield Limb(line.cite, line.verdict, exception, tuple(_criteria(line)))
        return
    if beside:
        combined = every if group and group.how == "all" else some
        verdict = combined(each.verdict for each in beside)
        yield Limb("", verdict, exception, tuple(beside))
    for part in line.parts:
        if not _is_criterion(part):
            yield from limbs(part, exception=exception)
    for part in line.exceptions:
        yield from limbs(part, exception=True)


def _is_criterion(line: Line) -> bool:
    """Whether a line has no parts of its own: those of another rule belong to that."""
    return not line.parts or isinstance(line.node, RuleMet)


def _criteria(line: Line) -> Iterator[Line]:
    if _is_criterion(line):
        yield line
        return
    for part in (*line.parts, *line.exceptions):
        yield from _criteria(part)


def _limb(limb: Limb, checked: Checked) -> dict[str, Any]:
    return {
        "cite": limb.cite or None,
        "exception": limb.exception,
        "verdict": limb.verdict,
        "criteria": [_criterion(each, checked) for each in limb.criteria],
    }


def _criterion(line: Line, checked: Checked) -> dict[str, Any]:
    """Return a criterion; what only comparisons have is null for the others."""
    return {
        "metric": None,
        "relation": explanation.step(line, checked.case).says,
        "asks": None,
        "holds": None,
        "limit": None,
        "unit": None,
        "verdict": line.verdict,
        "margin": None,
        **(_comparison(line, line.node, checked) if isinstance(line.node, Threshold) else {}),
    }


def _comparison(line: Line, node: Threshold, checked: Checked) -> dict[str, Any]:
    limit = node.limit.amount.best
    amount = compared_amount(line)
    sides = {Verdict.met: node.relation, Verdict.not_met: OPPOSITE[node.relation]}
    holds = sides.get(line.verdict) if amount is not None else None
    vocabulary = checked.case.evaluator.vocabulary
    return {
        "metric": metric_text(compared_key(node), vocabulary),
        "asks": SIGNS[node.relation],
        "holds": SIGNS[holds] if holds else None,
        "limit": units.decimal_text(limit),
        "unit": node.limit.unit.text,
        "margin": units.decimal_text((amount.best - limit) / limit) if amount and limit else None,
    }


def _deciding(deciding: Deciding | None) -> list[dict[str, Any]]:
    """Return what decides: for one metric its intervals, for several the conditions together."""
    if deciding is None:
        return []
    names = [name for name, _ in deciding.metrics] + list(deciding.circumstances)
    outcomes = [outcome_data(each) for each in deciding.outcomes]
    return [{"metric": " and ".join(names), "outcomes": outcomes}] if names else []


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """Return one outcome: the values that lead to it, and what follows."""
    first = next((each for each in outcome.where if isinstance(each, Span)), None)
    return {
        **(span_data(first) if first else dict.fromkeys(_SPAN)),
        "where": [
            {"metric": each.metric[0], **span_data(each)}
            if isinstance(each, Span)
            else {"circumstance": each.name, "values": list(each.values)}
            for each in outcome.where
        ],
        "verdict": outcome.judgement.verdict,
        "cite": outcome.judgement.cites[0] if outcome.judgement.cites else None,
    }


def span_data(span: Span) -> dict[str, Any]:
    """Return values of a metric as decimal strings; null where there is no end."""
    return {
        "low": None if span.low is None else units.decimal_text(span.low),
        "high": None if span.high is None else units.decimal_text(span.high),
        "low_included": span.low_included,
        "high_included": span.high_included,
        "unit": span.unit.text,
    }


def records(found: Sequence[Checked]) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each rule of each chip."""
    for checked in found:
        name = named(checked)
        for finding in checked.findings:
            version = finding.provision.version
            yield {
                "chip": checked.sheet.id,
                "as_of": checked.day.isoformat(),
                "classification": name,
                "rule": finding.provision.id,
                "paragraph": finding.provision.rule.paragraph,
                "kind": finding.provision.rule.kind,
                "standing": version.standing,
                "verdict": finding.verdict,
                "cites": "; ".join(finding.cites),
                "why": "; ".join(explanation.reasons(finding, checked.case)),
                "in_force": version.in_force.isoformat() if version.in_force else "",
                "confidence": version.confidence,
                "citation": version.citation or "",
            }
        if not checked.findings:
            yield {
                "chip": checked.sheet.id,
                "as_of": checked.day.isoformat(),
                "classification": name,
            }
