"""Three-valued logic: what is unknown stays open, and only what must follow follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.values.logic import Verdict, agreed, every, negated, some

Joined: TypeAlias = Callable[[Iterable[Verdict]], Verdict]

MET, NOT_MET, UNKNOWN = Verdict.met, Verdict.not_met, Verdict.unknown
POSSIBLE = {MET: (True,), NOT_MET: (False,), UNKNOWN: (True, False)}
lists = st.lists(st.sampled_from(Verdict), max_size=6)


def concluded(truths: Iterable[bool]) -> Verdict:
    """Return the verdict of which all possible truths are witnesses."""
    found = set(truths)
    if len(found) > 1:
        return UNKNOWN
    return MET if found.pop() else NOT_MET


def worlds(verdicts: Sequence[Verdict]) -> Iterable[tuple[bool, ...]]:
    """Return every way in which what is unknown may turn out, each on its own."""
    return product(*(POSSIBLE[each] for each in verdicts))


def says_no_less(vague: Verdict, sharp: Verdict) -> bool:
    """Return whether the second verdict agrees with the first, or settles it."""
    return vague in (UNKNOWN, sharp)


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (MET, MET, MET, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (MET, NOT_MET, NOT_MET, MET),
        (UNKNOWN, MET, UNKNOWN, MET),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NOT_MET, NOT_MET, UNKNOWN),
        (NOT_MET, MET, NOT_MET, MET),
        (NOT_MET, UNKNOWN, NOT_MET, UNKNOWN),
        (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
    ],
)
def test_and_and_or_follow_the_tables_of_kleene(
    first: Verdict, second: Verdict, both: Verdict, either: Verdict
) -> None:
    """Kleene, Introduction to Metamathematics (1952), section 64: the strong connectives."""
    assert every([first, second]) is both
    assert some([first, second]) is either


@given(lists)
def test_every_is_what_holds_however_the_unknown_turns_out(verdicts: list[Verdict]) -> None:
    assert every(verdicts) is concluded(all(world) for world in worlds(verdicts))


@given(lists)
def test_some_is_what_holds_however_the_unknown_turns_out(verdicts: list[Verdict]) -> None:
    assert some(verdicts) is concluded(any(world) for world in worlds(verdicts))


@pytest.mark.parametrize("verdict", Verdict)
def test_negated_is_what_holds_however_the_unknown_turns_out(verdict: Verdict) -> None:
    assert negated(verdict) is concluded(not truth for truth in POSSIBLE[verdict])


@pytest.mark.parametrize("verdict", Verdict)
def test_a_denial_denied_is_the_verdict_itself(verdict: Verdict) -> None:
    assert negated(negated(verdict)) is verdict


@given(lists)
def test_to_deny_all_of_them_is_to_find_one_denied(verdicts: list[Verdict]) -> None:
    denied = [negated(each) for each in verdicts]
    assert negated(every(verdicts)) is some(denied)
    assert negated(some(verdicts)) is every(denied)


@pytest.mark.parametrize("joined", [every, some, agreed])
@given(
    st.lists(
        st.tuples(st.sampled_from(Verdict), st.sampled_from([MET, NOT_MET])), min_size=1, max_size=6
    ),
    st.data(),
)
def test_to_learn_more_never_takes_back_a_verdict(
    joined: Joined, pairs: list[tuple[Verdict, Verdict]], data: st.DataObject
) -> None:
    """Some of what is unknown is settled, one way or the other; the rest stays as it was."""
    vague = [before for before, _ in pairs]
    settle = data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))
    sharp = [
        after if before is UNKNOWN and learnt else before
        for (before, after), learnt in zip(pairs, settle, strict=True)
    ]
    assert says_no_less(joined(vague), joined(sharp))


@pytest.mark.parametrize("joined", [every, some, agreed])
@given(lists, st.data())
def test_neither_order_nor_repetition_matters(
    joined: Joined, verdicts: list[Verdict], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations([*verdicts, *verdicts]))
    assert joined(shuffled) is joined(iter(verdicts))


def test_of_none_at_all_every_one_is_met_and_no_one_is() -> None:
    assert every([]) is MET
    assert some([]) is NOT_MET


@given(lists)
def test_they_agree_only_where_all_say_the_same(verdicts: list[Verdict]) -> None:
    same = bool(verdicts) and all(each is verdicts[0] for each in verdicts)
    assert agreed(verdicts) is (verdicts[0] if same else UNKNOWN)


def test_one_who_does_not_know_agrees_with_nobody() -> None:
    assert agreed([MET, UNKNOWN]) is UNKNOWN
    assert agreed([NOT_MET, UNKNOWN]) is UNKNOWN


def test_verdicts_are_printed_in_plain_words() -> None:
    assert [f"{each}" for each in (MET, NOT_MET, UNKNOWN)] == ["met", "not met", "unknown"]
