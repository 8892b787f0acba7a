"""What stands in one cell of a comparison: the figure, its marks and its footnote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison, is_elementary
from chipcalc.comparison.shown import scaled
from chipcalc.contract.compare import fitted
from chipcalc.errors import join_words
from chipcalc.figures.figure import CIRCUITS, Counted, Figure, Missing, is_known
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import GIVEN, Located
from chipcalc.tables.report import Cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import figures
from chipcalc.words.line import TextLine, lettered

SUPPOSED = "supposed"


class Footnotes:
    """Footnotes in the order of their first mention, each text once."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def number(self, note: str) -> int:
        """Return the number of a footnote, counted from one; none for an empty note."""
        return self.texts.setdefault(note, len(self.texts) + 1) if note else 0

    def lines(self) -> Iterator[TextLine]:
        """Yield the footnotes, each behind its letter."""
        for note, number in self.texts.items():
            yield TextLine(note, marker=lettered(number))


class Look(NamedTuple):
    """How the figures of a table look: with as many digits as are known, the best starred."""

    exact: bool = True
    starred: bool = False
    absent: str = "not offered"


_USUAL = Look()


def figure_cell(
    comparison: Comparison, line: ComparedRow, index: int, note: int, look: Look = _USUAL
) -> Cell:
    """Return one chip's answer in the unit of its row, with its marks and its footnote."""
    answer = line.answers[index]
    row_unit = scaled(line, comparison.vocabulary)
    if isinstance(answer, Missing):
        bounds = answer.bounds(row_unit)
        if bounds:
            return Cell((numbers.bounds(bounds, numbers.COMPUTED_DIGITS),), footnotes=(note,))
        words = look.absent if answer.kind == "not offered" else answer.kind
        return Cell((words,), role="missing", footnotes=(note,))
    shown, unit = fitted(answer.value, row_unit)
    digits = numbers.stated_digits(answer.value.unit, row_unit)
    if answer.derived or _exchanged(answer):
        digits = numbers.COMPUTED_DIGITS if shown.exact else numbers.RATIO_DIGITS
    elif not look.exact and not shown.exact:
        digits = numbers.RATIO_DIGITS
    return Cell(
        (numbers.amounts(shown, digits) + unit,),
        role="best" if line.best == index else "",
        starred=look.starred and line.best == index,
        estimated=answer.status == "estimated",
        footnotes=(note,),
    )


def _exchanged(figure: Figure) -> bool:
    """Whether a figure is money in another currency than its source states."""
    stated = figure.located.statement.quantity.unit if figure.located else figure.value.unit
    return stated.dimension != figure.value.unit.dimension


def ratio_of(line: ComparedRow, index: int, *, percent: bool, equal: str = "equal") -> str:
    """Return the ratio of a chip to the base, or what bounds it; a dash for none."""
    bounds = line.bounds[index]
    if bounds and line.ratios[index] is None:
        percents = numbers.percent_bounds(bounds)
        return percents if percent else numbers.ratio_bounds(bounds)
    return ratio_text(line.ratios[index], percent=percent, equal=equal)


def ratio_text(ratio: Interval | None, *, percent: bool, equal: str = "equal") -> str:
    """Return a ratio as a factor or in per cent; a dash for none."""
    if ratio is None:
        return "–"
    if ratio.low == ratio.high == 1:
        return equal
    return numbers.percent(ratio) if percent else numbers.ratios(ratio)


def remark(comparison: Comparison, line: ComparedRow, index: int) -> str:
    """Return what a reader must know about one chip's answer; nothing for a plain one."""
    answer = line.answers[index]
    if isinstance(answer, Missing):
        return _missing(comparison, answer)
    if answer.status == GIVEN or any(each.file == GIVEN for each in answer.statements()):
        return SUPPOSED
    if answer.how == Counted(comparison.sheets[index].count):
        answer = answer.parts[0]
    elementary = is_elementary(line.metric, comparison.vocabulary)
    return _remark(answer, comparison.vocabulary) if elementary else ""


def _missing(comparison: Comparison, missing: Missing) -> str:
    """Return what a reader must know about a missing figure."""
    if missing.seen:
        printed = join_words(_printed(comparison, each) for each in missing.seen)
        return f"published only as {printed}"
    said = missing.kind in ("undefined", "ambiguous") or is_known(missing)
    return missing.because if said else ""


def _printed(comparison: Comparison, located: Located) -> str:
    statement = located.statement
    labels = [
        known.label
        for name, value in statement.when.items()
        if (condition := comparison.vocabulary.conditions[name]).role in ("reading", "part")
        and (known := condition.values.get(value))
    ]
    return f"{numbers.quantity(statement.quantity)} ({', '.join(labels)})"


def _detail(statement: Statement, vocabulary: Vocabulary) -> str:
    """Return how a figure was counted: ``330.3 TFLOPS with FP16 accumulation``."""
    labels = [
        vocabulary.conditions[name].values[value].label
        for name, value in statement.when.items()
        if vocabulary.conditions[name].role == "detail"
    ]
    return f"{numbers.quantity(statement.quantity)} with {' and '.join(labels)}" if labels else ""


def _remark(figure: Figure, vocabulary: Vocabulary) -> str:
    """Return what a reader must know about a figure: where it is a range, estimated or a sum."""
    remarks = []
    if figure.how == CIRCUITS:
        remarks.append(figures.over_circuits(figure))
    elif figure.parts and len(figure.parts) > 1:
        parts = " + ".join(f"{part.label} {numbers.quantity(part.value)}" for part in figure.parts)
        remarks.append(parts)
    last = "" if remarks or not figure.derived else figures.method(figure)
    statements = [each.statement for each in figure.statements()]
    if not figure.value.amount.exact or figure.status == "estimated":
        remarks += [each.note or _detail(each, vocabulary) for each in statements]
    if any(each.as_of for each in statements):
        remarks += [f"as of {each.as_of}" for each in statements if each.as_of]
    return "; ".join(dict.fromkeys(filter(None, (*remarks, last))))
