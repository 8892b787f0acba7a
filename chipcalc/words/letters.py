"""Letters and guidance in words: what each means for a shipment, and for which destinations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Finding
from chipcalc.errors import join_words
from chipcalc.licence.licence import Licence, Notice, Shipment, notice
from chipcalc.places import countries
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Case
from chipcalc.rules.criteria import CircumstanceIs, RuleMet, Unmodelled
from chipcalc.rules.rule import GUIDANCE
from chipcalc.values.logic import Verdict
from chipcalc.words import labels
from chipcalc.words.facts import paragraphs
from chipcalc.words.grounds import decisive
from chipcalc.words.line import Role


def telling(licence: Licence) -> list[Finding]:
    """Return what the first line names: letters that apply or, if need be, may; all guidance."""
    return [*_letters(licence), *(each for each in licence.notices if is_guidance(each))]


def _letters(licence: Licence) -> list[Finding]:
    found = [each for each in licence.notices if not is_guidance(each)]
    sure = [each for each in found if notice(each) is Notice.applies]
    if sure or licence.enforced.verdict is Verdict.met:
        return sure
    reported = [each for each in found if notice(each) is Notice.reported]
    return reported or found[:1]


def is_guidance(finding: Finding) -> bool:
    """Whether what is said is guidance on the rules, and no letter."""
    return finding.provision.rule.kind == GUIDANCE


def addressee(finding: Finding, checked: Checked) -> str:
    """Return who received a letter, by the maker of the chip that it is asked for."""
    vendor = checked.sheet.chip.vendor
    known = vendor in finding.provision.rule.addressees
    vocabulary = checked.case.evaluator.vocabulary
    return labels.vendor(vendor, vocabulary) if known else "its addressee"


def meaning(finding: Finding, checked: Checked) -> str:
    """Return what a letter or guidance means for a shipment, without its name."""
    if is_guidance(finding):
        return _guided(finding, checked.case)
    return {
        Notice.applies: f"required of {addressee(finding, checked)}",
        Notice.reported: "would be required, as reported",
        Notice.may_apply: "may apply",
    }[notice(finding)]


def phrase(finding: Finding, checked: Checked) -> str:
    """Return what a letter means for a shipment: ``required of NVIDIA by the Letter …``."""
    name = finding.provision.rule.paragraph
    if is_guidance(finding) and finding.verdict is Verdict.met:
        return f"{name}: {_guided(finding, checked.case)}"
    if is_guidance(finding):
        return f"{name} {_may_apply(finding, checked.case)}"
    return {
        Notice.applies: f"required of {addressee(finding, checked)} by the {name}",
        Notice.reported: f"would be required by the {name}",
        Notice.may_apply: f"the {name} may apply",
    }[notice(finding)]


def _guided(finding: Finding, case: Case) -> str:
    """Return what follows by guidance and, where it only may, under which conditions."""
    follows = next((then for _, then in finding.line.limbs()), "")
    if finding.verdict is Verdict.met:
        return follows or "applies"
    return ": ".join(filter(None, (_may_apply(finding, case), follows)))


def _may_apply(finding: Finding, case: Case) -> str:
    conditions = list(dict.fromkeys(_conditions(finding, case)))
    return f"may apply, if {' and '.join(conditions)}" if conditions else "may apply"


def _conditions(finding: Finding, case: Case) -> Iterator[str]:
    """Yield what would have to hold for guidance to apply, of all that is not known."""
    vocabulary = case.evaluator.vocabulary
    for line in decisive(finding.line, case):
        node = line.node
        if isinstance(node, RuleMet):
            yield f"it falls under {join_words(paragraphs(line, case), 'or')}"
        elif isinstance(node, CircumstanceIs):
            label = labels.lower(vocabulary.circumstances[node.name].label)
            yield f"its {label} are {labels.alternatives(node.name, node.values, vocabulary)}"
        elif isinstance(node, Unmodelled):
            yield node.what.removeprefix("whether ")


def role(finding: Finding) -> Role:
    """Return the role of what a letter or guidance means."""
    return "open" if notice(finding) is Notice.may_apply else "stop"


def counted(shipments: Sequence[Shipment], kind: Notice) -> tuple[str, int] | None:
    """Return of whom, by which letter, and to how many destinations: ``of NVIDIA by the …``."""
    told = [
        (e, f)
        for e in shipments
        for f in e.licence.notices
        if notice(f) is kind and not is_guidance(f)
    ]
    names = dict.fromkeys(
        f"of {addressee(f, e.licence.checked)} by the {f.provision.rule.paragraph}" for e, f in told
    )
    count = sum(len(e.countries) for e in {id(e): e for e, _ in told}.values())
    return (join_words(names), count) if names else None


def guidance(shipments: Sequence[Shipment]) -> Iterator[tuple[str, Role]]:
    """Yield once what each guidance means for some shipments, by chip where there are several."""
    chips = dict.fromkeys(each.licence.checked.sheet.name for each in shipments)
    said: dict[tuple[str, Role], dict[str, None]] = {}
    for each in shipments:
        for finding in filter(is_guidance, each.licence.notices):
            phrased = (phrase(finding, each.licence.checked), role(finding))
            said.setdefault(phrased, {})[each.licence.checked.sheet.name] = None
    for (words, of), names in said.items():
        yield words if len(chips) == 1 else f"{join_words(names)}: {words}", of


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
