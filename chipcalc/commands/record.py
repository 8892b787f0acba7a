"""Records of answers: what was asked, the files that were read for it, and the file they fill."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from chipcalc import bounded, files
from chipcalc.api.database import day as today
from chipcalc.api.rules import Rules
from chipcalc.commands.check import Answered, Asked
from chipcalc.commands.licence import Shipments
from chipcalc.contract import check as check_contract
from chipcalc.contract import licence as licence_contract
from chipcalc.contract.record import Run, Told, UsedFile, data
from chipcalc.errors import error
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.load import shown

What: TypeAlias = Literal["check", "licence"]
Read: TypeAlias = "Mapping[Path, bytes]"

_STANDARD_INPUT = "<stdin>"
_ALWAYS = (files.UNITS_FILE, files.COUNTRIES_FILE)  # read once in a process, whatever is asked


class Asking(NamedTuple):
    """A question as a record holds it; the folders are those beside the built-in one, in order."""

    what: What
    chips: tuple[str, ...]
    given: Mapping[str, str]
    circuits: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    specs: tuple[str, ...] = ()
    regime: str = ""


class Answer(NamedTuple):
    """What was found, with its contract and the rules behind it."""

    found: tuple[Told, ...]
    contract: Mapping[str, Any]
    rulebook: Rulebook


def asking(
    what: What,
    wanted: Asked,
    rulebook: Rulebook,
    *,
    to: Sequence[str] = (),
    rule: Sequence[str] = (),
) -> Asking:
    """Return a question with the files and folders that its answer comes from."""
    folders = [each for each in rulebook.store.folders if each != files.BUILT_IN]
    return Asking(
        what,
        wanted.chips,
        dict(wanted.given),
        wanted.circuits,
        tuple(to),
        tuple(rule),
        tuple(map(str, rulebook.own)),
        tuple(map(str, folders)),
        wanted.regime,
    )


def answer(answered: Answered | Shipments, rules: Rules) -> Answer:
    """Return what was found of chips, or of their shipments, as a record takes it."""
    rulebook = rules.rulebook
    if isinstance(answered, Shipments):
        flat = [each for row in answered.found for each in row]
        told = tuple(Told(each.licence.checked, each.countries) for each in flat)
        coming = [each for row in answered.coming for each in row]
        contract = licence_contract.data(flat, rulebook, coming, answered.later)
        return Answer(told, contract, rulebook)
    checked = [each.checked for each in answered.found]
    ahead = [each.coming for each in answered.found]
    contract = check_contract.data(checked, rulebook, ahead)
    return Answer(tuple(map(Told, checked)), contract, rulebook)


def recorded(asked: Asking, answer: Answer, command: Sequence[str], read: Read) -> dict[str, Any]:
    """Return the record of an answer; `read` are the spec files that were read for it."""
    # what the contract reads as it is made, such as sources, is to be among the files
    empty = Run(today(None), version("chipcalc"), "", tuple(command), asked._asdict(), ())
    data(empty, answer.found, answer.contract, answer.rulebook)
    return data(
        empty._replace(data_version=data_version(), files=used(read, answer.rulebook)),
        answer.found,
        answer.contract,
        answer.rulebook,
    )


def text(record: Mapping[str, Any]) -> str:
    """Return a record as the text of its file."""
    return json.dumps(record, ensure_ascii=False, indent=2)


def unwritten(name: str) -> Path | None:
    """Return the file for a record, none where none is asked for.

    Raises ChipcalcError for a file that is there already: what has been filed is not written over.
    """
    if not name:
        return None
    path = Path(name)
    if name == "-" or bounded.is_folder(path):
        raise error(f"'{name}' is no file for a record", "name one: --record FILE.json")
    if path.suffix.casefold() != ".json":
        raise error(f"'{name}' does not end in .json", "a record is JSON: --record FILE.json")
    if bounded.exists(path):
        what = f"'{name}' is there already, and a record is never written over"
        raise error(what, "name another file, or move that one away")
    if not bounded.is_folder(path.parent):
        raise error(f"there is no folder '{path.parent}' for '{path.name}'", "make it first")
    return path


def used(read: Read, rulebook: Rulebook) -> tuple[UsedFile, ...]:
    """Return the files that were read, by name, each with its kind and its digest."""
    found = {**{each: each.read_bytes() for each in _ALWAYS}, **read}
    entries = (
        UsedFile(file_name(path), _kind(path, rulebook), built_in(path), digest(content))
        for path, content in found.items()
    )
    return tuple(sorted(set(entries)))


def file_name(path: Path) -> str:
    """Return a file as a record names it: built-in ones below specs/, others as they are given."""
    return _STANDARD_INPUT if str(path) == "-" else shown(path)


def built_in(path: Path) -> bool:
    """Whether a file comes with the program."""
    return path.is_relative_to(files.BUILT_IN)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def data_version() -> str:
    """Return the digest of all files that come with the program, names and contents."""
    whole = hashlib.sha256()
    for path in sorted(each for each in files.BUILT_IN.rglob("*") if each.is_file()):
        name = path.relative_to(files.BUILT_IN).as_posix()
        whole.update(f"{digest(path.read_bytes())}  {name}\n".encode())
    return whole.hexdigest()


def _kind(path: Path, rulebook: Rulebook) -> str:
    """Return the kind of a spec file: the folder that it is in, or what it was given for."""
    for folder in rulebook.store.folders:
        if path.is_relative_to(folder):
            return Path(path.relative_to(folder).parts[0]).stem
    return "rules" if path in rulebook.own else "chips"
