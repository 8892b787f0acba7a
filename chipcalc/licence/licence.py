"""From a shipment to its licence: whether one is needed, what is open, how it is reviewed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from chipcalc.check import contents as items
from chipcalc.check.day import ShipmentRules, asked_of
from chipcalc.check.result import Checked, Finding
from chipcalc.check.what_if import Supposed
from chipcalc.figures.evaluate import Evaluator
from chipcalc.licence.contents import joint
from chipcalc.licence.questions import Aspect, Cases, Excepted, Required, Reviewed, aspect
from chipcalc.progress import Progress, untold
from chipcalc.rules.case import Case, Judgement, Unasked
from chipcalc.rules.circumstances import Circumstances
from chipcalc.rules.criteria import CircumstanceIs
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, Kind, Version
from chipcalc.rules.texts import comparisons
from chipcalc.values.logic import Verdict, some
from chipcalc.vocabulary.expressions import NONE

DESTINATION = "destination"


class Topic(Enum):
    """What is asked about a shipment; `need` where text and enforcement have the same answer."""

    need = auto()
    printed = auto()
    enforced = auto()
    exceptions = auto()
    review = auto()


class Notice(Enum):
    """What a letter or guidance means for a shipment; one that is `reported` would apply."""

    applies = auto()
    reported = auto()
    may_apply = auto()


class Licence(NamedTuple):
    """A shipment of a chip under the rules of a day.

    A licence is needed as the text is printed, and as it is enforced; exceptions and the review
    of an application are those that are enforced.
    """

    checked: Checked
    printed: Aspect
    enforced: Aspect
    exceptions: Aspect
    review: Aspect

    @property
    def answer(self) -> tuple[Aspect, ...]:
        """All that the rules say of the shipment; two that are equal are treated alike."""
        return (self.printed, self.enforced, self.exceptions, self.review)

    @property
    def asked(self) -> tuple[tuple[Topic, Aspect], ...]:
        """The questions that matter for the shipment, each with its answer.

        Where no licence is needed, neither exceptions nor review are asked.
        """
        needs = [(Topic.printed, self.printed), (Topic.enforced, self.enforced)]
        if self.printed == self.enforced:
            needs = [(Topic.need, self.enforced)]
        if self.enforced.judgement.unasked is Unasked.no_rule:
            return tuple(needs)
        if self.enforced.verdict is Verdict.not_met:
            return tuple(needs)
        return (*needs, (Topic.exceptions, self.exceptions), (Topic.review, self.review))

    @property
    def needed(self) -> Verdict:
        """Whether a licence is needed, as printed or as enforced."""
        return some((self.printed.verdict, self.enforced.verdict))

    def of(self, kind: Kind) -> list[Finding]:
        """Return what the rules of one kind say."""
        return [each for each in self.checked.findings if each.provision.rule.kind == kind]

    @property
    def reserves(self) -> tuple[str, ...]:
        """What it leaves open that no licence is required, by the rules that may require one."""
        texts = (each.provision.version.reserve for each in self.of(REQUIREMENT))
        return tuple(dict.fromkeys(each for each in texts if each))

    @property
    def is_free(self) -> bool:
        """Whether no licence is required as printed, or none as enforced."""
        return Verdict.not_met in (self.printed.verdict, self.enforced.verdict)

    @property
    def notices(self) -> list[Finding]:
        """Letters and guidance that are, or may be, for this shipment: they classify nothing."""
        found = (*self.of(LETTER), *self.of(GUIDANCE))
        return [each for each in found if each.verdict is not Verdict.not_met]


class Shipment(NamedTuple):
    """Destinations that are treated alike, by their codes, and how one chip is."""

    countries: tuple[str, ...]
    licence: Licence


def is_printed(version: Version) -> bool:
    """Whether a version is what the text says, enforced or not."""
    return version.standing in ("in force", "not enforced")


def is_enforced(version: Version, day: datetime.date) -> bool:
    """Whether a version is applied on a day: in force, and to be obeyed by then."""
    due = version.compliance is None or day >= version.compliance
    return version.standing in ("in force", "applied in practice") and due


def is_reported(version: Version) -> bool:
    """Whether a version is known from the press alone."""
    return version.standing == "reported"


def notice(finding: Finding) -> Notice:
    """Return what a letter or guidance means that is, or may be, for a shipment."""
    if finding.verdict is not Verdict.met:
        return Notice.may_apply
    return Notice.reported if is_reported(finding.provision.version) else Notice.applies


def licence(day: ShipmentRules, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Licence:
    """Return what the rules of a day for shipments say of a chip, under given circumstances.

    Raises TypeError for rules that are asked of items alone.
    """
    if not isinstance(day, ShipmentRules):
        raise TypeError("rules about items say nothing of a shipment: make them for shipments")
    checked = day.check(evaluator, given)
    if checked.circuits:
        found = [licence(day, each, given) for each in items.within_each(evaluator)]
        return joint(checked, found)
    if not any(each.rule.kind == REQUIREMENT for each in day.provisions.values()):
        unasked = Aspect(Judgement(Verdict.unknown, unasked=Unasked.no_rule))
        return Licence(checked, *[unasked] * 4)
    provisions = [each.provision for each in checked.findings]
    printed = [each for each in provisions if is_printed(each.version)]
    enforced = [each for each in provisions if is_enforced(each.version, day.day)]
    required = Required(_of(REQUIREMENT, enforced))
    cases = _cases(day, checked.case)
    return Licence(
        checked,
        printed=_need(Required(_of(REQUIREMENT, printed)), cases, checked.case),
        enforced=_need(required, cases, checked.case),
        exceptions=aspect(Excepted(_of(EXCEPTION, enforced), required), cases),
        review=aspect(Reviewed(_of(REVIEW, enforced), required), cases),
    )


def _need(required: Required, cases: Cases, case: Case) -> Aspect:
    """Return whether a licence is needed, and where it is, how firm the texts are."""
    found = aspect(required, cases)
    return found._replace(unsure=required.unsure(case)) if found.verdict is Verdict.met else found


def _cases(day: ShipmentRules, case: Case) -> Cases:
    """Return every way to see a case: by each group that may hold, and each figure that counts."""
    ways = day.ways(case).alternatives()
    known = day.vocabulary.circumstances
    said = [case.said(name) for name, each in known.items() if each.places and case.said(name)]
    return {
        answers: [(way, seen.at(places)) for way, seen in ways]
        for answers, places in day.places.variants(said, day.named_places)
    }


def shipment(day: ShipmentRules, item: Supposed, country: str) -> Shipment:
    """Return a shipment of an item to one country; raises ChipcalcError where there is none."""
    said = {**item.circumstances, DESTINATION: country}
    given = Circumstances(said, item.evaluator.vocabulary)
    return Shipment((given[DESTINATION],), licence(day, item.evaluator, given))


def worldwide(
    day: ShipmentRules, items: Sequence[Supposed], progress: Progress = untold
) -> list[list[Shipment]]:
    """Return shipments of every item to all countries, in regions that are treated alike.

    A region is treated alike where that is so for each of the items; those that need a licence
    come first. All items have the same regions, in the same order. `progress` goes through the
    parts of the world that are asked about, one by one.
    """
    regions: dict[object, list[Shipment]] = {}
    for part in progress(_parts(day)):
        row = [shipment(day, item, part[0]) for item in items]
        alike = tuple((each.licence.answer, _letters(each.licence)) for each in row)
        same = regions.get(alike)
        together = tuple(sorted((*same[0].countries, *part))) if same else part
        regions[alike] = [each._replace(countries=together) for each in same or row]
    rows = sorted(regions.values(), key=lambda row: [_severity(each) for each in row])
    return [list(each) for each in zip(*rows, strict=True)]


def _letters(found: Licence) -> tuple[tuple[str, Verdict], ...]:
    return tuple((each.provision.id, each.verdict) for each in found.notices)


def _parts(day: ShipmentRules) -> list[tuple[str, ...]]:
    """Return all countries in parts that no rule of the day tells apart."""
    parts = [day.places.all]
    nodes = [node for each in day.asked for node in asked_of(each)]
    for node in comparisons(nodes, day.provisions):
        if isinstance(node, CircumstanceIs) and node.name == DESTINATION:
            parts = [piece for part in parts for piece in day.places.cut(part, node.values)]
    return parts


def _severity(each: Shipment) -> tuple[int, bool, int, int, int]:
    order = (Verdict.met, Verdict.unknown, Verdict.not_met)
    depends = not each.licence.enforced.judgement.asks
    printed, enforced, exceptions, _ = (order.index(e.verdict) for e in each.licence.answer)
    return enforced, depends, printed, -exceptions, len(each.countries)


def _of(kind: Kind, provisions: Sequence[Provision]) -> list[Provision]:
    return [each for each in provisions if each.rule.kind == kind]
