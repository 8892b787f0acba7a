"""A report reads well on a terminal, and every other format holds the same cells."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from chipcalc.tables import render
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.tables.style import Style
from chipcalc.words.line import TextLine, block, command

PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), max_size=12)
WORDS = st.sampled_from(["H20", "昇腾 910B", "1,979", "400–550", "unknown", "TOPS·bit/mm²", ""])

SIDES: list[Literal["left", "right"]] = ["left", "right"]


def report(
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    records: Sequence[Mapping[str, str]] = (),
    title: str = "",
    notes: tuple[str | TextLine, ...] = (),
    hint: str = "",
) -> Report:
    """Return a report with the given parts."""
    blocks = tuple(block(each) for each in (*notes, *([hint] if hint else [])))
    parts: tuple[Part, ...] = (Grid(tuple(columns), tuple(rows)), *blocks)
    return Report(dict, lambda: records, block(title), parts)


def row(*texts: str | Cell, level: int = 0, heading: bool = False) -> Row:
    """Return a row of words, the first of which is some levels in."""
    cells = [each if isinstance(each, Cell) else Cell((each,) if each else ()) for each in texts]
    return Row((cells[0]._replace(level=level), *cells[1:]), heading)


@st.composite
def reports(draw: st.DrawFn, cells: st.SearchStrategy[str] = WORDS) -> Report:
    """Draw a report with a leading column, and groups of one or two columns after it."""
    columns = [Column(draw(cells))]
    for group in range(1, draw(st.integers(0, 5)) + 1):
        side = draw(st.sampled_from(SIDES))
        columns += [Column(draw(cells), side, group) for _ in range(draw(st.integers(1, 2)))]
    width = len(columns)
    rows = [
        row(draw(cells.filter(str.strip)), heading=True)
        if draw(st.booleans())
        else row(*draw(st.lists(cells, min_size=width, max_size=width)))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return report(columns, rows)


def alone(whole: Report, group: int) -> str:
    """Return the text of the leading column with one group only."""
    chosen = [i for i, column in enumerate(whole.columns) if column.group in (0, group)]
    rows = [
        Row(tuple(each.cells[i] for i in chosen if i < len(each.cells)), each.heading)
        for each in whole.rows
    ]
    return render.table(report([whole.columns[i] for i in chosen], rows), Style(10**6))


def widest(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return max((wcswidth(line) for line in text.splitlines()), default=0)


BEST = Cell(("4,000",), role="best", starred=True)
ROUGH = Cell(("1,600",), estimated=True)
MISSING = cell("unknown", role="missing")
SIDE_BY_SIDE = report(
    [
        Column(""),
        Column("unit"),
        Column("H20", "right", 1),
        Column("昇腾 910B", "right", 2),
        Column("÷ h20", "right", 2),
        Column("H100", "right", 3),
        Column("÷ h20", "right", 3),
    ],
    [
        row("Memory", heading=True),
        row("Capacity", "GB", "96", "64", "0.667", "80", "0.833", level=1),
        row("Bandwidth", "GB/s", BEST, ROUGH, "0.4", MISSING, "–", level=1),
    ],
    title="Three chips",
    notes=("* best",),
    hint="--sources lists them",
)
BARE = SIDE_BY_SIDE._replace(title=(), parts=SIDE_BY_SIDE.parts[:1])

# The terminal.


def test_a_wide_table_is_split_and_every_part_begins_with_the_leading_columns() -> None:
    """41 columns are needed for the first two chips, 15 more for the third."""
    assert render.table(SIDE_BY_SIDE, Style(50)).split("\n\n") == [
        "Three chips",
        "\n".join(
            [
                "             unit     H20  昇腾 910B  ÷ h20",
                "Memory",
                "  Capacity   GB        96         64  0.667",
                "  Bandwidth  GB/s  4,000*     ~1,600    0.4",
            ]
        ),
        "\n".join(
            [
                "             unit     H100  ÷ h20",
                "Memory",
                "  Capacity   GB         80  0.833",
                "  Bandwidth  GB/s  unknown      –",
            ]
        ),
        "* best\n--sources lists them",
    ]


def test_a_table_that_fits_is_not_split() -> None:
    (table,) = render.table(BARE).split("\n\n")
    assert table.count("unit") == 1


@given(reports(), st.integers(1, 100))
def test_no_line_is_too_wide_where_a_split_could_help(whole: Report, width: int) -> None:
    groups = {column.group for column in whole.columns if column.group}
    least = max((widest(alone(whole, group)) for group in groups or {0}), default=0)
    assert widest(render.table(whole, Style(width))) <= max(width, least)


@given(reports(), st.integers(40, 100))
def test_a_split_loses_no_cell(whole: Report, width: int) -> None:
    shown = render.table(whole, Style(width))
    for text in [*(c.title for c in whole.columns), *(t for r in whole.rows for t in r.texts)]:
        assert all(each in shown for each in text.split())


def test_chinese_names_take_two_columns_a_character_and_align() -> None:
    lines = render.table(BARE).splitlines()
    assert {wcswidth(line) for line in lines if line != "Memory"} == {59}


@given(reports().filter(lambda whole: whole.columns[-1].group > 0))
def test_a_column_on_the_right_ends_in_one_place(whole: Report) -> None:
    columns = (*whole.columns, Column("end", "right", whole.columns[-1].group))
    rows = [
        each if each.heading else Row((*each.cells, cell("x" * number)))
        for number, each in enumerate(whole.rows, start=1)
    ]
    lines = render.table(report(columns, rows), Style(10**6)).splitlines()
    assert len({wcswidth(line) for line in lines if line.endswith(("x", "end"))}) == 1


def test_a_title_of_several_lines_stays_one_column() -> None:
    columns = [Column(""), Column("Ascend 910B", "right", 1, unit="TFLOPS")]
    assert render.table(report(columns, [row("FP16", "376")])) == "\n".join(
        ["      Ascend 910B", "           TFLOPS", "FP16          376"]
    )


def test_a_table_without_titles_has_no_line_for_them() -> None:
    assert render.table(report([Column(""), Column("")], [row("a", "b")])) == "a  b"


def test_a_report_without_rows_shows_its_titles() -> None:
    assert render.table(report([Column("id"), Column("name")], [])) == "id  name"


@given(
    st.lists(st.text("abc ", min_size=1, max_size=12), max_size=40).map(" ".join),
    st.integers(40, 100),
)
def test_notes_are_wrapped_to_the_width_and_lose_no_word(note: str, width: int) -> None:
    shown = render.table(report([Column("x")], [], notes=(note,)), Style(width))
    assert widest(shown) <= width
    assert shown.split() == ["x", *note.split()]


def test_each_part_of_a_cell_has_the_letter_of_its_footnote_before_what_joins_them() -> None:
    two = Cell(("required", "open", "review"), footnotes=(1, 0, 2), joint=";")
    whole = report([Column("x")], [Row((two,))])
    assert render.table(whole).splitlines() == ["x", "requiredᵃ;", "open;", "reviewᵇ"]
    assert "requiredᵃ;<br>open;<br>reviewᵇ" in render.markdown(whole)


def test_what_follows_the_letter_of_a_footnote_hangs_below_it() -> None:
    shown = render.table(
        report([Column("x")], [], notes=(TextLine(("word " * 9).strip(), marker="a"),)), Style(40)
    )
    assert shown.splitlines()[2:] == ["a  word word word word word word word", "   word word"]


# Colours.


@pytest.mark.parametrize(
    ("painted", "code"),
    [
        (row("Memory", heading=True), "1"),
        (row(MISSING, "1,600"), "38;5;243"),
        (row(cell("not offered", role="missing"), "1,600"), "38;5;243"),
        (row(BEST, "1,600"), "1"),
        (row(cell("met", role="stop"), "1,600"), "1;38;5;131"),
        (row(cell("not met", role="go"), "1,600"), "1;38;5;29"),
        (row(cell("not settled", role="open"), "1,600"), "1;38;5;98"),
    ],
    ids=["heading", "unknown", "not-offered", "best", "controlled", "not-met", "not-settled"],
)
def test_headings_the_best_the_missing_and_verdicts_have_their_looks(
    painted: Row, code: str
) -> None:
    whole = report([Column(""), Column("")], [painted])
    words = " ".join(render.marked(painted.cells[0]))
    rest = "  1,600" if len(painted.cells) > 1 else ""
    assert render.table(whole, Style(colours="full")) == f"\x1b[{code}m{words}\x1b[0m{rest}"


def test_a_sign_in_the_words_of_a_cell_is_no_mark() -> None:
    """The unit TOPS*bit is not the best of its row, nor is ~5 an estimate that nobody marked."""
    whole = report([Column(""), Column("")], [row("TOPS*bit", "~5")])
    assert render.table(whole, Style(colours="full")) == render.table(whole)


@given(reports(), st.integers(1, 100))
def test_colours_change_nothing_but_the_colour(whole: Report, width: int) -> None:
    painted = render.table(whole, Style(width, "full"))
    plain = re.sub("\x1b\\[[0-9;]+m", "", painted)
    assert [line.rstrip() for line in plain.splitlines()] == render.table(
        whole, Style(width)
    ).splitlines()


# Files.


def test_markdown_is_a_heading_a_table_and_a_list() -> None:
    columns = [Column(""), Column("H20", "right", 1, unit="96GB")]
    rows = [row("Memory", heading=True), row(cell("Capacity", "in all"), "96", level=1)]
    notes = (TextLine("one", marker="a"), TextLine("two", marker="b"))
    whole = report(columns, rows, title="One chip", notes=notes)
    assert render.markdown(whole).splitlines() == [
        "## One chip",
        "",
        "|                          |   H20 96GB |",
        "|:-------------------------|-----------:|",
        "| **Memory**               |            |",
        "| &emsp;Capacity<br>in all |         96 |",
        "",
        "- ᵃ one",
        "- ᵇ two",
    ]


@given(reports(PRINTED | st.sampled_from(["|", "a|b", "\\|"])))
def test_every_line_of_a_markdown_table_has_every_column(whole: Report) -> None:
    """GitHub Flavored Markdown, 4.10: a bar inside a cell is escaped with a backslash."""
    lines = render.markdown(whole).splitlines()
    assert len(lines) == len(whole.rows) + 2
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == len(whole.columns) + 1


class Page(HTMLParser):
    """The text inside each tag of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open.append(tag)
        self.found.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.found[tag][-1] += data


HOSTILE = PRINTED | st.sampled_from(
    ["<b>", "&lt;", "</td>", "<script>", '"', "'", "a&b", "{x}", "-->"]
)


@given(reports(HOSTILE), HOSTILE, HOSTILE)
def test_any_text_in_html_stays_text(whole: Report, title: str, note: str) -> None:
    page = Page(render.html(whole._replace(title=block(title), parts=(*whole.parts, block(note)))))
    titles = [each.title for each in whole.columns]
    texts = [*titles, *(text for each in whole.rows for text in each.texts)]
    found = [each.strip() for each in (*page.found.get("th", []), *page.found.get("td", []))]
    assert sorted(filter(None, found)) == sorted(filter(None, texts))
    assert page.found["title"] == page.found["h1"] == [title or "chipcalc"]
    assert page.found.get("p", []) == [note] * bool(note)
    assert "script" not in page.found


@pytest.mark.parametrize("sign", list("&%$#_{}~^\\"))
def test_no_sign_of_latex_stands_bare_in_a_cell_or_note(sign: str) -> None:
    text = f"a{sign}b"
    shown = render.latex(report([Column(text)], [row(text)], notes=(text,)))
    assert text not in shown
    escaped = re.findall(r"a(\\.*?)b", shown, re.DOTALL)
    assert len(escaped) >= 3
    assert {each.startswith("\\") for each in escaped} == {True}


def test_latex_is_a_table_of_booktabs_with_a_line_a_row() -> None:
    columns = [Column(""), Column("H20", "right", 1)]
    rows = [row(cell("Capacity", "in all"), "96", level=1)]
    lines = render.latex(report(columns, rows)).splitlines()
    assert lines[0].startswith("% \\usepackage{")
    assert lines[lines.index(r"\toprule") :] == [
        r"\toprule",
        r" & H20 \\",
        r"\midrule\endhead",
        r"\hspace*{1em}\begin{tabular}[t]{@{}l@{}}Capacity \\",
        r"in all\end{tabular} & 96 \\",
        r"\bottomrule",
        r"\end{longtable}}",
        "",
        r"\endgroup",
    ]


FIELDS = st.sampled_from(["chip", "metric", "value", "note"])
FACTS = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | HOSTILE


@given(st.lists(st.dictionaries(FIELDS, FACTS, min_size=1), min_size=1, max_size=4))
@example([{"note": "a\rb", "value": "\n"}])
def test_csv_reads_back_as_the_records(records: list[dict[str, str]]) -> None:
    text = render.comma_separated(report([], [], records=records))
    fields = dict.fromkeys(name for record in records for name in record)
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(read) == len(records)
    for row, record in zip(read, records, strict=True):
        for name in fields:
            value = record.get(name, "")
            assert row[name] in (value, f"'{value}")
            assert row[name] == value or value[0] in "=+-@\t\r"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-51", "-51"),
        ("+3,600", "+3,600"),
        ("-1.5e-3", "-1.5e-3"),
        ("h20-3e", "h20-3e"),
    ],
)
def test_no_field_of_csv_is_a_formula_and_numbers_stay(said: str, kept: str) -> None:
    text = render.comma_separated(report([], [], records=[{"note": said}]))
    assert next(csv.DictReader(io.StringIO(text)))["note"] == kept


def test_csv_of_nothing_is_empty() -> None:
    assert render.comma_separated(report([], [])) == ""


def test_json_is_the_data_under_their_schema_in_plain_characters() -> None:
    data = {"schema": "chipcalc.compare/1", "base": "昇腾", "best": None, "values": ['"', "\\"]}
    shown = render.json_text(Report(lambda: data, list))
    assert json.loads(shown) == data
    assert "昇腾" in shown


@pytest.mark.parametrize("name", ["table", "markdown", "html", "latex"])
def test_every_format_that_people_read_has_every_figure_and_note(name: str) -> None:
    shown = render.FORMATS[name](SIDE_BY_SIDE, Style(50)).replace("-{}-", "--")
    figures = [text for each in SIDE_BY_SIDE.rows for text in each.texts if text[:1].isdigit()]
    assert all(figure in shown for figure in figures)
    assert all(line.text in shown for note in SIDE_BY_SIDE.notes for line in note)


def test_a_caption_heads_a_document_that_has_no_title() -> None:
    whole = report([Column("x")], [], title="")._replace(caption="Two chips")
    assert render.markdown(whole).startswith("## Two chips\n")
    assert Page(render.html(whole)).found["h1"] == ["Two chips"]
    assert "Two chips" not in render.table(whole)


def test_a_command_on_several_lines_is_painted_to_its_last_sign() -> None:
    written = "chipcalc check metax-c500-oam --as-of 2026-02-01 --set applicable_die_area=1000mm2"
    lines = render.table(report([], [], notes=(command(written),)), Style(50, "full")).splitlines()
    assert len(lines) > 1
    assert all(each.startswith("\x1b[38;5;63m") for each in map(str.lstrip, lines))
    assert all(each.endswith("\x1b[0m") and each.count("\x1b") == 2 for each in lines)
