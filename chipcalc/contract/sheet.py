"""The stable contract of a spec sheet: JSON data and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from chipcalc.contract.common import alike, amount, available, flat, launched
from chipcalc.schema.source import Sourced
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located, Sheet

SCHEMA = "chipcalc.show/2"
Fact: TypeAlias = dict[str, Any]
_COLUMNS = (
    "chip", "name", "circuit", "metric", "when", "value", "low", "high",
    "exact", "exact_low", "exact_high", "unit", "fact", "text", "status", "source", "at", "note",
)  # fmt: skip


def figure(
    metric: str, statement: Statement, located: Located, when: Mapping[str, str] | None = None
) -> Fact:
    """Return a figure that a sheet states; `when` where the sheet says its condition otherwise."""
    return {
        "metric": metric,
        "when": dict(statement.when if when is None else when),
        **amount(statement.quantity.amount),
        "unit": statement.unit.text,
        **_rests_on(statement, located.origin),
    }


def fact(name: str, text: str, found: Sourced, at: str) -> Fact:
    """Return a fact in words, such as the market, from a place in a sheet."""
    return {"fact": name, "text": text, **_rests_on(found, at)}


def _rests_on(found: Sourced, at: str) -> Fact:
    return {
        "status": found.status,
        "source": list(found.source),
        "at": at,
        "note": found.note or None,
    }


def data(
    sheets: Sequence[tuple[Sheet, Sequence[Fact], Sequence[Sequence[Fact]]]],
) -> dict[str, Any]:
    """Return the contract of some sheets, each with its figures and its facts in words.

    Behind them are those of the circuits that are described in the sheet, in their order.
    """
    return {"schema": SCHEMA, "chips": [_chip(*each) for each in sheets]}


def _contains(sheet: Sheet, described: Sequence[Sequence[Fact]]) -> Iterator[dict[str, Any]]:
    """Yield the circuits of a board or a system, with their figures where it describes them."""
    own = iter(described)
    for each in sheet.contents:
        found = next(own) if each.in_place else ()
        yield {
            "chip": None if each.in_place else each.sheet.id,
            "name": each.sheet.name,
            "number": each.number,
            "figures": [fact for fact in found if "metric" in fact],
            "facts": [fact for fact in found if "fact" in fact],
        }


def _chip(
    sheet: Sheet, found: Sequence[Fact], described: Sequence[Sequence[Fact]]
) -> dict[str, Any]:
    chip = sheet.chip
    return {
        "chip": chip.id,
        "name": chip.name,
        "vendor": chip.vendor,
        "family": list(chip.family),
        "aliases": list(chip.aliases),
        **launched(chip.launched),
        **available(sheet),
        "market": sheet.market.value if sheet.market else None,
        "item": sheet.item.value if sheet.item else None,
        "contains": list(_contains(sheet, described)),
        "modes": [{"mode": mode, "label": each.label} for mode, each in sheet.modes.items()],
        "file": sheet.document.file,
        "figures": [each for each in found if "metric" in each],
        "facts": [each for each in found if "fact" in each],
        "notes": list(chip.notes),
    }


def records(
    sheet: Sheet, found: Sequence[Fact], described: Sequence[tuple[str, Sequence[Fact]]]
) -> list[dict[str, str]]:
    """Return one flat record for each figure and for each fact in words, of its circuits too."""
    about = {"chip": sheet.id, "name": sheet.name, "circuit": ""}
    rows = [{**about, **each} for each in found]
    rows += [{**about, "circuit": name, **each} for name, facts in described for each in facts]
    return list(alike(map(flat, rows), _COLUMNS))
