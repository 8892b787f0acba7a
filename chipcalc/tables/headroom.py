"""What headroom shows: the distance to every line, or the largest chip that stays outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, Distance, bounds, distances, free, rates
from chipcalc.check.result import Checked
from chipcalc.contract import headroom
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.errors import error, join_words
from chipcalc.rules.criteria import SIGNS
from chipcalc.tables.report import NOTHING, Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation, figures, labels, outcomes
from chipcalc.words.check import NO_ADVICE, circumstances_line
from chipcalc.words.line import Block, block
from chipcalc.words.outcomes import closed


def lines(found: Sequence[Checked]) -> Report:
    """Return the report of the signed distances of chips to every line of every rule."""
    measured = [(checked, each) for checked in found for each in distances(checked)]
    rows = [row for checked in found for row in _chip_rows(checked, measured, of=len(found))]
    columns = (
        Column("", name="place"), Column(""), Column("value", "right"), Column("line", "right"),
        Column("distance", "right"), Column("margin", "right"),
    )  # fmt: skip
    day = found[0].day
    title = (
        f"{found[0].sheet.name} on {day}: distance to every line"
        if len(found) == 1
        else f"Distance to every line on {day}"
    )
    return Report(
        lambda: headroom.distances_data(measured, day),
        lambda: list(headroom.distances_records(measured)),
        title=block(title),
        parts=(
            Grid(columns, tuple(rows), "distances"),
            *tuple(filter(None, (_circumstances(found), _range_note(rows), block(NO_ADVICE)))),
        ),
    )


def _chip_rows(
    checked: Checked, measured: Sequence[tuple[Checked, Distance]], *, of: int
) -> Iterator[Row]:
    """Yield the lines of every rule below it, those of a limb below that."""
    if of > 1:
        yield Row((cell(checked.sheet.name),), heading=True)
    rule = limb = ""
    for each in (each for of_chip, each in measured if of_chip is checked):
        if each.finding.provision.id != rule:
            rule, limb = each.finding.provision.id, ""
            yield Row((cell(each.finding.provision.rule.paragraph),))
        if each.limb != limb:
            limb = each.limb
            yield Row((cell(limb, level=1),))
        yield _distance_row(each, checked)


def _range_note(rows: Sequence[Row]) -> Block:
    if any(len(each.parts) > 1 for row in rows for each in row.cells):
        return block("Where a figure is a range, its lower end stands above the upper one.")
    return ()


def _circumstances(found: Sequence[Checked]) -> Block:
    """Return the circumstances of every chip, with its name where there are many."""
    said = [(each.sheet.name, circumstances_line(each)) for each in found]
    return block(*(f"{name}: {line}" if len(found) > 1 else line for name, line in said if line))


def _distance_row(each: Distance, checked: Checked) -> Row:
    node = each.node
    vocabulary = checked.case.evaluator.vocabulary
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    name = labels.brief(check_lines.compared_key(node), vocabulary)
    return Row(
        (
            cell(name, level=2 if each.limb else 1),
            cell(explanation.MARKS[each.line.verdict]),
            _value(each.value, limit) if each.value else cell(explanation.absent(each.line)),
            cell(f"{SIGNS[node.relation]} {numbers.beside(limit, limit)} {unit}".rstrip()),
            _signed(each.away) if each.away else NOTHING,
            _margin(each, limit),
        )
    )


def _ends(low: str, high: str) -> Cell:
    """Return both ends of a range, the lower one first."""
    return cell(low) if low == high else cell(low, high)


def _value(value: Interval, limit: Fraction) -> Cell:
    return _ends(numbers.beside(value.low, limit), numbers.beside(value.high, limit))


def _signed(away: Interval) -> Cell:
    shown = [numbers.beside(end, Fraction(0)) for end in (away.low, away.high)]
    low, high = (
        f"+{s}" if end > 0 else s for s, end in zip(shown, (away.low, away.high), strict=True)
    )
    return _ends(low, high)


def _margin(each: Distance, limit: Fraction) -> Cell:
    if each.value is None or not limit:
        return NOTHING
    return _ends(numbers.margin(each.value.low, limit), numbers.margin(each.value.high, limit))


def largest(found: Sequence[Checked]) -> Report:
    """Return the report of what stays outside the control paragraphs, input by input.

    Raises ChipcalcError where two inputs are open at once, so that none can be solved.
    """
    solved = [(checked, bound) for checked in found for bound in _bounds(checked)]
    day = found[0].day
    rates_of = [block(*_rate_notes(bound, checked)) for checked, bound in solved]
    return Report(
        lambda: headroom.bounds_data(solved, day),
        lambda: list(headroom.bounds_records(solved)),
        title=block(f"What stays outside on {day}"),
        parts=(
            Grid(
                (
                    Column("", name="place"),
                    Column("", name="span"),
                    Column("what follows", name="share"),
                ),
                tuple(row for checked, bound in solved for row in _bound_rows(bound, checked)),
                "bounds",
            ),
            *tuple(filter(None, (_circumstances(found), *rates_of, block(NO_ADVICE)))),
        ),
    )


def _bounds(checked: Checked) -> list[Bound]:
    """Return the inputs of a chip that can be solved; raises ChipcalcError if there are none."""
    solved = list(bounds(checked))
    if not solved:
        what = f"{checked.sheet.name}: nothing to solve: {_unsolved(checked)}"
        raise error(what, "give all but one, such as --die-area 814mm2 --market datacenter")
    return solved


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
    taken = [outcomes.condition(each, vocabulary) for each in bound.where]
    head = ", ".join([f"{checked.sheet.name}: {name} set free", *taken])
    yield Row((cell(head),), heading=True)
    yield _outside_row("all", bound.deciding, bound, vocabulary)
    for rule, deciding in bound.by_rule.items():
        paragraph = checked.case.provisions[rule].rule.paragraph
        yield _outside_row(paragraph, deciding, bound, vocabulary)
    for outcome in bound.deciding.outcomes:
        judged = outcomes.judged(outcome.judgement, "none of these")
        yield Row((NOTHING, cell(_where(outcome, bound, vocabulary)), cell(judged)))


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
    """Return how much of a bound the chip as it is uses, where it lies inside.

    ``now 2,368, 98.7 % of it``
    """
    if bound.now is None:
        return ""
    shown = f"now {figures.amount(bound.now)}"
    for span in (each for each in outcome.where if isinstance(each, Span)):
        amount = bound.now.value.to(span.unit).amount
        if span.metric != bound.metric or not span.contains(amount):
            return ""
        edge = span.high if span.high is not None else span.low
        shown += f", {numbers.percent(amount / exactly(edge))} of it" if edge else ""
    return shown


def _rate_notes(bound: Bound, checked: Checked) -> Iterator[str]:
    vocabulary = checked.case.evaluator.vocabulary
    spans = list(bound.outside())
    if not spans or spans[0].high is None:
        return
    shown = []
    for rate in rates(bound.metric, spans[0].high, vocabulary):
        low, high = numbers.beside(rate.low, rate.low), numbers.beside(rate.high, rate.high)
        shown.append(f"{rate.label} {low if low == high else f'{low}–{high}'} {rate.unit}")
    if shown:
        word = "up to" if spans[0].high_included else "below"
        taken = [outcomes.condition(each, vocabulary) for each in bound.where]
        where = f" ({', '.join(taken)})" if taken else ""
        name = checked.sheet.name
        yield f"{name}, as a dense rate of one processing unit{where}, {word}: {', '.join(shown)}."
