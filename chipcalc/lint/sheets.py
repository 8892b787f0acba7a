"""Problems in spec files: one small function a check, one tuple of checks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.files import CHIPS, RULES, folded
from chipcalc.lint import diligence, groups
from chipcalc.lint.citations import official_is_the_vendors, remedy, vouched
from chipcalc.lint.exceptions import figures_agree
from chipcalc.lint.facts import facts, is_unverified
from chipcalc.lint.freshness import day_is_known
from chipcalc.lint.sources import faults, own_source_problems
from chipcalc.places import countries
from chipcalc.progress import Progress, untold
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import loaded, namesakes, shown
from chipcalc.schema.source import Source
from chipcalc.schema.types import PartialDate
from chipcalc.sheets.chip import Die
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.sheets.store import Store
from chipcalc.values import numbers
from chipcalc.vocabulary import checks
from chipcalc.vocabulary.fits import FILE
from chipcalc.yamlio import Path as Place

SheetCheck: TypeAlias = Callable[[Sheet, Store], Iterator[Problem]]
StoreCheck: TypeAlias = Callable[[Sequence[Sheet], Store], Iterator[Problem]]

_ROUNDING = Fraction(2, 100)
_OF_EACH = ("each", "range")


def problems(store: Store, own: Collection[str], progress: Progress = untold) -> list[Problem]:
    """Return every problem of some of a store's chips, and of what all chips share."""
    found: list[Problem] = []
    try:
        found.extend(checks.vocabulary_problems(store.vocabulary, Die.said))
    except ChipcalcError as fault:
        return list(fault.problems)
    sheets: list[Sheet] = []
    for chip in sorted(store.files):
        try:
            sheets.append(store.sheet(chip))
        except ChipcalcError as fault:
            found.extend(fault.problems)
    for sheet in progress(sheets):
        if sheet.id in own:
            found.extend(sheet_problems(sheet, store))
    for check in STORE_CHECKS:
        found.extend(check(sheets, store))
    return list(dict.fromkeys(found))


def sheet_problems(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Yield the problems of one sheet that loads."""
    for check in SHEET_CHECKS:
        yield from check(sheet, store)


def sources_exist(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Every source that a statement names is in the sheet or among the shared ones."""
    known = set(store.shared_sources())
    stating: Sheet | None = sheet
    while stating:
        known |= set(stating.chip.sources)
        stating = stating.parent
    for place, fact in facts(sheet):
        for key in fact.source:
            if key not in known:
                hint = did_you_mean(key, known)
                yield sheet.document.problem(
                    (*place, "source"), f"no source '{key}'", hint or "add it to sources:"
                )


def sources_used(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """Every source of a sheet is named by a statement in it, and was read once it was out."""
    used = {key for _, fact in facts(sheet) for key in fact.source}
    yield from own_source_problems(sheet.chip.sources, used, sheet.document, store)


def circuits_have_their_own(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """What contains circuits states nothing that rules ask of each of them."""
    if not sheet.contents:
        return
    hint = "state it of each circuit, in its sheet or under circuit:"
    metrics = store.vocabulary.metrics
    places: list[Place] = [
        ("values", each) for each in sheet.chip.values if metrics[each].of_several in _OF_EACH
    ]
    places += [("dies",)] if sheet.chip.dies else []
    places += [("declared", "tpp")] if sheet.chip.declared.tpp else []
    for place in places:
        what = f"'{place[-1]}' of several circuits together: no rule asks for a sum"
        yield sheet.document.problem(place, what, hint)


def lies_in_vendor_folder(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """A sheet of a spec folder lies in the folder of its vendor."""
    path = Path(sheet.document.file)
    in_folder = sheet.id in store.files and shown(store.files[sheet.id]) == str(path)
    if in_folder and path.parent.name != sheet.chip.vendor:
        yield sheet.document.problem(
            ("vendor",),
            f"the vendor is '{sheet.chip.vendor}', the folder '{path.parent.name}'",
            "move the file",
        )


def availability_is_up_to_date(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """What is launched after its sources were read says so, and what is announced is looked up."""
    chip = sheet.chip
    if chip.launched is None:
        return
    known = chip.availability
    days = [each.accessed.last for each in _read(sheet, store)]
    if known is None and days and chip.launched.first > max(days):
        hint = "add availability: {value: announced, as_of: …, …}"
        yield sheet.document.problem(("launched",), "its launch lies ahead of its sources", hint)
    if known and known.value == "announced" and _overdue(chip.launched, known.told, store):
        what = f"announced as of {known.as_of}, and due by {chip.launched}"
        hint = "look up whether it ships, and write shipping, or a later launch"
        yield sheet.document.problem(("availability",), what, hint)


def _overdue(due: PartialDate, told: PartialDate, store: Store) -> bool:
    """Whether a launch had passed, and the days of grace with it, when a sheet was told."""
    grace = datetime.timedelta(days=store.vocabulary.days_of_grace)
    return due.last + grace < told.first


def _read(sheet: Sheet, store: Store) -> Iterator[Source]:
    """Yield the sources that a sheet names; of one that cannot be read others tell."""
    for key in {key for _, fact in facts(sheet) for key in fact.source}:
        try:
            source = store.source(sheet, key)
        except ChipcalcError:
            continue
        if source:
            yield source


def sparse_is_twice_dense(sheet: Sheet, store: Store) -> Iterator[Problem]:
    """A rate that is called 2:4 sparse is twice the dense one, but for rounding."""
    rates = {_reading_key(each): each for each in sheet.statements.get("throughput", ())}
    for (key, sparsity), sparse in rates.items():
        if sparsity != "2:4":
            continue
        dense = rates.get((key, "dense"))
        if dense is None:
            continue
        twice = 2 * dense.statement.quantity.base.best
        stated = sparse.statement.quantity.base.best
        if abs(stated - twice) > _ROUNDING * twice:
            rate = numbers.ratio(2 * stated / twice) if twice else "any number of"
            yield Problem(
                f"{rate} times the dense rate, but called 2:4 sparse",
                sparse.file,
                sparse.line,
                "values.throughput",
                "say sparsity: sparse",
            )


def _reading_key(located: Located) -> tuple[tuple[tuple[str, str], ...], str]:
    when = dict(located.statement.when)
    sparsity = when.pop("sparsity", "")
    return tuple(sorted(when.items())), sparsity


def names_are_unique(sheets: Sequence[Sheet], store: Store) -> Iterator[Problem]:
    """No two chips share a name or alias, unless they are of one family that goes by it.

    A sheet that was taken over from a table may describe a chip that another one describes.
    """
    owners: dict[str, list[Sheet]] = {}
    for sheet in (each for each in sheets if not is_unverified(each)):
        for name in {folded(each) for each in (sheet.id, sheet.name, *sheet.chip.aliases)}:
            owners.setdefault(name, []).append(sheet)
    for name, found in owners.items():
        common = set.intersection(*(set(each.chip.family) for each in found))
        if len(found) > 1 and not common:
            ids = ", ".join(each.id for each in found)
            yield found[0].document.problem(
                ("aliases",), f"'{name}' names {ids}", "keep it in one of them"
            )


def families_are_represented_once(sheets: Sequence[Sheet], store: Store) -> Iterator[Problem]:
    """At most one chip stands for a family, and it belongs to it."""
    counts = Counter(each for sheet in sheets for each in sheet.chip.stands_for)
    for sheet in sheets:
        for index, each in enumerate(sheet.chip.stands_for):
            if counts[each] > 1:
                yield sheet.document.problem(
                    ("stands_for", index), f"several chips stand for '{each}'"
                )
            if each not in sheet.chip.family:
                yield sheet.document.problem(
                    ("stands_for", index), f"'{each}' is not among its families"
                )


def files_are_unique(sheets: Sequence[Sheet], store: Store) -> Iterator[Problem]:
    """No two files of one folder describe the same chip or rule."""
    for folder in store.folders:
        for kind in (CHIPS, RULES):
            yield from namesakes([folder], kind)


def shared_sources_are_shared(sheets: Sequence[Sheet], store: Store) -> Iterator[Problem]:
    """A shared source is in order and named by some sheet, rule, group or vendor."""
    used = {key for sheet in sheets for _, fact in facts(sheet) for key in fact.source}
    cited = _cited_by_rules(store)
    used |= cited or set()
    used |= groups.cited(store) | diligence.cited(store)
    used |= _cited_by_vendors(store)
    for key, path in store.shared_sources().items():
        if store.folders[0] not in path.parents:
            continue
        try:
            source, _ = loaded(Source, path)
        except ChipcalcError as fault:
            yield from fault.problems
            continue
        if key not in used and cited is not None:
            yield Problem("nothing names this source", shown(path), hint="delete the file")
        if source.read_too_early:
            yield Problem("read before it was published", shown(path), path="accessed")
        for field, what, hint in faults(source, store):
            yield Problem(what, shown(path), path=field, hint=hint)


def vendors_are_cited(sheets: Sequence[Sheet], store: Store) -> Iterator[Problem]:
    """The headquarters of every vendor are in a country, and their sources among the shared."""
    known = store.shared_sources()
    for name, vendor in store.vocabulary.vendors.items():
        place = f"vendors.{name}.headquarters"
        found = vendor.headquarters
        if found and found.value not in countries.codes():
            what, hint = f"no country has the code '{found.value}'", "write the code of ISO 3166"
            yield Problem(what, FILE, path=place, hint=hint)
        if found and found.status == "official" and not vouched(name, found.source, store):
            what = f"official, but no source of it is {vendor.name}'s"
            yield Problem(what, FILE, path=place, hint=remedy(name))
        for key in found.source if found else ():
            if key not in known:
                hint = did_you_mean(key, known) or "add its file to sources/"
                yield Problem(f"no source '{key}'", FILE, path=place, hint=hint)


def _cited_by_vendors(store: Store) -> set[str]:
    found = (each.headquarters for each in store.vocabulary.vendors.values())
    return {key for each in found if each for key in each.source}


def _cited_by_rules(store: Store) -> set[str] | None:
    """Return the sources that rules name; None where the rules themselves cannot be read."""
    try:
        books = Rulebook(store).everywhere()
        versions = [v for book in books for each in book.provisions.values() for v in each]
        regimes = books[0].regimes.values()
    except ChipcalcError:
        return None
    found = {key for each in versions for key in each.version.source}
    return found | {key for each in regimes for known in each.known for key in known.source}


SHEET_CHECKS: tuple[SheetCheck, ...] = (
    sources_exist,
    sources_used,
    circuits_have_their_own,
    lies_in_vendor_folder,
    availability_is_up_to_date,
    sparse_is_twice_dense,
    official_is_the_vendors,
    figures_agree,
    day_is_known,
)
STORE_CHECKS: tuple[StoreCheck, ...] = (
    files_are_unique,
    names_are_unique,
    families_are_represented_once,
    shared_sources_are_shared,
    vendors_are_cited,
)
