"""A shipment through the rules in words: since when a licence is needed, and by what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.licence.dated import Dated, Moment
from chipcalc.licence.licence import Licence
from chipcalc.rules.case import Unasked
from chipcalc.rules.rule import EXCEPTION, REVIEW
from chipcalc.values.logic import Verdict
from chipcalc.words import dated, letters, shipments
from chipcalc.words import licence as licence_words
from chipcalc.words.asks import asking, asks
from chipcalc.words.line import Phrase, Role
from chipcalc.words.roles import NOT_SETTLED

_NONE_MODELLED = "no rule modelled yet"
_MOST = 4


class Said(NamedTuple):
    """What is said of a shipment from a day on: its classification, the licence, and the rest."""

    classified: str
    licence: tuple[str, ...]
    further: tuple[str, ...]


def said(licence: Licence) -> Said:
    """Return what is said of a shipment, each in a few words."""
    return Said(shipments.classified(licence.checked), tuple(_licence(licence)), _further(licence))


def _licence(licence: Licence) -> Iterator[str]:
    if licence.enforced.judgement.unasked is Unasked.no_rule:
        yield _NONE_MODELLED
        return
    case = licence.checked.case
    printed, enforced = (
        licence_words.answer(each, case, licence_words.required)
        for each in (licence.printed, licence.enforced)
    )
    if licence.printed == licence.enforced:
        yield enforced
    else:
        yield f"as printed {printed}"
        yield f"as enforced {enforced}"
    to_ask = asking(asks(licence.printed, licence.enforced))
    yield to_ask or ""


def _further(licence: Licence) -> tuple[str, ...]:
    """Return how an application is reviewed, which exceptions are open, and what letters ask."""
    told = []
    if not licence.review.judgement.unasked:
        told.append(f"review: {dated.further(licence, REVIEW)}")
    open_ones = licence.exceptions.verdict is not Verdict.not_met
    if open_ones and not licence.exceptions.judgement.unasked:
        told.append(f"exceptions: {dated.further(licence, EXCEPTION)}")
    told += [letters.phrase(each, licence.checked) for each in licence.notices]
    return tuple(told)


def role(licence: Licence) -> Role:
    """Return the role of whether a licence is needed, as enforced."""
    return shipments.role(licence.enforced.verdict)


def stays(found: Sequence[Moment]) -> list[Phrase]:
    """Return since when a licence is needed and since when not: ``required from 2023-11-17``.

    What asks for one now beyond the classification is told with it.
    """
    kept: list[tuple[datetime.date, str, Role]] = []
    for each in found:
        enforced = each.licence.enforced
        if enforced.judgement.unasked is Unasked.no_rule:
            continue
        told = _needed(each.licence)
        if not kept or told != kept[-1][1]:
            kept.append((each.day, told, shipments.role(enforced.verdict)))
    if not kept:
        return [Phrase(_NONE_MODELLED, "title")]
    left = len(kept) - _MOST
    phrases = [Phrase(f"… {left} earlier; ", "title")] if left > 0 else []
    for day, told, its in kept[-_MOST:]:
        between = "; " if day != kept[-_MOST:][0][0] else ""
        phrases += [Phrase(between, "title"), Phrase(told, its), Phrase(f" from {day}", "title")]
    last = found[-1].licence
    return [each for each in (*phrases, *map(_phrase, shipments.beyond(last))) if each.text]


def _phrase(part: str | Phrase) -> Phrase:
    return part if isinstance(part, Phrase) else Phrase(part, "title")


def _needed(licence: Licence) -> str:
    """Return whether a licence is needed as enforced; what asks for one by a letter is told."""
    verdict = licence.enforced.verdict
    if verdict is not Verdict.unknown:
        return licence_words.required(licence.enforced.judgement)
    return NOT_SETTLED if shipments.is_asked(licence.enforced) else "depends"


def made(change: Dated) -> str:
    """Return what did a change of the answer: amendments, and countries that changed groups."""
    first = change.before.enforced.judgement.unasked is Unasked.no_rule
    did = change.step.concerning if first else change.step.decisive
    found = dated.by(did, change.moves)
    return found or dated.moved(change.elsewhere)
