"""What the command line offers to complete, read without YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chipcalc.files import BUILT_IN, GROUPS, RULES, by_id

_GROUP = re.compile(r"""^  - id: ["']?([^"'\n]+)""", re.MULTILINE)


def metric_names() -> list[str]:
    """Return the names of the metrics, for completion."""
    text = (BUILT_IN / "metrics.yaml").read_text(encoding="utf-8")
    return re.findall(r"^  ([a-z_]+):", text.partition("\nmetrics:\n")[2], re.MULTILINE)


def group_names(folders: Sequence[Path]) -> list[str]:
    """Return the names of the groups of countries, for completion."""
    texts = [path.read_text(encoding="utf-8") for path in by_id(folders, GROUPS).values()]
    return [name for text in texts for name in _GROUP.findall(text)]


def budget_rules(folders: Sequence[Path]) -> list[str]:
    """Return the ids of the rules that set a limit to count against, for completion."""
    rules = sorted(by_id(folders, RULES).items())
    return [name for name, path in rules if "\n    budget:" in path.read_text(encoding="utf-8")]


def circumstance_values(name: str) -> list[str]:
    """Return the values of a circumstance, for completion."""
    text = (
        (BUILT_IN / "metrics.yaml").read_text(encoding="utf-8").partition("\ncircumstances:\n")[2]
    )
    block = re.search(rf"^  {name}:\n((?:    .*\n)*)", text, re.MULTILINE)
    return re.findall(r"^      ([\w-]+):", block[1], re.MULTILINE) if block else []
