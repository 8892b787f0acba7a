"""Problems in rule files: one small function a check, one tuple of checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from chipcalc.check.examples import failures
from chipcalc.errors import ChipcalcError, Problem, did_you_mean, join_words
from chipcalc.files import family_names
from chipcalc.lint.sources import own_source_problems
from chipcalc.places import countries
from chipcalc.progress import Progress, untold
from chipcalc.rules.criteria import CircumstanceIs, Named, Unmodelled, leaves
from chipcalc.rules.provision import Provision
from chipcalc.rules.rule import CLASSIFICATION, LETTER, RANKED
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.store import Store

RuleCheck: TypeAlias = Callable[[Sequence[Provision], Rulebook], Iterator[Problem]]


def problems(
    store: Store,
    own: Sequence[Path] = (),
    only: Collection[str] = (),
    progress: Progress = untold,
) -> list[Problem]:
    """Return every problem of the rules of a store and of a user's files.

    `only` names the rules whose contents are checked; all of them where it is empty.
    """
    books = Rulebook(store, own).everywhere()
    found: list[Problem] = []
    for book in books:
        try:
            provisions = book.provisions
        except ChipcalcError as fault:
            found += fault.problems
            continue
        chosen = [each for name, each in provisions.items() if not only or name in only]
        found += [
            problem
            for versions in progress(chosen)
            for check in CHECKS
            for problem in check(versions, book)
        ]
    return list(dict.fromkeys(found))


def sources_exist(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every source that a version names is in its file or among the shared ones."""
    for each in versions:
        known = [*each.rule.sources, *rulebook.store.shared_sources()]
        for key in each.version.source:
            if key not in known:
                hint = did_you_mean(key, known) or "add it to sources:"
                yield each.problem(f"no source '{key}'", hint, "source")


def sources_used(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every source of a rule's file is named by one of its versions, and read once it was out."""
    first = versions[0]
    used = {key for each in versions for key in each.version.source}
    yield from own_source_problems(first.rule.sources, used, first.document, rulebook.store)


def ended_in_time(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """A version that ended did so before the next one began."""
    for before, after in pairwise(versions):
        ended = before.version.ended
        if ended and ended > after.version.begins:
            yield before.problem("ends after the next version began", "leave out ended:", "ended")


def precedence_is_clear(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """A classification has a place of its own in the order of precedence.

    Review policies of one precedence stand side by side; other kinds of rules have none.
    """
    rule, first = versions[0].rule, versions[0]
    classifies, ranked = rule.kind == CLASSIFICATION, rule.kind in RANKED
    if ranked and rule.precedence is None:
        yield first.document.problem((), f"a {rule.kind} needs its precedence", "add precedence: 1")
    if not ranked and rule.precedence is not None:
        kinds = join_words(RANKED, "or")
        yield first.document.problem((), f"only a {kinds} has precedence", "delete it")
    if not classifies and rule.residual:
        yield first.document.problem((), "only a classification is residual", "delete it")
    for name, others in rulebook.provisions.items() if classifies else ():
        other = others[0].rule
        same = other.precedence == rule.precedence is not None
        if name != rule.id and other.kind == CLASSIFICATION and same:
            yield first.document.problem(("precedence",), f"the same precedence as {name}")


def chips_exist(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every chip that a version names is the id, a family or the vendor of some sheet."""
    nodes = [
        (each, node)
        for each in versions
        for node in leaves(each.criterion)
        if isinstance(node, Named) and not node.addressed
    ]
    store = rulebook.store
    known = {*store.files, *_vendors(rulebook), *family_names(store.folders)} if nodes else set()
    for each, node in nodes:
        for name in node.chips:
            if name not in known:
                hint = did_you_mean(name, known) or "add its sheet, or say it in a note"
                yield each.problem(f"no chip, family or vendor '{name}'", hint, *node.path)


def addressees_exist(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Only a letter has addressees, and each is the vendor of some sheet."""
    first = versions[0]
    rule = first.rule
    if rule.addressees and rule.kind != LETTER:
        yield first.document.problem(
            ("addressees",), f"only a {LETTER} has addressees", "delete it"
        )
    vendors = _vendors(rulebook) if rule.addressees else set()
    for name in rule.addressees:
        if name not in vendors:
            hint = did_you_mean(name, vendors) or "name the folder of its sheets"
            yield first.document.problem(("addressees",), f"no vendor '{name}'", hint)


def _vendors(rulebook: Rulebook) -> set[str]:
    """Return the folders of the sheets of chips, each of which is that of a vendor."""
    files = rulebook.store.files
    return {files.folder(each) for each in files}


def places_exist(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every country that a version names has that code."""
    circumstances = rulebook.store.vocabulary.circumstances
    groups = {each.id for book in rulebook.groups for each in book.groups}
    for each in versions:
        for node in leaves(each.whole.criterion):
            if not isinstance(node, CircumstanceIs) or not circumstances[node.name].places:
                continue
            for value in node.values:
                if value not in groups and value not in countries.codes():
                    what = f"no country has the code '{value}'"
                    yield each.problem(what, "write the code of ISO 3166", *node.path)


def examples_hold(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every example comes out as it says."""
    yield from failures(versions, rulebook)


def examples_show_both(versions: Sequence[Provision], rulebook: Rulebook) -> Iterator[Problem]:
    """Every version has an example that it meets, and one that it does not.

    One that rests on what is not modelled has no example that it meets, but one that is open.
    """
    for each in versions:
        shown = {example.expect for example in each.version.examples}
        open_always = any(isinstance(e, Unmodelled) for e in leaves(each.criterion))
        if "met" not in shown and not (open_always and "unknown" in shown):
            yield each.problem("no example meets it", "add one to examples:", "examples")
        if shown and not shown & {"not met", "unknown"}:
            yield each.problem("every example meets it", "add one that does not", "examples")


CHECKS: tuple[RuleCheck, ...] = (
    sources_exist,
    sources_used,
    ended_in_time,
    precedence_is_clear,
    chips_exist,
    addressees_exist,
    places_exist,
    examples_hold,
    examples_show_both,
)
