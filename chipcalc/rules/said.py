"""What is said of an item in words, and what criteria make of it: found once for all days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from chipcalc.places.on_day import Places
from chipcalc.rules.circumstances import Circumstances, several, sheet_says
from chipcalc.rules.criteria import CircumstanceIs, Launched, Named
from chipcalc.rules.texts import Leaves, Text
from chipcalc.sheets.sheet import GIVEN, Sheet
from chipcalc.values.logic import Verdict, agreed, every, negated

if TYPE_CHECKING:
    from chipcalc.figures.evaluate import Evaluator

Heard = tuple[Verdict, str]


class Said:
    """What holds for the circumstances of an item: by a user's words, else by its sheet.

    It rests on the sheet, the words and the answers on groups of countries; where another day has
    the same, it is the same object. With `above`, circumstances are its own unless `changed`.
    """

    __slots__ = (
        "_above", "_below", "_changed", "_evaluator", "_given", "_heard", "_places", "_rests",
        "_said", "_scopes", "_spoken",
    )  # fmt: skip

    def __init__(
        self,
        evaluator: Evaluator,
        given: Circumstances,
        places: Places,
        above: Said | None = None,
        changed: Collection[str] = (),
    ) -> None:
        self._evaluator = evaluator
        self._given = given
        self._places = places
        self._above = above
        self._changed = changed
        self._said: dict[str, str] = {}
        self._heard: dict[int, tuple[CircumstanceIs, Heard]] = {}
        self._scopes: dict[Text, Verdict] = {}
        self._spoken: dict[Leaves, tuple[Verdict, ...]] = {}
        self._rests: dict[Text, tuple[object, ...]] = {}
        self._below: dict[tuple[tuple[str, str], ...], Said] = {}

    @classmethod
    def of(cls, evaluator: Evaluator, given: Circumstances, places: Places) -> Said:
        """Return what is said of an item; made once for equal words and groups of countries."""
        asked = (cls, tuple(given.items()), places.state)
        found: Said | None = evaluator.of_sheet.get(asked)
        if found is None:
            found = evaluator.of_sheet[asked] = cls(evaluator, given, places)
        return found

    def supposing(self, given: Mapping[str, str]) -> Said:
        """Return the same with further words; made once for equal ones."""
        if not given:
            return self
        asked = tuple(given.items())
        found = self._below.get(asked)
        if found is None:
            known = self._given.supposing(given)
            found = Said(self._evaluator, known, self._places, self, given.keys())
            self._below[asked] = found
        return found

    def says(self, name: str) -> str:
        """Return what holds for a circumstance; nothing where it is not known."""
        found = self._said.get(name)
        if found is None:
            if self._above and name not in self._changed:
                found = self._above.says(name)
            else:
                found = self._given.get(name) or sheet_says(name, self._evaluator)
            self._said[name] = found
        return found

    def heard(self, node: CircumstanceIs) -> Heard:
        """Return what a criterion comes to, and what is said of its circumstance."""
        kept = self._heard.get(id(node))
        if kept is None:
            if self._above and node.name not in self._changed:
                found = self._above.heard(node)
            else:
                found = self._hear(node)
            kept = self._heard[id(node)] = (node, found)
        return kept[1]

    def _hear(self, node: CircumstanceIs) -> Heard:
        said = self.says(node.name)
        if not said:
            return Verdict.unknown, ""
        verdict = agreed([self.among(node, each) for each in several(said)])
        return negated(verdict) if node.negated else verdict, said

    def among(self, node: CircumstanceIs, said: str) -> Verdict:
        """Return whether a circumstance is one of the values that a criterion names."""
        if self._evaluator.vocabulary.circumstances[node.name].places:
            return self._places.holds(said, node.values)
        return Verdict.met if said in node.values else Verdict.not_met

    def launched(self, node: Launched) -> Heard:
        """Return whether the chip was launched in the time that a rule names, and when it was."""
        day = self._evaluator.sheet.chip.launched
        if day is None:
            return Verdict.unknown, ""
        before = day.before(node.day)
        return before if node.before else negated(before), str(day)

    def named(self, node: Named) -> Heard:
        """Return whether a rule names the chip, and how the sheet calls it."""
        sheet: Sheet = self._evaluator.sheet
        if sheet.id == GIVEN:
            return Verdict.unknown, sheet.name
        found = {sheet.id, *sheet.chip.family, sheet.chip.vendor} & set(node.chips)
        return Verdict.met if found else Verdict.not_met, sheet.name

    def spoken(self, leaves: Leaves) -> tuple[Verdict, ...]:
        """Return the verdicts of what rests on no figure: circumstances, and the chip itself."""
        found = self._spoken.get(leaves)
        if found is None:
            if self._above and leaves.names.isdisjoint(self._changed):
                found = self._above.spoken(leaves)
            else:
                words = [self.heard(each)[0] for each in leaves.words]
                found = (*words, *map(self._fixed, leaves.fixed))
            self._spoken[leaves] = found
        return found

    def _fixed(self, node: Launched | Named) -> Verdict:
        read = self.launched(node) if isinstance(node, Launched) else self.named(node)
        return read[0]

    def scope(self, text: Text) -> Verdict:
        """Return whether a rule is asked at all: of a board, say, or of a fabricator."""
        found = self._scopes.get(text)
        if found is None:
            found = self._scopes[text] = every([self.heard(each)[0] for each in text.scope])
        return found

    def rests_on(self, text: Text) -> Sequence[object]:
        """Return the circumstances that a text asks for, and how groups of countries answer it."""
        found = self._rests.get(text)
        if found is None:
            known = self._evaluator.vocabulary.circumstances
            places = any(known[name].places for name in text.names)
            said = map(self.says, text.names)
            found = self._rests[text] = (*said, self._places.state if places else None)
        return found
