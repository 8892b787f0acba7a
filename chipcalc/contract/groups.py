"""The stable contract of groups of countries: JSON data and flat records."""

from __future__ import annotations

from typing import Any

from chipcalc.places import countries
from chipcalc.places.groups import Group, Groups
from chipcalc.places.on_day import Places
from chipcalc.values.logic import Verdict

SCHEMA = "chipcalc.groups/2"
SCHEMA_OF_ONE = "chipcalc.group/2"
SCHEMA_OF_COUNTRY = "chipcalc.country/2"
ANSWERS = {Verdict.met: "yes", Verdict.not_met: "no", Verdict.unknown: "not known"}


def members(group: Group, places: Places, verdict: Verdict) -> list[str]:
    """Return the codes of the countries that are in a group, or may be, by the verdict on it."""
    codes = (*group.members, *(each.country for each in group.changes))
    return sorted(c for c in dict.fromkeys(codes) if places.holds(c, [group.id]) is verdict)


def all_data(places: Places) -> dict[str, Any]:
    """Return the contract of all groups of a day."""
    groups = [_group(each, places) for each in places.groups.values()]
    return {**_head(SCHEMA, places), "groups": groups}


def group_data(group: Group, places: Places) -> dict[str, Any]:
    """Return the contract of one group."""
    return {**_head(SCHEMA_OF_ONE, places), **_group(group, places)}


def country_data(code: str, places: Places) -> dict[str, Any]:
    """Return the contract of a country: whether it is in each group."""
    return {
        **_head(SCHEMA_OF_COUNTRY, places),
        "country": code,
        "name": countries.name(code),
        "groups": {each: places.holds(code, [each]) for each in places.groups},
    }


def _head(schema: str, places: Places) -> dict[str, Any]:
    return {"schema": schema, "as_of": places.day.isoformat()}


def _group(group: Group, places: Places) -> dict[str, Any]:
    return {
        "group": group.id,
        "title": group.title,
        "members": members(group, places, Verdict.met),
        "not_known": members(group, places, Verdict.unknown),
        "confidence": group.confidence,
        "at": group.at,
        "notes": notes(group, places),
    }


def all_records(places: Places) -> list[dict[str, str]]:
    """Return one flat record for each member of each group."""
    return [
        _record(group, country, places)
        for group in places.groups.values()
        for country in members(group, places, Verdict.met)
    ]


def group_records(group: Group, places: Places) -> list[dict[str, str]]:
    """Return one flat record for each country that is in a group, then those that may be."""
    listed = (members(group, places, each) for each in (Verdict.met, Verdict.unknown))
    return [_record(group, country, places) for codes in listed for country in codes]


def country_records(code: str, places: Places) -> list[dict[str, str]]:
    """Return one flat record for each group: whether a country is in it."""
    return [_record(each, code, places) for each in places.groups.values()]


def _record(group: Group, country: str, places: Places) -> dict[str, str]:
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
    """Return the file that lists a group."""
    return next(book for book in places.books if group in book.groups)
