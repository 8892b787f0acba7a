"""Distances in words: how far a figure lies from a line, and whose line it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from chipcalc.check.headroom import Distance, Level
from chipcalc.check.result import Checked
from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure
from chipcalc.rules.rule import PROPOSAL
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, supposed
from chipcalc.words.chips import limbs


def amount(value: Interval, limits: Iterable[Fraction]) -> str:
    """Return a figure as it stands beside some lines, cut off and never onto one: ``2.909…``."""
    asked = tuple(limits)
    low, high = (
        max((numbers.beside(end, limit) for limit in asked), key=len)
        for end in (value.low, value.high)
    )
    return low if low == high else f"{low}–{high}"


def signed(away: Interval) -> str:
    """Return a distance with its sign; of a range, that of both ends: ``−1,720 to −1,320``."""
    return _both(*(_signed(end) for end in (away.low, away.high)))


def _signed(end: Fraction) -> str:
    shown = numbers.beside(end, Fraction(0))
    return f"+{shown}" if end > 0 else shown


def margin(value: Interval, limit: Fraction) -> str:
    """Return a distance in per cent of the line, without the sign for it: ``−1.3``."""
    return _both(
        *(numbers.margin(end, limit).removesuffix(" %") for end in (value.low, value.high))
    )


def nearer_margin(level: Level) -> str:
    """Return the distance of the nearer end in per cent of the line; where it lies within, both."""
    value, away, limit = level.value, level.away, level.limit.amount.best
    if value is None or away is None or not limit:
        return ""
    if away.low <= 0 <= away.high:
        return margin(value, limit)
    end = value.low if abs(away.low) < abs(away.high) else value.high
    return numbers.margin(end, limit).removesuffix(" %")


def _both(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def named(level: Level, checked: Checked) -> str:
    """Return the metric of a line in short, with the mark where its figure is supposed."""
    name = labels.brief(level.metric, checked.case.evaluator.vocabulary)
    rests = supposed.rests(level.uses[0].answer, checked.case)
    return f"{name}, {supposed.MARK}" if rests else name


def unit(level: Level, vocabulary: Vocabulary) -> str:
    """Return the unit of a line as the field writes it: ``TPP/mm²``."""
    return labels.unit_text(level.metric, level.limit.unit, vocabulary)


def nearest(checked: Checked, level: Level) -> str:
    """Return which line lies nearest: ``TPP 32 TOPS·bit (1.3 %) below 2,400, 3A090.b.1``."""
    vocabulary = checked.case.evaluator.vocabulary
    name = labels.brief(level.metric, vocabulary)
    limit = level.limit.amount.best
    at = f"{numbers.beside(limit, limit)}, {first_place(level)}"
    away, value = level.away, level.value
    if away is None or value is None:
        return f"{name} unknown"
    if away.low <= 0 <= away.high:
        return f"{name} {'on the line' if away.exact else 'on both sides of'} {at}"
    end, of = min((away.low, value.low), (away.high, value.high), key=lambda each: abs(each[0]))
    far = f"{numbers.beside(abs(end), Fraction(0))} {unit(level, vocabulary)}".rstrip()
    share = numbers.margin(of, limit)
    side = "above" if end > 0 else "below"
    shown = f" ({share.lstrip('+−')})" if share.endswith("%") else ""
    return f"{name} {far}{shown} {side} {at}"


def whose(level: Level, of_chip: Sequence[Distance]) -> str:
    """Return whose line it is: ``3A090.a.1 (end of b.1)``.

    Where it classifies, only what classifies is named, and exceptions only where they stand alone;
    `of_chip` holds all distances of the chip,
    by which a paragraph whose every limb ends there is named as a whole.
    """
    ruled = [each for each in level.uses if each.classifies]
    ruled = [each for each in ruled if not each.excepted] or ruled
    if not ruled:
        return briefly_beside(level)
    begin = [_place(each) for each in ruled if not each.ends]
    end = _ending([each for each in ruled if each.ends], of_chip)
    shown = limbs([*begin, *(each for each in end if each not in begin)])
    starts, stops = shown[: len(set(begin))], shown[len(set(begin)) :]
    words = ", ".join(starts)
    if not stops:
        return words
    stopped = f"end of {', '.join(stops)}"
    return f"{words} ({stopped})" if words else stopped


def first_place(level: Level) -> str:
    """Return one place of a line: a limb that begins there, if any."""
    chosen = min(level.uses, key=lambda e: (not e.classifies, e.excepted, e.ends))
    return f"end of {_place(chosen)}" if chosen.ends else _place(chosen)


def _ending(ends: Sequence[Distance], of_chip: Sequence[Distance]) -> list[str]:
    """Return the limbs that end at a line; the paragraph, where all of its limbs do."""
    found = []
    for each in sorted(ends, key=lambda each: each.excepted):
        mine = {e.limb for e in of_chip if e.finding is each.finding and not e.excepted}
        here = {e.limb for e in ends if e.finding is each.finding}
        whole = not each.excepted and len(mine) > 1 and mine <= here
        found.append(each.finding.provision.rule.paragraph if whole else _place(each))
    return list(dict.fromkeys(found))


def _place(each: Distance) -> str:
    """Return the limb of a line, a note by its own name, or the rule."""
    rule = each.finding.provision.rule
    if not each.classifies or not each.limb:
        return rule.paragraph
    return each.limb.partition(" to ")[0] if each.excepted else each.limb


def beside(level: Level) -> str:
    """Return the rules that classify nothing and have a line there, proposals as such."""
    uses = [each for each in level.uses if not each.classifies]
    rules = {each.finding.provision.id: each.finding.provision.rule for each in uses}.values()
    names = [each.paragraph for each in rules if each.kind != PROPOSAL]
    bills = [each.paragraph for each in rules if each.kind == PROPOSAL]
    if bills:
        names.append(f"{join_words(bills)}, proposed")
    return "; ".join(names)


def briefly_beside(level: Level) -> str:
    """Return the same in few words: several proposals by their number."""
    uses = [each for each in level.uses if not each.classifies]
    rules = {each.finding.provision.id: each.finding.provision.rule for each in uses}.values()
    bills = [each.paragraph for each in rules if each.kind == PROPOSAL]
    names = [each.paragraph for each in rules if each.kind != PROPOSAL]
    if len(bills) > 1:
        return "; ".join([*names, f"{len(bills)} proposals"])
    return beside(level)


def not_known(found: Sequence[Level], case: Checked) -> str:
    """Return of which metrics no distance is known, and why: ``PD unknown``."""
    vocabulary = case.case.evaluator.vocabulary
    reasons = {
        f"{labels.brief(each.metric, vocabulary)} {_lack(each.uses[0].answer)}"
        for each in found
        if each.value is None
    }
    return join_words(sorted(reasons))


def _lack(answer: Answer) -> str:
    """Return why there is no distance: what kind of lack, bounds alone, or another currency."""
    return "unlike" if isinstance(answer, Figure) else labels.bounds(answer) or answer.kind
