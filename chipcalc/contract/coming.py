"""What is coming, as the contracts of checks and licences have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from chipcalc.check.dated import Step
    from chipcalc.licence.dated import Dated, Later

OfItems: TypeAlias = "Sequence[Sequence[Step]]"
OfShipments: TypeAlias = "Sequence[Sequence[Dated]]"
Said: TypeAlias = Mapping[tuple[str, str], str]


def of_item(ahead: Sequence[Step]) -> list[dict[str, Any]]:
    """Return what is coming for one chip, day by day."""
    return [_dated().step(each) for each in ahead]


def said_of_item(ahead: Sequence[Step]) -> str:
    """Return what is coming for one chip in words, for a column."""
    return next(iter(said_of_items([ahead]).values()), "")


def shipped(data: Mapping[str, Any], ahead: OfShipments, later: Sequence[Later]) -> dict[str, Any]:
    """Return the contract of licences with what is coming for each shipment, and for all of them.

    It is null for a shipment of which that is not told apart.
    """
    found = zip_longest(data["shipments"], ahead)
    shipments = [{**each, "coming": _shipped(dated)} for each, dated in found]
    told = _dated().together(ahead, later) if any(ahead) or later else []
    return {**data, "shipments": shipments, "coming": told}


def records(found: Iterable[Mapping[str, str]], said: Said) -> Iterator[dict[str, str]]:
    """Yield flat records with what is coming for each chip and destination, in words."""
    for each in found:
        yield {**each, "coming": said.get((each["chip"], each.get("destinations", "")), "")}


def said_of_items(ahead: OfItems) -> Said:
    """Return what is coming for each chip in words, for a column."""
    return _dated().said_of_items(ahead) if any(ahead) else {}


def said_of_shipments(ahead: OfShipments) -> Said:
    """Return what is coming for each chip and destination in words, for a column."""
    return _dated().said_of_shipments(ahead) if any(ahead) else {}


def _shipped(found: Sequence[Dated] | None) -> list[dict[str, Any]] | None:
    if not found:
        return None if found is None else []
    return [_dated().shipped(each) for each in found]


def _dated() -> Any:
    """Return the module that tells of changes; there is seldom anything to tell."""
    from chipcalc.contract import dated

    return dated
