"""The rules looked up: the list of a day, or one rule in plain words with dates and sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.contract import rules
from chipcalc.figures.figure import key
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Budget
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.values import numbers, units
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.check import standing
from chipcalc.words.labels import citation
from chipcalc.words.line import TextLine, block, deeper
from chipcalc.words.rules import words


def listed(rulebook: Rulebook, day: datetime.date) -> Report:
    """Return every rule that has a text on a day, by kind."""
    provisions = rulebook.on(day)
    rows, kind = [], ""
    for each in provisions:
        if each.rule.kind != kind:
            kind = each.rule.kind
            rows.append(Row((cell(kind.capitalize()),), heading=True))
        rows.append(
            Row(
                (
                    cell(each.id, level=1),
                    cell(each.rule.paragraph),
                    cell(each.version.begins.isoformat()),
                    cell(standing(each)),
                )
            )
        )
    columns = (
        Column("rule"),
        Column("paragraph", name="paragraph"),
        Column("since"),
        Column("standing", name="standing"),
    )
    return Report(
        lambda: rules.listed(provisions, day, rulebook),
        lambda: [rules.record(each) for each in provisions],
        title=block(f"Rules on {day}"),
        parts=(
            Grid(columns, tuple(rows), "rules"),
            block("chipcalc rules RULE says what one asks."),
        ),
    )


def one(versions: Sequence[Provision], rulebook: Rulebook, day: datetime.date | None) -> Report:
    """Return one rule: every version of it, or the one of a day, in plain words."""
    chosen = [each for each in versions if day is None or each.holds(day)]
    rule = versions[0].rule
    vocabulary = rulebook.store.vocabulary
    paragraphs = {name: each[0].rule.paragraph for name, each in rulebook.provisions.items()}
    blocks = [block(*_version(each, rulebook, paragraphs)) for each in chosen]
    if not chosen:
        blocks = [block(f"There was no such rule on {day}.")]
    blocks += [block("Notes", *deeper(rule.notes))] if rule.notes else []
    head = [
        f"{rule.paragraph}: {rule.title}",
        f"{rule.kind}; id {rule.id}; text last checked {rule.verified}",
    ]
    for name, values in rule.applies_to.items():
        head.append(f"asked where {labels.circumstance(name, values, vocabulary)}")
    return Report(
        lambda: rules.one(rule, chosen, rulebook),
        lambda: [rules.record(each) for each in chosen],
        title=block(*head),
        parts=(
            Grid((Column(""),), (), "rule"),
            *tuple(blocks),
        ),
    )


def _version(
    each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str]
) -> Iterator[TextLine]:
    """Yield the lines of one version: its days, and below them what it says and rests on."""
    until = each.until()
    end = f" to {until - datetime.timedelta(days=1)}" if until else ""
    yield TextLine(f"{each.version.standing} from {each.version.begins}{end}")
    yield from deeper(_says(each, rulebook.store.vocabulary, paragraphs))
    yield from deeper(_rests_on(each, rulebook))


def _says(
    each: Provision, vocabulary: Vocabulary, paragraphs: Mapping[str, str]
) -> Iterator[str | TextLine]:
    """Yield the other days of a version, its criteria, its limit and its conditions."""
    version = each.version
    dates = [
        ("announced", version.announced),
        ("published", version.published),
        ("to be obeyed from", version.compliance),
    ]
    yield from filter(None, [", ".join(f"{name} {day}" for name, day in dates if day)])
    yield from words(each.criterion, vocabulary, paragraphs)
    if each.shipment:
        yield "and of a shipment:"
        yield from deeper(words(each.shipment, vocabulary, paragraphs))
    if version.budget:
        yield f"limit: {_budget(version.budget, vocabulary)}"
    yield from (f"condition: {line}" for line in version.conditions)


def _rests_on(each: Provision, rulebook: Rulebook) -> Iterator[TextLine]:
    """Yield the sources of a version, its note, and what it leaves out."""
    version = each.version
    place = ", ".join(filter(None, (version.citation, version.at)))
    yield TextLine(f"source: {place or 'none'} ({version.confidence})")
    for name in version.source:
        source = rulebook.source(each, name)
        yield TextLine(citation(source) if source else name, 1)
    if version.note:
        yield TextLine(f"note: {version.note}")
    for metric, why in version.where_undefined.items():
        label = labels.label(key(metric), rulebook.store.vocabulary)
        yield TextLine(f"where there is no {label}: not met; {why}")
    yield from (TextLine(f"not modelled: {line}") for line in version.not_modelled)


def _budget(budget: Budget, vocabulary: Vocabulary) -> str:
    """Return a limit on what chips add up to, in words."""
    most = units.quantity(budget.at_most)
    unit = labels.unit_shown(budget.of, most.unit, vocabulary)
    amount = f"{numbers.beside(most.amount.best, most.amount.best)} {unit}".rstrip()
    return f"{labels.label(key(budget.of), vocabulary)} of at most {amount} per {budget.per}"
