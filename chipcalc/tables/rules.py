"""The rules looked up: the list of a day, or one rule in plain words with dates and sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.contract import rules
from chipcalc.figures.figure import key
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Budget
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.layout import wrapped
from chipcalc.tables.report import Column, Report, Row
from chipcalc.values import numbers, units
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.check import standing
from chipcalc.words.labels import citation
from chipcalc.words.rules import words

_PARAGRAPH_WIDTH = 24
_STANDING_WIDTH = 14


def listed(rulebook: Rulebook, day: datetime.date) -> Report:
    """Return every rule that has a text on a day, by kind."""
    provisions = rulebook.on(day)
    rows, kind = [], ""
    for each in provisions:
        if each.rule.kind != kind:
            kind = each.rule.kind
            rows.append(Row((kind.capitalize(),), heading=True))
        rows.append(
            Row(
                (
                    f"  {each.id}",
                    wrapped(each.rule.paragraph, _PARAGRAPH_WIDTH),
                    each.version.begins.isoformat(),
                    wrapped(standing(each), _STANDING_WIDTH),
                )
            )
        )
    return Report(
        (Column("rule"), Column("paragraph"), Column("since"), Column("standing")),
        tuple(rows),
        lambda: {
            "schema": rules.SCHEMA,
            "as_of": day.isoformat(),
            "rules": [rules.facts(each) for each in provisions],
        },
        lambda: [rules.record(each) for each in provisions],
        title=f"Rules on {day}",
        notes=("chipcalc rules RULE says what one asks.",),
    )


def one(versions: Sequence[Provision], rulebook: Rulebook, day: datetime.date | None) -> Report:
    """Return one rule: every version of it, or the one of a day, in plain words."""
    chosen = [each for each in versions if day is None or each.holds(day)]
    rule = versions[0].rule
    vocabulary = rulebook.store.vocabulary
    paragraphs = {name: each[0].rule.paragraph for name, each in rulebook.provisions.items()}
    blocks = ["\n".join(_version(each, rulebook, paragraphs)) for each in chosen]
    if not chosen:
        blocks = [f"There was no such rule on {day}."]
    head = [
        f"{rule.paragraph}: {rule.title}",
        f"{rule.kind}; id {rule.id}; text last checked {rule.verified}",
    ]
    for name, values in rule.applies_to.items():
        head.append(f"asked where {labels.circumstance(name, values, vocabulary)}")
    notes = "\n".join(["Notes", *(f"  {each}" for each in rule.notes)]) if rule.notes else ""
    records = [rules.record(each) for each in chosen]
    data = [rules.data(each, rulebook, paragraphs) for each in chosen]
    return Report(
        (Column(""),),
        (),
        lambda: {
            "schema": "chipcalc.rule/1",
            "rule": rule.id,
            "applies_to": {name: list(values) for name, values in rule.applies_to.items()},
            "versions": data,
            "notes": list(rule.notes),
        },
        lambda: records,
        title="\n".join(head),
        notes=(*blocks, *((notes,) if notes else ())),
    )


def _version(each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str]) -> Iterator[str]:
    version = each.version
    until = each.until()
    end = f" to {until - datetime.timedelta(days=1)}" if until else ""
    yield f"{version.standing} from {version.begins}{end}"
    dates = [
        ("announced", version.announced),
        ("published", version.published),
        ("to be obeyed from", version.compliance),
    ]
    said = ", ".join(f"{name} {day}" for name, day in dates if day)
    if said:
        yield f"  {said}"
    vocabulary = rulebook.store.vocabulary
    yield from (f"  {line}" for line in words(each.criterion, vocabulary, paragraphs))
    if each.shipment:
        yield "  and of a shipment:"
        yield from (f"    {line}" for line in words(each.shipment, vocabulary, paragraphs))
    if version.budget:
        yield f"  limit: {_budget(version.budget, vocabulary)}"
    yield from (f"  condition: {line}" for line in version.conditions)
    place = ", ".join(filter(None, (version.citation, version.at)))
    yield f"  source: {place or 'none'} ({version.confidence})"
    for name in version.source:
        source = rulebook.source(each, name)
        yield f"    {citation(source) if source else name}"
    if version.note:
        yield f"  note: {version.note}"
    for metric, why in version.where_undefined.items():
        label = labels.label(key(metric), vocabulary)
        yield f"  where there is no {label}: not met; {why}"
    yield from (f"  not modelled: {line}" for line in version.not_modelled)


def _budget(budget: Budget, vocabulary: Vocabulary) -> str:
    """Return a limit on what chips add up to, in words."""
    most = units.quantity(budget.at_most)
    unit = labels.unit_shown(budget.of, most.unit, vocabulary)
    amount = f"{numbers.beside(most.amount.best, most.amount.best)} {unit}".rstrip()
    return f"{labels.label(key(budget.of), vocabulary)} of at most {amount} per {budget.per}"
