"""What no spec sheet states, in words: beside the figures that somebody else published."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.claims.claim import Elsewhere, ElsewhereClaim
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.claims.told import Told
from chipcalc.words.line import TextLine


def told(claim: ElsewhereClaim, speaker: Speaker) -> Told:
    """Return what is said of a claim that no sheet can answer."""
    return Told(references=tuple(references(claim.elsewhere, speaker)))


def references(found: Elsewhere, speaker: Speaker) -> Iterator[TextLine]:
    """Yield what no sheet states, and each figure that was published elsewhere."""
    about = speaker.translated(found.about)
    yield TextLine(speaker.say("no spec sheet states {about}", about=about))
    for each in found.references:
        what = speaker.translated(each.says)
        keys = speaker.joined(_publisher(key, speaker) for key in each.source)
        yield TextLine(speaker.say("elsewhere: {what} [{source}]", what=what, source=keys))
    if not found.references:
        yield TextLine(speaker.say("no reference figure was found"))


def _publisher(key: str, speaker: Speaker) -> str:
    source = speaker.sources.get(key)
    if source is None:
        return key
    return f"{source.publisher} {source.published or ''}".rstrip()
