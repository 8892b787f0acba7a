"""Commands that can be pasted: a shell reads back the words that they were made of."""

from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from chipcalc.words.commands import written

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(PRINTABLE | st.just("2 op/B"), max_size=5))
def test_a_shell_reads_back_the_words(words: list[str]) -> None:
    assert shlex.split(written(*words)) == ["chipcalc", *words]


def test_plain_words_stay_bare_and_others_are_quoted() -> None:
    assert written("compare", "h20", "ascend-910*", "--at", "2 op/B", "") == (
        "chipcalc compare h20 'ascend-910*' --at \"2 op/B\""
    )
