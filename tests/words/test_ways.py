"""Each way to see a case is said in words that tell it from all the others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chipcalc.check.ways import Basis, BitLengths
from chipcalc.licence.questions import Alternative
from chipcalc.places.on_day import Membership
from chipcalc.rules.case import Judgement
from chipcalc.sheets.store import Store
from chipcalc.values.logic import Verdict
from chipcalc.words.licence import seen
from chipcalc.words.ways import belonging, stated

CHINA_IN = Membership("CN", "D:5", belongs=True)
MACAU_OUT = Membership("MO", "D:5", belongs=False)


def test_every_basis_of_a_figure_has_words_of_its_own(store: Store) -> None:
    said = {each: stated(each, store.vocabulary) for each in Basis}
    assert len(set(said.values())) == len(Basis)
    assert said[Basis.computed] == "computed"
    assert said[Basis.declared] == "declared by the vendor"
    assert said[Basis.summed_over_units] == "sum over units of each one's largest"
    assert said[Basis.of_whole] == "largest format of the chip as a whole"


def test_a_format_of_an_open_length_is_said_with_its_bits(store: Store) -> None:
    one, two = ("tf32", Fraction(19)), ("fp16", Fraction(16))
    assert stated(BitLengths((one,)), store.vocabulary) == "TF32 as 19 bits"
    both = stated(BitLengths((one, two)), store.vocabulary)
    assert both == "TF32 as 19 bits, FP16 as 16 bits"


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        pytest.param((), "", id="all known"),
        pytest.param((CHINA_IN,), "China in D:5", id="in"),
        pytest.param((MACAU_OUT,), "Macau not in D:5", id="not in"),
        pytest.param((CHINA_IN, MACAU_OUT), "China in D:5 and Macau not in D:5", id="both"),
    ],
)
def test_what_is_taken_of_groups_is_said_by_country(
    places: tuple[Membership, ...], shown: str
) -> None:
    assert belonging(places) == shown


def test_a_case_is_seen_by_its_groups_and_then_by_its_figures(store: Store) -> None:
    judgement = Judgement(Verdict.met)
    both = Alternative(judgement, way=Basis.declared, places=(CHINA_IN,))
    assert seen(both, store.vocabulary) == "China in D:5, declared by the vendor"
    assert seen(both._replace(way=None), store.vocabulary) == "China in D:5"
    assert seen(both._replace(places=()), store.vocabulary) == "declared by the vendor"
