"""The rules of the spec folders and of the user: loaded, checked, and chosen by a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from chipcalc.errors import ChipcalcError, Near, Problem, error, unknown
from chipcalc.files import BUILT_IN, GROUPS, RULES, by_id
from chipcalc.places.groups import Groups
from chipcalc.places.load import load
from chipcalc.rules import criteria, dates
from chipcalc.rules.checks import (
    budget_problems,
    reference_problems,
    rule_problems,
    scope_problems,
    standing_problems,
)
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Named,
    RuleMet,
    Threshold,
    rebuild,
)
from chipcalc.rules.of_regime import OfRegime
from chipcalc.rules.provision import Provision
from chipcalc.rules.reader import from_data, limb_from_data
from chipcalc.rules.rule import BUDGET, DEFINITION, KINDS, Rule, Version
from chipcalc.rules.texts import Kept
from chipcalc.schema.load import kept, kept_document, loaded_leniently, namesakes
from chipcalc.schema.source import Source
from chipcalc.sheets.store import Store
from chipcalc.vocabulary import checks
from chipcalc.yamlio import Document, dotted


class Rulebook(OfRegime):
    """The rules of one regime, the first one where none is named.

    Those in the user's own files come last, and may not take another rule's id.
    """

    def __init__(
        self, store: Store, own: Sequence[Path] = (), regime: str = "", first: Self | None = None
    ) -> None:
        super().__init__(store, own, regime, first)
        self._shared: dict[tuple[object, ...], Threshold] = {}
        self.kept = Kept.nothing()
        self._whole: dict[int, tuple[Provision, Provision]] = {}

    @cached_property
    def groups(self) -> tuple[Groups, ...]:
        """The groups of countries of every regime; raises ChipcalcError with all problems."""
        return load(self.store.folders) if self._first is self else self._first.groups

    @cached_property
    def provisions(self) -> Mapping[str, tuple[Provision, ...]]:
        """The versions of every rule, oldest first; raises ChipcalcError with all problems."""
        found: dict[str, tuple[Provision, ...]] = {}
        problems = list(namesakes(self.store.folders, RULES))
        broken: set[str] = set()
        for path in (*self.files.values(), *self.own):
            try:
                loaded = self._load(path)
            except ChipcalcError as fault:
                problems += fault.problems
                broken.add(path.stem)
                continue
            if path in self.own and not self.takes(loaded[0].rule):
                continue
            if loaded[0].id in found:
                what = f"'{loaded[0].id}' is the id of another rule"
                problems.append(loaded[0].document.problem(("id",), what, "choose another"))
            found.setdefault(loaded[0].id, loaded)
        versions = [each for texts in found.values() for each in texts]
        if broken or not all(each.document.again for each in versions):
            problems += reference_problems(versions, found.keys() | broken)
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
        called = {key: each[0].rule.paragraph for key, each in self.provisions.items()}
        known = {key: Near(key, paragraph) for key, paragraph in called.items()}
        known |= {paragraph: Near(paragraph, key) for key, paragraph in called.items()}
        kind = ("rules", "known")
        raise unknown(f"no rule '{name}'", name, known, kind, "chipcalc rules")

    def on(self, day: datetime.date, known: datetime.date | None = None) -> list[Provision]:
        """Return the one version of every rule that holds on a day.

        With `known`, a day before it: the one that was then expected to hold, by what was
        announced or published.
        """
        if known is not None and known < day:
            return dates.expected(self.provisions.values(), day, known)
        versions = (each for found in self.provisions.values() for each in found)
        return [each for each in versions if each.holds(day)]

    def whole(self, provision: Provision) -> Provision:
        """Return a version with all that is asked, of the item and of the shipment; made once."""
        found = self._whole.get(id(provision))
        if found is None:
            found = self._whole[id(provision)] = (provision, provision.whole)
        return found[1]

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
            if any(isinstance(e, CircumstanceIs) and known[e.name].shipment for e in found)
        }
        return frozenset(name for name in texts if direct & {name, *checks.reached(name, rests_on)})

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

    @cached_property
    def _as_built(self) -> bool:
        """Whether the words and groups are those with which the snapshot was made."""
        groups = by_id(self.store.folders, GROUPS).values()
        return self.store.as_built and all(BUILT_IN in each.parents for each in groups)

    def _load(self, path: Path) -> tuple[Provision, ...]:
        record = kept(path) if self._as_built else None
        if record is None or record.more is None:
            return self._read(path)
        rule, document = record.value, kept_document(path, record)
        return tuple(
            Provision(rule, version, criterion, document, number, shipment)
            for number, (version, (criterion, shipment)) in enumerate(
                zip(rule.versions, record.more, strict=True)
            )
        )

    def _read(self, path: Path) -> tuple[Provision, ...]:
        rule, problems, document = loaded_leniently(Rule, path)
        if rule is None:
            raise ChipcalcError(*problems)
        if path in self.files.values() and rule.id != path.stem:
            what = f"the id is '{rule.id}', but the file is named {path.name}"
            problems.append(document.problem(("id",), what, "make them equal"))
        problems += self.regime_problems(rule, path, document)
        problems += scope_problems(rule, document, self.store.vocabulary, lambda: self.groups)
        problems += standing_problems(rule, document)
        found = []
        for number, version in enumerate(rule.versions):
            if number and version.begins <= rule.versions[number - 1].begins:
                what = "begins no later than the version before it"
                place = ("versions", number)
                problems.append(document.problem(place, what, "order them by day, oldest first"))
            try:
                read_as = _criteria(rule, version)
                asked = _shipment(version)
            except ChipcalcError as fault:
                problems += [_placed(each, number, document) for each in fault.problems]
                continue
            shipment = rebuild(asked, self._sharing) if asked else None
            criterion = rebuild(read_as, self._sharing)
            provision = Provision(rule, version, criterion, document, number, shipment)
            for each in (read_as, asked) if asked else (read_as,):
                problems += rule_problems(
                    provision, each, self.store.vocabulary, lambda: self.groups
                )
            problems += budget_problems(provision, self.store.vocabulary)
            found.append(provision)
        if problems:
            raise ChipcalcError(*problems)
        return tuple(found)

    def _sharing(self, node: Criterion) -> Criterion:
        """Return a criterion, equal comparisons being one object: each is read once a chip.

        Most rules compare the same few figures with the same few limits.
        """
        if not isinstance(node, Threshold):
            return node
        when = frozenset(node.of.when.items())
        limit = node.limit.amount.best, node.limit.unit
        name = (node.of.name, when, node.relation, *limit, node.undefined)
        return self._shared.setdefault(name, node)


def _criteria(rule: Rule, version: Version) -> Criterion:
    """Return what a version asks of an item, a letter first whether it is for its maker.

    Raises ChipcalcError with the path of everything that cannot be read.
    """
    body = {"all": version.all, "any": version.any, "except": version.without}
    said = {name: each for name, each in body.items() if each is not None}
    found = from_data(said, (), version.where_undefined)
    if not rule.addressees:
        return found
    return Combined("all", (Named(rule.addressees, addressed=True), found))


def _shipment(version: Version) -> Criterion | None:
    """Return what a version asks of a shipment; raises ChipcalcError for what is no limb."""
    if version.shipment is None:
        return None
    return limb_from_data(version.shipment, ("shipment",), version.where_undefined)


def _rank(rule: Rule) -> tuple[int, bool, int]:
    return KINDS.index(rule.kind), rule.precedence is None, rule.precedence or 0


def _placed(problem: Problem, index: int, document: Document) -> Problem:
    """Return a problem of a version's criteria with its line in the file."""
    path = f"versions[{index}].{problem.path}"
    place = next((each for each in document.lines if dotted(each) == path), ("versions", index))
    return document.problem(place, problem.what, problem.hint)._replace(path=path)
