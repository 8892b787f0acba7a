"""The sources that the answers to claims rest on, in a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chipcalc.claims.claim import Claims, references
from chipcalc.claims.finding import ClaimFinding
from chipcalc.schema.source import Source
from chipcalc.sheets.store import Store
from chipcalc.words.labels import citation


def sources(found: Iterable[ClaimFinding], article: Claims, store: Store) -> list[str]:
    """Return every source of a figure, a rule or a reference, each once."""
    cited = (each for finding in found for each in _sources(finding, article, store))
    return list(dict.fromkeys(citation(each) for each in cited if each))


def _sources(finding: ClaimFinding, article: Claims, store: Store) -> Iterator[Source | None]:
    for sheet, figure in finding.figures():
        for each in figure.statements():
            yield from (store.source(sheet, key) for key in each.statement.source)
    for provision in (e.provision for checked in finding.checked for e in checked.findings):
        for key in provision.version.source:
            yield provision.rule.sources.get(key) or store.shared_source(key)
    for reference in references(finding.claim):
        yield from (article.sources.get(key) for key in reference.source)
