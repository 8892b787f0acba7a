"""What stays outside of the control paragraphs: the largest chip, the smallest die."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, Rate, bounds, bounds_by_rule, free, rates
from chipcalc.check.result import Checked
from chipcalc.contract import headroom
from chipcalc.errors import error, join_words
from chipcalc.tables import of_rules
from chipcalc.tables.report import NOTHING, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.words import figures, labels, outcomes, supposed
from chipcalc.words.check import no_advice, taken_as, warned
from chipcalc.words.chips import some
from chipcalc.words.commands import written
from chipcalc.words.line import Block, block, command
from chipcalc.words.roles import NOT_SETTLED


def largest(found: Sequence[Checked], asked: Sequence[str] = (), *, whole: bool = False) -> Report:
    """Return the report of what stays outside the control paragraphs, input by input.

    Below stand the other figures, rule by rule; where it is `whole`, every figure of every rule.
    `asked` are the words of the command that asks for it, without its options. Raises ChipcalcError
    where no figure of any rule can be solved for.
    """
    by_chip = [(checked, list(bounds(checked))) for checked in found]
    solved = [(checked, bound) for checked, of_chip in by_chip for bound in of_chip]
    unsolved = [_nothing_to_solve(checked) for checked, of_chip in by_chip if not of_chip]
    by_rule = [(checked, each) for checked in found for each in bounds_by_rule(checked)]
    if not solved and not any(each.bounds for _, each in by_rule):
        hint = "give all but one, such as --die-area 814mm2 --market datacenter"
        raise error("; ".join(unsolved), hint)
    day = found[0].day
    asked = asked or ("headroom", *(each.sheet.id for each in found), "--as-of", day.isoformat())
    return Report(
        lambda: headroom.bounds_data(solved, day, by_rule),
        lambda: list(headroom.bounds_records(solved, by_rule)),
        title=_title(found, solved),
        parts=(
            *_grid(row for checked, bound in solved for row in _bound_rows(bound, checked)),
            *_rates(solved, len(found)),
            *_grid(
                row
                for each, of_chip in by_chip
                for row in of_rules.rows(each, of_chip, by_rule, whole=whole)
            ),
            block(
                *unsolved,
                *(line for e in found for line in of_rules.lines(e, by_rule, whole=whole)),
            ),
            taken(found),
            _more(asked, whole=whole),
        ),
        unbroken=(*(e.sheet.name for e in found), *(stays(b, checked) for checked, b in solved)),
    )


def _grid(rows: Iterable[Row]) -> Iterator[Grid]:
    """Yield a table of what stays outside, if there is anything."""
    columns = (Column("", name="place"), Column("", name="span"), Column("", name="share"))
    found = tuple(rows)
    if found:
        yield Grid(columns, found, "bounds")


def _more(asked: Sequence[str], *, whole: bool) -> Block:
    """Return that this is no advice, with the commands that show more."""
    if whole:
        return no_advice("The distance to every line:", written(*asked))
    lead, first = no_advice("Every figure of every rule, and how far each line is:", "")
    every = written(*asked, "--max", "--all")
    return (lead, first._replace(text=every), command(written(*asked)))


def _title(found: Sequence[Checked], solved: Sequence[tuple[Checked, Bound]]) -> Block:
    """Return the answer: with which values a chip stays outside of all that controls."""
    day = found[0].day
    if len(found) > 1:
        name = f"{len(found)} chips{supposed.said_of_all(found)}"
        return block(f"{name}, {day}: what stays outside of the control paragraphs")
    free = [stays(bound, checked) for checked, bound in solved]
    said = " or ".join(filter(None, free))
    answer = f"outside of every control with {said}" if said else "what stays outside"
    name = f"{found[0].sheet.name}{supposed.said(found[0])}"
    return block(f"{name}, {day}: {answer}", *warned(found[0]))


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
    """Return why the control paragraphs together cannot be solved for any input of a chip."""
    vocabulary = checked.case.evaluator.vocabulary
    names = [labels.label(each, vocabulary) for each in free(checked)]
    if names:
        return f"{join_words(names)} not known"
    controls = [each.line for each in checked.findings if each.provision.rule.is_control]
    inputs = check_lines.figures(controls).items()
    ranges = [labels.label(name, vocabulary) for name, e in inputs if not e.value.amount.exact]
    if ranges:
        return f"{join_words(ranges)} known as ranges only"
    if not checked.findings:
        return f"no rule is asked of it on {checked.day}"
    names = list(dict.fromkeys(each.provision.rule.paragraph for each in checked.findings))
    what = "no control paragraph compares a figure, of what is asked"
    return f"{what}: {join_words(names)}"


def _bound_rows(bound: Bound, checked: Checked) -> Iterator[Row]:
    vocabulary = checked.case.evaluator.vocabulary
    name = labels.brief(bound.metric, vocabulary)
    where = [outcomes.condition(each, vocabulary) for each in bound.where]
    now = f" (now {figures.quantity(bound.now)})" if bound.now else ""
    rest = ["the rest as supposed"] if supposed.of(checked.case) else []
    head = ", ".join([f"{checked.sheet.name}: {name} set free{now}", *rest, *where])
    yield Row((cell(head),), heading=True)
    yield of_rules.outside_row("all", bound.deciding, bound, vocabulary)
    for rule, deciding in bound.by_rule.items():
        paragraph = checked.case.provisions[rule].rule.paragraph
        yield of_rules.outside_row(paragraph, deciding, bound, vocabulary)
    label = cell("each stretch", level=1)
    for outcome in bound.deciding.outcomes:
        judged = outcomes.judged(outcome.judgement, "outside of all")
        judged = NOT_SETTLED if outcome.judgement.verdict is Verdict.unknown else judged
        yield Row((label, cell(of_rules.where(outcome, bound, vocabulary)), cell(judged)))
        label = NOTHING


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
