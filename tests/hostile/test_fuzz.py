"""Whatever is typed or written in a file is read, or refused as a mistake of the user's."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from chipcalc import yamlio
from chipcalc.claims.claim import Claims
from chipcalc.cli import application
from chipcalc.errors import ChipcalcError
from chipcalc.intake.table import table
from chipcalc.places.groups import Groups
from chipcalc.rules.rule import Rule
from chipcalc.schema.base import Frozen, parse
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.store import Store
from chipcalc.values import cells, numbers, units
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.language import Phrases
from daily import examples
from hostile_cases import SHEET
from shared import STORE

SPECS = Path(__file__).parent.parent / "specs"
NUMBERS = st.sampled_from(
    ["0", "1", "-1", "1e99", "1e-99", "1e999", "3.35", "1,5", "NaN", "٣", "9" * 99]
)
NAMES = st.sampled_from(
    ["GB", "TB/s", "TOPS*bit", "mm^2", "W", "b", "%", "USD", "", "GB^9*GB^9", "\u202e"]
)
SIGNS = st.sampled_from(
    ["+", "-", "*", "/", "(", ")", " to ", "^", ",", "..", "[", "]", "=", ".", "\n"]
)
FIGURES = st.sampled_from(["h20.tpp", "h20.throughput[fp8]", "h20.nosuch", "a.b", "min(", "max("])
PIECES = NUMBERS | NAMES | SIGNS | FIGURES | st.text(max_size=5)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def refused_or(work: Callable[[], object]) -> None:
    """Do something that may only be refused in words."""
    with suppress(ChipcalcError):
        work()


@given(TEXTS)
@example("1e999 GB")
@example("1 GB^9*GB^9*GB^9*GB^9")
def test_any_text_is_a_quantity_a_unit_a_number_or_refused(text: str) -> None:
    for read in (units.quantity, units.unit, units.number, numbers.read_exact):
        refused_or(lambda read=read: read(text))  # type: ignore[misc]


@given(TEXTS, st.sampled_from([".", ",", None]))
@example("9" * 5000, ".")
@example("1e999", ".")
def test_any_cell_is_read_or_not(text: str, decimal: cells.DecimalMark | None) -> None:
    assert isinstance(
        cells.read(text, decimal=decimal), cells.Amount | cells.Nothing | cells.Unread
    )


@given(TEXTS)
def test_any_expression_is_read_or_refused(text: str) -> None:
    refused_or(lambda: notation.parse(text, STORE.vocabulary))


LEAVES = PIECES | st.none() | st.booleans() | st.integers() | st.floats()
DATA = st.recursive(
    LEAVES.map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PIECES, inner, max_size=3),
)
KINDS: tuple[tuple[type[Frozen], str], ...] = (
    (Chip, "chips/acme/a10.yaml"),
    (Rule, "rules/atlantis/atl-1.yaml"),
    (Claims, "claims/acme-2024-01.yaml"),
    (Groups, "groups/atlantis.yaml"),
    (Vocabulary, "metrics.yaml"),
)


@pytest.mark.parametrize(
    ("model", "name"), KINDS, ids=lambda each: str(getattr(each, "__name__", ""))
)
@given(data=st.data())
@examples(30)
def test_a_spec_file_with_other_data_in_a_place_is_read_or_refused(
    model: type[Frozen], name: str, data: st.DataObject
) -> None:
    document = yamlio.load((SPECS / name).read_bytes(), name)
    assert isinstance(document.data, dict)
    key = data.draw(st.sampled_from(sorted(document.data)))
    changed = {**document.data, key: data.draw(DATA)}
    refused_or(lambda: parse(model, document._replace(data=changed)))


@given(DATA)
def test_any_phrases_are_read_or_refused(data: object) -> None:
    document = yamlio.Document({"language": "x", "comma": ",", "phrases": data}, {}, "x.yaml")  # type: ignore[dict-item]
    refused_or(lambda: parse(Phrases, document))


@given(TEXTS | st.binary(max_size=60))
@example(b"\xff\xfe\x00")
@example("a: &a [*a]")
def test_any_text_is_yaml_or_refused(text: str | bytes) -> None:
    refused_or(lambda: yamlio.load(text, "x.yaml"))


@given(TEXTS)
@examples(30)
def test_any_lines_of_a_sheet_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "x1.yaml"
    body = SHEET.replace("NAME", "x1") + f"values:\n  board_power:\n    - {{value: {text}}}\n"
    path.write_bytes(body.encode("utf-8", "surrogatepass"))
    refused_or(lambda: Store((SPECS,)).from_file(str(path)))


ENDINGS = (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".xlsx", ".txt")
GRIDS = st.lists(st.lists(TEXTS, max_size=4), max_size=4).map(
    lambda rows: "\n".join([",".join(row) for row in rows])
)


@given(st.sampled_from(ENDINGS), st.binary(max_size=80) | (GRIDS | TEXTS).map(_encoded))
@examples(100)
@example(".csv", b'Product,Note\nH20,"\r=1+1"\n')
@example(".csv", b'"')
@example(".json", b"[[[1e999]]]")
@example(".jsonl", b'{"a": NaN}')
@example(".xlsx", b"PK\x03\x04")
def test_any_file_of_a_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("table") / f"t{ending}"
    path.write_bytes(content)
    refused_or(lambda: table(path))


COMMANDS = ("check h20", "compare h20 h100", "calc", "headroom", "licence h20 --to", "list --sort")
OPTIONS = (
    "--set",
    "--tpp",
    "--die-area",
    "--throughput",
    "--as-of",
    "--when",
    "--at",
    "--rate",
    "--vendor",
)


@given(st.sampled_from(COMMANDS), st.lists(st.sampled_from(OPTIONS) | PIECES | TEXTS, max_size=3))
@examples(25)
def test_any_command_line_is_answered_or_refused_with_nothing_printed(
    command: str, more: list[str]
) -> None:
    words = [*shlex.split(command), *more]
    done = CliRunner().invoke(application(), words, prog_name="chipcalc")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in (0, 2)
    if done.exit_code == 2:
        assert not done.stdout
        assert done.stderr.startswith("error: ")
