"""What lint asks of facts and of their sources, from the file in which that is written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from chipcalc import bounded
from chipcalc.files import BUILT_IN
from chipcalc.schema.base import Frozen
from chipcalc.schema.fields import Field
from chipcalc.schema.load import loaded
from chipcalc.schema.types import Identifier, Number, Text, UnitText
from chipcalc.sheets.store import Store
from chipcalc.vocabulary.expressions import metrics_of
from chipcalc.vocabulary.model import Formula

NAME = "standards.yaml"


class Addresses(Frozen):
    """By what addresses are known that cannot be cited."""

    repositories: tuple[Text, ...] = Field(default=(), description="hosts of repositories")
    searches: tuple[Text, ...] = Field(default=(), description="parts of the path of a search")
    queries: tuple[Text, ...] = Field(default=(), description="keys of what a search is asked")
    homes: tuple[Text, ...] = Field(default=(), description="names of a home page")


class Band(Frozen):
    """Between which ends figures lie, for so much of another metric."""

    at: tuple[Number, Number]
    lies: tuple[Number, Number]


class Bands(Frozen):
    """Between which ends figures lie, by another metric."""

    by: Text
    of: UnitText = Field(description="the unit of that metric")
    unit: UnitText = Field(description="the unit of the figures")
    between: tuple[Band, ...]


class Agreement(Frozen):
    """Two figures of a sheet that agree, or one that lies where those of other sheets lie."""

    label: Text
    figure: Formula
    follows: Formula = Field(default=None, description="the figure from which it follows")
    times: tuple[Number, ...] = Field(
        default=(Fraction(1),), description="what it may be times that figure"
    )
    within: Number = Field(default=Fraction(0), description="the share that rounding explains")
    each: tuple[Text, ...] = Field(default=(), description="the conditions under which it holds")
    stated: tuple[Text, ...] = Field(default=(), description="the metrics stated under them")
    bands: Bands | None = None

    @property
    def metrics(self) -> set[str]:
        """The metrics that it is about."""
        nodes = [each for each in (self.figure, self.follows) if each is not None]
        named = {metric.name for node in nodes for metric in metrics_of(node)}
        return named | set(self.stated) | ({self.bands.by} if self.bands else set())


class Standards(Frozen):
    """What lint asks of facts and of their sources."""

    addresses: Addresses = Field(default_factory=Addresses)
    deciding: tuple[Text, ...] = Field(default=(), description="metrics that decide under rules")
    agreements: Mapping[Identifier, Agreement] = {}


@lru_cache(maxsize=8)
def standards(store: Store) -> Standards:
    """Return the standards of a store's folders, else the built-in ones.

    What they say of metrics that the vocabulary of a user's own does not have is left out. Raises
    ChipcalcError with every problem of their file.
    """
    folders = (*store.folders, BUILT_IN)
    path = next(each / NAME for each in folders if bounded.is_file(each / NAME))
    found, _ = loaded(Standards, path)
    known = store.vocabulary.metrics.keys()
    agreements = {n: each for n, each in found.agreements.items() if each.metrics <= known}
    deciding = tuple(each for each in found.deciding if each in known)
    return found.model_copy(update={"agreements": agreements, "deciding": deciding})
