"""Countries by code and by name: ISO 3166, and the names that people use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

from chipcalc import yamlio
from chipcalc.errors import Near, error, join_words, unknown
from chipcalc.files import COUNTRIES_FILE

CODE = re.compile("[A-Z]{2}")


def code(text: str) -> str:
    """Return the two-letter code of a country: ``NO`` for NO, nor, Norway or norway.

    Codes come first, so that no name can hide one. Raises ChipcalcError with the nearest names,
    and for a name that several countries share.
    """
    several = _several().get(_plain(text))
    if several:
        names = join_words(map(name, several), "or")
        raise error(f"'{text}' may be {names}", f"write {join_words(several, 'or')}")
    found = _by_name().get(_plain(text))
    if found is None:
        known = {spelling: Near(spelling, each) for each, spelling in _all()}
        otherwise = "write a name, or a code of two or three letters"
        raise unknown(f"no country '{text}'", text, known, ("countries", "known"), otherwise)
    return found


def name(country: str) -> str:
    """Return what a country is called, from its two-letter code; the code itself if it is none."""
    return _shown().get(country, country)


def is_group(place: str) -> bool:
    """Return whether a place that a rule names is a group of countries, and no code of one."""
    return not CODE.fullmatch(place)


@cache
def codes() -> tuple[str, ...]:
    """Return the two-letter codes of all countries, in alphabetical order."""
    return tuple(sorted(each.alpha_2 for each in _listed()))


@cache
def _listed() -> Sequence[Any]:
    """Return the countries of the ISO list."""
    import pycountry  # it costs start-up time, and most commands name no country

    return list(pycountry.countries)


@cache
def _names() -> Mapping[str, list[str]]:
    """Return the names that people use, by code; the first is the one to show."""
    return _data()["names"]


@cache
def _several() -> Mapping[str, list[str]]:
    """Return the codes behind names that several countries share."""
    return {_plain(name): found for name, found in _data()["ambiguous"].items()}


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    data = yamlio.load(COUNTRIES_FILE.read_bytes(), COUNTRIES_FILE.name).data
    return cast("Mapping[str, Mapping[str, list[str]]]", data)


@cache
def _shown() -> Mapping[str, str]:
    return {each.alpha_2: (_names().get(each.alpha_2) or _names_of(each))[0] for each in _listed()}


@cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each, spelling in _all():
        found.setdefault(_plain(spelling), each)
    return found


def _all() -> Iterator[tuple[str, str]]:
    """Yield every spelling of every country with its code: all codes, then all names."""
    yield from ((each.alpha_2, each.alpha_2) for each in _listed())
    yield from ((each.alpha_2, each.alpha_3) for each in _listed())
    for each in _listed():
        for spelling in (*_names().get(each.alpha_2, ()), *_names_of(each)):
            yield each.alpha_2, spelling


def _names_of(country: Any) -> list[str]:
    """Return the names that the ISO list has for a country, the shortest kind first."""
    kinds = ("common_name", "name", "official_name")
    return [found for kind in kinds if (found := getattr(country, kind, None))]


def _plain(text: str) -> str:
    """Return a name as it is compared: without case, accents, points and spaces."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in parts if each.isalnum())
