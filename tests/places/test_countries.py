"""Countries are found by code and by name, however they are typed; doubtful names are refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.places import countries

ALPHA_3 = {each.alpha_2: each.alpha_3 for each in pycountry.countries}
SHARED = ("Congo", "Korea")
codes = st.sampled_from(sorted(ALPHA_3))
typed: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [str, str.upper, str.lower, str.title, str.swapcase, lambda text: f" {text} "]
)


def refusal(text: str) -> tuple[str, str]:
    """Return fault and hint of a name that is refused."""
    with pytest.raises(ChipcalcError) as caught:
        countries.code(text)
    (problem,) = caught.value.problems
    return problem.what, problem.hint


def without_accents(text: str) -> str:
    """Return a name as one types it on a keyboard without accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each))


def test_the_codes_are_those_of_iso_3166_in_order() -> None:
    """ISO 3166-1 assigns 249 codes of two letters."""
    assert len(countries.codes()) == 249
    assert list(countries.codes()) == sorted(ALPHA_3)


@given(codes, typed)
def test_every_country_is_found_by_its_codes_and_by_the_name_that_is_shown(
    code: str, how: Callable[[str], str]
) -> None:
    for spelling in (code, ALPHA_3[code], countries.name(code)):
        assert countries.code(how(spelling)) == code


def test_no_name_hides_a_code_or_another_country() -> None:
    for code, longer in ALPHA_3.items():
        assert countries.code(code) == countries.code(longer) == code
        assert countries.code(countries.name(code)) == code


def test_a_name_that_is_spelled_like_a_code_does_not_hide_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(countries, "_names", lambda: {"AF": ["N.O.", "Ruritania"]})
    found = countries._by_name.__wrapped__()
    assert (found["no"], found["ruritania"]) == ("NO", "AF")


@pytest.mark.parametrize("kind", ["name", "common_name", "official_name"])
def test_every_name_in_the_list_of_iso_finds_its_country(kind: str) -> None:
    """Congo alone is the name of CG there, and many people mean CD by it."""
    for each in pycountry.countries:
        spelling = getattr(each, kind, each.alpha_2)
        if spelling not in SHARED:
            assert countries.code(spelling) == each.alpha_2


@given(codes)
def test_accents_points_and_spaces_of_a_name_do_not_matter(code: str) -> None:
    name = without_accents(countries.name(code))
    assert countries.code(name) == code
    assert countries.code(name.replace(" ", "")) == code
    assert countries.code(".".join(name)) == code


def test_no_two_countries_are_shown_alike() -> None:
    names = {countries.name(each).casefold() for each in countries.codes()}
    assert len(names) == len(countries.codes())


@pytest.mark.parametrize("text", ["NO", "no", "NOR", "nor", "Norway", "norway", "NORWAY"])
def test_no_is_norway(text: str) -> None:
    """Plain YAML takes NO for a boolean."""
    assert countries.code(text) == "NO"
    assert countries.name("NO") == "Norway"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"),
        ("PRC", "CN"),
        ("Hong Kong", "HK"),
        ("Macau", "MO"),
        ("Macao", "MO"),
        ("Taiwan", "TW"),
        ("UAE", "AE"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("America", "US"),
        ("Turkey", "TR"),
        ("turkiye", "TR"),
        ("Ivory Coast", "CI"),
        ("cote divoire", "CI"),
        ("Viet Nam", "VN"),
        ("Vietnam", "VN"),
        ("Korea, Republic of", "KR"),
        ("North Korea", "KP"),
        ("ROK", "KR"),
        ("DRC", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Holland", "NL"),
        ("Czech Republic", "CZ"),
        ("Russia", "RU"),
        ("KSA", "SA"),
        ("Guinea", "GN"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
    ],
)
def test_the_names_that_people_use_are_known(text: str, code: str) -> None:
    assert countries.code(text) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CN", "China"),
        ("TW", "Taiwan"),
        ("GB", "United Kingdom"),
        ("VN", "Vietnam"),
        ("IR", "Iran"),
        ("US", "United States"),
    ],
)
def test_a_country_is_shown_by_the_name_that_people_use(code: str, name: str) -> None:
    """ISO 3166 lists most of these with a form of government, or turned around a comma."""
    assert countries.name(code) == name


@pytest.mark.parametrize("what", ["ZZ", "X:1", "", "cn"])
def test_what_is_no_code_is_called_as_it_is_written(what: str) -> None:
    assert countries.name(what) == what


@pytest.mark.parametrize(
    ("text", "code", "other"),
    [("Congo", "CD", "CG"), ("congo", "CD", "CG"), ("Korea", "KP", "KR"), ("KOREA", "KP", "KR")],
)
def test_a_name_that_two_countries_share_is_refused_with_both(
    text: str, code: str, other: str
) -> None:
    what, hint = refusal(text)
    assert what == f"'{text}' may be {countries.name(code)} or {countries.name(other)}"
    assert hint == f"write {code} or {other}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Norwey", "Norway"),
        ("Germny", "Germany"),
        ("Switzerlnd", "Switzerland"),
        ("Unted Kingdom", "United Kingdom"),
        ("Vietnm", "Vietnam"),
    ],
)
def test_a_typing_error_is_answered_with_the_nearest_name(text: str, meant: str) -> None:
    what, hint = refusal(text)
    assert what == f"no country '{text}'"
    assert hint.startswith("did you mean ")
    assert f"'{meant}'" in hint


@pytest.mark.parametrize("text", ["", " ", "…", "Qqqqqqqqqqq", "龙腾"])
def test_what_is_like_no_country_is_answered_with_how_to_write_one(text: str) -> None:
    what, hint = refusal(text)
    assert what == f"no country '{text}'"
    assert "a code of two or three letters" in hint


@given(st.text() | st.text("CNORWAYcnorway .-'", max_size=6))
def test_any_text_is_a_country_or_an_error_with_a_next_step(text: str) -> None:
    try:
        found = countries.code(text)
    except ChipcalcError:
        assert all(refusal(text))
        return
    assert found in ALPHA_3
    assert countries.code(found) == found
