"""Amounts as people write them on a command line: single ones, ranges and products."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chipcalc.errors import ChipcalcError, error
from chipcalc.values import units
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import Quantity, Unit
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary

_BETWEEN = re.compile(r"\.\.\.?|\s*[–—]\s*|\s+(?:to|-)\s+|(?<=[\w²³])-(?=\d)")
_TIMES = re.compile(r"\s*[*×·]\s*(?=\d)")


def split_conditions(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return an amount without the conditions behind it, and those: ``300TOPS,sparse``."""
    known = {each for condition in vocabulary.conditions.values() for each in condition.values}
    parts = [each.strip() for each in text.split(",")]
    count = len(parts)
    while count > 1 and parts[count - 1].casefold().rpartition("=")[2] in known:
        count -= 1
    return ",".join(parts[:count]), ",".join(parts[count:])


def written(metric: str, text: str, definition: MetricDefinition) -> Quantity:
    """Return the amount of a metric that a text writes: ``2368``, ``2300..2500``, ``20*8op*1GHz``.

    Where the lower end of a range has no unit, it has that of the upper one. Raises ChipcalcError
    for what is no amount, does not fit the metric, or is negative.
    """
    quantity = _range(metric, text, definition) or _single(metric, text, definition)
    if quantity.amount.low < 0:
        raise error(f"{metric}: a negative amount makes no sense here", "write zero or more")
    return quantity


def _range(metric: str, text: str, definition: MetricDefinition) -> Quantity | None:
    """Return a range; None where the text writes none."""
    for each in _BETWEEN.finditer(text):
        first, last = text[: each.start()].strip(), text[each.end() :].strip()
        if not _is_number(first) and not _leads_with_number(first):
            continue
        if not _leads_with_number(last):
            continue
        high = _single(metric, last, definition)
        low = (
            Quantity(exactly(units.number(first)), high.unit)
            if _is_number(first)
            else _single(metric, first, definition).to(high.unit)
        )
        least, most = low.amount.best, high.amount.best
        if least > most:
            raise error(f"{metric}: '{text}' ends below its beginning", "write the lower end first")
        return Quantity(Interval(least, (least + most) / 2, most), high.unit)
    return None


def _is_number(text: str) -> bool:
    try:
        units.number(text)
    except units.UnitError:
        return False
    return True


def _leads_with_number(text: str) -> bool:
    return bool(re.match(r"\d", text)) and (_is_number(text) or _reads(text, units.quantity))


def _reads(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except units.UnitError:
        return False
    return True


def _single(metric: str, text: str, definition: MetricDefinition) -> Quantity:
    """Return one amount, or the product of several; raises ChipcalcError."""
    try:
        quantity = _product(text) or _bare(text, definition) or units.quantity(text)
    except ChipcalcError as fault:
        raise error(f"{metric}: {fault.problems[0].what}", _example(text, definition)) from None
    if not _fits(quantity.unit, definition):
        right = definition.unit
        what = f"'{quantity.unit}' is {units.kind(quantity.unit)}"
        what += f", but {metric} is measured in {right.text}"
        raise error(what, f"write for example '100 {right.text}'")
    return quantity


def _fits(unit: Unit, definition: MetricDefinition) -> bool:
    return any(unit.dimension == e.dimension for e in (definition.unit, *definition.also))


def _example(text: str, definition: MetricDefinition) -> str:
    number = text.strip() if _is_number(text) and units.number(text) >= 0 else "100"
    return f"write for example '{number} {definition.unit.text}'"


def _product(text: str) -> Quantity | None:
    """Return the product of numbers and quantities; None where the text is no product."""
    parts = _TIMES.split(text)
    if len(parts) < 2:
        return None
    found = list(_factors(parts))
    product = found[0]
    for each in found[1:]:
        product = product * each
    return product


def _factors(parts: list[str]) -> Iterator[Quantity]:
    for each in parts:
        yield units.plain(units.number(each)) if _is_number(each) else units.quantity(each)


def _bare(text: str, definition: MetricDefinition) -> Quantity | None:
    """Return a number without a unit, for a metric that people write so."""
    if not definition.bare or not _is_number(text):
        return None
    return Quantity(exactly(units.number(text)), definition.unit)
