"""The cases of a comparison: each chip of a family, each row that its sides are stated for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from chipcalc.claims.claim import Ratio
from chipcalc.claims.context import Context
from chipcalc.claims.far import Far
from chipcalc.claims.finding import Instance
from chipcalc.claims.misreadings import EMPTY, PLAIN, Turn, chips_of, side
from chipcalc.claims.rows import Chosen, Sides, pairs, together
from chipcalc.errors import error
from chipcalc.figures.exchange import NeedsRate
from chipcalc.figures.figure import Answer, operate
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.model import Vocabulary

_Answered: TypeAlias = tuple[Answer, Verdict, NeedsRate | None]


class Cases:
    """A comparison, which can be computed as printed and under misreadings.

    Raises ChipcalcError for sides that cannot be read, or that name no chip.
    """

    def __init__(self, asked: Ratio, context: Context) -> None:
        self.asked = asked
        self.context = context
        self.sides = _sides(asked, context.vocabulary)
        self._chips = {name: chips_of(node) for name, node in self.sides.items()}
        self.names = self._names(*self.sides)
        self._read: dict[object, Answer] = {}
        self._far = Far(asked.is_)
        self._answered: dict[tuple[int, ...], _Answered] = {}

    def _names(self, *sides: str) -> list[str]:
        return list(dict.fromkeys(n for each in sides for n in self._chips[each]))

    def under(self, turn: Turn = PLAIN) -> Iterator[Instance]:
        """Yield every case under a misreading, or as printed."""
        for chosen in self._chosen(turn):
            for rows in together(self.sides, chosen, turn, self.context):
                yield self._case(chosen, rows, self._both(chosen, rows, turn))

    def holding(self, turn: Turn) -> Iterator[Instance]:
        """Yield the cases under a misreading for which the claim holds."""
        for chosen in self._chosen(turn):
            for rows in together(self.sides, chosen, turn, self.context):
                yield from self._if_it_holds(chosen, rows, turn)

    def holding_in_any_rows(self) -> Iterator[Instance]:
        """Yield the cases that hold, of every pair of rows that the sides are stated for."""
        for chosen in self._chosen(PLAIN):
            for rows in pairs(self.sides, chosen, self.context):
                yield from self._if_it_holds(chosen, rows, PLAIN)

    def named(self, turn: Turn) -> Turn:
        """Return a misreading with the names of the chips on its sides."""
        return turn._replace(names=tuple(self._names(*turn.sides)))

    def _chosen(self, turn: Turn) -> Iterator[dict[str, Sheet]]:
        """Yield each choice of a chip for every name; a chip is not compared with itself."""
        members = [
            self.context.siblings(name) if name == turn.chip else self.context.named(name)
            for name in self.names
        ]
        for sheets in product(*members):
            if len({each.id for each in sheets}) == len(sheets):
                yield dict(zip(self.names, sheets, strict=True))

    def _if_it_holds(
        self, chosen: Chosen, rows: Sequence[Conditions], turn: Turn
    ) -> Iterator[Instance]:
        found = self._both(chosen, rows, turn)
        if not self._far.surely(found):
            case = self._case(chosen, rows, found)
            yield from [case] if case.holds else []

    def _both(self, chosen: Chosen, rows: Sequence[Conditions], turn: Turn) -> tuple[Answer, ...]:
        named = zip(self.sides, rows, strict=True)
        return tuple(self._side(name, chosen, row, turn) for name, row in named)

    def _case(
        self, chosen: Chosen, rows: Sequence[Conditions], found: tuple[Answer, ...]
    ) -> Instance:
        answer, verdict, needs = self._answer(found)
        row = rows[0] or rows[-1]
        against = EMPTY if not rows[-1] or rows[-1] == row else rows[-1]
        return Instance(
            tuple(chosen.values()), row, answer, verdict, found, against=against, needs=needs
        )

    def _side(self, name: str, chosen: Chosen, row: Conditions, turn: Turn) -> Answer:
        """Return one side for chosen chips and a row under a misreading; each is read once."""
        applied = turn if name in turn.sides else PLAIN
        ids = tuple(chosen[each].id for each in self._chips[name])
        asked = (name, ids, frozenset(row.items()), applied.key)
        if asked not in self._read:
            node, evaluate = self.sides[name], self.context.evaluator
            self._read[asked] = side(node, chosen, row, applied, evaluate)
        return self._read[asked]

    def _answer(self, found: tuple[Answer, ...]) -> _Answered:
        """Return what sides come to beside the printed figure; the same sides are divided once."""
        asked = tuple(map(id, found))  # which `_read` keeps alive
        if asked not in self._answered:
            figure = operate("divide", found) if len(found) > 1 else found[0]
            relation = self.asked.is_
            money = self.context.exchanged(figure, relation.printed.unit)
            needs = money if isinstance(money, NeedsRate) else None
            answer = money.missing if isinstance(money, NeedsRate) else money
            self._answered[asked] = answer, relation.of(answer), needs
        return self._answered[asked]


def _sides(asked: Ratio, vocabulary: Vocabulary) -> Sides:
    texts = {"of": asked.of, "to": asked.to}
    sides = {name: notation.parse(each, vocabulary) for name, each in texts.items() if each}
    if not any(map(chips_of, sides.values())):
        raise error("the comparison names no chip", "write for example of: h20.throughput")
    return sides
