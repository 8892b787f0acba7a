"""One reading of a rule: its verdict for one chip on one day, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple, TypeVar

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Answer, Key
from chipcalc.places.on_day import Places
from chipcalc.rules.circumstances import checked
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
    run,
)
from chipcalc.rules.limits import against
from chipcalc.rules.provision import Provision
from chipcalc.rules.said import Said
from chipcalc.rules.texts import Leaves, Text, Texts
from chipcalc.schema.types import Confidence
from chipcalc.values.logic import Verdict, every, negated, some
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
        waiting = [(self, verdict, limb)]
        while waiting:
            line, wanted, above = waiting.pop()
            if line.verdict is not wanted:
                continue
            within = line.cite or above
            if not line.parts:
                yield within, line
            below = [(each, wanted, within) for each in line.parts]
            if wanted is Verdict.unknown or not any(e.verdict is wanted for e in line.parts):
                below += [(each, negated(wanted), within) for each in line.exceptions]
            waiting += reversed(below)

    def unsettled(self) -> Iterator[Line]:
        """Yield the criteria without parts that leave this line unknown, each once."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.verdict is Verdict.unknown and id(each) not in seen:
                seen.add(id(each))
                if not each.parts:
                    yield each
                waiting += reversed((*each.parts, *each.exceptions))

    def cites(self) -> tuple[str, ...]:
        """Return the limbs that are met, in the order of the text; not those of other rules."""
        found: list[str] = []
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.verdict is Verdict.met and not isinstance(each.node, RuleMet):
                if each.cite:
                    found.append(each.cite)
                else:
                    waiting += reversed(each.parts)
        return tuple(found)

    def consequence(self) -> tuple[Verdict, str]:
        """Return what follows by the first limb that is met; unknown where one before it may be."""
        if self.verdict is not Verdict.met:
            return self.verdict, ""
        for limb, then in self.limbs():
            return limb.verdict, then if limb.verdict is Verdict.met else ""
        return self.verdict, ""

    def limbs(self) -> Iterator[tuple[Line, str]]:
        """Yield the limbs from which something follows and may do so, in the order of the text."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.verdict is Verdict.not_met or isinstance(each.node, RuleMet):
                continue
            if isinstance(each.node, Combined) and each.node.then:
                yield each, each.node.then
            else:
                waiting += reversed(each.parts)


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
        words: Said | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.provisions = provisions
        self.given = checked(given, evaluator.vocabulary)
        self.places = places or Places()
        self.texts = texts or Texts(provisions)
        self.words = words or Said.of(evaluator, self.given, self.places)
        self._read, self._once = self._known()

    def _known(self) -> tuple[dict[Text, Line], dict[object, Any]]:
        """Return what rules are known to come to for the figures, by what is said of the item."""
        memo, asked = self.evaluator.memo, ("known", self.words)
        found: tuple[dict[Text, Line], dict[object, Any]] | None = memo.get(asked)
        if found is None:
            found = memo[asked] = ({}, {})
        return found

    def supposing(self, answers: Mapping[Key, Answer], given: Mapping[str, str] = NONE) -> Case:
        """Return the same case with other figures and circumstances."""
        known = self.evaluator
        return self.of(known.supposing(answers) if answers else known, given)

    def of(self, evaluator: Evaluator, given: Mapping[str, str] = NONE) -> Case:
        """Return the same case of an item with other figures, under further circumstances.

        What does not ask for these circumstances is not read again.
        """
        known = self.given.supposing(given) if given else self.given
        same = evaluator.sheet is self.evaluator.sheet
        words = self.words.supposing(given) if same else None
        return Case(evaluator, self.provisions, known, self.places, self.texts, words)

    def at(self, places: Places) -> Case:
        """Return the same case with other groups of countries."""
        if places is self.places:
            return self
        return Case(self.evaluator, self.provisions, self.given, places, self.texts)

    def read(self, provision: Provision) -> Line:
        """Return what one version of a rule comes to, with its explanation; read once."""
        text = self.texts.of(provision)
        found = self._read.get(text)
        if found is None:
            for each in (*text.below, text):  # those that are referred to are read before
                if each not in self._read:
                    self._read[each] = self._find(each)
            found = self._read[text]
        return found

    def _find(self, text: Text) -> Line:
        """Return what a rule comes to, those that it refers to being read."""
        asked = ("read", text, self.words.rests_on(text))
        memo = self.evaluator.memo
        if asked not in memo:
            memo[asked] = run(text.order, self)
        found: Line = memo[asked]
        return found

    def once(self, what: str, provisions: Sequence[Provision], find: Callable[[], T]) -> T:
        """Return what rules come to, found once for the figures and what else they rest on.

        That is their texts, every circumstance that they ask for, and the answers on groups of
        countries; what is the same on two days is found once.
        """
        texts = tuple(map(self.texts.of, provisions))
        asked = (what, texts)
        if asked not in self._once:
            memo = self.evaluator.memo
            same = (asked, tuple(map(self.words.rests_on, texts)))
            if same not in memo:
                memo[same] = find()
            self._once[asked] = memo[same]
        found: T = self._once[asked]
        return found

    def scope(self, provision: Provision) -> Verdict:
        """Return whether a rule is asked at all: of a board, say, or of a fabricator."""
        return self.words.scope(self.texts.of(provision))

    def applies(self, provision: Provision) -> bool:
        """Whether a rule may be asked at all."""
        return self.scope(provision) is not Verdict.not_met

    def said(self, name: str) -> str:
        """Return what holds for a circumstance; nothing where it is not known."""
        return self.words.says(name)

    def spoken(self, leaves: Leaves) -> tuple[Verdict, ...]:
        """Return the verdicts of what rests on no figure: circumstances, and the chip itself."""
        return self.words.spoken(leaves)

    def compare(self, node: Threshold) -> Line:
        memo = self.evaluator.memo
        found: Line | None = memo.get(id(node))  # rules share equal ones; a line keeps its node
        if found is None:
            found = memo[id(node)] = self._compare(node)
        return found

    def _compare(self, node: Threshold) -> Line:
        answer = self.evaluator.figure(node.of.name, node.of.when)
        return Line(node, against(node, answer), answer)

    def circumstance(self, node: CircumstanceIs) -> Line:
        verdict, said = self.words.heard(node)
        return Line(node, verdict, None, said)

    def among(self, node: CircumstanceIs, said: str) -> Verdict:
        """Return whether a circumstance is one of the values that a criterion names."""
        return self.words.among(node, said)

    def launched(self, node: Launched) -> Line:
        verdict, said = self.words.launched(node)
        return Line(node, verdict, None, said)

    def rule_met(self, node: RuleMet) -> Line:
        known = self.provisions
        parts = tuple([self.read(known[each]) for each in node.rules if each in known])
        return Line(node, some([each.verdict for each in parts]), None, "", parts)

    def named(self, node: Named) -> Line:
        verdict, said = self.words.named(node)
        return Line(node, verdict, None, said)

    def unpublished(self, node: Unpublished) -> Line:
        return Line(node, Verdict.unknown)

    def unmodelled(self, node: Unmodelled) -> Line:
        return Line(node, Verdict.unknown)

    def group(self, node: Combined, parts: Sequence[Line]) -> Line:
        verdicts = [each.verdict for each in parts]
        verdict = every(verdicts) if node.how == "all" else some(verdicts)
        return Line(node, verdict, None, "", tuple(parts))

    def without(self, node: Unless, of: Line, exceptions: Sequence[Line]) -> Line:
        taken = some([each.verdict for each in exceptions])
        verdict = every((of.verdict, negated(taken)))
        return Line(node, verdict, None, "", (of,), tuple(exceptions))
