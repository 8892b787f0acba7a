"""An article on a screen and as a document: summary first, then a section for each claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from chipcalc.api.article import CheckedArticle
from chipcalc.api.database import Database
from chipcalc.claims.claim import references
from chipcalc.figures.figure import Figure
from chipcalc.files import BUILT_IN
from chipcalc.tables import article
from chipcalc.tables.report import Report
from chipcalc.values.logic import Verdict
from chipcalc.words.claims.speaker import speaker
from chipcalc.words.claims.verdicts import OUTSIDE
from chipcalc.words.language import language
from chipcalc.words.line import plain
from shared import STORE, printed

ARTICLE = "h20-returns-2025-07"
LANGUAGES = ("en", "zh")
HAN = r"[\u4e00-\u9fff]"


@cache
def real() -> CheckedArticle:
    """Return the built-in article, checked."""
    return Database(STORE).article(ARTICLE).check()


def briefly(claim: str, lang: str) -> Report:
    """Return the few lines that answer a claim of it."""
    return real().article.check(claim).brief(lang=lang, named=ARTICLE)


@cache
def document(lang: str) -> Report:
    """Return the document of the built-in article."""
    return real().document(lang=lang)


@cache
def text(lang: str, form: str) -> str:
    """Return that document in a format."""
    return printed(form, document(lang))


class _Page(HTMLParser):
    """What a page is made of: its tags with their attributes, and the words in some of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        if tag in ("h1", "h2", "caption", "blockquote"):
            self.words.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note words in the tags that count."""
        for tag in set(self._open) & self.words.keys():
            self.words[tag][-1] += data


# The screen.


def test_the_screen_has_each_claim_once_the_worst_verdict_first() -> None:
    rows = real().summary().rows
    verdicts = [row.texts[0] for row in rows if row.texts[0]]
    assert verdicts == ["fails", "depends", "literally true", "holds", "outside"]
    said = " ".join(row.texts[1] for row in rows)
    shown = [each.id for each in real() if each.settlement != OUTSIDE]
    assert sorted(said.split()) == sorted([*shown, "b01–b10"])


def test_the_title_counts_the_claims_and_those_of_each_verdict() -> None:
    first, second = (each.text for each in real().summary().title)
    assert first.endswith(": 23 claims")
    numbers = [int(each) for each in re.findall(r"\d+", second)]
    assert sum(numbers) == 23
    assert second.startswith(f"fails {sum(e.settlement == 'fails' for e in real())} · ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_article_fits_a_screen_of_forty_lines(lang: str) -> None:
    assert len(printed("table", real().summary(lang=lang)).split("\n")) <= 40


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_screen_is_too_wide(lang: str, width: int) -> None:
    for report in (real().summary(lang=lang), real().screen(lang=lang)):
        lines = printed("table", report, width).split("\n")
        assert [each for each in lines if wcswidth(each) > width and "://" not in each] == []


def test_the_figures_in_a_sentence_span_those_of_the_claim() -> None:
    """148 TFLOPS against 989.4 and 756 are 15.0 and 19.6 %; at FP64 it is 1 against 34 and 25.6."""
    (row,) = (each for each in real().summary().rows if each.texts[1] == "a01")
    assert "15.0–19.6 % at FP8, INT8, BF16, FP16, TF32" in plain(row.texts[2])
    assert "2.9–3.9 % at FP64 (vector)" in plain(row.texts[2])
    assert plain(row.texts[2]).endswith("claimed < 10 %")


@pytest.mark.parametrize(
    ("of", "to", "mark"),
    [("thor-x.throughput[int8]", "orin-x.throughput[int8]", "~"), ("h20", "h100", "")],
)
def test_a_range_is_an_estimate_where_an_end_of_it_is(
    of: str, to: str, mark: str, tmp_path: Path
) -> None:
    """Thor-X's dense INT8 is an estimate; of the H100s the NVL's, which lies between the others."""
    of, to = (each if "." in each else f"{each}.throughput[fp8]" for each in (of, to))
    compare = f"{{of: '{of}', to: '{to}', is: {{about: '1'}}}}"
    path = tmp_path / "one.yaml"
    path.write_text(
        "id: one\narticle: {title: {en: One}, published: 2025-07, language: en}\n"
        f"claims: [{{id: c, says: {{en: One.}}, compare: {compare}}}]\n",
        encoding="utf-8",
    )
    (row,) = Database(STORE).article(str(path)).check().summary().rows
    assert ("~" in row.texts[2]) is bool(mark)


def test_a_knife_edge_is_shown_beside_its_line() -> None:
    (row,) = (each for each in real().summary().rows if each.texts[1] == "a09-memory")
    assert plain(row.texts[2]).endswith("50.0–51.9 %; claimed < 50 %")


# The verdict on each claim that sheets and rules can settle, with figures worked out by hand from
# the makers' own: dense TFLOPS of 148 against 989.4, 756 and 835, and 148 / 1,979 for what a
# sparse rate makes of it; links of 900 and 600 GB/s; 400 W; a TPP of 2,368 against 2,400, and of
# 2,368 / 36,000; a performance density of 2.909 against 3.2; 4.0 TB/s of 8.0.
SETTLED: dict[str, tuple[str, tuple[str, ...]]] = {
    "a01": ("fails", ("15.0–19.6 % at FP8", "2.9–3.9 % at FP64", "2:4 sparse", "7.5 %")),
    "a02": ("depends", ("100 % (H100 SXM5 80GB", "150 % (H100 PCIe 80GB, H100 NVL 94GB)")),
    "a03": ("holds", ("hopper",)),
    "a04": ("literally true", ("400–550 W", "8–11 ×")),
    "a05": ("depends", ("Ascend 910B3", "3 of 9 chips")),
    "a06": ("depends", ("Performance density", "V100", "B200")),
    "a07": ("holds", ("98.7 %", "90.9 %", "740 mm²")),
    "a08": ("depends", ("yes in TPP", "not surely in Memory bandwidth")),
    "a09": ("holds", ("6.6 %",)),
    "a09-memory": ("fails", ("50.0", "claimed < 50 %")),
    "a11": ("depends", ("3A090.b", "not settled")),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "claim", [each.id for each in Database(STORE).article(ARTICLE).claims.claims]
)
def test_a_claim_is_answered_in_eight_lines(claim: str, lang: str) -> None:
    lines = printed("table", briefly(claim, lang)).rstrip("\n").split("\n")
    assert len(lines) <= 8
    assert max(map(wcswidth, lines)) <= 80
    assert lines[-1].endswith("--all")


@pytest.mark.parametrize("claim", SETTLED)
def test_a_claim_is_settled_as_its_figures_say(claim: str) -> None:
    verdict, figures = SETTLED[claim]
    first, *rest = printed("table", briefly(claim, "en")).split("\n")
    assert first.startswith(f"{claim} (2025-07): {verdict}. ")
    said = " ".join(rest)
    assert [each for each in figures if each not in said] == []


@pytest.mark.parametrize("claim", [f"b{number:02}" for number in range(1, 11)])
def test_what_no_sheet_states_is_said_to_be_so_with_what_is_known_elsewhere(claim: str) -> None:
    shown = printed("table", briefly(claim, "en"))
    assert shown.startswith(f"{claim} (2025-07): outside the spec sheets. ")
    assert "no spec sheet states" in shown
    (checked,) = real().article.check(claim)
    known = [each.says.en for each in references(checked.found.claim)]
    told = " ".join(shown.split())
    assert [each for each in known if each.split(",")[0].split(";")[0] not in told] == []


def test_several_claims_follow_one_another_below_the_title_of_their_article() -> None:
    shown = printed("table", real().article.check("a03", "a09").brief()).split("\n")
    assert shown[0].endswith("(2025-07): 2 claims")
    starts = [each.split(" ")[0] for each in shown if "(2025-07): " in each][1:]
    assert starts == ["a03", "a09"]


# Documents.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_has_real_headings_tables_quotes_and_numbered_sources(lang: str) -> None:
    page = _Page(text(lang, "html"))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("h1") == 1
    assert [each.split(" · ")[0] for each in page.words["h2"]] == [each.id for each in real()]
    assert len(page.words["blockquote"]) == len(real())
    assert tags.count("table") == tags.count("caption")
    assert all(page.words["caption"])
    assert {attrs.get("scope") for tag, attrs in page.tags if tag == "th"} >= {"col", "row"}
    sourced = [e for e in real() if [*e.found.figures()] or references(e.found.claim)]
    assert tags.count("ol") >= len(sourced) > 10
    assert not [
        tag for tag, a in page.tags if tag in ("script", "link") or "http" in (a.get("src") or "")
    ]


@pytest.mark.parametrize("form", ["html", "markdown", "latex"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_has_no_words_of_the_console(lang: str, form: str) -> None:
    words = text(lang, form).partition("<body")[2] if form == "html" else text(lang, form)
    assert not re.search(r"(?<![-\w{])--[a-z]{3,}", words)
    assert "chipcalc" not in re.sub(r'class="chipcalc[^"]*"', "", words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_says_every_claim_verdict_and_figure(lang: str) -> None:
    who = speaker(real().article.claims, STORE.vocabulary, language(lang, [BUILT_IN]))
    found = plain(text(lang, "html")).replace("&nbsp;", " ")
    bare = re.sub(r"<[^>]*>", "", found)
    for each in real():
        assert who.translated(each.found.claim.says).replace("&", "&amp;") in bare
        assert f"{each.id} · {who.say(each.settlement)}" in bare


def test_markdown_has_sections_quotes_and_numbered_links() -> None:
    lines = text("en", "markdown").split("\n")
    assert [e.split()[1] for e in lines if e.startswith("### ")] == [each.id for each in real()]
    assert sum(each.startswith("> ") for each in lines) == len(real())
    assert any(re.match(r"1\. .*<https://", each) for each in lines)


def test_latex_has_long_tables_and_quotes_that_are_closed() -> None:
    found = text("en", "latex")
    for name in ("longtable", "quote"):
        begun = found.count(f"\\begin{{{name}}}")
        assert begun == found.count(f"\\end{{{name}}}") > 10
    assert found.count("{") - found.count("\\{") == found.count("}") - found.count("\\}")


# Languages.


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


def test_every_phrase_of_the_article_has_its_chinese() -> None:
    chinese = language("zh", [BUILT_IN])
    recorded = _Recorded(chinese.phrases)
    spoken = chinese._replace(phrases=recorded)
    checked = real()
    parts = checked.article.claims, checked.found, STORE, spoken
    for report in (article.summary(*parts), article.document(*parts), article.screen(*parts)):
        printed("json", report)
    formats = {each.label for each in STORE.vocabulary.conditions["format"].values.values()}
    rules = {
        e.provision.rule.paragraph for f in checked.found for c in f.checked for e in c.findings
    }
    words = {each for each in recorded.missing if re.search("[a-z]", each)}
    assert words - formats - rules == set()
    assert {each for each in rules & recorded.missing if " " in each} == set()


def _names() -> set[str]:
    """Return the Latin words that are names in any language: of chips, families, units, sources."""
    sources = real().article.claims.sources.values()
    texts = [
        *(sheet.name for sheet in STORE.all()),
        *(name for sheet in STORE.all() for name in sheet.chip.names.values()),
        *(family for sheet in STORE.all() for family in sheet.chip.family),
        *(f"{each.unit} {each.short or ''}" for each in STORE.vocabulary.metrics.values()),
        *(each.publisher for each in sources),
        *(each.name for each in STORE.vocabulary.vendors.values()),
        *(str(e.unit) for c in STORE.vocabulary.conditions.values() for e in c.values.values()),
        "CUDA MindSpore RTX Pro",
    ]
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}


def test_chinese_has_no_stray_spaces_and_no_words_that_are_no_names() -> None:
    names = _names()
    for report in (document("zh"), real().summary(lang="zh"), real().screen(lang="zh")):
        texts = [text for row in report.rows for text in row.texts]
        told = [*report.title, *(line for block in report.notes for line in block)]
        texts += [e.text for e in told if e.role != "command" and "://" not in e.text]
        for each in map(plain, texts):
            assert not re.search(f"{HAN} +{HAN}", each), each
            bare = re.sub(r"[\w.-]*\d[\w.-]*", "", each, flags=re.ASCII)
            assert set(re.findall(r"[A-Za-z]{2,}", bare)) <= names, each


def test_a_third_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    phrases = "{fails: échoue, holds: tient, '{count} claims': '{count} affirmations'}"
    file = tmp_path / "languages" / "fr.yaml"
    file.write_text(f"language: Français\ncomma: ', '\nphrases: {phrases}\n", encoding="utf-8")
    checked = real()
    spoken = language("fr", [tmp_path])
    found = article.summary(checked.article.claims, checked.found, STORE, spoken)
    assert found.title[0].text.endswith("23 affirmations")
    assert [row.texts[0] for row in found.rows if row.texts[0] in ("échoue", "tient")] == [
        "échoue",
        "tient",
    ]
    assert found.language == "fr"


def test_ascend_is_called_by_its_chinese_name() -> None:
    (figures,) = (e for e in document("zh").grids if e.caption.startswith("a05"))
    chips = {part for row in figures.rows for part in row.cells[0].parts}
    assert chips
    assert all(each.startswith("昇腾") for each in chips)


def test_estimates_are_marked_in_the_tables_of_figures() -> None:
    """The dense FP8 rate of the H100 NVL is half of one that is printed with sparsity."""
    (figures,) = (e for e in document("en").grids if e.caption == "The figures of a01")
    marked = {
        (chip, row.texts[1])
        for row in figures.rows
        for chip in row.cells[0].parts
        if row.texts[2].startswith("~")
    }
    (claim,) = (each for each in real() if each.id == "a01")
    estimated = {
        each.sheets[1].name
        for each in claim.found.instances
        if isinstance(each.figure, Figure) and each.figure.status == "estimated"
    }
    assert {chip for chip, _ in marked} == estimated


def test_yes_and_no_stand_where_the_claim_holds_and_where_not() -> None:
    words = {Verdict.met: "yes", Verdict.not_met: "no", Verdict.unknown: "open"}
    (figures,) = (e for e in document("en").grids if e.caption == "The figures of a05")
    shown = {part: set[str]() for row in figures.rows for part in row.cells[0].parts}
    for row in figures.rows:
        for part in row.cells[0].parts:
            shown[part].add(row.texts[-1])
    (claim,) = (each for each in real() if each.id == "a05")
    for name, said in shown.items():
        mine = [e for e in claim.found.instances if name in [s.name for s in e.sheets]]
        assert said == {words[each.verdict] for each in mine}
