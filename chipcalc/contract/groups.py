"""The stable contract of groups of countries: JSON data and flat records."""

from __future__ import annotations

from typing import Any

from chipcalc.places import countries
from chipcalc.places.groups import Group, Groups
from chipcalc.places.on_day import Places
from chipcalc.values.logic import Verdict

SCHEMA = "chipcalc.groups/1"
ANSWERS = {Verdict.met: "yes", Verdict.not_met: "no", Verdict.unknown: "not known"}


def members(group: Group, places: Places, verdict: Verdict) -> list[str]:
    codes = (*group.members, *(each.country for each in group.changes))
    return sorted(c for c in dict.fromkeys(codes) if places.holds(c, [group.id]) is verdict)


def data(group: Group, places: Places) -> dict[str, Any]:
    return {
        "group": group.id,
        "title": group.title,
        "members": members(group, places, Verdict.met),
        "not_known": members(group, places, Verdict.unknown),
        "confidence": group.confidence,
        "at": group.at,
        "notes": notes(group, places),
    }


def record(group: Group, country: str, places: Places) -> dict[str, str]:
    return {
        "group": group.id,
        "country": country,
        "name": countries.name(country),
        "member": ANSWERS[places.holds(country, [group.id])],
        "as_of": places.day.isoformat(),
    }


def notes(group: Group, places: Places) -> list[str]:
    """Return what to know about a group, and about the file that lists it."""
    return [*([group.note] if group.note else []), *book(group, places).notes]


def book(group: Group, places: Places) -> Groups:
    return next(book for book in places.books if group in book.groups)
