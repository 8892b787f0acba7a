"""The stable contract of rules looked up: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Rule
from chipcalc.rules.rulebook import Rulebook
from chipcalc.words.line import TextLine
from chipcalc.words.rules import words

SCHEMA = "chipcalc.rules/1"
SCHEMA_OF_ONE = "chipcalc.rule/1"


def listed(provisions: Sequence[Provision], day: datetime.date) -> dict[str, Any]:
    """Return the contract of a list: the rules that have a text on a day."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "rules": [_facts(each) for each in provisions],
    }


def one(
    rule: Rule, chosen: Sequence[Provision], rulebook: Rulebook, paragraphs: Mapping[str, str]
) -> dict[str, Any]:
    """Return the contract of one rule; `paragraphs` gives the names of other rules by id."""
    return {
        "schema": SCHEMA_OF_ONE,
        "rule": rule.id,
        "applies_to": {name: list(values) for name, values in rule.applies_to.items()},
        "versions": [_version(each, rulebook, paragraphs) for each in chosen],
        "notes": list(rule.notes),
    }


def record(each: Provision) -> dict[str, str]:
    """Return a version as a flat row; empty where there is nothing."""
    return {name: str(value or "") for name, value in _facts(each).items()}


def _facts(each: Provision) -> dict[str, str | None]:
    """Return what is known of a version; days as ISO writes them, null where there is none."""
    version = each.version
    return {
        "rule": each.id,
        "paragraph": each.rule.paragraph,
        "title": each.rule.title,
        "kind": each.rule.kind,
        "begins": version.begins.isoformat(),
        "until": _iso(each.until()),
        "announced": _iso(version.announced),
        "published": _iso(version.published),
        "compliance": _iso(version.compliance),
        "standing": version.standing,
        "confidence": version.confidence,
        "citation": version.citation,
        "verified": each.rule.verified.isoformat(),
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _version(each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str]) -> dict[str, Any]:
    sources = [rulebook.source(each, key) for key in each.version.source]
    vocabulary, version = rulebook.store.vocabulary, each.version
    shipment = words(each.shipment, vocabulary, paragraphs) if each.shipment else []
    return {
        **_facts(each),
        "criteria": _indented(words(each.criterion, vocabulary, paragraphs)),
        "shipment": _indented(shipment),
        "budget": version.budget.model_dump() if version.budget else None,
        "conditions": list(version.conditions),
        "not_modelled": list(version.not_modelled),
        "note": version.note,
        "sources": [{"title": s.title, "url": s.url, "at": version.at} for s in sources if s],
    }


def _indented(lines: Sequence[TextLine]) -> list[str]:
    """Return lines as the contract has them: two spaces for each level that they are in."""
    return ["  " * each.level + each.text for each in lines]
