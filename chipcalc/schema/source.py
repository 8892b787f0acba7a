"""Publications, and what every fact carries of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from chipcalc.errors import Problem
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import Field
from chipcalc.schema.types import Date, Identifier, Text, Texts
from chipcalc.yamlio import Document

Status: TypeAlias = Literal["official", "reported", "estimated", "unverified", "given"]

STATUSES: tuple[Status, ...] = ("official", "reported", "estimated", "unverified", "given")


Address: TypeAlias = Annotated[
    str, Field(pattern=r"^https?://\S+$", examples=["https://acme.com/z9.pdf"])
]


class Source(Frozen):
    """A publication: enough to find it again."""

    title: Text
    publisher: Text
    url: Address
    archived: Address | None = Field(default=None, description="a stable copy of that page")
    quotes: Identifier | None = Field(
        default=None, description="the vendor whose document it is a copy of"
    )
    published: Date | None = None
    accessed: Date
    licence: Text | None = None

    @property
    def read_too_early(self) -> bool:
        """Whether it was read before it was published, as far as both days are known."""
        return self.published is not None and self.accessed.surely_before(self.published)


def source_problems(
    sources: Mapping[str, Source], used: Collection[str], document: Document
) -> Iterator[Problem]:
    """Yield the sources of a file that nothing names, or that were read before they were out."""
    for key, source in sources.items():
        place = ("sources", key)
        if key not in used:
            yield document.problem(place, f"nothing names the source '{key}'", "delete it")
        if source.read_too_early:
            yield document.problem(place, "read before it was published")


class Sourced(Sound):
    """What every fact carries: how firm it is, where it stands, and what to know about it."""

    status: Status = Field(examples=["reported"])
    source: Texts = ()
    at: Text | None = Field(default=None, description="the place in the source")
    note: Text | None = None
    as_of: Text | None = Field(default=None, description="the day or years the fact is about")

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the fact as a whole, each with its hint."""
        if self.status == "given":
            yield Problem(
                "'given' marks what a command line gives",
                hint="write official, reported or estimated",
            )
        if self.status == "estimated" and not self.note:
            yield Problem("an estimate needs a note that says why", hint="add note: …")
        if self.status != "estimated" and not self.source:
            hint = "name one of sources:, or mark it estimated and say why"
            yield Problem("a fact needs a source", hint=hint)
