"""Plain data, as a YAML text gives them: strings, lists and keys with values, and paths in them."""

from __future__ import annotations

from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data]"
