"""One reading of a rule: its verdict for one chip on one day, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeVar

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Key, Missing
from chipcalc.places.on_day import Places
from chipcalc.rules.circumstances import checked, several, sheet_says
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
    fold,
)
from chipcalc.rules.provision import Provision
from chipcalc.rules.texts import Leaves, Text, Texts
from chipcalc.schema.types import Confidence
from chipcalc.sheets.sheet import GIVEN, Sheet
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict, agreed, bounded, compared, every, negated, some
from chipcalc.vocabulary.expressions import NONE

T = TypeVar("T")


class Unasked(Enum):
    """Why a question about a shipment was not asked."""

    no_need = auto()
    no_rule = auto()


class Consequence(NamedTuple):
    """What follows from a rule that is met: its words in the data, and how sure they are.

    `by` names the rule where it is itself what follows, as an exception is; `unsure` says how the
    text is known where it was not read.
    """

    then: str = ""
    by: str = ""
    unsure: Confidence | None = None


class Ask(NamedTuple):
    """A condition of a rule that nothing here can answer, and the paragraph that has it."""

    what: str
    by: str


class Judgement(NamedTuple):
    """What a case comes to: a verdict, the limbs or paragraphs that are met, and what follows.

    Several consequences of an unknown verdict are those of sources that do not agree. Where the
    question was not asked, `unasked` says why; `asks` has the conditions that nothing here can
    answer, where one of them may decide.
    """

    verdict: Verdict
    cites: tuple[str, ...] = ()
    follows: tuple[Consequence, ...] = ()
    unasked: Unasked | None = None
    asks: tuple[Ask, ...] = ()


class Line(NamedTuple):
    """One line of an explanation: a criterion, its verdict, and what that rests on.

    `answer` is the figure of a comparison, `said` the circumstance that holds; the parts of an
    exception come last, as `exceptions`.
    """

    node: Criterion
    verdict: Verdict
    answer: Answer | None = None
    said: str = ""
    parts: tuple[Line, ...] = ()
    exceptions: tuple[Line, ...] = ()

    @property
    def cite(self) -> str:
        return self.node.cite if isinstance(self.node, Combined) else ""

    def decisive(self, verdict: Verdict, limb: str = "") -> Iterator[tuple[str, Line]]:
        """Yield the criteria that gave a verdict, below this line, each with its limb."""
        if self.verdict is not verdict:
            return
        limb = self.cite or limb
        if not self.parts:
            yield limb, self
            return
        found = [each for part in self.parts for each in part.decisive(verdict, limb)]
        yield from found
        if verdict is Verdict.unknown or not found:
            for exception in self.exceptions:
                yield from exception.decisive(negated(verdict), limb)

    def cites(self) -> tuple[str, ...]:
        """Return the limbs that are met, in the order of the text; not those of other rules."""
        if self.verdict is not Verdict.met or isinstance(self.node, RuleMet):
            return ()
        if self.cite:
            return (self.cite,)
        return tuple(cite for part in self.parts for cite in part.cites())

    def consequence(self) -> tuple[Verdict, str]:
        """Return what follows by the first limb that is met; unknown where one before it may be."""
        if self.verdict is not Verdict.met:
            return self.verdict, ""
        for limb, then in self.limbs():
            return limb.verdict, then if limb.verdict is Verdict.met else ""
        return self.verdict, ""

    def limbs(self) -> Iterator[tuple[Line, str]]:
        """Yield the limbs from which something follows and may do so, in the order of the text."""
        if self.verdict is Verdict.not_met:
            return
        if isinstance(self.node, Combined) and self.node.then:
            yield self, self.node.then
        elif not isinstance(self.node, RuleMet):
            for part in self.parts:
                yield from part.limbs()


class Case:
    """What rules are read for: a chip, or an item that a user describes, on one day.

    `given` holds circumstances from the user, which are checked; `provisions` the rules of the day
    by id, `places` its groups of countries. It is itself the reading: each criterion becomes a line
    with a verdict.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        provisions: Mapping[str, Provision],
        given: Mapping[str, str] = NONE,
        places: Places | None = None,
        texts: Texts | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.provisions = provisions
        self.given = checked(given, evaluator.vocabulary)
        self.places = places or Places()
        self.texts = texts or Texts(provisions)
        self._read: dict[Text, Line] = {}
        self._said: dict[str, str] = {}
        self._among: dict[int, Line] = {}
        self._spoken: dict[Leaves, tuple[Verdict, ...]] = {}

    def supposing(self, answers: Mapping[Key, Answer], given: Mapping[str, str] = NONE) -> Case:
        """Return the same case with other figures and circumstances."""
        known = self.evaluator
        return self.of(known.supposing(answers) if answers else known, given)

    def of(self, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Case:
        """Return the same case of an item with other figures, under further circumstances.

        With the same figures, what does not ask for these circumstances is not read again.
        """
        given = self.given.supposing(given)
        return Case(evaluator, self.provisions, given, self.places, self.texts)

    def at(self, places: Places) -> Case:
        """Return the same case with other groups of countries."""
        if places is self.places:
            return self
        return Case(self.evaluator, self.provisions, self.given, places, self.texts)

    def read(self, provision: Provision) -> Line:
        """Return what one version of a rule comes to, with its explanation; read once."""
        text = self.texts.of(provision)
        if text not in self._read:
            for each in (*text.below, text):  # those that are referred to are read before
                if each not in self._read:
                    self._read[each] = self._find(each)
        return self._read[text]

    def _find(self, text: Text) -> Line:
        """Return what a rule comes to, those that it refers to being read."""
        asked = ("read", text, *map(self.said, text.names), self._state((text,)))
        memo = self.evaluator.memo
        if asked not in memo:
            memo[asked] = fold(text.own.criterion, self)
        found: Line = memo[asked]
        return found

    def once(self, what: str, provisions: Sequence[Provision], find: Callable[[], T]) -> T:
        """Return what rules come to, found once for the figures and what else they rest on.

        That is their texts, every circumstance that they ask for, and the answers on groups of
        countries; what is the same on two days is found once.
        """
        texts = tuple(map(self.texts.of, provisions))
        asked = (what, texts, *(tuple(map(self.said, e.names)) for e in texts), self._state(texts))
        memo = self.evaluator.memo
        if asked not in memo:
            memo[asked] = find()
        found: T = memo[asked]
        return found

    def _state(self, texts: Iterable[Text]) -> object:
        """Return what groups of countries answer; nothing where no text asks for a place."""
        known = self.evaluator.vocabulary.circumstances
        places = any(known[name].places for text in texts for name in text.names)
        return self.places.state if places else None

    def scope(self, provision: Provision) -> Verdict:
        """Return whether a rule is asked at all: of a board, say, or of a fabricator."""
        return every(self.circumstance(each).verdict for each in self.texts.of(provision).scope)

    def applies(self, provision: Provision) -> bool:
        """Whether a rule may be asked at all."""
        return self.scope(provision) is not Verdict.not_met

    def said(self, name: str) -> str:
        """Return what holds for a circumstance; nothing where it is not known."""
        if name not in self._said:
            self._said[name] = self.given.get(name) or sheet_says(name, self.evaluator)
        return self._said[name]

    def spoken(self, leaves: Leaves) -> tuple[Verdict, ...]:
        """Return the verdicts of what rests on no figure: circumstances, and the chip itself."""
        if leaves not in self._spoken:
            words = [self.circumstance(each).verdict for each in leaves.words]
            fixed = [fold(each, self).verdict for each in leaves.fixed]
            self._spoken[leaves] = (*words, *fixed)
        return self._spoken[leaves]

    def compare(self, node: Threshold) -> Line:
        memo = self.evaluator.memo
        found: Line | None = memo.get(id(node))  # rules share equal ones; a line keeps its node
        if found is None:
            found = memo[id(node)] = self._compare(node)
        return found

    def _compare(self, node: Threshold) -> Line:
        answer = self.evaluator.figure(node.of.name, node.of.when)
        if isinstance(answer, Missing):
            return Line(node, _absent(node, answer), answer)
        if answer.value.unit.dimension != node.limit.unit.dimension:  # another currency, say
            return Line(node, Verdict.unknown, answer)
        amount = answer.value.to(node.limit.unit).amount
        return Line(node, compared(amount, node.relation, node.limit.amount), answer)

    def circumstance(self, node: CircumstanceIs) -> Line:
        found = self._among.get(id(node))  # a line keeps its node
        if found is None:
            found = self._among[id(node)] = self._circumstance(node)
        return found

    def _circumstance(self, node: CircumstanceIs) -> Line:
        said = self.said(node.name)
        if not said:
            return Line(node, Verdict.unknown)
        verdict = agreed(self.among(node, each) for each in several(said))
        verdict = negated(verdict) if node.negated else verdict
        return Line(node, verdict, said=said)

    def among(self, node: CircumstanceIs, said: str) -> Verdict:
        """Return whether a circumstance is one of the values that a criterion names."""
        if self.evaluator.vocabulary.circumstances[node.name].places:
            return self.places.holds(said, node.values)
        return Verdict.met if said in node.values else Verdict.not_met

    def launched(self, node: Launched) -> Line:
        launched = self.evaluator.sheet.chip.launched
        if launched is None:
            return Line(node, Verdict.unknown)
        before = launched.before(node.day)
        return Line(node, before if node.before else negated(before), said=str(launched))

    def rule_met(self, node: RuleMet) -> Line:
        parts = tuple(self.read(self.provisions[r]) for r in node.rules if r in self.provisions)
        return Line(node, some(each.verdict for each in parts), parts=parts)

    def named(self, node: Named) -> Line:
        sheet: Sheet = self.evaluator.sheet
        if sheet.id == GIVEN:
            return Line(node, Verdict.unknown, said=sheet.name)
        found = {sheet.id, *sheet.chip.family, sheet.chip.vendor} & set(node.chips)
        return Line(node, Verdict.met if found else Verdict.not_met, said=sheet.name)

    def unpublished(self, node: Unpublished) -> Line:
        return Line(node, Verdict.unknown)

    def unmodelled(self, node: Unmodelled) -> Line:
        return Line(node, Verdict.unknown)

    def group(self, node: Combined, parts: Sequence[Line]) -> Line:
        combined = every if node.how == "all" else some
        return Line(node, combined(each.verdict for each in parts), parts=tuple(parts))

    def without(self, node: Unless, of: Line, exceptions: Sequence[Line]) -> Line:
        taken = some(each.verdict for each in exceptions)
        verdict = every((of.verdict, negated(taken)))
        return Line(node, verdict, parts=(of,), exceptions=tuple(exceptions))


def asked_in(line: Line) -> Iterator[str]:
    """Yield the conditions below a line that nothing here can answer, and that leave it open."""
    for _, each in line.decisive(Verdict.unknown):
        if isinstance(each.node, (Unpublished, Unmodelled)):
            yield each.node.what


def _absent(node: Threshold, missing: Missing) -> Verdict:
    """Return the verdict where there is no figure; what a chip does not have counts as zero.

    Bounds settle it where all that they leave lies on one side of the line.
    """
    bounds = missing.bounds(node.limit.unit)
    if bounds:
        return bounded(bounds.low, bounds.high, node.relation, node.limit.amount)
    if missing.kind == "not offered":
        return compared(exactly(0), node.relation, node.limit.amount)
    if missing.kind == "undefined" and node.undefined:
        return Verdict.not_met
    return Verdict.unknown
