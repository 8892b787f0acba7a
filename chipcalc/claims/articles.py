"""Articles by id or file, and their claims answered, each fault with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc import files
from chipcalc.claims.checker import Checker
from chipcalc.claims.claim import Claim, Claims
from chipcalc.claims.finding import ClaimFinding
from chipcalc.errors import ChipcalcError, Problem, each_of, error, unknown
from chipcalc.figures.exchange import rate
from chipcalc.schema.load import loaded
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document


def checked(
    article: Claims,
    document: Document,
    store: Store,
    names: Sequence[str] = (),
    rates: Sequence[str] = (),
) -> list[ClaimFinding]:
    """Return the claims of an article that are named, or all, with their answers.

    Raises ChipcalcError for a claim that there is none of, and for what is no rate of exchange.
    """
    chosen = each_of(names, lambda name: _claim(article, name)) or list(article.claims)
    return _answers(chosen, article, document, _checker(article, store, rates))


def answers(article: Claims, document: Document, store: Store) -> list[ClaimFinding]:
    """Return every claim of a file with its answer; raises ChipcalcError with file and line."""
    return _answers(article.claims, article, document, _checker(article, store))


def _checker(article: Claims, store: Store, rates: Sequence[str] = ()) -> Checker:
    """Return what answers the claims of an article, on the last day on which it may be printed."""
    day = article.article.published.last
    return Checker(store, [rate(each) for each in rates], day)


def _answers(
    claims: Sequence[Claim], article: Claims, document: Document, checker: Checker
) -> list[ClaimFinding]:
    found: list[ClaimFinding] = []
    problems: list[Problem] = []
    for each in claims:
        try:
            found.append(_answered(each, article, document, checker))
        except ChipcalcError as fault:
            problems += fault.problems
    if problems:
        raise ChipcalcError(*problems)
    return found


def article(store: Store, names: Sequence[str]) -> tuple[Claims, Document]:
    """Return an article by its id or file, the only one where none is named; else raises."""
    known = files.by_id(store.folders, files.CLAIMS)
    if not names and len(known) == 1:
        names = list(known)
    if not names:
        raise error("no article is named", f"known are {', '.join(known)}, or give a file")
    name = names[0]
    is_file = files.is_file(name)
    if not is_file and name not in known:
        listed = f"known are {', '.join(known)}, or give a file; a claim comes after its article"
        raise unknown(f"no article '{name}'", name, known, ("articles", "known"), listed)
    return loaded(Claims, Path(name) if is_file else known[name])


def _claim(article: Claims, name: str) -> Claim:
    for each in article.claims:
        if each.id == name:
            return each
    known = [each.id for each in article.claims]
    what, listed = f"no claim '{name}' in {article.id}", f"known are {', '.join(known)}"
    raise unknown(what, name, known, ("claims", f"in {article.id}"), listed)


def _answered(claim: Claim, article: Claims, document: Document, checker: Checker) -> ClaimFinding:
    """Return the answer to a claim; an error in it names its file and line."""
    index = article.claims.index(claim)
    try:
        return checker.check(claim)
    except ChipcalcError as fault:
        place = document.problem(("claims", index), "")
        problems = (each.at(place.file, place.line, place.path) for each in fault.problems)
        raise ChipcalcError(*problems) from None
