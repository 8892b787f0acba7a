"""The cases of a comparison: each chip of a family, each row that its sides are stated for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from chipcalc.claims.claim import Ratio
from chipcalc.claims.context import Context
from chipcalc.claims.finding import Instance
from chipcalc.claims.misreadings import EMPTY, PLAIN, Turn, chips_of, side
from chipcalc.claims.rows import Chosen, Sides, pairs, together
from chipcalc.errors import error
from chipcalc.figures.exchange import NeedsRate
from chipcalc.figures.figure import operate
from chipcalc.figures.statements import Conditions
from chipcalc.sheets.sheet import Sheet
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.model import Vocabulary


class Cases:
    """A comparison, which can be computed as printed and under misreadings.

    Raises ChipcalcError for sides that cannot be read, or that name no chip.
    """

    def __init__(self, asked: Ratio, context: Context) -> None:
        self.asked = asked
        self.context = context
        self.sides = _sides(asked, context.vocabulary)
        self.names = self._names(*self.sides)

    def _names(self, *sides: str) -> list[str]:
        return list(dict.fromkeys(n for each in sides for n in chips_of(self.sides[each])))

    def under(self, turn: Turn = PLAIN) -> Iterator[Instance]:
        """Yield every case under a misreading, or as printed."""
        for chosen in self._chosen(turn):
            for rows in together(self.sides, chosen, turn, self.context):
                yield self._case(chosen, rows, turn)

    def with_all_rows(self) -> Iterator[Instance]:
        """Yield a case for every pair of rows that the sides are stated for."""
        for chosen in self._chosen(PLAIN):
            for rows in pairs(self.sides, chosen, self.context):
                yield self._case(chosen, rows, PLAIN)

    def named(self, turn: Turn) -> Turn:
        """Return a misreading with the names of the chips on its sides."""
        return turn._replace(names=tuple(self._names(*turn.sides)))

    def _chosen(self, turn: Turn) -> Iterator[dict[str, Sheet]]:
        """Yield each choice of a chip for every name; a chip is not compared with itself."""
        members = [
            self.context.siblings(name) if name == turn.chip else self.context.store.members(name)
            for name in self.names
        ]
        for sheets in product(*members):
            if len({each.id for each in sheets}) == len(sheets):
                yield dict(zip(self.names, sheets, strict=True))

    def _case(self, chosen: Chosen, rows: Sequence[Conditions], turn: Turn) -> Instance:
        found = tuple(
            side(node, name, chosen, row, turn, self.context.evaluator)
            for (name, node), row in zip(self.sides.items(), rows, strict=True)
        )
        figure = operate("divide", found) if len(found) > 1 else found[0]
        relation = self.asked.is_
        money = self.context.exchanged(figure, relation.printed.unit)
        needs = money if isinstance(money, NeedsRate) else None
        answer = money.missing if isinstance(money, NeedsRate) else money
        row = rows[0] or rows[-1]
        against = EMPTY if not rows[-1] or rows[-1] == row else rows[-1]
        return Instance(
            tuple(chosen.values()), row, answer, relation.of(answer), found,
            against=against, needs=needs,
        )  # fmt: skip


def _sides(asked: Ratio, vocabulary: Vocabulary) -> Sides:
    texts = {"of": asked.of, "to": asked.to}
    sides = {name: notation.parse(each, vocabulary) for name, each in texts.items() if each}
    if not any(map(chips_of, sides.values())):
        raise error("the comparison names no chip", "write for example of: h20.throughput")
    return sides
