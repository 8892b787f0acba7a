"""Hostile input is told in one clear line, with exit status 2, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile_cases import Case, cases, outcome

CASES = cases()
SECONDS = 20  # of the processor, watched line by line: what has no bound takes minutes


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)
def test_hostile_input_is_told_in_one_line(case: Case, tmp_path: Path) -> None:
    found = outcome(case, tmp_path)
    assert found.status == case.status
    assert found.seconds < SECONDS
    assert not found.left
    first = found.err.partition("\n")[0]
    if case.status == 2:
        assert not found.out
        assert first.startswith(f"error: {case.says}")
        assert case.hint in found.err
        assert len(found.err.splitlines()) <= 90
    else:
        assert case.prints in found.out
    assert "Traceback" not in found.err


def test_no_case_stands_twice() -> None:
    seen = [repr(each._replace(name="", says="", hint="")) for each in CASES]
    assert len(seen) == len(set(seen))


def test_there_are_two_hundred_cases() -> None:
    assert len(CASES) >= 200
