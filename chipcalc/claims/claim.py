"""What a claim is: a statement of an article in our own words, and how it can be computed.

There are kinds of claims, and the one key that a claim has beside the common ones tells its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from chipcalc.claims.printed import Amount, PrintedRelation
from chipcalc.errors import Problem
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import Field, RefusedError, WrapValidator
from chipcalc.schema.source import Address, Source
from chipcalc.schema.types import Date, Day, Identifier, Text, Texts

Settlement: TypeAlias = Literal[
    "holds",
    "fails",
    "depends",
    "not settled",
    "as marketed",
    "literally true",
    "outside the spec sheets",
]


class Translated(Frozen):
    """One text in the languages that reports can be printed in; English where one is missing."""

    en: Text
    zh: Text | None = None


class Ratio(Frozen):
    """A figure, or the ratio of two, against a printed one.

    `of` and `to` are written as for `chipcalc calc`. A family stands for each of its chips, and a
    format or engine that is not named for each one that both sides state.
    """

    of: Text
    to: Text | None = None
    is_: PrintedRelation = Field(alias="is")
    suggests: PrintedRelation | None = Field(
        default=None, description="what a reader takes from it beyond its words"
    )


class Share(Frozen):
    """Chips that belong to one family, such as an architecture."""

    chips: Texts
    family: Identifier


class BelowLine(Frozen):
    """A chip that lies just below the nearest line of some rules on a day."""

    chip: Text
    rules: tuple[Identifier, ...]
    on: Day
    metrics: Texts
    within: Amount


class AsGood(Frozen):
    """Some chip of a set is at least as good as another, by each of some metrics.

    Chips launched after `by` do not count; they are named apart.
    """

    as_: Text = Field(alias="as")
    among: Texts
    metrics: Texts
    by: Date | None = None


class Behind(Frozen):
    """Chips that trail the newest of a line of products by a number of generations."""

    chips: Texts
    line: Texts
    metrics: Texts
    generations: tuple[Amount, Amount]


class OutsideRules(Frozen):
    """A chip that meets none of some rules on a day."""

    chip: Text
    rules: tuple[Identifier, ...]
    on: Day


class Buys(Frozen):
    """How many chips a sum of money buys; it may need a rate of exchange."""

    amount: Amount
    price: Text


class Reference(Frozen):
    """A figure that somebody else published, to set beside a claim."""

    says: Translated
    source: Texts
    at: Text | None = None


class Elsewhere(Frozen):
    """A claim about something that no spec sheet states."""

    about: Translated
    references: tuple[Reference, ...] = ()


class _Claim(Sound):
    """One statement of an article: in our own words, and as something that can be computed."""

    id: Identifier
    says: Translated
    short: Translated | None = Field(default=None, description="the same in few words")
    place: Text | None = None
    leaves_out: Translated | None = Field(
        default=None, description="what a true claim keeps silent on"
    )
    expect: Settlement | None = Field(default=None, description="lint notes when it changes")


class RatioClaim(_Claim):
    """A statement about a figure, or about the ratio of two."""

    compare: Ratio

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the whole."""
        if self.compare.suggests and not self.leaves_out:
            yield Problem("a claim that suggests more than it says needs leaves_out")


class ShareClaim(_Claim):
    """A statement that chips belong to one family."""

    share: Share


class BelowLineClaim(_Claim):
    """A statement that a chip lies just below a line of some rules."""

    below_line: BelowLine


class AsGoodClaim(_Claim):
    """A statement that some chip of a set is as good as another."""

    as_good: AsGood


class BehindClaim(_Claim):
    """A statement about how many generations chips are behind."""

    behind: Behind


class OutsideRulesClaim(_Claim):
    """A statement that a chip meets none of some rules."""

    outside_rules: OutsideRules


class BuysClaim(_Claim):
    """A statement about what a sum of money buys; the rest of it may be about something else."""

    buys: Buys
    elsewhere: Elsewhere | None = None


class ElsewhereClaim(_Claim):
    """A statement about something that no spec sheet states."""

    elsewhere: Elsewhere


Claim: TypeAlias = (
    RatioClaim
    | ShareClaim
    | BelowLineClaim
    | AsGoodClaim
    | BehindClaim
    | OutsideRulesClaim
    | BuysClaim
    | ElsewhereClaim
)
_KINDS: Mapping[str, type[_Claim]] = {
    "compare": RatioClaim,
    "share": ShareClaim,
    "below_line": BelowLineClaim,
    "as_good": AsGoodClaim,
    "behind": BehindClaim,
    "outside_rules": OutsideRulesClaim,
    "buys": BuysClaim,
    "elsewhere": ElsewhereClaim,
}


def _of_its_kind(value: Any, _: Any) -> Any:
    """Read a claim as the kind that its keys tell; raises RefusedError for none and for several."""
    if not isinstance(value, dict):
        what, hint = "a claim needs keys with values", "write for example id: a01"
        raise RefusedError(Problem(what, hint=hint))
    said = [name for name in _KINDS if name in value]
    if not said:
        _Claim.model_validate(value)
        hint = f"add one of {', '.join(_KINDS)}"
        raise RefusedError(Problem("nothing says how to compute it", hint=hint))
    if len(said) > 1 and said != ["buys", "elsewhere"]:
        what = f"{' and '.join(said)} at once"
        raise RefusedError(Problem(what, hint="write them as two claims"))
    return _KINDS[said[0]].model_validate(value)


def elsewhere(claim: Claim) -> Elsewhere | None:
    """Return the part of a claim that no spec sheet states, if it has one."""
    return claim.elsewhere if isinstance(claim, BuysClaim | ElsewhereClaim) else None


def references(claim: Claim) -> tuple[Reference, ...]:
    """Return the figures of others that are set beside a claim."""
    beside = elsewhere(claim)
    return beside.references if beside else ()


class Article(Frozen):
    """Where the claims were printed."""

    title: Translated
    published: Date
    language: Text
    publisher: Text | None = None
    url: Address | None = None


class Claims(Frozen):
    """The claims of one article."""

    id: Identifier
    article: Article
    sources: Mapping[Identifier, Source] = {}
    claims: Annotated[
        tuple[Annotated[Claim, WrapValidator(_of_its_kind)], ...], Field(min_length=1)
    ]
