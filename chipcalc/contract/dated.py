"""The stable contract of what changes from one day to another, for an item or a shipment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chipcalc.check.dated import Shift, Step
from chipcalc.check.result import Checked, Finding
from chipcalc.contract.check import presumed
from chipcalc.contract.common import iso
from chipcalc.licence.dated import Dated, Later
from chipcalc.licence.licence import DESTINATION, Licence
from chipcalc.licence.questions import Aspect
from chipcalc.rules.dates import Amendment, each_once
from chipcalc.words import dated as words
from chipcalc.words import licence as licence_words
from chipcalc.words.check import named


def step(found: Step) -> dict[str, Any]:
    """Return what changes for an item on a day: what it is then, and what it was until then."""
    return {
        "day": found.day.isoformat(),
        "says": words.ahead(found).text,
        "answer_changes": found.reclassified or bool(found.beside),
        **classed(found.after),
        "until_then": classed(found.before),
        "rules": [_shift(each) for each in found.shifts],
        "amendments": amendments(found.concerning),
    }


def shipped(found: Dated) -> dict[str, Any]:
    """Return what changes for a shipment on a day, the licence with the classification."""
    return {
        **step(found.step),
        "says": words.shipment_ahead(found).text,
        "answer_changes": found.turns,
        **needs(found.after),
        "until_then": {**classed(found.step.before), **needs(found.before)},
        "groups": [
            {
                "country": each.change.country,
                "group": each.group.id,
                "joined": bool(each.change.joined),
            }
            for each in found.moves
        ],
    }


def classed(checked: Checked) -> dict[str, Any]:
    """Return the classification of an item in short."""
    return {
        "classification": named(checked),
        "presumed": presumed(checked),
        "possible": list(checked.classification.possible),
        "cites": list(checked.classification.cites),
    }


def needs(licence: Licence) -> dict[str, Any]:
    """Return what a shipment needs in short: verdicts, and what follows in words."""
    case = licence.checked.case
    return {
        "printed": licence.printed.verdict,
        "enforced": licence.enforced.verdict,
        "exceptions": _follows(licence.exceptions, licence, licence_words.excepted),
        "review": _follows(licence.review, licence, licence_words.reviewed),
        "asks": [{"what": each.what, "by": each.by} for each in licence.enforced.judgement.asks],
        "letters": [
            {
                "rule": each.provision.id,
                "verdict": each.verdict,
                "answer": licence_words.verdict(each, case),
            }
            for each in licence.notices
        ],
    }


def _follows(aspect: Aspect, licence: Licence, say: licence_words.Say) -> str | None:
    """Return what follows in words; null where it was not asked."""
    if aspect.judgement.unasked:
        return None
    return licence_words.answer(aspect, licence.checked.case, say)


def _shift(found: Shift) -> dict[str, Any]:
    rule = found.finding.provision.rule
    return {
        "rule": rule.id,
        "paragraph": rule.paragraph,
        "kind": rule.kind,
        "before": _verdict(found.before),
        "after": _verdict(found.after),
    }


def _verdict(finding: Finding | None) -> str | None:
    return finding.verdict.value if finding else None


def amendments(found: Iterable[Amendment]) -> list[dict[str, Any]]:
    """Return what happened to rules, each with its place and its days."""
    return [_amendment(each) for each in found]


def _amendment(made: Amendment) -> dict[str, Any]:
    rule, version = made.provision.rule, made.provision.version
    return {
        "day": made.day.isoformat(),
        "turn": made.turn.name,
        "rule": rule.id,
        "paragraph": rule.paragraph,
        "citation": version.citation,
        "amended_by": version.amended_by or version.citation,
        "at": version.at,
        "announced": iso(version.announced),
        "published": iso(version.published),
        "standing": version.standing,
        "confidence": version.confidence,
    }


def said_of_items(ahead: Iterable[Sequence[Step]]) -> dict[tuple[str, str], str]:
    """Return what is coming for each chip in words, for a column."""
    return {
        (steps[0].after.sheet.id, ""): "; ".join(words.ahead(each).text for each in steps)
        for steps in filter(None, ahead)
    }


def said_of_shipments(ahead: Iterable[Sequence[Dated]]) -> dict[tuple[str, str], str]:
    """Return what is coming for each chip and destination in words, for a column."""
    said = {}
    for found in filter(None, ahead):
        checked = found[0].after.checked
        key = checked.sheet.id, checked.case.said(DESTINATION)
        said[key] = "; ".join(words.shipment_ahead(each).text for each in found)
    return said


def together(ahead: Sequence[Sequence[Dated]], later: Sequence[Later]) -> list[dict[str, Any]]:
    """Return what is coming for all shipments together, day by day."""
    by_day = words.by_day(ahead)
    lines = [(*each, _made(by_day[each[0]])) for each in words.together(ahead)]
    lines += [(each.day, words.worldwide_ahead(each), each.amendments) for each in later]
    return [
        {"day": day.isoformat(), "says": line.text, "amendments": amendments(made)}
        for day, line, made in lines
    ]


def _made(found: Iterable[Dated]) -> Sequence[Amendment]:
    return each_once(made for each in found for made in each.step.concerning)
