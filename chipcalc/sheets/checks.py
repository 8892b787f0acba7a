"""Whether a sheet speaks the vocabulary: known metrics, conditions and formats, fitting units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chipcalc.errors import Problem, did_you_mean, join_words
from chipcalc.sheets.chip import ASSEMBLED, Chip, Statement
from chipcalc.sheets.rates import same_rate_problems
from chipcalc.values import units
from chipcalc.vocabulary.conditions import OWN
from chipcalc.vocabulary.model import Condition, Vocabulary
from chipcalc.yamlio import Document, Path


def sheet_problems(chip: Chip, document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what a sheet says in words that the vocabulary does not have, or in wrong units."""
    for metric, statements in chip.values.items():
        if metric not in vocabulary.metrics or vocabulary.metrics[metric].formula is not None:
            yield _no_raw_metric(metric, document, vocabulary)
            continue
        for index, statement in enumerate(statements):
            place = ("values", metric, index)
            yield from unit_problem(statement, _units(metric, vocabulary), metric, place, document)
            yield from _condition_problems(chip, statement, metric, place, document, vocabulary)
    if chip.contains and (chip.item is None or chip.item.value not in ASSEMBLED):
        hint = "add item: {value: board, …}, or system"
        yield document.problem(("contains",), "what contains circuits is no circuit itself", hint)
    yield from _die_problems(chip, document, vocabulary)
    yield from _name_problems(chip, document, vocabulary)
    for name, metric in vocabulary.declared.items():
        stated = getattr(chip.declared, name, None)
        if stated is not None:
            allowed = _units(metric, vocabulary)
            yield from unit_problem(stated, allowed, name, ("declared", name), document)


def _units(metric: str, vocabulary: Vocabulary) -> Sequence[units.Unit]:
    """Return units of all kinds that a metric is measured in, its own first."""
    definition = vocabulary.metric(metric)
    return definition.unit, *definition.also


def _no_raw_metric(metric: str, document: Document, vocabulary: Vocabulary) -> Problem:
    derived = metric in vocabulary.metrics
    what = f"'{metric}' is derived, so no sheet states it" if derived else f"no metric '{metric}'"
    raw = [name for name, each in vocabulary.metrics.items() if each.formula is None]
    return document.problem(("values", metric), what, did_you_mean(metric, raw))


def _die_problems(chip: Chip, document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    area = vocabulary.attributes.get("die.area")
    for index, die in enumerate(chip.dies):
        if die.area and area:
            place = ("dies", index, "area")
            yield from unit_problem(die.area, (area,), "a die area", place, document)


def _name_problems(chip: Chip, document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the formats, absent metrics and details that the vocabulary does not know."""
    formats = vocabulary.conditions["format"].values
    named: list[tuple[Path, Iterable[str], Iterable[str]]] = [
        (("formats",), chip.formats or (), formats),
        (("not_offered",), chip.not_offered, [*vocabulary.metrics, *formats]),
    ]
    named += [
        (("units", k, "formats"), unit.formats or (), formats) for k, unit in chip.units.items()
    ]
    for place, names, known in named:
        for index, name in enumerate(names):
            if name not in known:
                hint = did_you_mean(name, known)
                yield document.problem((*place, index), f"no such word '{name}'", hint)
    yield from same_rate_problems(chip, document, formats)
    for metric in chip.values:
        if metric in chip.not_offered:
            what = f"'{metric}' has a figure, but not_offered: lists it"
            yield document.problem(("values", metric), what, "keep one of the two")
    for name in chip.details:
        if name not in vocabulary.details:
            hint = did_you_mean(name, vocabulary.details)
            yield document.problem(("details", name), f"no detail '{name}'", hint)


def unit_problem(
    statement: Statement,
    allowed: Sequence[units.Unit],
    metric: str,
    place: Path,
    document: Document,
) -> Iterator[Problem]:
    """Yield a problem when the unit of a statement measures something else than its metric."""
    if all(statement.unit.dimension != each.dimension for each in allowed):
        right = allowed[0]
        what = (
            f"'{statement.unit.text or 1}' is {units.kind(statement.unit)}, but {metric} is "
            f"measured in {right.text} ({units.kind(right)})"
        )
        hint = f"did you mean '{_like(statement, right)}'?"
        yield document.problem((*place, "unit"), what, hint)


def _like(statement: Statement, right: units.Unit) -> str:
    """Return the right unit with the prefix of the wrong one, where there is such a unit."""
    try:
        like = units.unit(statement.unit.text[:1] + right.text[1:])
    except units.UnitError:
        return right.text
    return like.text if like.dimension == right.dimension else right.text


def _condition_problems(
    chip: Chip,
    statement: Statement,
    metric: str,
    place: Path,
    document: Document,
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    definition = vocabulary.metrics[metric]
    for name in definition.needs:
        if name not in statement.when:
            hint = f"add when: {{{name}: {_example(vocabulary.conditions[name])}}}"
            yield document.problem(place, f"{metric} needs its {name} stated", hint)
    for name, value in statement.when.items():
        here = (*place, "when", name)
        if name not in definition.by:
            hint = did_you_mean(name, definition.by)
            yield document.problem(here, f"{metric} has no condition '{name}'", hint)
            continue
        known: Iterable[str] = vocabulary.conditions[name].values
        role = vocabulary.conditions[name].role
        if role in OWN:
            known = chip.units if role == "part" else chip.modes
        if value not in known:
            hint = did_you_mean(value, known) or f"known are {join_words(known) or 'none'}"
            yield document.problem(here, f"no {name} '{value}'", hint)
        elif name == "format":
            yield from _format_problems(chip, statement, value, here, document)


def _format_problems(
    chip: Chip, statement: Statement, value: str, place: Path, document: Document
) -> Iterator[Problem]:
    """Yield where a sheet has a figure at a format that it elsewhere says is not offered."""
    if chip.formats is not None and value not in chip.formats:
        what = f"'{value}' has a figure, but formats: does not list it"
        yield document.problem(place, what, "add it to formats:")
    if value in chip.not_offered:
        what = f"'{value}' has a figure, but not_offered: lists it"
        yield document.problem(place, what, "keep one of the two")
    unit = chip.units.get(statement.when.get("unit", ""))
    if unit and unit.formats is not None and value not in unit.formats:
        what = f"'{value}' has a figure, but the formats of {unit.label} do not list it"
        yield document.problem(place, what, "add it to them")


def _example(condition: Condition) -> str:
    return condition.default or next(iter(condition.values), "…")
