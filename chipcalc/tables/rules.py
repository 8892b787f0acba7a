"""The rules looked up: the list of a day, or one rule in plain words with dates and sources."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.contract import rules
from chipcalc.figures.figure import key
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import Budget, Rule
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.types import Confidence, day_before
from chipcalc.tables.report import Column, Grid, Report, Row, cell
from chipcalc.values import numbers, units
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.commands import written
from chipcalc.words.labels import citation
from chipcalc.words.line import Block, TextLine, block, command, deeper, lettered
from chipcalc.words.rules import words


def listed(rulebook: Rulebook, day: datetime.date, asked: Sequence[str] = ()) -> Report:
    """Return every rule that has a text on a day: by kind, those that are in force first.

    `asked` are the words of the command, which one rule is asked for by.
    """
    provisions = rulebook.on(day)
    groups: dict[tuple[str, str], list[Provision]] = {}
    for each in provisions:
        groups.setdefault((each.rule.kind, each.version.standing), []).append(each)
    kinds = list(dict.fromkeys(kind for kind, _ in groups))
    ordered = sorted(groups, key=lambda each: (kinds.index(each[0]), each[1] != _IN_FORCE))
    unsure = list(dict.fromkeys(e.version.unsure for e in provisions if e.version.unsure))
    rows: list[Row] = []
    for kind, standing in ordered:
        firm = "" if standing in (_IN_FORCE, _PROPOSED) else f", {standing}"
        rows.append(Row((cell(f"{kind.capitalize()}{firm}"),), heading=True))
        rows += [_listed(each, unsure) for each in groups[kind, standing]]
    columns = (
        Column("since", name="since"), Column("rule", name="rule"), Column("", name="paragraph")
    )  # fmt: skip
    example = provisions[0].id if provisions else ""
    notes = block(
        *(
            TextLine(labels.confidence(each), marker=lettered(number))
            for number, each in enumerate(unsure, start=1)
        )
    )
    return Report(
        lambda: rules.listed(provisions, day, rulebook),
        lambda: [rules.record(each) for each in provisions],
        title=block(_counted(provisions, day)),
        parts=(
            Grid(columns, tuple(rows), "rules"),
            notes,
            _one_of(asked or ("rules", "--as-of", day.isoformat()), example),
        ),
        unbroken=tuple(each.rule.paragraph for each in provisions),
    )


_IN_FORCE, _PROPOSED = "in force", "proposed"


def _listed(each: Provision, unsure: Sequence[Confidence]) -> Row:
    mark = unsure.index(each.version.unsure) + 1 if each.version.unsure else 0
    return Row(
        (
            cell(each.version.begins.isoformat(), role="faint"),
            cell(each.id, role="strong"),
            cell(each.rule.paragraph)._replace(footnotes=(mark,)),
        )
    )


def _counted(provisions: Sequence[Provision], day: datetime.date) -> str:
    """Return the answer: how many rules there are on a day, by how firm they are."""
    standings = Counter(each.version.standing for each in provisions)
    said = ", ".join(f"{number} {standing}" for standing, number in standings.most_common())
    count = len(provisions)
    return f"{count or 'No'} rule{'s' * (count != 1)} on {day}{f': {said}' if said else ''}"


def _one_of(asked: Sequence[str], example: str) -> Block:
    if not example:
        return ()
    return (
        TextLine("What one asks, since when and by which source:", role="faint"),
        command(written(asked[0], example, *asked[1:])),
    )


def one(
    versions: Sequence[Provision],
    rulebook: Rulebook,
    day: datetime.date | None,
    asked: Sequence[str] = (),
    *,
    whole: bool = False,
) -> Report:
    """Return one rule: every version of it, or the one of a day, in plain words.

    `asked` are the words of the command, for the whole; in short, notes are cut to a line and
    sources to their citation.
    """
    chosen = [each for each in versions if day is None or each.holds(day)]
    rule = versions[0].rule
    paragraphs = {name: each[0].rule.paragraph for name, each in rulebook.provisions.items()}
    blocks = [block(*_version(each, rulebook, paragraphs, whole=whole)) for each in chosen]
    if not chosen:
        blocks = [block(f"There was no such rule on {day}.")]
    return Report(
        lambda: rules.one(rule, chosen, rulebook),
        lambda: [rules.record(each) for each in chosen],
        title=_head(versions, chosen, rulebook.store.vocabulary, day),
        parts=(
            *blocks,
            *_rest(rule, chosen, asked, whole=whole),
        ),
        unbroken=tuple(paragraphs.values()),
    )


def _head(
    versions: Sequence[Provision],
    chosen: Sequence[Provision],
    vocabulary: Vocabulary,
    day: datetime.date | None,
) -> Block:
    """Return what the rule is and how it stands; below it its kind, and of what it is asked."""
    rule = versions[0].rule
    stands = _stands(chosen[-1]) if chosen else f"no such rule on {day}"
    lines = [
        f"{rule.paragraph}, {stands}: {rule.title}",
        f"{rule.kind}; id {rule.id}; text last checked {rule.verified}",
    ]
    for name, values in rule.applies_to.items():
        lines.append(f"asked where {labels.circumstance(name, values, vocabulary)}")
    return block(*lines)


def _stands(each: Provision) -> str:
    """Return how firm a text is, and since when or until when: ``in force since 2023-11-17``."""
    until = each.until()
    if until:
        return f"{each.version.standing} until {day_before(until)}"
    return f"{each.version.standing} since {each.version.begins}"


def _rest(
    rule: Rule, chosen: Sequence[Provision], asked: Sequence[str], *, whole: bool
) -> Iterator[Block]:
    """Yield the notes of a rule, or the command that shows them, in short."""
    if whole and rule.notes:
        yield block("Notes", *deeper(rule.notes))
    if not whole and chosen:
        count = len(rule.notes)
        noted = f"{count} note{'s' * (count > 1)}, " if count else ""
        yield (
            TextLine(f"With {noted}all sources and what is not modelled:", role="faint"),
            command(written(*(asked or ("rules", rule.id)), "--all")),
        )


def _version(
    each: Provision, rulebook: Rulebook, paragraphs: Mapping[str, str], *, whole: bool
) -> Iterator[TextLine]:
    """Yield the lines of one version: its days, and below them what it says and rests on."""
    until = each.until()
    end = f" to {day_before(until)}" if until else ""
    yield TextLine(f"{each.version.standing} from {each.version.begins}{end}", role="heading")
    yield from deeper(_says(each, rulebook.store.vocabulary, paragraphs))
    yield from deeper(_rests_on(each, rulebook) if whole else _briefly(each))


def _briefly(each: Provision) -> Iterator[TextLine]:
    """Yield the place of a version, the beginning of its note, and how much it leaves out."""
    version = each.version
    place = ", ".join(filter(None, (version.citation, version.at)))
    yield TextLine(f"source: {place or 'none'} ({version.confidence})", role="faint")
    if version.note:
        yield TextLine(f"note: {version.note}", role="faint", clipped=True)
    left = len(version.not_modelled)
    if left:
        yield TextLine(f"not modelled: {left} point{'s' * (left > 1)}", role="faint")


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
    yield from (TextLine(f"left open: {at}: {why}") for at, why in version.leaves_open.items())
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
