"""The versioned JSON of the list of articles, and the same facts as flat records."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.claims.claim import Claims

SCHEMA = "chipcalc.articles/1"


def data(articles: Mapping[str, Claims]) -> dict[str, object]:
    """Return the articles with their titles, dates and numbers of claims."""
    return {"schema": SCHEMA, "articles": records(articles)}


def records(articles: Mapping[str, Claims]) -> list[dict[str, str]]:
    """Return a flat record for each article, by the name of its file."""
    return [
        {
            "id": name,
            "title": each.article.title.en,
            "published": str(each.article.published),
            "claims": str(len(each.claims)),
        }
        for name, each in articles.items()
    ]
