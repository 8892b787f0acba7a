"""A check: of a chip, of a part that a form describes, or of several, with what would settle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chipcalc.api.checks import Check
from chipcalc.charts import headroom
from chipcalc.charts.rendering import svg
from chipcalc.check import described
from chipcalc.check.contents import asked_alone
from chipcalc.commands import check as request
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.sheet import GIVEN
from chipcalc.tables.report import NumberLine, Report
from chipcalc.tables.steps import rule_texts
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.web import figures, marks
from chipcalc.web.address import Address
from chipcalc.web.form import Field, Form, with_unit
from chipcalc.web.library import Library, plain_name
from chipcalc.web.number_line import number_line
from chipcalc.web.page import OK, WRONG, Page
from chipcalc.web.parts import shown
from chipcalc.web.steps import explained
from chipcalc.words.labels import vendor

_SAID = ("market", "item")


class Wanted(NamedTuple):
    """What is asked: chips by their ids, or what a form says of a part."""

    chips: tuple[str, ...]
    rates: tuple[str, ...]
    die_area: str
    tpp: str
    circuits: tuple[str, ...]
    said: Mapping[str, str]
    notices: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is asked yet."""
        return not (self.chips or self.rates or self.die_area or self.tpp or self.circuits)


def page(library: Library, address: Address) -> Page:
    """Return the page of a check; what cannot be asked is told beside the form."""
    day = library.day(address.first("as_of"))
    shared: dict[str, Any] = {
        "as_of": day,
        "asked_day": address.first("as_of"),
        "form": form(library, address),
        "problems": (),
        "notices": (),
    }
    title = "Check a part"
    try:
        wanted = _wanted(library, address)
        if wanted.is_nothing:
            return Page("check.html", title, {**shared, "checks": ()}, command="")
        return _answered(library, address, wanted, shared)
    except ChipcalcError as fault:
        values = {**shared, "checks": (), "problems": fault.problems}
        return Page("check.html", title, values, status=WRONG)


def _wanted(library: Library, address: Address) -> Wanted:
    """Return what an address asks; raises ChipcalcError for names and words that are none."""
    vocabulary = library.store.vocabulary
    chosen = library.choose(address.all("chip"))
    if chosen.problems:
        raise ChipcalcError(*chosen.problems)
    rates = [
        f"{name}={with_unit(value, vocabulary, 'throughput', {'format': name})}"
        for name in vocabulary.conditions["format"].values
        if (value := address.first(name))
    ]
    circuits = address.all("circuit")
    for each in circuits:
        plain_name(described.read(each, vocabulary).chip)
    return Wanted(
        chosen.ids,
        tuple(rates),
        with_unit(address.first("die_area"), vocabulary, "die_area"),
        with_unit(address.first("tpp"), vocabulary, "tpp"),
        tuple(circuits),
        {name: address.first(name) for name in _SAID},
        chosen.notices,
    )


def _answered(
    library: Library, address: Address, wanted: Wanted, shared: Mapping[str, Any]
) -> Page:
    asked = request.asked(
        wanted.chips,
        throughput=wanted.rates,
        die_area=wanted.die_area,
        tpp=wanted.tpp,
        circumstances=wanted.said,
        circuits=wanted.circuits,
    )
    rules = library.rules(library.day(address.first("as_of")))
    answered = request.check(library.db, rules, asked)
    if answered.problems:
        raise ChipcalcError(*answered.problems)
    options = request.options(
        library.db, asked, throughput=wanted.rates, die_area=wanted.die_area, tpp=wanted.tpp
    )
    question = request.question(asked, rules, options)
    brief = request.report(answered, question)
    made = shown(brief, without=(NumberLine,))
    values = {
        **shared,
        "checks": [_shown(each, library) for each in answered.found],
        "shown": made,
        "notices": tuple(dict.fromkeys((*wanted.notices, *answered.notices))),
    }
    report: Report = request.report(answered, question, all_=True)
    head = str(brief.title[0].text) if brief.title else "Check a part"
    chart = headroom([each.checked for each in answered.found])
    command = question.command("--explain")
    return Page("check.html", head, values, report, command, lambda: svg(chart), OK)


def _shown(check: Check, library: Library) -> dict[str, Any]:
    """Return what a page shows of one chip beside its report: what decides, and every step."""
    rules = library.rules(check.as_of)
    paragraphs = marks.of_rules(rules)
    checked = check.checked
    alone = asked_alone(checked)
    sheet = checked.sheet
    return {
        "id": "" if sheet.id == GIVEN else sheet.id,
        "name": sheet.name,
        "vendor": "" if sheet.id == GIVEN else vendor(sheet.chip.vendor, library.store.vocabulary),
        "mark": marks.mark(checked, paragraphs),
        "line": number_line(checked, paragraphs),
        "gaps": figures.gaps(checked),
        "circuits": [
            (each.sheet.name, figures.compared(each, library.store), *explained(each))
            for each in alone
        ],
        "texts": [(line.level, line.text) for line in rule_texts([*alone], check.rulebook)],
    }


def form(library: Library, address: Address) -> Form:
    """Return the form with what was said in it."""
    vocabulary = library.store.vocabulary
    condition = vocabulary.conditions["format"]
    usual = [*condition.headline, *(each for each in condition.values if address.first(each))]
    names = list(dict.fromkeys(usual))
    rest = [
        each for each, value in condition.values.items() if each not in names and not value.rare
    ]
    return Form(
        tuple(address.all("chip")),
        tuple(_rate(each, address, vocabulary) for each in names),
        tuple(_rate(each, address, vocabulary) for each in rest),
        tuple(_choice(each, address, vocabulary) for each in _SAID),
        (
            _amount("die_area", address, vocabulary),
            _amount("tpp", address, vocabulary),
        ),
        tuple(address.all("circuit")),
    )


def _rate(name: str, address: Address, vocabulary: Vocabulary) -> Field:
    known = vocabulary.conditions["format"].values[name]
    unit = vocabulary.unit("throughput", {"format": name})
    return Field(name, f"{known.label}, {unit}", address.first(name))


def _amount(name: str, address: Address, vocabulary: Vocabulary) -> Field:
    definition = vocabulary.metric(name)
    label = definition.short or definition.label
    return Field(name, f"{label}, {vocabulary.unit(name, {})}", address.first(name))


def _choice(name: str, address: Address, vocabulary: Vocabulary) -> Field:
    definition = vocabulary.circumstances[name]
    choices = [(value, each.label) for value, each in definition.values.items()]
    return Field(name, definition.label, address.first(name), tuple(choices))
