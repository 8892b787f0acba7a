"""Spec folders in order of precedence: finds and loads chips by id, alias, family or file."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock

from chipcalc import bounded
from chipcalc.errors import ChipcalcError, Near, Problem, did_you_mean, error, join_words, unknown
from chipcalc.files import CHIPS, NAMES, SOURCES, Files, by_id, folded, is_file, spec_folders
from chipcalc.progress import Progress, untold
from chipcalc.schema.load import loaded, loaded_leniently
from chipcalc.schema.source import Source
from chipcalc.sheets.checks import sheet_problems
from chipcalc.sheets.chip import Chip, Die, in_place
from chipcalc.sheets.choice import Choice, by_launch, is_pattern, understood
from chipcalc.sheets.matching import Match, Matcher
from chipcalc.sheets.names import Namings
from chipcalc.sheets.reading import NameWords, Reader
from chipcalc.sheets.sheet import Content, Sheet
from chipcalc.sheets.spelling import KIND, LIST, no_sheet
from chipcalc.vocabulary import checks
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.yamlio import Document

_KEY = re.compile(r"\w[\w.-]{0,200}")
_DEEPEST = 20
_TOO_MANY_VARIANTS = f"more than {_DEEPEST} variants stand one upon the other"
_TOO_MANY_PARTS = f"more than {_DEEPEST} items contain one another"
_NEARER = "name the one that states the figures"


class Store:
    """Spec folders in order of precedence; earlier ones shadow whole files of later ones."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        for folder in self.folders:
            if not bounded.is_folder(folder):
                raise error(f"no folder '{folder}'", "a spec folder holds chips/<vendor>/<id>.yaml")
        self._loaded: dict[str, Sheet] = {}
        self._loading: list[str] = []
        self._read: dict[Path, tuple[Chip | None, list[Problem], Document]] = {}
        self._lock = RLock()
        self._sources: dict[str, Source | None] = {}
        self._kept = False

    @cached_property
    def files(self) -> Files:
        """The spec sheet of every chip id."""
        return by_id(self.folders, CHIPS)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.files, lambda: self._reader, self.sheet)

    @property
    def namings(self) -> Namings:
        """What the chips go by."""
        return self._matcher.namings

    @cached_property
    def name_words(self) -> NameWords:
        """The words that may stand around a name, of the first names.yaml; none without one."""
        path = self._found(NAMES)
        return loaded(NameWords, path)[0] if path else NameWords()

    @cached_property
    def _reader(self) -> Reader:
        vendors = {key: each.name for key, each in self.vocabulary.vendors.items()}
        return Reader(self.name_words, vendors)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The metrics and conditions that sheets and commands may name."""
        vocabulary, document = loaded(Vocabulary, self._first("metrics.yaml"))
        if not document.again:
            grave = list(checks.grave_problems(vocabulary))
            problems = grave or list(checks.vocabulary_problems(vocabulary, Die.said))
            if problems:
                raise ChipcalcError(*(checks.placed(each, document) for each in problems))
        self._kept = document.again is not None
        return vocabulary

    @property
    def as_built(self) -> bool:
        """Whether the vocabulary is that of the snapshot, with which its contents were checked."""
        return bool(self.vocabulary) and self._kept

    def _found(self, name: str) -> Path | None:
        paths = (folder / name for folder in self.folders)
        return next((each for each in paths if bounded.is_file(each)), None)

    def _first(self, name: str) -> Path:
        path = self._found(name)
        if path is None:
            raise error(f"no {name} in {join_words(map(str, self.folders))}", "add one")
        return path

    def sheet(self, chip: str) -> Sheet:
        """Return the sheet of a chip id; raises ChipcalcError with every problem of its file."""
        if chip not in self._loaded:
            if chip not in self.files:
                raise no_sheet(chip, chip, {each: Near(each) for each in self.files})
            with self._lock:  # what is being loaded is that of one thread
                self._loaded[chip] = self._load(self.files[chip], expect=chip)
        return self._loaded[chip]

    def all(self, progress: Progress = untold) -> list[Sheet]:
        """Return every sheet, by id; raises ChipcalcError with the problems of all files."""
        sheets: list[Sheet] = []
        problems: list[Problem] = []
        for chip in progress(sorted(self.files)):
            try:
                sheets.append(self.sheet(chip))
            except ChipcalcError as fault:
                problems.extend(fault.problems)
        if problems:
            raise ChipcalcError(*problems)
        return sheets

    def choose(self, name: str) -> Choice:
        """Return what a name means: an id, an alias, a family, a pattern, a file or ``-``.

        Raises ChipcalcError when nothing goes by the name, with the nearest names.
        """
        if is_file(name):
            return Choice((self.from_file(name),))
        choice = self._named(name)
        shadows = [notice for sheet in choice.sheets for notice in self._shadowing(sheet.id)]
        return choice._replace(notices=(*choice.notices, *shadows))

    def match(self, name: str) -> Match:
        """Return what a name means, for which reason and how surely, without loading a sheet.

        An id, an alias, a family or words that a driver or an invoice has around one; none for an
        empty name. Raises ChipcalcError where a sheet that the name leads to cannot be read.
        """
        return self._matcher.match(name)

    def beginning(self, text: str) -> list[str]:
        """Return the ids of the chips that a text means, or else whose names begin like it."""
        return self._matcher.beginning(text)

    def _named(self, name: str) -> Choice:
        if is_pattern(name):
            return self._pattern(name)
        match = self._matching(name)
        sheets = by_launch(self.sheet(each) for each in match.chosen)
        told = understood(match, sheets)
        return Choice(sheets, told, told if len(sheets) == 1 else ())

    def _matching(self, name: str) -> Match:
        """Return what a name means; raises ChipcalcError where it is nothing that is known."""
        if not folded(name):
            raise ChipcalcError(Problem("an empty name", command=LIST))
        match = self.match(name)
        if match.confidence == "none":
            known = self.namings.spellings()
            raise no_sheet(name, self._reader.bare(name), known)
        return match

    def members(self, name: str) -> tuple[Sheet, ...]:
        """Return the chip of an id, or else every chip that goes by a name or is of a family.

        Raises ChipcalcError when there is none, with those that look alike.
        """
        if name not in self.files and (is_file(name) or is_pattern(name)):
            return self.choose(name).sheets
        return by_launch(self.sheet(each.id) for each in self._matching(name).candidates)

    def from_file(self, name: str) -> Sheet:
        """Return the sheet in a file of the user's, or on standard input for ``-``."""
        with self._lock:
            return self._load(Path(name), expect=None)

    def source(self, sheet: Sheet, key: str) -> Source | None:
        """Return a source by its key: of the sheet, of its parent, or one that sheets share."""
        return self._own_source(sheet, key) or self.shared_source(key)

    def _own_source(self, sheet: Sheet | None, key: str) -> Source | None:
        while sheet and key not in sheet.chip.sources:
            sheet = sheet.parent
        return sheet.chip.sources[key] if sheet else None

    def shared_source(self, key: str) -> Source | None:
        """Return the source in specs/sources/<key>.yaml; None when there is no such file."""
        if key not in self._sources:
            known = [*self.folders] if _KEY.fullmatch(key) else []  # no path out of the folder
            paths = (folder / "sources" / f"{key}.yaml" for folder in known)
            path = next((each for each in paths if bounded.is_file(each)), None)
            self._sources[key] = loaded(Source, path)[0] if path else None
        return self._sources[key]

    @cached_property
    def _shared(self) -> Mapping[str, Path]:
        return by_id(self.folders, SOURCES)

    def shared_sources(self) -> Mapping[str, Path]:
        """Return the file of every source that sheets share, by key."""
        return self._shared

    def _pattern(self, name: str) -> Choice:
        chips = [each for each in sorted(self.files) if fnmatch.fnmatchcase(each, name.lower())]
        if not chips:
            raise unknown(f"no chip matches '{name}'", name, (), KIND, LIST)
        return Choice(by_launch(self.sheet(each) for each in chips))

    def _shadowing(self, chip: str) -> Iterator[str]:
        if len(self.folders) < 2 or chip not in self.files:
            return
        found = [each for each in self.folders if any(each.glob(f"chips/*/{chip}.yaml"))]
        if len(found) > 1:
            yield f"{chip} is read from {self.files[chip]}, which shadows the one in {found[1]}"

    def _load(self, path: Path, expect: str | None) -> Sheet:
        chip, problems, document = self._parsed(path, keep=expect is not None)
        problems = [_moved(each, self.vocabulary) for each in problems]
        if chip and expect is not None and chip.id != expect:
            what = f"the id is '{chip.id}', but the file is named {path.name}"
            problems.append(document.problem(("id",), what, "make them equal"))
        parent = None
        if chip and chip.variant_of:
            try:
                parent = self._parent(chip, document)
            except ChipcalcError as fault:
                problems += fault.problems
        parts, wrong = self._parts(chip, document)
        if chip and not self._checked(document, parent, parts):
            own = {
                name: getattr(parent.mirrors(name).chip, name)
                for name in ("units", "modes")
                if parent and not getattr(chip, name)
            }
            whole = chip.model_copy(update=own)
            problems += sheet_problems(whole, document, self.vocabulary)
        problems += wrong
        if chip is None or problems:
            raise ChipcalcError(*problems)
        metrics = self.vocabulary.metrics.items()
        unshared = frozenset(name for name, each in metrics if not each.mirrored)
        declares = self.vocabulary.declared
        return Sheet(chip, document, parent, unshared, declares, parts=parts)

    def _parsed(self, path: Path, *, keep: bool) -> tuple[Chip | None, list[Problem], Document]:
        """Return what a file says; a file of the folders is read once, however many mirror it."""
        if path in self._read:
            return self._read[path]
        found = loaded_leniently(Chip, path)
        if keep:
            self._read[path] = found
        return found

    def _checked(self, document: Document, parent: Sheet | None, parts: Iterable[Content]) -> bool:
        """Whether a sheet was found right when the snapshot was made, with all it rests on."""
        sheets = [*(each.sheet for each in parts), *((parent,) if parent else ())]
        return self.as_built and all(e.again for e in (document, *(e.document for e in sheets)))

    def _parts(
        self, chip: Chip | None, document: Document
    ) -> tuple[tuple[Content, ...], list[Problem]]:
        """Return what a board or system contains, and what is wrong with it."""
        found: list[Content] = []
        problems: list[Problem] = []
        for index, each in enumerate(chip.contains if chip else ()):
            here = document.within(("contains", index))
            if chip and each.circuit:
                circuit, inner = in_place(chip, each.circuit), here.within(("circuit",))
                if not self._checked(document, None, ()):
                    problems += sheet_problems(circuit, inner, self.vocabulary)
                sheet = Sheet(circuit, inner, declares=self.vocabulary.declared)
                found.append(Content(sheet, each.count))
            elif chip and each.chip:
                try:
                    found.append(Content(self._contained(chip, each.chip, here), each.count))
                except ChipcalcError as fault:
                    problems += fault.problems
        return tuple(found), problems

    def _contained(self, chip: Chip, name: str, document: Document) -> Sheet:
        """Return the sheet of what another contains; raises ChipcalcError for none or a circle."""
        place = ("chip",)
        if name not in self.files:
            what = f"no chip '{name}' to contain"
            raise ChipcalcError(document.problem(place, what, did_you_mean(name, self.files)))
        if name in self._loading or name == chip.id:
            raise ChipcalcError(document.problem(place, f"'{name}' contains this item itself"))
        return self._below(chip, name, document.problem(place, _TOO_MANY_PARTS, _NEARER))

    def _below(self, chip: Chip, name: str, too_deep: Problem) -> Sheet:
        """Return a sheet that another rests on; raises ChipcalcError where too many do."""
        if len(self._loading) >= _DEEPEST:
            raise ChipcalcError(too_deep)
        self._loading.append(chip.id)
        try:
            found = self.sheet(name)
        finally:
            self._loading.pop()
        if found.rests_on >= _DEEPEST:
            raise ChipcalcError(too_deep)
        return found

    def _stands_high(self, name: str) -> bool:
        """Whether a sheet is the top of too many variants, without making sheets of them."""
        seen: list[str] = []
        while name in self.files and name not in seen and len(seen) < _DEEPEST:
            chip = self._parsed(self.files[name], keep=True)[0]
            seen.append(name)
            name = chip.variant_of.chip if chip and chip.variant_of else ""
        return name in self.files and name not in seen

    def _parent(self, chip: Chip, document: Document) -> Sheet:
        """Return the sheet that a variant mirrors; raises ChipcalcError for none or a circle."""
        parent = chip.variant_of.chip if chip.variant_of else ""
        place = ("variant_of", "chip")
        if parent not in self.files:
            what = f"no chip '{parent}' to be a variant of"
            raise ChipcalcError(document.problem(place, what, did_you_mean(parent, self.files)))
        if parent in self._loading or parent == chip.id:
            raise ChipcalcError(document.problem(place, f"'{parent}' is a variant of this chip"))
        too_deep = document.problem(place, _TOO_MANY_VARIANTS, _NEARER)
        if self._stands_high(parent):
            raise ChipcalcError(too_deep)
        sheet = self._below(chip, parent, too_deep)
        for key, source in chip.sources.items():
            if self._own_source(sheet, key) not in (None, source):
                what = f"'{key}' is another source in the sheet of {parent}"
                raise ChipcalcError(document.problem(("sources", key), what, "rename it"))
        return sheet


def _moved(problem: Problem, vocabulary: Vocabulary) -> Problem:
    """Return the problem of a key that belongs further in with the place where it does."""
    homes = {"values": vocabulary.metrics, "details": vocabulary.details}
    for home, names in homes.items():
        if problem.path in names and problem.path not in Chip.said:
            return problem._replace(hint=f"move it under '{home}:'")
    return problem


def open_store(folders: Sequence[Path] = ()) -> Store:
    """Return the store over the given folders, $CHIPCALC_SPECS and the built-in specs."""
    return Store(spec_folders(folders))
