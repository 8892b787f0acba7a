"""A check of claims as a user asks for it: articles, files, single claims, rates, languages."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chipcalc.api.database import Database
from chipcalc.commands import claims as request
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Report
from shared import printed

ARTICLE = "acme-2024-01"
OWN = """\
id: my-article
article: {title: {en: Mine, zh: 我的}, published: 2026-01, language: en}
claims:
  - id: one
    says: {en: The A10 draws 400 W., zh: A10的功耗为400瓦。}
    compare: {of: a10.board_power, is: {equals: 400 W}}
"""


def claims(
    store: Store, article: str = "", *names: str, rates: Sequence[str] = (), **shown: Any
) -> Report:
    """Return the report of some claims of an article."""
    return Database(store).article(article).check(*names, rates=rates).report(**shown)


def verdicts(store: Store, *names: str, rates: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the verdicts of claims by id."""
    found = claims(store, *names, rates=rates).data()
    return {each["claim"]: each["verdict"] for each in found["claims"]}


def fault(store: Store, *names: str, **options: Any) -> Problem:
    """Return the one problem of what was asked."""
    with pytest.raises(ChipcalcError) as raised:
        claims(store, *names, **options)
    (problem,) = raised.value.problems
    return problem


def test_without_a_name_the_one_article_is_meant(store: Store) -> None:
    assert len(verdicts(store)) == 11


def test_claims_are_chosen_by_their_ids_in_the_order_asked(store: Store) -> None:
    assert list(verdicts(store, ARTICLE, "link", "half")) == ["link", "half"]


def test_a_file_of_the_users_is_read_where_it_lies(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN, encoding="utf-8")
    assert verdicts(store, str(path)) == {"one": "holds"}


def test_an_article_may_come_from_standard_input(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(OWN.encode())))
    assert verdicts(store, "-") == {"one": "holds"}


def test_a_wrong_name_in_a_file_is_an_error_with_file_and_line(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN.replace("a10.board", "a11.board"), encoding="utf-8")
    problem = fault(store, str(path))
    assert (problem.what, problem.line, problem.path) == ("no sheet for 'a11'", 4, "claims[0]")
    assert problem.file.endswith("mine.yaml")


def test_several_wrong_claims_are_told_at_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    wrong = OWN.replace("a10.board", "a11.board")
    path.write_text(
        wrong + wrong[wrong.index("  - id") :].replace("one", "two").replace("a11", "a12")
    )
    with pytest.raises(ChipcalcError) as raised:
        claims(store, str(path))
    assert [each.what for each in raised.value.problems] == [
        "no sheet for 'a11'",
        "no sheet for 'a12'",
    ]


def test_an_article_that_is_not_there_suggests_the_nearest(store: Store) -> None:
    assert "did you mean 'acme-2024-01'?" in fault(store, "acme-2024-02").hint


def test_a_claim_that_is_not_there_suggests_the_nearest(store: Store) -> None:
    assert fault(store, ARTICLE, "halv").hint == "did you mean 'half'?"


def test_a_file_that_is_not_there_is_an_error(store: Store) -> None:
    assert "cannot be read" in fault(store, "nowhere/claims.yaml").what


def test_without_any_article_the_hint_is_to_give_a_file(specs: Path) -> None:
    (specs / "claims" / f"{ARTICLE}.yaml").unlink()
    assert fault(Store((specs,))).what == "no article is named"


def test_a_rate_makes_a_sum_comparable(store: Store) -> None:
    """720,000 CNY at 7.2 are 100,000 USD, ten A10 at 10,000."""
    report = claims(store, ARTICLE, "buys", rates=["7.2 CNY/USD"])
    said = " ".join(printed("table", report).split())
    assert "that buys about 10 of Acme A10 at 10,000 USD each, exchanged at 7.2 CNY/USD" in said


@pytest.mark.parametrize("rate", ["7.2", "7.2 CNY", "7.2 GB/s", "0 CNY/USD", "7.2 CNY*USD", "x"])
def test_what_is_no_rate_is_an_error(store: Store, rate: str) -> None:
    with pytest.raises(ChipcalcError):
        claims(store, ARTICLE, "buys", rates=[rate])


def test_a_language_that_is_not_there_is_an_error(store: Store) -> None:
    assert fault(store, ARTICLE, lang="xx").what == "no language 'xx'"


def test_to_explain_a_claim_is_to_choose_it(store: Store) -> None:
    report = claims(store, "", "half", explain=True)
    assert [each["claim"] for each in report.data()["claims"]] == ["half"]
    assert any(note[0].text == "Sources" for note in report.notes)


def test_the_articles_are_listed_with_their_number_of_claims(store: Store) -> None:
    found = json.loads(printed("json", request.articles(store)))
    assert found["schema"] == "chipcalc.articles/2"
    assert [(each["article"], each["claims"]) for each in found["articles"]] == [(ARTICLE, 11)]
