"""Claims in one line answered: like for like first, then as stated, then as they are misread."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from chipcalc.claims.answered import Allowed, Answered, Beside, Compared, LeftOut
from chipcalc.claims.asked import Asked, Side, Term
from chipcalc.claims.context import Context
from chipcalc.claims.question import names, read, with_metric
from chipcalc.claims.quoted import quoted, quotes
from chipcalc.claims.reasons import Reason, combined, reasons
from chipcalc.claims.settling import is_open, judged, settled
from chipcalc.claims.slips import Weighing
from chipcalc.claims.ways import Way, Ways, is_lead
from chipcalc.figures.figure import Answer, Figure, Missing, converted, operate
from chipcalc.sheets.release import SHIPPING, release
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict, every
from chipcalc.vocabulary.conditions import OWN
from chipcalc.vocabulary.expressions import Operation, metrics_of, walk
from chipcalc.vocabulary.model import Vocabulary


class Asking:
    """Answers claims on a day from one store."""

    def __init__(self, context: Context, day: datetime.date | None) -> None:
        self.context = context
        self.day = day
        self.ways = Ways(context, day or datetime.date.max)

    def answer(self, text: str) -> Answered:
        """Return a claim with its answer; raises ChipcalcError that shows what cannot be read."""
        found = read(text, self.context.store)
        if found.asked.measured:
            return self._measured(found.asked)
        answers = []
        for metric in found.metrics:
            answers.append(self._quoting(self.asked(_about(found.asked, metric))))
            if answers[-1].settlement in ("holds", "as marketed"):
                break
        first = answers[0]
        return answers[-1] if answers[-1].settlement in ("holds", "as marketed") else first

    def _quoting(self, answer: Answered) -> Answered:
        """Return an answer with those to the figures that the claim prints for its chips."""
        figures = tuple(self.asked(each) for each in quotes(_shared(self, answer.asked)))
        return answer._replace(quoted=quoted(answer.asked, figures)) if figures else answer

    def asked(self, asked: Asked) -> Answered:
        """Return the answer to a claim whose metric is known."""
        members, left_out, chosen = self._members(asked)
        choices = list(self._choices(asked, members))
        cases = tuple(case for of, to in choices for case in self._cases(asked, of, to))
        cases = tuple(sorted(cases, key=lambda e: not all(s.id in chosen for s in e.sheets)))
        settlement = settled(asked, cases)
        answer = Answered(asked, settlement, cases, left_out=left_out, chosen=chosen)
        if settlement != "holds":
            answer = self._explained(answer, choices)
        return answer._replace(beside=tuple(self._beside(answer)))

    def _measured(self, asked: Asked) -> Answered:
        """Return what bounds a claim about what is measured, which no sheet states."""
        answer = self.asked(asked)._replace(settlement="outside the spec sheets", by=(), reasons=())
        if asked.how != "ratio" or not answer.meant or len(answer.meant[0].sheets) != 2:
            return answer
        of, to = answer.meant[0].sheets
        alike = [each.known for each in answer.meant if each.known]
        vocabulary = self.context.vocabulary
        for name in memory_metrics(asked.of.metric, vocabulary):
            alike += [e.known for e in self._cases(_about(asked, name), of, to) if e.known]
        rates = [
            [
                w.known
                for w in self.ways.every(term, sheet)
                if w.known and w.metric == term.metric and not w.declared
            ]
            for term, sheet in ((asked.of, of), (asked.to or asked.of, to))
        ]
        best = [max(each, key=lambda e: e.value.base.high) for each in rates if each]
        fastest = operate("divide", best) if len(best) == 2 else None
        largest = max(alike, key=lambda e: e.value.base.high, default=None)
        return answer._replace(
            allowed=Allowed(largest, fastest if isinstance(fastest, Figure) else None)
        )

    def _members(self, asked: Asked) -> tuple[dict[str, list[Sheet]], LeftOut, tuple[str, ...]]:
        """Return the chips of each name that count, those that do not, and those that are meant."""
        members: dict[str, list[Sheet]] = {}
        chosen: list[str] = []
        for name in names(asked):
            members[name] = list(self.context.named(name))
            chosen += self.context.store.match(name).chosen
        later = [s for all_ in members.values() if len(all_) > 1 for s in all_ if self._is_later(s)]
        for name, sheets in members.items():
            out = [each for each in sheets if each not in later]
            members[name] = out or sheets
        elsewhere = _of_another_market(members)
        for name, sheets in members.items():
            members[name] = [each for each in sheets if each not in elsewhere]
        gone = {each.id for each in (*later, *elsewhere)}
        left = LeftOut(tuple(later), tuple(elsewhere))
        return members, left, tuple(each for each in chosen if each not in gone)

    def _is_later(self, sheet: Sheet) -> bool:
        """Whether a chip was surely not out on the day, or was no more than announced by then.

        One whose day of launch is not known so exactly counts.
        """
        if self.day is None:
            return False
        found = release(sheet, self.day)
        announced = bool(found.word) and found.word != SHIPPING
        return found.out is Verdict.not_met or (announced and found.out is Verdict.unknown)

    def _choices(
        self, asked: Asked, members: dict[str, list[Sheet]]
    ) -> Iterator[tuple[Sheet | None, Sheet | None]]:
        """Yield each choice of a chip for both sides; a chip is not compared with itself."""
        of = members.get(asked.of.name, [None])
        to = members.get(asked.to.name, [None]) if asked.to else [None]
        same = asked.to is not None and asked.to.name == asked.of.name
        for one, other in product(of, to):
            if asked.to and asked.to.is_chip and asked.of.is_chip and same is not (one is other):
                continue
            yield one, other

    def _cases(self, asked: Asked, of: Sheet | None, to: Sheet | None) -> Iterator[Compared]:
        """Yield the cases of two chips as the claim is written, row by row."""
        left, right = asked.of, asked.to
        if right and right.is_chip:
            left, right = self._sharing(left, right)
        one = self.ways.plain(left, of)
        other: Sequence[Way | None] = self.ways.plain(right, to) if right else (None,)
        pairs = [(a, b) for a in one for b in other if _alike(a, b, asked)]
        leads = [is_lead(a.row or (b.row if b else {}), self.context.vocabulary) for a, b in pairs]
        figures = [_figure(asked, a, b) for a, b in pairs]
        known = [isinstance(each, Figure) for each in figures]
        some_lead = any(lead and is_known for lead, is_known in zip(leads, known, strict=True))
        for (a, b), lead, figure in zip(pairs, leads, figures, strict=True):
            if any(known) and isinstance(figure, Missing) and not is_open(figure):
                continue
            verdict = Verdict.unknown
            if isinstance(figure, Figure):
                verdict = asked.wanted.verdict(figure.value.amount)
            yield Compared(a, b, figure, verdict, lead or not some_lead)

    def _sharing(self, left: Term, right: Term) -> tuple[Term, Term]:
        """Return both sides with the conditions that only one of them names."""
        known = self.context.vocabulary.conditions
        shared = {n: v for n, v in {**right.when, **left.when}.items() if known[n].role not in OWN}
        return (
            left._replace(when={**shared, **left.when}),
            right._replace(when={**shared, **right.when}),
        )

    def _explained(
        self, answer: Answered, choices: Sequence[tuple[Sheet | None, Sheet | None]]
    ) -> Answered:
        """Return an answer with the readings that bring out what is printed."""
        found = self._found(answer, choices)
        if answer.settlement == "fails" and not any(each.sure for each in found):
            found = self._found(answer, choices, siblings=True) or found
        return judged(answer, found)

    def _found(
        self,
        answer: Answered,
        choices: Sequence[tuple[Sheet | None, Sheet | None]],
        *,
        siblings: bool = False,
    ) -> list[Reason]:
        """Return the readings for some chips, or also for the others of their families."""
        asked = answer.asked
        others = {
            side: self._siblings(term) if siblings else () for side, term in asked.sides.items()
        }
        named = {each.id for each in answer.sheets}
        ids = {each.id for found in others.values() for each in found} - named
        weighing = Weighing(_shared(self, asked), self.context.vocabulary, ids)
        pairs = []
        for of, to in self._with(choices, others):
            if _holds_for(answer, of, to):
                continue
            one = self._every(asked.of, of)
            other = self._every(asked.to, to) if asked.to else None
            weighing.publishes(one)
            weighing.publishes(other or ())
            pairs.append((one, other))
        return reasons(asked, pairs, weighing)

    def _siblings(self, term: Term) -> tuple[Sheet, ...]:
        if not term.is_chip or len(self.context.store.match(term.name).candidates) > 1:
            return ()
        return tuple(e for e in self.context.siblings(term.name) if not self._is_later(e))

    def _with(
        self,
        choices: Sequence[tuple[Sheet | None, Sheet | None]],
        others: Mapping[Side, Sequence[Sheet]],
    ) -> Iterator[tuple[Sheet | None, Sheet | None]]:
        """Yield choices of chips, and those with a sibling in the place of either."""
        yield from choices
        firsts = {each.id if each else "": each for each, _ in choices}
        seconds = {each.id if each else "": each for _, each in choices}
        for of in others.get("of", ()):
            yield from ((of, to) for to in seconds.values() if to is not of)
        for to in others.get("to", ()):
            yield from ((of, to) for of in firsts.values() if to is not of)

    def _every(self, term: Term, sheet: Sheet | None) -> list[Way]:
        ways = list(self.ways.every(term, sheet))
        alone = sheet is None and not term.limit and term.metric == ""
        slipped = self.ways.slipped(self.ways.plain(term, sheet)) if sheet or alone else ()
        return [*ways, *slipped]

    def _beside(self, answer: Answered) -> Iterator[Beside]:
        """Yield the other metrics by which what is printed comes out, where none is named."""
        asked, vocabulary = answer.asked, self.context.vocabulary
        if asked.named or asked.how != "ratio" or answer.settlement == "holds":
            return
        meant = [e.sheets for e in answer.meant if len(e.sheets) == 2][:1]
        for of, to in meant:
            for name, each in vocabulary.metrics.items():
                if each.across is None or name == asked.of.metric:
                    continue
                other = _about(asked, name)
                cases = [e for e in self._cases(other, of, to) if e.known and e.leads]
                if cases and cases[0].known and cases[0].verdict is Verdict.met:
                    figure = cases[0].known
                    if other.wanted.comes_out(figure.value.amount) is Verdict.met:
                        yield Beside(name, figure)


def _holds_for(answer: Answered, of: Sheet | None, to: Sheet | None) -> bool:
    """Whether a claim holds as it is written for these chips: then nothing is to be explained."""
    chips = tuple(each for each in (of, to) if each)
    verdicts = [each.verdict for each in answer.leading if each.sheets == chips]
    return bool(verdicts) and every(verdicts) is Verdict.met


def memory_metrics(rate: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what feeds a rate: the metrics that stand beside it in a bound of attainable work."""
    for each in vocabulary.metrics.values():
        for node in walk(each.formula) if each.formula is not None else ():
            if isinstance(node, Operation) and node.operator == "smallest":
                names = [metric.name for metric in metrics_of(node)]
                given = {name for name in names if vocabulary.metric(name).given}
                if rate in names:
                    yield from (name for name in names if name != rate and name not in given)


def _about(asked: Asked, metric: str) -> Asked:
    """Return a claim about another metric than the one that it was taken for."""
    if asked.named and not asked.measured:
        return asked
    bare = asked._replace(
        of=asked.of._replace(metric=""), to=asked.to._replace(metric="") if asked.to else None
    )
    return with_metric(bare, metric)


def _shared(asking: Asking, asked: Asked) -> Asked:
    """Return a claim whose sides share the conditions that only one names."""
    if not asked.to or not asked.to.is_chip or not asked.of.is_chip:
        return asked
    of, to = asking._sharing(asked.of, asked.to)  # noqa: SLF001
    return asked._replace(of=of, to=to)


def _of_another_market(members: dict[str, list[Sheet]]) -> list[Sheet]:
    """Return the chips of a family that are for another market than the chip beside them."""
    markets = {
        sheets[0].market.value
        for sheets in members.values()
        if len(sheets) == 1 and sheets[0].market
    }
    if len(markets) != 1:
        return []
    (market,) = markets
    found = []
    for sheets in members.values():
        other = [e for e in sheets if len(sheets) > 1 and e.market and e.market.value != market]
        found += other if len(other) < len(sheets) else []
    return found


def _alike(of: Way, to: Way | None, asked: Asked) -> bool:
    """Whether two ways belong together as written: of one row, or of the rows that both name."""
    if to is None or not of.row or not to.row:
        return True
    named = asked.to.when if asked.to else {}
    for name, value in of.row.items():
        both = asked.of.when.get(name) and named.get(name)
        if to.row.get(name, value) != value and not both:
            return False
    return True


def _figure(asked: Asked, of: Way, to: Way | None) -> Answer:
    """Return what two ways come to, or why nothing does."""
    found = combined(asked, of, to)
    if found is not None:
        return found
    if to is None:
        return of.answer if isinstance(of.answer, Missing) else converted(of.answer, asked.unit)
    return operate("divide", [of.answer, to.answer])
