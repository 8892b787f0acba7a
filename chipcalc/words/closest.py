"""What matters most of an answer: the line that a chip is closest to, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from chipcalc.check.headroom import Distance, distances
from chipcalc.check.lines import compared_key, figures
from chipcalc.check.result import Checked, Finding
from chipcalc.deciding.outcome import Deciding
from chipcalc.errors import join_words
from chipcalc.rules.case import Case
from chipcalc.rules.rule import PRESUMPTION
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict
from chipcalc.words import labels, outcomes, supposed
from chipcalc.words.check import is_control, limb
from chipcalc.words.figures import amount
from chipcalc.words.labels import brief, unit_shown
from chipcalc.words.provenance import firmness


class Near(NamedTuple):
    """A figure beside a line of a control; `share` is its signed distance in parts of the line."""

    finding: Finding
    holds: Verdict
    name: str
    value: str
    limit: str
    unit: str
    margin: str
    place: str
    share: Fraction
    amount: Interval
    at: Fraction
    supposed: bool = False

    @property
    def stands(self) -> str:
        """Whether the chip is in or out by this line: ``in``, ``out (in by b.2)``."""
        found = self.finding
        if Verdict.unknown in (found.verdict, self.holds):
            return "open"
        if found.verdict is Verdict.not_met or self.holds is Verdict.met:
            return "in" if found.verdict is Verdict.met else "out"
        paragraph = found.provision.rule.paragraph
        others = [limb(each, paragraph) for each in found.cites if each != self.place]
        return f"out (in by {join_words(others)})" if others else "out"

    @property
    def says(self) -> str:
        """The distance in a sentence: ``TPP 2,368 is 1.3 % below 2,400 (3A090.b.1)``."""
        limit = f"{self.limit} {self.unit}".rstrip()
        mark = f", {supposed.MARK}" if self.supposed else ""
        return f"{self.name} {self.value} {_lies(self)} {limit} ({self.place}){mark}"


def nearest(checked: Checked) -> Near | None:
    """Return the line of a control that some end of a figure lies closest to, if there is any."""
    found = ((abs(_share(each)[0]), each) for each in _lines(checked))
    closest = min(found, key=lambda each: each[0], default=None)
    return _near(closest[1], checked.case) if closest else None


def nearest_each(checked: Checked) -> list[Near]:
    """Return, for every figure that a control compares, the line that it lies closest to."""
    found: dict[str, Near] = {}
    for each in sorted(_nears(checked), key=lambda each: abs(each.share)):
        found.setdefault(each.name, each)
    return list(found.values())


def _nears(checked: Checked) -> list[Near]:
    return [_near(each, checked.case) for each in _lines(checked)]


def _lines(checked: Checked) -> Iterator[Distance]:
    """Yield the distances to the lines of controls that are known, and are no presumption's."""
    for each in distances(checked):
        ruled = is_control(each.finding) and each.finding.provision.rule.kind != PRESUMPTION
        if ruled and each.value and each.node.limit.amount.best:
            yield each


def _share(each: Distance) -> tuple[Fraction, Fraction]:
    """Return in parts of a line how far the nearer end of a figure lies off it, and that end."""
    value, limit = each.value or exactly(0), each.node.limit.amount.best
    ends = (value.low, value.high)
    return min((((end - limit) / abs(limit), end) for end in ends), key=lambda each: abs(each[0]))


def _near(each: Distance, case: Case) -> Near:
    vocabulary, limit = case.evaluator.vocabulary, each.node.limit.amount.best
    value = each.value or exactly(0)
    share, end = _share(each)
    low, high = numbers.beside(value.low, limit), numbers.beside(value.high, limit)
    return Near(
        each.finding,
        each.line.verdict,
        brief(compared_key(each.node), vocabulary),
        low if low == high else f"{low}–{high}",
        numbers.beside(limit, limit),
        unit_shown(each.node.of.name, each.node.limit.unit, vocabulary),
        numbers.margin(end, limit),
        each.limb or each.finding.provision.rule.paragraph,
        share,
        value,
        limit,
        supposed.rests(each.answer, case),
    )


def _lies(near: Near) -> str:
    """Return where a figure lies: ``is 1.3 % below``, ``is at least 44 % above``, ``is on``."""
    amount, at = near.amount, near.at
    if amount.low < at < amount.high:
        return "lies on both sides of"
    if not near.share:
        return "is on" if amount.exact else "reaches"
    words = near.margin
    if words[0] in "+−":
        words = f"{words[1:]} {'above' if near.share > 0 else 'below'}"
    return f"is {words}" if amount.exact else f"is at least {words}"


def decides(checked: Checked) -> str:
    """Return what is not known and decides, and which figures are settled; nothing for neither."""
    deciding = checked.decides
    missing = outcomes.unknowns(deciding, checked.case) if deciding else []
    if not deciding or not missing:
        return ""
    figures_matter = deciding is checked.deciding
    settled = "".join(f". {e}" for e in _settled(checked, deciding)) if figures_matter else ""
    return f"Decides: {'; '.join(missing)}{settled}"


def _settled(checked: Checked, deciding: Deciding) -> Iterator[str]:
    """Yield the figures of the controls that are known, where others are not."""
    case = checked.case
    lines = [each.line for each in checked.findings if is_control(each)]
    for name, figure in figures(lines).items():
        if name not in deciding.metrics and figure.value.amount.exact:
            vocabulary = case.evaluator.vocabulary
            unit = labels.unit_text(name, figure.value.unit, vocabulary)
            shown = f"{brief(name, vocabulary)} {amount(figure)} {unit}".rstrip()
            yield f"{shown} is settled ({firmness(figure, checked)})"
