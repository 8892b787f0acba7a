"""Problems in spec folders and in single files of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.files import BUILT_IN, COUNTRIES_FILE
from chipcalc.lint import claims
from chipcalc.lint import groups as groups_lint
from chipcalc.lint import rules as rules_lint
from chipcalc.lint.sheets import problems, sheet_problems
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import read
from chipcalc.sheets.store import Store


def paths(given: Sequence[Path], specs: Sequence[Path]) -> tuple[list[Problem], int]:
    """Return the problems of spec folders and single files, and how many files were checked.

    A folder is checked as one that is read before the built-in one. Raises ChipcalcError for a
    path that does not exist.
    """
    found: list[Problem] = []
    checked = 0
    for path in given or [*specs, BUILT_IN]:
        if path.is_dir():
            store = Store((path,) if path.resolve() == BUILT_IN else (path, BUILT_IN))
            own = {chip for chip, file in store.files.items() if path in file.parents}
            rules = {rule for rule, file in Rulebook(store).files.items() if path in file.parents}
            checked += len(own) + len(rules)
            found += problems(store, own)
            found += rules_lint.problems(store, only=rules) if rules else []
            articles = claims.own_files(store, path)
            checked += len(articles)
            found += claims.problems(store, articles)
            groups = groups_lint.own_files(store, path)
            checked += len(groups)
            found += groups_lint.problems(store, groups)
            names = [each for each in (path / COUNTRIES_FILE.name,) if each.is_file()]
            checked += len(names)
            found += [each for name in names for each in groups_lint.name_problems(name)]
            continue
        found += _file_problems(path, Store((*specs, BUILT_IN)))
        checked += 1
    return list(dict.fromkeys(found)), checked


def _file_problems(path: Path, store: Store) -> list[Problem]:
    """Return the problems of one sheet, or of one file with a rule."""
    try:
        data = read(path).data
        if isinstance(data, dict) and ("versions" in data or "paragraph" in data):
            known = {each.resolve() for each in Rulebook(store).files.values()}
            own = () if path.resolve() in known else (path,)
            return rules_lint.problems(store, own, {str(data.get("id", ""))})
        if isinstance(data, dict) and ("claims" in data or "article" in data):
            return claims.problems(store, [path])
        if isinstance(data, dict) and "ambiguous" in data:
            return groups_lint.name_problems(path)
        if isinstance(data, dict) and "groups" in data:
            return groups_lint.problems(store, [path])
        return list(sheet_problems(store.from_file(str(path)), store))
    except ChipcalcError as fault:
        if not path.exists():
            raise
        return list(fault.problems)
