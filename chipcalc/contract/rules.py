"""The stable contract of rules looked up: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.words.rules import words

SCHEMA = "chipcalc.rules/1"


def record(each: Provision) -> dict[str, str]:
    """Return a version as a flat row; empty where there is nothing."""
    return {name: str(value or "") for name, value in facts(each).items()}


def facts(each: Provision) -> dict[str, str | None]:
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


def data(each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str]) -> dict[str, Any]:
    sources = [rulebook.source(each, key) for key in each.version.source]
    vocabulary, version = rulebook.store.vocabulary, each.version
    shipment = words(each.shipment, vocabulary, paragraphs) if each.shipment else []
    return {
        **facts(each),
        "criteria": words(each.criterion, vocabulary, paragraphs),
        "shipment": shipment,
        "budget": version.budget.model_dump() if version.budget else None,
        "conditions": list(version.conditions),
        "not_modelled": list(version.not_modelled),
        "note": version.note,
        "sources": [{"title": s.title, "url": s.url, "at": version.at} for s in sources if s],
    }
