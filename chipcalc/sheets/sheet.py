"""A loaded spec sheet: its statements, and those of the chip it is a variant of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from chipcalc import yamlio
from chipcalc.schema.source import STATUSES, Status
from chipcalc.sheets.chip import (
    Chip,
    Fact,
    ItemKind,
    Market,
    Mode,
    ProcessingUnit,
    Statement,
    VariantOf,
)
from chipcalc.sheets.rates import at_same_rates
from chipcalc.yamlio import Document

GIVEN: Final = "given"


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A statement and the file and line where it stands; each is equal to itself only."""

    statement: Statement
    file: str
    line: int

    @property
    def origin(self) -> str:
        """Return ``h20.yaml:31``; nothing for what no file states."""
        return "" if self.file == GIVEN else f"{Path(self.file).name}:{self.line}"


class Content(NamedTuple):
    """So many circuits of one kind, each with its own sheet."""

    sheet: Sheet
    number: int

    @property
    def in_place(self) -> bool:
        """Whether they are described in the sheet of what contains them."""
        return bool(self.sheet.document.root)


@dataclass(frozen=True)
class Sheet:
    """A loaded spec sheet: the chip, its file, and the sheet of the chip it is a variant of.

    `unshared` names the metrics that a variant never takes over, such as a price; `declares` the
    metric that holds what the vendor declares, by its key in the sheet; `supposed` are statements
    of the user's that stand in for those of the sheet, `said` what they were given as, by name and
    in the user's words, and `before` is the sheet without them; `parts` are what a board or a
    system contains. `count` says of how many such chips together the figures are.
    """

    chip: Chip
    document: Document
    parent: Sheet | None = None
    unshared: frozenset[str] = frozenset()
    declares: Mapping[str, str] = field(default_factory=dict)
    supposed: Mapping[str, tuple[Located, ...]] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    before: Sheet | None = None
    parts: tuple[Content, ...] = ()
    count: int = 1

    @property
    def id(self) -> str:
        return self.chip.id

    @property
    def of_one(self) -> str:
        """The id of the chip, however many of it these are."""
        return self.id.removeprefix(f"{self.count} ")

    @property
    def name(self) -> str:
        return self.chip.name

    @cached_property
    def rests_on(self) -> int:
        """How many sheets stand one upon the other below this one: parents, and what it has."""
        below = [*((self.parent,) if self.parent else ()), *(each.sheet for each in self.parts)]
        return max((each.rests_on + 1 for each in below), default=0)

    @cached_property
    def stated(self) -> Mapping[str, tuple[Located, ...]]:
        """The statements by metric; a variant mirrors those that its own sheet does not make."""
        own = {
            metric: tuple(
                self._located(each, ("values", metric, index))
                for index, each in enumerate(statements)
            )
            for metric, statements in self.chip.values.items()
        }
        for name, metric in self.declares.items():
            stated = getattr(self.chip.declared, name, None)
            if stated is not None:
                own[metric] = (self._located(stated, ("declared", name)),)
        if self.parent and self.chip.variant_of:
            for metric, mirrored in self.parent.statements.items():
                if metric not in own and metric not in self.unshared:
                    own[metric] = tuple(_mirrored(each, self.chip.variant_of) for each in mirrored)
        return {**own, **self.supposed}

    @cached_property
    def statements(self) -> Mapping[str, tuple[Located, ...]]:
        """All statements by metric, with those of formats that run at the rate of another one."""
        if not self.chip.same_as:
            return self.stated
        found = {}
        for metric, stated in self.stated.items():
            placed = [*enumerate(stated)]
            others = at_same_rates([each.statement for each in stated], self.chip.same_as)
            for place, name, statement in others:
                placed.append((place, self._located(statement, ("same_as", name))))
            found[metric] = tuple(each for _, each in sorted(placed, key=itemgetter(0)))
        return found

    @cached_property
    def areas(self) -> tuple[Located | None, ...]:
        """The area statement of each die, in order; None where none is published."""
        if not self.chip.dies and self.parent and self.chip.variant_of:
            cap = self.chip.variant_of
            return tuple(_mirrored(each, cap) if each else None for each in self.parent.areas)
        return tuple(
            self._located(die.area, ("dies", index, "area")) if die.area else None
            for index, die in enumerate(self.chip.dies)
        )

    def _located(self, statement: Statement, path: yamlio.Path) -> Located:
        file = GIVEN if statement.status == GIVEN else self.document.file
        return Located(statement, file, self.document.line(path))

    def mirrors(self, field: str) -> Sheet:
        """Return the sheet that states a field: this one, or the one it is a variant of."""
        if not getattr(self.chip, field) and self.parent:
            return self.parent.mirrors(field)
        return self

    def details(self, name: str) -> tuple[Fact, ...]:
        """Return a fact in words as this sheet states it, or the chip it is a variant of."""
        own = self.chip.details.get(name, ())
        return own or (self.parent.details(name) if self.parent else ())

    @property
    def units(self) -> Mapping[str, ProcessingUnit]:
        """The kinds of processing unit, by the names that statements give them."""
        return self.mirrors("units").chip.units

    @property
    def modes(self) -> Mapping[str, Mode]:
        """The settings that have figures of their own, the usual one first."""
        return self.mirrors("modes").chip.modes

    @property
    def usual_mode(self) -> str | None:
        """The mode of what is stated without one; None where the chip has no modes."""
        return next(iter(self.modes), None)

    @property
    def market(self) -> Market | None:
        return self.mirrors("market").chip.market

    @property
    def item(self) -> ItemKind | None:
        return self.mirrors("item").chip.item

    @cached_property
    def contents(self) -> tuple[Content, ...]:
        """The circuits of a board or a system, each kind once; nothing for a single circuit."""
        direct = self.mirrors("contains").parts
        found: dict[int, Content] = {}
        for part in direct:
            for each in part.sheet.contents or (Content(part.sheet, 1),):
                before = found.get(id(each.sheet))
                number = part.number * each.number + (before.number if before else 0)
                found[id(each.sheet)] = Content(each.sheet, number)
        return tuple(found.values())


def _mirrored(located: Located, variant: VariantOf) -> Located:
    statement = located.statement
    status = worst((statement.status, variant.status))
    note = "; ".join(each for each in (variant.note, statement.note) if each) or None
    if status == "estimated" and not note:
        note = f"carried over from {variant.chip}"
    changed = statement.model_copy(update={"status": status, "note": note})
    return Located(changed, located.file, located.line)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the least firm of several statuses."""
    return max(statuses, key=STATUSES.index, default="official")
