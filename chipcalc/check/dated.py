"""What changes for an item from one day to the next, and which amendments do it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from chipcalc.check.day import DayRules, Ruleset
from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.check.what_if import Supposed
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import Criterion, RuleMet, leaves
from chipcalc.rules.dates import Amendment, Turn, ahead_for, amendments
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION, PRESUMPTION, Kind
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values.logic import Verdict

_CLASSES = (CLASSIFICATION, PRESUMPTION)
Rules = TypeVar("Rules", bound=DayRules)


class Shift(NamedTuple):
    """What one rule says before and after a change; None where it is not asked."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """What it says afterwards, or what it last said."""
        found = self.after or self.before
        if found is None:
            raise TypeError("a shift has a finding on one side at least")
        return found

    @property
    def kind(self) -> Kind:
        return self.finding.provision.rule.kind

    @property
    def turns(self) -> bool:
        """Whether the verdict is another one; a rule that is not asked is not met either."""
        return _verdict(self.before) is not _verdict(self.after)

    @property
    def classifies(self) -> bool:
        """Whether the rule says under which paragraph an item falls, or is presumed to."""
        return self.kind in _CLASSES


class Step(NamedTuple):
    """An item on the two sides of a day on which rules change, and what of that concerns it.

    `amendments` are all of the days between the two.
    """

    day: datetime.date
    before: Checked
    after: Checked
    shifts: tuple[Shift, ...]
    amendments: tuple[Amendment, ...]

    @property
    def reclassified(self) -> bool:
        """Whether the classification, or what is presumed, is another one; limbs do not count."""
        return classified(self.before) != classified(self.after)

    @property
    def beside(self) -> list[Shift]:
        """The rules beside the classification that come to another verdict."""
        return [each for each in self.shifts if each.turns and not each.classifies]

    @property
    def concerning(self) -> list[Amendment]:
        """The amendments that changed what the item rests on."""
        return self.of(self.shifts)

    @property
    def idle(self) -> list[Amendment]:
        """The amendments that changed nothing for the item."""
        concerned = {each.key for each in self.concerning}
        return [each for each in self.amendments if each.key not in concerned]

    def of(self, shifts: Iterable[Shift]) -> list[Amendment]:
        """Return the amendments that made rules say something else, through others as well."""
        names: set[str] = set()
        for each in shifts:
            for side, finding in ((self.before, each.before), (self.after, each.after)):
                if finding:
                    reached = {*_reached(finding.provision, side.case.provisions)}
                    names |= {finding.provision.id, *filter(self._reads_anew, reached)}
        made = [each for each in self.amendments if each.provision.id in names]
        return [each for each in made if self._rewrites(each)] or made

    def _rewrites(self, made: Amendment) -> bool:
        """Whether a text is another one than before, not the same from another day on."""
        before = self.before.case.provisions.get(made.provision.id)
        after = self.after.case.provisions.get(made.provision.id)
        if before is None or after is None or made.turn is not Turn.begins:
            return True
        same = before.version.standing == after.version.standing
        return not same or before.criterion != after.criterion

    def _reads_anew(self, name: str) -> bool:
        """Whether a rule that others refer to is another text that the item meets, or may meet."""
        before, after = (_met_text(name, each.case) for each in (self.before, self.after))
        return before != after

    @property
    def decisive(self) -> list[Amendment]:
        """The amendments that turned a verdict; where none did, those that changed its grounds."""
        return self.of([each for each in self.shifts if each.turns]) or self.concerning


def classified(checked: Checked) -> tuple[Classed, object, object]:
    """Return how an item is classified, to be compared: whatever the limb."""
    found, presumption = checked.classification, checked.presumption
    presumed = (presumption.verdict, checked.presumed(presumption)) if presumption else None
    return checked.classed, found.possible or found.paragraph, presumed


def step(day: datetime.date, before: Checked, after: Checked, made: Sequence[Amendment]) -> Step:
    """Return what changes for an item from one day to another."""
    return Step(day, before, after, tuple(_shifts(before, after)), tuple(made))


def _shifts(before: Checked, after: Checked) -> Iterator[Shift]:
    old = {each.provision.id: each for each in before.findings}
    new = {each.provision.id: each for each in after.findings}
    for name in dict.fromkeys((*old, *new)):
        shift = Shift(old.get(name), new.get(name))
        quiet = not shift.turns and _verdict(shift.after) is Verdict.not_met
        if quiet and shift.kind != CLASSIFICATION:
            continue
        if _grounds(shift.before) != _grounds(shift.after):
            yield shift


def _verdict(finding: Finding | None) -> Verdict:
    return finding.verdict if finding else Verdict.not_met


def _grounds(finding: Finding | None) -> object:
    """Return the verdict and all that it rests on, to be compared: of an open one, what decides."""
    if finding is None:
        return None
    if finding.deciding and finding.deciding.outcomes:
        return finding.judgement, finding.deciding
    return finding.judgement, _told(finding.line)


def _met_text(name: str, case: Case) -> tuple[Verdict, Criterion] | None:
    """Return the text of a rule that an item meets, or may meet, with the verdict; else None."""
    provision = case.provisions.get(name)
    if provision is None or case.read(provision).verdict is Verdict.not_met:
        return None
    return case.read(provision).verdict, provision.criterion


def _reached(
    provision: Provision, provisions: Mapping[str, Provision], above: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield a rule and those that it refers to."""
    yield provision.id
    for node in leaves(provision.criterion):
        if isinstance(node, RuleMet):
            for name in node.rules:
                if name in provisions and name not in above:
                    yield from _reached(provisions[name], provisions, (*above, provision.id))


def turning(rulebook: Rulebook) -> dict[datetime.date, list[Amendment]]:
    """Return all that happens to rules, by day, the first one first."""
    found: dict[datetime.date, list[Amendment]] = {}
    for versions in rulebook.provisions.values():
        for each in amendments(versions):
            found.setdefault(each.day, []).append(each)
    return dict(sorted(found.items()))


def between(
    rulebook: Rulebook,
    item: Supposed,
    first: datetime.date,
    last: datetime.date,
    only: Sequence[str] = (),
) -> Iterator[Step]:
    """Yield an item on the two sides of every day on which rules change, up to the last day.

    Where nothing changes there is one step, from the first day to the last.
    """
    made = {day: found for day, found in turning(rulebook).items() if first < day <= last}
    before = Ruleset(rulebook, first, only).check(item.evaluator, item.circumstances)
    for day in made or (last,):
        after = Ruleset(rulebook, day, only).check(item.evaluator, item.circumstances)
        yield step(day, before, after, made.get(day, ()))
        before = after


def coming(rules: Rules, cases: Sequence[Case]) -> Iterator[tuple[Rules, list[Amendment]]]:
    """Yield the rules of each day ahead that may change the answer for an item, by its cases.

    They are the rules as known on the day that was asked about; a day is left out on which
    nothing that the item meets, or may meet, is another text.
    """
    for day, made in ahead_for(
        rules.rulebook.provisions.values(),
        rules.day,
        lambda provision: any(case.applies(provision) for case in cases),
    ).items():
        later = rules.later(day)
        then = [(case, later.case(case.evaluator, case.given)) for case in cases]
        if any(_differs(each, *both) for each in made for both in then):
            yield later, made


def steps_ahead(rules: DayRules, checked: Checked) -> Iterator[Step]:
    """Yield what is known on a day to change for an item after it, day by day."""
    before = checked
    for later, made in coming(rules, checked.cases):
        after = later.check(checked.item, checked.case.given)
        found = step(later.day, before, after, made)
        if found.shifts:
            yield found
        before = after


def _differs(made: Amendment, before: Case, after: Case) -> bool:
    """Whether a rule says something else of an item, or has to be obeyed and may be met."""
    rule = made.provision.rule
    texts = [case.provisions.get(rule.id) for case in (before, after)]
    lines = [case.read(e) if e else None for case, e in zip((before, after), texts, strict=True)]
    met = [each for each in lines if each and each.verdict is not Verdict.not_met]
    if not met and rule.kind != CLASSIFICATION:
        return False
    if made.turn is Turn.binds:
        return True
    first, second = (_told(each) if each else None for each in lines)
    return first != second


def _told(line: Line) -> tuple[Verdict, list[tuple[str, Criterion]]]:
    """Return a verdict with the criteria that gave it, each in its limb."""
    return line.verdict, [(limb, each.node) for limb, each in line.decisive(line.verdict)]


def state(rules: DayRules, case: Case) -> dict[str, object]:
    """Return the texts of a day that an item meets, or may meet, to be compared with another's.

    What is not met stays so whatever else is known, and cannot change an answer.
    """
    found: dict[str, object] = {}
    for each in rules.provisions.values():
        if case.read(each).verdict is not Verdict.not_met:
            version = each.version
            firm = version.standing, version.confidence, version.conditions
            due = version.compliance is not None and rules.day < version.compliance
            found[each.id] = (each.criterion, firm, due)
    return found
