"""What budgets show: for every limit and chip how many fit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.check.budget import Count, Fitting, Limit
from chipcalc.contract import budget
from chipcalc.errors import join_words
from chipcalc.figures.figure import key
from chipcalc.tables.report import Cell, Column, Grid, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import figures, labels, supposed
from chipcalc.words.check import standing
from chipcalc.words.line import block
from chipcalc.words.ways import stated

_NO_END = float("inf")
_UNKNOWN = cell("unknown", role="missing")


def report(
    found: Sequence[Fitting], day: datetime.date, vocabulary: Vocabulary, *, dated: bool = True
) -> Report:
    """Return how many chips fit into every limit: those of a day or, seen from it, all periods."""
    rows: list[Row] = []
    limits: dict[str, list[Fitting]] = {}
    for each in found:
        limits.setdefault(_heading(each.limit, day, vocabulary), []).append(each)
    for heading, fittings in limits.items():
        rows.append(Row((cell(heading),), heading=True))
        rows += [row for each in fittings for row in _rows(each)]
    metric = labels.brief(key(found[0].limit.of), vocabulary)
    columns = (
        Column("", name="name"),
        Column(f"{metric} of one", "right"),
        Column("chips", "right"),
    )
    title = f"Fit{f' on {day}' if dated else ', period by period'}: {_answer(found)}"
    notes = block(*_notes(found))
    return Report(
        lambda: budget.data(found, day if dated else None),
        lambda: list(budget.records(found, day if dated else None)),
        title=block(title, *dict.fromkeys(supposed.warning(e.item.evaluator) for e in found)),
        parts=(
            Grid(columns, tuple(rows), "budget"),
            *((notes,) if notes else ()),
        ),
    )


def _answer(found: Sequence[Fitting]) -> str:
    """Return for each chip how many fit, under the tightest of several limits, or that none counts.

    Where chips may count or not, that is said.
    """
    said = []
    several = any(each.limit != found[0].limit for each in found)
    for name, fittings in _by_chip(found).items():
        told = supposed.said_of(fittings[0].item)
        counted = [each for each in fittings if each.draws is not Verdict.not_met]
        if not counted:
            said.append(f"{name}{told} counts against none")
            continue
        least = min(counted, key=lambda e: min((_fewest(c) for c in e.counts), default=_NO_END))
        numbers_ = dict.fromkeys(map(_range, least.counts))
        fit = join_words(numbers_, "or") if numbers_ else "an unknown number"
        limit = least.limit.provision
        by = f" under {limit.rule.paragraph}" if limit and several else ""
        maybe = ", if it counts" if least.draws is Verdict.unknown else ""
        said.append(f"{fit} × {name}{told}{by}{maybe}")
    return "; ".join(said)


def _by_chip(found: Sequence[Fitting]) -> dict[str, list[Fitting]]:
    chips: dict[str, list[Fitting]] = {}
    for each in found:
        chips.setdefault(each.item.evaluator.sheet.name, []).append(each)
    return chips


def _fewest(count: Count) -> float:
    return _NO_END if count.fewest is None else count.fewest


def _heading(limit: Limit, day: datetime.date, vocabulary: Vocabulary) -> str:
    """Return a limit with what sets it, how that stands, and over what it is added up."""
    amount = numbers.beside(limit.at_most.amount.best, limit.at_most.amount.best)
    unit = labels.unit_shown(limit.of, limit.at_most.unit, vocabulary)
    metric = labels.brief(key(limit.of), vocabulary)
    shown = f"{amount} {unit}".rstrip() + f" {metric}"
    if limit.provision is None:
        return f"Given: {shown}"
    until = limit.provision.until()
    over = until is not None and until <= day
    due = limit.provision.version.compliance
    never = due is not None and until is not None and until <= due
    stands = "never to be obeyed" if never else standing(limit.provision) + " then" * over
    words = [limit.provision.version.citation, stands]
    set_by = ", ".join(filter(None, [limit.provision.rule.paragraph, *words]))
    return f"{set_by}: {shown} per {limit.per}"


def _rows(each: Fitting) -> Iterator[Row]:
    name = each.item.evaluator.sheet.name
    mark = f", {supposed.MARK}" if supposed.said_of(each.item) else ""
    if each.draws is Verdict.not_met:
        yield Row((cell(f"{name}{mark}", level=1), cell(), cell("does not count")))
        return
    for count in each.counts:
        number = _number(count, "if it counts" if each.draws is Verdict.unknown else "")
        one = cell(figures.amount(count.figure))
        way = stated(count.way, each.item.evaluator.vocabulary)
        yield Row((cell(f"{name}, {way}{mark}", level=1), one, number))
    if not each.counts:
        yield Row((cell(f"{name}{mark}", level=1), _UNKNOWN, _UNKNOWN))


def _number(count: Count, condition: str) -> Cell:
    """Return how many fit, with the condition under which they count, if any."""
    return cell(_range(count), condition, joint=",")


def _range(count: Count) -> str:
    if count.fewest is None:
        return "no limit"
    if count.most is None:
        return f"{count.fewest:,} or more"
    same = count.fewest == count.most
    return f"{count.fewest:,}" if same else f"{count.fewest:,}–{count.most:,}"


def _notes(found: Sequence[Fitting]) -> Iterator[str]:
    """Yield which chips do not count against which limits, and what to know about each limit."""
    out: dict[tuple[str, Verdict], dict[str, None]] = {}
    for each in found:
        if each.draws is not Verdict.met and each.limit.provision:
            head = each.item.evaluator.sheet.name, each.draws
            out.setdefault(head, {})[each.limit.provision.rule.paragraph] = None
    for (name, draws), limits in out.items():
        if draws is Verdict.not_met:
            yield f"{name} is no item that counts against {join_words(limits, 'or')}."
        else:
            yield (
                f"{name} may count against {join_words(limits, 'or')}, or not: its classification "
                "is open. 'chipcalc check' says what decides."
            )
    rules = {e.limit.provision.id: e.limit.provision.rule for e in found if e.limit.provision}
    told: dict[str, list[str]] = {}
    for rule in rules.values():
        for note in rule.notes:
            told.setdefault(note, []).append(rule.paragraph)
    yield from (f"{', '.join(names)}: {note}" for note, names in told.items())
