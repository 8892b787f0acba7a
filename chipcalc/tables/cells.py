"""What stands in one cell of a comparison: the figure, its marks and its footnote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chipcalc.comparison.comparison import ComparedRow, Comparison, is_elementary
from chipcalc.contract.compare import fitted
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located
from chipcalc.tables.report import Cell
from chipcalc.values import numbers
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import figures
from chipcalc.words.labels import amount
from chipcalc.words.line import TextLine, lettered


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


def _engines(comparison: Comparison) -> Counter[tuple[str, str]]:
    """Return how many rows each metric has for a format: more than one needs its engine named."""
    rows = {
        (line.metric, line.when.get("format", ""), line.when.get("engine", ""))
        for line in comparison.lines
    }
    return Counter((metric, number_format) for metric, number_format, _ in rows)


def row_label(comparison: Comparison, line: ComparedRow, *, of: bool = True) -> str:
    """Return what a row is about: ``FP64 (vector)``, ``FP16 per watt``, ``Memory bandwidth``.

    Without `of`, a format does not say what its figure is of.
    """
    definition = comparison.vocabulary.metric(line.metric)
    values = comparison.vocabulary.conditions
    number_format = line.when.get("format", "")
    words, details = [], []
    for name, value in line.when.items():
        known = values[name].values.get(value)
        label = known.label if known else value
        first = next(iter(values[name].values), "")
        if name == "format":
            words.append(label)
        elif (
            name != "engine"
            or value != first
            or _engines(comparison)[line.metric, number_format] > 1
        ):
            details.append(label)
    if (of and definition.formula is not None) or not words:
        words.append(definition.row_label or definition.label)
    return " ".join(words) + (f" ({', '.join(details)})" if details else "")


def answer_cell(answer: Answer, unit: str | None = None) -> Cell:
    """Return an answer with its unit, by another name if given, or what kind of lack there is."""
    if isinstance(answer, Missing):
        return Cell((answer.kind,), role="missing")
    words = amount(answer)
    if unit:
        words = f"{words.removesuffix(str(answer.value.unit))}{unit}"
    return Cell((words,), estimated=answer.status == "estimated")


def figure_cell(comparison: Comparison, line: ComparedRow, index: int, notes: Footnotes) -> Cell:
    """Return one chip's answer with its marks; its footnote, if any, joins `notes`."""
    answer = line.answers[index]
    chip = comparison.sheets[index].name
    if isinstance(answer, Missing):
        said = _missing(comparison, answer)
        note = notes.number(f"{chip}: {said}" if said else "")
        return Cell((answer.kind,), role="missing", footnotes=(note,))
    elementary = is_elementary(line.metric, comparison.vocabulary)
    shown, unit = fitted(answer.value, line.unit)
    digits = numbers.STATED_DIGITS
    if answer.derived:
        digits = numbers.COMPUTED_DIGITS if shown.exact else numbers.RATIO_DIGITS
    remark = _remark(answer, comparison.vocabulary) if elementary else ""
    return Cell(
        (numbers.amounts(shown, digits) + unit,),
        role="best" if line.best == index else "",
        starred=line.best == index,
        estimated=answer.status == "estimated",
        derived=elementary and answer.derived,
        footnotes=(notes.number(f"{chip}: {remark}" if remark else ""),),
    )


def _missing(comparison: Comparison, missing: Missing) -> str:
    """Return what a reader must know about a missing figure."""
    if missing.seen:
        printed = join_words(_printed(comparison, each) for each in missing.seen)
        return f"published only as {printed}"
    return missing.because if missing.kind in ("undefined", "ambiguous") else ""


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
    if figure.parts and len(figure.parts) > 1:
        parts = " + ".join(f"{part.label} {numbers.quantity(part.value)}" for part in figure.parts)
        remarks.append(parts)
    elif figure.derived:
        remarks.append(figures.method(figure))
    statements = [each.statement for each in figure.statements()]
    if not figure.value.amount.exact or figure.status == "estimated":
        remarks += [each.note or _detail(each, vocabulary) for each in statements]
    if any(each.as_of for each in statements):
        remarks += [f"as of {each.as_of}" for each in statements if each.as_of]
    return "; ".join(dict.fromkeys(filter(None, remarks)))
