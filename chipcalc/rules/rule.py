"""What a rule is: a paragraph with dated versions, each with criteria, sources and examples."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias, get_args

from chipcalc.errors import Problem
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import AfterValidator, Field, RefusedError, WithJsonSchema
from chipcalc.schema.source import Source
from chipcalc.schema.types import Confidence, Day, Identifier, Text, Texts

Kind: TypeAlias = Literal[
    "classification",
    "pointer",
    "presumption",
    "licence requirement",
    "licence exception",
    "review policy",
    "budget",
    "tariff",
    "letter",
    "guidance",
    "proposal",
    "policy",
    "definition",
]
KINDS: tuple[Kind, ...] = get_args(Kind)  # in the order in which rules are listed
CLASSIFICATION: Kind = "classification"
REQUIREMENT: Kind = "licence requirement"
EXCEPTION: Kind = "licence exception"
REVIEW: Kind = "review policy"
BUDGET: Kind = "budget"
TARIFF: Kind = "tariff"
LETTER: Kind = "letter"
GUIDANCE: Kind = "guidance"
POLICY: Kind = "policy"
PRESUMPTION: Kind = "presumption"
PROPOSAL: Kind = "proposal"
DEFINITION: Kind = "definition"
UNSURE: tuple[Confidence, ...] = ("secondary", "inferred", "unverified")  # the firmest first
RANKED: tuple[Kind, ...] = (CLASSIFICATION, REVIEW)
Standing: TypeAlias = Literal[
    "in force", "not enforced", "applied in practice", "reported", "proposed"
]
Criteria: TypeAlias = Annotated[
    Any, WithJsonSchema({"type": ["object", "array"], "description": "criteria; see the README"})
]

Plain: TypeAlias = Annotated[Text, WithJsonSchema({"type": ["string", "number"]})]


class Example(Frozen):
    """A case that the version decides in a known way; lint and tests run it."""

    chip: Identifier | None = None
    given: Mapping[str, Plain] = {}
    as_of: Day | None = None
    expect: Literal["met", "not met", "unknown", "not asked"]
    cite: Text | None = Field(default=None, description="the first limb that is met")


class Budget(Frozen):
    """A limit on what many chips add up to: of which metric, how much, and over what."""

    of: Text = Field(description="the metric that is added up")
    at_most: Plain
    per: Text = Field(description="over what it is added up: a calendar year, a country")


class Entry(Frozen):
    """An entry that a pointer leads to: its paragraph for each limb, and when it is the one."""

    paragraphs: Mapping[Text, Text] = Field(
        description="what it is called, by the limb that is met"
    )
    when: Mapping[Text, Texts] = Field(default={}, description="circumstances in which it is")
    ask: Text | None = Field(default=None, description="what else to ask, in words")


class Version(Sound):
    """The text of a rule from one day on, until the next version or until it ended.

    `shipment` is what the text asks besides of a shipment of an item that meets the criteria;
    `conditions` are what somebody must do or show, which no spec sheet can tell. `reserve` is what
    an answer that no licence is required leaves open, in words that follow it: unless …
    """

    announced: Day | None = None
    published: Day | None = None
    in_force: Day | None = None
    compliance: Day | None = Field(default=None, description="the day from which it must be obeyed")
    ended: Day | None = Field(default=None, description="the first day on which it no longer holds")
    standing: Standing = "in force"
    source: Texts = ()
    citation: Text | None = Field(default=None, description="such as 88 FR 73458")
    amended_by: Text | None = Field(
        default=None, description="what made this version, where that is not what is cited"
    )
    at: Text | None = Field(default=None, description="the place in the text")
    confidence: Confidence
    note: Text | None = None
    any: Criteria = None
    all: Criteria = None
    without: Criteria = Field(default=None, alias="except")
    shipment: Criteria = None
    budget: Budget | None = None
    points_to: tuple[Entry, ...] = Field(
        default=(), description="of a pointer: the entries to look at, the first of them first"
    )
    conditions: tuple[Text, ...] = ()
    reserve: Text | None = Field(default=None, description='what "not required" leaves open')
    where_undefined: Mapping[str, Text] = {}
    leaves_open: Mapping[Text, Text] = Field(
        default={}, description='what "not met" leaves open: the place in the text, and why'
    )
    not_modelled: tuple[Text, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def begins(self) -> datetime.date:
        """Return the day from which the version counts; a proposal counts once it is announced."""
        if self.standing == "proposed":
            return self.announced or datetime.date.max
        return self.in_force or datetime.date.max

    @property
    def known(self) -> datetime.date:
        """Return the day from which people could know the version: announced, published, or there.

        A rule may be in force before it is printed.
        """
        days = (self.announced, self.published, self.begins)
        return min(each for each in days if each is not None)

    @property
    def unsure(self) -> Confidence | None:
        """Return how the text is known where it was not read; None where it was."""
        return self.confidence if self.confidence in UNSURE else None

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the whole, each with its hint."""
        if self.standing == "proposed" and not self.announced:
            yield Problem(
                "a proposal needs the day it was announced", hint="add announced: 2026-01-15"
            )
        if self.standing != "proposed" and not self.in_force:
            yield Problem(
                "a version needs the day it came into force", hint="add in_force: 2026-01-31"
            )
        if not self.source and not (self.confidence == "unverified" and self.note):
            hint = "name one of sources:, or mark it unverified with a note"
            yield Problem("a version needs a source", hint=hint)
        if self.source and not self.at:
            yield Problem("a version needs the place in its source", hint="add at: article 3")
        if self.any is None and self.all is None:
            yield Problem("a version needs criteria", hint="add any: or all:")
        known = self.begins < datetime.date.max
        if known and self.ended and self.ended <= self.begins:
            yield Problem(
                "it ended before it began",
                hint="ended: is the first day on which it no longer holds",
            )
        if known and self.compliance and self.compliance < self.begins:
            yield Problem(
                "compliance comes before the day in force", hint="leave it out where they are equal"
            )


def _some(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    if not versions:
        raise RefusedError(Problem("a rule needs a version"))
    return versions


class Rule(Frozen):
    """A paragraph, policy, letter or bill, with its versions from the oldest on."""

    id: Identifier
    regime: Identifier | None = Field(
        default=None, description="of a rule of one's own: whose it is, where not the first's"
    )
    paragraph: Text
    title: Text
    kind: Kind
    applies_to: Mapping[str, Texts] = {}
    addressees: tuple[Identifier, ...] = Field(
        default=(), description="the vendors that received a letter, which binds nobody else"
    )
    precedence: int | None = Field(default=None, description="smaller names the item first")
    residual: bool = Field(default=False, description="catches what no other paragraph does")
    of_several: Literal["any", "all"] = Field(
        default="any", description="for how many circuits of an item it has to be met"
    )
    presumes: Identifier | None = Field(default=None, description="the rule that it presumes met")
    verified: Day = Field(description="the last day on which the text was checked")
    sources: Mapping[Identifier, Source] = {}
    notes: tuple[Text, ...] = ()
    versions: Annotated[tuple[Version, ...], AfterValidator(_some)]

    @property
    def grants(self) -> bool:
        """Whether it makes a shipment easier, so that every circuit of an item has to meet it."""
        return self.of_several == "all" or self.kind == EXCEPTION

    @property
    def is_control(self) -> bool:
        """Whether the rule says what is controlled; not what remains, nor what is no rule yet."""
        return self.kind in (CLASSIFICATION, PRESUMPTION, POLICY) and not self.residual
