"""An article as people read it: a summary on a screen, a document with a section for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.claims.claim import Claims, references
from chipcalc.claims.finding import ClaimFinding
from chipcalc.contract import claims as contract
from chipcalc.sheets.store import Store
from chipcalc.tables.claim_figures import figures
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell, noted
from chipcalc.words.claims.answer import beside, brief, not_out
from chipcalc.words.claims.gist import gist
from chipcalc.words.claims.sources import sources as cited
from chipcalc.words.claims.speaker import Speaker, speaker
from chipcalc.words.claims.verdicts import OUTSIDE, by_verdict, counted, role
from chipcalc.words.commands import written
from chipcalc.words.language import ENGLISH, Language
from chipcalc.words.line import Block, Phrase, TextLine, block, command, phrased

_DENSE = "Figures are those of the spec sheets, dense against dense unless it says so."


def summary(
    article: Claims,
    found: Sequence[ClaimFinding],
    store: Store,
    language: Language,
    named: str = "",
) -> Report:
    """Return all claims on a screen: by verdict, the worst first, a sentence each.

    `named` is what the article is asked for by, an id or a file.
    """
    who = speaker(article, store.vocabulary, language)
    rows = [
        row
        for settlement, group in by_verdict(found).items()
        for row in (_outside(group, who) if settlement == OUTSIDE else _group(group, who))
    ]
    name = named or article.id
    first = next((e.claim.id for e in found if e.settlement != OUTSIDE), found[0].claim.id)
    grid = Grid(
        (Column("", name="verdict"), Column("", name="claim"), Column("", name="gist")),
        tuple(rows),
        "claims summary",
    )
    sheets = [sheet for each in found for sheet in each.sheets]
    coming = tuple(not_out(sheets, who))
    more = block(
        command(written("claims", name, first, *_spoken(language))),
        command(written("claims", name, *_spoken(language), "-o", "report.html")),
    )
    return _report(article, found, who, _head(article, found, who), (grid, *noted(coming), more))


def _report(
    article: Claims,
    found: Sequence[ClaimFinding],
    who: Speaker,
    title: Block,
    parts: Sequence[Part],
) -> Report:
    return Report(
        lambda: contract.data(article, found, who),
        lambda: contract.records(found, who),
        title=title,
        parts=tuple(parts),
        language=who.language.code,
        unbroken=tuple(dict.fromkeys(who.chip(sheet) for each in found for sheet in each.sheets)),
    )


def _title(article: Claims, found: Sequence[ClaimFinding], who: Speaker) -> TextLine:
    head = article.article
    title = who.say("{first} ({rest})", first=who.translated(head.title), rest=str(head.published))
    if len(found) == 1:
        return TextLine(title)
    return TextLine(who.about(title, who.say("{count} claims", count=str(len(found)))))


def _head(article: Claims, found: Sequence[ClaimFinding], who: Speaker) -> Block:
    """Return the title, and how many claims have each verdict where they are several."""
    counts = TextLine(counted(found, who), role="strong")
    return (_title(article, found, who), *([counts] if len(found) > 1 else ()))


def _group(group: Sequence[ClaimFinding], who: Speaker) -> Iterator[Row]:
    for number, each in enumerate(group):
        verdict = _verdict(each, who) if number == 0 else cell()
        yield Row((verdict, cell(each.claim.id), cell(_sentence(each, who))))


def _outside(group: Sequence[ClaimFinding], who: Speaker) -> Iterator[Row]:
    """Yield one row for all claims that no sheet can answer, with how many have another figure."""
    ids = [each.claim.id for each in group]
    told = sum(bool(references(each.claim)) for each in group)
    said = who.say(
        "{count} claims on what no spec sheet states, {told} with a figure from elsewhere",
        count=str(len(group)), told=str(told),
    )  # fmt: skip
    span = ids[0] if len(ids) == 1 else f"{ids[0]}–{ids[-1]}"
    yield Row((cell(who.say("outside"), role="faint"), cell(span), cell(said)))


def _verdict(finding: ClaimFinding, who: Speaker) -> Cell:
    return cell(who.say(finding.settlement), role=role(finding.settlement))


def _sentence(finding: ClaimFinding, who: Speaker) -> str:
    """Return what a claim says in few words, and what the figures say of it."""
    said = _short(finding, who), gist(finding, who)
    return who.joined(said) if finding.settlement == OUTSIDE else who.about(*said)


def _short(finding: ClaimFinding, who: Speaker) -> str:
    claim = finding.claim
    text = who.translated(claim.short or claim.says)
    return text.rstrip(".。")


def document(
    article: Claims, found: Sequence[ClaimFinding], store: Store, language: Language
) -> Report:
    """Return an article as a document: a summary, and a section for each claim."""
    who = speaker(article, store.vocabulary, language)
    rows = tuple(
        Row((cell(each.claim.id), _verdict(each, who), cell(_sentence(each, who))))
        for group in by_verdict(found).values()
        for each in group
    )
    titles = ("claim", "verdict", "what the figures say")
    columns = tuple(Column(who.say(each), name=f"summary {each}") for each in titles)
    overview = Grid(columns, rows, "claims", who.say("The claims and their verdicts"))
    sections = (part for each in found for part in section(each, article, who, store))
    note = block(who.say(_DENSE))
    title = _head(article, found, who)
    return _report(
        article, found, who, title, (*([overview] if len(found) > 1 else ()), note, *sections)
    )


def screen(
    article: Claims,
    found: Sequence[ClaimFinding],
    store: Store,
    language: Language,
    named: str = "",
) -> Report:
    """Return some claims on a screen, each with its figures and the reason."""
    who = speaker(article, store.vocabulary, language)
    name = named or article.id
    parts: list[Part] = []
    for number, each in enumerate(found):
        head, *rest = _figures(each, who, "")
        parts += [(TextLine(""), *head) if number and isinstance(head, tuple) else head, *rest]
        parts.append((*beside(each, who), _again(name, each, language, "--explain")))
    return _report(article, found, who, _head(article, found, who), parts)


def _again(name: str, found: ClaimFinding, language: Language, more: str) -> TextLine:
    """Return the command that says more of a claim."""
    return command(written("claims", name, found.claim.id, *_spoken(language), more))


def brief_screen(
    article: Claims,
    found: Sequence[ClaimFinding],
    store: Store,
    language: Language,
    named: str = "",
) -> Report:
    """Return some claims on a screen in a few lines each: verdict, sentence, figures, reason."""
    who = speaker(article, store.vocabulary, language)
    name, published = named or article.id, str(article.article.published)
    parts: list[TextLine] = []
    for each in found:
        claim = who.say("{first} ({rest})", first=each.claim.id, rest=published)
        verdict = Phrase(who.say(each.settlement), role(each.settlement))
        says = Phrase(who.translated(each.claim.says), "quote")
        again = _again(name, each, language, "--all")
        head = phrased(claim, who.say(": "), verdict, who.say(". "), says)
        parts += [TextLine(""), head, *brief(each, who), again]
    told = tuple(parts[1:])
    if len(found) == 1:
        return _report(article, found, who, told, ())
    return _report(article, found, who, _head(article, found, who), (told,))


def _spoken(language: Language) -> tuple[str, ...]:
    return () if language.code == ENGLISH.code else ("--lang", language.code)


def _figures(finding: ClaimFinding, who: Speaker, caption: str) -> Iterator[Part]:
    """Yield the sentence of a claim, the verdict, and its figures as a table.

    Without a caption a table is left out whose one row says what the sentence does.
    """
    verdict = Phrase(who.say(finding.settlement), role(finding.settlement))
    head = phrased(f"{finding.claim.id} · ", verdict)._replace(role="heading")
    says = TextLine(who.translated(finding.claim.says), role="quote")
    yield (head, says, TextLine(gist(finding, who)))
    grid = figures(finding, who, caption)
    told_already = grid and not caption and len(grid.rows) == 1
    yield from [grid] if grid and not told_already else []


def section(finding: ClaimFinding, article: Claims, who: Speaker, store: Store) -> Iterator[Part]:
    """Yield the parts of a section: the sentence, the verdict, figures, the reason, sources."""
    yield from _figures(finding, who, who.say("The figures of {claim}", claim=finding.claim.id))
    found = cited([finding], article, store)
    listed = [TextLine(text, 1, str(number)) for number, text in enumerate(found, 1)]
    yield from noted(
        tuple(beside(finding, who)),
        (TextLine(who.say("Sources"), role="strong"), *listed) if listed else (),
    )
