"""The table of an article's claims: each with its verdict and what the figures say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.claims.claim import Claims
from chipcalc.claims.finding import ClaimFinding
from chipcalc.contract import claims as contract
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Column, Report, Row
from chipcalc.words.claims.answer import answer
from chipcalc.words.claims.sources import sources as cited
from chipcalc.words.claims.speaker import Speaker, speaker
from chipcalc.words.language import Language, wrapped
from chipcalc.words.line import TextLine

_WIDTH = 76  # of three columns together
_VERDICT = 14


def report(
    article: Claims,
    found: Sequence[ClaimFinding],
    store: Store,
    language: Language,
    *,
    explain: bool = False,
    sources: bool = False,
) -> Report:
    """Return the report of an article's claims, with arithmetic and sources if asked for."""
    who, say = speaker(article, store.vocabulary, language), language.say
    widest = max(len(each.claim.id) for each in found)
    width = _WIDTH - _VERDICT - max(widest, len("claim"))
    head = article.article
    notes = [say("Figures are those of the spec sheets, dense against dense unless it says so.")]
    if explain or sources:
        listed = (f"  {each}" for each in cited(found, article, store))
        notes.insert(0, "\n".join([say("Sources"), *listed]))
    return Report(
        (Column(say("claim")), Column(say("verdict")), Column(say("what the figures say"))),
        tuple(row for each in found for row in _rows(each, who, width, explain=explain)),
        lambda: contract.data(article, found, who),
        lambda: contract.records(found, who),
        title=f"{who.translated(head.title)} ({head.published})",
        notes=tuple(notes),
        language=language.code,
    )


def _rows(finding: ClaimFinding, who: Speaker, width: int, *, explain: bool) -> Iterator[Row]:
    """Yield the row of a claim, and one for each line of its answer."""
    says = wrapped(who.translated(finding.claim.says), width)
    yield Row((finding.claim.id, wrapped(who.say(finding.settlement), _VERDICT), says))
    for line in answer(finding, who, explain=explain):
        yield Row(("", "", _wrapped(line, width)))


def _wrapped(line: TextLine, width: int) -> str:
    indent = "  " * line.level
    text = " ".join(filter(None, (line.marker, line.text)))
    return wrapped(text, width - len(indent), indent)
