"""Values of parameters that are texts as they stand, which need no library to become anything.

typer has pydantic take every value, given or not, and importing that is a quarter of the time of a
short command. A text is a text without it; whatever else is typed goes typer's own way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

_MARK = "takes_plain_values"


class _Plain(NamedTuple):
    """Takes what is already of its type, and has typer take the rest."""

    kind: Any
    usual: Callable[[], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of a parameter as typer would."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if several and self._all_are(value):
            return list(value)
        if not several and self._is(value, self.kind):
            return value
        if several and get_args(self.kind) == (Path,) and all(map(_any_path, value)):
            return [Path(each) for each in value]
        return self.usual().coerce(value, param=param, ctx=ctx)

    def _all_are(self, value: Any) -> bool:
        (kind,) = get_args(self.kind) if get_origin(self.kind) is list else (None,)
        return isinstance(value, list | tuple) and all(self._is(each, kind) for each in value)

    def _is(self, value: Any, kind: Any) -> bool:
        """Whether a value is of a class of which no other is made."""
        return isinstance(kind, type) and type(value) is kind


def _any_path(value: Any) -> bool:
    """Whether a text is a path that can be read, or of nothing yet: typer has no fault to find."""
    return isinstance(value, str) and (not Path(value).exists() or os.access(value, os.R_OK))


def given_twice(parameters: Iterable[Any], arguments: Sequence[str]) -> str:
    """Return the first option that takes one value and is given again, or nothing.

    The library would take the last of them and not say so.
    """
    options = {name: each for each in parameters for name in each.opts if name.startswith("-")}
    seen: set[str] = set()
    words = iter(arguments)
    for word in words:
        if word == "--":
            break
        name, sign, _ = word.partition("=") if word.startswith("--") else (word[:2], word[2:], "")
        option = options.get(name)
        if option is None or getattr(option, "is_flag", False):
            continue
        if not option.multiple and option.name in seen:
            return str(max(option.opts, key=len))
        seen.add(option.name)
        for _ in range(option.nargs - bool(sign)):
            next(words, None)
    return ""


def lightened(parameters: Iterable[Any]) -> list[Any]:
    """Return parameters that take plain values by themselves, where this typer lets them."""
    return [_light(each) for each in parameters]


def _light(parameter: Any) -> Any:
    """Return a parameter that takes plain values by itself; one of another typer as it is."""
    usual = getattr(parameter, "get_runtime_param", None)
    descriptor = getattr(parameter, "type_descriptor", None)
    if usual and descriptor and not hasattr(parameter, _MARK):
        plain = _Plain(descriptor.annotation, usual)
        parameter.get_runtime_param = lambda: plain
        setattr(parameter, _MARK, True)
    return parameter
