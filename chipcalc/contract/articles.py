"""The versioned JSON of the list of articles, and the same facts as flat records."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.claims.claim import Claims
from chipcalc.contract.common import flat

SCHEMA = "chipcalc.articles/2"


def data(articles: Mapping[str, Claims]) -> dict[str, object]:
    """Return the articles with their titles, dates and numbers of claims."""
    return {"schema": SCHEMA, "articles": [_article(*each) for each in articles.items()]}


def records(articles: Mapping[str, Claims]) -> list[dict[str, str]]:
    """Return a flat record for each article, by the name of its file."""
    return [flat(_article(*each)) for each in articles.items()]


def _article(name: str, each: Claims) -> dict[str, str | int]:
    return {
        "article": name,
        "title": each.article.title.en,
        "published": str(each.article.published),
        "claims": len(each.claims),
    }
