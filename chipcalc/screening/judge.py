"""The verdict on each row: what the rules say of every reading of it, where all agree."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple, TypeAlias

from chipcalc.check.day import Ruleset, ShipmentRules
from chipcalc.check.result import Checked, Classed
from chipcalc.check.what_if import Supposed
from chipcalc.licence.licence import Shipment, shipment
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION
from chipcalc.screening.meaning import AS_OF, COUNT, KIND, TO
from chipcalc.screening.resolve import Meant, meant
from chipcalc.screening.rows import OUT_OF_STEP, Fault, Figure, Part
from chipcalc.screening.worlds import World, Worlds, has_rates, worlds
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.expressions import metrics_of
from chipcalc.vocabulary.model import Vocabulary


class Kind(Enum):
    """How a row comes out."""

    control = "control"
    below = "below"
    open = "not settled"
    no_rule = "no rule yet"
    no_sheet = "no sheet, no figures"
    no_part = "not a part"


class Reading(NamedTuple):
    """What the rules say of one reading of a row."""

    world: World
    checked: Checked
    shipment: Shipment | None = None


class Screened(NamedTuple):
    """A row and how it comes out.

    `paragraph` is what it falls under, by `cites`, or what remains below the controls, if any;
    `possible` are the paragraphs where it is open.
    """

    part: Part
    kind: Kind
    meant: Meant = Meant()
    day: datetime.date | None = None
    paragraph: str = ""
    cites: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    why: str = ""

    @property
    def presumed(self) -> bool:
        """Whether the paragraph is one that is presumed, and not found."""
        found = [each.checked.presumption for each in self.readings]
        return self.kind is Kind.control and any(
            each and each.verdict is Verdict.met for each in found
        )

    @property
    def free(self) -> Verdict | None:
        """Whether a licence is required, where a destination is given and all readings agree."""
        found = {e.shipment.licence.enforced.verdict for e in self.readings if e.shipment}
        if not found:
            return None
        return found.pop() if len(found) == 1 else Verdict.unknown


# What has to be read before a row can have a verdict.
_UNREAD = {
    AS_OF: "its day cannot be read",
    COUNT: "how many circuits it contains cannot be read",
    KIND: "whether it is a circuit or contains some cannot be read",
    TO: "its destination cannot be read",
}

VERDICTS_REST_ON = (CLASSIFICATION, PRESUMPTION)  # kinds of rules

DayOf: TypeAlias = Callable[[datetime.date], Ruleset]
ShipmentsOf: TypeAlias = Callable[[datetime.date], ShipmentRules]


class Judge:
    """Asks the rules of each row, of its own day or of one for all; equal rows once."""

    def __init__(
        self,
        store: Store,
        day: datetime.date,
        rules: DayOf,
        shipments: ShipmentsOf,
        to: str = "",
    ) -> None:
        self.store = store
        self.day = day
        self.to = to
        self._rules = rules
        self._shipments = shipments
        self._known: dict[object, Screened] = {}
        self._classes: dict[datetime.date, Ruleset] = {}
        self._below: dict[frozenset[str], frozenset[str]] = {}

    @property
    def known(self) -> int:
        """How many rows have been asked, equal ones once."""
        return len(self._known)

    def rows(self, parts: Iterable[Part]) -> Iterator[Screened]:
        """Yield how each row comes out, in order."""
        yield from map(self.row, parts)

    def row(self, part: Part) -> Screened:
        """Return how a row comes out; one that says the same as another is not asked anew."""
        faults = tuple(Fault("", "", "", each) for each in sorted(part.unread))
        same = part._replace(number=0, faults=faults, notes=())
        if same not in self._known:
            self._known[same] = self._row(same)
        return self._known[same]._replace(part=part)

    def _row(self, part: Part) -> Screened:
        if part.why:
            return Screened(part, Kind.no_part, why=part.why)
        if OUT_OF_STEP in part.unread:
            return Screened(part, Kind.open, why="its cells do not stand below their columns")
        found = meant(part.name, part.vendor, self.store)
        day = part.day or self.day
        if not found.sheets and not has_rates(part, self.store.vocabulary):
            return Screened(part, Kind.no_sheet, found, day, why=_unmeant(found))
        part = part._replace(figures=tuple(self._relevant(part, day)))
        asked = worlds(part, found, self.store.vocabulary)
        unread = next((why for role, why in _UNREAD.items() if role in part.unread), "")
        asked = asked._replace(open=asked.open or unread)
        if asked.open:
            return Screened(part, Kind.open, found, day, why=asked.open, notes=asked.notes)
        readings = tuple(self._reading(each, day, part.to or self.to) for each in asked.found)
        return _joined(part, found, day, asked, readings)

    def _classing(self, day: datetime.date) -> Ruleset:
        """Return the rules of a day on which a verdict rests; all that are asked where none is."""
        if day not in self._classes:
            rules = self._rules(day)
            only = [each.id for each in rules.asked if each.rule.kind in VERDICTS_REST_ON]
            self._classes[day] = Ruleset(rules.rulebook, day, only) if only else rules
        return self._classes[day]

    def _relevant(self, part: Part, day: datetime.date) -> Iterator[Figure]:
        """Yield the figures of a row on which some rule of the day rests."""
        vocabulary = self.store.vocabulary
        inputs = self._rules(day).inputs
        if inputs not in self._below:
            self._below[inputs] = _rested_on(inputs, vocabulary)
        for each in part.figures:
            definition = vocabulary.metrics[each.stated.metric]
            if each.stated.metric in self._below[inputs] or definition.die is not None:
                yield each

    def _reading(self, world: World, day: datetime.date, to: str) -> Reading:
        checked = self._classing(day).check(world.evaluator, world.given)
        if not to:
            return Reading(world, checked)
        item = Supposed(world.evaluator, world.given)
        return Reading(world, checked, shipment(self._shipments(day), item, to))


def _rested_on(names: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return metrics with all that their formulas rest on, and what is declared of them."""
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        found.add(name)
        definition = vocabulary.metrics[name]
        of_formula = metrics_of(definition.formula) if definition.formula is not None else ()
        left |= {each.name for each in of_formula} - found
        left |= ({definition.declared} if definition.declared else set()) - found
    return frozenset(found)


def _unmeant(found: Meant) -> str:
    """Return why no sheet is taken, where the name would fit one."""
    if not found.refused:
        return ""
    return f"the name fits {', '.join(found.refused)}, the maker does not"


def _joined(
    part: Part, found: Meant, day: datetime.date, asked: Worlds, readings: Sequence[Reading]
) -> Screened:
    """Return what all readings agree on; that it is open where they do not."""
    each = [_outcome(reading.checked) for reading in readings]
    kinds = {kind for kind, _, _ in each}
    paragraphs = {paragraph for _, paragraph, _ in each}
    same = len(kinds) == 1 and Kind.open not in kinds
    if same and (len(paragraphs) == 1 or kinds == {Kind.below}):
        kind = kinds.pop()
        first, *others = (reading.checked.classification.cites for reading in readings)
        cites = tuple(e for e in first if all(e in other for other in others))
        shared = paragraphs.pop() if len(paragraphs) == 1 else ""
        possible = _union(maybe for _, _, maybe in each) if not shared else ()
        return Screened(
            part, kind, found, day, shared, cites, possible, tuple(readings), asked.notes
        )
    named = _union((*maybe, *([paragraph] if paragraph else [])) for _, paragraph, maybe in each)
    return Screened(
        part, Kind.open, found, day, possible=named, readings=tuple(readings), notes=asked.notes
    )


def _union(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for each in found for one in each))


def _outcome(checked: Checked) -> tuple[Kind, str, tuple[str, ...]]:
    """Return how one reading comes out: its kind, its paragraph and what it may be."""
    classification = checked.classification
    presumption = checked.presumption
    if presumption and presumption.verdict is Verdict.met:
        return Kind.control, checked.presumed(presumption), ()
    if presumption:
        return Kind.open, "", _union(([checked.presumed(presumption)], classification.possible))
    if checked.classed is Classed.no_rule:
        return Kind.no_rule, "", ()
    if checked.classed is Classed.unknown:
        controls = {
            each.provision.rule.paragraph
            for each in checked.findings
            if each.provision.rule.is_control
        }
        below = controls.isdisjoint(classification.possible)
        return (Kind.below if below else Kind.open), "", classification.possible
    control = classification.verdict is Verdict.met and not classification.residual
    return (Kind.control if control else Kind.below), classification.paragraph, ()
