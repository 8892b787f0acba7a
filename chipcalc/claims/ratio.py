"""A figure, or the ratio of two, against a printed one; and what makes the printed one come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chipcalc.claims import comparing
from chipcalc.claims.answered import Answered
from chipcalc.claims.asking import Asking
from chipcalc.claims.cases import Cases
from chipcalc.claims.claim import RatioClaim
from chipcalc.claims.context import Context
from chipcalc.claims.finding import ClaimFinding, Instance, Interpretation, settled_by_figures
from chipcalc.claims.misreadings import Turn, TurnKind, turns
from chipcalc.claims.rows import named
from chipcalc.comparison.comparison import agrees
from chipcalc.errors import error
from chipcalc.figures.figure import Figure
from chipcalc.figures.statements import Conditions
from chipcalc.values.logic import Verdict, every
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import Vocabulary


def check(claim: RatioClaim, context: Context) -> ClaimFinding:
    """Return the answer to a comparison; raises ChipcalcError for names that do not exist.

    One of figures of single chips is answered like a claim in one line.
    """
    asked = claim.compare
    simple = comparing.asked(asked, context.vocabulary)
    if simple:
        return _answered(claim, Asking(context, context.day).asked(simple), context.vocabulary)
    cases = Cases(asked, context)
    plain = tuple(cases.under())
    if not plain:
        raise error("a chip is compared with itself", "name another chip in to:")
    settlement = settled_by_figures(plain)
    if settlement == "holds" and asked.suggests:
        suggested = [asked.suggests.of(each.figure) for each in plain]
        if every(suggested) is Verdict.not_met:
            settlement = "literally true"
    found: tuple[Interpretation, ...] = ()
    if settlement in ("fails", "depends"):
        found = tuple(_merged(_interpretations(cases, plain)))
    needs = next((each.needs for each in plain if each.needs), None)
    return ClaimFinding(claim, settlement, plain, found, needs=needs)


def _answered(claim: RatioClaim, found: Answered, vocabulary: Vocabulary) -> ClaimFinding:
    """Return the answer to a claim of figures of single chips."""
    if not found.cases:
        raise error("a chip is compared with itself", "name another chip in to:")
    settlement = found.settlement
    suggests = claim.compare.suggests
    if settlement == "holds" and suggests:
        verdicts = [suggests.of(each.figure) for each in found.leading]
        settlement = "literally true" if every(verdicts) is Verdict.not_met else settlement
    readings = (
        comparing.interpretations(found, vocabulary) if settlement != "literally true" else ()
    )
    return ClaimFinding(claim, settlement, comparing.instances(found), readings)


def _interpretations(cases: Cases, plain: Sequence[Instance]) -> Iterator[Interpretation]:
    """Yield the usual misreadings under which the printed figure comes out.

    What holds as printed needs no other interpretation, and is left out.
    """
    known = {each.key for each in plain if each.holds}
    chips = {ids for ids, _, _ in known}
    for turn in turns(cases.sides, cases.context.vocabulary):
        found = list(cases.holding(turn))
        if turn.kind == "metric":
            found = [each for each in found if each.key[0] not in chips]
        new = tuple(each for each in found if each.key not in known)
        yield Interpretation((cases.named(turn),), new)
    yield from _other_rows(cases, plain)
    for index, name in enumerate(cases.names):
        turn = Turn("variant", name, chip=name)
        found = list(cases.holding(turn))
        done = {_without(each, index) for each in plain if each.holds}
        yield Interpretation((turn,), tuple(e for e in found if _without(e, index) not in done))


def _other_rows(cases: Cases, plain: Sequence[Instance]) -> Iterator[Interpretation]:
    """Yield what comes out when the rows are unlike, or others than those that are named.

    Rows that differ in the engine alone come before those that differ in the format. A row
    for which the claim holds as printed is set against another engine only.
    """
    vocabulary = cases.context.vocabulary
    printed = {each.key for each in plain}
    settled = {each.key[:2] for each in plain if each.holds}
    names = [named(node, vocabulary) for node in cases.sides.values()]
    first, *minor = _row_conditions(vocabulary)
    kinds: tuple[TurnKind, ...] = ("unlike", "other")
    found: dict[tuple[TurnKind, str], list[Instance]] = {
        (kind, name): [] for kind in kinds for name in (*minor, first)
    }
    for case in cases.holding_in_any_rows():
        differing = [n for n, v in case.row.items() if case.against.get(n, v) != v]
        name = first if first in differing or not differing else differing[0]
        done = name == first and case.key[:2] in settled
        kept = not differing or _keeps(case, names)
        if case.key not in printed and not done and kept:
            found["unlike" if differing else "other", name].append(case)
    for (kind, name), each in found.items():
        yield Interpretation((Turn(kind, name),), tuple(each))


def _keeps(case: Instance, names: Sequence[Conditions]) -> bool:
    """Whether one side at least is at the row that it names, if it names any."""
    return agrees(case.row, names[0]) or agrees(case.against, names[-1])


def _without(instance: Instance, index: int) -> tuple[object, ...]:
    """Return what a case is about, but for one of its chips."""
    ids, *rows = instance.key
    return (ids[:index], ids[index + 1 :], *rows)


def _row_conditions(vocabulary: Vocabulary) -> list[str]:
    return [name for name, each in vocabulary.conditions.items() if each.role == "row"]


def _merged(all_: Iterable[Interpretation]) -> Iterator[Interpretation]:
    """Yield those that have cases; those of one kind that come to the same are put together.

    Halving one side of a ratio and doubling the other is one slip or the other.
    """
    found: dict[tuple[object, ...], Interpretation] = {}
    for each in all_:
        same = tuple((case.key, _value(case)) for case in each.instances)
        name = (each.turns[0].kind, same)
        if each.instances:
            turns_before = found[name].turns if name in found else ()
            found[name] = Interpretation((*turns_before, *each.turns), each.instances)
    yield from found.values()


def _value(instance: Instance) -> Quantity | None:
    return instance.figure.value if isinstance(instance.figure, Figure) else None
