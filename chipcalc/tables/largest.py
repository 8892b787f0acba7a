"""What stays outside of the control paragraphs: the largest chip, the smallest die."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, Rate, bounds, free, rates
from chipcalc.check.result import Checked
from chipcalc.contract import headroom
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.errors import error, join_words
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import exactly
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import figures, labels, outcomes, supposed
from chipcalc.words.check import no_advice, taken_as, warned
from chipcalc.words.chips import some
from chipcalc.words.commands import written
from chipcalc.words.line import Block, block
from chipcalc.words.outcomes import closed
from chipcalc.words.roles import NOT_SETTLED


def largest(found: Sequence[Checked], asked: Sequence[str] = ()) -> Report:
    """Return the report of what stays outside the control paragraphs, input by input.

    `asked` are the words of the command that asks for it, without its option. Raises ChipcalcError
    where two inputs of every chip are open at once, so that none can be solved.
    """
    by_chip = [(checked, list(bounds(checked))) for checked in found]
    solved = [(checked, bound) for checked, of_chip in by_chip for bound in of_chip]
    unsolved = [_nothing_to_solve(checked) for checked, of_chip in by_chip if not of_chip]
    if not solved:
        hint = "give all but one, such as --die-area 814mm2 --market datacenter"
        raise error("; ".join(unsolved), hint)
    day = found[0].day
    asked = asked or ("headroom", *(each.sheet.id for each in found), "--as-of", day.isoformat())
    return Report(
        lambda: headroom.bounds_data(solved, day),
        lambda: list(headroom.bounds_records(solved)),
        title=_title(found, solved),
        parts=(
            Grid(
                (Column("", name="place"), Column("", name="span"), Column("", name="share")),
                tuple(row for checked, bound in solved for row in _bound_rows(bound, checked)),
                "bounds",
            ),
            *_rates(solved, len(found)),
            block(*unsolved),
            taken(found),
            no_advice("The distance to every line:", written(*asked)),
        ),
        unbroken=(*(e.sheet.name for e in found), *(stays(b, checked) for checked, b in solved)),
    )


def _title(found: Sequence[Checked], solved: Sequence[tuple[Checked, Bound]]) -> Block:
    """Return the answer: with which values a chip stays outside of all that controls."""
    day = found[0].day
    if len(found) > 1:
        name = f"{len(found)} chips{supposed.said_of_all(found)}"
        return block(f"{name}, {day}: what stays outside of the control paragraphs")
    free = [stays(bound, checked) for checked, bound in solved]
    said = " or ".join(filter(None, free))
    answer = f"outside of every control with {said}" if said else "what stays outside"
    name = f"{found[0].sheet.name}{supposed.said(found[0].case)}"
    return block(f"{name}, {day}: {answer}", warned(found[0]))


def stays(bound: Bound, checked: Checked) -> str:
    """Return the values of one input that stay outside: ``TPP < 2,400``; nothing for any or none.

    A bound that holds only under a circumstance is not one to be told without it.
    """
    spans = list(bound.outside())
    if bound.where or not spans:
        return ""
    vocabulary = checked.case.evaluator.vocabulary
    return " or ".join(outcomes.condition(each, vocabulary) for each in spans)


def taken(found: Sequence[Checked]) -> Block:
    """Return the circumstances of every chip, with its name where they are not the same."""
    same: dict[str, list[str]] = {}
    for each in found:
        same.setdefault(taken_as(each), []).append(each.sheet.name)
    if len(same) == 1:
        return block(*same)
    return block(
        *(
            f"{some(names)} taken as: {line.partition(': ')[2]}"
            for line, names in same.items()
            if line
        )
    )


def _nothing_to_solve(checked: Checked) -> str:
    return f"{checked.sheet.name}: nothing to solve: {_unsolved(checked)}"


def _unsolved(checked: Checked) -> str:
    """Return why no input of a chip can be solved for."""
    vocabulary = checked.case.evaluator.vocabulary
    names = [labels.label(each, vocabulary) for each in free(checked)]
    if names:
        return f"{join_words(names)} not known"
    controls = [each.line for each in checked.findings if each.provision.rule.is_control]
    inputs = check_lines.figures(controls).items()
    ranges = [labels.label(name, vocabulary) for name, e in inputs if not e.value.amount.exact]
    known = f"{join_words(ranges)} known as ranges only"
    return known if ranges else f"no rule with numbers on {checked.day}"


def _bound_rows(bound: Bound, checked: Checked) -> Iterator[Row]:
    vocabulary = checked.case.evaluator.vocabulary
    name = labels.brief(bound.metric, vocabulary)
    where = [outcomes.condition(each, vocabulary) for each in bound.where]
    now = f" (now {figures.quantity(bound.now)})" if bound.now else ""
    rest = ["the rest as supposed"] if supposed.of(checked.case) else []
    head = ", ".join([f"{checked.sheet.name}: {name} set free{now}", *rest, *where])
    yield Row((cell(head),), heading=True)
    yield _outside_row("all", bound.deciding, bound, vocabulary)
    for rule, deciding in bound.by_rule.items():
        paragraph = checked.case.provisions[rule].rule.paragraph
        yield _outside_row(paragraph, deciding, bound, vocabulary)
    label = cell("each stretch", level=1)
    for outcome in bound.deciding.outcomes:
        judged = outcomes.judged(outcome.judgement, "outside of all")
        judged = NOT_SETTLED if outcome.judgement.verdict is Verdict.unknown else judged
        yield Row((label, cell(_where(outcome, bound, vocabulary)), cell(judged)))
        label = NOTHING


def _outside_row(of: str, deciding: Deciding, bound: Bound, vocabulary: Vocabulary) -> Row:
    """Return the values that stay outside of a rule, and beside each the share the chip uses."""
    head = cell(f"outside {of}", level=1)
    free = [each for each in deciding.outcomes if each.judgement.verdict is Verdict.not_met]
    if not free:
        return Row((head, cell(closed(deciding)), NOTHING))
    where = Cell(tuple(_where(each, bound, vocabulary) for each in free))
    return Row((head, where, Cell(tuple(_share(bound, each) for each in free))))


def _where(outcome: Outcome, bound: Bound, vocabulary: Vocabulary) -> str:
    """Return the values that lead to an outcome; any, where there is no other outcome."""
    found = [outcomes.condition(each, vocabulary) for each in outcome.where]
    return ", ".join(found) or f"any {labels.brief(bound.metric, vocabulary)}"


def _share(bound: Bound, outcome: Outcome) -> str:
    """Return how much of a bound the chip as it is uses, where it lies inside: ``98.7 % of it``."""
    if bound.now is None:
        return ""
    shown = ""
    for span in (each for each in outcome.where if isinstance(each, Span)):
        amount = bound.now.value.to(span.unit).amount
        if span.metric != bound.metric or not span.contains(amount):
            return ""
        edge = span.high if span.high is not None else span.low
        shown = f"now {numbers.percent(amount / exactly(edge))} of it" if edge else shown
    return shown


def _rates(solved: Sequence[tuple[Checked, Bound]], count: int) -> Iterator[Grid]:
    """Yield the first bound of each weighted rate as the plain rate at every format."""
    for checked, bound in solved:
        rows = list(_rate_rows(bound, checked))
        if rows:
            spans = list(bound.outside())
            where = [
                outcomes.condition(each, checked.case.evaluator.vocabulary) for each in bound.where
            ]
            word = "up to" if spans[0].high_included else "below"
            whom = [f"{checked.sheet.name}: as" if count > 1 else "As"]
            head = ", ".join([f"{whom[0]} a dense rate of one processing unit, {word}", *where])
            columns = (
                Column("", name="row"),
                Column("", "decimal", name="value"),
                Column("", name="unit"),
            )
            yield Grid(columns, (Row((cell(head),), heading=True), *rows), "rates")


def _rate_rows(bound: Bound, checked: Checked) -> Iterator[Row]:
    """Yield a row for each plain rate, with all the formats that have it."""
    spans = list(bound.outside())
    if not spans or spans[0].high is None:
        return
    same: dict[tuple[str, str], list[Rate]] = {}
    for rate in rates(bound.metric, spans[0].high, checked.case.evaluator.vocabulary):
        low, high = numbers.beside(rate.low, rate.low), numbers.beside(rate.high, rate.high)
        same.setdefault((low, high), []).append(rate)
    for (low, high), formats in same.items():
        shown = low if low == high else f"{low}–{high}"
        units = " · ".join(dict.fromkeys(each.unit for each in formats))
        names = ", ".join(each.label for each in formats)
        yield Row((cell(names, level=1), cell(shown), cell(units, role="faint")))
