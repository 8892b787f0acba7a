"""What headroom shows: the distance to every line, or the largest chip that stays outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from chipcalc.check import lines as check_lines
from chipcalc.check.headroom import Bound, Distance, bounds, distances, free, rates
from chipcalc.check.result import Checked
from chipcalc.contract import headroom
from chipcalc.deciding.outcome import Deciding, Outcome, Span
from chipcalc.errors import error, join_words
from chipcalc.rules.criteria import SIGNS
from chipcalc.tables.layout import WIDTH
from chipcalc.tables.layout import broken as wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation, labels, outcomes, provenance
from chipcalc.words.check import NO_ADVICE, circumstances_line
from chipcalc.words.outcomes import closed

_PLACE_WIDTH = 25
_HEAD_WIDTH = 24
_SPAN_WIDTH = 28
_SHARE_WIDTH = 24


def lines(found: Sequence[Checked]) -> Report:
    """Return the report of the signed distances of chips to every line of every rule."""
    rows: list[Row] = []
    records: list[dict[str, Any]] = []
    for checked in found:
        if len(found) > 1:
            rows.append(Row((wrapped(checked.sheet.name, _PLACE_WIDTH),), heading=True))
        rule = limb = ""
        for each in distances(checked):
            if each.finding.provision.id != rule:
                rule, limb = each.finding.provision.id, ""
                paragraph = each.finding.provision.rule.paragraph
                rows.append(Row((wrapped(paragraph, _PLACE_WIDTH),)))
            if each.limb != limb:
                limb = each.limb
                rows.append(Row((wrapped(limb, _PLACE_WIDTH - 2, "  "),)))
            rows.append(_distance_row(each, checked))
            records.append(headroom.distance_record(each, checked))
    columns = (
        Column(""), Column(""), Column("value", "right"), Column("line", "right"),
        Column("distance", "right"), Column("margin", "right"),
    )  # fmt: skip
    day = found[0].day
    title = (
        f"{found[0].sheet.name} on {day}: distance to every line"
        if len(found) == 1
        else f"Distance to every line on {day}"
    )
    return Report(
        columns,
        tuple(rows),
        lambda: {"schema": headroom.SCHEMA, "as_of": day.isoformat(), "distances": records},
        lambda: [{name: str(value or "") for name, value in each.items()} for each in records],
        title=wrapped(title, WIDTH),
        notes=(*_circumstances(found), *_range_note(rows), NO_ADVICE),
    )


def _range_note(rows: Sequence[Row]) -> Iterator[str]:
    if any("\n" in cell for row in rows for cell in row.cells[2:]):
        yield "Where a figure is a range, its lower end stands above the upper one."


def _circumstances(found: Sequence[Checked]) -> Iterator[str]:
    """Yield the circumstances of every chip, in one block; with its name where there are many."""
    said = [(each.sheet.name, circumstances_line(each)) for each in found]
    block = [f"{name}: {line}" if len(found) > 1 else line for name, line in said if line]
    if block:
        yield "\n".join(block)


def _distance_row(each: Distance, checked: Checked) -> Row:
    node = each.node
    vocabulary = checked.case.evaluator.vocabulary
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    indent = "    " if each.limb else "  "
    name = labels.brief(check_lines.compared_key(node), vocabulary)
    return Row(
        (
            wrapped(name, _PLACE_WIDTH - len(indent), indent),
            explanation.MARKS[each.line.verdict],
            _value(each.value, limit) if each.value else explanation.absent(each.line),
            f"{SIGNS[node.relation]} {numbers.beside(limit, limit)} {unit}".rstrip(),
            _signed(each.away) if each.away else "",
            _margin(each, limit),
        )
    )


def _ends(low: str, high: str) -> str:
    """Return both ends of a range, the lower one above the other."""
    return low if low == high else f"{low}\n{high}"


def _value(value: Interval, limit: Fraction) -> str:
    return _ends(numbers.beside(value.low, limit), numbers.beside(value.high, limit))


def _signed(away: Interval) -> str:
    shown = [numbers.beside(end, Fraction(0)) for end in (away.low, away.high)]
    low, high = (
        f"+{s}" if end > 0 else s for s, end in zip(shown, (away.low, away.high), strict=True)
    )
    return _ends(low, high)


def _margin(each: Distance, limit: Fraction) -> str:
    if each.value is None or not limit:
        return ""
    return _ends(numbers.margin(each.value.low, limit), numbers.margin(each.value.high, limit))


def largest(found: Sequence[Checked]) -> Report:
    """Return the report of what stays outside the control paragraphs, input by input.

    Raises ChipcalcError where two inputs are open at once, so that none can be solved.
    """
    rows: list[Row] = []
    data: list[dict[str, Any]] = []
    notes: list[str] = []
    for checked in found:
        solved = list(bounds(checked))
        if not solved:
            what = f"{checked.sheet.name}: nothing to solve: {_unsolved(checked)}"
            raise error(what, "give all but one, such as --die-area 814mm2 --market datacenter")
        for bound in solved:
            rows += _bound_rows(bound, checked)
            data.append(headroom.bound_data(bound, checked))
            notes += _rate_notes(bound, checked)
    columns = (Column(""), Column(""), Column("what follows"))
    return Report(
        columns,
        tuple(rows),
        lambda: {"schema": headroom.SCHEMA, "as_of": found[0].day.isoformat(), "bounds": data},
        lambda: list(headroom.bound_records(data)),
        title=f"What stays outside on {found[0].day}",
        notes=(*_circumstances(found), *notes, NO_ADVICE),
    )


def _unsolved(checked: Checked) -> str:
    """Return why no input of a chip can be solved for."""
    vocabulary = checked.case.evaluator.vocabulary
    names = [labels.label(each, vocabulary) for each in free(checked)]
    if names:
        return f"{join_words(names)} not known"
    controls = [each.line for each in checked.findings if each.provision.rule.is_control]
    figures = check_lines.figures(controls).items()
    ranges = [labels.label(name, vocabulary) for name, e in figures if not e.value.amount.exact]
    known = f"{join_words(ranges)} known as ranges only"
    return known if ranges else f"no rule with numbers on {checked.day}"


def _bound_rows(bound: Bound, checked: Checked) -> Iterator[Row]:
    vocabulary = checked.case.evaluator.vocabulary
    name = labels.brief(bound.metric, vocabulary)
    taken = [outcomes.condition(each, vocabulary) for each in bound.where]
    head = ", ".join([f"{checked.sheet.name}: {name} set free", *taken])
    yield Row((wrapped(head, _HEAD_WIDTH),), heading=True)
    yield _outside_row("all", bound.deciding, bound, vocabulary)
    for rule, deciding in bound.by_rule.items():
        paragraph = checked.case.provisions[rule].rule.paragraph
        yield _outside_row(paragraph, deciding, bound, vocabulary)
    for outcome in bound.deciding.outcomes:
        judged = outcomes.judged(outcome.judgement, "none of these")
        where = _where(outcome, bound, vocabulary)
        yield Row(("", wrapped(where, _SPAN_WIDTH), wrapped(judged, _SHARE_WIDTH)))


def _outside_row(of: str, deciding: Deciding, bound: Bound, vocabulary: Vocabulary) -> Row:
    """Return the values that stay outside of a rule, each with the share that the chip uses."""
    head = wrapped(f"outside {of}", _HEAD_WIDTH - 2, "  ")
    free = [each for each in deciding.outcomes if each.judgement.verdict is Verdict.not_met]
    if not free:
        return Row((head, closed(deciding), ""))
    left: list[str] = []
    right: list[str] = []
    for outcome in free:
        where = wrapped(_where(outcome, bound, vocabulary), _SPAN_WIDTH).splitlines()
        share = wrapped(_share(bound, outcome), _SHARE_WIDTH).splitlines()
        for one, other in zip_longest(where, share, fillvalue=""):
            left.append(one)
            right.append(other)
    return Row((head, "\n".join(left), "\n".join(right)))


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
    shown = f"now {provenance.amount(bound.now)}"
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
