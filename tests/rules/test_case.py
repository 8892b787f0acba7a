"""What rules come to for one chip on one day, line by line, whatever is missing or in dispute."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing, key
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import Combined, Criterion, Named, RuleMet, Unless, Unpublished, fold
from chipcalc.rules.provision import Provision
from chipcalc.rules.reader import from_data
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Relation, Verdict
from chipcalc.values.units import quantity

Load: TypeAlias = Callable[[str], Sheet]
Read: TypeAlias = Callable[..., Line]
On: TypeAlias = Callable[..., Case]
D = datetime.date
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
FIRM = "status: official, source: sheet"
DAY = D(2024, 1, 1)
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@pytest.fixture(scope="session")
def rulebook(store: Store) -> Rulebook:
    """Return the made-up rules."""
    return Rulebook(store)


@pytest.fixture(scope="session")
def on(store: Store, rulebook: Rulebook) -> On:
    """Return a function that makes a case of a chip under the made-up rules of a day."""

    def made(chip: str | Sheet, day: datetime.date = DAY, **circumstances: str) -> Case:
        sheet = store.sheet(chip) if isinstance(chip, str) else chip
        provisions = {each.id: each for each in rulebook.on(day)}
        return Case(Evaluator(sheet, store.vocabulary), provisions, circumstances)

    return made


@pytest.fixture(scope="session")
def read(on: On) -> Read:
    """Return a function that reads the criteria of plain data for a chip."""

    def line(
        chip: str | Sheet,
        data: Mapping[str, Any],
        undefined: Mapping[str, str] | None = None,
        day: datetime.date = DAY,
        **circumstances: str,
    ) -> Line:
        criterion = from_data({"all": dict(data)}, (), undefined or {})
        return fold(criterion, on(chip, day, **circumstances))

    return line


def limits(chip: str | Sheet, metric: str, limit: str, read: Read, **more: Any) -> dict[str, str]:
    """Return what each of the four relations of a metric to a limit comes to."""
    return {
        relation: read(chip, {metric: {relation: limit}}, **more).verdict.value
        for relation in RELATIONS
    }


def all_of(verdict: Verdict) -> dict[str, str]:
    """Return the same verdict for each of the four relations."""
    return dict.fromkeys(RELATIONS, verdict.value)


def says(at_least: str, more_than: str, at_most: str, less_than: str) -> dict[str, str]:
    """Return a verdict for each of the four relations."""
    verdicts = (at_least, more_than, at_most, less_than)
    return dict(zip(RELATIONS, verdicts, strict=True))


# Comparisons.


def test_the_relations_are_in_the_order_in_which_these_tests_name_them() -> None:
    assert RELATIONS == ("at_least", "more_than", "at_most", "less_than")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("1999.999999 GB/s", says("met", "met", "not met", "not met")),
        ("2000 GB/s", says("met", "not met", "met", "not met")),
        ("2 TB/s", says("met", "not met", "met", "not met")),
        ("16000 Gbit/s", says("met", "not met", "met", "not met")),
        ("2000.000001 GB/s", says("not met", "not met", "met", "met")),
    ],
)
def test_a_figure_is_compared_exactly_in_whatever_unit(
    limit: str, expected: dict[str, str], read: Read
) -> None:
    """The A10 reads 2,000 GB/s from its memory."""
    assert limits("a10", "memory_bandwidth", limit, read) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("299 W", says("met", "met", "not met", "not met")),
        ("300 W", says("met", "unknown", "unknown", "not met")),
        ("320 W", all_of(UNKNOWN)),
        ("350 W", says("unknown", "not met", "met", "unknown")),
        ("351 W", says("not met", "not met", "met", "met")),
    ],
)
def test_a_range_leaves_open_what_its_ends_do_not_agree_on(
    limit: str, expected: dict[str, str], read: Read
) -> None:
    """The B100 PCIe draws 300 to 350 W."""
    assert limits("b100-pcie", "board_power", limit, read) == expected


def test_a_quotient_is_not_rounded(read: Read, load: Load) -> None:
    """700 TOPS × 8 bit over 300 mm² is 18.666… with no end of sixes."""
    sheet = load(
        "values:\n  throughput:\n    - {value: 700, unit: TOPS, when: {format: int8, "
        f"engine: tensor, sparsity: dense}}, {FIRM}}}\n"
        f"dies: [{{name: d, transistor: finfet, area: {{value: 300, unit: mm^2, {FIRM}}}}}]\n"
    )
    below, above = "18.66666666666666666666 TOPS*bit/mm^2", "18.66666666666666666667 TOPS*bit/mm^2"
    assert limits(sheet, "performance_density", below, read)["more_than"] == "met"
    assert limits(sheet, "performance_density", above, read)["less_than"] == "met"


def test_what_nobody_published_is_unknown_under_every_relation(read: Read) -> None:
    assert limits("b100-pcie", "memory_bandwidth", "5 GB/s", read) == all_of(UNKNOWN)


@pytest.mark.parametrize("chip", ["a20", "a20-lite"])
@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("0 GB/s", says("met", "not met", "met", "not met")),
        ("1 GB/s", says("not met", "not met", "met", "met")),
    ],
)
def test_what_a_chip_does_not_have_counts_as_zero(
    chip: str, limit: str, expected: dict[str, str], read: Read
) -> None:
    assert limits(chip, "host_bandwidth", limit, read) == expected


def test_what_a_chip_does_not_have_adds_nothing_to_a_sum(read: Read) -> None:
    """The A20 has links of 800 GB/s and none to a host."""
    found = limits("a20", "io_bandwidth", "800 GB/s", read)
    assert found == says("met", "not met", "met", "not met")


def test_what_the_rules_text_leaves_undefined_is_unknown(read: Read) -> None:
    """The P1 is planar throughout: it has no density, and nothing says what follows."""
    assert limits("p1", "performance_density", "1 TOPS*bit/mm^2", read) == all_of(UNKNOWN)


def test_what_is_undefined_fails_every_relation_where_the_rule_says_so(read: Read) -> None:
    found = limits(
        "p1",
        "performance_density",
        "1 TOPS*bit/mm^2",
        read,
        undefined={"performance_density": "there is none"},
    )
    assert found == all_of(NOT_MET)


def test_what_a_rule_says_of_one_undefined_metric_says_nothing_of_another(read: Read) -> None:
    undefined = {"tpp": "there is none"}
    found = limits("p1", "performance_density", "1 TOPS*bit/mm^2", read, undefined=undefined)
    assert found == all_of(UNKNOWN)


def test_what_is_unknown_is_not_undefined(read: Read) -> None:
    """The die of the B100 PCIe has an area, which nobody has published."""
    undefined = {"performance_density": "there is none"}
    found = limits("b100-pcie", "performance_density", "1 TOPS*bit/mm^2", read, undefined=undefined)
    assert found == all_of(UNKNOWN)


def test_what_may_or_may_not_be_defined_is_unknown(read: Read, load: Load) -> None:
    """The area is 0 to 800 mm², 400 at best; at 400 the density is 2000 / 400 = 5."""
    sheet = load(
        "values:\n  throughput:\n    - {value: 250, unit: TOPS, when: {format: int8, "
        f"engine: tensor, sparsity: dense}}, {FIRM}}}\n"
        "dies:\n  - {name: d, transistor: finfet, area: "
        f"{{value: 400, range: [0, 800], unit: mm^2, {FIRM}}}}}\n"
    )
    undefined = {"performance_density": "there is none"}
    data = {"performance_density": {"at_least": "4 TOPS*bit/mm^2"}}
    assert read(sheet, data, undefined).verdict is UNKNOWN


def test_a_figure_that_could_be_several_is_unknown(read: Read) -> None:
    line = read("a10", {"throughput": {"at_least": "1 TOPS"}}).parts[0]
    assert line.verdict is UNKNOWN
    assert isinstance(line.answer, Missing)
    assert line.answer.kind == "ambiguous"


def test_conditions_choose_the_figure(read: Read) -> None:
    """INT8 at 400 TOPS, FP16 at 200 TFLOPS; the A20 has no TF32."""
    for chip, number_format, expected in (
        ("a10", "int8", MET),
        ("a10", "fp16", NOT_MET),
        ("a20", "tf32", NOT_MET),
        ("b100-pcie", "int8", UNKNOWN),
    ):
        line = read(chip, {f"throughput[format={number_format}]": {"at_least": "201 TOPS"}})
        assert line.verdict is expected


def test_a_price_in_another_currency_is_unknown(read: Read) -> None:
    """The 910 costs 100,000 CNY; the vocabulary admits both currencies."""
    assert limits("lt910", "price", "5000 USD", read) == all_of(UNKNOWN)


def test_a_comparison_shows_the_figure_that_it_rests_on(read: Read) -> None:
    line = read("a10", {"memory_bandwidth": {"at_least": "3 TB/s"}}).parts[0]
    assert isinstance(line.answer, Figure)
    assert [each.origin for each in line.answer.statements()] == ["a10.yaml:21"]
    missing = read("b100-pcie", {"memory_bandwidth": {"at_least": "3 TB/s"}}).parts[0]
    assert isinstance(missing.answer, Missing)


# Circumstances.


@pytest.mark.parametrize(
    ("chip", "asked", "expected"),
    [
        ("a10", "datacenter", MET),
        ("a10", ["edge", "datacenter"], MET),
        ("a10", "edge", NOT_MET),
        ("a10", {"not": "datacenter"}, NOT_MET),
        ("a10", {"not": ["edge", "datacenter"]}, NOT_MET),
        ("a10", {"not": ["edge", "consumer"]}, MET),
        ("a20-lite", "datacenter", MET),
        ("b100-pcie", "datacenter", UNKNOWN),
        ("b100-pcie", {"not": "datacenter"}, UNKNOWN),
    ],
)
def test_a_circumstance_is_what_the_sheet_says_and_open_where_it_is_silent(
    chip: str, asked: Any, expected: Verdict, read: Read
) -> None:
    assert read(chip, {"market": asked}).verdict is expected


def test_what_the_user_says_of_a_circumstance_comes_before_the_sheet(read: Read) -> None:
    for chip in ("a10", "b100-pcie"):
        line = read(chip, {"market": "edge"}, market="edge")
        assert (line.verdict, line.parts[0].said) == (MET, "edge")


def test_what_is_usual_holds_unless_the_user_says_otherwise(read: Read) -> None:
    assert read("a10", {"item": "ic"}).verdict is MET
    assert read("a10", {"item": "ic"}, item="board").verdict is NOT_MET


def test_a_detail_of_the_sheet_tells_a_circumstance_by_how_it_begins(
    read: Read, load: Load
) -> None:
    assert read("a10", {"memory_kind": "hbm"}).verdict is MET
    assert read("b100-pcie", {"memory_kind": "hbm"}).verdict is UNKNOWN
    sheet = load(f"details: {{memory_type: [{{value: GDDR6 beside HBM, {FIRM}}}]}}\n")
    assert read(sheet, {"memory_kind": "hbm"}).verdict is NOT_MET
    assert read(load("variant_of: {chip: a10}\n"), {"memory_kind": "hbm"}).verdict is MET


def test_a_detail_that_no_value_fits_leaves_its_circumstance_open(specs: Path) -> None:
    """Without a value for all other memory, GDDR6 is none of the known kinds."""
    words, sheet = specs / "metrics.yaml", specs / "chips" / "acme" / "a10.yaml"
    text = words.read_text(encoding="utf-8").replace("      other: {label: other memory}\n", "")
    words.write_text(text, encoding="utf-8")
    said = []
    for memory in ("HBM2e", "GDDR6"):
        text = sheet.read_text(encoding="utf-8").replace("value: HBM2e", f"value: {memory}")
        sheet.write_text(text, encoding="utf-8")
        store = Store((specs,))
        said.append(Case(Evaluator(store.sheet("a10"), store.vocabulary), {}).said("memory_kind"))
    assert said == ["hbm", ""]


@pytest.mark.parametrize("kinds", [("HBM3", "GDDR6"), ("GDDR6", "HBM3")])
def test_details_that_disagree_leave_a_circumstance_open(
    kinds: tuple[str, str], read: Read, load: Load
) -> None:
    stated = ", ".join(f"{{value: {each}, {FIRM}}}" for each in kinds)
    sheet = load(f"details: {{memory_type: [{stated}]}}\n")
    assert read(sheet, {"memory_kind": "hbm"}).verdict is UNKNOWN


def test_a_variant_has_the_memory_of_its_parent_where_it_states_another_detail(
    specs: Path, tmp_path: Path
) -> None:
    words = specs / "metrics.yaml"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("details:\n", "details:\n  shape: {label: Shape}\n", 1), "utf-8")
    store = Store((specs,))
    path = tmp_path / "v1.yaml"
    shape = "details: {shape: [{value: card, status: estimated, note: a guess}]}"
    path.write_text(
        f"id: v1\nname: V1\nvendor: acme\nvariant_of: {{chip: a10}}\n{shape}\n", "utf-8"
    )
    case = Case(Evaluator(store.from_file(str(path)), store.vocabulary), {})
    assert case.said("memory_kind") == "hbm"


# Launch dates and names.

known_dates = st.tuples(st.dates(D(2020, 1, 1), D(2023, 12, 31)), st.sampled_from([4, 7, 10])).map(
    lambda pair: pair[0].isoformat()[: pair[1]]
)
EVERY_DAY = [D(2020, 1, 1) + datetime.timedelta(days=number) for number in range(4 * 365 + 1)]


@given(known_dates, st.dates(D(2019, 12, 30), D(2024, 1, 2)), st.sampled_from(["from", "before"]))
def test_a_launch_says_what_all_days_say_that_it_may_mean(
    read: Read, load: Load, launched: str, day: datetime.date, word: str
) -> None:
    """Every day is tried that begins as the date is written, of a year, a month, or the day."""
    meant = [each for each in EVERY_DAY if each.isoformat().startswith(launched)]
    said = {each < day if word == "before" else each >= day for each in meant}
    expected = UNKNOWN if len(said) > 1 else MET if said == {True} else NOT_MET
    line = read(load(f"launched: {launched}\n"), {"launched": {word: day.isoformat()}})
    assert (line.verdict, line.parts[0].said) == (expected, launched)


@pytest.mark.parametrize(
    ("launched", "from_february", "before_march"),
    [
        ("2024-01-31", NOT_MET, MET),
        ("2024-02-01", MET, MET),
        ("2024-02", MET, MET),
        ("2024-03", MET, NOT_MET),
        ("2024", UNKNOWN, UNKNOWN),
        ("2023", NOT_MET, MET),
        ("2023-12", NOT_MET, MET),
    ],
)
def test_a_launch_is_as_exact_as_it_is_known(
    launched: str, from_february: Verdict, before_march: Verdict, read: Read, load: Load
) -> None:
    sheet = load(f"launched: {launched}\n")
    assert read(sheet, {"launched": {"from": "2024-02-01"}}).verdict is from_february
    assert read(sheet, {"launched": {"before": "2024-03-01"}}).verdict is before_march


@pytest.mark.parametrize(("launched", "last"), [("2023", "2023-12-31"), ("2024-02", "2024-02-29")])
def test_a_launch_may_be_as_late_as_the_last_day_that_is_meant(
    launched: str, last: str, read: Read, load: Load
) -> None:
    sheet = load(f"launched: {launched}\n")
    assert read(sheet, {"launched": {"before": last}}).verdict is UNKNOWN
    assert read(sheet, {"launched": {"from": last}}).verdict is UNKNOWN


@pytest.mark.parametrize("word", ["from", "before"])
def test_an_unknown_launch_is_unknown_and_a_variants_is_its_own(
    word: str, read: Read, load: Load
) -> None:
    for body in ("", "variant_of: {chip: a10}\n"):
        line = read(load(body), {"launched": {word: "2024-02-01"}})
        assert (line.verdict, line.parts[0].said) == (UNKNOWN, "")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("a10", MET),
        ("atlas", MET),
        (["b100", "a10"], MET),
        ("a20", NOT_MET),
        (["b100", "zenith"], NOT_MET),
        ("a1", NOT_MET),
        ("acme", MET),
    ],
)
def test_a_chip_is_named_by_its_id_its_family_or_its_vendor(
    names: Any, expected: Verdict, read: Read
) -> None:
    line = read("a10", {"chip": names}).parts[0]
    assert (line.verdict, line.said) == (expected, "Acme A10")


def test_what_is_not_public_is_unknown_for_every_chip(read: Read, store: Store) -> None:
    assert {read(chip, {"unpublished": "limits"}).verdict for chip in store.files} == {UNKNOWN}


def test_what_is_not_modelled_is_unknown_for_every_chip(read: Read, store: Store) -> None:
    assert {read(chip, {"unmodelled": "its code"}).verdict for chip in store.files} == {UNKNOWN}


# Criteria together.

YES, NO, OPEN = Named(("a10",)), Named(("z9",)), Unpublished("limits")
TRUTHS: Mapping[Criterion, tuple[bool, ...]] = {
    YES: (True,),
    NO: (False,),
    OPEN: (True, False),
}
settled: st.SearchStrategy[Criterion] = st.sampled_from([YES, NO, OPEN])
trees: st.SearchStrategy[Criterion] = st.recursive(
    settled,
    lambda inner: st.one_of(
        st.builds(
            Combined,
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(Unless, inner, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=7,
)


def ends(node: Criterion) -> list[Criterion]:
    """Return what a tree ends in, one item for each time it stands there."""
    if isinstance(node, Combined):
        return [each for part in node.parts for each in ends(part)]
    if isinstance(node, Unless):
        return [each for part in (node.of, *node.exceptions) for each in ends(part)]
    return [node]


def holds(node: Criterion, truths: Iterator[bool]) -> bool:
    """Return whether a tree holds where its ends have these truths, taken from left to right."""
    if isinstance(node, Combined):
        found = [holds(part, truths) for part in node.parts]
        return all(found) if node.how == "all" else any(found)
    if isinstance(node, Unless):
        of = holds(node.of, truths)
        taken = [holds(each, truths) for each in node.exceptions]
        return of and not any(taken)
    return next(truths)


@given(trees)
def test_a_verdict_is_what_holds_however_the_unknown_turns_out(on: On, tree: Criterion) -> None:
    """Each end stands for a fact of its own; all ways for these facts to turn out are tried."""
    worlds = product(*(TRUTHS[each] for each in ends(tree)))
    said = {holds(tree, iter(world)) for world in worlds}
    expected = UNKNOWN if len(said) > 1 else MET if said == {True} else NOT_MET
    assert fold(tree, on("a10")).verdict is expected


@pytest.mark.parametrize(
    ("of", "exception", "expected"),
    [
        (YES, YES, NOT_MET),
        (YES, OPEN, UNKNOWN),
        (YES, NO, MET),
        (OPEN, YES, NOT_MET),
        (OPEN, OPEN, UNKNOWN),
        (OPEN, NO, UNKNOWN),
        (NO, YES, NOT_MET),
        (NO, OPEN, NOT_MET),
        (NO, NO, NOT_MET),
    ],
)
def test_an_exception_takes_away_what_it_is_known_to_take(
    of: Criterion, exception: Criterion, expected: Verdict, on: On
) -> None:
    assert fold(Unless(of, (exception,)), on("a10")).verdict is expected
    assert fold(Unless(of, (NO, exception)), on("a10")).verdict is expected


def nodes(line: Line) -> Criterion:
    """Return the criterion of a line, put together from those of the lines below it."""
    if isinstance(line.node, Combined):
        return line.node._replace(parts=tuple(nodes(each) for each in line.parts))
    if isinstance(line.node, Unless):
        (of,) = line.parts
        return Unless(nodes(of), tuple(nodes(each) for each in line.exceptions))
    return line.node


@given(trees)
def test_the_lines_of_an_explanation_follow_the_criteria(on: On, tree: Criterion) -> None:
    line = fold(tree, on("a10"))
    assert line.node == nodes(line) == tree


def limb(cite: str, *parts: Criterion) -> Combined:
    """Return a limb that asks for all of its parts."""
    return Combined("all", parts, cite)


@pytest.mark.parametrize(
    ("tree", "cites"),
    [
        (Combined("any", (limb("1", YES), limb("2", NO), limb("3", OPEN), limb("4", YES))), "1 4"),
        (Combined("any", (limb("1", NO), limb("2", OPEN))), ""),
        (Combined("all", (Combined("any", (limb("1", YES),)), limb("2", YES))), "1 2"),
        (Combined("all", (Combined("any", (limb("1", YES),)), limb("2", OPEN))), ""),
        (Combined("any", (Combined("any", (limb("1.a", YES), limb("1.b", YES)), "1"),)), "1"),
        (Unless(Combined("any", (limb("1", YES),)), (limb("Note", NO),)), "1"),
        (Unless(Combined("any", (limb("1", YES),)), (limb("Note", OPEN),)), ""),
        (Unless(Combined("any", (limb("1", YES),)), (limb("Note", YES),)), ""),
        (YES, ""),
    ],
)
def test_the_limbs_that_are_met_are_cited_in_the_order_of_the_text(
    tree: Criterion, cites: str, on: On
) -> None:
    """An outer limb stands for its inner ones; exceptions are never cited."""
    assert fold(tree, on("a10")).cites() == tuple(cites.split())


# Other rules.


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("atl-1",), MET),
        (("atl-2",), NOT_MET),
        (("atl-2", "atl-1"), MET),
        (("atl-9", "atl-2"), NOT_MET),
    ],
)
def test_one_rule_of_those_named_is_enough(
    names: tuple[str, ...], expected: Verdict, on: On
) -> None:
    """The A10: 400 TOPS × 8 bit = 3,200 in a data center is ATL.1.a, and so not ATL.9."""
    line = fold(RuleMet(names), on("a10"))
    assert line.verdict is expected
    assert len(line.parts) == len(names)


def test_the_limbs_of_a_rule_that_is_referred_to_are_not_those_of_the_rule_that_refers(
    on: On,
) -> None:
    referring = Combined("all", (RuleMet(("atl-1",)), Combined("any", (limb("2", YES),))))
    line = fold(referring, on("a10"))
    assert (line.verdict, line.cites()) == (MET, ("2",))


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("atl-1", D(2020, 1, 31), NOT_MET),
        ("atl-1", D(2020, 2, 1), MET),
        ("atl-letter", D(2023, 2, 28), NOT_MET),
        ("atl-letter", D(2023, 3, 1), MET),
        ("atl-letter", D(2023, 4, 30), MET),
        ("atl-letter", D(2023, 5, 1), NOT_MET),
    ],
)
def test_a_rule_that_does_not_hold_on_the_day_is_not_met(
    name: str, day: datetime.date, expected: Verdict, on: On
) -> None:
    """The A10 has 3,200 TOPS·bit and links of 664 GB/s; the letter names it."""
    assert fold(RuleMet((name,)), on("a10", day)).verdict is expected


@pytest.mark.parametrize("day", [D(2019, 1, 1), D(2023, 6, 1)])
def test_an_exception_for_a_rule_that_does_not_hold_takes_nothing_away(
    day: datetime.date, on: On
) -> None:
    line = fold(Unless(YES, (RuleMet(("atl-letter",)),)), on("a10", day))
    assert line.verdict is MET
    assert line.exceptions[0].parts == ()


def test_a_rule_that_is_unknown_leaves_open_what_rests_on_it(on: On) -> None:
    """For the Z1 the letter of 2023 rests on limits that are not public."""
    case = on("z1", D(2023, 4, 1))
    letter = RuleMet(("atl-letter",))
    assert fold(letter, case).verdict is UNKNOWN
    assert fold(RuleMet(("atl-letter", "atl-board")), case).verdict is UNKNOWN
    assert fold(Unless(Named(("z1",)), (letter,)), case).verdict is UNKNOWN


def test_a_board_follows_its_circuit_although_that_rule_is_not_asked_of_boards(on: On) -> None:
    case = on("a10", item="board")
    board, circuit = case.provisions["atl-board"], case.provisions["atl-1"]
    assert case.scope(circuit) is NOT_MET
    assert (case.read(board).verdict, case.read(board).cites()) == (MET, ("ATL.B.1",))


@pytest.mark.parametrize(
    ("chip", "day", "verdict", "cites"),
    [
        ("a10", D(2020, 2, 1), MET, ("ATL.1.a",)),
        ("a10", D(2022, 6, 1), MET, ("ATL.1.a", "ATL.1.b")),
        ("z1", D(2022, 6, 1), NOT_MET, ()),
        ("p1", D(2022, 6, 1), NOT_MET, ()),
        ("b100-pcie", D(2022, 6, 1), MET, ("ATL.1.a",)),
        ("b100-pcie", D(2022, 5, 31), UNKNOWN, ()),
    ],
)
def test_a_rule_reads_as_its_text_of_the_day(
    chip: str, day: datetime.date, verdict: Verdict, cites: tuple[str, ...], on: On
) -> None:
    """By hand from ATL.1 and the sheets.

    A10: 3,200 ≥ 3,000 TOPS·bit, 664 ≥ 500 GB/s, and 3,200 / 800 mm² = 4 ≥ 4. Z1: for vehicles,
    with less than 3,000. P1: 80 TOPS·bit. B100 PCIe: 750 × 16 = 12,000; its links are unknown.
    """
    case = on(chip, day)
    line = case.read(case.provisions["atl-1"])
    assert (line.verdict, line.cites()) == (verdict, cites)


# Whom a rule is asked of.


def scope(case: Case, to: Mapping[str, Sequence[str]]) -> Verdict:
    """Return whether a rule that applies to some circumstances is asked."""
    provision = case.provisions["atl-letter"]
    made = provision.rule.model_copy(update={"applies_to": to})
    return case.scope(provision._replace(rule=made))


@pytest.mark.parametrize(
    ("to", "given_", "expected"),
    [
        ({}, {}, MET),
        ({"item": ("ic",)}, {}, MET),
        ({"item": ("board",)}, {}, NOT_MET),
        ({"item": ("board", "ic")}, {}, MET),
        ({"item": ("board",)}, {"item": "board"}, MET),
        ({"item": ("ic",)}, {"item": "board"}, NOT_MET),
        ({"item": ("ic",), "market": ("datacenter",)}, {}, MET),
        ({"item": ("ic",), "market": ("edge",)}, {}, NOT_MET),
        ({"item": ("ic",), "market": ("edge",)}, {"market": "edge"}, MET),
        ({"item": ("board",), "market": ("datacenter",)}, {}, NOT_MET),
    ],
)
def test_a_rule_is_asked_where_all_it_applies_to_holds(
    to: Mapping[str, Sequence[str]], given_: dict[str, str], expected: Verdict, on: On
) -> None:
    assert scope(on("a10", D(2023, 4, 1), **given_), to) is expected


@pytest.mark.parametrize(
    ("item", "given_", "expected"),
    [
        ("ic", {}, UNKNOWN),
        ("board", {}, NOT_MET),
        ("ic", {"market": "datacenter"}, MET),
        ("ic", {"market": "edge"}, NOT_MET),
    ],
)
def test_whether_a_rule_is_asked_is_open_where_a_circumstance_is_not_known(
    item: str, given_: dict[str, str], expected: Verdict, on: On
) -> None:
    """Nobody says for whom the B100 PCIe is made; it is no board in any case."""
    case = on("b100-pcie", D(2023, 4, 1), **given_)
    assert scope(case, {"item": (item,), "market": ("datacenter",)}) is expected


# One case and others.


def atl_1(rulebook: Rulebook) -> tuple[Provision, Provision]:
    """Return the two texts of a rule."""
    first, second = rulebook.provisions["atl-1"]
    return first, second


def test_a_rule_is_read_once(on: On, rulebook: Rulebook) -> None:
    case = on("a10")
    _, text = atl_1(rulebook)
    assert case.read(text) is case.read(text)


def test_two_texts_of_a_rule_are_read_apart(on: On, rulebook: Rulebook) -> None:
    case = on("a10")
    assert [case.read(each).node for each in atl_1(rulebook)] == [
        each.criterion for each in atl_1(rulebook)
    ]


def test_to_suppose_another_figure_changes_another_case_only(on: On, rulebook: Rulebook) -> None:
    """2,999 is below ATL.1.a, and 2,999 / 800 below the 4 of ATL.1.b."""
    case, (_, text) = on("a10"), atl_1(rulebook)
    figure = Figure(quantity("2999 TOPS*bit"), "TPP", "given")
    assert case.read(text).verdict is MET
    supposed = case.supposing({key("tpp"): figure})
    assert supposed.read(text).verdict is NOT_MET
    assert case.read(text).verdict is MET
    assert case.supposing({}).read(text).verdict is MET


def test_what_is_supposed_reaches_the_rules_that_rest_on_it(on: On) -> None:
    figure = Figure(quantity("999 TOPS*bit"), "TPP", "given")
    case = on("a10", item="board")
    board = case.provisions["atl-board"]
    assert case.read(board).verdict is MET
    assert case.supposing({key("tpp"): figure}).read(board).verdict is NOT_MET


def test_what_is_supposed_of_circumstances_adds_to_what_the_user_said(on: On) -> None:
    case = on("b100-pcie", item="board")
    edge = case.supposing({}, {"market": "edge"})
    assert (case.said("market"), edge.said("market"), edge.said("item")) == ("", "edge", "board")
    assert edge.supposing({}, {"market": "consumer"}).said("market") == "consumer"
