"""A claim in one line read against a store: its chips, its metric, and what it prints."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.claims.asked import Asked, Term
from chipcalc.claims.grammar import Said, Text, equal, fault, said
from chipcalc.claims.parts import Parts, Side
from chipcalc.claims.tolerance import Wanted, about, of_digits
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.values.units import ONE, Quantity, Unit
from chipcalc.vocabulary.model import Vocabulary

_EXAMPLE = "write for example: h20 fp16 = 148 TFLOPS"


class Read(NamedTuple):
    """A claim, and the metrics that it may be about where it names none, the likeliest first."""

    asked: Asked
    metrics: tuple[str, ...]


def read(text: str, store: Store) -> Read:
    """Return a claim as it is meant; raises ChipcalcError that shows what cannot be read."""
    found = said(text)
    parts = Parts(store)
    left, right = _sides(found, parts)
    if not left.term.is_chip and right and right.term.is_chip and not found.wanted:
        left, right = right, left
    asked = _asked(found, left, right, parts)
    return _with_metric(asked, found, store.vocabulary)


def _sides(found: Said, parts: Parts) -> tuple[Side, Side]:
    """Return both sides, what is wrong with either told at once."""
    sides: list[Side] = []
    problems: list[Problem] = []
    for part in (found.left, found.right):
        try:
            sides.append(parts.side(part, found.text))
        except ChipcalcError as error:
            problems += error.problems
    if problems:
        raise ChipcalcError(*problems)
    return sides[0], sides[1]


def _asked(found: Said, left: Side, right: Side, parts: Parts) -> Asked:
    """Return what is claimed; the metric may be open yet."""
    measured = left.measured or right.measured
    of, to = left.term, right.term
    if found.how == "difference" and found.amount:
        amount = parts.quantity(found.amount, found.text)
        sides = (to, of) if found.less else (of, to)
        wanted = _quantity_wanted(found, amount, found.amount)
        return Asked(
            found.text, *sides, wanted, amount.unit, "difference", "unit", measured=measured
        )
    if found.wanted:
        return Asked(
            found.text,
            of,
            to,
            found.wanted,
            ONE,
            "ratio",
            found.shown,
            found.sense,
            measured=measured,
        )
    if to.is_chip or to.limit:
        return _equal(found, of, right, measured)
    if to.value is None:
        raise fault(found.text, found.right.at, len(found.text), "nothing is printed", _EXAMPLE)
    if not to.value.unit.dimension and of.is_chip:
        what, end = f"'{found.right.text}' of what?", len(found.text)
        hint = "write a unit or a chip behind it: 5 x h20, 5 TB/s"
        raise fault(found.text, found.right.at, end, what, hint)
    wanted = _quantity_wanted(found, to.value, found.right)
    return Asked(found.text, of, None, wanted, to.value.unit, "figure", "unit", measured=measured)


def _equal(found: Said, of: Term, right: Side, measured: str) -> Asked:
    """Return the claim that one side is the other, or so many of them."""
    to = right.term
    if right.written and of.number == 1:
        value = to.number
        digits = of_digits(str(value) if value.denominator == 1 else right.written, value)
        wanted = Wanted(value, about(digits, value) if found.hedged else digits, found.bound)
        one = to._replace(number=Fraction(1))
        return Asked(found.text, of, one, wanted, ONE, "ratio", "times", measured=measured)
    return Asked(found.text, of, to, equal(found), ONE, "ratio", "times", measured=measured)


def _quantity_wanted(found: Said, value: Quantity, part: Text) -> Wanted:
    """Return what counts as a printed quantity: by its digits, where it is one number."""
    amount = value.amount.best
    number = part.text.split(" ")[0].rstrip("%")
    digits = "".join(each for each in number if each in "0123456789.,eE")
    plain = digits and Fraction(digits.replace(",", "")) == amount
    tolerance = of_digits(digits if plain else str(float(amount)).removesuffix(".0"), amount)
    return Wanted(amount, about(tolerance, amount) if found.hedged else tolerance, found.bound)


def _with_metric(asked: Asked, found: Said, vocabulary: Vocabulary) -> Read:
    """Return the claim with the metric of its sides: named, or by the unit that it prints."""
    named = asked.of.metric or (asked.to.metric if asked.to else "")
    if named:
        _check_quotes(named, asked, found, vocabulary)
        _check_unit(named, asked, found, vocabulary)
        return Read(with_metric(asked, named), (named,))
    metrics = limited(vocabulary) if asked.to and asked.to.limit else _by_unit(asked, vocabulary)
    if not metrics:
        kinds = asked.to.value.unit if asked.to and asked.to.value else asked.unit
        start, end = found.right.at, len(found.text)
        what = f"no figure of a chip is in {kinds}"
        raise fault(
            found.text, start, end, what, "'chipcalc metrics' lists the figures and their units"
        )
    return Read(with_metric(asked._replace(named=False), metrics[0]), metrics)


def with_metric(asked: Asked, metric: str) -> Asked:
    """Return a claim about a metric, on the sides that name none."""
    chips = any(each.is_chip for each in asked.sides.values())

    def given(term: Term) -> Term:
        return term if term.metric or not chips else term._replace(metric=metric)

    return asked._replace(of=given(asked.of), to=given(asked.to) if asked.to else None)


def _by_unit(asked: Asked, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the metrics of the unit that is printed; of a ratio of chips, the rate they make."""
    value = asked.to.value.unit if asked.to and asked.to.value else asked.unit
    value = next((each.quoted.unit for each in asked.sides.values() if each.quoted), value)
    if not value.dimension:
        leading = set(vocabulary.leading)
        rate = next(name for name, each in vocabulary.metrics.items() if leading & set(each.by))
        return (rate,)
    fitting = [
        name
        for name, each in vocabulary.metrics.items()
        if _fits(name, value, vocabulary)
        and not each.given
        and name not in vocabulary.declared.values()
    ]
    order = ("always", "where known", "when asked")
    return tuple(sorted(fitting, key=lambda each: order.index(vocabulary.metric(each).compare)))


def _fits(metric: str, printed: Unit, vocabulary: Vocabulary) -> bool:
    known = vocabulary.metric(metric)
    return printed.dimension in [each.dimension for each in (known.unit, *known.also)]


def _check_unit(metric: str, asked: Asked, found: Said, vocabulary: Vocabulary) -> None:
    """Raise ChipcalcError where the printed unit is not one of the metric."""
    value = asked.to.value.unit if asked.to and asked.to.value else asked.unit
    if not value.dimension or _fits(metric, value, vocabulary):
        return
    known = vocabulary.metric(metric)
    what = f"{known.label} is in {known.unit}, but '{value}' is printed"
    named = _by_unit(asked, vocabulary)
    hint = (
        f"name the metric of that unit: {' or '.join(named[:2])}"
        if named
        else f"write {known.unit}"
    )
    raise fault(found.text, found.right.at, len(found.text), what, hint)


def _check_quotes(metric: str, asked: Asked, found: Said, vocabulary: Vocabulary) -> None:
    """Raise ChipcalcError where a figure that is printed for a chip is not one of the metric."""
    known = vocabulary.metric(metric)
    for part, term in zip((found.left, found.right), (asked.of, asked.to), strict=True):
        if term and term.quoted and not _fits(metric, term.quoted.unit, vocabulary):
            what = f"{known.label} is in {known.unit}, but '{term.quoted.unit}' is printed"
            end = part.at + len(part.text)
            raise fault(found.text, part.at, end, what, f"write {known.unit} in the brackets")


def limited(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the metric that a limit without a name is one of: what vendors declare."""
    order = sorted(vocabulary.metrics, key=lambda each: vocabulary.metric(each).declared is None)
    return tuple(each for each in order if vocabulary.metric(each).bare)[:1]


def names(asked: Asked) -> Sequence[str]:
    """Return the names of chips in a claim, each once."""
    return list(dict.fromkeys(each.name for each in asked.sides.values() if each.name))
