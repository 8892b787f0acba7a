"""What an error about a supposed value suggests is accepted when it is pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from chipcalc.check.what_if import blank, settings, suppose
from chipcalc.errors import ChipcalcError, Problem
from daily import daily
from shared import STORE

VOCABULARY = STORE.vocabulary
NAMES = [*VOCABULARY.metrics, *VOCABULARY.circumstances]
WRONG = ["", "?", "abc", "5", "5 kg", "-1", "1,5 TB/s", "10 20", "datacentre", "5..", "..5", "9-8"]
QUOTED = re.compile(r"'([^']+)'")


def problems(*typed: str) -> tuple[Problem, ...]:
    """Return what is wrong with settings as a user types them; nothing where they are accepted."""
    try:
        suppose(blank(VOCABULARY), settings(typed, "tpp=2368 or market=datacenter"), VOCABULARY)
    except ChipcalcError as fault:
        return fault.problems
    return ()


def misspelt(name: str) -> Iterator[str]:
    """Yield a name with a letter left out, doubled, exchanged, or in other signs."""
    for at in range(0, len(name), 3):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at] + name[at:]
        yield name[:at] + "x" + name[at + 1 :]
    yield name.upper()
    yield name.replace("_", "-")
    yield name.replace("_", "")


def value_of(name: str) -> str:
    """Return a value that fits a name: a word of a circumstance, an amount of a metric."""
    if name in VOCABULARY.circumstances:
        known = VOCABULARY.circumstances[name]
        return "CN" if known.places else next(iter(known.values))
    if name.partition("[")[0] == "launched":
        return "2025"
    return f"100 {VOCABULARY.metric(name.partition('[')[0]).unit.text}"


def suggested(name: str, problem: Problem) -> Iterator[str]:
    """Yield the settings that an error suggests in place of the one that was refused."""
    hint = problem.hint
    if "did you mean" in hint:
        for each in QUOTED.findall(hint):
            if name in NAMES and each not in NAMES:
                yield f"{name}={each}"  # a word in place of the value
            else:
                yield f"{each}={value_of(each)}"
    elif "write for example" in hint:
        example = hint.partition("write for example ")[2]
        if "=" in example:
            yield from example.split(" or ")
        else:
            yield from (f"{name}={each}" for each in QUOTED.findall(example))
    elif hint.startswith("write ") and "=…" in hint:
        key = hint.removeprefix("write ").removesuffix("=…")
        yield f"{key}={value_of(key)}"


def refused(name: str, typed: str) -> Iterator[str]:
    """Yield suggestions that are refused in their turn, with what is said of them."""
    for problem in problems(typed):
        for each in suggested(name, problem):
            again = problems(each)
            if any(step.hint.startswith("write ") and "=…" in step.hint for step in again):
                again = tuple(
                    p for step in again for s in suggested(name, step) for p in problems(s)
                )
            if again:
                yield f"{typed}: {problem.what}; {problem.hint} -> {each}: {again[0].what}"


SAMPLE = ("throughput", "tpp", "die_area", "link_bandwidth", "core_count", "market", "price")


@pytest.mark.parametrize("name", daily(NAMES, SAMPLE))
def test_a_wrong_value_is_told_with_one_that_is_accepted(name: str) -> None:
    assert [each for value in WRONG for each in refused(name, f"{name}={value}")] == []


@pytest.mark.parametrize("name", daily(NAMES, SAMPLE))
def test_a_misspelt_name_is_told_with_one_that_is_accepted(name: str) -> None:
    typed = [f"{each}={value_of(name)}" for each in misspelt(name)]
    assert [each for text in typed for each in refused(text.partition("=")[0], text)] == []


CONDITIONS = [
    "int8",
    "fp12",
    "format=int8",
    "sparsity=dens",
    "both",
    "direction=bth",
    "unit=gpu",
    "x",
]


@pytest.mark.parametrize("name", daily(list(VOCABULARY.metrics), SAMPLE[:5]))
def test_a_wrong_condition_is_told_with_one_that_is_accepted(name: str) -> None:
    found = []
    for each in CONDITIONS:
        typed = f"{name}[{each}]={value_of(name)}"
        for problem in problems(typed):
            written = problem.hint.removeprefix("write ").removesuffix("=…")
            if "=…" in problem.hint and problems(f"{written}={value_of(written)}"):
                found.append(f"{typed}: {problem.what}; {problem.hint}")
            if "did you mean" in problem.hint:
                word = QUOTED.findall(problem.hint)[0]
                condition = each.partition("=")[0] if "=" in each else ""
                key = f"{name}[{condition}={word}]" if condition else f"{name}[{word}]"
                again = problems(f"{key}={value_of(name)}")
                if any(word in step.what and "no " in step.what for step in again):
                    found.append(f"{typed}: {problem.hint} -> {again[0].what}")
    assert found == []
