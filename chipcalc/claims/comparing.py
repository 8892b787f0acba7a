"""A comparison of a claim file as a claim that can be asked: its sides, and what it prints."""

from __future__ import annotations

from chipcalc.claims.answered import Answered
from chipcalc.claims.asked import Asked, How, Shown, Term
from chipcalc.claims.claim import Ratio
from chipcalc.claims.finding import Instance, Interpretation
from chipcalc.claims.misreadings import EMPTY, Turn, TurnKind
from chipcalc.claims.printed import PrintedRelation
from chipcalc.claims.reasons import Case, Reason
from chipcalc.claims.slips import Misread, is_slip
from chipcalc.claims.tolerance import Basis, Tolerance, Wanted
from chipcalc.claims.ways import Way
from chipcalc.figures.figure import Answer
from chipcalc.rules.criteria import SIGNS
from chipcalc.values.logic import Verdict
from chipcalc.values.units import ONE, Unit
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.expressions import Constant, Expression, Metric, Operation
from chipcalc.vocabulary.model import Vocabulary

_TOLD = 2  # rarer readings bring out nearly anything
_KINDS: dict[str, TurnKind] = {
    "reading": "reading",
    "factor": "slip",
    "metric": "metric",
    "variant": "variant",
    "marketed": "marketed",
    "stated": "stated",
    "declared": "declared",
    "system": "system",
    "line": "line",
    "engine": "unlike",
    "format": "unlike",
}


def asked(compare: Ratio, vocabulary: Vocabulary) -> Asked | None:
    """Return a comparison as a claim to ask; None where a side is more than figures of one chip.

    Raises ChipcalcError for what cannot be read.
    """
    of = _term(notation.parse(compare.of, vocabulary))
    to = _term(notation.parse(compare.to, vocabulary)) if compare.to else None
    if of is None or (compare.to and to is None) or not (of.is_chip or (to and to.is_chip)):
        return None
    unit = compare.is_.printed.unit
    plain = unit if unit.dimension else ONE
    if _dimension(of, vocabulary) != _times(to, plain, vocabulary) or _is_money(of, to, vocabulary):
        return None
    shown: Shown = "percent" if str(unit) == "%" else "unit" if unit.dimension else "times"
    how: How = "ratio" if to else "figure"
    other = compare.is_.other
    sense = wanted(other, plain) if other else None
    return Asked("", of, to, wanted(compare.is_, plain), plain, how, shown, sense)


def _term(node: Expression) -> Term | None:
    match node:
        case Metric():
            return Term(node.chip, metric=node.name, when=node.when)
        case Constant():
            return Term(value=node.value)
        case Operation(operator="multiply", operands=(Constant(value=count), Metric() as metric)):
            if not count.unit.dimension and count.amount.exact:
                number = count.to(ONE).amount.best
                return Term(metric.chip, number, metric.name, metric.when)
    return None


def _dimension(term: Term, vocabulary: Vocabulary) -> object:
    return _unit(term, vocabulary).dimension


def _unit(term: Term, vocabulary: Vocabulary) -> Unit:
    return term.value.unit if term.value else vocabulary.unit(term.metric, {})


def _times(to: Term | None, printed: Unit, vocabulary: Vocabulary) -> object:
    return ((_unit(to, vocabulary) * printed) if to else printed).dimension


def _is_money(of: Term, to: Term | None, vocabulary: Vocabulary) -> bool:
    """Whether a side may be in another currency than the sheet has it in."""
    named = [each.metric for each in (of, to) if each and each.metric]
    return any(vocabulary.metric(each).also for each in named)


def wanted(relation: PrintedRelation, unit: Unit) -> Wanted:
    """Return what counts as a printed figure, in a unit."""
    amount = relation.printed.to(unit).amount.best
    for word in SIGNS:
        if getattr(relation, word):
            return Wanted(amount, bound=word)
    low, high = (each.to(unit).amount.best for each in relation.bounds or ())
    return Wanted(amount, Tolerance(low, high, _basis(relation)))


def _basis(relation: PrintedRelation) -> Basis:
    if relation.digits:
        return "digits"
    return "exact" if relation.equals is not None else "given"


def instances(found: Answered) -> tuple[Instance, ...]:
    """Return the cases of an answer as those of a claim."""
    return tuple(
        _instance(each.of, each.to, each.figure, each.verdict)._replace(leads=each.leads)
        for each in found.cases
    )


def interpretations(found: Answered, vocabulary: Vocabulary) -> tuple[Interpretation, ...]:
    """Return the readings of an answer as those of a claim, the most usual first."""
    reasons = {each.slips: each for each in (*found.by, *found.reasons)}
    told = list(reasons.values())[:_TOLD]
    return tuple(_interpretation(each, found, vocabulary) for each in told)


def _interpretation(reason: Reason, found: Answered, vocabulary: Vocabulary) -> Interpretation:
    real = [each for each in reason.slips if is_slip(each)] or list(reason.slips)
    turns = [_turn(each, found, vocabulary) for each in real]
    alike = [_turn(each[0], found, vocabulary) for each in reason.alike if len(each) == 1]
    first = [turns[0], *(each for each in alike if each.kind == turns[0].kind == "slip")]
    cases = tuple(_of_case(each) for each in reason.cases)
    return Interpretation(tuple(first), cases, tuple(turns[1:]))


def _of_case(case: Case) -> Instance:
    return _instance(case.of, case.to, case.figure, Verdict.met if case.sure else Verdict.unknown)


def _instance(of: Way, to: Way | None, figure: Answer, verdict: Verdict) -> Instance:
    ways = [each for each in (of, to) if each]
    sheets = tuple(each.whole or each.sheet for each in ways if each.sheet)
    row = of.row or (to.row if to else EMPTY)
    against = to.row if to and of.row and to.row and to.row != of.row else EMPTY
    sides = tuple(each.answer for each in ways)
    return Instance(sheets, row, figure, verdict, sides, against=against)


def _turn(slip: Misread, found: Answered, vocabulary: Vocabulary) -> Turn:
    sides = tuple(found.asked.sides) if slip.side == "both" else (slip.side,)
    names = tuple(found.asked.sides[each].name for each in sides if each in found.asked.sides)
    kind = _KINDS.get(slip.kind, "other")
    if kind == "unlike" and not (found.asked.to and found.asked.to.is_chip):
        kind = "other"
    what = slip.what or slip.kind
    if kind == "other" and what not in vocabulary.conditions:
        what = vocabulary.leading[0]
    if slip.kind in ("reading", "mode"):
        known = (each.values.get(what) for each in vocabulary.conditions.values())
        what = next((each.label for each in known if each), what)
    return Turn(kind, what, sides, names=tuple(filter(None, names)))
