"""Plain data, as a YAML text gives them: strings, lists and keys with values, and paths in them."""

from __future__ import annotations

from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data]"

DEEPEST = 40  # levels of lists and keys, one in another, that anything is read from
TOO_DEEP = ("nested too deeply", "write fewer levels")
