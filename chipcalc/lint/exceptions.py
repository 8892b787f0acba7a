"""Checks from which a sheet may be excused in its own words, until nothing is left to excuse."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.errors import Problem, did_you_mean
from chipcalc.lint.agreements import Finding, disagreements
from chipcalc.lint.citations import PLACE, unplaced
from chipcalc.lint.deciding import circuits
from chipcalc.lint.standards import standards
from chipcalc.sheets.chip import Excused
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store


def figures_agree(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Figures that follow from others agree with them, and those that decide name their place.

    What a sheet says under exceptions: is left out, and told where nothing is left to excuse.
    """
    exceptions = sheet.chip.exceptions
    used: set[int] = set()
    figures = circuits(sheet, store)
    for finding in (*unplaced(sheet, store, figures), *disagreements(store, figures)):
        excusing = [n for n, each in enumerate(exceptions) if _excuses(each, finding)]
        used.update(excusing)
        if not excusing:
            yield finding.problem
    known = (PLACE, *standards(store).agreements)
    for index, each in enumerate(exceptions):
        if each.check not in known:
            hint = did_you_mean(each.check, known) or f"name one of {', '.join(known)}"
            place = ("exceptions", index, "check")
            yield sheet.document.problem(place, f"no check '{each.check}'", hint)
        elif index not in used:
            what = f"nothing is left that '{each.check}' would find"
            yield sheet.document.problem(("exceptions", index), what, "delete the exception")


def _excuses(exception: Excused, finding: Finding) -> bool:
    same = exception.when.items() <= dict(finding.when).items()
    return exception.check == finding.check and same
