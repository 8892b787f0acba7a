"""Changes in words: what holds from which day on, what held until then, and what did it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from chipcalc.check.dated import Shift, Step
from chipcalc.check.result import Finding
from chipcalc.errors import join_words
from chipcalc.licence.dated import Dated, Later, Move
from chipcalc.licence.licence import Licence
from chipcalc.places import countries
from chipcalc.rules.dates import Amendment, Turn, each_once
from chipcalc.rules.rule import CLASSIFICATION, DEFINITION, EXCEPTION, REVIEW, Kind
from chipcalc.words import licence as licence_words
from chipcalc.words import shipments
from chipcalc.words.check import answer_phrases
from chipcalc.words.chips import some
from chipcalc.words.line import Phrase, TextLine, phrased
from chipcalc.words.roles import verdict_words

_NO_RULE = "no such rule"
_UNNAMED = (DEFINITION, CLASSIFICATION)
_Change = TypeVar("_Change", Step, Dated)
_TURNS = {Turn.begins: "", Turn.ends: "end of ", Turn.binds: "to be obeyed, "}


def amended(made: Iterable[Amendment]) -> str:
    """Return what changed rules, by citation, or by the name of a rule that has none.

    Definitions and paragraphs without a citation are named where there is nothing else.
    """
    found = list(made)
    named = [e for e in found if _document(e) or e.provision.rule.kind not in _UNNAMED]
    return join_words(dict.fromkeys(map(_cited, named or found)))


def _document(made: Amendment) -> str | None:
    return made.provision.version.amended_by or made.provision.version.citation


def _cited(made: Amendment) -> str:
    version = made.provision.version
    ends = made.turn is Turn.ends
    named = made.provision.rule.paragraph
    return (
        f"{_TURNS[made.turn]}{named if ends else version.amended_by or version.citation or named}"
    )


def moved(moves: Iterable[Move]) -> str:
    """Return which countries joined or left groups: ``Nicaragua joined D:1 and D:5 (…)``."""
    same: dict[tuple[str, str], list[str]] = {}
    for each in moves:
        change = each.change
        first, last = change.between
        verb = "joined" if change.joined else "left"
        when = f" (between {first} and {last})" if first != last else ""
        cited = f" ({change.citation})" if change.citation and not when else ""
        key = f"{countries.name(change.country)} {verb}", f"{when}{cited}"
        same.setdefault(key, []).append(each.group.id)
    return join_words(
        f"{who} {join_words(dict.fromkeys(groups))}{how}" for (who, how), groups in same.items()
    )


def by(made: Iterable[Amendment], moves: Iterable[Move] = ()) -> str:
    """Return all that did a change."""
    return "; ".join(filter(None, (amended(made), moved(moves))))


def ahead(step: Step) -> TextLine:
    """Return in a line what holds of an item from a day on, and until then.

    ``From 2023-11-17 (88 FR 73458): 3A090.b (b.1); until then: not 3A090.a; 3A991.p``
    """
    parts: list[str | Phrase] = [*_from(step)]
    if step.reclassified:
        parts += [": ", *answer_phrases(step.after), "; until then: ", *answer_phrases(step.before)]
    elif step.beside:
        parts += [": ", "; ".join(map(_turned, step.beside))]
    else:
        parts.append(f" {by_other_lines(step.shifts)}")
    return phrased(*map(_told, parts))


def _from(step: Step) -> Iterator[str | Phrase]:
    did = amended(step.decisive)
    yield Phrase(f"From {step.day}", "strong")
    yield f" ({did})" if did else ""


def _told(part: str | Phrase) -> str | Phrase:
    """Return words that no longer head anything."""
    return part.text if isinstance(part, Phrase) and part.role == "title" else part


def _turned(shift: Shift) -> str:
    name = shift.finding.provision.rule.paragraph
    return f"{name} {_verdict(shift.after)}, until then {_verdict(shift.before)}"


def _verdict(finding: Finding | None) -> str:
    return verdict_words(finding.verdict) if finding else _NO_RULE


def by_other_lines(shifts: Iterable[Shift]) -> str:
    """Return that an answer stays, on other grounds, with the rules that have them."""
    names = dict.fromkeys(each.finding.provision.rule.paragraph for each in shifts)
    return f"the same answer rests on other lines: {join_words(names)}"


def ahead_of_many(steps: Sequence[Step], count: int) -> TextLine:
    """Return in a line for how many of some chips something changes on a day."""
    turned = [each for each in steps if each.reclassified or each.beside]
    did = amended(each_once(made for each in steps for made in each.decisive))
    lead = (Phrase(f"From {steps[0].day}", "strong"), f" ({did})" if did else "")
    if not turned:
        return phrased(*lead, f": the same answers by other lines for {len(steps)} of {count}")
    names = some([each.after.sheet.name for each in turned])
    return phrased(*lead, f": another answer for {len(turned)} of {count}: {names}")


def shipment_ahead(dated: Dated) -> TextLine:
    """Return in a line what holds of a shipment from a day on, and until then."""
    return phrased(*_from(dated.step), *map(_told, _shipment(dated)))


def _shipment(dated: Dated) -> Iterator[str | Phrase]:
    now, before = (shipments.said(each) for each in (dated.after, dated.before))
    if now != before:
        yield from (": ", *now, "; until then: ", *before)
        return
    told = list(_further(dated))
    yield f": {'; '.join(told)}" if told else f" {by_other_lines(dated.step.shifts)}"


def _further(dated: Dated) -> Iterator[str]:
    """Yield what changes of exceptions and review, where the licence itself stays as it is."""
    topics: Sequence[tuple[str, Kind]] = (("exceptions", EXCEPTION), ("review", REVIEW))
    for label, kind in topics:
        after, before = (further(each, kind) for each in (dated.after, dated.before))
        if after != before:
            yield f"{label}: {after}, until then {before}"


def further(licence: Licence, kind: Kind) -> str:
    """Return which exceptions are open, or how an application is reviewed; none where not asked."""
    aspect, say = (
        (licence.exceptions, licence_words.excepted)
        if kind == EXCEPTION
        else (licence.review, licence_words.reviewed)
    )
    if aspect.judgement.unasked:
        return "not asked"
    return licence_words.answer(aspect, licence.checked.case, say)


def shipments_ahead(found: Sequence[Dated], count: int) -> TextLine:
    """Return in a line for how many of some shipments something changes on a day."""
    turned = [each for each in found if each.turns]
    did = amended(each_once(made for each in found for made in each.step.decisive))
    lead = (Phrase(f"From {found[0].day}", "strong"), f" ({did})" if did else "")
    if not turned:
        return phrased(*lead, f": the same answers by other lines for {len(found)} of {count}")
    names = some(
        [
            f"{each.after.checked.sheet.name} to {shipments.destination(each.after.checked)}"
            for each in turned
        ]
    )
    return phrased(*lead, f": another answer for {len(turned)} of {count}: {names}")


def worldwide_ahead(later: Later) -> TextLine:
    """Return in a line what the answer for all countries is from a day on."""
    many = len(later.after) > 1
    line = shipments.matrix(later.after) if many else shipments.worldwide(later.after[0])
    lead = (Phrase(f"From {later.day}", "strong"), f" ({amended(later.amendments)}): ")
    return phrased(*lead, *map(_told, line.phrases[1:]))


def by_day(coming: Iterable[Sequence[_Change]]) -> dict[datetime.date, list[_Change]]:
    """Return what is coming for several chips or shipments by the days, the nearest first."""
    found: dict[datetime.date, list[_Change]] = {}
    for each in (each for changes in coming for each in changes):
        found.setdefault(each.day, []).append(each)
    return dict(sorted(found.items()))


def together(coming: Sequence[Sequence[Dated]]) -> Iterator[tuple[datetime.date, TextLine]]:
    """Yield what is coming for all of some shipments in a line a day."""
    for day, found in by_day(coming).items():
        many = len(coming) > 1
        yield day, shipments_ahead(found, len(coming)) if many else shipment_ahead(found[0])
