"""The stable contract of a check: JSON data and flat records, numbers as decimal strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chipcalc import explanation, units
from chipcalc.case import Line
from chipcalc.check import Checked, Classification, Finding, View
from chipcalc.contract import interval_data
from chipcalc.criteria import OPPOSITE, SIGNS, Compare, Group
from chipcalc.deciding import Deciding, Outcome, Span
from chipcalc.figure import Figure, Missing
from chipcalc.rule import CLASSIFICATION
from chipcalc.rulebook import Rulebook
from chipcalc.verdict import Verdict

SCHEMA = "chipcalc.check/1"
NO_RULE = "no rule yet"
NONE_MET = "none"


def data(found: Sequence[Checked], rulebook: Rulebook) -> dict[str, Any]:
    """Return the contract of some checked chips."""
    return {
        "schema": SCHEMA,
        "as_of": found[0].day.isoformat(),
        "chips": [_chip(each, rulebook) for each in found],
    }


def named(classification: Classification, findings: Sequence[Finding]) -> str:
    """Return the classification in one word: a paragraph, none, unknown, or no rule yet."""
    if not any(each.provision.rule.kind == CLASSIFICATION for each in findings):
        return NO_RULE
    if classification.verdict is Verdict.unknown:
        return "unknown"
    return classification.paragraph or NONE_MET


def _chip(checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    classification = checked.classification
    declared = checked.sheet.chip.declared.eccn
    return {
        "id": checked.sheet.id,
        "name": checked.sheet.name,
        "circumstances": dict(circumstances(checked)),
        "quantities": quantities(checked),
        "classification": named(classification, checked.findings),
        "possible": list(classification.possible),
        "cites": list(classification.cites),
        "declared_eccn": declared.value if declared else None,
        "straddles": checked.straddles,
        "views": [_view(each) for each in checked.views],
        "deciding": _deciding(checked.deciding),
        "rules": [_rule(each, checked, rulebook) for each in checked.findings],
        "notes": [],
    }


def circumstances(checked: Checked) -> Iterator[tuple[str, str | None]]:
    """Yield every circumstance that rules may ask for, and what holds."""
    for name in checked.case.evaluator.vocabulary.circumstances:
        yield name, checked.case.said(name) or None


def quantities(checked: Checked) -> dict[str, Any]:
    """Return the figures that the rules compare, by metric; null for what is not known."""
    found: dict[str, Any] = {}
    vocabulary = checked.case.evaluator.vocabulary
    for finding in checked.findings:
        for line in explanation.all_lines(finding.line):
            if not isinstance(line.node, Compare) or line.node.of.name in found:
                continue
            if isinstance(line.answer, Missing):
                found[line.node.of.name] = None
            elif isinstance(line.answer, Figure):
                figure = line.answer
                unit = vocabulary.unit(line.node.of.name, line.node.of.when)
                found[line.node.of.name] = {
                    **interval_data(figure.value.to(unit).amount),
                    "unit": unit.text,
                    "basis": "computed" if figure.derived else "stated",
                    "status": figure.status,
                    "source": list(
                        dict.fromkeys(k for s in figure.statements() for k in s.statement.source)
                    ),
                }
    return found


def _view(view: View) -> dict[str, Any]:
    return {
        "label": view.label,
        "metric": view.metric,
        **interval_data(view.figure.value.amount),
        "unit": view.figure.value.unit.text,
        "verdict": view.judgement.verdict,
        "cites": list(view.judgement.cites),
    }


def _rule(finding: Finding, checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
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
        "confidence": version.confidence,
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


def limbs(line: Line) -> Iterator[Line]:
    """Yield the alternatives and exceptions of a rule: what has a place of its own in the text."""
    if isinstance(line.node, Group) and (line.node.cite or not _inner(line)):
        yield line
        return
    inner = list(_inner(line))
    for part in inner or [line]:
        if part is line:
            yield line
        else:
            yield from limbs(part)


def _inner(line: Line) -> list[Line]:
    return [each for each in (*line.parts, *line.exceptions) if each.parts]


def _limb(line: Line, checked: Checked) -> dict[str, Any]:
    leaves = [each for each in explanation.all_lines(line) if not each.parts]
    return {
        "cite": line.cite or None,
        "verdict": line.verdict,
        "criteria": [_criterion(each, checked) for each in leaves],
    }


def _criterion(line: Line, checked: Checked) -> dict[str, Any]:
    node = line.node
    step = explanation.step(line, checked.case)
    if not isinstance(node, Compare):
        return {"metric": None, "relation": step.says, "verdict": line.verdict, "margin": None}
    share = None
    if isinstance(line.answer, Figure) and node.limit.amount.best:
        limit = node.limit.amount.best
        amount = line.answer.value.to(node.limit.unit).amount
        share = units.decimal_text((amount.best - limit) / limit)
    holds = OPPOSITE[node.relation] if line.verdict is Verdict.not_met else node.relation
    return {
        "metric": node.of.name,
        "relation": step.says,
        "asks": SIGNS[node.relation],
        "holds": None if line.verdict is Verdict.unknown else SIGNS[holds],
        "limit": units.decimal_text(node.limit.amount.best),
        "unit": node.limit.unit.text,
        "verdict": line.verdict,
        "margin": share,
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
        **(span_data(first) if first else {"low": None, "high": None}),
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
        name = named(checked.classification, checked.findings)
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
                "cites": " ".join(finding.cites),
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
