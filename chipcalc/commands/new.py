"""A new spec file from a template: every key that it may have, with what goes there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin

from chipcalc import bounded, files
from chipcalc.errors import clipped, error, join_words
from chipcalc.schema.base import Frozen
from chipcalc.schema.load import shown
from chipcalc.sheets.chip import Availability, Die, Market
from chipcalc.sheets.store import open_store
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary

Words: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_OTHER_KINDS = ("groups", "languages", "rules", "sources", "templates")
_FACT = "status: reported, source: [datasheet]"


class Begun(NamedTuple):
    """A file that was begun, and the sheet of the same id in a later folder, if there is one.

    `shown` and `instead_of` are paths as they are printed.
    """

    path: Path
    shown: str
    instead_of: str = ""


def begin(name: str, folders: Sequence[Path] = ()) -> Begun:
    """Write the template of a spec file into a spec folder, and return where it is.

    The name is ``VENDOR/ID``, for which ``chips/VENDOR/ID.yaml`` stands, too, or ``claims/ID``. The
    folder is the first that is given, else the first of $CHIPCALC_SPECS, else ``specs`` in the
    working directory. Raises ChipcalcError for a wrong name, for no folder, and for an id that the
    folder has already.
    """
    kind, words = _read(name)
    folder = _folder(folders)
    store = open_store([each for each in folders if bounded.is_folder(each)])
    path = folder.joinpath(kind, *words[:-1], f"{words[-1]}.yaml")
    pattern = files.CHIPS if kind == "chips" else files.CLAIMS
    same = [each for each in folder.glob(pattern) if each.stem == words[-1]]
    if same or bounded.exists(path):
        what = f"{shown((same or [path])[0])} describes '{words[-1]}' already"
        raise error(what, "change that file, or choose another id")
    known = store.files if kind == "chips" else files.by_id(store.folders, files.CLAIMS)
    instead_of = known.get(words[-1])
    text = _KINDS[kind](words, store.vocabulary)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as fault:
        reason = bounded.reason(fault)
        raise error(f"'{path}' cannot be written: {reason}", "give --specs another one") from None
    return Begun(path, shown(path), shown(instead_of) if instead_of else "")


_LONGEST = 100
_KEPT = {"con", "prn", "aux", "nul", *(f"{each}{n}" for each in ("com", "lpt") for n in range(10))}


def _read(name: str) -> tuple[str, Words]:
    """Return the kind of file that a name asks for, and the words of its place."""
    words = tuple(name.removesuffix(".yaml").removesuffix(".yml").split("/"))
    kind = words[0] if words[0] in (*_KINDS, *_OTHER_KINDS) else "chips"
    if kind not in _KINDS:
        raise error(f"no template for {kind}", f"there is one for {join_words(_KINDS)}")
    words = words[1:] if words[0] == kind else words
    if len(words) != _LENGTHS[kind]:
        what = f"'{name}' is not {'VENDOR/ID' if kind == 'chips' else f'{kind}/ID'}"
        raise error(
            what, f"write for example {'acme/z9' if kind == 'chips' else f'{kind}/my-article'}"
        )
    for each in words:
        if not _WORD.fullmatch(each):
            what = f"'{each}' is no plain word"
            raise error(what, "write lower-case letters, digits and hyphens, such as h20-3e")
        if len(each) > _LONGEST or each.partition(".")[0] in _KEPT:
            raise error(f"'{clipped(each)}' cannot be the name of a file", "choose another word")
    return kind, words


def _folder(given: Sequence[Path]) -> Path:
    named = [Path(each) for each in os.environ.get(files.ENVIRONMENT, "").split(os.pathsep) if each]
    here = [each for each in (Path("specs"),) if bounded.is_folder(each)]
    found = next(iter((*given, *named, *here)), None)
    if found is None:
        raise error(
            "no spec folder to write into", "add --specs my-specs, which is made if need be"
        )
    return found


def chip_template(words: Words, vocabulary: Vocabulary) -> str:
    """Return the template of the sheet of a chip, in the words of a vocabulary."""
    vendor, chip = words
    template = (files.BUILT_IN / "templates" / "chip.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(
        id=chip,
        vendor=vendor,
        availabilities=join_words(_literals(Availability, "value"), "or"),
        markets=join_words(_literals(Market, "value"), "or"),
        formats=", ".join(vocabulary.conditions["format"].values),
        kinds=join_words(_literals(Die, "kind"), "or"),
        transistors=join_words(_literals(Die, "transistor"), "or"),
        conditions="\n".join(_conditions(vocabulary)),
        values="\n".join(_figures(vocabulary)),
        details="\n".join(
            line
            for name, each in vocabulary.details.items()
            for line in (f"#   {name}:   # {each.label}", f"#     - {{value: …, {_FACT}}}")
        ),
    )


def claims_template(words: Words, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    """Return the template of the claims of an article, with every kind of claim."""
    template = (files.BUILT_IN / "templates" / "claims.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(id=words[0], today="2026-01-31")


def _literals(model: type[Frozen], field: str) -> tuple[str, ...]:
    """Return the words that a field takes."""
    return tuple(_words(model.model_fields[field].annotation))


def _words(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
        return
    for each in get_args(kind):
        yield from _words(each)


def _stated(vocabulary: Vocabulary) -> Mapping[str, MetricDefinition]:
    """Return the metrics that a sheet states among its values."""
    declared = vocabulary.declared.values()
    return {
        name: each
        for name, each in vocabulary.metrics.items()
        if each.formula is None and not each.given and name not in declared
    }


def _conditions(vocabulary: Vocabulary) -> Iterator[str]:
    used = dict.fromkeys(name for each in _stated(vocabulary).values() for name in each.by)
    for name in used:
        condition = vocabulary.conditions[name]
        words = [_quoted(each) for each in condition.values]
        own = "modes" if condition.role == "mode" else "units"
        yield f"##     {name}: {', '.join(words) or f'a key of {own}:'}"


def _figures(vocabulary: Vocabulary) -> Iterator[str]:
    for name, each in _stated(vocabulary).items():
        further = [by for by in each.by if by not in each.needs]
        yield f"#   {name}:   # {each.label}{_by('by', each.needs)}{_by('also', further)}"
        unit, when = each.unit.text, ""
        for condition in each.needs:
            definition = vocabulary.conditions[condition]
            first = (*(definition.headline or ()), definition.default, *definition.values)
            value = next(word for word in first if word)
            own = definition.values[value].unit
            unit = own.text if own and own.dimension == each.unit.dimension else unit
            when += f"{', ' if when else ''}{condition}: {_quoted(value)}"
        under = f"when: {{{when}}}, " if when else ""
        yield f"#     - {{value: …, unit: {unit}, {under}{_FACT}}}"


def _by(lead: str, conditions: Sequence[str]) -> str:
    return f"; {lead} {', '.join(conditions)}" if conditions else ""


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[a-z][\w+-]*", word) else f'"{word}"'


_KINDS: Mapping[str, Callable[[Words, Vocabulary], str]] = MappingProxyType(
    {"chips": chip_template, "claims": claims_template}
)
_LENGTHS: Mapping[str, int] = MappingProxyType({"chips": 2, "claims": 1})
