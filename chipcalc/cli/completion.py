"""What the command line offers to complete, read without YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from chipcalc import bounded
from chipcalc.files import BUILT_IN, GROUPS, RULES, by_id

_GROUP = re.compile(r"""^  - id: ["']?([^"'\n]+)""", re.MULTILINE)
_ENTRY = re.compile(r"^  (\w+): *(?:#.*)?\n((?:    .*\n)*)", re.MULTILINE)
_VALUE = re.compile(r'^      "?([\w-]+)"?:', re.MULTILINE)
_WORD = re.compile(r"""^      "?((?<=")[^"]+|[\w+.-]+)"?:""", re.MULTILINE)
_OPTION = re.compile(r"""\boption: \{flag: (--[\w-]+), help: "([^"]*)"\}""")


def metric_names() -> list[str]:
    """Return the names of the metrics, for completion."""
    text = (BUILT_IN / "metrics.yaml").read_text(encoding="utf-8")
    return re.findall(r"^  ([a-z_]+):", text.partition("\nmetrics:\n")[2], re.MULTILINE)


def purposes() -> list[str]:
    """Return what chips are compared for, for completion."""
    text = (BUILT_IN / "metrics.yaml").read_text(encoding="utf-8")
    part = re.split(r"\n(?=\S)", text.partition("\npurposes:\n")[2])[0]
    return re.findall(r"^  ([a-z_-]+):", part, re.MULTILINE)


def group_names(folders: Sequence[Path]) -> list[str]:
    """Return the names of the groups of countries, for completion."""
    texts = [_text(path) for path in by_id(folders, GROUPS).values()]
    return [name for text in texts for name in _GROUP.findall(text)]


def budget_rules(folders: Sequence[Path]) -> list[str]:
    """Return the ids of the rules that set a limit to count against, for completion."""
    rules = sorted(by_id(folders, RULES).items())
    return [name for name, path in rules if "\n    budget:" in _text(path)]


def _text(path: Path) -> str:
    """Return a file as text; nothing where it cannot be read, which no key press waits to hear."""
    try:
        return bounded.text(path)
    except OSError:
        return ""


class CircumstanceOption(NamedTuple):
    """An option of the command line for a circumstance, or for one value of it."""

    name: str
    value: str
    flag: str
    help: str
    places: bool
    shipment: bool


def condition_values() -> dict[str, list[str]]:
    """Return the conditions of figures with their values, for completion."""
    return {name: _WORD.findall(block) for name, block in _entries("conditions").items()}


def circumstance_names() -> list[str]:
    """Return the names of the circumstances, for completion."""
    return [*_circumstances()]


def circumstance_values(name: str) -> list[str]:
    """Return the values of a circumstance, for completion."""
    return _VALUE.findall(_circumstances().get(name, ""))


@cache
def circumstance_options() -> tuple[CircumstanceOption, ...]:
    """Return the options that circumstances and their values have, in the order of the file."""
    found = []
    for name, block in _circumstances().items():
        about = ("    places: true\n" in block, "    shipment: true\n" in block)
        for line in block.splitlines():
            option, value = _OPTION.search(line), _VALUE.match(line)
            if option:
                said = value[1] if value else ""
                found.append(CircumstanceOption(name, said, option[1], option[2], *about))
    return tuple(found)


@cache
def _circumstances() -> dict[str, str]:
    """Return the lines of every circumstance, by its name."""
    return _entries("circumstances")


def _entries(section_name: str) -> dict[str, str]:
    """Return the lines of every entry of a section, by its name."""
    text = (BUILT_IN / "metrics.yaml").read_text(encoding="utf-8")
    section = re.search(rf"^{section_name}:\n((?:  .*\n)*)", text, re.MULTILINE)
    return dict(_ENTRY.findall(section[1])) if section else {}
