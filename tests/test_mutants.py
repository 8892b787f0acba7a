"""Every fault of the list can be put into the code: its text stands there once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mutants import MUTANTS, PLACES, ROOT, Mutant

TEXTS = [path.read_text(encoding="utf-8") for place in PLACES for path in sorted(ROOT.glob(place))]


@pytest.mark.parametrize("mutant", MUTANTS, ids=[each.what for each in MUTANTS])
def test_the_text_of_a_fault_stands_once_and_its_tests_are_there(mutant: Mutant) -> None:
    assert sum(text.count(mutant.old) for text in TEXTS) == 1
    assert mutant.new != mutant.old
    assert all(Path(ROOT, "tests", f"{each}.py").is_file() for each in mutant.tests)


def test_no_fault_is_described_twice() -> None:
    assert Counter(each.what for each in MUTANTS).most_common(1)[0][1] == 1
