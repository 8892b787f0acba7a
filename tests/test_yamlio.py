"""YAML text becomes plain data with lines, or an error that names its place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import yamlreader
from chipcalc.errors import ChipcalcError, Excerpt, Problem
from chipcalc.yamlio import Data, Document, dotted, load

FRAGMENTS = [
    *["a", "b", "h20", "4.80", "é", "三", ":", ": ", "- ", "\n", "  ", "\t", "[", "]", "{", "}"],
    *[",", "#", "&a", "*a", "!t ", "!", "|", ">", "'", '"', "\\", "\\u", "\\UFFFFFFFF", "%", "? "],
    *[
        "---\n",
        "...\n",
        "<<",
        "@",
        "`",
        "\0",
        "\x07",
        "\ud800",
        "\ufeff",
        "\r",
        "\x85",
        "%YAML 1.1\n",
    ],
]
TEXTS = st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
DATA = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=10,
)


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True, scope="module")
def _parser(request: pytest.FixtureRequest) -> object:
    """Run every test with both of PyYAML's parsers, because libyaml is not everywhere."""
    patch = pytest.MonkeyPatch()
    if request.param == "pure Python":
        patch.setattr(yamlreader, "_LOADER", yaml.BaseLoader)
    yield
    patch.undo()


def refusal(text: str | bytes) -> Problem:
    """Return the one problem of a text that is refused."""
    with pytest.raises(ChipcalcError) as caught:
        load(text, "a.yaml")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    "scalar",
    ["NO", "off", "null", "~", "4.80", "1e3", "010", "0x1F", "12:30:45", "2024-02-29", ".nan"],
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    assert load(f"a: {scalar}\nb: [{scalar}]", "a.yaml").data == {"a": scalar, "b": [scalar]}


def test_a_missing_value_is_an_empty_text() -> None:
    assert load("a:\nb: ''\n<<: c", "a.yaml").data == {"a": "", "b": "", "<<": "c"}


def test_every_key_and_item_has_its_line() -> None:
    text = "# a sheet\na: 1\nb:\n  - c: 2\n    d: [3,\n      4]\n  - e\n"
    assert load(text, "a.yaml").lines == {
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 0, "d"): 5,
        ("b", 0, "d", 0): 5,
        ("b", 0, "d", 1): 6,
        ("b", 1): 7,
    }


@given(DATA.filter(bool))
def test_what_another_program_writes_reads_the_same(data: Data) -> None:
    text = yaml.safe_dump(data, default_style='"', allow_unicode=True)
    assert load(text, "a.yaml").data == load(text.encode(), "a.yaml").data == data


@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.integers(0, 3), min_size=1))
def test_the_line_of_a_key_is_the_one_it_stands_in(gaps: dict[str, int]) -> None:
    """Keys with so many empty lines before each of them."""
    document = load("".join("\n" * gap + f"{key}: x\n" for key, gap in gaps.items()), "a.yaml")
    line = 0
    for key, gap in gaps.items():
        line += gap + 1
        assert document.line([key]) == line


REFUSED = {
    "a key given twice": ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice; first in line 1"),
    "an inner key given twice": ("a:\n  - {b: 1,\n     b: 2}\n", 3, "first in line 2"),
    "an anchor": ("a: 1\nb: &c 2\n", 2, "anchors and aliases"),
    "an anchor on a list": ("a:\n  &c\n  - 1\n", 2, "anchors and aliases"),
    "an alias": ("a: 1\nb: *c\n", 2, "anchors and aliases"),
    "an alias as a key": ("a: 1\n*c : 2\n", 2, "anchors and aliases"),
    "a tag": ("a: 1\nb: !!int 2\n", 2, "tag tag:yaml.org,2002:int"),
    "a tag of one's own": ("a: 1\nb: !c {d: 2}\n", 2, "the tag !c"),
    "a second document": ("a: 1\n---\nb: 2\n", 2, "a second document"),
    "a list as a key": ("a: 1\n? [b]\n: 2\n", 2, "a key must be a plain word"),
    "a mapping as a key": ("a: 1\n{b: c}: 2\n", 2, "a key must be a plain word"),
    "nesting without end": ("a:\n  " + "[" * 10_000, 2, "nested too deeply"),
    "deep nesting in a mapping": ("a:\n  " + "{b: " * 10_000, 2, "nested too deeply"),
    "a tab for indentation": ("a:\n\tb: 1\n", 2, "a tab where YAML takes spaces"),
    "an open bracket": ("a: 1\nb: [2\nc: 3\n", 3, "a list in brackets is not closed"),
    "an open bracket at the end of a file": ("a: [1,\n b", 2, "a list in brackets is not closed"),
    "an open quote": ("a: 1\nb: 'c\n", 3, "a text in quotes is not closed"),
    "a directive of another YAML": (
        "%YAML 2.0\n---\na: 1\n",
        1,
        "YAML directives are not used here",
    ),
    "a character beyond Unicode": (
        'a: 1\nb: "\\UFFFFFFFF"\n',
        2,
        "a character that does not exist",
    ),
    "half a character, escaped": ('a: 1\nb: "\\ud800"\n', 2, "character"),
    "half a character": ("a: 1\nb: \ud800\n", 2, "the character U+D800"),
    "a control character": ("a: 1\nb: \x07\n", 2, "the character U+0007"),
    "bytes that are no UTF-8": (b"a: 1\nb: \xff\n", 2, "not UTF-8 text"),
    "a byte of Latin-1": ("a: 1\nb: é\n".encode("latin-1"), 2, "not UTF-8 text"),
}


@pytest.mark.parametrize(("text", "line", "what"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_plain_yaml_is_refused_with_file_and_line(
    text: str | bytes, line: int, what: str
) -> None:
    problem = refusal(text)
    assert what in problem.what
    assert (problem.file, problem.line) == ("a.yaml", line)


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", b""])
def test_an_empty_file_is_refused_with_a_hint(text: str | bytes) -> None:
    problem = refusal(text)
    assert (problem.what, problem.file) == ("the file is empty", "a.yaml")
    assert "chipcalc schema" in problem.hint


def test_a_file_larger_than_any_sheet_is_refused_unread() -> None:
    assert refusal("a" * 5_000_001).what == "it is larger than 1 MB"


@pytest.mark.parametrize("depth", [1, 40])
def test_nesting_as_deep_as_any_use_is_read(depth: int) -> None:
    data = load("[" * depth + "]" * depth, "a.yaml").data
    for _ in range(depth - 1):
        assert isinstance(data, list)
        (data,) = data
    assert data == []


@given(TEXTS | st.binary())
def test_any_text_is_data_or_an_error_of_ours_in_the_file(text: str | bytes) -> None:
    try:
        data = load(text, "a.yaml").data
    except ChipcalcError as fault:
        places = {each.file for each in fault.problems if each.what}
    else:
        places = {"a.yaml"} if isinstance(data, str | list | dict) else set()
    assert places == {"a.yaml"}


def test_a_place_without_a_line_has_that_of_the_key_above_it() -> None:
    document = load("a:\n  b:\n    - c: 1\n", "a.yaml")
    assert document.line(("a", "b", 0, "missing")) == 3
    assert document.line(("a", "missing", 7)) == 1
    assert document.line(()) == 1
    assert Document({}, {}, "a.yaml").line(("a",)) == 1


def test_a_problem_at_a_place_has_file_line_and_path() -> None:
    problem = load("a:\n  - b: 1\n", "a.yaml").problem(("a", 0, "b"), "it is wrong", "mend it")
    excerpt = Excerpt(("  - b: 1",), ((7, 8),), 2)
    assert problem == Problem("it is wrong", "a.yaml", 2, "a[0].b", "mend it", excerpt=excerpt)


def test_a_path_is_written_with_dots_and_brackets() -> None:
    assert dotted(("values", "throughput", 0, "unit")) == "values.throughput[0].unit"
    assert dotted((0, "a")) == "[0].a"
    assert dotted(()) == ""


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    for text in ("\ufeffa: é\n", "a: é\n".encode("utf-8-sig"), "a: é\n".encode("utf-16")):
        assert load(text, "a.yaml").data == {"a": "é"}
