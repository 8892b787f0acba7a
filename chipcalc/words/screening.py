"""A row of a screened table in words: its verdict, why, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from chipcalc.check.lines import all_lines, compared_key
from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, Key, Missing, key
from chipcalc.rules.case import Case
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.texts import Texts, comparisons
from chipcalc.screening.judge import Kind, Screened
from chipcalc.screening.meaning import Meaning
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.closest import Near, nearest
from chipcalc.words.line import Role
from chipcalc.words.remains import names_control
from chipcalc.words.roles import verdict_words

_ROLES: dict[Kind, Role] = {Kind.control: "stop", Kind.below: "go", Kind.open: "open"}
_ON_RATES = "on the figures given"
_NO_PARAGRAPH = "no paragraph modelled"


def verdict(row: Screened) -> str:
    """Return how a row comes out: a paragraph, that it is under no control, or why it is open."""
    if row.kind is Kind.control:
        return f"presumed {row.paragraph}" if row.presumed else row.paragraph
    if row.kind is Kind.below:
        return f"not {join_words(_controls(row), 'or')}"
    return str(row.kind.value)


def role(row: Screened) -> Role:
    """Return the role of a verdict: colour follows the consequence, and the word stays."""
    return _ROLES.get(row.kind, "faint")


def _controls(row: Screened) -> list[str]:
    """Return the entries of the list whose paragraphs were asked of a row."""
    names = (
        each.provision.rule.paragraph.partition(".")[0]
        for reading in row.readings
        for each in reading.checked.findings
        if names_control(each)
    )
    return list(dict.fromkeys(names))


def remains(row: Screened) -> str:
    """Return what a row is that falls under no control, or which paragraphs an open one may be."""
    if row.kind is Kind.below and not row.paragraph:
        return join_words((*row.possible, _NO_PARAGRAPH), "or")
    return row.paragraph if row.kind is Kind.below else join_words(row.possible, "or")


def deciding(row: Screened) -> list[str]:
    """Return what decides an open row, without its amounts: true of all rows of its cell."""
    found: dict[str, None] = {}
    for reading in row.readings:
        facts, case = reading.checked.decides, reading.checked.case
        vocabulary = case.evaluator.vocabulary
        for metric in facts.metrics if facts and row.kind is Kind.open else ():
            answer = case.evaluator.figure(metric[0], dict(metric[1]))
            why = answer.because if isinstance(answer, Missing) else "known only as a range"
            found[f"{labels.brief(metric, vocabulary)}: {why}"] = None
        for name in facts.circumstances if facts and row.kind is Kind.open else ():
            found[f"{labels.lower(vocabulary.circumstances[name].label)}: not known"] = None
    return list(found)


def of_cell(row: Screened) -> tuple[str, str, str]:
    """Return how the rows of a cell come out, what open ones may be, and what decides them."""
    return verdict(row), remains(row) if row.kind is Kind.open else "", "; ".join(deciding(row))


def of_shipped(row: Screened) -> tuple[str]:
    """Return whether the rows of a cell that are shipped need a licence."""
    return (licence(row),)


def of_named(row: Screened) -> tuple[str, str]:
    """Return the chips that a row may mean, and where it and their sheets differ."""
    return chips(row), "; ".join(filter(None, (row.why, *row.notes)))


def chips(row: Screened) -> str:
    """Return the chips that a row may mean, with their number in one item."""
    ids = join_words((each.id for each in row.meant.sheets), "or")
    number = row.meant.circuits
    return f"{number} × {ids}" if number > 1 and ids else ids


def why(row: Screened) -> str:
    """Return why a row has its verdict, or none; with what was not understood of it."""
    parts = [*_reasons(row), *row.notes, *row.part.notes]
    parts += [f"{e.column} '{e.text}': {e.why}".lstrip() for e in row.part.faults]
    return "; ".join(filter(None, parts))


def _reasons(row: Screened) -> Iterator[str]:
    if row.why:
        yield row.why
    if row.kind is Kind.no_sheet and not row.why and not row.part.faults:
        yield "no sheet of this name, and no rate in the row"
    several = len(row.meant.sheets) > 1
    if row.kind is Kind.open:
        yield from _open(row)
    elif several:
        yield f"the same for {join_words(each.id for each in row.meant.sheets)}"
    if row.meant.confidence == "likely" and not several:
        yield f"read as {row.meant.sheets[0].name}"
    if row.kind is Kind.control:
        yield f"by {join_words(row.cites)}" if row.cites else ""
    if row.kind in (Kind.control, Kind.below) and len(row.readings) == 1:
        yield _compared(row.readings[0].checked, "" if row.meant.sheets else f" {_ON_RATES}")


def _open(row: Screened) -> Iterator[str]:
    """Yield what an open row depends on: which of several it is, or what is not known."""
    if len({_found(each.checked) for each in row.readings}) > 1:
        yield from (f"{e.world.reading}: {_found(e.checked)}" for e in row.readings)
    for reading in row.readings:
        deciding = reading.checked.decides
        case = reading.checked.case
        if deciding and (deciding.metrics or deciding.circumstances):
            circumstances = case.evaluator.vocabulary.circumstances
            yield from (_unknown(each, case) for each in deciding.metrics)
            named = [labels.lower(circumstances[each].label) for each in deciding.circumstances]
            yield from (f"{each}: not known" for each in named)
            return


def _unknown(metric: Key, case: Case) -> str:
    """Return what is known of a figure that decides, and why no more is."""
    answer = case.evaluator.figure(metric[0], dict(metric[1]))
    ends = _ends(answer, _limits(case.texts, metric))
    shown = f"{labels.brief(metric, case.evaluator.vocabulary)} {ends}"
    return f"{shown}: {answer.because}" if isinstance(answer, Missing) else shown


def _compared(checked: Checked, behind: str) -> str:
    """Return the figures that the controls compare, as far as they are known."""
    case = checked.case
    found: dict[Key, Answer] = {}
    for finding in checked.findings:
        if names_control(finding):
            for line in all_lines(finding.line):
                if isinstance(line.node, Threshold) and line.answer is not None:
                    found.setdefault(compared_key(line.node), line.answer)
    vocabulary = case.evaluator.vocabulary
    known = [
        f"{labels.brief(name, vocabulary)} {_ends(answer, _limits(case.texts, name))}"
        for name, answer in found.items()
        if isinstance(answer, Figure) or answer.low or answer.high
    ]
    return f"{', '.join(known)}{behind}" if known else behind.strip()


@lru_cache(maxsize=256)
def _limits(texts: Texts, metric: Key) -> tuple[Fraction, ...]:
    """Return what the rules of a day compare a figure with; looked up once for all rows."""
    nodes = comparisons([e.criterion for e in texts.provisions.values()], texts.provisions)
    return tuple(
        each.limit.amount.best
        for each in nodes
        if isinstance(each, Threshold) and compared_key(each) == metric
    )


def _ends(answer: Answer, limits: Sequence[Fraction]) -> str:
    """Return an amount whose digits tell on which side of a limit it lies: ``≤ 4,799.2``."""
    if isinstance(answer, Figure):
        low, high = (
            _beside(end, limits) for end in (answer.value.amount.low, answer.value.amount.high)
        )
        return low if low == high else f"{low}–{high}"
    least = _beside(answer.low.value.amount.low, limits) if answer.low else ""
    most = _beside(answer.high.value.amount.high, limits) if answer.high else ""
    if least and most:
        return f"{least}–{most}"
    return f"≥ {least}" if least else f"≤ {most}" if most else "unknown"


def _beside(value: Fraction, limits: Sequence[Fraction]) -> str:
    limit = min(limits, key=lambda each: abs(each - value), default=value)
    return numbers.beside(value, limit)


def _found(checked: Checked) -> str:
    found = checked.classification
    if found.verdict is Verdict.unknown:
        return join_words(found.possible, "or")
    return found.paragraph or _NO_PARAGRAPH


def closest(row: Screened) -> Near | None:
    """Return the line of a control that a figure of a row lies closest to, if there is any."""
    found = [nearest(reading.checked) for reading in row.readings]
    return min(filter(None, found), key=lambda each: abs(each.share), default=None)


def licence(row: Screened) -> str:
    """Return whether a shipment of a row needs a licence; nothing where that was not asked."""
    free = row.free
    if free is None:
        return "" if row.kind is not Kind.open else verdict_words(Verdict.unknown)
    words = {Verdict.met: "required", Verdict.not_met: "not required"}
    return words.get(free, verdict_words(free))


def states(meaning: Meaning, vocabulary: Vocabulary) -> str:
    """Return what a column says: ``INT8, dense or sparse not stated``, ``market``."""
    if meaning.is_circumstance:
        return labels.lower(vocabulary.circumstances[meaning.about].label)
    if not meaning.is_figure:
        return _OF_ROLES[meaning.role]
    under = [labels.value_label(name, value, vocabulary) for name, value in _told(meaning)]
    return ", ".join((labels.brief(key(meaning.about), vocabulary), *under))


def _told(meaning: Meaning) -> list[tuple[str, str]]:
    order = ("format", "engine", "sparsity")
    ranks = {name: place for place, name in enumerate(order)}
    return sorted(meaning.when, key=lambda each: ranks.get(each[0], len(order)))


_OF_ROLES = {
    "name": "the name of the part",
    "vendor": "its maker",
    "count": "how many circuits one item contains",
    "kind": "what a row is",
    "as_of": "the day whose law counts",
    "to": "the destination",
}
