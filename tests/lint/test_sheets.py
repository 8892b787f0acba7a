"""Problems in spec files: each check finds what it is about, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.lint import paths as paths_lint
from chipcalc.lint import sheets
from chipcalc.sheets.store import Store

FIRM = "status: official, source: sheet"
RATE = "format: int8, engine: tensor, sparsity"


def problems(specs: Path) -> list[Problem]:
    """Return the problems of a spec folder."""
    store = Store((specs,))
    return sheets.problems(store, set(store.files))


def brief(found: list[Problem]) -> list[tuple[str, str]]:
    """Return the places and words of problems."""
    return [(each.path, each.what) for each in found]


def add(specs: Path, text: str, chip: str = "x1", vendor: str = "acme") -> Path:
    """Return a new sheet of a spec folder."""
    path = specs / "chips" / vendor / f"{chip}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_made_up_folder_has_no_problem(store: Store) -> None:
    assert sheets.problems(store, set(store.files)) == []


def rates(dense: str, sparse: str, reading: str = '"2:4"') -> str:
    """Return a sheet with a dense and a sparse rate."""
    values = ((dense, "dense"), (sparse, reading))
    return "values:\n  throughput:\n" + "".join(
        f"    - {{value: {value}, unit: TOPS, when: {{{RATE}: {each}}}, {FIRM}}}\n"
        for value, each in values
    )


GOOD = {
    "twice": rates("500", "1000"),
    "twice but for rounding": rates("989.4", "1979"),
    "no stated ratio": rates("500", "800", "sparse"),
    "both zero": rates("0", "0"),
    "sparse alone": rates("500", "1000").replace("dense", "unstated"),
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_rates_that_agree_are_no_problem(body: str, specs: Path, head: str) -> None:
    add(specs, head + body)
    assert problems(specs) == []


@pytest.mark.parametrize(("dense", "sparse"), [("500", "800"), ("500", "500"), ("0", "500")])
def test_a_rate_that_is_called_2_4_sparse_is_twice_the_dense_one(
    dense: str, sparse: str, specs: Path, head: str
) -> None:
    add(specs, head + rates(dense, sparse))
    (found,) = problems(specs)
    assert found.what.endswith("but called 2:4 sparse")
    assert (found.line, found.hint) == (9, "say sparsity: sparse")


def test_every_source_that_is_named_exists(specs: Path, head: str) -> None:
    fact = "{value: 5, status: official, source: [sheet, pres-table]}"
    statement = f"{{value: 5, unit: TOPS*bit, {FIRM.replace('sheet', 'shee')}}}"
    add(
        specs,
        f"{head}details: {{memory_type: [{fact}]}}\ndeclared: {{tpp: {statement}, eccn: {fact}}}\n",
    )
    assert [(each.path, each.what, each.hint) for each in problems(specs)] == [
        (
            "details.memory_type[0].source",
            "no source 'pres-table'",
            "did you mean 'press-table'?",
        ),
        ("declared.tpp.source", "no source 'shee'", "did you mean 'sheet'?"),
        ("declared.eccn.source", "no source 'pres-table'", "did you mean 'press-table'?"),
    ]


def test_the_source_of_a_shared_rate_exists(specs: Path, head: str) -> None:
    rate = f"{{value: 1, unit: TOPS, when: {{{RATE}: dense}}, {FIRM}}}"
    same = "{fp16: {format: int8, status: official, source: [sheeet]}}"
    add(specs, f"{head}same_as: {same}\nvalues: {{throughput: [{rate}]}}\n")
    assert [(each.path, each.what) for each in problems(specs)] == [
        ("same_as.fp16.source", "no source 'sheeet'")
    ]


def test_a_source_like_no_other_is_to_be_added(specs: Path, head: str) -> None:
    add(specs, f"{head}market: {{value: edge, status: official, source: [sheet, qqq]}}\n")
    (found,) = problems(specs)
    assert (found.path, found.hint) == ("market.source", "add it to sources:")


def test_every_source_of_a_sheet_is_named(specs: Path, head: str) -> None:
    add(specs, head)
    (found,) = problems(specs)
    assert str(found).endswith("x1.yaml:5: sources.sheet: nothing names the source 'sheet'")


def published(day: str, place: str, specs: Path, head: str) -> None:
    """Publish a source on a day: one of a sheet's own, or one that sheets share."""
    if place == "shared":
        path = specs / "sources" / "press-table.yaml"
        text = path.read_text(encoding="utf-8").replace("2025-03-01", day)
        path.write_text(text, encoding="utf-8")
    else:
        sheet = head.replace("accessed", f"published: {day}, accessed")
        add(specs, f"{sheet}market: {{value: edge, {FIRM}}}\n")


@pytest.mark.parametrize("day", ["2026-01-02", "2026-01", "2026", "2025-12-31"])
@pytest.mark.parametrize("place", ["sheet", "shared"])
def test_a_source_may_be_read_from_the_day_of_its_publication_on(
    day: str, place: str, specs: Path, head: str
) -> None:
    """All are read on the second of January 2026; a month or a year may hold that day."""
    published(day, place, specs, head)
    assert problems(specs) == []


@pytest.mark.parametrize("day", ["2026-01-03", "2026-02", "2027"])
@pytest.mark.parametrize("place", ["sheet", "shared"])
def test_no_source_was_read_before_it_was_published(
    day: str, place: str, specs: Path, head: str
) -> None:
    published(day, place, specs, head)
    assert [each.what for each in problems(specs)] == ["read before it was published"]


def test_a_sheet_lies_in_the_folder_of_its_vendor(specs: Path) -> None:
    add(specs, "id: x1\nname: X1\nvendor: acme\n", vendor="zenith")
    (found,) = problems(specs)
    assert (found.path, found.what) == ("vendor", "the vendor is 'acme', the folder 'zenith'")


def test_no_two_files_of_a_folder_describe_one_chip(specs: Path) -> None:
    """Else one of them would silently never be read."""
    add(specs, "id: a10\nname: Zenith A10\nvendor: zenith\n", "a10", "zenith")
    assert problems(specs) != []


@pytest.mark.parametrize(
    "names", ["name: Acme A10", "name: X1\naliases: [a-20]"], ids=["a name", "an id"]
)
def test_no_two_chips_share_a_name(names: str, specs: Path) -> None:
    add(specs, f"id: x1\nvendor: acme\n{names}\n")
    (found,) = problems(specs)
    assert found.hint == "keep it in one of them"
    assert "x1" in found.what


def test_chips_of_one_family_may_share_a_name(specs: Path) -> None:
    add(specs, "id: x1\nname: X1\nvendor: acme\nfamily: [atlas]\naliases: [A10 SXM]\n")
    assert problems(specs) == []


def test_one_chip_stands_for_a_family_and_belongs_to_it(specs: Path) -> None:
    add(specs, "id: x1\nname: X1\nvendor: acme\nfamily: [atlas]\nstands_for: [b100, atlas]\n")
    found = problems(specs)
    assert brief(found) == [
        ("stands_for[0]", "several chips stand for 'b100'"),
        ("stands_for[0]", "several chips stand for 'b100'"),
        ("stands_for[0]", "'b100' is not among its families"),
    ]
    assert [Path(each.file).name for each in found] == ["b100-sxm.yaml", "x1.yaml", "x1.yaml"]


SOURCE = "{title: T, publisher: P, url: https://p.example/t, accessed: 2026-01-02}"


def test_a_shared_source_is_named_by_some_sheet(specs: Path) -> None:
    (specs / "sources" / "lonely.yaml").write_text(SOURCE, encoding="utf-8")
    (found,) = problems(specs)
    assert found.file.endswith("sources/lonely.yaml")
    assert found.what == "nothing names this source"


def test_a_shared_source_is_described_in_full(specs: Path) -> None:
    (specs / "sources" / "press-table.yaml").write_text("{title: T, url: x}", encoding="utf-8")
    paths = {each.path for each in problems(specs)}
    assert paths >= {"publisher", "url", "accessed"}


def test_a_source_is_no_problem_of_a_folder_that_shadows_the_sheet_that_names_it(
    specs: Path, tmp_path: Path, head: str
) -> None:
    (specs / "sources" / "lonely.yaml").write_text(SOURCE, encoding="utf-8")
    add(specs, head + rates("1", "2").replace("source: sheet", "source: [sheet, lonely]"))
    assert problems(specs) == []
    add(tmp_path / "mine", head + rates("1", "2"))
    assert sheets.problems(Store((tmp_path / "mine", specs)), {"x1"}) == []


def test_the_problems_of_all_sheets_are_found_at_once(specs: Path, head: str) -> None:
    add(specs, "id: x1\n")
    add(specs, head.replace("x1", "x2").replace("X1", "X2"), "x2")
    assert {Path(each.file).name for each in problems(specs)} == {"x1.yaml", "x2.yaml"}


def test_only_a_users_own_sheets_are_checked_for_what_is_sound_elsewhere(
    specs: Path, head: str
) -> None:
    add(specs, head)
    store = Store((specs,))
    assert sheets.problems(store, {"a10"}) == []
    assert len(sheets.problems(store, {"x1"})) == 1


def test_the_problems_of_the_vocabulary_come_before_all_that_rests_on_it(
    specs: Path, head: str
) -> None:
    path = specs / "metrics.yaml"
    text = path.read_text(encoding="utf-8").replace("by: [direction]", "by: [directoin]", 1)
    path.write_text(text, encoding="utf-8")
    add(specs, head)
    found = brief(problems(specs))
    assert ("metrics.link_bandwidth", "no condition 'directoin'") in found
    assert ("sources.sheet", "nothing names the source 'sheet'") not in found
    path.write_text(text.replace("[directoin]", "[direction]"), encoding="utf-8")
    assert ("sources.sheet", "nothing names the source 'sheet'") in brief(problems(specs))


def test_a_vocabulary_that_is_none_is_the_only_problem(specs: Path) -> None:
    (specs / "metrics.yaml").write_text("{conditions: {}}", encoding="utf-8")
    assert brief(problems(specs)) == [("metrics", "'metrics' is missing")]


# What the command checks.


@pytest.fixture
def built_in(specs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the made-up folder, which stands in for the built-in one."""
    monkeypatch.setattr(paths_lint, "BUILT_IN", specs)
    return specs


FILES = 8 + 5 + 1 + 1  # sheets, rules, articles and groups of countries in the made-up folder


def linted(given: tuple[Path, ...], specs: tuple[Path, ...]) -> tuple[list[Problem], int]:
    """Return the problems of files and folders, and how many files were checked."""
    found = paths_lint.paths(given, specs)
    return [*found.problems], sum(found.checked.values())


def test_what_is_checked_is_counted_by_kind(built_in: Path) -> None:
    assert paths_lint.paths((), ()).checked == {
        "chips": 8, "rules": 5, "claim files": 1, "others": 1,
    }  # fmt: skip
    single = built_in / "rules" / "atlantis" / "atl-1.yaml"
    assert paths_lint.paths((single,), ()).checked == {"rules": 1}


@pytest.mark.usefixtures("built_in")
def test_a_folder_without_a_file_to_check_is_an_error(tmp_path: Path) -> None:
    """Else nobody would notice that a sheet lies where none is looked for."""
    (tmp_path / "mine").mkdir()
    with pytest.raises(ChipcalcError, match="no files to check"):
        paths_lint.paths((tmp_path / "mine",), ())


@pytest.mark.usefixtures("built_in")
@pytest.mark.parametrize("kind", ["chips", "rules", "claims", "groups"])
def test_a_folder_of_a_kind_without_a_file_of_it_is_an_error(
    kind: str, tmp_path: Path, head: str
) -> None:
    mine = tmp_path / "mine"
    if kind != "chips":
        add(mine, f"{head}market: {{value: edge, {FIRM}}}\n")
    misplaced = mine / kind / "too" / "deep" / "x2.yaml"
    misplaced.parent.mkdir(parents=True)
    misplaced.write_text(head, encoding="utf-8")
    with pytest.raises(ChipcalcError) as caught:
        paths_lint.paths((tmp_path / "mine",), ())
    (problem,) = caught.value.problems
    assert problem.what.startswith("no files to check in")
    assert problem.hint.startswith(f"write {kind}/")


def test_the_built_in_folder_is_checked_when_none_is_named(built_in: Path) -> None:
    assert linted((), ()) == ([], FILES)
    add(built_in, "id: x1\n")
    found, checked = linted((), ())
    assert (len(found), checked) == (2, FILES + 1)


def test_a_folder_is_checked_as_one_that_is_read_before_the_built_in_one(
    built_in: Path, tmp_path: Path, head: str
) -> None:
    mine = tmp_path / "mine"
    add(mine, f"{head}variant_of: {{chip: a10}}\n")
    found, checked = linted((mine,), ())
    assert ([each.path for each in found], checked) == (["sources.sheet"], 1)
    assert linted((), (mine,)) == (found, 1 + FILES)
    assert linted((mine, built_in), ()) == (found, 1 + FILES)


def test_the_built_in_folder_is_not_read_before_itself(built_in: Path) -> None:
    assert linted((built_in / "chips" / "..",), ()) == ([], FILES)


def test_a_single_sheet_is_checked_alone(built_in: Path, tmp_path: Path, head: str) -> None:
    path = tmp_path / "draft.yaml"
    add(built_in, "id: x9\n", "x9")
    path.write_text(f"{head}market: {{value: edge, {FIRM}}}\n", encoding="utf-8")
    assert linted((path,), ()) == ([], 1)
    path.write_text(head + rates("500", "800"), encoding="utf-8")
    found, checked = linted((path,), ())
    assert [each.what for each in found] == ["1.6 times the dense rate, but called 2:4 sparse"]
    assert checked == 1


@pytest.mark.parametrize(
    ("country", "source", "what"),
    [
        ("FR", "maker", []),
        ("XX", "maker", ["no country has the code 'XX'"]),
        ("FR", "makers", ["no source 'makers'", "nothing names this source"]),
    ],
)
def test_the_headquarters_of_a_vendor_are_in_a_country_and_have_a_source(
    country: str, source: str, what: list[str], specs: Path
) -> None:
    (specs / "sources").mkdir(exist_ok=True)
    (specs / "sources" / "maker.yaml").write_text(
        "{title: Us, publisher: Acme, url: 'https://example.com/about-us', accessed: 2026-01-02}",
        encoding="utf-8",
    )
    place = f"{{value: {country}, status: official, source: [{source}]}}"
    path = specs / "metrics.yaml"
    vendors = f"vendors: {{acme: {{name: Acme, headquarters: {place}}}, zenith: {{name: Z}}}}\n"
    path.write_text(vendors + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = [each.what for each in problems(specs)]
    assert sorted(found) == sorted(what)


def test_a_sheet_outside_a_spec_folder_need_not_lie_in_a_vendors_folder(
    built_in: Path, tmp_path: Path
) -> None:
    """It is a copy of a built-in sheet, to be changed for a what-if."""
    path = tmp_path / "what-if.yaml"
    sheet = built_in / "chips" / "acme" / "a10.yaml"
    path.write_text(sheet.read_text(encoding="utf-8"), encoding="utf-8")
    assert linted((path,), ()) == ([], 1)


@pytest.mark.usefixtures("built_in")
def test_a_broken_sheet_is_a_finding_and_the_rest_is_checked_too(tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.yaml", tmp_path / "good.yaml"
    broken.write_text("id: [\n", encoding="utf-8")
    good.write_text("id: x1\nname: X1\nvendor: acme\n", encoding="utf-8")
    found, checked = linted((broken, good), ())
    assert [each.file for each in found] == [str(broken)]
    assert checked == 2


@pytest.mark.usefixtures("built_in")
def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ChipcalcError, match="no file or folder"):
        linted((tmp_path / "no.yaml",), ())


# Rules beside the sheets.

RULE = """\
id: own
paragraph: Own
title: Mine
kind: policy
verified: 2026-01-01
versions:
  - in_force: 2024-01-01
    confidence: unverified
    note: mine
    all: {tpp: {at_least: 9 TOPS*bit}}
    examples:
      - {given: {tpp: 9}, expect: met}
      - {given: {tpp: 8}, expect: not met}
"""


def add_rule(folder: Path, text: str = RULE, name: str = "own") -> Path:
    """Return a new rule of a spec folder."""
    path = folder / "rules" / "mine" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change_rule(specs: Path, rule: str, old: str, new: str) -> Path:
    """Return the file of a made-up rule in which a text was replaced."""
    path = specs / "rules" / "atlantis" / f"{rule}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_rules_of_a_folder_are_checked_with_its_sheets(built_in: Path, head: str) -> None:
    add(built_in, head)
    add_rule(built_in, RULE.replace("expect: met", "expect: unknown"))
    found, checked = linted((), ())
    assert [(Path(each.file).name, each.path) for each in found] == [
        ("x1.yaml", "sources.sheet"),
        ("own.yaml", "versions[0].examples[0]"),
        ("own.yaml", "versions[0].examples"),
    ]
    assert checked == FILES + 2


def test_in_a_users_folder_only_its_own_rules_are_checked(built_in: Path, tmp_path: Path) -> None:
    change_rule(built_in, "atl-9", "expect: met", "expect: unknown")
    add_rule(tmp_path / "mine")
    assert linted((tmp_path / "mine",), ()) == ([], 1)
    found, checked = linted((built_in,), ())
    assert ({Path(each.file).name for each in found}, checked) == ({"atl-9.yaml"}, FILES)


@pytest.mark.usefixtures("built_in")
def test_a_rule_of_a_users_folder_may_refer_to_built_in_rules_and_chips(tmp_path: Path) -> None:
    text = RULE.replace("tpp: {at_least: 9 TOPS*bit}", "rule: atl-1")
    text = text.replace("{given: {tpp: 9}, expect", "{chip: a10, expect")
    add_rule(tmp_path / "mine", text)
    assert linted((tmp_path / "mine",), ()) == ([], 1)


@pytest.mark.usefixtures("built_in")
def test_a_single_rule_is_checked_alone(tmp_path: Path) -> None:
    path = add_rule(tmp_path)
    assert linted((path,), ()) == ([], 1)
    path.write_text(RULE.replace("expect: not met", "expect: met"), encoding="utf-8")
    found, checked = linted((path,), ())
    assert [each.what for each in found] == [
        "comes out as not met, but expects met",
        "every example meets it",
    ]
    assert checked == 1


def test_a_single_rule_is_not_blamed_for_others(built_in: Path, tmp_path: Path) -> None:
    change_rule(built_in, "atl-9", "expect: met", "expect: unknown")
    assert linted((add_rule(tmp_path),), ()) == ([], 1)


@pytest.mark.usefixtures("built_in")
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("kind: policy", "kind: polcy", "kind"),
        ("9 TOPS*bit", "9 GHz", "'GHz' is a frequency"),
        ("id: own", "id: atl-1", "'atl-1' is the id of another rule"),
        ("versions:", "versions: [", "bracket is not closed"),
        ("id: own\n", "", "'id' is missing"),
    ],
)
def test_a_single_rule_that_cannot_be_read_is_a_finding(
    old: str, new: str, what: str, tmp_path: Path
) -> None:
    path = add_rule(tmp_path, RULE.replace(old, new))
    found, checked = linted((path,), ())
    assert what in str(found[0])
    assert {each.file for each in found} == {str(path)}
    assert checked == 1


def test_a_built_in_rule_is_checked_by_its_path(built_in: Path) -> None:
    """Whoever amends a rule checks that file alone, as they would check a sheet."""
    sheet = built_in / "chips" / "acme" / "a10.yaml"
    assert linted((sheet,), ()) == ([], 1)
    assert linted((built_in / "rules" / "atlantis" / "atl-1.yaml",), ()) == ([], 1)


def test_no_two_files_of_a_folder_hold_one_rule(built_in: Path) -> None:
    """Else one of them would silently never be asked."""
    add_rule(built_in)
    other = built_in / "rules" / "theirs"
    other.mkdir()
    (other / "own.yaml").write_text(RULE, encoding="utf-8")
    assert linted((), ())[0] != []


def test_a_shared_source_may_be_named_by_a_rule_alone(specs: Path) -> None:
    (specs / "sources" / "lonely.yaml").write_text(SOURCE, encoding="utf-8")
    change_rule(specs, "atl-9", "    source: gazette-2", "    source: [gazette-2, lonely]")
    assert problems(specs) == []


def test_a_shared_source_is_not_idle_because_some_rule_cannot_be_read(specs: Path) -> None:
    (specs / "sources" / "lonely.yaml").write_text(SOURCE, encoding="utf-8")
    change_rule(specs, "atl-9", "    source: gazette-2", "    source: [gazette-2, lonely]")
    change_rule(specs, "atl-letter", "kind: letter", "kind: leter")
    assert problems(specs) == []  # the rules are checked by themselves


BOARD = f"item: {{value: board, {FIRM}}}\ncontains: [{{chip: a10, count: 2}}]\n"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("dies: [{name: D1}]\n", "dies"),
        (f"declared:\n  tpp: {{value: 5, unit: TOPS*bit, {FIRM}}}\n", "declared.tpp"),
    ],
)
def test_a_sum_over_circuits_that_no_rule_asks_for_is_told(
    body: str, place: str, specs: Path, head: str
) -> None:
    add(specs, head + BOARD + body)
    ((path, what),) = brief(problems(specs))
    assert path == place
    assert "no rule asks for a sum" in what
