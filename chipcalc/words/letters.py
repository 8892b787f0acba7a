"""Letters in words: what each means for a shipment, and for which destinations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Finding
from chipcalc.errors import join_words
from chipcalc.licence.licence import Licence, Notice, Shipment, notice
from chipcalc.places import countries
from chipcalc.places.on_day import Places
from chipcalc.values.logic import Verdict
from chipcalc.words import labels
from chipcalc.words.line import Role


def telling(licence: Licence) -> list[Finding]:
    """Return the letters that the first line names: those that apply; else, if need be, others."""
    found = licence.notices
    sure = [each for each in found if notice(each) is Notice.applies]
    if sure or licence.enforced.verdict is Verdict.met:
        return sure
    reported = [each for each in found if notice(each) is Notice.reported]
    return reported or found[:1]


def addressee(finding: Finding, checked: Checked) -> str:
    """Return who received a letter, by the maker of the chip that it is asked for."""
    vendor = checked.sheet.chip.vendor
    known = vendor in finding.provision.rule.addressees
    vocabulary = checked.case.evaluator.vocabulary
    return labels.vendor(vendor, vocabulary) if known else "its addressee"


def meaning(finding: Finding, checked: Checked) -> str:
    """Return what a letter means for a shipment, without its name."""
    return {
        Notice.applies: f"required of {addressee(finding, checked)}",
        Notice.reported: "would be required, as reported",
        Notice.may_apply: "may apply",
    }[notice(finding)]


def phrase(finding: Finding, checked: Checked) -> str:
    """Return what a letter means for a shipment: ``required of NVIDIA by the Letter …``."""
    name = finding.provision.rule.paragraph
    return {
        Notice.applies: f"required of {addressee(finding, checked)} by the {name}",
        Notice.reported: f"would be required by the {name}",
        Notice.may_apply: f"the {name} may apply",
    }[notice(finding)]


def role(finding: Finding) -> Role:
    """Return the role of what a letter means."""
    return "open" if notice(finding) is Notice.may_apply else "stop"


def counted(shipments: Sequence[Shipment], kind: Notice) -> tuple[str, int] | None:
    """Return of whom, by which letter, and to how many destinations: ``of NVIDIA by the …``."""
    found = [e for e in shipments if any(notice(f) is kind for f in e.licence.notices)]
    names = dict.fromkeys(
        f"of {addressee(f, e.licence.checked)} by the {f.provision.rule.paragraph}"
        for e in found
        for f in e.licence.notices
        if notice(f) is kind
    )
    count = sum(len(each.countries) for each in found)
    return (join_words(names), count) if names else None


def told(found: Sequence[Shipment]) -> Iterator[str]:
    """Yield what each letter means, and for which destinations of a chip."""
    places = found[0].licence.checked.case.places
    where_of: dict[str, dict[str, list[str]]] = {}
    for each in found:
        for finding in each.licence.notices:
            name = finding.provision.rule.paragraph
            where = where_of.setdefault(name, {}).setdefault(
                meaning(finding, each.licence.checked), []
            )
            where += each.countries
    whole = {code for each in found for code in each.countries}
    for name, answers in where_of.items():
        said = [f"{words} ({_reach(codes, whole, places)})" for words, codes in answers.items()]
        yield f"{name}: {'; '.join(said)}"


def _reach(codes: Sequence[str], whole: set[str], places: Places) -> str:
    """Return destinations in words: all of them, or groups where many were asked."""
    if {*codes} == whole and len(whole) > 1:
        return "all destinations asked"
    if len(whole) < len(places.all):
        return join_words(map(countries.name, codes))
    return places.described(codes)
