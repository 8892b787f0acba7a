"""Whether the vocabulary holds together: names lead somewhere, formulas can be computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.values import units
from chipcalc.vocabulary import conditions
from chipcalc.vocabulary.expressions import (
    Attribute,
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Over,
    UnitReading,
    fold,
    metrics_of,
)
from chipcalc.vocabulary.fits import FILE, fit_problems
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.yamlio import Document

_NEEDED_METRICS = ("die_area",)
_NEEDED_CONDITIONS = ("format",)
_DIE = "die"


def grave_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what no command can work with: words that every sheet needs, and endless formulas."""
    metrics = (*_NEEDED_METRICS, *vocabulary.declared.values())
    needed = (
        ("metrics", metrics, set(vocabulary.metrics)),
        ("conditions", _NEEDED_CONDITIONS, set(vocabulary.conditions)),
    )
    for place, names, known in needed:
        yield from (
            Problem(f"'{name}' is missing", FILE, path=place) for name in names if name not in known
        )
    rests_on = {
        name: [each.name for each in metrics_of(metric.formula)]
        for name, metric in vocabulary.metrics.items()
        if metric.formula is not None
    }
    for name in rests_on:
        if name in reached(name, rests_on):
            yield Problem("the formula rests on itself", FILE, path=f"metrics.{name}.formula")


def placed(problem: Problem, document: Document) -> Problem:
    """Return a problem of the vocabulary with its line in the file that was read."""
    parts = re.findall(r"[^.\[\]]+", problem.path)
    path = tuple(int(each) if each.isdigit() else each for each in parts)
    found = document.problem(path, problem.what, problem.hint)
    return found._replace(path=problem.path)


def reached(name: str, rests_on: Mapping[str, Iterable[str]]) -> set[str]:
    """Return what a thing rests on, directly or through others."""
    reached: set[str] = set()
    pending = [*rests_on.get(name, ())]
    while pending:
        each = pending.pop()
        if each not in reached:
            reached.add(each)
            pending.extend(rests_on.get(each, ()))
    return reached


def vocabulary_problems(vocabulary: Vocabulary, die_facts: Collection[str]) -> Iterator[Problem]:
    """Yield everything else that is wrong, each with the name of its condition or metric.

    `die_facts` are the names of what a sheet can say of a die.
    """
    yield from _condition_problems(vocabulary)
    yield from fit_problems(vocabulary)
    for name, detail in vocabulary.details.items():
        if detail.beside and detail.beside not in vocabulary.metrics:
            hint = did_you_mean(detail.beside, vocabulary.metrics)
            yield Problem(f"no metric '{detail.beside}'", FILE, path=f"details.{name}", hint=hint)
    yield from _purpose_problems(vocabulary)
    for name, metric in vocabulary.metrics.items():
        for each in (*metric.by, *metric.needs):
            if each not in vocabulary.conditions:
                hint = did_you_mean(each, vocabulary.conditions)
                yield Problem(f"no condition '{each}'", FILE, path=f"metrics.{name}", hint=hint)
        if metric.formula is not None:
            yield from _formula_problems(name, metric.formula, metric.unit, vocabulary, die_facts)


def _purpose_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, purpose in vocabulary.purposes.items():
        place = f"purposes.{name}"
        for metric in purpose.metrics:
            if metric not in vocabulary.metrics:
                hint = did_you_mean(metric, vocabulary.metrics)
                yield Problem(f"no metric '{metric}'", FILE, path=f"{place}.metrics", hint=hint)
        for condition, values in purpose.only.items():
            for value in values:
                try:
                    conditions.check(condition, value, vocabulary)
                except ChipcalcError as fault:
                    yield from (each.at(FILE, path=f"{place}.only") for each in fault.problems)
        try:
            units.quantity(purpose.at) if purpose.at else None
        except ChipcalcError as fault:
            yield from (each.at(FILE, path=f"{place}.at") for each in fault.problems)


def _condition_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, condition in vocabulary.conditions.items():
        named = [condition.default, *condition.headline]
        named += [each.becomes for each in condition.values.values()]
        named += [each.bounds.value for each in condition.values.values() if each.bounds]
        named += [other for each in condition.values.values() for other in each.outdone_by]
        for value in named:
            if value is not None and value not in condition.values:
                hint = did_you_mean(value, condition.values)
                yield Problem(f"no {name} '{value}'", FILE, path=f"conditions.{name}", hint=hint)


def _formula_problems(
    name: str,
    formula: Expression,
    stated: units.Unit,
    vocabulary: Vocabulary,
    die_facts: Collection[str],
) -> Iterator[Problem]:
    place = f"metrics.{name}.formula"
    try:
        unit = fold(formula, UnitReading(unit_of(vocabulary)))
        wrong: list[Problem] = fold(formula, _Faults(vocabulary, die_facts))
    except ChipcalcError as fault:
        yield from (each.at(FILE, path=place) for each in fault.problems)
        return
    yield from (each.at(FILE, path=place) for each in wrong)
    if not wrong and unit.dimension != stated.dimension:
        what = f"the formula gives {units.kind(unit)}, but '{stated}' is {units.kind(stated)}"
        yield Problem(what, FILE, path=f"metrics.{name}.unit", hint=f"did you mean '{unit.text}'?")


def unit_of(vocabulary: Vocabulary) -> Callable[[str], units.Unit]:
    def unit_of(name: str) -> units.Unit:
        if "." not in name:
            return vocabulary.metric(name).unit
        if name not in vocabulary.attributes:
            hint = did_you_mean(name, vocabulary.attributes)
            raise ChipcalcError(Problem(f"no attribute '{name}'", hint=hint))
        return vocabulary.attributes[name]

    return unit_of


class _Faults:
    """Reads an expression as what is wrong with its conditions and with what it goes through."""

    def __init__(self, vocabulary: Vocabulary, die_facts: Collection[str]) -> None:
        self.vocabulary = vocabulary
        self.die_facts = die_facts

    def constant(self, node: Constant) -> list[Problem]:
        return []

    def attribute(self, node: Attribute) -> list[Problem]:
        return []

    def metric(self, node: Metric) -> list[Problem]:
        found: list[Problem] = []
        for name, value in node.when.items():
            try:
                conditions.check(name, value, self.vocabulary)
            except ChipcalcError as fault:
                found += fault.problems
        return found

    def operation(self, node: Operation, operands: Sequence[list[Problem]]) -> list[Problem]:
        return [each for found in operands for each in found]

    def over(self, node: Over, of: list[Problem]) -> list[Problem]:
        things = [_DIE, *self.vocabulary.conditions]
        facts = self.die_facts
        return [
            *of,
            *(
                Problem(f"nothing is called '{each}'", hint=did_you_mean(each, things))
                for each in node.each
                if each not in things
            ),
            *(
                Problem(f"a die has no '{each}'", hint=did_you_mean(each, facts))
                for each in node.where
                if each not in facts
            ),
        ]

    def convert(self, node: Convert, of: list[Problem]) -> list[Problem]:
        return of
