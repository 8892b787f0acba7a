"""The stable contract of a record: an answer with all that it was made of, to be filed."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chipcalc.check.lines import figures
from chipcalc.check.result import Checked
from chipcalc.contract.check import circumstances, sources
from chipcalc.rules import criteria
from chipcalc.rules.criteria import RuleMet
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import shown
from chipcalc.sheets.sheet import GIVEN, Sheet
from chipcalc.words import explanation

FAMILY, VERSION = "chipcalc.record", 2
SCHEMA = f"{FAMILY}/{VERSION}"


class UsedFile(NamedTuple):
    """A spec file that was read: its name, its kind, whether it is built in, and its digest."""

    file: str
    kind: str
    built_in: bool
    sha256: str


class Run(NamedTuple):
    """How an answer came to be: when, by what, from which words, and out of which files.

    `asked` are the same words as the program understood them, from which it can answer again;
    `data_version` is the digest of all data that come with the program.
    """

    made: datetime.date
    program_version: str
    data_version: str
    command: tuple[str, ...]
    asked: Mapping[str, Any]
    files: tuple[UsedFile, ...]


class Told(NamedTuple):
    """What was found of one chip, and for which destinations; none where none was asked."""

    checked: Checked
    destinations: tuple[str, ...] = ()


def data(
    run: Run, found: Sequence[Told], answer: Mapping[str, Any], rulebook: Rulebook
) -> dict[str, Any]:
    """Return the record of an answer; `answer` is its own contract, which stands within."""
    return {
        "schema": SCHEMA,
        "program": {"name": "chipcalc", "version": run.program_version},
        "data_version": run.data_version,
        "made": run.made.isoformat(),
        "as_of": found[0].checked.day.isoformat(),
        "command": list(run.command),
        "asked": dict(run.asked),
        "supposed": _supposed(found, run.asked["given"]),
        "files": [each._asdict() for each in run.files],
        "chips": _chips(found, rulebook),
        "texts": _texts(found, rulebook),
        "groups": [
            {"groups": each.id, "verified": each.verified.isoformat()} for each in rulebook.groups
        ],
        "findings": [_finding for each in found for _finding in _findings(each)],
        "answer": dict(answer),
    }


def _supposed(found: Sequence[Told], given: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what was given in place of what a sheet says, and what was assumed, each once."""
    rows: dict[tuple[str, str, str, str], None] = {}
    for told in found:
        checked = told.checked
        known = checked.case.evaluator.vocabulary.circumstances
        values = {name: value for name, value in given.items() if name not in known}
        rows |= {(checked.sheet.id, *each, "given"): None for each in values.items()}
        for name, value in circumstances(checked):
            said = bool(checked.case.given.get(name))
            if value and said:
                rows[checked.sheet.id, name, value, "given"] = None
            elif value and value == known[name].usual:
                rows[checked.sheet.id, name, value, "assumed"] = None
    return [dict(zip(("chip", "name", "value", "how"), each, strict=True)) for each in rows]


def _findings(told: Told) -> Iterator[dict[str, Any]]:
    for each in told.checked.findings:
        yield {
            "chip": told.checked.sheet.id,
            "destinations": list(told.destinations),
            "rule": each.provision.id,
            "verdict": each.verdict,
            "cites": list(each.cites),
            "why": explanation.reasons(each, told.checked.case),
        }


def _chips(found: Sequence[Told], rulebook: Rulebook) -> list[dict[str, Any]]:
    """Return every chip with the files that its figures stand in."""
    files: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    for told in found:
        checked = told.checked
        names[checked.sheet.id] = checked.sheet.name
        used = files.setdefault(checked.sheet.id, {})
        used |= dict.fromkeys(_files_of_chip(checked, rulebook))
    return [{"chip": chip, "name": names[chip], "files": list(files[chip])} for chip in files]


def _files_of_chip(checked: Checked, rulebook: Rulebook) -> Iterator[str]:
    sheet: Sheet | None = checked.sheet
    while sheet:
        if sheet.document.file != GIVEN:
            yield sheet.document.file
        sheet = sheet.parent
    compared = figures([each.line for each in checked.findings]).values()
    located = [each for figure in compared for each in figure.statements()]
    yield from (each.file for each in located if each.file != GIVEN)
    keys = dict.fromkeys(key for each in located for key in each.statement.source)
    yield from _shared(keys, checked.sheet.chip.sources, rulebook)


def _texts(found: Sequence[Told], rulebook: Rulebook) -> list[dict[str, Any]]:
    """Return every text that was asked: when it was last checked, and the files it stands in."""
    asked = {e.provision.id: (e.provision, t.checked) for t in found for e in t.checked.findings}
    return [
        {
            "rule": provision.id,
            "paragraph": provision.rule.paragraph,
            "verified": provision.rule.verified.isoformat(),
            "confidence": provision.version.confidence,
            "citation": provision.version.citation,
            "sources": sources(provision, rulebook),
            "files": list(dict.fromkeys(_files_of_text(provision, checked, rulebook, set()))),
        }
        for provision, checked in asked.values()
    ]


def _files_of_text(
    provision: Provision, checked: Checked, rulebook: Rulebook, seen: set[str]
) -> Iterator[str]:
    """Yield the file of a rule, those of the rules that it refers to, and its shared sources."""
    if provision.id in seen:
        return
    seen.add(provision.id)
    yield provision.document.file
    for leaf in criteria.leaves(provision.whole.criterion):
        for name in leaf.rules if isinstance(leaf, RuleMet) else ():
            if name in checked.case.provisions:
                other = checked.case.provisions[name]
                yield from _files_of_text(other, checked, rulebook, seen)
    yield from _shared(provision.version.source, provision.rule.sources, rulebook)


def _shared(keys: Iterable[str], own: Container[str], rulebook: Rulebook) -> Iterator[str]:
    """Yield the files of sources that sheets and rules share; each is read, if it was not yet."""
    store = rulebook.store
    files = store.shared_sources()
    found = [each for each in keys if each not in own and each in files]
    yield from (shown(files[each]) for each in found if store.shared_source(each))
