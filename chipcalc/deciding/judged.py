"""Cells judged: each by the verdicts that rules come to there, and once for all that share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from chipcalc.deciding.cells import VERDICTS, Cells, Cut
from chipcalc.deciding.outcome import Asked, Choices, Judge, Outcome, Supposition
from chipcalc.rules.case import Case, Judgement, Line
from chipcalc.rules.criteria import Threshold, run
from chipcalc.rules.provision import Provision
from chipcalc.rules.texts import Leaves, Text


class CellCase(Case):
    """A case within a cell: each comparison comes to what it does there, without a figure.

    Circumstances are those of the case that it is made of.
    """

    def __init__(self, case: Case, cells: Cells, number: int) -> None:
        self.evaluator, self.provisions = case.evaluator, case.provisions
        self.given, self.places, self.texts = case.given, case.places, case.texts
        self.words = case.words
        self._read = {}
        self._cells = cells
        self._number = number

    def compare(self, node: Threshold) -> Line:
        return Line(node, VERDICTS[self._cells.column(node)[self._number]])

    def read(self, provision: Provision) -> Line:
        text = self.texts.of(provision)
        found = self._read.get(text)
        if found is None:
            found = self.texts.kept.judged.get(self._asked(text)) or super().read(provision)
            self._read[text] = found
        return found

    def _find(self, text: Text) -> Line:
        """Return what a rule comes to by its verdicts, read once for all that share them."""
        judged, asked = self.texts.kept.judged, self._asked(text)
        if asked not in judged:
            judged[asked] = run(text.order, self)
        found: Line = judged[asked]
        return found

    def _asked(self, text: Text) -> object:
        """Return all that the verdict of a rule rests on."""
        verdicts = self._cells.rows(text.leaves.thresholds)[self._number]
        return text, verdicts, self.words.spoken(text.leaves)


class Branch(NamedTuple):
    """Values of one figure or circumstance, and what follows from them."""

    where: tuple[Supposition, ...]
    result: Result


Result: TypeAlias = "Judgement | tuple[Branch, ...]"


class Question(NamedTuple):
    """What is asked in every cell of a case: how it is judged, and the rules that it rests on.

    Without `asked`, nobody knows what it rests on, and every cell is judged by itself.
    """

    case: Case
    cells: Cells
    judge: Judge
    asked: Asked | None

    def answer(self, groups: Sequence[Sequence[Choices]]) -> Result:
        """Return what follows from what is not known: circumstances first, then figures."""
        ways = ({each.name: each.values[0] for each in way} for way in product(*groups))
        found = list(self._by_verdicts(self.asked, ways) if self.asked else self._by_cell(ways))
        for group in reversed(groups):
            size = len(group)
            rows = [found[start : start + size] for start in range(0, len(found), size)]
            found = [_over_words(group, each) for each in rows]
        return found[0]

    def _by_cell(self, ways: Iterable[Mapping[str, str]]) -> Iterator[Result]:
        """Yield what follows from the figures in each way to take the circumstances."""
        for given in ways:
            case = self.case.supposing({}, given)
            numbers = range(len(self.cells.points))
            yield self._over_figures([self._judged(case, number) for number in numbers])

    def _by_verdicts(self, asked: Asked, ways: Iterable[Mapping[str, str]]) -> Iterator[Result]:
        """Yield the same, judged once for all cells and ways that have the same verdicts."""
        texts = tuple(map(self.case.texts.of, asked.rules))
        kept = self.case.texts.kept.judged
        leaves = kept.get(texts)
        if leaves is None:
            leaves = kept[texts] = Leaves.together(texts)
        rows = self.cells.rows(leaves.thresholds)
        results: dict[object, Result] = {}
        for given in ways:
            told = self.case.words.supposing(given).spoken(leaves)
            if told not in results:
                case = self.case.supposing({}, given)
                found = kept.setdefault((asked.name, texts, told), {})
                for number, row in enumerate(rows):
                    if row not in found:
                        found[row] = self._judged(case, number)
                results[told] = self._over_figures([found[row] for row in rows])
            yield results[told]

    def _judged(self, case: Case, number: int) -> Judgement:
        found = self.judge(CellCase(case, self.cells, number))
        same: Judgement = case.texts.kept.judged.setdefault(found, found)
        return same

    def _over_figures(self, judgements: Sequence[Judgement]) -> Result:
        """Return what follows from the figures; found once for the cells and their judgements."""
        asked = tuple(map(id, judgements))  # equal ones are one object
        kept = self.cells.results.get(asked)
        if kept is None:
            cut = self.cells.cut
            found = _along(cut, judgements) if cut else judgements[0]
            kept = self.cells.results[asked] = (judgements, found)
        result: Result = kept[1]
        return result


def _over_words(group: Sequence[Choices], results: Sequence[Result]) -> Result:
    """Return what follows from the values of a circumstance, those that come to the same as one."""
    found: list[tuple[Result, list[str]]] = []
    for words, result in zip(group, results, strict=True):
        same = next((values for each, values in found if each == result), None)
        if same is None:
            found.append((result, [*words.values]))
        else:
            same += words.values
    if len(found) == 1:
        return found[0][0]
    name = group[0].name
    return tuple(Branch((Choices(name, tuple(values)),), result) for result, values in found)


def _along(cut: Cut, judgements: Sequence[Judgement]) -> Result:
    """Return what follows from a figure: neighbouring pieces that come to the same are joined."""
    results: Sequence[Result] = [_along(each, judgements) for each in cut.below] or [
        judgements[cut.first + number] for number in range(len(cut.pieces))
    ]
    if all(each == results[0] for each in results):
        return results[0]
    found: list[tuple[int, int, Result]] = []
    first = 0
    for last, result in enumerate(results):
        following = results[last + 1] if last + 1 < len(results) else None
        if following != result or (first == last and cut.apart(last)):
            found.append((first, last, result))
            first = last + 1
    return tuple(Branch(cut.described(first, last), result) for first, last, result in found)


def outcomes(result: Result) -> Iterator[Outcome]:
    """Yield every outcome of what is not known."""
    waiting: list[tuple[tuple[Supposition, ...], Result]] = [((), result)]
    while waiting:
        above, each = waiting.pop()
        if isinstance(each, Judgement):
            yield Outcome(above, each)
        else:
            waiting += ((above + branch.where, branch.result) for branch in reversed(each))
