"""What an article says, recomputed, as a script has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.api.result import Result
from chipcalc.claims import articles
from chipcalc.claims.claim import Claims, Settlement
from chipcalc.claims.finding import ClaimFinding
from chipcalc.sheets.store import Store
from chipcalc.tables import article as article_table
from chipcalc.tables import claims as claims_table
from chipcalc.tables.report import Report
from chipcalc.words.claims.answer import answer, indented
from chipcalc.words.claims.speaker import speaker
from chipcalc.words.language import language
from chipcalc.yamlio import Document


class ClaimResult:
    """A claim with its answer."""

    def __init__(self, found: ClaimFinding, article: Article) -> None:
        self.found = found
        self._article = article

    @property
    def id(self) -> str:
        """The id of the claim in its article."""
        return self.found.claim.id

    @property
    def settlement(self) -> Settlement:
        """How it is settled: holds, fails, depends, literally true, or outside the sheets."""
        return self.found.settlement

    @property
    def says(self) -> str:
        """What the article says, in English."""
        return self.found.claim.says.en

    def lines(self, lang: str = "en") -> list[str]:
        """Return the answer in words; raises ChipcalcError for a language that is not there."""
        claims, store = self._article.claims, self._article.store
        who = speaker(claims, store.vocabulary, language(lang, store.folders))
        return [indented(each) for each in answer(self.found, who, explain=True)]

    def __repr__(self) -> str:
        return f"ClaimResult({self.id}: {self.settlement})"


class Article:
    """The statements of one article."""

    def __init__(self, claims: Claims, document: Document, store: Store) -> None:
        self.claims = claims
        self.document = document
        self.store = store

    @property
    def title(self) -> str:
        """The title of the article, in English."""
        return self.claims.article.title.en

    def check(self, *names: str, rates: Sequence[str] = ()) -> CheckedArticle:
        """Return every claim with its answer, or those that are named.

        `rates` are exchange rates such as ``7.2 CNY/USD``. Raises ChipcalcError for a claim that
        there is none of, and for what is no rate.
        """
        found = articles.checked(self.claims, self.document, self.store, names, rates)
        return CheckedArticle(self, tuple(found))

    def __repr__(self) -> str:
        return f"Article({self.claims.id}: {len(self.claims.claims)} claims)"


class CheckedArticle(Result):
    """The claims of an article with their answers, in order."""

    def __init__(self, article: Article, found: tuple[ClaimFinding, ...]) -> None:
        self.article = article
        self.found = found

    def __iter__(self) -> Iterator[ClaimResult]:
        return (ClaimResult(each, self.article) for each in self.found)

    def __len__(self) -> int:
        return len(self.found)

    def report(self, *, lang: str = "en", explain: bool = False, sources: bool = False) -> Report:
        """Return the table that the command line prints: with all arithmetic, and with sources.

        Raises ChipcalcError for a language that is not there.
        """
        store = self.article.store
        spoken = language(lang, store.folders)
        return claims_table.report(
            self.article.claims, self.found, store, spoken, explain=explain, sources=sources
        )

    def summary(self, *, lang: str = "en", named: str = "") -> Report:
        """Return all claims on one screen, by verdict; raises as `report` does."""
        store = self.article.store
        spoken = language(lang, store.folders)
        return article_table.summary(self.article.claims, self.found, store, spoken, named)

    def screen(self, *, lang: str = "en", named: str = "") -> Report:
        """Return each claim with its figures and the reason; raises as `report` does."""
        store = self.article.store
        spoken = language(lang, store.folders)
        return article_table.screen(self.article.claims, self.found, store, spoken, named)

    def brief(self, *, lang: str = "en", named: str = "") -> Report:
        """Return each claim in a few lines, verdict first; raises as `report` does."""
        store = self.article.store
        spoken = language(lang, store.folders)
        return article_table.brief_screen(self.article.claims, self.found, store, spoken, named)

    def document(self, *, lang: str = "en") -> Report:
        """Return a document: a summary, and a section for each claim; raises as `report` does."""
        store = self.article.store
        spoken = language(lang, store.folders)
        return article_table.document(self.article.claims, self.found, store, spoken)

    def __repr__(self) -> str:
        return f"CheckedArticle({self.article.claims.id}: {len(self)} claims)"
