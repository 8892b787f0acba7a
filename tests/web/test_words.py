"""What the pages say around the answers has its Chinese, and templates say all of it by phrases."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from chipcalc.web.pages import claims, licence
from chipcalc.web.rendering import NAVIGATION, STATUSES
from visited import library, seen

TEMPLATES = sorted(
    each.name
    for each in resources.files("chipcalc.web").joinpath("templates").iterdir()
    if each.name.endswith(".html")
)
_PHRASE = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")


def text(name: str) -> str:
    """Return a template."""
    return resources.files("chipcalc.web").joinpath("templates", name).read_text("utf-8")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_phrase_of_a_template_has_its_chinese(name: str) -> None:
    known = library().language("zh").phrases
    phrases = [one or other for one, other in _PHRASE.findall(text(name))]
    assert [each for each in phrases if each not in known] == []


def test_what_is_said_by_a_name_has_its_chinese_as_well() -> None:
    known = library().language("zh").phrases
    said = [name for _, name in NAVIGATION]
    said += [*STATUSES, *licence.NEEDS.values(), *claims.KINDS, "unknown", "not offered"]
    assert [each for each in said if each not in known] == []


@pytest.mark.parametrize("address", ["/check?chip=h20", "/compare", "/chip/h20", "/rules"])
def test_a_page_in_chinese_has_its_own_words_in_chinese(address: str) -> None:
    joint = "&" if "?" in address else "?"
    page = seen(f"{address}{joint}lang=zh")
    assert "对比" in page
    assert "Skip to the answer" not in page
    assert "Where the figures come from" not in page


def test_a_language_that_is_not_there_is_english() -> None:
    assert "Skip to the answer" in seen("/rules?lang=xx")
