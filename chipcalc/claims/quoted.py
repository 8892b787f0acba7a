"""What a claim prints for its chips: each figure a claim by itself, and the ratio of both."""

from __future__ import annotations

from chipcalc.claims.answered import Answered, Quoted
from chipcalc.claims.asked import Asked, Term
from chipcalc.claims.tolerance import Wanted, of_digits
from chipcalc.errors import ChipcalcError
from chipcalc.figures.figure import Figure, operate
from chipcalc.values.exact import decimal_text
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Quantity


def quotes(asked: Asked) -> list[Asked]:
    """Return the figures that a claim prints for its chips, each as a claim by itself."""
    return [_quote(each, each.quoted) for each in asked.sides.values() if each.quoted]


def _quote(term: Term, value: Quantity) -> Asked:
    amount = value.amount.best
    wanted = Wanted(amount, of_digits(decimal_text(amount), amount))
    return Asked("", term._replace(quoted=None), None, wanted, value.unit)


def quoted(asked: Asked, figures: tuple[Answered, ...]) -> Quoted:
    """Return the answers to what is quoted, and whether the claim follows from what it quotes."""
    values = [each.quoted for each in asked.sides.values() if each.quoted]
    if asked.how != "ratio" or len(values) < 2:
        return Quoted(figures)
    try:
        ratio = operate("divide", [Figure(each, "the figure") for each in values])
        if not isinstance(ratio, Figure):
            return Quoted(figures)
        ratio = ratio._replace(value=ratio.value.to(asked.unit))
    except ChipcalcError:
        return Quoted(figures)
    verdict = asked.wanted.comes_out(ratio.value.amount)
    return Quoted(figures, ratio, Verdict.met if verdict is Verdict.met else Verdict.not_met)
