"""Interpretations of a claim in words: what is read as what."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.claims.finding import Interpretation
from chipcalc.claims.misreadings import Turn, TurnKind
from chipcalc.words import labels
from chipcalc.words.claims.speaker import Speaker

_PHRASES: Mapping[TurnKind, str] = {
    "reading": "{side} read as {what}",
    "metric": "{side} read as {what}",
    "slip": "{side} with {what}",
    "unlike": "the two differ in {what}",
    "other": "another {what} is meant",
    "variant": "another chip of the family of {what} is meant",
    "line": "another line of the rules is meant",
    "marketed": "figures are set against each other as they are marketed",
    "stated": "the figure of one source is meant",
    "declared": "the vendor's declared figure is meant",
    "system": "the figure of the whole system is meant",
    "later": "chips launched after {what} count, or at an unknown date",
}


def name(found: Interpretation, speaker: Speaker) -> str:
    """Return an interpretation in words: ``h100 read as 2:4 sparse``."""
    said = speaker.say(" or ").join(_turn(each, speaker) for each in found.turns)
    return speaker.listed([said, *(_turn(each, speaker) for each in found.also)])


def _turn(turn: Turn, speaker: Speaker) -> str:
    of_chip = turn.kind == "variant"
    what = turn.chip or speaker.listed(turn.names) if of_chip else speaker.say(turn.what)
    if turn.kind == "metric":
        what = speaker.say(speaker.vocabulary.metric(turn.what).label)
    if turn.kind in ("unlike", "other"):
        what = speaker.say(labels.lower(speaker.vocabulary.conditions[turn.what].label))
    return speaker.say(_PHRASES[turn.kind], side=speaker.listed(turn.names), what=what)
