"""The rules of the spec folders and of the user: loaded, checked, and chosen by a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from chipcalc import criteria, model, soundness, units
from chipcalc.conditions import check
from chipcalc.criteria import (
    Circumstance,
    Compare,
    Criterion,
    Group,
    Launched,
    Named,
    RuleMet,
    Unpublished,
    Without,
)
from chipcalc.criteria import fold as fold_criteria
from chipcalc.errors import ChipcalcError, Problem, did_you_mean, error
from chipcalc.expr import UnitReading, fold
from chipcalc.files import rule_files
from chipcalc.model import Source, Vocabulary
from chipcalc.rule import Rule, Version
from chipcalc.soundness import unit_of
from chipcalc.store import Store, read
from chipcalc.yamlio import Document, dotted


class Provision(NamedTuple):
    """One version of a rule, ready to be read: its text as criteria."""

    rule: Rule
    version: Version
    criterion: Criterion
    document: Document
    number: int

    @property
    def id(self) -> str:
        return self.rule.id

    def until(self) -> datetime.date | None:
        """Return the first day on which this text no longer holds; None where it still does."""
        following = self.rule.versions[self.number + 1 :]
        ends = [each for each in (self.version.ended, *(v.begins for v in following[:1])) if each]
        return min(ends, default=None)

    def holds(self, day: datetime.date) -> bool:
        """Whether this is the text of the rule on a day; before the first one there is no rule."""
        until = self.until()
        return self.version.begins <= day and (until is None or day < until)

    def problem(self, what: str, hint: str = "", *place: str | int) -> Problem:
        """Return a problem at a place in this version."""
        return self.document.problem(("versions", self.number, *place), what, hint)

    def problem_with(self, word: str, what: str, hint: str = "") -> Problem:
        """Return a problem with a word of this version, at the first line that has it."""
        top = ("versions", self.number)
        places = (each for each in self.document.lines if each[:2] == top and each[-1] == word)
        return self.problem(what, hint, *next(places, top)[2:])


class Rulebook:
    """All rules; those in the user's own files come last, and may not take another rule's id."""

    def __init__(self, store: Store, own: Sequence[Path] = ()) -> None:
        self.store = store
        self.own = tuple(own)
        self._shared: dict[tuple[object, ...], Compare] = {}

    @cached_property
    def files(self) -> dict[str, Path]:
        """The file of every rule id in the spec folders; earlier folders shadow later ones."""
        return rule_files(self.store.folders)

    @cached_property
    def provisions(self) -> Mapping[str, tuple[Provision, ...]]:
        """The versions of every rule, oldest first; raises ChipcalcError with all problems."""
        found: dict[str, tuple[Provision, ...]] = {}
        problems: list[Problem] = []
        for path in (*self.files.values(), *self.own):
            try:
                loaded = self._load(path)
            except ChipcalcError as fault:
                problems += fault.problems
                continue
            if loaded[0].id in found:
                what = f"'{loaded[0].id}' is the id of another rule"
                problems.append(loaded[0].document.problem(("id",), what, "choose another"))
            found.setdefault(loaded[0].id, loaded)
        problems += _reference_faults(found)
        if problems:
            raise ChipcalcError(*problems)
        ranked = sorted(found.values(), key=lambda each: (_rank(each[0].rule), each[0].id))
        return {each[0].id: each for each in ranked}

    def is_own(self, rule: str) -> bool:
        """Whether a rule comes from a file of the user's."""
        return self.provisions[rule][0].id not in self.files

    def rule(self, name: str) -> tuple[Provision, ...]:
        """Return the versions of a rule by id or paragraph; raises ChipcalcError."""
        if name in self.provisions:
            return self.provisions[name]
        for versions in self.provisions.values():
            if versions[0].rule.paragraph.casefold() == name.casefold():
                return versions
        known = [*self.provisions, *(each[0].rule.paragraph for each in self.provisions.values())]
        raise error(f"no rule '{name}'", did_you_mean(name, known) or "'chipcalc rules' lists them")

    def on(self, day: datetime.date) -> list[Provision]:
        """Return the one version of every rule that holds on a day."""
        versions = (each for found in self.provisions.values() for each in found)
        return [each for each in versions if each.holds(day)]

    def days(self) -> list[datetime.date]:
        """Return the days on which some rule begins, changes or ends."""
        found: set[datetime.date] = set()
        for versions in self.provisions.values():
            for each in versions:
                until = each.until()
                found.update(day for day in (each.version.begins, until) if day)
        return sorted(found)

    def source(self, provision: Provision, key: str) -> Source | None:
        """Return a source of a rule by its key: its own, or one that files share."""
        return provision.rule.sources.get(key) or self.store.shared_source(key)

    def _load(self, path: Path) -> tuple[Provision, ...]:
        document = read(path)
        rule, problems = model.parse_leniently(Rule, document)
        if rule and path in self.files.values() and rule.id != path.stem:
            what = f"the id is '{rule.id}', but the file is named {path.name}"
            problems.append(document.problem(("id",), what, "make them equal"))
        found = []
        for index, version in enumerate(rule.versions if rule else ()):
            try:
                body = {"all": version.all, "any": version.any, "except": version.without}
                said = {name: each for name, each in body.items() if each is not None}
                criterion = fold_criteria(
                    criteria.from_data(said, (), version.where_undefined), _Sharing(self._shared)
                )
            except ChipcalcError as fault:
                problems += [_placed(each, index, document) for each in fault.problems]
                continue
            provision = Provision(rule, version, criterion, document, index) if rule else None
            if provision:
                problems += misfits(provision, self.store.vocabulary)
                found.append(provision)
        if rule is None or problems:
            raise ChipcalcError(*problems)
        return tuple(found)


class _Sharing(NamedTuple):
    """Reads criteria as themselves, equal comparisons being one object: each is read once a chip.

    Most rules compare the same few figures with the same few limits.
    """

    known: dict[tuple[object, ...], Compare]

    def compare(self, node: Compare) -> Criterion:
        when = frozenset(node.of.when.items())
        limit = node.limit.amount.best, node.limit.unit
        return self.known.setdefault(
            (node.of.name, when, node.relation, *limit, node.undefined), node
        )

    def circumstance(self, node: Circumstance) -> Criterion:
        return node

    def launched(self, node: Launched) -> Criterion:
        return node

    def rule_met(self, node: RuleMet) -> Criterion:
        return node

    def named(self, node: Named) -> Criterion:
        return node

    def unpublished(self, node: Unpublished) -> Criterion:
        return node

    def group(self, node: Group, parts: Sequence[Criterion]) -> Criterion:
        return node._replace(parts=tuple(parts))

    def without(self, node: Without, of: Criterion, exceptions: Sequence[Criterion]) -> Criterion:
        return Without(of, tuple(exceptions))


def _rank(rule: Rule) -> tuple[int, bool, int]:
    kinds = list(Rule.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]
    return kinds.index(rule.kind), rule.precedence is None, rule.precedence or 0


def _placed(problem: Problem, index: int, document: Document) -> Problem:
    """Return a problem of a version's criteria with its line in the file."""
    path = f"versions[{index}].{problem.path}"
    place = next((each for each in document.lines if dotted(each) == path), ("versions", index))
    return problem._replace(file=document.file, line=document.line(place), path=path)


def misfits(provision: Provision, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what a version says in words that the vocabulary lacks, or compares with wrong units.

    This is the dimension check: a rule that compares GB/s with GHz fails before any chip is read.
    """
    for node in criteria.leaves(provision.criterion):
        if isinstance(node, Compare):
            yield from _comparison_misfits(node, provision, vocabulary)
        elif isinstance(node, Circumstance):
            yield from _circumstance_misfits(node.name, node.values, provision, vocabulary)
    for name, values in provision.rule.applies_to.items():
        yield from _circumstance_misfits(name, values, provision, vocabulary)


def _comparison_misfits(
    node: Compare, provision: Provision, vocabulary: Vocabulary
) -> Iterator[Problem]:
    try:
        unit = fold(node.of, UnitReading(unit_of(vocabulary)))
        for name, value in node.of.when.items():
            check(name, value, vocabulary)
    except ChipcalcError as fault:
        key = node.of.name
        yield from (provision.problem_with(key, each.what, each.hint) for each in fault.problems)
        return
    if unit.dimension != node.limit.unit.dimension:
        limit = node.limit.unit
        what = (
            f"'{limit}' is {units.kind(limit)}, but {node.of.name} is measured in {unit.text} "
            f"({units.kind(unit)})"
        )
        yield provision.problem_with(node.of.name, what, "compare like with like")


def _circumstance_misfits(
    name: str, values: Sequence[str], provision: Provision, vocabulary: Vocabulary
) -> Iterator[Problem]:
    known = vocabulary.circumstances
    if name not in known:
        hint = did_you_mean(name, [*known, *vocabulary.metrics]) or f"known are {', '.join(known)}"
        yield provision.problem_with(name, f"no circumstance '{name}'", hint)
        return
    for value in values:
        if value not in known[name].values:
            hint = did_you_mean(value, known[name].values)
            hint = hint or f"known are {', '.join(known[name].values)}"
            yield provision.problem_with(name, f"no {name} '{value}'", hint)


def _reference_faults(found: Mapping[str, tuple[Provision, ...]]) -> Iterator[Problem]:
    """Yield references to rules that do not exist, or that lead back to where they began."""
    rests_on: dict[str, set[str]] = {}
    for rule, versions in found.items():
        references = [(each, name) for each in versions for name in _references(each)]
        rests_on[rule] = {name for _, name in references}
        for each, name in references:
            if name not in found:
                yield each.problem_with("rule", f"no rule '{name}'", did_you_mean(name, found))
    for rule, versions in found.items():
        if rule in soundness.reached(rule, rests_on):
            yield versions[0].problem("the rule rests on itself")


def _references(provision: Provision) -> Iterator[str]:
    for node in criteria.leaves(provision.criterion):
        yield from node.rules if isinstance(node, RuleMet) else ()
