"""A value that can be supposed where one is not known, as an option of a command."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from chipcalc.check.result import Checked
from chipcalc.deciding.outcome import Choices, Span
from chipcalc.values.exact import decimal_text


def to_suppose(checked: Checked) -> tuple[str, ...]:
    """Return options that suppose one value for what is not known; nothing where all is known.

    The value is a round one within an outcome of its own, such as ``applicable_die_area=1000mm2``.
    """
    deciding = checked.decides
    if not deciding or not deciding.outcomes:
        return ()
    found = deciding.outcomes[len(deciding.outcomes) // 3].where
    words: list[str] = []
    for each in found:
        value = each.values[0] if isinstance(each, Choices) else _value(each, checked)
        name = each.name if isinstance(each, Choices) else _name(each, checked)
        words += ["--set", f"{name}={value}"]
    return tuple(words)


def _name(span: Span, checked: Checked) -> str:
    """Return a metric as an option writes it: ``throughput[int8]``."""
    name, when = span.metric[0], dict(span.metric[1])
    order = checked.case.evaluator.vocabulary.conditions
    values = [when[each] for each in order if each in when]
    return f"{name}[{','.join(values)}]" if values else name


def _value(span: Span, checked: Checked) -> str:
    """Return a round amount within a span, with its unit where people write one."""
    number = decimal_text(_within(span))
    bare = checked.case.evaluator.vocabulary.metric(span.metric[0]).bare
    return number if bare else number + span.unit.text.replace("^", "").replace("*", "")


def _within(span: Span) -> Fraction:
    """Return the roundest number of a span that is not one of its ends, where there is any."""
    low = span.low or Fraction(0)
    high = span.high if span.high is not None else 2 * low + 1
    middle = (low + high) / 2
    for digits in range(1, 9):
        parts = (Decimal(middle.numerator), Decimal(middle.denominator))
        rounded = Fraction(Context(prec=digits).divide(*parts))
        if low < rounded < high:
            return rounded
    return middle
