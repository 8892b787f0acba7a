"""The answer to a claim in one line as it is printed, in English and in Chinese."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from wcwidth import wcswidth

from chipcalc.api.database import Database
from chipcalc.claims.asking import Asking
from chipcalc.claims.context import Context
from chipcalc.files import BUILT_IN
from chipcalc.tables.question import report
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.language import Language, language
from shared import STORE, printed

PRESS = Path(__file__).parents[1] / "claims" / "press.yaml"
ASKED = [each["ask"] for each in yaml.safe_load(PRESS.read_text(encoding="utf-8"))]
DAY = datetime.date(2026, 2, 1)
CHINESE = language("zh", [BUILT_IN])
ASKING = Asking(Context(STORE), DAY)
MORE = [
    "ascend-910c (780 TFLOPS) = 39 % of h100-sxm (2,000 TFLOPS)",
    "h20 = half of ascend",
    "h20 = 2 x the limit",
    "gb200-nvl72 tokens = 30 x h100",
]


def said(text: str, spoken: Language = CHINESE, *, explain: bool = False) -> list[str]:
    """Return the lines of an answer at 80 columns."""
    who = Speaker(spoken, STORE.vocabulary, {})
    shown = report([ASKING.answer(text)], DAY, who, explain=explain)
    return printed("table", shown).splitlines()


class Recorded(dict[str, str]):
    """Phrases that keep what was asked for and is not there."""

    missing: set[str]

    def __init__(self, phrases: Mapping[str, str]) -> None:
        super().__init__(phrases)
        self.missing = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a phrase."""
        if key not in self:
            self.missing.add(key)
        return super().get(key, default)


def test_every_word_of_an_answer_is_translated_but_what_formats_are_called() -> None:
    recorded = Recorded(CHINESE.phrases)
    for each in ASKED + MORE:
        said(each, CHINESE._replace(phrases=recorded), explain=True)
    formats = {each.label for each in STORE.vocabulary.conditions["format"].values.values()}
    assert recorded.missing - formats == set()


def test_what_an_answer_calls_metrics_and_conditions_is_translated() -> None:
    vocabulary = STORE.vocabulary
    called = {each.short or each.label for each in vocabulary.metrics.values()}
    formats = set()
    for name, condition in vocabulary.conditions.items():
        labels = {each.label.partition(",")[0] for each in condition.values.values()}
        called |= labels
        formats |= labels if name == "format" else set()
    assert {each for each in called if each not in CHINESE.phrases} <= formats


@pytest.mark.parametrize("text", ASKED + MORE)
def test_chinese_has_its_own_stops_and_no_space_between_its_signs(text: str) -> None:
    told = said(text)
    assert told[0].startswith(f'"{text}"：')
    lines = [each.strip() for each in told if not each.startswith(("chipcalc ", "  --"))]
    words = [re.sub(r"^\S+ {2,}", "", each.replace(f'"{text}"', "")) for each in lines]
    assert not [each for each in words if re.search(r"\. |; |: |[一-鿿] +[一-鿿]", each)]


def test_ascend_has_its_chinese_name() -> None:
    told = "\n".join(said("h20 = half of ascend-910b3")[1:-1])
    assert "昇腾910B3" in told
    assert "Ascend" not in told


@pytest.mark.parametrize("spoken", [Language(), CHINESE])
@pytest.mark.parametrize("text", ASKED + MORE)
def test_what_is_said_stands_in_one_column_behind_its_labels(text: str, spoken: Language) -> None:
    found = [re.match(r"  (\S+(?: \S+)*)( {2,})(?=\S)", each) for each in said(text, spoken)]
    columns = {wcswidth(each[0]) for each in found if each}
    assert len(columns) == 1


def test_the_command_that_explains_an_answer_keeps_its_language() -> None:
    asked = Database(STORE).claims("h20 = 20 % of h100", as_of="2026-02-01")
    chinese, english = (printed("table", asked.report(lang=each), 120) for each in ("zh", "en"))
    assert chinese.splitlines()[-1].endswith("--as-of 2026-02-01 --lang zh -e")
    assert english.splitlines()[-1].endswith("--as-of 2026-02-01 -e")
