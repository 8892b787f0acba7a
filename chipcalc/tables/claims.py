"""The table of an article's claims: each with its verdict and what the figures say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.claims.claim import Claims
from chipcalc.claims.finding import ClaimFinding
from chipcalc.contract import claims as contract
from chipcalc.sheets.store import Store
from chipcalc.tables.report import NOTHING, Column, Grid, Report, Row, cell
from chipcalc.words.claims.answer import answer
from chipcalc.words.claims.sources import sources as cited
from chipcalc.words.claims.speaker import Speaker, speaker
from chipcalc.words.language import Language
from chipcalc.words.line import block, deeper


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
    head = article.article
    notes = [
        block(say("Figures are those of the spec sheets, dense against dense unless it says so."))
    ]
    if explain or sources:
        notes.insert(0, block(say("Sources"), *deeper(cited(found, article, store))))
    return Report(
        lambda: contract.data(article, found, who),
        lambda: contract.records(found, who),
        title=block(f"{who.translated(head.title)} ({head.published})"),
        parts=(
            Grid(
                (
                    Column(say("claim"), name="claim"),
                    Column(say("verdict"), name="verdict"),
                    Column(say("what the figures say"), name="says"),
                ),
                tuple(row for each in found for row in _rows(each, who, explain=explain)),
                "claims",
            ),
            *tuple(notes),
        ),
        language=language.code,
    )


def _rows(finding: ClaimFinding, who: Speaker, *, explain: bool) -> Iterator[Row]:
    """Yield the row of a claim, and one for each line of its answer."""
    says = cell(who.translated(finding.claim.says))
    yield Row((cell(finding.claim.id), cell(who.say(finding.settlement)), says))
    for line in answer(finding, who, explain=explain):
        text = " ".join(filter(None, (line.marker, line.text)))
        yield Row((NOTHING, NOTHING, cell(text, level=line.level)))
