"""The schema of the list of articles."""

from __future__ import annotations

from chipcalc.contract.articles import SCHEMA
from chipcalc.contract.schemas.pieces import COUNT, TEXT, document, record, several

ARTICLES = document(
    SCHEMA,
    "The articles whose claims can be recomputed.",
    {
        "articles": several(
            record({"article": TEXT, "title": TEXT, "published": TEXT, "claims": COUNT})
        )
    },
)
