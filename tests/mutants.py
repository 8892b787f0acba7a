"""Small faults that the tests must notice, each put into a copy of the repository in its turn.

    python tests/mutants.py [WORD...]

runs those whose description contains one of the words, or all, and prints by which test each is
killed. For every fault the tests named beside it run first; the whole suite runs only where they
notice nothing. The exit status is 1 where a fault survives, or where its text stands no longer
exactly once below chipcalc/ and specs/: then describe it anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("chipcalc/**/*.py", "specs/**/*.yaml")
PYTEST = ("-m", "pytest", "-q", "-x", "-rfE", "--tb=no", "-p", "no:cacheprovider")
SEED = "--hypothesis-seed=0"  # a fault is noticed in every run or in none
LEFT_OUT = (".git", ".venv", ".hypothesis", ".*_cache", "__pycache__")
ALL = ("-n", "auto")


class Mutant(NamedTuple):
    """A fault: what it is, the text that it replaces, what stands there then, and tests to try.

    The text stands once in the code and the data, so that its file need not be named; tests are
    named by their files, below tests/ and without suffix.
    """

    what: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "formats: one without a rate is passed over",
        'answers = [*answers, Missing("unknown", unrated, listed=True)]',
        "answers = [*answers]",
        ("figures/test_evaluate", "check/test_information"),
    ),
    Mutant(
        "formats: a rate bounds TPP where the formats are not listed",
        "return found._replace(because=because, high=None)",
        "return found._replace(because=because)",
        ("figures/test_evaluate",),
    ),
    Mutant(
        "formats: a shared rate is taken once, not so many times",
        '"value": statement.value * same.times,',
        '"value": statement.value,',
        ("figures/test_evaluate",),
    ),
    Mutant(
        "at_least: >= becomes >",
        "sure, never = from_line, below",
        "sure, never = above, below",
        ("rules/test_criteria", "rules/test_case"),
    ),
    Mutant(
        "units: the count of a unit is dropped in the sum",
        "summed.append(times(answer, described.count)",
        "summed.append((answer)",
        ("figures/test_evaluate",),
    ),
    Mutant(
        "units: the first unit alone instead of the sum",
        'added = total(summed, Summed("processing units"))',
        'added = total(summed[:1], Summed("processing units"))',
        ("figures/test_evaluate",),
    ),
    Mutant(
        "date: a version begins the day after",
        "return self.version.begins <= day and",
        "return self.version.begins < day and",
        ("rules/test_rulebook", "check/test_check"),
    ),
    Mutant(
        "date: a version still holds on the first day of the next",
        "(until is None or day < until)",
        "(until is None or day <= until)",
        ("rules/test_rulebook", "check/test_check"),
    ),
    Mutant(
        "interval: subtraction takes low from low and high from high",
        "Interval(self.low - other.high, self.best - other.best, self.high - other.low)",
        "Interval(self.low - other.low, self.best - other.best, self.high - other.high)",
        ("values/test_interval",),
    ),
    Mutant(
        "exceptions never take an item out",
        "verdict = every((of.verdict, negated(taken)))",
        "verdict = of.verdict",
        ("rules/test_case",),
    ),
    Mutant(
        "data: 3A090.a without Note 2",
        """performance_density: {at_least: 5.92 TOPS*bit/mm^2}}
    except:
      - {cite: Note 2 to 3A090.a and 3A090.b, all: {market: {not: datacenter}, """
        "tpp: {less_than: 4800 TOPS*bit}}}\n    where_undefined:",
        "performance_density: {at_least: 5.92 TOPS*bit/mm^2}}\n    where_undefined:",
        ("law/test_rules_us",),
    ),
    Mutant(
        "data: 3A090.b without Note 2",
        """performance_density: {at_least: 3.2 TOPS*bit/mm^2, less_than: 5.92 TOPS*bit/mm^2}
    except:
      - {cite: Note 2 to 3A090.a and 3A090.b, all: {market: {not: datacenter}, """
        "tpp: {less_than: 4800 TOPS*bit}}}\n    where_undefined:",
        "performance_density: {at_least: 3.2 TOPS*bit/mm^2, less_than: 5.92 TOPS*bit/mm^2}\n"
        "    where_undefined:",
        ("law/test_rules_us",),
    ),
    Mutant(
        "compare: a ratio the wrong way round",
        "found = (answer.value / base.value).amount",
        "found = (base.value / answer.value).amount",
        ("comparison/test_comparison",),
    ),
    Mutant(
        "compare: where less is better, the most is best",
        'definition.better == "lower" and all(amount.high < each.low for each in rest)',
        'definition.better == "lower" and all(amount.low > each.high for each in rest)',
        ("comparison/test_comparison",),
    ),
    Mutant(
        "compliance: a rule is obeyed from the day after only",
        "due = version.compliance is None or day >= version.compliance",
        "due = version.compliance is None or day > version.compliance",
        ("licence/test_licence",),
    ),
    Mutant(
        "country group: a country leaves a day late",
        "            if day >= last:\n                break",
        "            if day > last:\n                break",
        ("places/test_groups",),
    ),
    Mutant(
        "budget: a number of chips is rounded",
        "floor(line / end) if end",
        "round(line / end) if end",
        ("check/test_budget",),
    ),
    Mutant(
        "matching: a 2:4 figure counts as dense",
        "amount = amount * exactly(each.times)",
        "amount = amount * exactly(1)",
        ("figures/test_evaluate", "comparison/test_comparison"),
    ),
    Mutant(
        "status: the firmest instead of the least firm",
        'return max(statuses, key=STATUSES.index, default="official")',
        'return min(statuses, key=STATUSES.index, default="official")',
        ("sheets/test_store", "figures/test_evaluate"),
    ),
    Mutant(
        "claims: a chip on an excluded end stays outside",
        "amount.high < high or (self.high_included and amount.high == high)",
        "amount.high <= high",
        ("deciding/test_deciding",),
    ),
    Mutant(
        "claims: every span contains every chip",
        "        return above and below\n",
        "        return True\n",
        ("deciding/test_deciding", "tables/test_headroom"),
    ),
    Mutant(
        "claims: launched by a date, early counts as late",
        "return out is not None and not by.surely_before(out)",
        "return out is not None and by.surely_before(out)",
        ("claims/test_sets",),
    ),
    Mutant(
        "check: two ways to count units become one",
        "yield from found or [(Basis.computed, whole)]",
        "yield Basis.computed, whole",
        ("check/test_check",),
    ),
    Mutant(
        "classify: what is met wins over what is unknown before it",
        "if finding.verdict is Verdict.met and not possible:",
        "if finding.verdict is Verdict.met:",
        ("check/test_check",),
    ),
    Mutant(
        "deciding: the end of a range is no piece of its own",
        "if right is not None and left != right:",
        "if right is not None and left != right and right != high:",
        ("deciding/test_deciding",),
    ),
    Mutant(
        "cells: at the limit itself, what is at least that much is less",
        '    "at_least": ge,\n    "more_than": gt,\n',
        '    "at_least": gt,\n    "more_than": gt,\n',
        ("deciding/test_cells",),
    ),
    Mutant(
        "cells: one judgement for all, whatever their verdicts",
        "if row not in found:",
        "if not (found and found.setdefault(row, next(iter(found.values())))):",
        ("deciding/test_cells",),
    ),
    Mutant(
        "headroom: the share that a chip uses the wrong way round",
        "numbers.percent(amount / exactly(edge))",
        "numbers.percent(exactly(edge) / amount)",
        ("tables/test_headroom",),
    ),
    Mutant(
        "render: CSV with the fields of the first record alone",
        "fields = list(dict.fromkeys(name for record in records for name in record))\n    return",
        "fields = list(dict.fromkeys(name for record in records[:1] for name in record))\n"
        "    return",
        ("tables/test_render",),
    ),
    Mutant(
        "launched: a month ends on the first day of the next",
        "return datetime.date(*following, 1) - datetime.timedelta(days=1)",
        "return datetime.date(*following, 1)",
        ("schema/test_types", "rules/test_case"),
    ),
    Mutant(
        "exit code: 0 where a control may be met",
        "return OPEN if Verdict.unknown in self._verdicts else 0",
        "return 0",
        ("commands/test_check",),
    ),
    Mutant(
        "roofline: who leads below and who above are swapped",
        "return Crossing(line, at, pair[found.below], pair[found.above])",
        "return Crossing(line, at, pair[found.above], pair[found.below])",
        ("tables/test_compare",),
    ),
    Mutant(
        "headroom: a distance with the wrong sign",
        "away = Interval(value.low - limit, value.best - limit, value.high - limit)",
        "away = Interval(limit - value.high, limit - value.best, limit - value.low)",
        ("check/test_headroom",),
    ),
    Mutant(
        "notes: a text is told to be old a day early",
        "if day > each.rule.verified:",
        "if day >= each.rule.verified:",
        ("tables/test_check", "contract/test_check"),
    ),
    Mutant(
        "licence words: a letter that is open applies",
        'return "may apply"',
        'return "applies"',
        ("words/test_licence",),
    ),
    Mutant(
        "licence report: what is not enforced comes first",
        "return not enforced, order.index(finding.verdict)",
        "return enforced, order.index(finding.verdict)",
        ("tables/test_licence",),
    ),
    Mutant(
        "claims words: rows are left out where they differ",
        'shown.append(speaker.say("{chip} at {rows}", chip=name, rows=rows))',
        "shown.append(name)",
        ("words/test_claims",),
    ),
    Mutant(
        "generations: the ends of a claim do not count",
        "if low <= least and most <= high:",
        "if low < least and most < high:",
        ("comparison/test_generations",),
    ),
    Mutant(
        "provenance: formats that are equal are not named",
        'same = f"; equal for {join_words(equal)}" if equal else ""',
        'same = ""',
        ("words/test_provenance",),
    ),
    Mutant(
        "licence: what is assumed is told as given",
        "if each.usual and not given.get(name) and each.usual == checked.case.said(name)",
        "if each.usual and given.get(name) and each.usual == checked.case.said(name)",
        ("contract/test_licence",),
    ),
    Mutant(
        "shipment: rules about items answer for a shipment",
        "if not isinstance(day, ShipmentRules):",
        "if False:",
        ("licence/test_licence", "test_api"),
    ),
)


def main(words: Sequence[str]) -> int:
    """Put every chosen fault into a copy in turn; return 1 where one is not noticed."""
    chosen = [each for each in MUTANTS if not words or any(word in each.what for word in words)]
    if not chosen:
        raise SystemExit(f"no fault is described with {' or '.join(words)}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copytree(ROOT, copy, ignore=ignore_patterns(*LEFT_OUT))
        first = list(dict.fromkeys(test for each in chosen for test in each.tests))
        failing = noticed(copy, [*located(copy, first)])
        if failing:
            raise SystemExit(f"without any fault {failing} fails; make it pass first")
        survived = [each for each in chosen if not killed(each, copy)]
    print(f"{len(chosen) - len(survived)} of {len(chosen)} faults noticed")
    return 1 if survived else 0


def killed(mutant: Mutant, copy: Path) -> bool:
    """Return whether a test notices a fault in a copy, and print which."""
    found = places(mutant, copy)
    if len(found) != 1:
        told(mutant, "", f"DOES NOT APPLY: its text stands {len(found)} times")
        return False
    path, text = found[0]
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        test = noticed(copy, [*located(copy, mutant.tests)]) or noticed(copy, ALL)
    finally:
        path.write_text(text, encoding="utf-8")
    told(mutant, str(path.relative_to(copy)), test or "SURVIVED")
    return bool(test)


def places(mutant: Mutant, copy: Path) -> list[tuple[Path, str]]:
    """Return the files with the text of a fault, one for every time that it stands there."""
    paths = sorted(path for pattern in PLACES for path in copy.glob(pattern))
    texts = ((path, path.read_text(encoding="utf-8")) for path in paths)
    return [(path, text) for path, text in texts for _ in range(text.count(mutant.old))]


def located(copy: Path, tests: Sequence[str]) -> Iterator[str]:
    """Yield the files of tests; raises SystemExit for one that is not there."""
    for test in tests:
        path = copy / "tests" / f"{test}.py"
        if not path.is_file():
            raise SystemExit(f"no {path.relative_to(copy)}")
        yield str(path)


def noticed(copy: Path, arguments: Sequence[str]) -> str:
    """Return the first test that fails, or cannot even be read; nothing where all pass."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        [sys.executable, *PYTEST, SEED, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.search(r"^(?:FAILED|ERROR) (?:tests/)?(.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    if done.returncode and not failed:
        raise SystemExit(f"the tests cannot run:\n{done.stdout}{done.stderr}")
    return failed[1] if failed else ""


def told(mutant: Mutant, where: str, what: str) -> None:
    """Print a row of the table."""
    print(f"{mutant.what:60} {where:34} {what}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
