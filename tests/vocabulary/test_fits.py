"""All that a vocabulary names is there, and fits; what does not is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("larger: [TB/s]", "larger: [TB]", "'TB' is information, but the unit is"),
        ("times: 0.5}", "times: 0}", "a factor is more than zero"),
        ("becomes: both, times: 2", "times: 2", "a factor without a conversion"),
        ("times: [0, 1]", "times: [1, 0]", "the ends are not in order"),
        ("range: [19, 32]", "range: [32, 19]", "the ends are not in order"),
        ("value: 8, unit: bit", "value: -8, unit: bit", "a negative amount"),
        ("usual: ic", "usual: nosuch", "no value 'nosuch'"),
        ("phrase: for {}", "phrase: for all", "no place for the value"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line_when_it_is_read(
    specs: Path, right: str, wrong: str, told: str
) -> None:
    path = specs / "metrics.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ChipcalcError) as fault:
        assert Store((specs,)).vocabulary
    problem = fault.value.problems[0]
    assert told in problem.what
    line = text[: text.index(right)].count("\n") + 1
    assert (Path(problem.file).name, problem.line) == ("metrics.yaml", line)
