"""Documents hold what a terminal shows, and no text in them turns into markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import chipcalc.tables
from chipcalc.tables.html import fragment, html
from chipcalc.tables.latex import latex
from chipcalc.tables.markdown import markdown
from chipcalc.tables.paint import COLOURS
from chipcalc.tables.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Grid,
    NumberLine,
    Part,
    Report,
    Row,
    Stretch,
    cell,
)
from chipcalc.words.line import Phrase, TextLine, block, command, phrased

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SHEET = (Path(chipcalc.tables.__file__).parent / "document.css").read_text("utf-8")
SIGNS = [*"*_`~|<>[]&$#+-\\!()a", "- ", "1. ", "# ", "**", "~~", "](", "<b>", "&lt;"]
HOSTILE = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)


def report(*parts: Part, title: str = "Two chips", unbroken: tuple[str, ...] = ()) -> Report:
    """Return a report of some parts."""
    return Report(dict, list, block(title), parts, unbroken=unbroken)


TABLE = Grid(
    (Column("", name="row"), Column("H20", "decimal", unit="96GB"), Column("why")),
    (
        Row((cell("Memory"),), heading=True),
        Row((cell("Capacity", level=1), cell("96"), cell("one thing", "another", joint=";"))),
        Row((cell("Power", level=1), Cell(("400–550",), footnotes=(1,)), cell("ascend-910-pro"))),
        Row((cell("Rate", level=1), Cell(("2.909",), role="best", starred=True), cell())),
    ),
)


class Page(HTMLParser):
    """The tags of a page, each with its attributes and with the text inside it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        if tag not in ("br", "meta"):
            self.open.append(len(self.found) - 1)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.found[self.open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for each in self.open:
            self.found[each][2].append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Return the text inside each of some tags."""
        return [
            "".join(text).strip()
            for name, found, text in self.found
            if name == tag and attributes.items() <= found.items()
        ]


def rendered(text: str) -> Page:
    """Return what GitHub makes of Markdown."""
    return Page(GITHUB.render(text))


# Markdown.


@given(HOSTILE, HOSTILE, HOSTILE)
@example("* best", "~20–45 ~ estimated", "ascend-910-premium-a")
@example("---", "+", "1.")
@example("=", "#", "- a")
def test_no_text_is_markup_in_markdown(note: str, title: str, word: str) -> None:
    grid = Grid((Column(word or "x"),), (Row((cell(word),)),))
    page = rendered(markdown(report(grid, block(note), title=title)))
    assert [each for each in page.texts("h2") if each] == [title.strip()] * bool(title.strip())
    assert page.texts("td") == [" ".join(word.split())]
    assert page.texts("p") == [note.strip()] * bool(note.strip())
    assert not {"em", "strong", "del", "a", "code", "b"} & {tag for tag, _, _ in page.found}


def test_what_stands_apart_in_a_cell_stays_apart_in_markdown() -> None:
    assert "one thing;<br>another" in markdown(report(TABLE))


def test_lines_that_are_set_in_are_nested_lists_in_markdown() -> None:
    lines = block("Rules", TextLine("one", 1), TextLine("inner", 2), TextLine("two", 1))
    page = rendered(markdown(report(lines)))
    assert [tag for tag, _, _ in page.found] == ["h2", "p", "ul", "li", "ul", "li", "li"]


def test_a_note_stands_behind_its_raised_letter_in_markdown() -> None:
    assert "- ᵃ so" in markdown(report(TABLE, (TextLine("so", marker="a"),)))


@pytest.mark.parametrize("make", [markdown, html, latex])
def test_a_command_can_be_copied_from_a_document(make: object) -> None:
    assert callable(make)
    assert "chipcalc check h20" in make(report((command("chipcalc check h20"),)))


@pytest.mark.parametrize("make", [markdown, html, latex])
def test_what_stands_apart_on_a_line_stays_apart_in_documents(
    make: Callable[[Report], str],
) -> None:
    sign = r"$\cdot$" if make is latex else "·"
    assert f"best {sign} guessed" in make(report(block("best   guessed"))).replace("\xa0", " ")


def test_an_address_is_a_link_in_markdown() -> None:
    page = rendered(markdown(report(block("see https://a.example/b_c_d*e."))))
    assert page.texts("a", href="https://a.example/b_c_d*e") == ["https://a.example/b_c_d*e"]


# HTML.


def test_an_html_table_has_a_caption_and_says_what_each_head_heads() -> None:
    page = Page(html(report(TABLE)))
    assert page.texts("caption") == ["Two chips"]
    assert page.texts("th", scope="col") == ["figure", "H20 96GB", "why"]
    assert page.texts("th", scope="rowgroup") == ["Memory"]
    assert page.texts("th", scope="row") == ["Capacity", "Power", "Rate"]


@pytest.mark.parametrize("make", [markdown, html, latex])
def test_a_column_that_needs_no_title_on_a_screen_has_one_in_documents(
    make: Callable[[Report], str],
) -> None:
    """Whoever sorts a table, or has it read aloud, does not see which column stands where."""
    signs = Grid(
        (Column("what"), Column("", "decimal", name="value"), Column("", name="unit")),
        (Row((cell("Memory"), cell("96"), cell("GB"))),),
    )
    found = make(report(signs))
    assert re.findall(r"what\b.*\bvalue\b.*\bunit\b", found)


def test_a_table_without_titles_has_no_row_of_them_in_html() -> None:
    plain = Grid((Column("", name="rule"), Column("")), (Row((cell("a"), cell("b"))),))
    assert not Page(html(report(plain))).texts("thead")


def test_a_table_that_is_wider_than_paper_is_split_in_html() -> None:
    """Paper cannot be scrolled; each part names the rows again and has a caption of its own."""
    columns = (Column("id", name="row"), *(Column(f"{n}", "decimal", n) for n in range(30)))
    rows = tuple(Row((cell(name), *[cell("1,234,567.89")] * 30)) for name in ("one", "two"))
    page = Page(html(report(Grid(columns, rows))))
    heads = page.texts("th", scope="col")
    assert sorted({*heads} - {"id"}, key=int) == [str(n) for n in range(30)]
    count = heads.count("id")
    assert count > 1
    assert page.texts("caption") == [f"Two chips ({n}/{count})" for n in range(1, count + 1)]
    assert page.texts("th", scope="row") == ["one", "two"] * count


@pytest.mark.parametrize("make", [html, latex])
def test_a_wide_table_of_words_without_groups_is_split_on_a_page(
    make: Callable[[Report], str],
) -> None:
    columns = tuple(Column(f"title{n:02}") for n in range(20))
    found = make(report(Grid(columns, (Row(tuple(cell("unbroken-words") for _ in columns)),))))
    assert found.count("title00") > 1
    assert all(found.count(f"title{n:02}") == 1 for n in range(1, 20))


def test_an_option_is_not_broken_in_html() -> None:
    found = html(report((command("chipcalc check h20 --as-of 2026-02-01"),)))
    assert '<span class="held">--as-of</span> <span class="held">2026-02-01</span>' in found


def test_decimal_points_stand_below_one_another_in_html() -> None:
    """A figure space is as wide as a digit, a punctuation space as a point."""
    cells = re.findall(r'<td class="number[^"]*">(.*?)</td>', html(report(TABLE)))
    bare = [re.sub("<.*?>[^<]*</span>", "", each) for each in cells]
    assert bare == ["96\u2008\u2007\u2007\u2007", "400–550\u2008\u2007\u2007\u2007", "2.909"]


def test_a_cut_figure_does_not_move_the_point_of_its_column_in_html() -> None:
    """The ellipsis hangs behind the digits, as a mark does, and takes no room."""
    rows = tuple(Row((cell(each),)) for each in ("2,368", "2.909…"))
    text = html(report(Grid((Column("PD", "decimal"),), rows)))
    assert '2.909<span class="mark">…</span></' in text
    assert "2,368\u2008\u2007\u2007\u2007</" in text


@pytest.mark.parametrize(
    ("make", "bold"),
    [(markdown, "**= 8**"), (html, "rowgroup"), (latex, r"\textbf{= 8}")],
)
def test_words_across_a_table_are_bold_only_where_they_head_it(make: object, bold: str) -> None:
    assert callable(make)
    columns = (Column("a"), Column("b"))
    for role, found in (("faint", False), ("", True)):
        across = Row((cell("= 8", role=role),), heading=True)  # type: ignore[arg-type]
        rows = (Row((cell("x"), cell("y"))), across)
        assert (bold in make(report(Grid(columns, rows)))) is found


@pytest.mark.parametrize("make", [markdown, html])
def test_words_that_are_set_apart_in_a_cell_stay_apart(make: object) -> None:
    assert callable(make)
    row = Row((cell("3A090.a  not met  88 FR 73458"),), heading=True)
    shown = make(report(Grid((Column("a"), Column("b")), (row,))))
    assert "3A090.a · not met · 88" in re.sub("<[^>]*>", "", shown)


def test_no_identifier_range_or_name_is_broken_in_html() -> None:
    notes = block("the ascend-910-premium-a takes 310–350 W beside an H20 96GB")
    text = html(report(TABLE, notes, unbroken=("H20 96GB",)))
    assert '<span class="held">ascend-910-premium-a</span>' in text
    assert '<span class="held">310–350</span>&nbsp;W' in text
    assert "H20&nbsp;96GB" in text


def test_phrases_keep_their_roles_and_links_in_html() -> None:
    line = phrased(
        "H20: ", Phrase("not met", "go"), " by ", Phrase("NVIDIA", "", "https://n.example")
    )
    page = Page(html(report((line,))))
    assert page.texts("span", **{"class": "go"}) == ["not met"]
    assert page.texts("a", href="https://n.example") == ["NVIDIA"]


def test_a_link_that_is_no_address_of_the_web_stays_text() -> None:
    page = Page(html(report((phrased(Phrase("here", "", "javascript:alert(1)")),))))
    assert not page.texts("a")


def test_the_style_of_an_answer_stays_within_it() -> None:
    """A notebook shows the answer in the middle of a page that has a style of its own."""
    bare = re.sub(r"@media[^{]*\{|\{[^{}]*\}", ",", SHEET)
    selectors = [each.strip(" \n}") for each in bare.split(",")]
    assert len([each for each in selectors if each]) > 40
    for each in filter(None, selectors):
        assert each.startswith(".chipcalc"), each
    page = Page(fragment(report(TABLE)))
    assert page.found[0][:2] == ("div", {"class": "chipcalc", "lang": "en"})
    assert not page.texts("body")


@pytest.mark.parametrize("element", ["table", "th, .chipcalc td"])
def test_a_page_that_frames_its_tables_does_not_frame_an_answer(element: str) -> None:
    (rule,) = re.findall(
        rf"\.chipcalc {element} \{{([^}}]*)\}}", SHEET.split("@media (max-width")[0]
    )
    assert re.search(r"\bborder: 0;", rule)


def test_bars_are_a_table_and_a_number_line_sentences_in_documents() -> None:
    bars = Bars((Bar("3A090.a", 55, "stop"), Bar("not settled", 33, "open")))
    line = NumberLine(
        "0", "mm²", ("800",), (Stretch("in", says="up to 800 mm²: in"), Stretch("out"))
    )
    page = Page(html(report(bars, line)))
    assert page.texts("th", scope="row") == ["3A090.a", "not settled"]
    assert page.texts("td", **{"class": "number"}) == ["55", "33"]
    assert page.texts("li") == ["up to\xa0800\xa0mm²: in".replace("to\xa0", "to "), "out"]


# LaTeX.


@given(HOSTILE, HOSTILE)
def test_braces_of_latex_are_balanced_whatever_the_text(word: str, note: str) -> None:
    grid = Grid((Column(word),), (Row((cell(word, note),)),))
    bare = re.sub(r"\\[{}\\]", "", latex(report(grid, block(note), title=word)))
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_a_command_is_set_in_latex_as_it_is_typed() -> None:
    """Two hyphens are set as a dash, and a quote as a raised comma, where nothing is said."""
    found = latex(report((command("chipcalc compare 'a100*' --all"),)))
    assert r"\textquotesingle{}a100*\textquotesingle{} -{}-all" in found


def test_an_address_of_latex_breaks_before_each_sign_in_per_cent_and_after_each_slash() -> None:
    found = latex(report(block("see https://a.example/%E6%98")))
    assert r"https:/\allowbreak{}/\allowbreak{}a.example/\allowbreak{}\allowbreak{}\%E6" in found
    assert r"\%E6\allowbreak{}\%98" in found


def test_a_wide_table_of_latex_is_split_and_words_wrap_within_the_page() -> None:
    columns = (Column(""), *(Column(f"chip {n}", "decimal", n) for n in range(1, 15)))
    rows = tuple(Row((cell("row"), *[cell("1,234,567.89")] * 14)) for _ in range(2))
    assert latex(report(Grid(columns, rows))).count(r"\begin{longtable}") > 1
    words = Grid((Column("a"), Column("b")), (Row((cell("word " * 30), cell("word " * 30))),))
    assert len(re.findall(r"p\{0\.\d+\\linewidth\}", latex(report(words)))) == 2


# Colours.


def luminance(red: int, green: int, blue: int) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (red / 255, green / 255, blue / 255)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((luminance(*one), luminance(*other)))
    return (light + 0.05) / (dark + 0.05)


def fixed(number: int) -> tuple[int, int, int]:
    """Return one of the fixed colours 16 to 255 of a terminal, as xterm defines them."""
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return grey, grey, grey
    levels = (0, 95, 135, 175, 215, 255)
    at = number - 16
    return levels[at // 36], levels[at // 6 % 6], levels[at % 6]


def named(text: str) -> tuple[int, int, int]:
    """Return a colour of a style sheet."""
    text = text.removeprefix("#")
    text = "".join(each * 2 for each in text) if len(text) == 3 else text
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:6], 16)


@pytest.mark.parametrize("role", COLOURS)
def test_every_colour_of_a_terminal_stands_out_on_white_and_on_black(role: str) -> None:
    colour = fixed(dict(COLOURS.items())[role])  # type: ignore[index]
    assert contrast(colour, (255, 255, 255)) >= 4.5
    assert contrast(colour, (0, 0, 0)) >= 4.5


def test_every_colour_of_a_document_stands_out_on_its_paper() -> None:
    sets = [dict(re.findall(r"--(\w+): (#\w+);", each)) for each in SHEET.split("}")]
    checked = 0
    for colours in (each for each in sets if "stop" in each):
        papers = [colours["paper"]] if "paper" in colours else ["#fff", "#000"]
        for name in ("stop", "go", "open", "link", "faint"):
            for paper in papers:
                assert contrast(named(colours[name]), named(paper)) >= 4.5, (name, paper)
                checked += 1
    assert checked == 10 + 3 * 5
