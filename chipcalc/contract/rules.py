"""The stable contract of rules looked up: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.contract.common import flat, iso, single
from chipcalc.contract.criteria import tree
from chipcalc.rules.criteria import OPERATORS
from chipcalc.rules.provision import Provision
from chipcalc.rules.regime import Known, Regime
from chipcalc.rules.rule import Budget, Rule
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values import units

SCHEMA = "chipcalc.rules/2"
SCHEMA_OF_ONE = "chipcalc.rule/2"
SCHEMA_OF_REGIMES = "chipcalc.regimes/2"


def listed(
    provisions: Sequence[Provision], day: datetime.date, rulebook: Rulebook
) -> dict[str, Any]:
    """Return the contract of a list: the rules that have a text on a day, with what they ask."""
    paragraphs = _paragraphs(rulebook)
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "regime": regime(rulebook),
        "rules": [{**_facts(e), **_asks(e, rulebook, paragraphs)} for e in provisions],
    }


def regime(rulebook: Rulebook) -> dict[str, Any] | None:
    """Return what a regime is, with what is known of texts that were not read."""
    found = rulebook.regime
    if found is None:
        return None
    return {
        "regime": found.id,
        "name": found.name,
        "publisher": found.publisher,
        "verified": found.verified.isoformat(),
        "texts_read": bool(rulebook.files),
        "known": [_known(each, found, rulebook) for each in found.known],
        "notes": list(found.notes),
    }


def regimes(books: Sequence[Rulebook], day: datetime.date) -> dict[str, Any]:
    """Return the contract of a list of regimes, with how many rules each has on a day."""
    told = [{**(regime(each) or {}), "rules": len(each.on(day))} for each in books]
    return {"schema": SCHEMA_OF_REGIMES, "as_of": day.isoformat(), "regimes": told}


def regime_record(book: Rulebook, day: datetime.date) -> dict[str, str]:
    """Return a regime as a flat row."""
    kept = ("regime", "name", "publisher", "verified", "texts_read")
    told = regime(book) or {}
    return flat({**{name: told.get(name) for name in kept}, "rules": len(book.on(day))})


def _known(each: Known, found: Regime, rulebook: Rulebook) -> dict[str, Any]:
    named = [found.sources.get(key) or rulebook.store.shared_source(key) for key in each.source]
    return {
        "day": each.day.isoformat(),
        "until": iso(each.until),
        "says": each.says,
        "confidence": each.confidence,
        "sources": [{"title": s.title, "url": s.url, "at": None} for s in named if s],
    }


def one(rule: Rule, chosen: Sequence[Provision], rulebook: Rulebook) -> dict[str, Any]:
    """Return the contract of one rule, with some of its versions."""
    return {
        "schema": SCHEMA_OF_ONE,
        "rule": rule.id,
        "regime": rulebook.regime.id if rulebook.regime else None,
        "applies_to": {name: list(values) for name, values in rule.applies_to.items()},
        "versions": [_version(each, rulebook) for each in chosen],
        "notes": list(rule.notes),
    }


def record(each: Provision) -> dict[str, str]:
    """Return a version as a flat row; empty where there is nothing."""
    return flat(_facts(each))


def _facts(each: Provision) -> dict[str, str | None]:
    """Return what is known of a version; days as ISO writes them, null where there is none."""
    version = each.version
    return {
        "rule": each.id,
        "paragraph": each.rule.paragraph,
        "title": each.rule.title,
        "kind": each.rule.kind,
        "begins": version.begins.isoformat(),
        "until": iso(each.until()),
        "announced": iso(version.announced),
        "published": iso(version.published),
        "compliance": iso(version.compliance),
        "standing": version.standing,
        "confidence": version.confidence,
        "citation": version.citation,
        "verified": each.rule.verified.isoformat(),
    }


def _asks(each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str]) -> dict[str, Any]:
    """Return what a version asks of an item and of a shipment, and the limit that it sets."""
    vocabulary = rulebook.store.vocabulary
    return {
        "criteria": tree(each.criterion, vocabulary, paragraphs),
        "shipment": tree(each.shipment, vocabulary, paragraphs) if each.shipment else None,
        "budget": _budget(each.version.budget) if each.version.budget else None,
    }


def _budget(budget: Budget) -> dict[str, Any]:
    most = units.quantity(budget.at_most)
    return {
        "metric": budget.of,
        "operator": OPERATORS["at_most"],
        **single("amount", most.amount.best),
        "unit": most.unit.text,
        "per": budget.per,
    }


def _version(each: Provision, rulebook: Rulebook) -> dict[str, Any]:
    sources = [rulebook.source(each, key) for key in each.version.source]
    version = each.version
    return {
        **_facts(each),
        **_asks(each, rulebook, _paragraphs(rulebook)),
        "conditions": list(version.conditions),
        "leaves_open": [{"at": at, "why": why} for at, why in version.leaves_open.items()],
        "not_modelled": list(version.not_modelled),
        "note": version.note,
        "sources": [{"title": s.title, "url": s.url, "at": version.at} for s in sources if s],
    }


def _paragraphs(rulebook: Rulebook) -> dict[str, str]:
    """Return the names of all rules by id."""
    return {name: each[0].rule.paragraph for name, each in rulebook.provisions.items()}
