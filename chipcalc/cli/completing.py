"""The TAB key for the values of every option, whatever case they are begun in.

What is offered stands in one table, by the name of the option; words that an option takes one of
are offered as they are, and what is left out here is known to nobody but the user.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import Any, NamedTuple

from chipcalc import files
from chipcalc.cli import completion
from chipcalc.cli.options import complete_chip
from chipcalc.cli.quick import ASKED

Complete = Callable[[str], Sequence[str]]

_MARK = "completes_in_any_case"
_APART: list[bool] = []  # whether the shell completes only what stands behind = and :
_BREAKS = re.compile(r"[=:]")


class _Item(NamedTuple):
    """A word that is offered, as shells are told of it."""

    value: str
    type: str = "plain"
    help: str | None = None


def complete(parameters: Iterable[Any]) -> list[Any]:
    """Return parameters whose values the TAB key offers."""
    return [_completing(each) for each in parameters]


def _completing(parameter: Any) -> Any:
    """Return a parameter that completes from the table here, or as it does, in any case."""
    if hasattr(parameter, _MARK):
        return parameter
    name = max(parameter.opts, key=len)
    usual, custom = parameter.shell_complete, getattr(parameter, "_custom_shell_complete", None)

    def offered(context: Any, incomplete: str) -> list[Any]:
        known = _VALUES.get(name) or _VALUES.get(f"{context.info_name} {name}")
        if known:
            found = known(incomplete)
        elif custom:
            found = _begun(incomplete, [each.value for each in custom(context, parameter, "")])
        elif parameter.type_descriptor.is_choice:
            found = _begun(incomplete, [each.value for each in usual(context, "")])
        else:
            return list(usual(context, incomplete))
        return [_Item(_behind(each, incomplete)) for each in dict.fromkeys(found)]

    parameter.shell_complete = offered
    setattr(parameter, _MARK, True)
    return parameter


def _begun(incomplete: str, known: Iterable[str]) -> list[str]:
    """Return the words that begin so, in any case."""
    begun = incomplete.casefold()
    return [each for each in known if each.casefold().startswith(begun)]


def _behind(word: str, incomplete: str) -> str:
    """Return a word, or the part of it that the shell asks for."""
    breaks = list(_BREAKS.finditer(incomplete)) if _APART else []
    return word[breaks[-1].end() :] if breaks else word


def joined(environment: MutableMapping[str, str]) -> None:
    """Put together the words that bash takes apart at each = and :, up to the one to complete."""
    place = environment.get("COMP_CWORD", "")
    if environment.get(ASKED) != "complete_bash" or not place.isdigit():
        return
    words = [*environment.get("COMP_WORDS", "").split(" "), ""][: int(place) + 1]
    found: list[str] = []
    for number, each in enumerate(words):
        before = words[number - 1] if number else ""
        if found and (each in ("=", ":") or before in ("=", ":")):
            found[-1] += each
        else:
            found.append(each)
    if len(found) < len(words):
        _APART[:] = [True]
        environment["COMP_WORDS"] = " ".join(found)
        environment["COMP_CWORD"] = str(len(found) - 1)


def _words(*known: str) -> Complete:
    return lambda incomplete: _begun(incomplete, known)


def _named(kind: str) -> Complete:
    """Return what completes the names of files of one kind in spec folders."""
    return lambda incomplete: _begun(incomplete, sorted(files.by_id(files.spec_folders(), kind)))


def _vendors(incomplete: str) -> list[str]:
    found = files.by_id(files.spec_folders(), files.CHIPS)
    return _begun(incomplete, sorted({found.folder(each) for each in found}))


def _families(incomplete: str) -> list[str]:
    return _begun(incomplete, sorted(files.family_names(files.spec_folders())))


def _markets(incomplete: str) -> list[str]:
    return _begun(incomplete, completion.circumstance_values("market"))


def _conditions(incomplete: str) -> list[str]:
    """Return conditions and their values: ``format=bf16,sparsity=dense``, of one chip or all."""
    values = completion.condition_values()
    chip = re.match(r"[^=,:]+:", incomplete)
    start = max(chip.end() if chip else 0, incomplete.rfind(",") + 1)
    head, last = incomplete[:start], incomplete[start:]
    name, given, _ = last.partition("=")
    if given:
        known = values.get(name.casefold(), ())
        return _begun(incomplete, [f"{head}{name}={each}" for each in known])
    return _begun(incomplete, [f"{head}{each}=" for each in values])


def _rates(incomplete: str) -> list[str]:
    """Return number formats, and behind a rate its other conditions: ``int8=9TOPS,sparse``."""
    values = completion.condition_values()
    head, more, _ = incomplete.rpartition(",")
    if more:
        others = [each for name in ("engine", "sparsity") for each in values.get(name, ())]
        return _begun(incomplete, [f"{head},{each}" for each in others])
    return _begun(incomplete, [f"{each}=" for each in values.get("format", ())])


def _settings(incomplete: str) -> list[str]:
    """Return what can be supposed: metrics and circumstances, and the values of these."""
    name, given, _ = incomplete.partition("=")
    if given:
        values = completion.circumstance_values(name.casefold().replace("-", "_"))
        return _begun(incomplete, [f"{name}={each}" for each in values])
    known = [*completion.metric_names(), *completion.circumstance_names()]
    return _begun(incomplete, [f"{each}=" for each in known])


def _chip_settings(incomplete: str) -> list[str]:
    """Return the metrics that can be supposed, of one chip or of all."""
    chip, apart, _ = incomplete.rpartition(":")
    return _begun(incomplete, [f"{chip}{apart}{each}=" for each in completion.metric_names()])


def _facts(incomplete: str) -> list[str]:
    """Return what is said of a circuit: number formats, die and count, one behind another."""
    head, more, _ = incomplete.rpartition(",")
    known = [*completion.condition_values().get("format", ()), "die", "count"]
    return _begun(incomplete, [f"{head}{more}{each}=" for each in known])


def _schemas(incomplete: str) -> list[str]:
    from chipcalc.commands.schema import kinds  # it loads every model

    return _begun(incomplete, kinds())


_VALUES: dict[str, Complete] = {
    "chips": complete_chip,
    "--base": complete_chip,
    "--vendor": _vendors,
    "--family": _families,
    "list --market": _markets,
    "--when": _conditions,
    "--throughput": _rates,
    "compare --set": _chip_settings,
    "check --set": _settings,
    "headroom --set": _settings,
    "licence --set": _settings,
    "budget --set": _settings,
    "timeline --set": _settings,
    "diff --set": _settings,
    "memo --set": _settings,
    "--circuit": _facts,
    "--why-not": _named(files.RULES),
    "--lang": lambda incomplete: _begun(
        incomplete, ["en", *files.by_id(files.spec_folders(), files.LANGUAGES)]
    ),
    "--mapping": _named("mappings/*.yaml"),
    "--decimal": _words("point", "comma"),
    "--row": _words("die", "circuit", "board", "system"),
    "--width": _words("wide", "narrow"),
    "schema kind": _schemas,
    "claims names": _named(files.CLAIMS),
}
