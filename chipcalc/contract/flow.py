"""An answer about many chips that is told chip by chip, as its contract has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Flow(NamedTuple):
    """What is told before any chip, of each one as soon as it is found, and after all of them.

    `before`, the list `name` with what `each` yields, and `after` are the keys of the JSON, in
    this order; `columns` and `records` are the CSV. What is wrong with what was asked is told
    before there is one: whoever goes through it meets no mistake of the user's.
    """

    before: Callable[[], Mapping[str, Any]]
    name: str
    each: Callable[[], Iterable[Mapping[str, Any]]]
    after: Mapping[str, Any]
    columns: Sequence[str]
    records: Callable[[], Iterable[Mapping[str, str]]]
