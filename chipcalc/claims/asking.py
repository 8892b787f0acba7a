"""Claims in one line answered: like for like first, then as stated, then as they are misread."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from chipcalc.claims.answered import Answered, Beside, Compared, LeftOut
from chipcalc.claims.asked import Asked, Side, Term
from chipcalc.claims.claim import Settlement
from chipcalc.claims.context import Context
from chipcalc.claims.question import names, read, with_metric
from chipcalc.claims.reasons import Reason, combined, reasons
from chipcalc.claims.slips import Weighing, is_slip
from chipcalc.claims.ways import Way, Ways, is_lead
from chipcalc.figures.figure import Answer, Figure, Missing, converted, operate
from chipcalc.sheets.release import release
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict, every, some
from chipcalc.vocabulary.conditions import OWN


class Asking:
    """Answers claims on a day from one store."""

    def __init__(self, context: Context, day: datetime.date) -> None:
        self.context = context
        self.day = day
        self.ways = Ways(context, day)

    def answer(self, text: str) -> Answered:
        """Return a claim with its answer; raises ChipcalcError that shows what cannot be read."""
        found = read(text, self.context.store)
        answers = []
        for metric in found.metrics:
            answers.append(self.asked(_about(found.asked, metric)))
            if answers[-1].settlement in ("holds", "as marketed"):
                break
        first = answers[0]
        return answers[-1] if answers[-1].settlement in ("holds", "as marketed") else first

    def asked(self, asked: Asked) -> Answered:
        """Return the answer to a claim whose metric is known."""
        members, left_out, chosen = self._members(asked)
        choices = list(self._choices(asked, members))
        cases = tuple(case for of, to in choices for case in self._cases(asked, of, to))
        cases = tuple(sorted(cases, key=lambda e: not all(s.id in chosen for s in e.sheets)))
        settlement = _settled(asked, cases)
        answer = Answered(asked, settlement, cases, left_out=left_out, chosen=chosen)
        if settlement != "holds":
            answer = self._explained(answer, choices)
        return answer._replace(beside=tuple(self._beside(answer)))

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
        return release(sheet, self.day).out is not Verdict.met

    def _choices(
        self, asked: Asked, members: dict[str, list[Sheet]]
    ) -> Iterator[tuple[Sheet | None, Sheet | None]]:
        """Yield each choice of a chip for both sides; a chip is not compared with itself."""
        of = members.get(asked.of.name, [None])
        to = members.get(asked.to.name, [None]) if asked.to else [None]
        same = asked.to is not None and asked.to.name == asked.of.name
        for one, other in product(of, to):
            if same and one is not other:
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
        rows = {tuple(a.row.items()) for a, b in pairs if a.known and (not b or b.known)}
        leads = [is_lead(a.row or (b.row if b else {}), self.context.vocabulary) for a, b in pairs]
        some_lead = any(
            lead and a.known and (b is None or b.known)
            for (a, b), lead in zip(pairs, leads, strict=True)
        )
        for (a, b), lead in zip(pairs, leads, strict=True):
            figure = _figure(asked, a, b)
            if isinstance(figure, Missing) and rows and not _is_open(figure):
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
        return _judged(answer, found)

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


def _about(asked: Asked, metric: str) -> Asked:
    """Return a claim about another metric than the one that it was taken for."""
    if asked.named:
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


def _is_open(answer: Missing) -> bool:
    """Whether there may be a figure all the same, which the sheets bound."""
    return bool(answer.low or answer.high)


def _settled(asked: Asked, cases: Sequence[Compared]) -> Settlement:
    """Return how a claim is settled like for like, by its leading cases.

    A figure by itself may be that of any format, unless it is to stay below something.
    """
    leading = [each for each in cases if each.leads]
    verdicts = [e.verdict for e in leading]
    if asked.to and asked.to.limit:
        verdicts = [some(verdicts)]
    if (
        asked.to is None
        and not _names_row(asked)
        and asked.wanted.bound not in ("at_most", "less_than")
    ):
        by_chip: dict[str, list[Verdict]] = {}
        for each in cases:
            by_chip.setdefault(each.sheets[0].id if each.sheets else "", []).append(each.verdict)
        verdicts = [some(each) for each in by_chip.values()]
    if verdicts and every(verdicts) is Verdict.met:
        return "holds"
    if Verdict.met in verdicts:
        return "depends"
    if Verdict.unknown in verdicts or not verdicts:
        return "not settled"
    return "fails"


def _names_row(asked: Asked) -> bool:
    return any(asked.of.when)


def _judged(answer: Answered, found: Sequence[Reason]) -> Answered:
    """Return an answer with its reasons; what a sheet states, or markets, changes the verdict."""
    stated = [
        each for each in found if each.sure and not any(map(is_slip, each.slips)) and each.slips
    ]
    if stated and answer.settlement != "depends" and _may_be(answer, stated[0]):
        return answer._replace(settlement="holds", by=(stated[0],))
    best = next((each for each in found if any(map(is_slip, each.slips))), None)
    if best and best.sure and answer.settlement != "depends" and _is_marketed(answer.asked, best):
        return answer._replace(settlement="as marketed", by=(best,), reasons=tuple(found))
    told = tuple(each for each in found if any(map(is_slip, each.slips)))
    return answer._replace(reasons=told)


def _may_be(answer: Answered, stated: Reason) -> bool:
    """Whether what is stated settles a claim: declared, or one statement of a range."""
    if any(each.kind in ("declared", "system") for each in stated.slips):
        return True
    return answer.settlement == "not settled"


def _is_marketed(asked: Asked, reason: Reason) -> bool:
    """Whether a printed figure is one that vendors publish, or the ratio of two such."""
    if reason.marketed:
        return True
    kinds = {each.kind for each in reason.slips if is_slip(each)}
    return asked.to is None and kinds == {"reading"} and not reason.cases[0].of.part
