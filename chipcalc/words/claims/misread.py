"""Why a printed figure comes out, in words: what was set against what, and what that gives."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from chipcalc.claims.answered import Allowed
from chipcalc.claims.asked import Asked, Term
from chipcalc.claims.reasons import Case, Reason
from chipcalc.claims.tolerance import Wanted
from chipcalc.claims.ways import Way
from chipcalc.figures.figure import Figure
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import ONE
from chipcalc.vocabulary.model import largest_unit
from chipcalc.words import labels
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.line import HARD_SPACE

_ENGINE = 1  # the first row condition is what a figure is called by, the next its engine


def why(reason: Reason, asked: Asked, names: Mapping[str, str], who: Speaker) -> str:
    """Return a reading as what was set against what, and what that gives."""
    case = reason.cases[0]
    kinds = {each.kind: each for each in reason.slips}
    said = _pair(case, asked, names, who)
    result = figure_said(case.figure, asked, who)
    if "line" in kinds and case.to and case.to.line:
        limit, cite = case.to.line.limit, case.to.line.provision.rule.paragraph
        said = who.say("against {limit} of {cite}", limit=quantity(limit), cite=cite)
    if case.to or case.of.sheet is None:
        said = who.about(said, result) if said else result
    elif "factor" not in kinds and case.of.known:
        said = who.say("{first} ({rest})", first=said, rest=who.say(case.of.known.status))
    extra = [who.say(each.what) for each in reason.slips if each.kind == "factor"]
    if "words" in kinds:
        extra.append(who.say("more read as so many times as much"))
    if extra:
        said = who.say("{first} ({rest})", first=said, rest=who.listed(extra))
    return said if reason.sure else who.say("may come out: {said}", said=said)


def figure_said(figure: Figure, asked: Asked, who: Speaker) -> str:
    """Return a figure as the claim prints its own: per cent, times, or with a scaled unit."""
    mark = "~" if figure.status == "estimated" else ""
    if asked.shown == "unit":
        return mark + scaled(figure, who)
    amount = figure.value.to(ONE).amount
    if asked.shown == "percent":
        return mark + _percent(amount, asked)
    return f"{mark}{numbers.ratios(amount)}{HARD_SPACE}×"


def _percent(amount: Interval, asked: Asked) -> str:
    """Return a share in per cent, to a tenth where that puts it on no other side of an end."""
    ends = [_tenths(each, asked.wanted) for each in (amount.low, amount.high)]
    return f"{numbers.between(amount, *ends)}{HARD_SPACE}%"


def _tenths(share: Fraction, wanted: Wanted) -> str:
    shown = numbers.percent(exactly(share)).removesuffix(" %")
    rounded = Fraction(shown.replace(",", "").rstrip("…")) / 100
    for end in (wanted.amount,) if wanted.bound else wanted.ends:
        if (rounded > end) != (share > end) or (rounded < end) != (share < end):
            return numbers.beside(share * 100, end * 100)
    return shown


def scaled(figure: Figure, who: Speaker) -> str:
    """Return a figure in the largest unit of its metric in which it is one or more."""
    value = figure.value
    if figure.metric:
        metric, when = figure.metric[0], dict(figure.metric[1])
        units = who.vocabulary.units(metric, when)
        fitting = [each for each in units if each.dimension == value.unit.dimension]
        unit = largest_unit(fitting, value.base.best)
        value = value.to(unit) if unit else value
    digits = numbers.COMPUTED_DIGITS if figure.derived else numbers.STATED_DIGITS
    return quantity(value, digits)


def _pair(case: Case, asked: Asked, names: Mapping[str, str], who: Speaker) -> str:
    """Return both sides: ``Thor-X FP4 2:4 sparse 2,000 against Orin-X INT8 2:4 sparse 254``."""
    if case.to is None or case.to.sheet is None:
        return _side(case.of, asked.of, names, who, row=True)
    alike = case.of.row == case.to.row
    second = asked.to or asked.of
    one = _side(case.of, asked.of, names, who, row=not alike, other=case.to)
    other = _side(case.to, second, names, who, row=not alike, other=case.of)
    said = who.say("{one} against {other}", one=one, other=other)
    row = row_said(case.of, who) if alike else ""
    return who.say("{first} ({rest})", first=said, rest=row) if row else said


def _side(
    way: Way,
    term: Term,
    names: Mapping[str, str],
    who: Speaker,
    *,
    row: bool,
    other: Way | None = None,
) -> str:
    """Return a side: how many of which chip, its row and reading, and its figure."""
    figure = way.known
    if figure is None:
        return ""
    sheet = way.whole or way.sheet
    count = (
        "" if way.whole or term.number == 1 else numbers.amount(term.number, numbers.STATED_DIGITS)
    )
    parts = [count, names.get(sheet.id, sheet.name) if sheet else ""]
    parts.append(metric_said(way, who) if way.metric != term.metric else "")
    parts.append(row_said(way, who) if row else "")
    parts.append(reading_said(way, other, who))
    parts.append(who.say("declared") if way.declared else "")
    mark = "~" if figure.status == "estimated" else ""
    said = who.beside(parts)
    return HARD_SPACE.join(filter(None, (said, mark + scaled(figure, who)))) if sheet else ""


def row_said(way: Way, who: Speaker) -> str:
    """Return the row of a way: ``FP64 vector``; the usual engine is not named."""
    known = who.vocabulary.conditions
    words = [
        who.say(known[name].values[value].label)
        for index, (name, value) in enumerate(way.row.items())
        if index < _ENGINE or value != next(iter(known[name].values))
    ]
    return who.beside(words)


def reading_said(way: Way, other: Way | None, who: Speaker) -> str:
    """Return the reading of a way; the usual one where the other side has another."""
    said = [_brief(n, v, who) for n, v in way.reading.items()]
    for name in other.reading if other else ():
        condition = who.vocabulary.conditions[name]
        if name not in way.reading and condition.default:
            said.append(who.say(condition.values[condition.default].label))
    return who.listed(said)


def _brief(name: str, value: str, who: Speaker) -> str:
    """Return a value of a condition without what its label adds to it."""
    return who.say(labels.value_label(name, value, who.vocabulary).partition(",")[0])


def metric_said(way: Way, who: Speaker) -> str:
    """Return what the metric of a way is called, shortest; nothing for a plain quantity."""
    return metric_called(way.metric, who) if way.metric else ""


def metric_called(name: str, who: Speaker) -> str:
    """Return the shortest name that the field has for a metric, as it stands in a sentence."""
    known = who.vocabulary.metric(name)
    return who.say(known.short) if known.short else labels.lower(who.say(known.label))


def bounded(allowed: Allowed | None, asked: Asked, who: Speaker) -> str:
    """Return how far the peak figures go where something is only measured."""
    if allowed is None or allowed.alike is None:
        return who.say("what is measured stands in no sheet")
    said = who.say(
        "What is measured stands in no sheet; peak figures allow {alike} at one format",
        alike=figure_said(allowed.alike, asked, who),
    )
    if allowed.fastest and allowed.fastest.value.base.high > allowed.alike.value.base.high:
        fastest = figure_said(allowed.fastest, asked, who)
        said = who.listed([said, who.say("{fastest} at each one's fastest", fastest=fastest)])
    return said
