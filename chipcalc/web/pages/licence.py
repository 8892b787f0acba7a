"""Licences: a chip over all destinations with filters, or one shipment with its conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chipcalc.commands import check as request
from chipcalc.commands import licence as licence_command
from chipcalc.errors import ChipcalcError
from chipcalc.licence.licence import Shipment
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.web import marks
from chipcalc.web.address import Address
from chipcalc.web.form import Field
from chipcalc.web.library import Library
from chipcalc.web.page import WRONG, Page
from chipcalc.web.parts import clauses, shown
from chipcalc.web.steps import explained
from chipcalc.words.commands import written

_TO = "to"
_KINDS = {Verdict.met: "a", Verdict.unknown: "u", Verdict.not_met: "n"}
NEEDS = {
    Verdict.met: "a licence is required, as enforced",
    Verdict.unknown: "it depends on what is not said",
    Verdict.not_met: "none is required by classification",
}


class Share(NamedTuple):
    """How many countries have an answer: where its bar begins and how wide it is, of a hundred."""

    words: str
    kind: str
    number: int
    x: float
    width: float


def page(library: Library, address: Address) -> Page:
    """Return the page of licences; what cannot be asked is told beside the form."""
    vocabulary = library.store.vocabulary
    names = address.all("chip") or [*library.settings.licensed]
    said = {name: address.first(name) for name in _circumstances(vocabulary)}
    values: dict[str, Any] = {
        "asked_day": address.first("as_of"),
        "chip": names[0],
        "to": address.first(_TO),
        "fields": _fields(address, vocabulary),
        "problems": (),
        "notices": (),
        "shares": (),
        "steps": (),
        "shown": None,
        "mark": None,
        "name": "",
    }
    try:
        return _answered(library, address, names, said, values)
    except ChipcalcError as fault:
        return Page("licence.html", "Licence", {**values, "problems": fault.problems}, status=WRONG)


def _answered(
    library: Library,
    address: Address,
    names: Sequence[str],
    said: Mapping[str, str],
    values: dict[str, Any],
) -> Page:
    chosen = library.choose(names)
    if chosen.problems:
        raise ChipcalcError(*chosen.problems)
    day = library.day(address.first("as_of"))
    values |= {"as_of": day}
    rules = library.rules(day)
    wanted = request.asked(chosen.ids[:1], circumstances={k: v for k, v in said.items() if v})
    to = address.all(_TO)
    answered = licence_command.shipments(library.db, rules, wanted, to)
    asked = licence_command.asked_by(wanted, to, rules)
    report = licence_command.report(answered, rules.rulebook, whole=True, asked_by=asked)
    brief = licence_command.report(answered, rules.rulebook, asked_by=asked)
    shipments = answered.found[0]
    checked = shipments[0].licence.checked
    single = len(to) == 1
    values |= {
        "shown": shown(report),
        "head": clauses(brief.title[0].text) if brief.title else ["Licence"],
        "shares": [] if single else shares(shipments),
        "steps": explained(checked) if single else (),
        "mark": marks.mark(checked, marks.of_rules(rules)),
        "name": checked.sheet.name,
        "chip": chosen.ids[0],
        "notices": (*chosen.notices, *answered.notices),
    }
    return Page("licence.html", report.title[0].text, values, report, written(*asked))


def shares(shipments: Sequence[Shipment]) -> list[Share]:
    """Return how many countries have each answer, the strictest first."""
    numbers: Counter[Verdict] = Counter()
    for each in shipments:
        numbers[each.licence.enforced.verdict] += len(each.countries)
    whole = sum(numbers.values()) or 1
    found = []
    at = 0.0
    for verdict, kind in _KINDS.items():
        if numbers[verdict]:
            width = numbers[verdict] / whole * 100
            found.append(Share(NEEDS[verdict], kind, numbers[verdict], at, width))
            at += width
    return found


def _circumstances(vocabulary: Vocabulary) -> list[str]:
    """Return what may be said of a shipment, besides where it goes."""
    known = vocabulary.circumstances
    return [name for name, each in known.items() if each.shipment and name != "destination"]


def _fields(address: Address, vocabulary: Vocabulary) -> list[Field]:
    found = []
    for name in _circumstances(vocabulary):
        each = vocabulary.circumstances[name]
        choices = tuple((value, known.label) for value, known in each.values.items())
        found.append(Field(name, each.label, address.first(name), choices))
    return found
