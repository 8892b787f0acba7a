"""What headroom shows: the distance to every line, or the largest chip that stays outside."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from chipcalc import check_contract, explanation, labels, outcomes, provenance, text, units
from chipcalc.check import Checked
from chipcalc.check_report import NO_ADVICE, circumstances_line
from chipcalc.contract import interval_data
from chipcalc.criteria import SIGNS, Compare
from chipcalc.deciding import Deciding, Span
from chipcalc.errors import error, join_words
from chipcalc.figure import Figure
from chipcalc.headroom import Bound, Distance, bounds, distances, free, outside, rates
from chipcalc.interval import Interval, exactly
from chipcalc.model import Vocabulary
from chipcalc.report import Column, Report, Row

SCHEMA = "chipcalc.headroom/1"
_LIMB_WIDTH = 20
_NAME_WIDTH = 16
_HEAD_WIDTH = 26


def lines(found: Sequence[Checked]) -> Report:
    """Return the report of the signed distances of chips to every line of every rule."""
    rows: list[Row] = []
    records: list[dict[str, Any]] = []
    for checked in found:
        if len(found) > 1:
            rows.append(Row((checked.sheet.name,), heading=True))
        rule = limb = ""
        for each in distances(checked):
            if each.finding.provision.id != rule:
                rule, limb = each.finding.provision.id, ""
                paragraph = each.finding.provision.rule.paragraph
                rows.append(Row(("\n".join(textwrap.wrap(paragraph, _LIMB_WIDTH)),)))
            rows.append(_distance_row(each, checked, "" if each.limb == limb else each.limb))
            limb = each.limb
            records.append(_distance_record(each, checked))
    columns = (
        Column(""), Column("what"), Column("value", "right"), Column("line", "right"),
        Column("distance", "right"), Column("margin", "right"),
    )  # fmt: skip
    day = found[0].day
    names = ", ".join(each.sheet.name for each in found)
    title = (
        f"{names} on {day}: distance to every line"
        if len(found) == 1
        else f"Distance to every line on {day}"
    )
    return Report(
        columns,
        tuple(rows),
        lambda: {"schema": SCHEMA, "as_of": day.isoformat(), "distances": records},
        lambda: [{name: str(value or "") for name, value in each.items()} for each in records],
        title=title,
        notes=(*(circumstances_line(each) for each in found[:1]), NO_ADVICE),
    )


def _distance_row(each: Distance, checked: Checked, limb: str) -> Row:
    node = each.line.node
    if not isinstance(node, Compare):
        return Row(())
    vocabulary = checked.case.evaluator.vocabulary
    limit = node.limit.amount.best
    unit = labels.unit_shown(node.of.name, node.limit.unit, vocabulary)
    name = labels.brief(node.of.name, vocabulary)
    return Row(
        (
            "\n".join("  " + line for line in textwrap.wrap(limb, _LIMB_WIDTH - 2)),
            "\n".join(textwrap.wrap(name, _NAME_WIDTH)),
            _interval(each.value, limit) if each.value else explanation.absent(each.line),
            f"{SIGNS[node.relation]} {text.beside(limit, limit)} {unit}".rstrip(),
            _signed(each.away) if each.away else "",
            explanation.margin(each.line),
        )
    )


def _interval(value: Interval, limit: Fraction) -> str:
    low, high = text.beside(value.low, limit), text.beside(value.high, limit)
    return low if low == high else f"{low}–{high}"


def _signed(away: Interval) -> str:
    ends = []
    for end in (away.low, away.high):
        shown = text.beside(end, Fraction(0))
        ends.append(f"+{shown}" if end > 0 else shown)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _distance_record(each: Distance, checked: Checked) -> dict[str, Any]:
    node = each.line.node
    limit = node.limit if isinstance(node, Compare) else None
    return {
        "chip": checked.sheet.id,
        "rule": each.finding.provision.id,
        "paragraph": each.finding.provision.rule.paragraph,
        "cite": each.limb or None,
        "metric": node.of.name if isinstance(node, Compare) else None,
        **(interval_data(each.value) if each.value else {"value": None, "low": None, "high": None}),
        "asks": SIGNS[node.relation] if isinstance(node, Compare) else None,
        "limit": units.decimal_text(limit.amount.best) if limit else None,
        "unit": limit.unit.text if limit else None,
        "distance": units.decimal_text(each.away.best) if each.away else None,
        "verdict": each.line.verdict.value,
    }


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
            names = join_words(
                labels.label(each, checked.case.evaluator.vocabulary) for each in free(checked)
            )
            because = f"{names} not known" if names else f"no rule with numbers on {checked.day}"
            what = f"{checked.sheet.name}: nothing to solve: {because}"
            raise error(what, "give all but one, such as --die-area 814mm2 --market datacenter")
        for bound in solved:
            rows += _bound_rows(bound, checked)
            data.append(_bound_data(bound, checked))
            notes += _rate_notes(bound, checked)
    columns = (Column(""), Column(""), Column("what follows"))
    return Report(
        columns,
        tuple(rows),
        lambda: {"schema": SCHEMA, "as_of": found[0].day.isoformat(), "bounds": data},
        lambda: list(_bound_records(data)),
        title=f"What stays outside on {found[0].day}",
        notes=(*(circumstances_line(each) for each in found[:1]), *notes, NO_ADVICE),
    )


def _bound_rows(bound: Bound, checked: Checked) -> Iterator[Row]:
    vocabulary = checked.case.evaluator.vocabulary
    name = labels.brief(bound.metric[0], vocabulary)
    taken = [outcomes.condition(each, vocabulary) for each in bound.where]
    head = ", ".join([f"{checked.sheet.name}: {name} set free", *taken])
    yield Row(("\n".join(textwrap.wrap(head, _HEAD_WIDTH)),), heading=True)
    yield Row(("  outside all", *_outside(bound.deciding, bound, vocabulary)))
    for rule, deciding in bound.by_rule.items():
        paragraph = checked.case.provisions[rule].rule.paragraph
        yield Row((f"  outside {paragraph}", *_outside(deciding, bound, vocabulary)))
    for outcome in bound.deciding.outcomes:
        where = ", ".join(outcomes.condition(each, vocabulary) for each in outcome.where)
        judged = outcomes.judged(outcome.judgement, "none of these")
        yield Row(("", where or f"any {name}", "\n".join(textwrap.wrap(judged, 30))))


def _outside(deciding: Deciding, bound: Bound, vocabulary: Vocabulary) -> tuple[str, str]:
    spans = list(outside(deciding))
    name = labels.brief(bound.metric[0], vocabulary)
    if not spans:
        never = all(each.judgement.verdict.value == "not met" for each in deciding.outcomes)
        return (f"any {name}" if never else "not known"), ""
    shown = "\n".join(outcomes.condition(each, vocabulary) for each in spans)
    return shown, _share(bound, spans)


def _share(bound: Bound, spans: Sequence[Span]) -> str:
    """Return how much of the bound the chip as it is uses: ``now 2,368, 98.7 % of it``."""
    if bound.now is None:
        return ""
    amount = bound.now.value.to(spans[0].unit).amount
    shown = f"now {provenance.amount(bound.now)}"
    for span in spans:
        edge = span.high if span.high is not None else span.low
        if edge and amount.exact and _holds(span, amount.best):
            return f"{shown}, {text.percent(amount / exactly(edge))} of it"
    return shown


def _holds(span: Span, value: Fraction) -> bool:
    above = span.low is None or value > span.low or (span.low_included and value == span.low)
    below = span.high is None or value < span.high or (span.high_included and value == span.high)
    return above and below


def _rate_notes(bound: Bound, checked: Checked) -> Iterator[str]:
    vocabulary = checked.case.evaluator.vocabulary
    spans = list(bound.outside())
    if not spans or spans[0].high is None:
        return
    shown = []
    for rate in rates(bound.metric, spans[0].high, vocabulary):
        low, high = text.beside(rate.low, rate.low), text.beside(rate.high, rate.high)
        shown.append(f"{rate.label} {low if low == high else f'{low}–{high}'} {rate.unit}")
    if shown:
        word = "up to" if spans[0].high_included else "below"
        taken = [outcomes.condition(each, vocabulary) for each in bound.where]
        where = f" ({', '.join(taken)})" if taken else ""
        yield f"As a dense rate of one processing unit{where}, {word}: {', '.join(shown)}."


def _bound_data(bound: Bound, checked: Checked) -> dict[str, Any]:
    vocabulary = checked.case.evaluator.vocabulary
    spans = list(bound.outside())
    edge = spans[0].high if spans else None
    return {
        "chip": checked.sheet.id,
        "metric": bound.metric[0],
        "circumstances": {each.name: list(each.values) for each in bound.where},
        "now": interval_data(bound.now.value.amount) if isinstance(bound.now, Figure) else None,
        "outside": [check_contract.span_data(each) for each in spans],
        "outside_of": {
            rule: [check_contract.span_data(each) for each in outside(deciding)]
            for rule, deciding in bound.by_rule.items()
        },
        "outcomes": [check_contract.outcome_data(each) for each in bound.deciding.outcomes],
        "rates": {
            rate.label: {
                "low": units.decimal_text(rate.low),
                "high": units.decimal_text(rate.high),
                "unit": rate.unit,
            }
            for rate in (rates(bound.metric, edge, vocabulary) if edge is not None else ())
        },
    }


def _bound_records(data: Sequence[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for each in data:
        for outcome in each["outcomes"]:
            yield {
                "chip": each["chip"],
                "metric": each["metric"],
                "low": outcome["low"] or "",
                "low_included": str(outcome.get("low_included", "")).lower(),
                "high": outcome["high"] or "",
                "high_included": str(outcome.get("high_included", "")).lower(),
                "unit": outcome.get("unit", ""),
                "verdict": outcome["verdict"],
                "cite": outcome["cite"] or "",
            }
