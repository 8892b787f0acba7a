"""A check of claims as a user asks for it, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc import claims_report, files, model, units
from chipcalc.claim import Claim, Claims
from chipcalc.claims import Checker, Finding, is_exchange
from chipcalc.errors import ChipcalcError, Problem, did_you_mean, error
from chipcalc.language import language
from chipcalc.report import Column, Report, Row
from chipcalc.store import Store, read
from chipcalc.units import Quantity
from chipcalc.yamlio import Document


def checked(
    article: Claims,
    document: Document,
    store: Store,
    names: Sequence[str] = (),
    rates: Sequence[str] = (),
) -> list[Finding]:
    """Return the claims of an article that are named, or all, with their answers.

    Raises ChipcalcError for a claim that there is none of, and for what is no rate of exchange.
    """
    chosen = [_claim(article, name) for name in names] or list(article.claims)
    return _answers(chosen, article, document, Checker(store, [_rate(each) for each in rates]))


def lines(found: Finding, article: Claims, store: Store, lang: str) -> list[str]:
    """Return one answer in words; raises ChipcalcError for a language of none."""
    return claims_report.lines(found, article, store, language(lang, store.folders))


def articles(store: Store) -> Report:
    """Return the list of articles whose claims are there."""
    records = []
    for name, path in files.claim_files(store.folders).items():
        found = model.parse(Claims, read(path))
        records.append(
            {
                "id": name,
                "title": found.article.title.en,
                "published": found.article.published,
                "claims": str(len(found.claims)),
            }
        )
    rows = tuple(Row(tuple(each.values())) for each in records)
    columns = tuple(Column(name) for name in ("article", "title", "published", "claims"))
    data = {"schema": "chipcalc.articles/1", "articles": records}
    return Report(columns, rows, lambda: data, lambda: records)


def answers(article: Claims, document: Document, store: Store) -> list[Finding]:
    """Return every claim of a file with its answer; raises ChipcalcError with file and line."""
    return _answers(article.claims, article, document, Checker(store))


def _answers(
    claims: Sequence[Claim], article: Claims, document: Document, checker: Checker
) -> list[Finding]:
    found: list[Finding] = []
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
    known = files.claim_files(store.folders)
    if not names and len(known) == 1:
        names = list(known)
    if not names:
        raise error("no article is named", f"known are {', '.join(known)}, or give a file")
    name = names[0]
    is_file = name == "-" or name.endswith((".yaml", ".yml")) or "/" in name
    if not is_file and name not in known:
        hint = did_you_mean(name, known) or f"known are {', '.join(known)}, or give a file"
        raise error(f"no article '{name}'", f"{hint}; a claim is named after its article")
    document = read(Path(name) if is_file else known[name])
    return model.parse(Claims, document), document


def _claim(article: Claims, name: str) -> Claim:
    for each in article.claims:
        if each.id == name:
            return each
    known = [each.id for each in article.claims]
    hint = did_you_mean(name, known) or f"known are {', '.join(known)}"
    raise error(f"no claim '{name}' in {article.id}", hint)


def _rate(text: str) -> Quantity:
    rate = units.quantity(text)
    if not is_exchange(rate.unit) or rate.amount.best <= 0:
        raise error(f"'{text}' is no rate of exchange", "write for example --rate '7.2 CNY/USD'")
    return rate


def _answered(claim: Claim, article: Claims, document: Document, checker: Checker) -> Finding:
    """Return the answer to a claim; an error in it names its file and line."""
    index = article.claims.index(claim)
    try:
        return checker.check(claim)
    except ChipcalcError as fault:
        place = document.problem(("claims", index), "")
        problems = (each.at(place.file, place.line, place.path) for each in fault.problems)
        raise ChipcalcError(*problems) from None
