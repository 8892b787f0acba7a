"""Whether rules fit the vocabulary, the groups of countries and one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.places.groups import Groups
from chipcalc.rules import criteria
from chipcalc.rules.criteria import CircumstanceIs, Criterion, RuleMet, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import PRESUMPTION, PROPOSAL, Rule
from chipcalc.values import units
from chipcalc.vocabulary import checks
from chipcalc.vocabulary.checks import unit_of
from chipcalc.vocabulary.conditions import check
from chipcalc.vocabulary.expressions import UnitReading, fold
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.yamlio import Document

_COUNTRY = re.compile("[A-Z]{2}")
KnownGroups: TypeAlias = Callable[[], Sequence[Groups]]


_MOST = 100  # rules, one upon the other


def rule_problems(
    provision: Provision, criterion: Criterion, vocabulary: Vocabulary, groups: KnownGroups
) -> Iterator[Problem]:
    """Yield what a version says in words that the vocabulary lacks, or compares with wrong units.

    This is the dimension check: a rule that compares GB/s with GHz fails before any chip is read.
    """
    for node in criteria.leaves(criterion):
        if isinstance(node, Threshold):
            yield from _comparison_problems(node, provision, vocabulary)
        elif isinstance(node, CircumstanceIs):
            faults = _circumstance_problems(node.name, node.values, vocabulary, groups)
            yield from (provision.problem(what, hint, *node.path) for what, hint in faults)
    for name in provision.version.where_undefined:
        if name not in vocabulary.metrics:
            hint = did_you_mean(name, vocabulary.metrics)
            yield provision.problem(f"no metric '{name}'", hint, "where_undefined", name)


def budget_problems(provision: Provision, vocabulary: Vocabulary) -> Iterator[Problem]:
    budget = provision.version.budget
    if budget is None:
        return
    try:
        metric, limit = vocabulary.metric(budget.of), units.quantity(budget.at_most)
    except ChipcalcError as fault:
        yield from (provision.problem(each.what, each.hint, "budget") for each in fault.problems)
        return
    if limit.unit.dimension != metric.unit.dimension:
        what = f"'{limit.unit}' is {units.kind(limit.unit)}, but {budget.of} is measured in "
        what += metric.unit.text
        yield provision.problem(what, "compare like with like", "budget", "at_most")


def _comparison_problems(
    node: Threshold, provision: Provision, vocabulary: Vocabulary
) -> Iterator[Problem]:
    if node.of.name in vocabulary.circumstances:
        hint = f"write {node.of.name}: {next(iter(vocabulary.circumstances[node.of.name].values))}"
        yield provision.problem(f"'{node.of.name}' is no number", hint, *node.path)
        return
    try:
        unit = fold(node.of, UnitReading(unit_of(vocabulary)))
        for name, value in node.of.when.items():
            check(name, value, vocabulary)
    except ChipcalcError as fault:
        yield from (provision.problem(each.what, each.hint, *node.path) for each in fault.problems)
        return
    definition = vocabulary.metric(node.of.name)
    for name in node.of.when:
        if definition.formula is None and name not in definition.by:
            known = f"known are {', '.join(definition.by) or 'none'}"
            hint = did_you_mean(name, definition.by) or known
            what = f"{node.of.name} has no condition '{name}'"
            yield provision.problem(what, hint, *node.path)
    if unit.dimension != node.limit.unit.dimension:
        limit = node.limit.unit
        what = (
            f"'{limit}' is {units.kind(limit)}, but {node.of.name} is measured in {unit.text} "
            f"({units.kind(unit)})"
        )
        yield provision.problem(what, "compare like with like", *node.path)


def standing_problems(rule: Rule, document: Document) -> Iterator[Problem]:
    """Yield proposals to change a rule: they would stand in for the text that holds."""
    for number, version in enumerate(rule.versions):
        if version.standing == "proposed" and rule.kind != PROPOSAL:
            place = ("versions", number, "standing")
            hint = f"write a rule of its own, of the kind {PROPOSAL}"
            yield document.problem(place, f"a proposal is no version of a {rule.kind}", hint)


def scope_problems(
    rule: Rule, document: Document, vocabulary: Vocabulary, groups: KnownGroups
) -> Iterator[Problem]:
    for name, values in rule.applies_to.items():
        for what, hint in _circumstance_problems(name, values, vocabulary, groups):
            yield document.problem(("applies_to", name), what, hint)


def _circumstance_problems(
    name: str, values: Sequence[str], vocabulary: Vocabulary, groups: KnownGroups
) -> Iterator[tuple[str, str]]:
    known = vocabulary.circumstances
    if name in vocabulary.metrics:
        yield f"'{name}' is a number", f"write {name}: {{at_least: …}}"
    elif name not in known:
        near = did_you_mean(name, [*known, *vocabulary.metrics])
        yield f"no circumstance '{name}'", near or f"known are {', '.join(known)}"
    elif known[name].places:
        yield from _place_problems(values, groups())
        return
    elif not values:
        yield f"no {name} is named", f"known are {', '.join(known[name].values)}"
    for value in values if name in known else ():
        if value not in known[name].values:
            near = did_you_mean(value, known[name].values)
            yield f"no {name} '{value}'", near or f"known are {', '.join(known[name].values)}"


def _place_problems(values: Sequence[str], books: Sequence[Groups]) -> Iterator[tuple[str, str]]:
    """Yield places that are neither a group of countries nor look like the code of a country."""
    groups = [each.id for book in books for each in book.groups]
    for value in values:
        if value not in groups and not _COUNTRY.fullmatch(value):
            known = f"write a country as CN, or one of {', '.join(groups) or 'the groups'}"
            hint = did_you_mean(value, groups) or known
            yield f"no group of countries '{value}'", hint
    if not values:
        yield "no place is named", f"write a country as CN, or one of {', '.join(groups)}"


def reference_problems(versions: Sequence[Provision], known: Collection[str]) -> Iterator[Problem]:
    """Yield references to rules that do not exist, or that lead back to where they began."""
    for each in versions:
        for node in _references(each):
            for name in node.rules:
                if name not in known:
                    hint = did_you_mean(name, known) or "'chipcalc rules' lists them"
                    yield each.problem(f"no rule '{name}'", hint, *node.path)
    for rule, document in {e.id: (e.rule, e.document) for e in versions}.values():
        yield from _presumption_problems(rule, document, known)
    high = list(_high(versions))
    for each in high:
        what = f"the rule rests on more than {_MOST} others"
        yield each.problem(what, "name those that decide", *next(_references(each)).path)
    for each in () if high else _circular(versions):
        first = next(_references(each))
        yield each.problem("the rule rests on itself", "break the circle", *first.path)


def _presumption_problems(
    rule: Rule, document: Document, known: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the rule that a presumption is about; other kinds have none."""
    if rule.presumes and rule.kind != PRESUMPTION:
        what = f"only a {PRESUMPTION} presumes that a rule is met"
        yield document.problem(("presumes",), what, "delete it")
    elif rule.presumes and rule.presumes not in known:
        hint = did_you_mean(rule.presumes, known) or "'chipcalc rules' lists them"
        yield document.problem(("presumes",), f"no rule '{rule.presumes}'", hint)
    elif rule.kind == PRESUMPTION and not rule.presumes:
        hint = "add presumes: and the id of the rule that is presumed met"
        yield document.problem((), f"a {PRESUMPTION} needs what it presumes", hint)


def _circular(versions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the first version of every rule that rests on itself on some day."""
    found: set[str] = set()
    for day in sorted({each.version.begins for each in versions}):
        held = [each for each in versions if each.holds(day)]
        rests_on = {each.id: [n for node in _references(each) for n in node.rules] for each in held}
        for each in held:
            if each.id not in found and each.id in checks.reached(each.id, rests_on):
                found.add(each.id)
                yield each


def _high(versions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield a version of every rule that rests on more others than can be followed."""
    by_id = {each.id: each for each in versions}
    rests_on = {n: [e for node in _references(v) for e in node.rules] for n, v in by_id.items()}
    for name, each in by_id.items():
        if rests_on[name] and len(checks.reached(name, rests_on)) > _MOST:
            yield each


def _references(provision: Provision) -> Iterator[RuleMet]:
    for node in criteria.leaves(provision.whole.criterion):
        if isinstance(node, RuleMet):
            yield node
