"""Spec folders: which chip a name means, which file it is read from, what a variant mirrors."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import files
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema.load import shown
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located, Sheet, worst
from chipcalc.sheets.store import Store, open_store

Load = Callable[[str], Sheet]
FIRM = "status: official, source: sheet"
POWER = f"values:\n  board_power:\n    - {{value: 5, unit: W, {FIRM}}}\n"


def ids(store: Store, name: str) -> list[str]:
    """Return the ids of the chips that a name means."""
    return [sheet.id for sheet in store.choose(name).sheets]


def fault(action: Callable[[], object]) -> Problem:
    """Return the one problem that an action meets."""
    with pytest.raises(ChipcalcError) as caught:
        action()
    (problem,) = caught.value.problems
    return problem


def write(folder: Path, vendor: str, chip: str, text: str) -> Path:
    """Return a new spec sheet in a spec folder."""
    path = folder / "chips" / vendor / f"{chip}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "chip"),
    [
        ("a10", "a10"),
        ("A10", "a10"),
        ("Ａ１０", "a10"),
        ("a-20_LITE", "a20-lite"),
        ("Acme A10", "a10"),
        ("hgx a10", "a10"),
        ("ＨＧＸ‐Ａ１０", "a10"),
        ("龙腾910", "lt910"),
        ("龙腾 910", "lt910"),
        ("longteng:the910", "lt910"),
        ("zenith", "z1"),
    ],
    ids=[
        "id",
        "case",
        "full width",
        "separators",
        "name",
        "alias",
        "alias in full width",
        "Chinese alias",
        "Chinese alias with a space",
        "alias with a colon",
        "family of one",
    ],
)
def test_a_name_means_the_chip_that_goes_by_it(name: str, chip: str, store: Store) -> None:
    choice = store.choose(name)
    assert [sheet.id for sheet in choice.sheets] == [chip]
    assert choice.notices == ()


def test_a_family_stands_for_its_chips_in_the_order_of_their_launch(store: Store) -> None:
    choice = store.choose("Atlas")
    assert [sheet.id for sheet in choice.sheets] == ["a10", "a20", "a20-lite"]
    assert choice.notices == ("Atlas stands for 3 chips: a10, a20 and a20-lite",)


def test_a_family_with_a_representative_means_that_chip_and_names_the_others(store: Store) -> None:
    choice = store.choose("b100")
    assert [sheet.id for sheet in choice.sheets] == ["b100-sxm"]
    assert choice.notices == ("b100 is read as b100-sxm (also b100-pcie)",)


def test_a_chip_without_a_launch_date_comes_last(specs: Path) -> None:
    write(specs, "acme", "a1", "id: a1\nname: A1\nvendor: acme\nfamily: [atlas]\n")
    assert ids(Store((specs,)), "atlas") == ["a10", "a20", "a20-lite", "a1"]


@pytest.mark.parametrize(
    ("pattern", "chips"),
    [("a20*", ["a20", "a20-lite"]), ("A?0", ["a10", "a20"]), ("[pz]1", ["z1", "p1"])],
)
def test_a_pattern_means_the_chips_whose_ids_match(
    pattern: str, chips: list[str], store: Store
) -> None:
    assert ids(store, pattern) == chips


def test_a_pattern_that_matches_nothing_is_an_error(store: Store) -> None:
    assert str(fault(lambda: store.choose("q*"))) == "no chip matches 'q*'"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a1O", "ids that look alike: a10"),
        ("lt91O", "ids that look alike: lt910"),
        ("atlsa", "ids that look alike: atlas"),
        ("龙腾91", "ids that look alike: lt910"),
        ("qqqqqq", "'chipcalc list' lists them"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(name: str, hint: str, store: Store) -> None:
    problem = fault(lambda: store.choose(name))
    assert str(problem) == f"no sheet for '{name}'"
    assert problem.hint == hint


def test_an_unknown_name_suggests_the_nearest_although_another_sheet_is_broken(
    specs: Path,
) -> None:
    write(specs, "acme", "broken", "id: [\n")
    assert fault(lambda: Store((specs,)).choose("a1O")).hint == "ids that look alike: a10"


@pytest.mark.parametrize("name", ["", " ", "-_-"])
def test_an_empty_name_is_an_error(name: str, store: Store) -> None:
    assert str(fault(lambda: store.choose(name))) == "an empty name"


def test_a_path_means_the_sheet_in_that_file_whatever_its_name(
    store: Store, head: str, tmp_path: Path
) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(head, encoding="utf-8")
    (sheet,) = store.choose(str(path)).sheets
    assert (sheet.id, sheet.name, sheet.document.file) == ("x1", "X1", str(path))


def test_a_dash_means_the_sheet_on_standard_input(
    store: Store, head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        text = f"{head}{POWER}notes: [{name}]\n"
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        (sheet,) = store.choose("-").sheets
        assert sheet.chip.notes == (name,)
        assert sheet.statements["board_power"][0].origin == "<stdin>:8"


def test_a_file_that_cannot_be_read_is_an_error_with_the_reason(
    store: Store, tmp_path: Path
) -> None:
    problem = fault(lambda: store.choose("no/such.yaml"))
    assert str(problem) == "'no/such.yaml' cannot be read: no such file or directory"
    assert fault(lambda: store.choose(f"{tmp_path}/")).what.endswith("it is a folder")


def shadowed(tmp_path: Path, store: Store, text: str = "") -> Store:
    """Return a store with a folder of the user's, with an A10 of its own, before the usual one."""
    head = "id: a10\nname: My A10\nvendor: acme\nfamily: [atlas]\naliases: [HGX A10]\n"
    write(tmp_path, "acme", "a10", head + text)
    return Store((tmp_path, *store.folders))


def test_a_users_file_shadows_the_whole_sheet(store: Store, tmp_path: Path) -> None:
    (sheet,) = shadowed(tmp_path, store).choose("a10").sheets
    assert sheet.name == "My A10"
    assert sheet.statements == {}


@pytest.mark.parametrize("name", ["a10", "A-10", "hgx a10", "atlas", "a1*"])
def test_whoever_reads_a_shadowing_file_is_told(name: str, store: Store, tmp_path: Path) -> None:
    notices = shadowed(tmp_path, store).choose(name).notices
    told = [each for each in notices if "shadows" in each]
    assert told == [
        (
            f"a10 is read from {tmp_path}/chips/acme/a10.yaml, "
            f"which shadows the one in {store.folders[0]}"
        )
    ]


def test_a_chip_that_no_file_shadows_comes_without_a_notice(store: Store, tmp_path: Path) -> None:
    assert shadowed(tmp_path, store).choose("a20").notices == ()


def test_the_vocabulary_is_that_of_the_first_folder_that_has_one(
    store: Store, tmp_path: Path
) -> None:
    assert Store((tmp_path, *store.folders)).vocabulary == store.vocabulary
    text = (store.folders[0] / "metrics.yaml").read_text(encoding="utf-8")
    mine = text.replace("label: Board power", "label: My power")
    (tmp_path / "metrics.yaml").write_text(mine, encoding="utf-8")
    label = Store((tmp_path, *store.folders)).vocabulary.metrics["board_power"].label
    assert label == "My power"


def test_folders_without_a_vocabulary_are_an_error(tmp_path: Path) -> None:
    assert "metrics.yaml" in fault(lambda: Store((tmp_path,)).vocabulary).what


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert fault(lambda: Store((tmp_path / "no",))).what == f"no folder '{tmp_path / 'no'}'"


def test_the_usual_store_reads_the_given_folders_before_the_built_in_one(tmp_path: Path) -> None:
    assert open_store((tmp_path,)).folders == (tmp_path, files.BUILT_IN)


def test_an_unknown_id_is_an_error(store: Store) -> None:
    assert fault(lambda: store.sheet("a11")).what == "no sheet for 'a11'"


def test_the_id_of_a_sheet_equals_its_file_name(specs: Path) -> None:
    write(specs, "acme", "a11", "id: a12\nname: A\nvendor: acme\n")
    problem = fault(lambda: Store((specs,)).sheet("a11"))
    assert problem.what == "the id is 'a12', but the file is named a11.yaml"
    assert (problem.line, problem.path) == (1, "id")


def test_a_wrong_id_is_reported_together_with_the_other_problems(specs: Path) -> None:
    write(specs, "acme", "a11", "id: a12\nname: A\nvendor: acme\nformats: [fp61]\n")
    with pytest.raises(ChipcalcError) as caught:
        Store((specs,)).sheet("a11")
    assert {each.path for each in caught.value.problems} == {"id", "formats[0]"}


def test_unknown_words_are_reported_together_with_the_other_problems(load: Load) -> None:
    """A key that is not one, and a format that is none: both in one run."""
    with pytest.raises(ChipcalcError) as caught:
        load("lauched: 2024\nformats: [fp61]\n")
    assert {each.path for each in caught.value.problems} == {"lauched", "formats[0]"}


def test_the_problems_of_all_files_are_reported_at_once(specs: Path) -> None:
    one = write(specs, "acme", "a11", "id: a11\nname: A\nvendor: acme\nformats: [fp61, fp62]\n")
    two = write(specs, "zenith", "z2", "id: z2\n")
    with pytest.raises(ChipcalcError) as caught:
        Store((specs,)).all()
    assert [each.file for each in caught.value.problems] == [str(one)] * 2 + [str(two)] * 2


def test_all_chips_are_listed_by_id(store: Store) -> None:
    found = [sheet.id for sheet in store.all()]
    assert found == ["a10", "a20", "a20-lite", "b100-pcie", "b100-sxm", "lt910", "p1", "z1"]


def test_a_statement_knows_its_file_and_line(store: Store) -> None:
    located = store.sheet("a10").statements["board_power"][0]
    assert located.origin == "a10.yaml:27"


def test_a_statement_is_equal_to_itself_only() -> None:
    statement = Statement.model_validate(
        {"value": "5", "unit": "W", "status": "estimated", "note": "a guess"}
    )
    assert Located(statement, "x.yaml", 1) != Located(statement, "x.yaml", 1)


def test_a_variant_states_what_its_sheet_states_and_mirrors_the_rest(store: Store) -> None:
    parent, variant = store.sheet("a20"), store.sheet("a20-lite")
    (own,) = variant.statements["memory_capacity"]
    (mirrored,) = variant.statements["board_power"]
    assert own.statement.value == 64
    assert mirrored.statement.value == 800
    assert (own.origin, mirrored.origin) == ("a20-lite.yaml:10", "a20.yaml:23")
    assert mirrored.statement.source == ("a20-datasheet",)
    assert variant.market == parent.market
    assert variant.mirrors("dies") is parent
    assert [area and area.statement.value for area in variant.areas] == [400, 150, 110]


def test_a_mirrored_figure_is_as_firm_as_the_likeness_of_the_two_chips(store: Store) -> None:
    statement = store.sheet("a20-lite").statements["board_power"][0].statement
    assert (statement.status, statement.note) == ("reported", "the same package with less memory")


def test_a_figure_carried_over_to_a_likely_variant_says_so(load: Load) -> None:
    sheet = load("variant_of: {chip: a10, status: estimated}\n")
    statement = sheet.statements["board_power"][0].statement
    assert (statement.status, statement.note) == ("estimated", "carried over from a10")


@pytest.mark.parametrize(("chip", "metric"), [("b100-sxm", "tpp_declared"), ("a10", "price")])
def test_what_a_vendor_declares_and_charges_for_one_chip_does_not_hold_for_its_variant(
    chip: str, metric: str, load: Load, store: Store
) -> None:
    assert metric in store.sheet(chip).statements
    assert metric not in load(f"variant_of: {{chip: {chip}}}\n").statements


def test_an_area_that_is_not_published_is_not_known_of_the_variant_either(load: Load) -> None:
    assert load("variant_of: {chip: b100-pcie}\n").areas == (None,)


def test_a_variant_of_a_variant_mirrors_the_whole_line(load: Load) -> None:
    sheet = load("variant_of: {chip: a20-lite}\n")
    assert sheet.statements["memory_capacity"][0].statement.value == 64
    assert sheet.statements["board_power"][0].statement.value == 800
    assert sheet.mirrors("dies").id == "a20"


def test_a_variant_may_speak_of_the_processing_units_of_its_parent(load: Load) -> None:
    when = "{format: int8, engine: tensor, sparsity: dense, unit: gpu}"
    rate = f"{{value: 5, unit: TOPS, when: {when}, status: estimated, note: a plan}}"
    sheet = load(f"variant_of: {{chip: z1}}\nvalues: {{throughput: [{rate}]}}\n")
    assert sheet.statements["throughput"][0].statement.when["unit"] == "gpu"


def test_a_variant_of_no_chip_is_an_error(load: Load) -> None:
    problem = fault(lambda: load("variant_of: {chip: a1o}\n"))
    assert (problem.what, problem.line) == ("no chip 'a1o' to be a variant of", 6)
    assert problem.hint == "did you mean 'a10'?"


def test_a_variant_of_a_broken_sheet_reports_the_broken_sheet(specs: Path, head: str) -> None:
    broken = write(specs, "acme", "a11", "id: a11\nname: A\nvendor: acme\nformats: [fp61]\n")
    write(specs, "acme", "x1", f"{head}variant_of: {{chip: a11}}\n")
    assert fault(lambda: Store((specs,)).sheet("x1")).file == str(broken)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_variants_in_a_circle_are_an_error(length: int, specs: Path) -> None:
    for number in range(length):
        parent = (number + 1) % length
        text = f"id: c{number}\nname: C\nvendor: acme\nvariant_of: {{chip: c{parent}}}\n"
        write(specs, "acme", f"c{number}", text)
    problem = fault(lambda: Store((specs,)).sheet("c0"))
    assert problem.what == "'c0' is a variant of this chip"
    assert problem.path == "variant_of.chip"


def test_a_source_is_the_sheets_own_or_its_parents_or_a_shared_one(store: Store) -> None:
    variant = store.sheet("a20-lite")
    own = store.source(store.sheet("a20"), "a20-datasheet")
    parents, shared = (
        store.source(variant, "a20-datasheet"),
        store.source(variant, "press-table"),
    )
    assert own is not None
    assert parents == own
    assert shared is not None
    assert shared.publisher == "The Made-up Press"
    assert store.source(variant, "a10-datasheet") is None


def test_the_source_of_a_mirrored_figure_is_found_up_the_whole_line(
    load: Load, store: Store
) -> None:
    assert store.source(load("variant_of: {chip: a20-lite}\n"), "a20-datasheet") is not None


def test_one_key_is_one_source_in_a_line_of_variants(specs: Path, head: str) -> None:
    """Else the source of a mirrored figure could be taken for another publication."""
    theirs = head.replace("x1", "x2").replace("X1", "X2")
    write(specs, "acme", "x2", theirs + POWER)
    own = write(specs, "acme", "x1", f"{head}variant_of: {{chip: x2}}\n")
    problem = fault(lambda: Store((specs,)).sheet("x1"))
    assert (problem.file, problem.path, problem.hint) == (str(own), "sources.sheet", "rename it")
    own.write_text(
        head.replace("example/x1", "example/x2") + "variant_of: {chip: x2}\n", encoding="utf-8"
    )
    assert Store((specs,)).sheet("x1").parent is not None


def test_a_shared_source_of_the_users_shadows_the_built_in_one(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "sources" / "press-table.yaml"
    path.parent.mkdir()
    path.write_text(
        "{title: Mine, publisher: Me, url: https://me.example, accessed: 2026-01-02}", "utf-8"
    )
    mine = Store((tmp_path, *store.folders))
    assert mine.shared_sources() == {"press-table": path}
    source = mine.shared_source("press-table")
    assert source is not None
    assert source.title == "Mine"


def test_a_path_is_shown_as_short_as_it_stays_clear(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "mine" / "x1.yaml") == "mine/x1.yaml"
    assert shown(Path("mine/x1.yaml")) == "mine/x1.yaml"
    assert shown(tmp_path.parent / "x1.yaml") == str(tmp_path.parent / "x1.yaml")
    assert shown(files.BUILT_IN / "metrics.yaml") == "specs/metrics.yaml"


def test_the_least_firm_of_several_statuses_counts() -> None:
    assert worst(["official", "estimated", "reported"]) == "estimated"
    assert worst(["official", "reported"]) == "reported"
    assert worst([]) == "official"


LINES = """\
family: [quick, fox]
aliases: [Swift]
launched: 2024-02
market: {value: edge, status: official, source: sheet}
formats: [int8, fp16]
not_offered: [tf32]
units: {gpu: {label: GPU}, dla: {label: DLA, count: 2}}
variant_of: {chip: a10}
values:
  throughput:
    - {value: 5, unit: TOPS, when: {format: int8, engine: tensor, sparsity: dense, unit: gpu},
       status: official, source: sheet}
  board_power:
    - {value: 5, range: [4, 6], unit: W, status: estimated, note: a guess}
details:
  memory_type: [{value: HBM, status: official, source: sheet}]
dies:
  - {name: D, kind: logic, count: 2, transistor: finfet,
     area: {value: 5, unit: mm^2, status: official, source: sheet}}
declared: {tpp: {value: 5, unit: TOPS*bit, status: official, source: sheet}}
notes: [a note]
""".splitlines()
SCRAPS = st.one_of(
    st.sampled_from(
        ["[]", "{}", "- x", "~", "''", "1e999", "-1", "&a x", "*a", "!!int 5", "%", "|"]
    ),
    st.text(max_size=20),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a good sheet with some lines deleted, given twice, or with another value."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "repeat", "value", "word"])):
            case "delete" if len(lines) > 1:
                del lines[at]
            case "repeat":
                lines.insert(at, lines[at])
            case "value":
                lines[at] = f"{lines[at].partition(':')[0]}: {draw(SCRAPS)}"
            case _:
                words = lines[at].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(SCRAPS)
                lines[at] = " ".join(words)
    return "\n".join(lines)


def test_the_sheet_that_is_mutated_below_is_a_good_one(load: Load) -> None:
    assert load("\n".join(LINES)).statements["board_power"][0].statement.value == 5


@given(body=mutated())
def test_any_text_as_a_sheet_gives_a_sheet_or_an_error_that_says_where(
    body: str, load: Load
) -> None:
    result: Sheet | ChipcalcError
    try:
        result = load(body)
    except ChipcalcError as error:
        result = error
    if isinstance(result, ChipcalcError):
        assert result.problems
        assert all(each.file for each in result.problems)
    else:
        assert result.id == "x1"


RATE = "when: {format: int8, engine: tensor, sparsity: dense}"
INSIDE = (
    "item: {value: board, status: official, source: sheet}\n"
    "contains:\n"
    "  - {chip: a10, count: 2}\n"
    "  - count: 4\n"
    "    circuit:\n"
    "      name: C1\n"
    "      values:\n"
    "        throughput:\n"
    f"          - {{value: 5, unit: TOPS, {RATE}, {FIRM}}}\n"
)


def test_a_sheet_lists_the_circuits_of_a_board(load: Load) -> None:
    found = load(INSIDE).contents
    assert [(each.number, each.sheet.name, each.in_place) for each in found] == [
        (2, "Acme A10", False),
        (4, "C1", True),
    ]


def test_a_circuit_described_in_place_knows_its_line_and_the_maker_of_the_board(load: Load) -> None:
    sheet = load(INSIDE)
    circuit = sheet.contents[1].sheet
    (stated,) = circuit.statements["throughput"]
    assert (
        stated.line
        == 5
        + INSIDE.splitlines().index(
            next(each for each in INSIDE.splitlines() if "value: 5," in each)
        )
        + 1
    )
    assert circuit.chip.vendor == sheet.chip.vendor
    assert circuit.contents == ()


def test_what_a_system_contains_by_way_of_boards_is_multiplied_out(specs: Path, head: str) -> None:
    """Three boards of two circuits and one more circuit of the same kind are seven."""
    board = (
        head.replace("id: x1", "id: x2") + "item: {value: board, status: official, source: sheet}\n"
    )
    write(specs, "acme", "x2", board + "contains: [{chip: a10, count: 2}]\n")
    system = head + "item: {value: system, status: official, source: sheet}\n"
    write(specs, "acme", "x1", system + "contains: [{chip: x2, count: 3}, {chip: a10}]\n")
    (found,) = Store((specs,)).sheet("x1").contents
    assert (found.number, found.sheet.id) == (7, "a10")


WRONG = {
    "a name that nothing goes by": ("contains: [{chip: a11}]\n", "no chip 'a11' to contain"),
    "itself": ("contains: [{chip: x1}]\n", "'x1' contains this item itself"),
    "none of them": ("contains: [{chip: a10, count: 0}]\n", "0"),
    "neither a chip nor a circuit": ("contains: [{count: 2}]\n", "either a chip or a circuit"),
    "a unit that does not fit": (INSIDE.partition("\n")[2].replace("TOPS", "W"), "'W' is"),
}


@pytest.mark.parametrize(("body", "says"), WRONG.values(), ids=WRONG)
def test_contents_that_do_not_fit_are_told(body: str, says: str, specs: Path, head: str) -> None:
    write(specs, "acme", "x1", head + INSIDE.splitlines()[0] + "\n" + body)
    problem = fault(lambda: Store((specs,)).sheet("x1"))
    assert says in problem.what
    assert problem.path.startswith("contains[")


def test_two_items_that_contain_each_other_are_told(specs: Path, head: str) -> None:
    kind = INSIDE.splitlines()[0] + "\n"
    write(specs, "acme", "x1", head + kind + "contains: [{chip: x2}]\n")
    other = head.replace("id: x1", "id: x2") + kind
    write(specs, "acme", "x2", other + "contains: [{chip: x1}]\n")
    assert "contains this item itself" in fault(lambda: Store((specs,)).sheet("x1")).what


def test_what_contains_circuits_says_what_it_is(load: Load) -> None:
    assert fault(lambda: load("contains: [{chip: a10}]\n")).path == "contains"


def test_a_memory_stack_contains_no_circuits(load: Load) -> None:
    kind = f"item: {{value: memory, {FIRM}}}\n"
    assert load(kind).item is not None
    assert fault(lambda: load(kind + "contains: [{chip: a10}]\n")).path == "contains"
