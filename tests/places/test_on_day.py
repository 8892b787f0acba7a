"""Places of a day: who is in which group, and sets of countries told shortly but exactly."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.places import countries
from chipcalc.places.groups import Group, Groups, SameAs
from chipcalc.places.load import load
from chipcalc.places.on_day import Area, Places, told
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict, some
from shared import STORE, real_rules

D = datetime.date
MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
REAL = load(STORE.folders)
DAY = D(2023, 1, 15)
CITED = {"source": "s", "confidence": "text"}
FRIENDS = ["DE", "FR", "IT", "NO", "PL"]  # X:1 on DAY: PL has joined, and not yet left

days = st.dates(D(2019, 1, 1), D(2027, 1, 1))
codes = st.sampled_from(countries.codes())
few_codes = st.sampled_from(countries.codes()[:12])  # so that groups overlap
some_codes = st.lists(codes, unique=True, max_size=40)


@st.composite
def books(draw: st.DrawFn) -> Groups:
    """Return made-up groups that may overlap, with changes, and countries that count to others."""
    groups = []
    for number in range(draw(st.integers(0, 4))):
        members = draw(st.lists(few_codes | codes, unique=True, max_size=25))
        joined = members[: draw(st.integers(0, 3))]
        changes = [
            {"country": each, "joined": sorted(day.isoformat() for day in span), "note": "n"}
            for each, span in ((e, draw(st.tuples(days, days))) for e in joined)
        ]
        body = {"id": f"G:{number}", "title": "G", "members": members, **CITED}
        groups.append({**body, "changes": [{**each, **CITED} for each in changes]})
    pairs = draw(st.lists(st.tuples(codes, codes), max_size=3, unique_by=lambda pair: pair[0]))
    homes = {of for _, of in pairs}
    same = [{"country": e, "of": of, **CITED} for e, of in pairs if e not in homes]
    head = {"id": "g", "since": "2020-01-01", "read": "2025-01-01", "verified": "2026-01-01"}
    return Groups.model_validate({**head, "groups": groups, "same_as": same})


places_of_any_day = st.builds(lambda book, day: Places((book,), day), books(), days) | st.builds(
    lambda day: Places(REAL, day), days
)


@st.composite
def described(draw: st.DrawFn) -> tuple[Places, frozenset[str]]:
    """Return places and some countries: members of groups, more or less, or whichever."""
    places = draw(places_of_any_day)
    names = sorted(places.groups)
    chosen: set[str] = set()
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) if names else []:
        chosen |= members(places, name)
    if chosen:
        chosen -= set(draw(st.lists(st.sampled_from(sorted(chosen)), max_size=5)))
    chosen |= set(draw(st.lists(few_codes | codes, max_size=8)))
    whole = set(places.all)
    return places, frozenset(whole - chosen if draw(st.booleans()) else chosen & whole)


def members(places: Places, name: str) -> set[str]:
    """Return the countries that a name stands for: those surely in a group, or one country."""
    if name in places.groups:
        return {each for each in places.all if places.holds(each, [name]) is MET}
    return {name}


def denoted(places: Places, area: Area) -> set[str]:
    """Return the countries that an area stands for."""
    within = set[str]().union(*(members(places, each) for each in area.within))
    without = set[str]().union(*(members(places, each) for each in area.without))
    return (within if area.within else set(places.all)) - without


def on(store: Store, day: datetime.date = DAY) -> Places:
    """Return the made-up groups on a day."""
    return Places(load(store.folders), day)


@given(described())
def test_an_area_stands_for_exactly_the_countries_that_it_was_made_of(
    given_: tuple[Places, frozenset[str]],
) -> None:
    places, chosen = given_
    assert denoted(places, places.area(chosen)) == chosen


@given(described())
def test_an_area_is_never_longer_than_a_list_of_the_countries(
    given_: tuple[Places, frozenset[str]],
) -> None:
    """Neither than that of those within, nor than that of those without."""
    places, chosen = given_
    area = places.area(chosen)
    assert area.size == len(area.within) + len(area.without)
    assert area.size <= len(places.all) - len(chosen)
    if chosen:
        assert area.size <= len(chosen)


@given(described(), st.randoms())
def test_the_order_of_the_countries_does_not_matter_to_an_area(
    given_: tuple[Places, frozenset[str]], random: Random
) -> None:
    places, chosen = given_
    shuffled = sorted(chosen)
    random.shuffle(shuffled)
    assert places.area(shuffled) == places.area(sorted(chosen))


@given(places_of_any_day, st.data())
def test_a_whole_group_is_told_by_one_name(places: Places, data: st.DataObject) -> None:
    names = [each for each in places.groups if members(places, each)]
    if names:
        name = data.draw(st.sampled_from(names))
        assert places.area(members(places, name)).size == 1


@given(places_of_any_day, some_codes, st.data())
def test_countries_are_cut_into_parts_that_answer_alike(
    places: Places, chosen: list[str], data: st.DataObject
) -> None:
    values = data.draw(st.lists(codes | st.sampled_from([*sorted(places.groups), "FR"])))
    parts = list(places.cut(chosen, values))
    assert sorted(each for part in parts for each in part) == sorted(chosen)
    answers = [{places.holds(each, values) for each in part} for part in parts]
    assert all(len(each) == 1 for each in answers)
    assert len(set[Verdict]().union(*answers)) == len(parts)


@given(places_of_any_day, codes, st.data())
def test_a_country_is_in_one_of_several_places_by_the_logic_of_what_is_unknown(
    places: Places, country: str, data: st.DataObject
) -> None:
    values = data.draw(st.lists(codes | st.sampled_from([*sorted(places.groups), "FR"])))
    expected = some(places.holds(country, [each]) for each in values)
    assert places.holds(country, values) is expected


@given(places_of_any_day, codes)
def test_a_place_is_where_the_regulations_count_it_to(places: Places, country: str) -> None:
    home = places.home(country)
    assert home in places.all
    assert places.home(home) == home
    assert (home == country) == (country in places.all)
    for name in places.groups:
        assert places.holds(country, [name]) is places.holds(home, [name])
    assert places.holds(country, [home]) is places.holds(home, [country]) is MET


@given(codes, codes)
def test_without_groups_a_country_is_itself_alone(one: str, other: str) -> None:
    assert Places().holds(one, [other]) is (MET if one == other else NOT_MET)
    assert Places().all == countries.codes()


@pytest.mark.parametrize(
    ("country", "values", "expected"),
    [
        ("FR", ["X:1"], MET),
        ("GF", ["X:1"], MET),
        ("GF", ["FR"], MET),
        ("FR", ["GF"], MET),
        ("BR", ["X:1"], NOT_MET),
        ("BR", ["X:1", "X:2"], MET),
        ("BR", ["X:1", "BR"], MET),
        ("PE", ["X:2"], UNKNOWN),
        ("PE", ["X:2", "PE"], MET),
        ("PE", ["X:1", "X:2"], UNKNOWN),
        ("PE", ["X:1"], NOT_MET),
        ("PE", [], NOT_MET),
    ],
)
def test_groups_and_countries_are_asked_for_together(
    country: str, values: list[str], expected: Verdict, store: Store
) -> None:
    """On a day of the spring in which Peru joined X:2; French Guiana counts as France."""
    assert on(store, D(2023, 3, 1)).holds(country, values) is expected


def test_before_the_lists_begin_no_membership_is_known(store: Store) -> None:
    """The lists of Atlantis are given from 2020-01-01 on."""
    before, first = on(store, D(2019, 12, 31)), on(store, D(2020, 1, 1))
    assert [before.holds(each, ["X:1"]) for each in ("FR", "BR")] == [UNKNOWN, UNKNOWN]
    assert [first.holds(each, ["X:1"]) for each in ("FR", "BR")] == [MET, NOT_MET]
    assert before.holds("FR", ["FR"]) is MET
    assert before.area(FRIENDS) == Area(tuple(FRIENDS))


def test_a_country_that_counts_to_another_one_is_not_listed_beside_it(store: Store) -> None:
    assert set(countries.codes()) - set(on(store).all) == {"GF"}


@pytest.mark.parametrize(
    ("chosen", "area"),
    [
        (FRIENDS, Area(("X:1",))),
        ([*FRIENDS, "MO"], Area(("X:1", "MO"))),
        ([*FRIENDS, "BR", "CL"], Area(("X:1", "X:2"))),
        (["DE", "IT", "NO", "PL"], Area(("X:1",), ("FR",))),
        (["DE"], Area(("DE",))),
    ],
)
def test_an_area_is_told_by_groups_where_that_is_shorter(
    chosen: list[str], area: Area, store: Store
) -> None:
    assert on(store).area(chosen) == area


def grouped(**groups: str) -> Places:
    """Return groups with these members, and nothing else."""
    found = [
        Group.model_validate({"id": f"G:{name}", "title": "G", "members": codes.split(), **CITED})
        for name, codes in groups.items()
    ]
    return Places((groups_of().model_copy(update={"groups": tuple(found)}),), DAY)


@pytest.mark.parametrize(
    ("chosen", "area"),
    [
        ("FR DE IT ES SE", Area(("G:near",), ("NO",))),
        ("FR DE IT ES SE PT", Area(("G:near", "PT"), ("NO",))),
        ("FR DE IT NO ES", Area(("G:near",), ("SE",))),
    ],
)
def test_a_group_that_reaches_less_far_beyond_is_the_better_one(chosen: str, area: Area) -> None:
    """The large group has all of them, and eight more."""
    places = grouped(near="FR DE IT ES SE NO", large="FR DE IT ES SE PT BR CL PE AR UY PY BO EC")
    assert places.area(chosen.split()) == area


def test_no_group_with_some_of_the_countries_takes_others_away() -> None:
    """Sweden and Norway are in a group of three, but Denmark is to stay."""
    places = grouped(all="FR DE IT ES SE NO DK PL", north="SE NO DK", some="ES PL")
    chosen = ["FR", "DE", "IT", "DK"]
    assert places.area([*chosen, "ES", "PL"]) == Area(("G:all",), ("NO", "SE"))
    assert places.area(["FR", "DE", "IT", "ES", "PL"]) == Area(("G:all",), ("G:north",))


def test_all_countries_need_no_name(store: Store) -> None:
    places = on(store)
    assert places.area(places.all) == Area()
    assert Area().size == 0
    assert places.area([*places.all, "GF"]) == Area()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (FRIENDS, "in X:1"),
        ([*FRIENDS, "MO"], "in X:1 or Macau"),
        ([*FRIENDS, "CN", "MO"], "in X:1, China or Macau"),
        ([*FRIENDS, "BR", "CL"], "in X:1 or X:2"),
        (["DE", "IT", "NO", "PL"], "in X:1, outside France"),
        (["CN"], "China"),
        (["NO", "CN"], "China or Norway"),
        (["AF", "AL", "AM", "AO", "AT"], "Afghanistan, Albania, Armenia, Angola or Austria"),
        (["AF", "AL", "AM", "AO", "AT", "AU"], "AF, AL, AM, AO, AT or AU"),
    ],
)
def test_countries_are_told_in_words(chosen: Sequence[str], words: str, store: Store) -> None:
    assert on(store).described(chosen) == words


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ([], "anywhere"),
        (FRIENDS, "outside X:1"),
        ([*FRIENDS, "MO"], "outside X:1 and Macau"),
        (["CN"], "outside China"),
        (["CN", "NO"], "outside China and Norway"),
    ],
)
def test_all_but_a_few_countries_are_told_by_these(
    missing: Collection[str], words: str, store: Store
) -> None:
    places = on(store)
    assert places.described(set(places.all) - {*missing}) == words


@pytest.mark.parametrize("day", ["2022-10-07", "2023-11-17", "2026-02-01", "2026-11-26"])
def test_every_place_is_described_by_its_own_name_on_every_day(day: str) -> None:
    """Hong Kong counts as China, and the territories of the United States as these."""
    places = real_rules(day).places
    assert places.same_as["HK"].of == "CN"
    for code in countries.codes():
        name, home = countries.name(code), places.home(code)
        counts = f" (counts as {countries.name(home)})" if home != code else ""
        assert places.described([code]) == places.named(code) == name + counts
        assert places.area([code]) == Area((code,))


def test_places_that_count_as_another_country_stand_beside_others_by_name() -> None:
    places = real_rules("2026-11-26").places
    assert places.described(["HK", "CN", "DE"]) == ("Hong Kong (counts as China), China or Germany")
    assert places.area(["HK", "DE"]) == Area(("HK", "DE"))


@given(described())
def test_words_name_every_group_and_every_country_of_the_area(
    given_: tuple[Places, frozenset[str]],
) -> None:
    places, chosen = given_
    words, area = places.described(chosen), places.area(chosen)
    for names in area:
        spelled = places.listed(names, "or")
        for each in names:
            assert each in spelled or countries.name(each) in spelled
    for name in (*area.within, *area.without):
        assert name in words or countries.name(name) in words
    assert ("outside " in words) == bool(area.without)


# What to know about a country.


def test_a_place_that_counts_to_another_one_is_told_with_why(store: Store) -> None:
    found = list(on(store).remarks("GF", ["X:1"]))
    assert found == ["French Guiana counts as France: an overseas department"]


def test_a_place_may_count_to_another_one_without_a_note() -> None:
    same = SameAs.model_validate({"country": "HK", "of": "CN", **CITED})
    (book,) = Places((groups_of(),)).books
    places = Places((book.model_copy(update={"same_as": (same,)}),), DAY)
    assert list(places.remarks("HK", [])) == ["Hong Kong counts as China"]


def groups_of(**change: object) -> Groups:
    """Return one group, of Chile alone, with a change of it."""
    group = Group.model_validate(
        {
            "id": "Z:1", "title": "Z", "members": ["CL"], **CITED,
            "changes": [{"country": "CL", "joined": "2022-01-01", **CITED, **change}],
        }
    )  # fmt: skip
    head = {"id": "z", "since": "2020-01-01", "read": "2025-01-01", "verified": "2026-01-01"}
    return Groups.model_validate({**head, "groups": [group]})


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        (D(2023, 1, 31), False),
        (D(2023, 2, 1), True),
        (D(2023, 3, 31), True),
        (D(2023, 4, 1), False),
    ],
)
def test_a_change_on_a_day_that_is_not_known_is_told_while_it_may_happen(
    when: datetime.date, *, is_told: bool
) -> None:
    book = groups_of(joined=["2023-02-01", "2023-04-01"], note="in spring")
    found = list(Places((book,), when).remarks("CL", ["Z:1"]))
    words = "Chile joined Z:1 between 2023-02-01 and 2023-04-01 (text): in spring"
    assert found == ([words] if is_told else [])


@pytest.mark.parametrize(
    ("confidence", "is_told"),
    [("text", False), ("quoted", False), ("secondary", True), ("inferred", True)],
)
def test_a_change_that_was_not_read_in_the_text_is_told_on_every_day(
    confidence: str, *, is_told: bool
) -> None:
    book = groups_of(confidence=confidence)
    for when in (D(2021, 1, 1), D(2022, 1, 1), D(2024, 1, 1)):
        found = list(Places((book,), when).remarks("CL", ["Z:1"]))
        assert found == ([f"Chile joined Z:1 on 2022-01-01 ({confidence})"] if is_told else [])


def test_only_groups_that_are_asked_for_are_remarked_on(store: Store) -> None:
    places = on(store)
    assert list(places.remarks("PL", ["X:2"])) == []
    assert list(places.remarks("PL", [])) == []
    assert list(places.remarks("BR", ["X:1", "X:2"])) == []


def test_a_change_of_the_country_that_a_place_counts_to_is_told_too() -> None:
    same = SameAs.model_validate({"country": "HK", "of": "CL", **CITED, "note": "made up"})
    book = groups_of(confidence="secondary").model_copy(update={"same_as": (same,)})
    found = list(Places((book,), DAY).remarks("HK", ["Z:1"]))
    assert found == [
        "Hong Kong counts as Chile: made up",
        "Chile joined Z:1 on 2022-01-01 (secondary)",
    ]


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        ("X:1", 0, "Poland joined X:1 on 2021-01-01 (text)"),
        ("X:1", 1, "Italy joined X:1 on 2022-03-01 (3 AG 7, text)"),
        ("X:1", 2, "Poland left X:1 on 2024-07-01 (secondary): as the press reports"),
        (
            "X:2",
            0,
            "Peru joined X:2 between 2023-02-01 and 2023-04-01 (unverified): some day in spring",
        ),
    ],
)
def test_a_change_is_told_with_its_day_and_how_firm_it_is(
    name: str, number: int, words: str, store: Store
) -> None:
    group = on(store).groups[name]
    assert told(group, group.changes[number]) == words


@pytest.mark.parametrize(
    ("when", "read_later", "checked_before"),
    [
        (D(2025, 5, 31), True, False),
        (D(2025, 6, 1), False, False),
        (D(2026, 1, 1), False, False),
        (D(2026, 1, 2), False, True),
    ],
)
def test_lists_that_were_read_for_another_day_say_so(
    when: datetime.date, store: Store, *, read_later: bool, checked_before: bool
) -> None:
    """They were read in the issue of 2025-06-01, and last checked on 2026-01-01."""
    found = list(on(store, when).freshness())
    assert len(found) == read_later + checked_before
    assert any("issue of 2025-06-01" in e and str(when) in e for e in found) == read_later
    late = f"Country groups last checked on 2026-01-01, before {when}"
    assert (late in found) == checked_before


def test_without_groups_nothing_can_be_out_of_date() -> None:
    assert list(Places().freshness()) == []


def test_groups_of_several_regimes_stand_side_by_side(store: Store) -> None:
    places = Places((*load(store.folders), groups_of()), DAY)
    assert list(places.groups) == ["X:1", "X:2", "Z:1"]
    assert places.holds("CL", ["Z:1"]) is MET
    assert places.home("GF") == "FR"
