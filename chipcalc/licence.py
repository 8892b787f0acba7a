"""From a shipment to its licence: whether one is needed, what is open, how it is reviewed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from chipcalc.case import Case, Judgement, Line, comparisons
from chipcalc.check import Checked, Day, Finding, Ways, asked_of, scope_of
from chipcalc.criteria import Circumstance, Criterion, RuleMet
from chipcalc.deciding import Deciding, decide
from chipcalc.evaluate import Evaluator
from chipcalc.expr import NONE
from chipcalc.rule import EXCEPTION, LETTER, REQUIREMENT, REVIEW, TARIFF, Kind, Version
from chipcalc.rulebook import Provision
from chipcalc.supposed import Supposed
from chipcalc.verdict import Verdict, every, some

DESTINATION = "destination"
NO_NEED = "no licence needed"


class Aspect(NamedTuple):
    """One question about a shipment: the answer, and what decides where it is not known.

    The cites of the judgement say what follows, such as ``presumption of denial``; several with
    an unknown verdict are what texts of equal rank say that do not agree. `views` are there where
    the answer differs by the way to state a figure: what each way is called, and its answer.
    """

    judgement: Judgement
    deciding: Deciding | None = None
    views: tuple[tuple[str, Judgement], ...] = ()

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict


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
    def needed(self) -> Verdict:
        """Whether a licence is needed, as printed or as enforced."""
        return some((self.printed.verdict, self.enforced.verdict))

    def of(self, kind: Kind) -> list[Finding]:
        """Return what the rules of one kind say."""
        return [each for each in self.checked.findings if each.provision.rule.kind == kind]

    @property
    def notices(self) -> list[Finding]:
        """Letters that are, or may be, for this shipment: they classify nothing."""
        return [each for each in self.of(LETTER) if each.verdict is not Verdict.not_met]

    @property
    def tariffs(self) -> list[Finding]:
        """Duties on the import of the item into the country of the rules."""
        return self.of(TARIFF)


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


def licence(day: Day, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Licence:
    """Return what the rules of a day for shipments say of a chip, under given circumstances.

    `day` has to ask about shipments.
    """
    checked = day.check(evaluator, given)
    ways = day.ways(checked.case)
    provisions = [each.provision for each in checked.findings]
    printed = [each for each in provisions if is_printed(each.version)]
    enforced = [each for each in provisions if is_enforced(each.version, day.day)]
    return Licence(
        checked,
        printed=_aspect(_of(REQUIREMENT, printed), ways, _Required),
        enforced=_aspect(_of(REQUIREMENT, enforced), ways, _Required),
        exceptions=_aspect(_of(EXCEPTION, enforced), ways, _Excepted, _of(REQUIREMENT, enforced)),
        review=_aspect(_of(REVIEW, enforced), ways, _Reviewed, _of(REQUIREMENT, enforced)),
    )


def shipment(day: Day, item: Supposed, country: str) -> Shipment:
    """Return a shipment of an item to one country, by its code."""
    given = {**item.circumstances, DESTINATION: country}
    return Shipment((country,), licence(day, item.evaluator, given))


def worldwide(day: Day, items: Sequence[Supposed]) -> list[list[Shipment]]:
    """Return shipments of every item to all countries, in regions that are treated alike.

    A region is treated alike where that is so for each of the items; those that need a licence
    come first. All items have the same regions, in the same order.
    """
    regions: dict[tuple[tuple[Aspect, ...], ...], list[Shipment]] = {}
    for part in _parts(day):
        row = [shipment(day, item, part[0]) for item in items]
        answers = tuple(each.licence.answer for each in row)
        same = regions.get(answers)
        together = tuple(sorted((*same[0].countries, *part))) if same else part
        regions[answers] = [each._replace(countries=together) for each in same or row]
    rows = sorted(regions.values(), key=lambda row: [_severity(each) for each in row])
    return [list(each) for each in zip(*rows, strict=True)]


def _parts(day: Day) -> list[tuple[str, ...]]:
    """Return all countries in parts that no rule of the day tells apart."""
    parts = [day.places.all]
    nodes = [node for each in day.asked for node in asked_of(each)]
    for node in comparisons(nodes, day.provisions):
        if isinstance(node, Circumstance) and node.name == DESTINATION:
            parts = [piece for part in parts for piece in day.places.cut(part, node.values)]
    return parts


def _severity(each: Shipment) -> tuple[int, int, int, int]:
    order = (Verdict.met, Verdict.unknown, Verdict.not_met)
    printed, enforced, exceptions, _ = (order.index(e.verdict) for e in each.licence.answer)
    return enforced, printed, -exceptions, len(each.countries)


def _of(kind: Kind, provisions: Sequence[Provision]) -> list[Provision]:
    return [each for each in provisions if each.rule.kind == kind]


class _Required(NamedTuple):
    """Reads rules as one question: whether a licence is needed under any of them."""

    provisions: Sequence[Provision]
    requirements: Sequence[Provision] = ()

    def __call__(self, case: Case) -> Judgement:
        return Judgement(some(_verdict(each, case) for each in self.provisions))


class _Excepted(NamedTuple):
    """Reads rules as the licence exceptions that are open, each with what it asks."""

    provisions: Sequence[Provision]
    requirements: Sequence[Provision]

    def __call__(self, case: Case) -> Judgement:
        found = [_consequence(each, case) for each in self.provisions]
        names = [
            f"{each.rule.paragraph} {then}".rstrip()
            for each, (verdict, then) in zip(self.provisions, found, strict=True)
            if verdict is Verdict.met
        ]
        judgement = Judgement(some(verdict for verdict, _ in found), tuple(names))
        return _where_needed(judgement, self.requirements, case)


class _Reviewed(NamedTuple):
    """Reads rules as the policy of the first rank that applies; texts of one rank may differ."""

    provisions: Sequence[Provision]
    requirements: Sequence[Provision]

    def __call__(self, case: Case) -> Judgement:
        for _, rank in groupby(self.provisions, key=lambda each: each.rule.precedence):
            found = [_consequence(each, case) for each in rank]
            verdict = some(verdict for verdict, _ in found)
            if verdict is Verdict.not_met:
                continue
            policies = tuple(dict.fromkeys(then for each, then in found if each is Verdict.met))
            sure = all(each is not Verdict.unknown for each, _ in found) and len(policies) == 1
            judgement = Judgement(Verdict.met if sure else Verdict.unknown, policies)
            return _where_needed(judgement, self.requirements, case)
        return _where_needed(Judgement(Verdict.not_met), self.requirements, case)


_Question: TypeAlias = "type[_Required] | type[_Excepted] | type[_Reviewed]"


def _where_needed(judgement: Judgement, requirements: Sequence[Provision], case: Case) -> Judgement:
    """Return a judgement where a licence is needed; there is nothing to ask where none is."""
    needed = _Required(requirements)(case).verdict
    if needed is Verdict.not_met:
        return Judgement(Verdict.not_met, (NO_NEED,))
    return judgement if needed is Verdict.met else Judgement(Verdict.unknown)


def _verdict(provision: Provision, case: Case) -> Verdict:
    return every((case.scope(provision), case.read(provision).verdict))


def _consequence(provision: Provision, case: Case) -> tuple[Verdict, str]:
    """Return whether a rule is met, and what follows; unknown where that is not settled."""
    verdict, then = case.read(provision).consequence()
    return every((case.scope(provision), verdict)), then


def _aspect(
    provisions: Sequence[Provision],
    ways: Ways,
    question: _Question,
    requirements: Sequence[Provision] = (),
) -> Aspect:
    """Return the answer to a question in every view of the chip's figures."""
    found = [
        (label, *_settled(case, question(_live(provisions, case), _live(requirements, case))))
        for label, case in ways.alternatives()
    ]
    if len({judgement for _, judgement, _ in found}) == 1:
        _, judgement, deciding = found[0]
        return Aspect(judgement, deciding)
    views = tuple((label, judgement) for label, judgement, _ in found)
    return Aspect(Judgement(Verdict.unknown), views=views)


def _live(provisions: Sequence[Provision], case: Case) -> list[Provision]:
    """Return the rules that may be met: what is not met stays so, whatever else is known."""
    return [each for each in provisions if _verdict(each, case) is not Verdict.not_met]


def _open(line: Line) -> Iterator[Criterion]:
    """Yield the criteria that are not known and may still matter.

    Nothing below a line that is not met does. Below one that is met, another limb may be the
    first that is met; within other rules, that does not matter.
    """
    if line.verdict is Verdict.not_met:
        return
    if line.verdict is Verdict.met and isinstance(line.node, RuleMet):
        return
    if not line.parts and line.verdict is Verdict.unknown:
        yield line.node
    for part in (*line.parts, *line.exceptions):
        yield from _open(part)


def _settled(
    case: Case, question: _Required | _Excepted | _Reviewed
) -> tuple[Judgement, Deciding | None]:
    """Return the answer in one case; one that is the same for all that is not known stands."""
    judgement = question(case)
    if judgement.verdict is not Verdict.unknown:
        return judgement, None
    nodes = [
        node
        for each in (*question.provisions, *question.requirements)
        for node in (*scope_of(each), *_open(case.read(each)))
    ]
    deciding = decide(case, nodes, question.__call__)
    outcomes = {each.judgement for each in deciding.outcomes}
    if len(outcomes) == 1:
        return outcomes.pop(), None
    if outcomes and {each.verdict for each in outcomes} == {Verdict.not_met}:
        return Judgement(Verdict.not_met), None
    return judgement, deciding
