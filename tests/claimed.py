"""Claims that tests ask about the made-up chips."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from textwrap import indent

from chipcalc import yamlio
from chipcalc.claims.checker import Checker
from chipcalc.claims.claim import Claim, Claims
from chipcalc.claims.finding import ClaimFinding
from chipcalc.figures.figure import Figure
from chipcalc.schema.base import parse
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store
from chipcalc.values import units

ARTICLE = "claims/acme-2024-01.yaml"
FIRM = "status: official, source: sheet"
HEAD = """\
id: x
article: {title: {en: A., zh: 甲。}, published: 2024-01, language: en}
claims:
- id: x
  says: {en: A., zh: 甲。}
"""


def claim(text: str) -> Claim:
    """Return a claim from the YAML below its first two keys."""
    return parse(Claims, yamlio.load(HEAD + indent(text, "  "), "claims.yaml")).claims[0]


def ask(store: Store, text: str, *rates: str) -> ClaimFinding:
    """Return the answer to a claim in YAML."""
    return Checker(store, [units.quantity(each) for each in rates]).check(claim(text))


def answers(store: Store, *ids: str) -> tuple[Claims, list[ClaimFinding]]:
    """Return the made-up article, and the answers to some of its claims, or to all."""
    article = parse(Claims, read(store.folders[0] / ARTICLE))
    checker = Checker(store)
    found = [checker.check(each) for each in article.claims if not ids or each.id in ids]
    return article, found


def compare(store: Store, of: str, relation: str, to: str = "", *rates: str) -> ClaimFinding:
    """Return the answer to a comparison."""
    second = f", to: '{to}'" if to else ""
    return ask(store, f"compare: {{of: '{of}'{second}, is: {{{relation}}}}}", *rates)


def values(found: ClaimFinding) -> dict[tuple[str, ...], list[Fraction]]:
    """Return the best figures of an answer by chips."""
    known: dict[tuple[str, ...], list[Fraction]] = {}
    for each in found.instances:
        if isinstance(each.figure, Figure):
            ids = tuple(sheet.id for sheet in each.sheets)
            known.setdefault(ids, []).append(each.figure.value.amount.best)
    return known


def with_chip(specs: Path, name: str, body: str) -> Store:
    """Return the made-up store with one more chip of the family `new`."""
    text = f"""\
id: {name}
name: {name.upper()}
vendor: acme
family: [new]
sources:
  sheet: {{title: S, publisher: Acme, url: https://acme.example/s, accessed: 2026-01-02}}
values:
"""
    (specs / "chips" / "acme" / f"{name}.yaml").write_text(text + body)
    return Store((specs,))
