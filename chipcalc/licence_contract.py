"""The stable contract of a licence: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chipcalc import licence_words
from chipcalc.check_contract import circumstances, named, outcome_data, rule_data
from chipcalc.check_report import standing
from chipcalc.licence import DESTINATION, Aspect, Shipment
from chipcalc.licence_report import notes
from chipcalc.minimal import minimal
from chipcalc.rule import EXCEPTION, LETTER, REQUIREMENT, REVIEW, TARIFF
from chipcalc.rulebook import Rulebook
from chipcalc.verdict import Verdict

SCHEMA = "chipcalc.licence/1"
_KINDS = (REQUIREMENT, EXCEPTION, REVIEW, LETTER, TARIFF)


def data(found: Sequence[Shipment], rulebook: Rulebook) -> dict[str, Any]:
    """Return the contract of some shipments."""
    return {
        "schema": SCHEMA,
        "as_of": found[0].licence.checked.day.isoformat(),
        "shipments": [_shipment(each, rulebook) for each in found],
    }


def _shipment(shipment: Shipment, rulebook: Rulebook) -> dict[str, Any]:
    licence = shipment.licence
    checked = licence.checked
    shown = [each for kind in _KINDS for each in licence.of(kind)]
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "destinations": list(shipment.countries),
        "circumstances": dict(circumstances(checked)),
        "classification": named(checked.classification, checked.findings),
        "cites": list(checked.classification.cites),
        "licence": {"printed": _aspect(licence.printed), "enforced": _aspect(licence.enforced)},
        "exceptions": _aspect(licence.exceptions),
        "review": _aspect(licence.review),
        "rules": [
            {
                **rule_data(each, checked, rulebook),
                "answer": licence_words.verdict(each, checked.case),
                "conditions": list(each.provision.version.conditions),
            }
            for each in shown
        ],
        "notices": [
            {"rule": each.provision.id, "verdict": each.verdict, "at": each.provision.version.at}
            for each in licence.notices
        ],
        "notes": list(notes([licence])),
    }


def _aspect(aspect: Aspect) -> dict[str, Any]:
    outcomes = minimal(aspect.deciding.outcomes) if aspect.deciding else ()
    return {
        "verdict": aspect.verdict,
        "says": list(aspect.judgement.cites),
        "deciding": [
            {
                "where": outcome_data(each)["where"],
                "verdict": each.judgement.verdict,
                "says": list(each.judgement.cites),
            }
            for each in outcomes
        ],
        "views": [
            {"label": label, "verdict": each.verdict, "says": list(each.cites)}
            for label, each in aspect.views
        ],
    }


def records(found: Sequence[Shipment]) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each rule of each shipment; one for a shipment without rules."""
    for shipment in found:
        licence = shipment.licence
        checked = licence.checked
        case = checked.case
        head = {
            "chip": checked.sheet.id,
            "destinations": " ".join(shipment.countries),
            "as_of": checked.day.isoformat(),
            "classification": named(checked.classification, checked.findings),
            "licence_printed": licence.printed.verdict,
            "licence_enforced": licence.enforced.verdict,
            "exceptions": licence_words.answer(licence.exceptions, case, licence_words.excepted),
            "review": licence_words.answer(licence.review, case, licence_words.reviewed),
        }
        if licence.enforced.verdict is Verdict.not_met:
            head |= {"exceptions": "", "review": ""}
        shown = [each for kind in _KINDS for each in licence.of(kind)]
        for finding in shown:
            version = finding.provision.version
            yield {
                **head,
                "rule": finding.provision.id,
                "paragraph": finding.provision.rule.paragraph,
                "kind": finding.provision.rule.kind,
                "standing": standing(finding.provision),
                "verdict": finding.verdict,
                "answer": licence_words.verdict(finding, case),
                "why": "; ".join(licence_words.grounds(finding, case)),
                "begins": version.begins.isoformat(),
                "confidence": version.confidence,
                "citation": version.citation or "",
            }
        if not shown:
            yield head


def summaries(found: Sequence[Shipment]) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each shipment, rules left out."""
    seen: dict[tuple[str, str], Mapping[str, str]] = {}
    for each in records(found):
        head = {name: value for name, value in each.items() if name in _SUMMARY}
        seen.setdefault((head["chip"], head["destinations"]), head)
    yield from seen.values()


_SUMMARY = (
    "chip", "destinations", "as_of", "classification", "licence_printed", "licence_enforced",
    "exceptions", "review", DESTINATION,
)  # fmt: skip
