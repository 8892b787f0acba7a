"""A record that is run again: read as data, asked once more, and set beside what was filed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from chipcalc import bounded, files
from chipcalc.api.database import Database
from chipcalc.commands import check, licence, record
from chipcalc.commands.record import Asking, Read
from chipcalc.contract.record import FAMILY, SCHEMA, VERSION
from chipcalc.contract.replay import ChangedFile, Replayed, replayed
from chipcalc.errors import ChipcalcError, Problem, error
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.fields import Field
from chipcalc.schema.types import Day
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Report
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.yamlio import Document

_LARGEST = 100_000_000
_NUMBER = re.compile("[0-9]{1,6}")


class _Known(Frozen, takes_more=True):
    """The base of what is read of a record; later ones may say more."""


class _Asked(_Known):
    """What was asked: names, values and paths as texts, and nothing that could be run."""

    what: Literal["check", "licence"]
    chips: tuple[str, ...]
    given: Mapping[str, str]
    circuits: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    specs: tuple[str, ...] = ()
    regime: str = ""


class _File(_Known):
    """A file that was read."""

    file: str
    kind: str
    built_in: bool
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class _Program(_Known):
    """The program that wrote the record."""

    version: str


class _Rests(_Known):
    """A chip or a text with the files that it rests on."""

    files: tuple[str, ...]


class _Chip(_Rests):
    """A chip with the files that its figures stand in."""

    chip: str


class _Text(_Rests):
    """A text with the files that it stands in."""

    rule: str
    paragraph: str
    verified: Day


class _Limb(_Known):
    """A limb of a rule, with what it asks."""

    criteria: tuple[Mapping[str, Any], ...]


class _Finding(_Known):
    """What a rule said."""

    rule: str
    verdict: str
    limbs: tuple[_Limb, ...]


class _Item(_Known):
    """What was answered of a chip, or of a shipment of one."""

    chip: str
    name: str
    destinations: tuple[str, ...] = ()
    classification: str
    quantities: Mapping[str, Mapping[str, Any]] = {}
    rules: tuple[_Finding, ...] | None = None


class _Answer(_Known):
    """What was answered."""

    chips: tuple[_Item, ...] = ()
    shipments: tuple[_Item, ...] = ()


class _Record(_Known):
    """What a replay reads of a record."""

    program: _Program
    data_version: str
    made: Day
    as_of: Day
    asked: _Asked
    files: tuple[_File, ...]
    chips: tuple[_Chip, ...]
    texts: tuple[_Text, ...]
    answer: _Answer


class _Filed(NamedTuple):
    """A record that was read: its data, and the question in it."""

    data: Mapping[str, Any]
    asked: Asking
    as_of: str
    files: tuple[_File, ...]


def replay(name: str) -> tuple[Report, bool]:
    """Return what a record's question is answered today, beside what it was, and whether it is so.

    Raises ChipcalcError for what is no record, and where the question cannot be asked again.
    """
    from chipcalc.tables.replay import report

    found, vocabulary = again(read(name))
    return report(found, vocabulary), found.same


def again(filed: _Filed) -> tuple[Replayed, Vocabulary]:
    """Return a record beside the answer of today; raises ChipcalcError where there is none."""
    try:
        with files.noting() as seen:
            db = Database(Store((*map(Path, filed.asked.specs), files.BUILT_IN)))
            now = _asked_again(filed, db, seen)
    except ChipcalcError as fault:
        gone = [each.file for each in filed.files if _is_gone(each)]
        if not gone:
            raise
        more = f", and {len(gone) - 1} more of its files" if len(gone) > 1 else ""
        what = f"'{gone[0]}' is gone{more}: the record was made of it"
        hint = "run replay in the folder where --record was run"
        raise ChipcalcError(Problem(what, hint=hint), *fault.problems) from None
    return replayed(filed.data, now, tuple(_changed(filed, now))), db.store.vocabulary


def _asked_again(filed: _Filed, db: Database, seen: Read) -> dict[str, Any]:
    asked = filed.asked
    if "-" in asked.chips:
        what = "the record is of a sheet on standard input, which is not kept"
        raise error(what, "record a check of a file")
    own = [Path(each) for each in asked.rules]
    wanted = check.Asked(asked.chips, asked.given, asked.circuits, asked.regime)
    answered: check.Answered | licence.Shipments
    if asked.what == "check":
        day = check.rules_of(db, wanted, filed.as_of, asked.rule, own)
        answered = check.check(db, day, wanted)
    else:
        day = db.rules(filed.as_of, files=own)
        answered = licence.shipments(db, day, wanted, asked.to)
    if answered.problems:
        raise ChipcalcError(*answered.problems)
    answer = record.answer(answered, day)
    return cast("dict[str, Any]", json.loads(record.text(record.recorded(asked, answer, (), seen))))


def read(name: str) -> _Filed:
    """Return a record from its file; raises ChipcalcError for what is none, or a later one."""
    path = Path(name)
    found = _json(path, name)
    schema = found.get("schema") if isinstance(found, dict) else None
    family, _, number = str(schema or "").partition("/")
    if family != FAMILY or not _NUMBER.fullmatch(number):
        said = f": its schema is '{schema}'" if schema else ""
        raise error(
            f"'{name}' is no record{said}", "chipcalc check h20 --record FILE.json files one"
        )
    if int(number) > VERSION:
        what = (
            f"'{name}' was filed by a later chipcalc: it is {schema}, and this one reads {SCHEMA}"
        )
        raise error(what, "update chipcalc")
    if int(number) < VERSION:
        what = f"'{name}' is {schema}, and this chipcalc reads {SCHEMA}"
        raise error(what, "replay it with the chipcalc that filed it")
    known = parse(_Record, Document(found, {}, name))
    asked = Asking(**{name: getattr(known.asked, name) for name in _Asked.said})
    return _Filed(found, asked, known.as_of.isoformat(), known.files)


def _json(path: Path, name: str) -> Any:
    try:
        return json.loads(bounded.content(path, _LARGEST))
    except OSError as fault:
        what = f"'{name}' cannot be read: {bounded.reason(fault)}"
        raise error(what, "name a file that --record wrote") from None
    except (ValueError, RecursionError) as fault:
        line = f", line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else ""
        what = f"'{name}' is no record: it is no JSON{line}"
        raise error(what, "name a file that --record wrote") from None


def _changed(filed: _Filed, now: Mapping[str, Any]) -> Iterator[ChangedFile]:
    """Yield the files that are no longer what they were, and sheets and rules that are new."""
    today = {each["file"]: each["sha256"] for each in now["files"]}
    for each in filed.files:
        if _is_gone(each):
            yield ChangedFile(each.file, each.kind, "gone")
        elif (today.get(each.file) or record.digest(bounded.content(_path(each)))) != each.sha256:
            yield ChangedFile(each.file, each.kind, "changed")
    known = {each.file for each in filed.files}
    for one in now["files"]:
        if one["file"] not in known:
            yield ChangedFile(one["file"], one["kind"], "new")


def _path(each: _File) -> Path:
    """Return where a file lies, wherever the program is installed."""
    name = Path(each.file)
    return files.BUILT_IN.joinpath(*name.parts[1:]) if each.built_in else name


def _is_gone(each: _File) -> bool:
    return not bounded.is_file(_path(each))
