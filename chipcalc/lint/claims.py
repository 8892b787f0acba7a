"""Problems in claim files: what does not exist, and answers that are not those expected."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from chipcalc import files
from chipcalc.claims.articles import answers
from chipcalc.claims.claim import Claims, references
from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.lint.sources import own_source_problems
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document


def problems(store: Store, paths: Collection[Path]) -> list[Problem]:
    """Return every problem of some claim files."""
    found: list[Problem] = []
    for path in paths:
        try:
            found += _file_problems(path, store)
        except ChipcalcError as fault:
            found += fault.problems
    return found


def own_files(store: Store, folder: Path) -> list[Path]:
    """Return the claim files that lie in a folder."""
    return [
        each for each in files.by_id(store.folders, files.CLAIMS).values() if folder in each.parents
    ]


def _file_problems(path: Path, store: Store) -> Iterator[Problem]:
    article, document = loaded(Claims, path)
    if article.id != path.stem:
        what = f"the id is '{article.id}', but the file is named {path.name}"
        yield document.problem(("id",), what, "make them equal")
    yield from _name_problems(article, document)
    yield from _source_problems(article, document, store)
    for index, finding in enumerate(answers(article, document, store)):
        expected = finding.claim.expect
        if expected and finding.settlement != expected:
            what = f"comes out as '{finding.settlement}', but expects '{expected}'"
            hint = "see what changed, then mend one of the two"
            yield document.problem(("claims", index, "expect"), what, hint)


def _name_problems(article: Claims, document: Document) -> Iterator[Problem]:
    """Yield the claims that share an id."""
    names: set[str] = set()
    for index, claim in enumerate(article.claims):
        if claim.id in names:
            place = ("claims", index, "id")
            yield document.problem(place, f"'{claim.id}' is used twice", "rename one")
        names.add(claim.id)


def _source_problems(article: Claims, document: Document, store: Store) -> Iterator[Problem]:
    """Yield sources that are named but not there, or there but not named."""
    used: set[str] = set()
    for index, claim in enumerate(article.claims):
        for reference in references(claim):
            used.update(reference.source)
            for key in reference.source:
                if key not in article.sources:
                    hint = did_you_mean(key, article.sources) or "add it to sources:"
                    yield document.problem(("claims", index), f"no source '{key}'", hint)
    yield from own_source_problems(article.sources, used, document, store)
