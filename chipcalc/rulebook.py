"""The rules of the spec folders and of the user: loaded, checked, and chosen by a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from chipcalc import atlas, criteria, model, soundness, units
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
from chipcalc.group import Groups
from chipcalc.model import Source, Vocabulary
from chipcalc.rule import BUDGET, DEFINITION, PROPOSAL, Rule, Version
from chipcalc.soundness import unit_of
from chipcalc.store import Store, read, shown
from chipcalc.yamlio import Document, dotted

_COUNTRY = re.compile("[A-Z]{2}")


class Provision(NamedTuple):
    """One version of a rule, ready to be read: its text as criteria.

    `shipment` is what the text asks of a shipment, besides its criteria for the item.
    """

    rule: Rule
    version: Version
    criterion: Criterion
    document: Document
    number: int
    shipment: Criterion | None = None

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def whole(self) -> Provision:
        """The same with all that is asked: of the item and of the shipment."""
        if self.shipment is None:
            return self
        return self._replace(criterion=Group("all", (self.criterion, self.shipment)), shipment=None)

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
    def groups(self) -> tuple[Groups, ...]:
        """The groups of countries of every regime; raises ChipcalcError with all problems."""
        return atlas.load(self.store.folders)

    @cached_property
    def provisions(self) -> Mapping[str, tuple[Provision, ...]]:
        """The versions of every rule, oldest first; raises ChipcalcError with all problems."""
        found: dict[str, tuple[Provision, ...]] = {}
        problems = list(_namesakes(self.store.folders))
        broken: set[str] = set()
        for path in (*self.files.values(), *self.own):
            try:
                loaded = self._load(path)
            except ChipcalcError as fault:
                problems += fault.problems
                broken.add(path.stem)
                continue
            if loaded[0].id in found:
                what = f"'{loaded[0].id}' is the id of another rule"
                problems.append(loaded[0].document.problem(("id",), what, "choose another"))
            found.setdefault(loaded[0].id, loaded)
        versions = [each for texts in found.values() for each in texts]
        problems += _reference_faults(versions, found.keys() | broken)
        if problems:
            raise ChipcalcError(*dict.fromkeys(problems))  # rules share groups, and their faults
        ranked = sorted(found.values(), key=lambda each: (_rank(each[0].rule), each[0].id))
        return {each[0].id: each for each in ranked}

    def rule(self, name: str) -> tuple[Provision, ...]:
        """Return the versions of a rule by id or paragraph; raises ChipcalcError."""
        if name in self.provisions:
            return self.provisions[name]
        named = [
            each
            for each in self.provisions.values()
            if each[0].rule.paragraph.casefold() == name.casefold()
        ]
        if len(named) > 1:
            ids = " or ".join(each[0].id for each in named)
            raise error(f"several rules are called '{name}'", f"name one by its id: {ids}")
        if named:
            return named[0]
        known = [*self.provisions, *(each[0].rule.paragraph for each in self.provisions.values())]
        raise error(f"no rule '{name}'", did_you_mean(name, known) or "'chipcalc rules' lists them")

    def on(self, day: datetime.date) -> list[Provision]:
        """Return the one version of every rule that holds on a day."""
        versions = (each for found in self.provisions.values() for each in found)
        return [each for each in versions if each.holds(day)]

    @cached_property
    def about_shipments(self) -> frozenset[str]:
        """The ids of the rules that no item meets or fails by itself: they rest on a shipment."""
        known = self.store.vocabulary.circumstances
        texts = {name: [e.criterion for e in found] for name, found in self.provisions.items()}
        leaves = {n: [e for t in found for e in criteria.leaves(t)] for n, found in texts.items()}
        rests_on = {
            name: [rule for e in found if isinstance(e, RuleMet) for rule in e.rules]
            for name, found in leaves.items()
        }
        direct = {
            name
            for name, found in leaves.items()
            if any(isinstance(e, Circumstance) and known[e.name].shipment for e in found)
        }
        return frozenset(
            name for name in texts if direct & {name, *soundness.reached(name, rests_on)}
        )

    def of_items(self) -> dict[str, tuple[Provision, ...]]:
        """Return the rules that are asked of an item alone, by id; not those that limit many."""
        return {
            name: versions
            for name, versions in self.provisions.items()
            if name not in self.about_shipments
            and versions[0].rule.kind not in (BUDGET, DEFINITION)
            and not any(each.version.budget for each in versions)
        }

    def days(self) -> list[datetime.date]:
        """Return the days on which some rule about items begins, changes or ends."""
        found: set[datetime.date] = set()
        for versions in self.of_items().values():
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
        if rule is None:
            raise ChipcalcError(*problems)
        if path in self.files.values() and rule.id != path.stem:
            what = f"the id is '{rule.id}', but the file is named {path.name}"
            problems.append(document.problem(("id",), what, "make them equal"))
        problems += _scope_misfits(rule, document, self)
        problems += _standing_faults(rule, document)
        found = []
        for number, version in enumerate(rule.versions):
            if number and version.begins <= rule.versions[number - 1].begins:
                what = "begins no later than the version before it"
                place = ("versions", number)
                problems.append(document.problem(place, what, "order them by day, oldest first"))
            try:
                body = {"all": version.all, "any": version.any, "except": version.without}
                said = {name: each for name, each in body.items() if each is not None}
                read_as = criteria.from_data(said, (), version.where_undefined)
                asked = _shipment(version)
            except ChipcalcError as fault:
                problems += [_placed(each, number, document) for each in fault.problems]
                continue
            sharing = _Sharing(self._shared)
            shipment = fold_criteria(asked, sharing) if asked else None
            criterion = fold_criteria(read_as, sharing)
            provision = Provision(rule, version, criterion, document, number, shipment)
            for each in (read_as, asked) if asked else (read_as,):
                problems += misfits(provision, self, each)
            problems += _budget_misfits(provision, self.store.vocabulary)
            found.append(provision)
        if problems:
            raise ChipcalcError(*problems)
        return tuple(found)


def _shipment(version: Version) -> Criterion | None:
    """Return what a version asks of a shipment; raises ChipcalcError for what is no limb."""
    if version.shipment is None:
        return None
    return criteria.limb_from_data(version.shipment, ("shipment",), version.where_undefined)


def _namesakes(folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield the rule files of one folder that share a name: one of them would never be read."""
    for folder in folders:
        first: dict[str, Path] = {}
        for path in sorted(folder.glob("rules/*/*.yaml")):
            other = first.setdefault(path.stem, path)
            if other != path:
                what = f"'{path.stem}' is described in {shown(other)}, too"
                yield Problem(what, shown(path), hint="keep one of the two")


class _Sharing(NamedTuple):
    """Reads criteria as themselves, equal comparisons being one object: each is read once a chip.

    Most rules compare the same few figures with the same few limits.
    """

    known: dict[tuple[object, ...], Compare]

    def compare(self, node: Compare) -> Criterion:
        when = frozenset(node.of.when.items())
        limit = node.limit.amount.best, node.limit.unit
        name = (node.of.name, when, node.relation, *limit, node.undefined)
        return self.known.setdefault(name, node)

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


def misfits(provision: Provision, rulebook: Rulebook, criterion: Criterion) -> Iterator[Problem]:
    """Yield what a version says in words that the vocabulary lacks, or compares with wrong units.

    This is the dimension check: a rule that compares GB/s with GHz fails before any chip is read.
    """
    vocabulary = rulebook.store.vocabulary
    for node in criteria.leaves(criterion):
        if isinstance(node, Compare):
            yield from _comparison_misfits(node, provision, vocabulary)
        elif isinstance(node, Circumstance):
            faults = _circumstance_misfits(node.name, node.values, rulebook)
            yield from (provision.problem(what, hint, *node.path) for what, hint in faults)
    for name in provision.version.where_undefined:
        if name not in vocabulary.metrics:
            hint = did_you_mean(name, vocabulary.metrics)
            yield provision.problem(f"no metric '{name}'", hint, "where_undefined", name)


def _budget_misfits(provision: Provision, vocabulary: Vocabulary) -> Iterator[Problem]:
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


def _comparison_misfits(
    node: Compare, provision: Provision, vocabulary: Vocabulary
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


def _standing_faults(rule: Rule, document: Document) -> Iterator[Problem]:
    """Yield proposals to change a rule: they would stand in for the text that holds."""
    for number, version in enumerate(rule.versions):
        if version.standing == "proposed" and rule.kind != PROPOSAL:
            place = ("versions", number, "standing")
            hint = f"write a rule of its own, of the kind {PROPOSAL}"
            yield document.problem(place, f"a proposal is no version of a {rule.kind}", hint)


def _scope_misfits(rule: Rule, document: Document, rulebook: Rulebook) -> Iterator[Problem]:
    for name, values in rule.applies_to.items():
        for what, hint in _circumstance_misfits(name, values, rulebook):
            yield document.problem(("applies_to", name), what, hint)


def _circumstance_misfits(
    name: str, values: Sequence[str], rulebook: Rulebook
) -> Iterator[tuple[str, str]]:
    vocabulary = rulebook.store.vocabulary
    known = vocabulary.circumstances
    if name in vocabulary.metrics:
        yield f"'{name}' is a number", f"write {name}: {{at_least: …}}"
    elif name not in known:
        near = did_you_mean(name, [*known, *vocabulary.metrics])
        yield f"no circumstance '{name}'", near or f"known are {', '.join(known)}"
    elif known[name].places:
        yield from _place_misfits(values, rulebook.groups)
        return
    elif not values:
        yield f"no {name} is named", f"known are {', '.join(known[name].values)}"
    for value in values if name in known else ():
        if value not in known[name].values:
            near = did_you_mean(value, known[name].values)
            yield f"no {name} '{value}'", near or f"known are {', '.join(known[name].values)}"


def _place_misfits(values: Sequence[str], books: Sequence[Groups]) -> Iterator[tuple[str, str]]:
    """Yield places that are neither a group of countries nor look like the code of a country."""
    groups = [each.id for book in books for each in book.groups]
    for value in values:
        if value not in groups and not _COUNTRY.fullmatch(value):
            known = f"write a country as CN, or one of {', '.join(groups) or 'the groups'}"
            hint = did_you_mean(value, groups) or known
            yield f"no group of countries '{value}'", hint
    if not values:
        yield "no place is named", f"write a country as CN, or one of {', '.join(groups)}"


def _reference_faults(versions: Sequence[Provision], known: Collection[str]) -> Iterator[Problem]:
    """Yield references to rules that do not exist, or that lead back to where they began."""
    for each in versions:
        for node in _references(each):
            for name in node.rules:
                if name not in known:
                    hint = did_you_mean(name, known) or "'chipcalc rules' lists them"
                    yield each.problem(f"no rule '{name}'", hint, *node.path)
    for each in _circular(versions):
        first = next(_references(each))
        yield each.problem("the rule rests on itself", "break the circle", *first.path)


def _circular(versions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the first version of every rule that rests on itself on some day."""
    found: set[str] = set()
    for day in sorted({each.version.begins for each in versions}):
        held = [each for each in versions if each.holds(day)]
        rests_on = {each.id: [n for node in _references(each) for n in node.rules] for each in held}
        for each in held:
            if each.id not in found and each.id in soundness.reached(each.id, rests_on):
                found.add(each.id)
                yield each


def _references(provision: Provision) -> Iterator[RuleMet]:
    for node in criteria.leaves(provision.whole.criterion):
        if isinstance(node, RuleMet):
            yield node
