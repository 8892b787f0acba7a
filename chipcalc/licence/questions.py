"""The questions about a shipment, each with its answer and, where it is open, what decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol, TypeAlias

from chipcalc.check.day import scope_of
from chipcalc.check.ways import Way
from chipcalc.deciding.decide import decide
from chipcalc.deciding.outcome import Asked, Deciding
from chipcalc.places.on_day import Membership
from chipcalc.rules.case import Ask, Case, Consequence, Judgement, Line, Unasked
from chipcalc.rules.criteria import Criterion, RuleMet, Unmodelled, Unpublished
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import UNSURE
from chipcalc.schema.types import Confidence
from chipcalc.values.logic import Verdict, every, some

# The ways to state a figure, each with its case, by the answers on groups of countries.
Cases: TypeAlias = Mapping[tuple[Membership, ...], Sequence[tuple[Way, Case]]]


class Alternative(NamedTuple):
    """The answer by one of several ways to see a case, such as by the vendor's own figure.

    `places` has the answers to what is not known of groups of countries; `way` is None where
    every way to state a figure leads to the same.
    """

    judgement: Judgement
    deciding: Deciding | None = None
    way: Way | None = None
    places: tuple[Membership, ...] = ()


class Aspect(NamedTuple):
    """One question about a shipment: the answer, and what decides where it is not known.

    The judgement has what follows, such as ``presumption of denial``; several consequences with
    an unknown verdict are what sources of equal rank say that do not agree. `views` are there
    where the answer differs by the way to see the case; `unsure` says how the firmest text is
    known that gives the answer, where none was read.
    """

    judgement: Judgement
    deciding: Deciding | None = None
    views: tuple[Alternative, ...] = ()
    unsure: Confidence | None = None

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict


class Question(Protocol):
    """A way to read rules together: what they come to in a case, and the rules that it reads."""

    @property
    def rules(self) -> Sequence[Provision]: ...

    def judge(self, case: Case) -> Judgement: ...

    def live(self, case: Case) -> Question: ...


class Required(NamedTuple):
    """Whether a licence is needed under any rule."""

    rules: Sequence[Provision]

    def judge(self, case: Case) -> Judgement:
        """Return whether a licence is needed; where that is open, what is to be asked besides.

        No rule that is not met outweighs a condition that is not modelled: that one may ask for a
        licence by itself.
        """
        found = [(each, _verdict(each, case)) for each in self.rules]
        verdict = some(each for _, each in found)
        if verdict is not Verdict.unknown:
            return Judgement(verdict)
        open_ones = [each for each, verdict in found if verdict is Verdict.unknown]
        asks = dict.fromkeys(
            Ask(what, each.rule.paragraph)
            for each in open_ones
            for what in asked_in(case.read(each))
        )
        return Judgement(verdict, asks=tuple(asks))

    def unsure(self, case: Case) -> Confidence | None:
        """Return how firm the firmest rule is that asks for a licence; None where one is sure.

        Where that is settled without any single rule, the least firm of those that may be counts.
        """
        live = _live(self.rules, case)
        met = [each for each in live if _verdict(each, case) is Verdict.met]
        return _firmest(met) if met else max((_firmest([each]) for each in live), key=_doubt)

    def live(self, case: Case) -> Required:
        """Return the same question to those rules that may be met."""
        return Required(_live(self.rules, case))


class Excepted(NamedTuple):
    """Which licence exceptions are open, each with what it asks."""

    exceptions: Sequence[Provision]
    required: Required

    @property
    def rules(self) -> Sequence[Provision]:
        return (*self.exceptions, *self.required.rules)

    def judge(self, case: Case) -> Judgement:
        """Return the exceptions that are open, with what each asks."""
        found = [(each, *_consequence(each, case)) for each in self.exceptions]
        follows = tuple(
            Consequence(then, each.rule.paragraph, each.version.unsure)
            for each, verdict, then in found
            if verdict is Verdict.met
        )
        judgement = Judgement(some(verdict for _, verdict, _ in found), follows=follows)
        return _where_needed(judgement, self.required, case)

    def live(self, case: Case) -> Excepted:
        """Return the same question to those rules that may be met."""
        return Excepted(_live(self.exceptions, case), self.required.live(case))


class Reviewed(NamedTuple):
    """Which policy of the first rank applies; sources of one rank may differ."""

    policies: Sequence[Provision]
    required: Required

    @property
    def rules(self) -> Sequence[Provision]:
        return (*self.policies, *self.required.rules)

    def judge(self, case: Case) -> Judgement:
        """Return what the policy says, or what the policies say, the firmest first."""
        for _, rank in groupby(self.policies, key=lambda each: each.rule.precedence):
            found = [(each, *_consequence(each, case)) for each in rank]
            verdict = some(verdict for _, verdict, _ in found)
            if verdict is Verdict.not_met:
                continue
            met = [(each, then) for each, verdict, then in found if verdict is Verdict.met]
            follows = tuple(_agreed(met))
            sure = all(each is not Verdict.unknown for _, each, _ in found) and len(follows) == 1
            judgement = Judgement(Verdict.met if sure else Verdict.unknown, follows=follows)
            return _where_needed(judgement, self.required, case)
        return _where_needed(Judgement(Verdict.not_met), self.required, case)

    def live(self, case: Case) -> Reviewed:
        """Return the same question to those rules that may be met."""
        return Reviewed(_live(self.policies, case), self.required.live(case))


def aspect(question: Question, cases: Cases) -> Aspect:
    """Return the answer to a question in every way to see a case."""
    views = [view for places, ways in cases.items() for view in _views(question, places, ways)]
    if _alike(views):
        return Aspect(views[0].judgement, views[0].deciding)
    if {each.judgement.verdict for each in views} == {Verdict.not_met}:
        return Aspect(Judgement(Verdict.not_met))
    return Aspect(Judgement(Verdict.unknown), views=tuple(views))


def _views(
    question: Question, places: tuple[Membership, ...], ways: Sequence[tuple[Way, Case]]
) -> list[Alternative]:
    """Return the views under one answer on groups; one view where all figures lead to the same."""
    found = [Alternative(*_settled(case, question.live(case)), way, places) for way, case in ways]
    return [found[0]._replace(way=None)] if _alike(found) else found


def _alike(views: Sequence[Alternative]) -> bool:
    """Whether all views come to the same, be it known or open for the same reason."""
    return len({(each.judgement, each.deciding) for each in views}) == 1


def _settled(case: Case, question: Question) -> tuple[Judgement, Deciding | None]:
    """Return the answer in one case; one that is the same for all that is not known stands."""
    judgement = question.judge(case)
    if judgement.verdict is not Verdict.unknown:
        return judgement, None
    nodes = [node for each in question.rules for node in (*scope_of(each), *_open(case.read(each)))]
    asked = Asked(type(question).__name__, tuple(question.rules))
    deciding = decide(case, nodes, question.judge, asked)
    outcomes = {each.judgement for each in deciding.outcomes}
    if len(outcomes) == 1:
        return outcomes.pop(), None
    if outcomes and {each.verdict for each in outcomes} == {Verdict.not_met}:
        return Judgement(Verdict.not_met), None
    if outcomes:  # each of them has what is to be asked where it leads
        judgement = judgement._replace(asks=())
    return judgement, deciding


def _open(line: Line) -> Iterator[Criterion]:
    """Yield the criteria that are not known and may still matter.

    Nothing below a line that is not met does. Below one that is met, another limb may be the
    first that is met; within other rules, that does not matter.
    """
    seen: set[int] = set()
    waiting = [line]
    while waiting:
        each = waiting.pop()
        if each.verdict is Verdict.not_met or id(each) in seen:
            continue
        seen.add(id(each))
        if each.verdict is Verdict.met and isinstance(each.node, RuleMet):
            continue
        if not each.parts and each.verdict is Verdict.unknown:
            yield each.node
        waiting += reversed((*each.parts, *each.exceptions))


def asked_in(line: Line) -> Iterator[str]:
    """Yield the conditions below a line that nothing here can answer, and that leave it open."""
    for each in line.unsettled():
        if isinstance(each.node, (Unpublished, Unmodelled)):
            yield each.node.what


def _where_needed(judgement: Judgement, required: Required, case: Case) -> Judgement:
    """Return a judgement where a licence is needed; there is nothing to ask where none is."""
    needed = required.judge(case).verdict
    if needed is Verdict.not_met:
        return Judgement(Verdict.not_met, unasked=Unasked.no_need)
    return judgement if needed is Verdict.met else Judgement(Verdict.unknown)


def _live(provisions: Sequence[Provision], case: Case) -> list[Provision]:
    """Return the rules that may be met: what is not met stays so, whatever else is known."""
    return [each for each in provisions if _verdict(each, case) is not Verdict.not_met]


def _verdict(provision: Provision, case: Case) -> Verdict:
    return every((case.scope(provision), case.read(provision).verdict))


def _consequence(provision: Provision, case: Case) -> tuple[Verdict, str]:
    """Return whether a rule is met, and what follows; unknown where that is not settled."""
    verdict, then = case.read(provision).consequence()
    return every((case.scope(provision), verdict)), then


def _agreed(met: Sequence[tuple[Provision, str]]) -> list[Consequence]:
    """Return each thing that policies say, those that are sure first."""
    says: dict[str, list[Provision]] = {}
    for each, then in met:
        says.setdefault(then, []).append(each)
    follows = [Consequence(then, unsure=_firmest(found)) for then, found in says.items()]
    return sorted(follows, key=lambda each: each.unsure is not None)


def _firmest(met: Sequence[Provision]) -> Confidence | None:
    """Return how the firmest of some rules is known; None where its text was read."""
    return min((each.version.unsure for each in met), key=_doubt)


def _doubt(unsure: Confidence | None) -> int:
    """Return how little firm a text is; one that was read is firm."""
    return UNSURE.index(unsure) + 1 if unsure else 0
