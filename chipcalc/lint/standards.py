"""What lint asks of facts and of their sources, from the file in which that is written."""

from __future__ import annotations

from functools import lru_cache

from chipcalc.files import BUILT_IN
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.fields import Field
from chipcalc.schema.load import read
from chipcalc.schema.types import Text
from chipcalc.sheets.store import Store

NAME = "standards.yaml"


class Addresses(Frozen):
    """By what addresses are known that cannot be cited."""

    repositories: tuple[Text, ...] = Field(default=(), description="hosts of repositories")
    searches: tuple[Text, ...] = Field(default=(), description="parts of the path of a search")
    queries: tuple[Text, ...] = Field(default=(), description="keys of what a search is asked")
    homes: tuple[Text, ...] = Field(default=(), description="names of a home page")


class Standards(Frozen):
    """What lint asks of facts and of their sources."""

    addresses: Addresses = Field(default_factory=Addresses)
    deciding: tuple[Text, ...] = Field(default=(), description="metrics that decide under rules")


@lru_cache(maxsize=8)
def standards(store: Store) -> Standards:
    """Return the standards of a store's folders, else the built-in ones.

    Raises ChipcalcError with every problem of their file.
    """
    folders = (*store.folders, BUILT_IN)
    path = next(each / NAME for each in folders if (each / NAME).is_file())
    return parse(Standards, read(path))
