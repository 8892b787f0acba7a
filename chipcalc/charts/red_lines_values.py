"""Chips against the lines of a day: total processing performance and performance density."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple

from chipcalc.charts.chart import Chart
from chipcalc.charts.classes import Legend, class_of
from chipcalc.charts.regions import (
    Grid,
    Outline,
    Pair,
    about,
    ever_about,
    grid,
    limits,
    outlines,
    own_rules,
)
from chipcalc.check.day import Ruleset
from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure
from chipcalc.rules.circumstances import several
from chipcalc.values import numbers
from chipcalc.vocabulary.expressions import NONE
from chipcalc.words import labels
from chipcalc.words.check import classed

KIND = "red-lines"
AXES: Pair = ("tpp", "performance_density")


class Dot(NamedTuple):
    """A chip in the picture: its figures as low, best and high end, its class and its market.

    It is `filled` where the circumstance of the regions is as usual; an axis without a figure
    is None.
    """

    chip: str
    name: str
    x: tuple[float, float, float] | None
    y: tuple[float, float, float] | None
    figures: tuple[str, str]
    drawn_as: str
    says: str
    market: str
    filled: bool
    named: bool
    address: str = ""


class RedLines(NamedTuple):
    """All that the picture shows: the regions of a day, the chips, and what they are called."""

    day: str
    grid: Grid
    legend: Legend
    dots: tuple[Dot, ...]
    axes: tuple[str, str]
    units: tuple[str, str]
    extent: tuple[tuple[float, ...], tuple[float, ...]]
    usual: str = ""
    title: str = ""
    says: tuple[str, ...] = ()
    own: tuple[Outline, ...] = ()


def red_lines(
    rules: Ruleset,
    checks: Sequence[Checked],
    *,
    named: Collection[str] = (),
    address: Callable[[str], str] | None = None,
) -> Chart:
    """Return chips against the lines of a day, as they were checked by its rules.

    `named` are the ids of chips whose names come first; `address` gives what a chip's mark leads
    to, by its id. Items that the paragraphs are not asked of are left out.
    """
    from chipcalc.charts.red_lines_drawing import draw

    found = gathered(rules, checks, named, address or (lambda _: ""))
    first, second = found.axes
    return Chart(
        KIND,
        found.title,
        found.says,
        ("Chip", first, second, "Market", "Class"),
        tuple((e.name, *e.figures, e.market, e.says) for e in found.dots),
        partial(draw, found),
    )


def gathered(
    rules: Ruleset,
    checks: Sequence[Checked],
    named: Collection[str],
    address: Callable[[str], str],
) -> RedLines:
    """Return all that the picture shows."""
    regions = grid(rules, AXES)
    asked = about(rules, AXES)
    legend = Legend(tuple(each.rule.paragraph for each in asked))
    vocabulary = rules.vocabulary
    units = [vocabulary.unit(name, NONE) for name in AXES]
    usual = [labels.phrase(regions.circumstance, value, vocabulary) for value in regions.usual]
    ever = ever_about(rules, AXES)
    dots = [
        _dot(each, regions, named, address)
        for each in checks
        if not each.circuits and any(map(each.case.applies, ever))
    ]
    found = RedLines(
        rules.day.isoformat(),
        regions,
        legend,
        tuple(sorted(dots, key=lambda e: (not e.named, e.name.casefold()))),
        (labels.brief((AXES[0], frozenset()), vocabulary), vocabulary.metric(AXES[1]).label),
        (str(units[0]), labels.unit_text((AXES[1], frozenset()), units[1], vocabulary)),
        _extent(rules, dots),
        join_words(usual) if usual else "",
    )
    found = found._replace(own=outlines(rules, AXES, regions))
    return found._replace(title=_title(found), says=tuple(_sentences(found)))


def _dot(
    checked: Checked,
    regions: Grid,
    named: Collection[str],
    address: Callable[[str], str],
) -> Dot:
    item, vocabulary = checked.item, checked.case.evaluator.vocabulary
    answers = [item.figure(name) for name in AXES]
    market = checked.case.said("market")
    held = checked.case.said(regions.circumstance) if regions.circumstance else ""
    chip = checked.sheet.id
    return Dot(
        chip,
        checked.sheet.name,
        _ends(answers[0], AXES[0], checked),
        _ends(answers[1], AXES[1], checked),
        (labels.short(answers[0]), labels.short(answers[1])),
        class_of(checked),
        classed(checked),
        labels.said("market", market, vocabulary) if market else "",
        not regions.circumstance or not {*several(held)}.isdisjoint(regions.usual),
        chip in named,
        address(chip),
    )


def _ends(answer: Answer, metric: str, checked: Checked) -> tuple[float, float, float] | None:
    """Return a figure as its low, best and high end; None where there is none, or it is zero."""
    if not isinstance(answer, Figure):
        return None
    found = answer.value.to(checked.case.evaluator.vocabulary.unit(metric, NONE)).amount
    return (float(found.low), float(found.best), float(found.high)) if found.low > 0 else None


def _extent(rules: Ruleset, dots: Sequence[Dot]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return from where to where the axes go: all chips, and the limits of every version."""
    texts = (*ever_about(rules, AXES), *own_rules(rules, AXES))
    ends = []
    for place, metric in enumerate(AXES):
        values = [e for dot in dots for e in ((dot.x, dot.y)[place] or ())]
        values += [float(each) for each in limits(rules, texts, metric)]
        ends.append((min(values) / 1.4, max(values) * 1.4) if values else (1.0, 10.0))
    return ends[0], ends[1]


def _title(found: RedLines) -> str:
    if not found.legend.controls:
        return f"AI chips on {found.day}: no line yet, of the rules modelled"
    return f"AI chips against the lines of {join_words(found.legend.controls)}, {found.day}"


def _sentences(found: RedLines) -> list[str]:
    says = []
    drawn = [each for each in found.dots if each.x and each.y]
    without = [each for each in found.dots if each.x and not each.y]
    none = len(found.dots) - len(drawn) - len(without)
    says.append(
        f"{len(drawn)} of {len(found.dots)} chips have both figures; bars are ranges, where"
        f" sources conflict or a figure is bounded. Of {none} no {found.axes[0]} is known."
    )
    regions = found.grid
    if regions.excepted:
        below = (
            f" below a {found.axes[0]} of {numbers.amount(regions.below, 8)}"
            if regions.below
            else ""
        )
        says.append(
            f"Hollow marks within a region of another colour: {join_words(regions.excepted)} takes"
            f" out chips that are not {found.usual}{below}."
        )
    for own in found.own:
        asks = dict.fromkeys(each.asks for each in own.grid.cells if each.asks)
        besides = f", where it is met if {' and '.join(asks)}" if asks else ""
        says.append(f"Dashed: {own.name}{besides}.")
    hatched = dict.fromkeys(each.asks for each in regions.cells if each.asks)
    return says + [
        f"Hatched: the rule asks for {each} as well, which has no axis, so that"
        " chips that are outside, or not settled, can lie there."
        for each in hatched
    ]
