"""The regions of a day's paragraphs over two metrics, found by asking the rules in every cell.

The limits in the texts of the rules cut both axes. Between two cuts no comparison changes, so one
item stands for each cell of the grid; what the rules say of it is the class of the cell. What the
rules ask besides, and no axis shows, leaves a cell open, and the region says what decides there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from chipcalc.charts.classes import OPEN, OUTSIDE, class_of, controls
from chipcalc.check.day import DayRules, Ruleset
from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.rules.criteria import SIGNS, CircumstanceIs, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.rules.texts import comparisons
from chipcalc.values.exact import decimal_text
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Unit
from chipcalc.vocabulary.expressions import NONE
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation, labels

Pair = tuple[str, str]  # the metrics of the two axes


class Cell(NamedTuple):
    """What lies between two cuts of each axis; an end of None is that of the axis.

    `name` is the class of it; where it is open, it may be that of `possible`, by what `asks` says.
    """

    x: tuple[Fraction | None, Fraction | None]
    y: tuple[Fraction | None, Fraction | None]
    name: str
    possible: str = ""
    asks: str = ""

    @property
    def drawn_as(self) -> str:
        """The class in whose colour it is drawn: the one that it is, or may be."""
        return self.possible or self.name


class Grid(NamedTuple):
    """The cells of a day, and the cuts of both axes.

    `usual` are the values of the circumstance under which the cells hold; `excepted` says what
    takes others out, and below which limit of the first axis, where something does.
    """

    cells: tuple[Cell, ...]
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    circumstance: str = ""
    usual: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    below: Fraction | None = None


def about(rules: DayRules, axes: Pair) -> tuple[Provision, ...]:
    """Return the control paragraphs of a day that compare a metric of an axis, for usual items."""
    return _comparing(rules, rules.asked, axes)


def ever_about(rules: DayRules, axes: Pair) -> tuple[Provision, ...]:
    """Return the same of all days: every version that compares a metric of an axis."""
    versions = rules.rulebook.provisions.values()
    return _comparing(rules, [each for found in versions for each in found], axes)


def _comparing(
    rules: DayRules, provisions: Sequence[Provision], axes: Pair
) -> tuple[Provision, ...]:
    found = [each for each in controls(provisions) if _is_usual(each, rules.vocabulary)]
    return tuple(each for each in found if any(limits(rules, [each], name) for name in axes))


def _is_usual(provision: Provision, vocabulary: Vocabulary) -> bool:
    """Whether a rule is asked of an item of which nothing but figures is said."""
    usual = {name: vocabulary.circumstances[name].usual for name in provision.rule.applies_to}
    return all(usual[name] in values for name, values in provision.rule.applies_to.items())


def limits(rules: DayRules, provisions: Sequence[Provision], metric: str) -> tuple[Fraction, ...]:
    """Return the limits that rules set to a metric, in the unit of the vocabulary, in order."""
    unit = rules.vocabulary.unit(metric, NONE)
    nodes = comparisons([each.criterion for each in provisions], rules.provisions)
    found = (e for e in nodes if isinstance(e, Threshold) and e.of.name == metric)
    return tuple(sorted({each.limit.to(unit).amount.best for each in found}))


def grid(rules: DayRules, axes: Pair) -> Grid:
    """Return the cells of a day under the circumstance that most of them are controlled in."""
    asked = about(rules, axes)
    cuts = (limits(rules, asked, axes[0]), limits(rules, asked, axes[1]))
    if not asked:
        return Grid((), *cuts)
    narrowed = Ruleset(rules.rulebook, rules.day, [each.id for each in asked])
    ways = _ways(narrowed, asked)
    found = [(way, tuple(_cells(narrowed, axes, cuts, way))) for way in ways]
    usual, cells = max(found, key=lambda each: sum(cell.name != OUTSIDE for cell, _ in each[1]))
    named = usual[1] if usual else ()
    plain = Grid(tuple(cell for cell, _ in cells), *cuts, usual[0] if usual else "", named)
    return _with_exceptions(plain, [each for way, each in found if way is not usual])


class Outline(NamedTuple):
    """A rule of a user's own, which classifies nothing: where it is met, or may be."""

    name: str
    grid: Grid


def own_rules(rules: DayRules, axes: Pair) -> tuple[Provision, ...]:
    """Return the rules of a user's own that compare a metric of an axis, and classify nothing."""
    own = {str(each) for each in rules.rulebook.own}
    mine = (e for e in rules.asked if e.document.file in own and e.rule.kind != CLASSIFICATION)
    return tuple(each for each in mine if any(limits(rules, [each], name) for name in axes))


def outlines(rules: DayRules, axes: Pair, found: Grid) -> tuple[Outline, ...]:
    """Return where each rule of a user's own is met, for items that are as usual in a grid."""
    return tuple(_outline(rules, axes, found, each) for each in own_rules(rules, axes))


def _outline(rules: DayRules, axes: Pair, found: Grid, provision: Provision) -> Outline:
    narrowed = Ruleset(rules.rulebook, rules.day, [provision.id])
    cuts = (limits(rules, [provision], axes[0]), limits(rules, [provision], axes[1]))
    way = (found.circumstance, found.usual) if found.circumstance else None
    cells = []
    for cell, checked in _cells(narrowed, axes, cuts, way):
        verdict = checked.findings[0].verdict if checked.findings else Verdict.not_met
        besides = {name for name in narrowed.inputs if name not in axes}
        asks = _asked([provision], besides, narrowed) if verdict is Verdict.unknown else ""
        out = verdict is Verdict.not_met
        name = OUTSIDE if out else OPEN if verdict is Verdict.unknown else provision.rule.paragraph
        cells.append(cell._replace(name=name, possible="", asks=asks))
    return Outline(provision.rule.paragraph, Grid(tuple(cells), *cuts))


def _with_exceptions(found: Grid, others: Sequence[Sequence[tuple[Cell, Checked]]]) -> Grid:
    """Return a grid with what takes items out that are not as usual; nothing where none does."""
    taken = [
        (cell, checked)
        for other in others
        for usual, (cell, checked) in zip(found.cells, other, strict=True)
        if usual.name != cell.name
    ]
    if not taken:
        return found._replace(circumstance="", usual=())
    says = dict.fromkeys(
        cite
        for _, checked in taken
        for each in checked.findings
        if explanation.taken_out(each.line, checked.case)
        for exception in each.line.exceptions
        for cite in exception.cites()
    )
    ends = [cell.x[1] for cell, _ in taken]
    below = max(e for e in ends if e is not None) if None not in ends else None
    return found._replace(excepted=tuple(says), below=below)


Way = tuple[str, tuple[str, ...]]  # a circumstance, and values of it that rules take alike


def _ways(rules: DayRules, asked: Sequence[Provision]) -> list[Way | None]:
    """Return the values of the circumstance of an item that rules ask for, those alike as one."""
    known = rules.vocabulary.circumstances
    nodes = [
        each
        for each in comparisons([e.criterion for e in asked], rules.provisions)
        if isinstance(each, CircumstanceIs) and known[each.name].field
    ]
    if not nodes:
        return [None]
    name = nodes[0].name
    alike: dict[tuple[bool, ...], list[str]] = {}
    for value in known[name].values:
        signature = tuple(value in each.values for each in nodes if each.name == name)
        alike.setdefault(signature, []).append(value)
    return [(name, tuple(values)) for values in alike.values()]


def _cells(
    rules: Ruleset, axes: Pair, cuts: tuple[Sequence[Fraction], Sequence[Fraction]], way: Way | None
) -> Iterator[tuple[Cell, Checked]]:
    vocabulary = rules.vocabulary
    units = [vocabulary.unit(name, NONE) for name in axes]
    given = {way[0]: way[1][0]} if way else {}
    for x in pairwise((None, *cuts[0], None)):
        for y in pairwise((None, *cuts[1], None)):
            facts = {
                name: _sample(ends, unit)
                for name, ends, unit in zip(axes, (x, y), units, strict=True)
            }
            item = suppose(blank(vocabulary), {**facts, **given}, vocabulary)
            checked = rules.check(item.evaluator, item.circumstances)
            yield _cell(x, y, checked, rules, axes), checked


def _sample(ends: tuple[Fraction | None, Fraction | None], unit: Unit) -> str:
    """Return an amount between two cuts, as a user writes it."""
    low, high = ends
    if low is None or high is None:
        value = high / 2 if high is not None else 2 * low if low is not None else Fraction(1)
    else:
        value = (low + high) / 2
    return f"{decimal_text(value)} {unit.text}"


def _cell(
    x: tuple[Fraction | None, Fraction | None],
    y: tuple[Fraction | None, Fraction | None],
    checked: Checked,
    rules: Ruleset,
    axes: Pair,
) -> Cell:
    name = class_of(checked)
    if name != OPEN:
        return Cell(x, y, name)
    may_be = checked.classification.possible
    possible = [e for e in rules.asked if e.rule.paragraph in may_be]
    names = checked.deciding.metrics if checked.deciding else ()
    besides = {metric for metric, _ in names}.difference(axes)
    asks = _asked(possible[:1], besides, rules)
    return Cell(x, y, name, possible[0].rule.paragraph if possible else "", asks)


def _asked(provisions: Sequence[Provision], metrics: set[str], rules: Ruleset) -> str:
    """Return what rules ask of metrics that no axis shows: ``I/O bandwidth ≥ 600 GB/s``."""
    nodes = comparisons([each.criterion for each in provisions], rules.provisions)
    found = [e for e in nodes if isinstance(e, Threshold) and e.of.name in metrics]
    return ", ".join(dict.fromkeys(_relation(each, rules.vocabulary) for each in found))


def _relation(node: Threshold, vocabulary: Vocabulary) -> str:
    metric = (node.of.name, frozenset(node.of.when.items()))
    limit = f"{decimal_text(node.limit.amount.best)} {node.limit.unit}"
    return f"{labels.brief(metric, vocabulary)} {SIGNS[node.relation]} {limit}"
