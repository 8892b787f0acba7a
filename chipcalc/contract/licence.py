"""The stable contract of a licence: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chipcalc.check.result import Checked, Finding
from chipcalc.contract import coming, contents, regimes
from chipcalc.contract.check import circumstances, presumed, rule_data
from chipcalc.contract.common import available, flat, iso
from chipcalc.contract.outcomes import outcome_data
from chipcalc.contract.suppositions import COLUMN, column, supposed
from chipcalc.deciding.minimal import minimal
from chipcalc.deciding.outcome import Deciding
from chipcalc.licence.licence import DESTINATION, Shipment, is_enforced, is_printed
from chipcalc.licence.questions import Aspect
from chipcalc.rules.case import Judgement, Unasked
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, TARIFF
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, letters, shipments
from chipcalc.words import licence as licence_words
from chipcalc.words.asks import asks
from chipcalc.words.check import named, standing
from chipcalc.words.grounds import grounds
from chipcalc.words.licence import notes

if TYPE_CHECKING:
    from chipcalc.licence.dated import Later

SCHEMA = "chipcalc.licence/2"
_OF_RULES = (
    "rule", "paragraph", "kind", "standing", "verdict", "answer", "why", "at", "begins", "until",
    "confidence", "citation",
)  # fmt: skip
_KINDS = (REQUIREMENT, EXCEPTION, REVIEW, LETTER, GUIDANCE, TARIFF)


def data(
    found: Sequence[Shipment],
    rulebook: Rulebook,
    ahead: coming.OfShipments = (),
    later: Sequence[Later] = (),
) -> dict[str, Any]:
    """Return the contract of some shipments, with what is coming for each or for any of all."""
    told = {
        "schema": SCHEMA,
        "as_of": found[0].licence.checked.day.isoformat(),
        "regime": regimes.name(found[0].licence.checked),
        "supposed": supposed(each.licence.checked for each in found),
        "shipments": [_shipment(each, rulebook) for each in found],
    }
    return coming.shipped(told, ahead, later)


def _shipment(shipment: Shipment, rulebook: Rulebook) -> dict[str, Any]:
    licence = shipment.licence
    checked = licence.checked
    shown = [each for kind in _KINDS for each in licence.of(kind)]
    vocabulary, given = checked.case.evaluator.vocabulary, checked.case.given
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        **available(checked.sheet),
        "destinations": list(shipment.countries),
        "circumstances": dict(circumstances(checked)),
        "circuits": contents.circuits(checked),
        "assumed": [
            name
            for name, each in vocabulary.circumstances.items()
            if each.usual and not given.get(name) and each.usual == checked.case.said(name)
        ],
        "classification": named(checked),
        "presumed": presumed(checked),
        "cites": list(checked.classification.cites),
        "licence": {
            "printed": _aspect(licence.printed, vocabulary),
            "enforced": _aspect(licence.enforced, vocabulary),
        },
        "answers": {
            "printed": shipments.need(licence.printed),
            "enforced": shipments.need(licence.enforced),
        },
        "reserves": list(licence.reserves) if licence.is_free else [],
        "exceptions": _aspect(licence.exceptions, vocabulary),
        "review": _aspect(licence.review, vocabulary),
        "rules": [_rule(each, checked, rulebook) for each in shown]
        if len(shipment.countries) == 1
        else None,  # what one country is told is not told of a whole region
        "notices": [
            {
                "rule": each.provision.id,
                "kind": each.provision.rule.kind,
                "verdict": each.verdict,
                "says": letters.meaning(each, checked),
                "at": each.provision.version.at,
            }
            for each in licence.notices
        ],
        "notes": list(notes([licence])),
    }


def _rule(finding: Finding, checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    return {
        **rule_data(finding, checked, rulebook),
        "answer": licence_words.verdict(finding, checked.case),
        "enforced": is_enforced(finding.provision.version, checked.day),
        "printed": is_printed(finding.provision.version),
        "conditions": list(finding.provision.version.conditions),
        "notes": list(finding.provision.rule.notes),
    }


def _aspect(aspect: Aspect, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return an answer; where it was not asked, because no licence is needed, it is no verdict."""
    return {
        **_judged(aspect.judgement),
        "unsure": labels.confidence(aspect.unsure) or None,
        "deciding": _deciding(aspect.deciding),
        "views": [
            {
                "label": licence_words.seen(each, vocabulary),
                **_judged(each.judgement),
                "deciding": _deciding(each.deciding),
            }
            for each in aspect.views
        ],
    }


def _judged(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement: what it says, and whether sources of equal rank differ on it."""
    asked = judgement.unasked is not Unasked.no_need
    return {
        "verdict": judgement.verdict if asked else "not asked",
        "says": list(licence_words.says(judgement)),
        "differ": judgement.verdict is Verdict.unknown and len(judgement.follows) > 1,
        "asks": [{"what": each.what, "by": each.by} for each in judgement.asks],
    }


def _deciding(deciding: Deciding | None) -> list[dict[str, Any]]:
    return [
        {"where": outcome_data(each)["where"], **_judged(each.judgement)}
        for each in (minimal(deciding.outcomes) if deciding else ())
    ]


def records(
    found: Sequence[Shipment], ahead: coming.OfShipments = ()
) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each rule of each shipment; one for a shipment without rules."""
    return coming.records(_records(found), coming.said_of_shipments(ahead))


def _records(found: Sequence[Shipment]) -> Iterator[Mapping[str, str]]:
    for shipment in found:
        checked = shipment.licence.checked
        shown = [each for kind in _KINDS for each in shipment.licence.of(kind)]
        for finding in shown:
            version = finding.provision.version
            yield {
                **_summary(shipment),
                "rule": finding.provision.id,
                "paragraph": finding.provision.rule.paragraph,
                "kind": finding.provision.rule.kind,
                "standing": standing(finding.provision),
                "verdict": finding.verdict,
                "answer": licence_words.verdict(finding, checked.case),
                "why": "; ".join(grounds(finding, checked.case)),
                "at": version.at or "",
                "begins": version.begins.isoformat(),
                "until": iso(finding.provision.until()) or "",
                "confidence": version.confidence,
                "citation": version.citation or "",
            }
        if not shown:
            yield {**_summary(shipment), **dict.fromkeys(_OF_RULES, "")}


def summaries(
    found: Sequence[Shipment], ahead: coming.OfShipments = ()
) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each shipment, rules left out."""
    return coming.records(map(_summary, found), coming.said_of_shipments(ahead))


def _summary(shipment: Shipment) -> dict[str, str]:
    licence = shipment.licence
    checked = licence.checked
    asked = licence.enforced.verdict is not Verdict.not_met
    exceptions = licence_words.answer(licence.exceptions, checked.case, licence_words.excepted)
    review = licence_words.answer(licence.review, checked.case, licence_words.reviewed)
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "destinations": " ".join(shipment.countries),
        "as_of": checked.day.isoformat(),
        COLUMN: column(checked),
        "classification": named(checked),
        "presumed": checked.presumed(checked.presumption) if checked.presumption else "",
        "presumption": checked.presumption.verdict if checked.presumption else "",
        "answer_printed": shipments.need(licence.printed),
        "answer_enforced": shipments.need(licence.enforced),
        "reserve": "; ".join(licence.reserves) if licence.is_free else "",
        "licence_printed": licence.printed.verdict,
        "licence_enforced": licence.enforced.verdict,
        "asks": "; ".join(each.what for each in asks(licence.printed, licence.enforced)),
        "exceptions": exceptions if asked else "",
        "review": review if asked else "",
        "notices": "; ".join(each.provision.rule.paragraph for each in licence.notices),
        **{
            name: checked.case.said(name)
            for name, each in checked.case.evaluator.vocabulary.circumstances.items()
            if name != DESTINATION
        },
        **flat(available(checked.sheet)),
    }
