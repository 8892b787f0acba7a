"""The table of an article: its claims in every format and in two languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest
from wcwidth import wcswidth

from chipcalc.files import BUILT_IN
from chipcalc.sheets.store import Store
from chipcalc.tables import claims
from chipcalc.tables.report import Report
from chipcalc.words.language import ENGLISH, Language, language
from claimed import answers
from shared import printed, text_of


def report(store: Store, *ids: str, spoken: Language = ENGLISH, explain: bool = False) -> Report:
    """Return the report of some made-up claims, or of all."""
    article, found = answers(store, *ids)
    return claims.report(article, found, store, spoken, explain=explain)


VERDICTS = {
    "half": ("fails", "不成立"),
    "link": ("fails", "不成立"),
    "atlas-memory": ("depends", "视情况而定"),
    "power": ("literally true", "字面属实"),
    "family": ("holds", "成立"),
    "buys": ("outside the spec sheets", "规格表无法回答"),
}


@pytest.mark.parametrize(("claim", "said"), VERDICTS.items())
def test_a_verdict_is_said_beside_its_claim_in_the_readers_language(
    claim: str, said: tuple[str, str], store: Store
) -> None:
    for spoken, expected in zip((ENGLISH, language("zh", [BUILT_IN])), said, strict=True):
        first, *others = report(store, claim, spoken=spoken).rows
        assert first.texts[:2] == (claim, expected)
        assert {each.texts[:2] for each in others} == {("", "")}


def test_claims_stand_in_the_order_of_their_article(store: Store) -> None:
    article, _ = answers(store)
    shown = [row.texts[0] for row in report(store).rows if row.texts[0]]
    assert shown == [each.id for each in article.claims]


def test_the_sources_are_those_of_figures_readings_rules_and_references(store: Store) -> None:
    notes = "\n".join(map(text_of, report(store, explain=True).notes))
    for title in ("A10 data sheet", "A20 data sheet", "Gazette 2", "Survey"):
        assert notes.count(title) == 1


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_80_columns(store: Store, code: str, explain: bool) -> None:  # noqa: FBT001
    spoken = language(code, [BUILT_IN])
    lines = printed("table", report(store, spoken=spoken, explain=explain)).split("\n")
    assert [each for each in lines if wcswidth(each) > 80 and "://" not in each] == []


def test_no_line_of_a_chinese_report_begins_with_a_sign_that_closes(store: Store) -> None:
    text = printed("table", report(store, spoken=language("zh", [BUILT_IN])))
    starts = {line.strip()[0] for line in text.split("\n") if line.strip()}
    assert starts.isdisjoint("，。；：、！？）］)%")


class _Recorded(dict[str, str]):
    """Phrases that remember which ones were asked for in vain."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(phrases)
        self.missing: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a phrase."""
        if key not in self:
            self.missing.add(key)
        return super().get(key, default)


def test_every_fixed_phrase_of_a_report_is_translated(store: Store) -> None:
    """What stays is a label that is the same in Chinese, such as FP16."""
    chinese = language("zh", [BUILT_IN])
    recorded = _Recorded(chinese.phrases)
    printed("json", report(store, spoken=chinese._replace(phrases=recorded), explain=True))
    formats = {each.label for each in store.vocabulary.conditions["format"].values.values()}
    # the labels of the made-up vocabulary differ from those of the real one here
    made_up = {"Chip-to-chip", ""}
    assert recorded.missing - formats - made_up == set()


def test_csv_has_a_line_for_each_figure(store: Store) -> None:
    text = printed("csv", report(store, "link"))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(each["kind"], each["value"]) for each in rows][:3] == [
        ("claim", ""),
        ("figure", "800"),
        ("reading", "400"),
    ]


@pytest.mark.parametrize("name", ["markdown", "html", "latex"])
def test_a_document_has_every_claim_and_no_hard_space(store: Store, name: str) -> None:
    text = printed(name, report(store, explain=True))
    assert "Acme holds half of the market." in text
    assert "\u00a0" not in text
