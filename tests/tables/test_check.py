"""An answer is said first, in words that claim no more than the verdicts below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner
from wcwidth import wcswidth

from chipcalc.check.result import Checked
from chipcalc.check.what_if import blank, suppose
from chipcalc.cli import app
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables import answers
from chipcalc.tables.render import FORMATS, table
from chipcalc.tables.report import Report, Row
from chipcalc.words import check
from chipcalc.words.roles import verdict_words
from shared import RULEBOOK, STORE, printed, real_rules, rulebook, rules, said, text_of

Load: TypeAlias = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
CHIPS = ("a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1")
DAYS = ("2019-01-01", "2021-01-01", "2022-06-15", "2023-04-01", "2027-01-01")
REAL = ("h20", "h100-sxm", "a800-sxm", "rtx-4090", "ascend-910b4", "mi308x", "jetson-orin-nx-16gb")


def checked(
    store: Store, chip: str | Sheet, day: str = "2023-01-01", *own: Path, **given: str
) -> Checked:
    """Return a chip, or a changed one, checked under the rules of a day."""
    sheet = store.sheet(chip) if isinstance(chip, str) else chip
    item = suppose(sheet, given, store.vocabulary)
    return rules(store, day, own).check(item.evaluator, item.circumstances)


def described(store: Store, **given: str) -> Checked:
    """Return an item without a file, checked."""
    return checked(store, blank(store.vocabulary), **given)


def whole(store: Store, found: Sequence[Checked]) -> Report:
    """Return the report of some chips as the command prints it."""
    return answers.check(found, rulebook(store))


def entire(store: Store, found: Sequence[Checked]) -> Report:
    """Return the report of some chips with nothing left out."""
    return answers.check(found, rulebook(store), all_=True)


def rows(found: Report) -> dict[str, Row]:
    """Return the rows by what stands in their first cell."""
    return {each.texts[0]: each for each in found.rows}


def why(found: Report, paragraph: str) -> str:
    """Return what decided, as it stands beside a paragraph, on one line."""
    return rows(found)[paragraph].texts[2]


def widest(text: str) -> str:
    """Return the widest line."""
    return max(text.splitlines(), key=wcswidth)


def policy(folder: Path, body: str, name: str = "own-1") -> Path:
    """Return the file of a rule of one's own, with some criteria."""
    path = folder / f"{name}.yaml"
    head = f"id: {name}\nparagraph: Own\ntitle: Own\nkind: policy\nverified: 2026-01-01\n"
    version = "versions:\n  - in_force: 2020-01-01\n    confidence: unverified\n    note: my own\n"
    path.write_text(head + version + f"    {body}\n", encoding="utf-8")
    return path


def stating(rate: str, declared: str = "", area: str = "800") -> str:
    """Return a sheet for data centers with one rate, a die, and what the vendor declares."""
    when = "when: {format: int8, engine: tensor, sparsity: dense}"
    body = f"market: {{value: datacenter, {FIRM}}}\n"
    if rate:
        body += f"values:\n  throughput:\n    - {{value: {rate}, unit: TOPS, {when}, {FIRM}}}\n"
    body += (
        f"dies:\n  - {{name: D, transistor: gaa, area: {{value: {area}, unit: mm^2, {FIRM}}}}}\n"
    )
    if declared:
        body += f"declared:\n  tpp: {{value: {declared}, unit: TOPS*bit, {FIRM}}}\n"
    return body


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        pytest.param({"tpp": "3000", "performance_density": "4"}, "ATL.1 (1.a, 1.b)", id="upper"),
        pytest.param({"tpp": "2000", "performance_density": "1"}, "ATL.2 (2.a)", id="lower"),
        pytest.param(
            {"tpp": "999", "performance_density": "9", "memory_bandwidth": "101 GB/s"},
            "not ATL.1, not ATL.2; ATL.9",
            id="what remains",
        ),
        pytest.param(
            {"tpp": "999", "performance_density": "9", "memory_bandwidth": "100 GB/s"},
            "not ATL.1, not ATL.2",
            id="none",
        ),
    ],
)
def test_the_answer_names_the_paragraph_or_those_ruled_out(
    given: dict[str, str], answer: str, store: Store
) -> None:
    found = described(store, market="datacenter", **given)
    assert check.answer(found) == answer
    assert check.sentence(found) == f"The item described, 2023-01-01: {answer}"


def test_before_the_first_rule_there_is_none(store: Store) -> None:
    found = checked(store, "a10", "2019-01-01")
    assert check.answer(found) == "no rule yet, of those modelled"


def test_what_is_not_known_may_be_several_paragraphs_or_none(store: Store) -> None:
    """Between 1,000 and 3,000 ATL.1.b asks for a density of 4, the limbs of ATL.2 for less."""
    given = {"tpp": "2000", "market": "datacenter", "memory_bandwidth": "100 GB/s"}
    answer = check.answer(described(store, **given))
    assert answer == "not settled; ATL.1, ATL.2 or none of them"


def test_where_the_rest_is_caught_below_there_is_no_other_answer(store: Store) -> None:
    given = {"tpp": "2000", "market": "datacenter", "memory_bandwidth": "101 GB/s"}
    answer = check.answer(described(store, **given))
    assert answer == "not settled; ATL.1, ATL.2 or ATL.9"


def test_what_may_fall_under_nothing_says_so(store: Store) -> None:
    """At 100 GB/s or less the P1, with a performance of 80, falls under nothing."""
    assert check.answer(checked(store, "p1")).endswith("none of them")


def test_where_every_view_falls_under_something_none_is_no_answer(store: Store, load: Load) -> None:
    """Computed are 3,000, which is ATL.1.a; declared are 2,900, which is ATL.2."""
    answer = check.answer(checked(store, load(stating("375", "2900"))))
    assert answer == "not settled; ATL.1 or ATL.2"


def test_a_policy_of_one_s_own_is_not_part_of_the_classification(
    store: Store, tmp_path: Path
) -> None:
    own = policy(tmp_path, "all: {tpp: {at_least: 1 TOPS*bit}}")
    found = checked(store, "p1", "2021-01-01", own)
    assert "Own" not in check.answer(found)
    assert rows(whole(store, [found]))["Own"].texts[1] == "met"


def test_two_views_on_both_sides_of_a_line_come_before_the_answer(store: Store, load: Load) -> None:
    found = checked(store, load(stating("375", "2900")))
    lines = said(check.title(found))
    assert lines[:3] == [
        "The answer depends on which TPP counts:",
        "  3,000 TOPS·bit computed: ATL.1.a",
        "  2,900 TOPS·bit declared by the vendor: ATL.2.a and ATL.2.b",
    ]
    assert lines[3].startswith("X1, 2023-01-01: not settled")
    assert table(whole(store, [found])).startswith("The answer depends on which TPP counts:\n")


def test_two_views_on_one_side_are_shown_below(store: Store) -> None:
    """16,100 declared against 16,000 computed is 0.625 % more; both are above every limit."""
    found = checked(store, "b100-sxm")
    assert text_of(check.title(found)).startswith("Acme B100 SXM, 2023-01-01: ATL.1")
    assert said(check.views(found)) == [
        "Total processing performance, each way to state it:",
        "  16,000 TOPS·bit computed: ATL.1.a and ATL.1.b",
        "  16,100 TOPS·bit declared by the vendor (+0.62 %): ATL.1.a and ATL.1.b",
    ]


def test_a_view_just_below_a_limit_does_not_read_as_the_limit(store: Store, load: Load) -> None:
    """374.9999999999 TOPS at 8 bits are 2,999.9999999992, and not ATL.1.a."""
    found = checked(store, load(stating("374.9999999999", "3100")))
    assert "3,000" not in text_of([*check.title(found), *check.views(found)])


def test_many_chips_say_below_which_answers_depend_on_a_view(store: Store, load: Load) -> None:
    found = [checked(store, "a10"), checked(store, load(stating("375", "2900")))]
    notes = map(said, whole(store, found).notes)
    (note,) = [each for each in notes if each[0].startswith("X1")]
    assert note[1] == "  The answer depends on which TPP counts:"


MARKET = "designed or marketed for: data centers"
CIRCUIT = "item: integrated circuit"


def circumstances(found: Checked) -> str:
    """Return each circumstance that the rules ask for as it was given, assumed or told."""
    names = check.circumstances_asked(found)
    return "; ".join(check.circumstance(found, each, "unknown") for each in names)


@pytest.mark.parametrize(
    ("chip", "given", "line"),
    [
        ("a10", {}, f"{MARKET} (official); {CIRCUIT} (assumed)"),
        ("lt910", {}, f"{MARKET} (reported); {CIRCUIT} (assumed)"),
        ("b100-pcie", {}, f"designed or marketed for: unknown; {CIRCUIT} (assumed)"),
        (
            "z1",
            {"market": "datacenter", "item": "board"},
            f"{MARKET} (supposed); item: board (supposed)",
        ),
        ("a10", {"item": "ic"}, f"{MARKET} (official); {CIRCUIT}"),
    ],
)
def test_what_was_assumed_about_the_item_is_said(
    chip: str, given: dict[str, str], line: str, store: Store
) -> None:
    assert circumstances(checked(store, chip, **given)) == line


def test_a_circumstance_that_no_rule_asks_for_is_left_out(store: Store) -> None:
    """The rule of 2020 does not mention the market."""
    found = checked(store, "a10", "2021-01-01")
    assert circumstances(found) == "item: integrated circuit (assumed)"


def test_each_rule_has_a_row_below_its_kind(store: Store) -> None:
    found = entire(store, [checked(store, "a10", "2023-04-01")])
    assert [(each.texts[0], each.heading) for each in found.rows] == [
        ("Classification", True),
        ("ATL.1", False),
        ("ATL.2", False),
        ("ATL.9", False),
        ("Letter", True),
        ("Letter of March 2023", False),
    ]
    assert [each.texts[1] for each in found.rows if not each.heading] == [
        "met",
        "not met",
        "not met",
        "met",
    ]


def test_the_limbs_that_are_met_stand_before_the_reason(store: Store) -> None:
    found = described(store, tpp="2500", performance_density="1", market="datacenter")
    assert why(entire(store, [found]), "ATL.2").startswith("ATL.2.a: PD 1 ≥ 1 (0 %)")


def test_each_limb_that_is_met_has_its_own_reason(store: Store) -> None:
    """ATL.1.a asks for performance alone; a density of 4 is no reason for it."""
    found = why(entire(store, [checked(store, "a10")]), "ATL.1")
    assert "ATL.1.a and ATL.1.b: PD" not in found
    assert "TPP 3,200 ≥ 3,000" in found


BANDS = (
    "any: ["
    "{cite: first band, all: {tpp: {more_than: 14 TOPS*bit, less_than: 17 TOPS*bit}, "
    "memory_bandwidth: {more_than: 4500 GB/s}}}, "
    "{cite: second band, all: {tpp: {more_than: 20 TOPS*bit}}}]"
)


def test_each_alternative_that_is_missed_has_its_reason(store: Store, tmp_path: Path) -> None:
    """At 16 the performance lies within the first band; the memory keeps the item out of it."""
    given = {"tpp": "16", "memory_bandwidth": "2000 GB/s", "market": "datacenter"}
    own = policy(tmp_path, BANDS)
    found = checked(store, blank(store.vocabulary), "2021-01-01", own, **given)
    assert "memory bandwidth 2,000 ≤ 4,500 GB/s" in why(entire(store, [found]), "Own")


def test_a_rule_on_which_views_differ_says_what_each_comes_to(store: Store, load: Load) -> None:
    found = entire(store, [checked(store, load(stating("375", "2900")))])
    assert rows(found)["ATL.1"].texts[1] == "not settled"
    assert why(found, "ATL.1").startswith("computed: ATL.1.a; declared: not met")


def test_how_firm_the_text_is_stands_beside_it(store: Store) -> None:
    found = rows(entire(store, [checked(store, "a10", "2023-04-01")]))
    assert found["ATL.1"].texts[3] == "in force"
    assert found["ATL.9"].texts[3].split() == ["in", "force,", "secondary", "sources"]
    assert found["Letter of March 2023"].texts[3].split() == ["reported,", "secondary", "sources"]


def test_what_decides_is_said_for_a_paragraph_that_is_unknown(store: Store) -> None:
    found = checked(store, "b100-pcie", market="datacenter")
    assert said(check.deciding(found)) == [
        "ATL.2 is not settled.",
        "What decides: applicable die area unknown: the area of B100 die is not published",
        "  die area ≤ 3,000 mm²: not met, supposed",
        "  3,000 < die area ≤ 6,000 mm²: ATL.2.b, supposed",
        "  die area > 6,000 mm²: not met, supposed",
    ]


@pytest.mark.parametrize("chip", ["p1", "z1"])
def test_what_decides_on_what_remains_is_said(chip: str, store: Store) -> None:
    """Neither ATL.1 nor ATL.2 is open for these two; the memory bandwidth decides on ATL.9."""
    found = text_of(check.deciding(checked(store, chip)))
    assert "memory bandwidth unknown" in found
    assert "die area" not in found


def test_where_all_is_known_nothing_is_left_to_decide(store: Store) -> None:
    assert list(check.deciding(checked(store, "a10"))) == []


def test_many_chips_have_a_row_each_with_the_figures_of_the_paragraphs(store: Store) -> None:
    found = whole(store, [checked(store, each) for each in ("a10", "p1", "b100-pcie")])
    assert [each.title for each in found.columns] == ["id", "class", "TPP", "PD"]
    assert [list(row.texts[:4]) for row in found.rows] == [
        ["a10", "ATL.1 (1.a, 1.b)", "3,200", "4"],
        ["p1", "not settled", "80", "undefined"],
        ["b100-pcie", "ATL.1 (1.a)", "12,000", "unknown"],
    ]
    assert text_of(found.title) == "3 chips on 2023-01-01: 2 in ATL, 1 not settled"


def test_a_policy_stands_beside_the_classification_of_each_chip(
    store: Store, tmp_path: Path
) -> None:
    own = policy(tmp_path, "all: {board_power: {at_least: 500 W}}")
    found = whole(store, [checked(store, each, "2023-01-01", own) for each in ("a10", "a20")])
    cells = [row.texts[1] for row in found.rows]
    assert cells == ["ATL.1 (1.a, 1.b) Own: not met", "ATL.1 (1.a, 1.b) Own: met"]


def test_a_metric_under_conditions_is_shown_under_them(store: Store, tmp_path: Path) -> None:
    own = policy(tmp_path, "all: {'throughput[format=int8,engine=tensor]': {at_least: 300 TOPS}}")
    found = whole(store, [checked(store, each, "2023-01-01", own) for each in ("a10", "a20")])
    assert {"400", "1,000"} <= {cell for row in found.rows for cell in row.texts}


LATE = "Texts last checked on 2026-01-01, before 2026-01-02: ATL.1, ATL.2 and ATL.9"


@pytest.mark.parametrize(
    ("day", "notes"),
    [
        ("2022-06-15", ["ATL.2: to be obeyed from 2022-07-01"]),
        ("2022-07-01", []),
        ("2026-01-01", []),
        ("2026-01-02", [LATE]),
    ],
)
def test_how_fresh_the_rules_are_is_said(day: str, notes: list[str], store: Store) -> None:
    assert check.notes([checked(store, "a10", day)]) == notes


def test_every_answer_says_that_it_is_no_legal_advice(store: Store) -> None:
    for chips in (["a10"], ["a10", "p1"]):
        found = whole(store, [checked(store, each) for each in chips])
        assert text_of(found.notes[-1]).startswith(check.NO_ADVICE)
        every = entire(store, [checked(store, each) for each in chips])
        assert text_of(every.notes[-1]) == check.NO_ADVICE


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("day", DAYS)
def test_every_chip_and_all_together_render_in_every_format(
    name: str, day: str, store: Store
) -> None:
    found = [checked(store, each, day) for each in CHIPS]
    for some in ([each] for each in found):
        assert printed(name, whole(store, some))
    assert printed(name, whole(store, found))


@pytest.mark.parametrize("name", ["table", "markdown", "html"])
def test_the_answer_stands_in_a_document(name: str, store: Store) -> None:
    assert "ATL.1 (1.a, 1.b)" in printed(name, whole(store, [checked(store, "a10")]))


def test_the_answer_stands_in_a_latex_document(store: Store) -> None:
    shown = printed("latex", whole(store, [checked(store, "a10")]))
    assert "ATL.1 (1.a, 1.b)" in shown


@pytest.mark.parametrize(
    ("chip", "day"),
    [(chip, day) for chip in CHIPS for day in DAYS],
)
def test_one_chip_keeps_to_80_columns(chip: str, day: str, store: Store) -> None:
    line = widest(table(whole(store, [checked(store, chip, day)])))
    assert wcswidth(line) <= 80, line


def test_many_chips_keep_to_80_columns(store: Store, load: Load, tmp_path: Path) -> None:
    """Two figures that are no short decimals, a limb and a metric with a long name suffice."""
    own = policy(tmp_path, "all: {board_power: {at_least: 500 W}}")
    body = stating("375.123456789", area="801").replace(
        "value: 801", "value: 801, range: [801, 977]"
    )
    found = [checked(store, each, "2023-01-01", own) for each in ("lt910", load(body))]
    line = widest(table(whole(store, found)))
    assert wcswidth(line) <= 80, line


def run_printed(*arguments: str) -> str:
    """Return what a command prints."""
    found = CliRunner().invoke(app, list(arguments), prog_name="chipcalc")
    assert found.exit_code == 0, found.output
    return found.stdout


def real(chip: str) -> Checked:
    """Return a built-in chip, checked."""
    item = suppose(STORE.sheet(chip), {}, STORE.vocabulary)
    return real_rules("2026-02-01").check(item.evaluator, item.circumstances)


@pytest.mark.parametrize("chip", REAL)
def test_a_real_chip_keeps_to_80_columns(chip: str) -> None:
    shown = run_printed("check", chip, "--as-of", "2026-02-01", "--format", "table")
    line = widest("\n".join(each for each in shown.splitlines() if "://" not in each))
    assert wcswidth(line) <= 80, line


@pytest.mark.parametrize("chip", REAL)
def test_a_real_chip_has_its_answer_first_and_a_verdict_for_every_rule(chip: str) -> None:
    found = real(chip)
    report = answers.check([found], RULEBOOK, all_=True)
    answer = check.headline(found)
    assert f"{found.sheet.name}, 2026-02-01: " in answer.text
    assert answer in report.title
    verdicts = {each.texts[0]: each.texts[1] for each in report.rows if not each.heading}
    assert verdicts == {
        e.provision.rule.paragraph: verdict_words(e.verdict) for e in found.findings
    }
