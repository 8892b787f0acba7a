"""What lint finds, for other programs: each problem with its rule, its place and a hint."""

from __future__ import annotations

from importlib.metadata import version

from chipcalc.contract.lint import Report, Reported, Rule
from chipcalc.errors import Problem
from chipcalc.lint.fixes import column_of, fix
from chipcalc.lint.kinds import KINDS, hint, kind
from chipcalc.lint.paths import Linted


def rules() -> tuple[Rule, ...]:
    """Return the rules of lint, in the order of its table."""
    return tuple(Rule(each.name, each.says) for each in KINDS)


def report(found: Linted) -> Report:
    """Return what is wrong with some files as other programs take it."""
    problems = tuple(_reported(each) for each in found.problems)
    return Report(problems, rules(), found.checked, version("chipcalc"))


def _reported(each: Problem) -> Reported:
    return Reported(
        kind(each).name,
        each.file,
        each.line,
        column_of(each) if each.line else 0,
        each.path,
        each.what,
        hint(each),
        fix(each) is not None,
    )
