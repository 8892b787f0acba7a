"""What articles say, recomputed: claim by claim, each with its verdict and what the figures say."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from chipcalc import files
from chipcalc.claims.claim import Settlement
from chipcalc.claims.finding import ClaimFinding
from chipcalc.errors import unknown
from chipcalc.tables.documents import Branch, trees
from chipcalc.web.address import Address
from chipcalc.web.library import Library
from chipcalc.web.page import Page
from chipcalc.words.claims.answer import answer
from chipcalc.words.claims.sources import sources
from chipcalc.words.claims.speaker import Speaker, speaker
from chipcalc.words.commands import written

KINDS: dict[Settlement, tuple[str, str]] = {
    "fails": ("a", "crs"),
    "depends": ("u", "squ"),
    "literally true": ("b", "dia"),
    "holds": ("n", "chk"),
    "outside the spec sheets": ("u", "ring"),
}


class Answer(NamedTuple):
    """A claim: what is said, in both languages, the verdict, its first lines, and all others."""

    id: str
    says: str
    other: str
    settlement: Settlement
    kind: str
    shape: str
    first: tuple[str, ...]
    rest: tuple[Branch, ...]


def page(library: Library, address: Address) -> Page:
    """Return an article, the first where none is named; raises ChipcalcError for a wrong name."""
    names = list(files.by_id(library.store.folders, files.CLAIMS))
    tail = address.path.removeprefix("/claims").strip("/")
    if tail and tail not in names:
        raise unknown(
            f"no article '{tail}'",
            tail,
            names,
            ("articles", "known"),
            f"known are {', '.join(names)}",
        )
    name = tail or names[0]
    article = library.kept(("article", name), lambda: library.db.article(name))
    found = library.kept(("claims", name), article.check)
    language = library.language(address.language)
    who = speaker(article.claims, library.store.vocabulary, language)
    answers = [_answer(each, who) for each in found.found]
    numbers = Counter(each.settlement for each in answers)
    inside = [each for each in answers if each.settlement != "outside the spec sheets"]
    values: dict[str, Any] = {
        "article": who.translated(article.claims.article.title),
        "published": article.claims.article.published,
        "names": names,
        "name": name,
        "counts": [(numbers[each], each, *KINDS[each]) for each in KINDS if numbers[each]],
        "inside": inside,
        "outside": [each for each in answers if each not in inside],
        "sources": list(sources(found.found, article.claims, library.store)),
    }
    report = found.report(lang=address.language, sources=True)
    said = ("--lang", address.language) if address.language != "en" else ()
    return Page("claims.html", values["article"], values, report, written("claims", name, *said))


def _answer(finding: ClaimFinding, who: Speaker) -> Answer:
    lines = answer(finding, who, explain=True)
    first = [each.text for each in answer(finding, who)[:2] if not each.level]
    kind, shape = KINDS[finding.settlement]
    says = finding.claim.says
    own = who.translated(says)
    return Answer(
        finding.claim.id,
        own,
        says.zh if own == says.en else says.en,
        finding.settlement,
        kind,
        shape,
        tuple(first),
        trees(lines),
    )
