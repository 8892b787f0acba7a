"""Problems in spec folders and in single files of any kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc import bounded
from chipcalc.errors import ChipcalcError, Problem, each_of, error, join_words
from chipcalc.files import BUILT_IN, COUNTRIES_FILE, noting
from chipcalc.lint import claims, diligence, languages, mappings, regimes
from chipcalc.lint import groups as groups_lint
from chipcalc.lint import rules as rules_lint
from chipcalc.lint.beside import Work, beside
from chipcalc.lint.sheets import problems, sheet_problems
from chipcalc.progress import Progress, untold
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import kept, read, shown
from chipcalc.sheets.store import Store

CHIPS, RULES, CLAIMS, MAPPINGS, OTHERS = "chips", "rules", "claim files", "mappings", "others"
_MANY = 100  # chips that are worth a second process


class Linted(NamedTuple):
    """What is wrong with some files, and how many were checked of each kind."""

    problems: tuple[Problem, ...]
    checked: Mapping[str, int]


def paths(given: Sequence[Path], specs: Sequence[Path], progress: Progress = untold) -> Linted:
    """Return the problems of spec folders and single files, and how many of a kind were checked.

    A folder is checked as one that is read before the built-in one. Raises ChipcalcError for a
    path that does not exist, and for a folder, or one of a kind in it, without files to check.
    """
    with noting():  # so that the snapshot is compared with what the files say today
        return _linted(given, specs, progress)


def _linted(given: Sequence[Path], specs: Sequence[Path], progress: Progress) -> Linted:
    found: list[Problem] = []
    checked: Counter[str] = Counter()
    each_of([str(each) for each in given], _refuse_missing)
    for path in given or [*specs, BUILT_IN]:
        if bounded.is_folder(path):
            of_folder, counts = _folder(path, progress)
            found += of_folder
            checked.update(counts)
            continue
        kind, of_file = _file(path, Store((*specs, BUILT_IN)))
        found += of_file
        checked[kind] += 1
    return Linted(tuple(dict.fromkeys(found)), checked)


def _refuse_missing(path: str) -> None:
    """Raise ChipcalcError for a path at which nothing is."""
    if path != "-" and not bounded.exists(path):
        raise error(f"no file or folder '{path}'", "give a spec folder, or the path of a file")


def _folder(path: Path, progress: Progress) -> Linted:
    """Return the problems of a spec folder; raises ChipcalcError where it holds no files."""
    store = Store((path,) if path.resolve() == BUILT_IN else (path, BUILT_IN))
    own = {chip for chip, file in store.files.items() if path in file.parents}
    rules = {rule for rule, file in Rulebook(store).all_files.items() if path in file.parents}
    articles = claims.own_files(store, path)
    groups = groups_lint.own_files(store, path)
    asked = diligence.own_files(store, path)
    of_tables = mappings.own_files(store, path)
    of_regimes = regimes.own_files(store, path)
    spoken = languages.own_files(store, path)
    names = [each for each in (path / COUNTRIES_FILE.name,) if bounded.is_file(each)]
    others = len(groups) + len(asked) + len(of_regimes) + len(names) + len(spoken)
    kinds: dict[str, Collection[object]] = {
        "chips": own,
        "rules": rules,
        "claims": articles,
        "groups": groups,
    }
    kinds |= {"diligence": asked, MAPPINGS: of_tables, "regimes": of_regimes, "languages": spoken}
    _refuse_empty(path, kinds, others=others)

    def of_rules(progress: Progress = untold) -> list[Problem]:
        asked = rules_lint.problems(store, only=rules, progress=progress) if rules else []
        return [*asked, *claims.problems(store, articles)]

    for each in articles:
        kept(each)  # so that it is said here where one is no longer what the snapshot holds

    def whole() -> list[Problem]:
        return [*problems(store, own, progress), *of_rules(progress)]

    found = [
        *(_by_two(store, own, progress, of_rules) if len(own) > _MANY else whole()),
        *groups_lint.problems(store, groups),
        *diligence.problems(store, asked),
        *mappings.problems(store, of_tables),
        *regimes.problems(store, of_regimes),
        *languages.problems(store, spoken),
        *(each for name in names for each in groups_lint.name_problems(name)),
    ]
    counts = {CHIPS: len(own), RULES: len(rules), CLAIMS: len(articles), OTHERS: others}
    counts |= {MAPPINGS: len(of_tables)} if of_tables else {}
    return Linted(tuple(found), counts)


def _by_two(
    store: Store, own: Collection[str], progress: Progress, of_rules: Work
) -> list[Problem]:
    """Return the problems of chips, and those of the rest, for which a second process looks."""
    for each in store.files:  # which both of them need
        try:
            store.sheet(each)
        except ChipcalcError:  # it is told with the problems of chips
            continue
    with beside(of_rules) as others:
        return [*problems(store, own, progress), *others()]


_HOMES = {
    "chips": "chips/<vendor>/<id>.yaml",
    "rules": "rules/<regime>/<id>.yaml",
    "claims": "claims/<id>.yaml",
    "groups": "groups/<regime>.yaml",
    "diligence": "diligence/<regime>.yaml",
    MAPPINGS: "mappings/<id>.yaml",
    "regimes": "regimes/<regime>.yaml",
    "languages": "languages/<code>.yaml",
}


def _refuse_empty(path: Path, kinds: Mapping[str, Collection[object]], *, others: int) -> None:
    """Raise ChipcalcError for a folder of a kind in which nothing would be checked."""
    empty = [kind for kind, files in kinds.items() if bounded.is_folder(path / kind) and not files]
    if empty:
        raise ChipcalcError(
            *(
                Problem(f"no files to check in {shown(path / kind)}", hint=f"write {_HOMES[kind]}")
                for kind in empty
            )
        )
    shared = any(path.glob("sources/*.yaml")) or bounded.is_file(path / "metrics.yaml")
    if not shared and not others and not any(kinds.values()):
        hint = f"a spec folder holds {join_words(_HOMES.values(), 'or')}"
        raise error(f"no files to check in {shown(path)}", hint)


def _name_problems(store: Store, paths: Sequence[Path]) -> list[Problem]:  # noqa: ARG001
    return [each for path in paths for each in groups_lint.name_problems(path)]


_LOOKS: Mapping[str, Callable[[Store, Sequence[Path]], list[Problem]]] = {
    "claims": claims.problems,
    "article": claims.problems,
    "ambiguous": _name_problems,
    "groups": groups_lint.problems,
    "lists": diligence.problems,
    "recognised_by": mappings.problems,
    "columns": mappings.problems,
    "order": regimes.problems,
    "comma": languages.problems,
}  # of files that are neither sheet nor rule, by a key that only they have


def _file(path: Path, store: Store) -> tuple[str, list[Problem]]:
    """Return the kind of one file, and what is wrong with it."""
    kind = CHIPS
    try:
        data = read(path).data
        keys = set(data) if isinstance(data, dict) else set()
        kind = _kind(keys)
        if kind == RULES:
            known = {each.resolve() for each in Rulebook(store).all_files.values()}
            own = () if path.resolve() in known else (path,)
            name = str(data.get("id", "")) if isinstance(data, dict) else ""
            return kind, rules_lint.problems(store, own, {name})
        others = next((look for name, look in _LOOKS.items() if name in keys), None)
        if others:
            return kind, others(store, [path])
        return kind, list(sheet_problems(store.from_file(str(path)), store))
    except ChipcalcError as fault:
        return kind, list(fault.problems)


def _kind(keys: Collection[str]) -> str:
    """Return of which kind a file is, from its keys."""
    if {"versions", "paragraph"} & set(keys):
        return RULES
    if {"recognised_by", "columns"} & set(keys):
        return MAPPINGS
    if {"claims", "article"} & set(keys):
        return CLAIMS
    others = {"ambiguous", "groups", "lists", "order", "comma"}
    return OTHERS if others & set(keys) else CHIPS
