"""What articles say, recomputed: claim by claim, each with its verdict and what the figures say."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from chipcalc import files
from chipcalc.claims.claim import Settlement
from chipcalc.claims.finding import ClaimFinding
from chipcalc.errors import ChipcalcError, unknown
from chipcalc.tables.documents import Branch, trees
from chipcalc.web.address import Address
from chipcalc.web.library import Library, plain_name
from chipcalc.web.page import WRONG, Page
from chipcalc.web.parts import shown
from chipcalc.words.claims.answer import answer
from chipcalc.words.claims.gist import gist
from chipcalc.words.claims.sources import sources
from chipcalc.words.claims.speaker import Speaker, speaker
from chipcalc.words.commands import written

_THAT = "that"
KINDS: dict[Settlement, tuple[str, str]] = {
    "fails": ("a", "crs"),
    "depends": ("u", "squ"),
    "not settled": ("u", "squ"),
    "as marketed": ("b", "dia"),
    "literally true": ("b", "dia"),
    "holds": ("n", "chk"),
    "outside the spec sheets": ("u", "ring"),
}


class Answer(NamedTuple):
    """A claim: what is said, in both languages, the verdict, what it comes to, and all lines."""

    id: str
    says: str
    other: str
    settlement: Settlement
    kind: str
    shape: str
    gist: str
    rest: tuple[Branch, ...]


def page(library: Library, address: Address) -> Page:
    """Return an article, the first where none is named; raises ChipcalcError for a wrong name."""
    if address.all(_THAT):
        return _asked(library, address)
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


def _asked(library: Library, address: Address) -> Page:
    """Return claims in one line, answered; what is none is told beside the box."""
    said = address.all(_THAT)
    values: dict[str, Any] = {"that": said[-1], "problems": (), "shown": None, "as_of": ""}
    day = address.first("as_of")
    values["as_of"] = day
    try:
        for each in said:
            plain_name(each)
        found = library.db.claims(*said, as_of=day or None)
        report = found.report(lang=address.language, explain=True)
    except ChipcalcError as fault:
        return Page("claim.html", said[-1], {**values, "problems": fault.problems}, status=WRONG)
    values["shown"] = shown(found.report(lang=address.language))
    values["whole"] = shown(report)
    dated = ("--as-of", day) if day else ()
    words = [word for each in said for word in ("--that", each)]
    command = written("claims", *words, *dated, "--explain")
    return Page("claim.html", report.title[0].text, values, report, command)


def _answer(finding: ClaimFinding, who: Speaker) -> Answer:
    lines = answer(finding, who, explain=True)
    kind, shape = KINDS[finding.settlement]
    says = finding.claim.says
    own = who.translated(says)
    return Answer(
        finding.claim.id,
        own,
        (says.zh or "") if own == says.en else says.en,
        finding.settlement,
        kind,
        shape,
        gist(finding, who),
        trees(lines),
    )
