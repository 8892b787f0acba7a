"""A figure in words: its amount, its arithmetic, and its places in the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from chipcalc.errors import join_words
from chipcalc.figures.figure import (
    SIGNS,
    Conversion,
    Converted,
    Counted,
    Figure,
    Operated,
    Spanned,
    Summed,
)
from chipcalc.sheets.sheet import Located
from chipcalc.values import numbers
from chipcalc.values.exact import decimal_text

_DIVIDED = "/"  # beside figures with units; between the names of figures it is ÷


def worked(figure: Figure) -> str:
    """Return how a figure comes about: ``INT8 tensor 296 TOPS × 8 bit``."""
    parts = figure.parts
    match figure.how:
        case Operated("largest"):
            shown = [f"{each.label} {worked(each)}" for each in deciding_terms(figure)]
            degree = "largest" if len(shown) > 2 else "larger"
            return f"the {degree} of {join_words(shown)}" if len(shown) > 1 else shown[0]
        case Operated(operator) if operator in SIGNS:
            sign = _DIVIDED if operator == "divide" else SIGNS[operator]
            return f" {sign} ".join(_part(each) for each in parts)
        case Summed():
            return " + ".join(
                f"{each.label} {worked(each)}" if each.derived else quantity(each) for each in parts
            )
        case Counted(count):
            return f"{count} × ({worked(parts[0])})"
        case Converted(steps):
            return f"{quantity(parts[0])} {_conversion(steps)}"
        case Spanned(stated=False):
            return "; or ".join(worked(each) for each in parts)
        case _:
            return quantity(figure)


def deciding_terms(figure: Figure) -> tuple[Figure, ...]:
    """Return those of the terms of a largest figure that make it up: most often one.

    Of a range, one term may give the best figure, another the lower end, and a third the upper.
    """
    unit, result = figure.value.unit, figure.value.amount
    amounts = [(each, each.value.to(unit).amount) for each in figure.parts]
    found = [figure.parts[0]]
    for end in ("low", "high"):
        wanted = getattr(result, end)
        giving = [each for each, amount in amounts if getattr(amount, end) == wanted]
        if not any(each in found for each in giving):
            found += giving[:1]
    return tuple(found)


def method(figure: Figure) -> str:
    """Return how a figure was made of its one part: ``× 2``, ``from 2:4 sparse × 0.5``."""
    match figure.how:
        case None:
            return ""
        case Operated(operator):
            return operator
        case Summed(over):
            return "sum" if over == "conditions" else f"sum over {over}"
        case Counted(count):
            return f"× {count}"
        case Converted(steps):
            return f"from {_conversion(steps)}"
        case Spanned(stated):
            return "range of both" if stated else "either way"


def over_circuits(figure: Figure) -> str:
    """Return that a figure is a sum over circuits, of which no rule asks."""
    number = sum(e.how.times if isinstance(e.how, Counted) else 1 for e in figure.parts)
    return f"sum over {number:,} circuit{'s' * (number > 1)}, no rule asks of it"


def _conversion(steps: Sequence[Conversion]) -> str:
    return join_words(f"{each.label} × {decimal_text(each.times)}" for each in steps)


def steps(figure: Figure) -> Iterator[str]:
    """Yield how a figure came about, line by line, down to the statements that it rests on."""
    how = f" = {worked(figure)}" if figure.derived else ""
    firm = ", ".join(filter(None, (figure.status, origins(figure))))
    yield f"{figure.label}: {quantity(figure)}{how} ({firm})"
    for part in figure.parts:
        if part.parts or part.located:
            yield from steps(part)


def _part(figure: Figure) -> str:
    return f"({worked(figure)})" if isinstance(figure.how, Converted) else quantity(figure)


def quantity(figure: Figure) -> str:
    """Return a figure with its unit, cut off but not rounded: ``2,368 TOPS·bit``."""
    return f"{amount(figure)} {figure.value.unit}".rstrip()


def equals(figure: Figure) -> list[str]:
    """Return the other formats, engines or units that give the same largest figure."""
    if not figure.is_largest:
        return []
    return [each.label for each in figure.parts[1:] if each.value.amount == figure.value.amount]


def origins(figure: Figure) -> str:
    """Return the places of the statements that a figure is made of: ``h20.yaml:31, :67``."""
    found: dict[str, list[str]] = {}
    for located in _made_of(figure):
        name, _, line = located.origin.rpartition(":")
        lines = found.setdefault(name, [])
        if line and line not in lines:
            lines.append(line)
    return ", ".join(
        f"{name}:{lines[0]}" + "".join(f", :{each}" for each in lines[1:])
        for name, lines in found.items()
        if name
    )


def _made_of(figure: Figure) -> Iterator[Located]:
    """Yield the statements behind a figure; of a largest one, those of the winner alone."""
    parts = figure.parts[:1] if figure.is_largest else figure.parts
    for part in parts:
        yield from _made_of(part)
    if figure.located:
        yield figure.located
    if not parts:
        yield from figure.others


def amount(figure: Figure) -> str:
    """Return the amount of a figure, cut off but not rounded: ``2.909…``."""
    ends = figure.value.amount
    low, high = (numbers.beside(each, Fraction(0)) for each in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"
