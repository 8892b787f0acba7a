"""What sets the readings of two sides apart: unlike formats, a sparse rate, another metric."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.claims.asked import Asked, Side
from chipcalc.claims.ways import Way, is_lead
from chipcalc.comparison.comparison import agrees
from chipcalc.figures.figure import Figure
from chipcalc.vocabulary.model import Vocabulary

SlipKind: TypeAlias = Literal[
    "marketed", "reading", "engine", "format", "metric", "factor", "row", "mode", "words", "line",
    "variant", "stated", "declared", "system", "least",
]  # fmt: skip
_NO_SLIPS = ("stated", "declared", "system", "least")  # they say which figure of a chip it is


class Misread(NamedTuple):
    """One thing that is read otherwise than it is meant: of which kind, as what, on which side."""

    kind: SlipKind
    what: str = ""
    side: Side | Literal["both"] = "of"
    weight: Fraction = Fraction(1)


class Weighing:
    """Says what sets the ways to read a claim's sides apart from the claim as it is written."""

    def __init__(
        self, asked: Asked, vocabulary: Vocabulary, siblings: Collection[str] = ()
    ) -> None:
        self.asked = asked
        self.vocabulary = vocabulary
        self.siblings = siblings
        self._largest: dict[str, Fraction] = {}

    def publishes(self, ways: Sequence[Way]) -> None:
        """Keep the largest rate that is published of each chip."""
        for each in ways:
            own = each.metric == self.asked.of.metric and each.whole is None
            if each.sheet and own and _is_published(each) and each.known:
                amount = each.known.value.base.best
                known = self._largest.get(each.sheet.id, amount)
                self._largest[each.sheet.id] = max(known, amount)

    def slips(self, of: Way, to: Way | None) -> tuple[Misread, ...]:
        """Return what is misread in a pair of ways; nothing where it is as the claim says."""
        ways: tuple[tuple[Side, Way], ...] = (("of", of), *((("to", to),) if to else ()))
        found = [slip for side, way in ways for slip in self._own(side, way)]
        if self._is_marketed(of, to):
            unlike = [Misread("format", each, "both") for each in self._mixed(of, to)]
            return (*found, self._misread("marketed", "", "both"), *unlike)
        found += self._readings(of, to)
        found += self._rows(of, to)
        return tuple(_merged(found))

    def weight(self, slips: Sequence[Misread]) -> Fraction:
        """Return how usual it is that all of these are made at once."""
        found = Fraction(1)
        for each in slips:
            found *= each.weight
        return found

    def _own(self, side: Side, way: Way) -> Iterator[Misread]:
        """Yield what is misread of one side, whatever the other is."""
        term = self.asked.sides[side]
        if way.slip:
            usual = term.metric in way.slip.usual_for
            weight = self._weight("reading") if usual else way.slip.weight
            yield Misread("factor", way.slip.label, side, weight)
        if way.metric and way.metric != term.metric:
            yield self._misread("metric", way.metric, side)
        if way.sheet and way.sheet.id in self.siblings:
            yield self._misread("variant", "", side)
        printed = term.value.base if term.value else None
        meant = way.line and (
            way.line.in_force if printed is None else way.line.limit.base == printed
        )
        if way.line and not meant:
            yield self._misread("line", "", side)
        kinds: tuple[tuple[SlipKind, bool], ...] = (
            ("stated", way.located is not None),
            ("declared", way.declared),
            ("system", way.whole is not None),
            ("least", way.least),
        )
        yield from (Misread(kind, "", side) for kind, is_so in kinds if is_so)

    def _readings(self, of: Way, to: Way | None) -> Iterator[Misread]:
        for side, way in (("of", of), ("to", to)):
            if way is None or way.sheet is None:
                continue
            named = self.asked.sides["of" if side == "of" else "to"].when
            for name, value in way.reading.items():
                if named.get(name) != value and not self._covers(named.get(name), name, value):
                    role = self.vocabulary.conditions[name].role
                    kind: SlipKind = "mode" if role == "mode" else "reading"
                    yield self._misread(kind, value, "of" if side == "of" else "to")
        yield from self._unread(of, to)

    def _unread(self, of: Way, to: Way | None) -> Iterator[Misread]:
        """Yield the readings that a side names and that its way does not have."""
        for side, way in (("of", of), ("to", to)):
            if way is None or way.sheet is None:
                continue
            for name, value in self.asked.sides["of" if side == "of" else "to"].when.items():
                condition = self.vocabulary.conditions[name]
                read = way.reading.get(name, condition.default)
                wanted = condition.role == "reading" and read != value
                if wanted and name not in way.reading:
                    yield self._misread("reading", read or "", "of" if side == "of" else "to")

    def _covers(self, named: str | None, name: str, value: str) -> bool:
        known = self.vocabulary.conditions[name].values.get(named or "")
        return bool(known and known.bounds and value != self.vocabulary.conditions[name].default)

    def _rows(self, of: Way, to: Way | None) -> Iterator[Misread]:
        """Yield what is unlike in the rows of two sides, or another row than is said."""
        wanted = {**(self.asked.to.when if self.asked.to else {}), **self.asked.of.when}
        named = {n: v for n, v in wanted.items() if self.vocabulary.conditions[n].role == "row"}
        unlike = _unlike(of, to)
        other = to is not None and to.sheet is not None and unlike
        for name in unlike if other and to else ():
            kind = self._kind(name)
            if name in named and to and named[name] not in (of.row.get(name), to.row.get(name)):
                yield Misread(kind, name, "both", Fraction(0))
            elif not self._as_named(of, to, name):
                yield self._misread(kind, name, "both")
        if other and to:
            if not named and not any(is_lead(row, self.vocabulary) for row in (of.row, to.row)):
                yield self._misread("row", "", "both")
            return
        row = of.row or (to.row if to else of.row)
        missed = [name for name, value in named.items() if row.get(name, value) != value]
        if missed:
            yield self._misread(
                self._kind(missed[0]), missed[0], "both" if to and to.sheet else "of"
            )
        elif row and not named and not is_lead(row, self.vocabulary):
            yield self._misread("row", "", "both" if to and to.sheet else "of")

    def _kind(self, name: str) -> SlipKind:
        return "format" if name in self.vocabulary.leading else "engine"

    def _as_named(self, of: Way, to: Way | None, name: str) -> bool:
        """Whether both sides name a condition themselves, each as it is read."""
        one, other = (
            self.asked.of.when.get(name),
            self.asked.to.when.get(name) if self.asked.to else None,
        )
        return bool(one and other and to and of.row.get(name) == one and to.row.get(name) == other)

    def _is_marketed(self, of: Way, to: Way | None) -> bool:
        """Whether published headline rates are set against each other as they are marketed.

        None of them is dense, where that is the usual reading.
        """
        if to is None or to.sheet is None or of.sheet is None:
            return False
        both = (of, to)
        if not all(_is_published(each) and self._is_headline(each) for each in both):
            return False
        if any(not each.reading or self._modes(each) for each in both):
            return False
        return not (not self._kept(of, "of") or not self._kept(to, "to"))

    def _mixed(self, of: Way, to: Way | None) -> list[str]:
        """Return in what marketed figures are unlike, where not both are the vendors' own."""
        both = (of, *((to,) if to else ()))
        official = all(each.known and each.known.status == "official" for each in both)
        return [] if official else _unlike(of, to)

    def _kept(self, way: Way, side: Side) -> bool:
        """Whether a way is one of the rows and readings that its side names."""
        term = self.asked.sides[side]
        return agrees(way.row, term.when) and all(
            term.when.get(name) in (None, value) for name, value in way.reading.items()
        )

    def _modes(self, way: Way) -> bool:
        return any(self.vocabulary.conditions[each].role == "mode" for each in way.reading)

    def _is_headline(self, way: Way) -> bool:
        if way.sheet is None or way.known is None:
            return False
        return way.known.value.base.best == self._largest.get(way.sheet.id)

    def _misread(self, kind: SlipKind, what: str, side: Side | Literal["both"]) -> Misread:
        return Misread(kind, what, side, self._weight(kind))

    def _weight(self, kind: SlipKind) -> Fraction:
        known = self.vocabulary.misreadings.get(kind)
        return known.weight if known else Fraction(1, 2)


def _merged(found: Sequence[Misread]) -> Iterator[Misread]:
    """Yield misreadings, one that is made of both sides alike once."""
    for each in found:
        twin = each._replace(side="to")
        if each.side == "of" and twin in found:
            yield each._replace(side="both")
        elif not (each.side == "to" and each._replace(side="of") in found):
            yield each


def is_slip(misread: Misread) -> bool:
    """Whether a figure is read as another one, and not only found somewhere else."""
    return misread.kind not in _NO_SLIPS


def _is_published(way: Way) -> bool:
    figure = way.answer
    return isinstance(figure, Figure) and way.slip is None and figure.status != "estimated"


def _unlike(of: Way, to: Way | None) -> list[str]:
    """Return the conditions of the rows in which two ways differ."""
    if to is None or not of.row or not to.row:
        return []
    return [name for name, value in of.row.items() if to.row.get(name, value) != value]
