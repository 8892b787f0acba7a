"""What a claim is: a statement of an article in our own words, and how it can be computed."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema.base import Frozen, Sound
from chipcalc.schema.fields import (
    BeforeValidator,
    Field,
    RefusedError,
    WithJsonSchema,
    model_validator,
)
from chipcalc.schema.source import Source
from chipcalc.schema.types import Date, Day, Identifier, Text, Texts
from chipcalc.values import units
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity

Settlement: TypeAlias = Literal[
    "holds", "fails", "depends", "literally true", "outside the spec sheets"
]
SAYS = ("compare", "share", "below_line", "as_good", "behind", "outside_rules", "buys", "elsewhere")
RELATIONS = ("less_than", "more_than", "at_least", "at_most", "equals", "about", "between")


def _quantity(value: Any) -> Any:
    """Read ``10 %``, ``400 W`` or a plain number such as ``0.5``."""
    if not isinstance(value, str):
        raise RefusedError(Problem("write a number with its unit, such as 10 %"))
    try:
        return units.quantity(value)
    except ChipcalcError as fault:
        try:
            return Quantity(exactly(units.number(value)), units.ONE)
        except ChipcalcError:
            raise RefusedError(*fault.problems) from None


Amount: TypeAlias = Annotated[
    Any,
    BeforeValidator(_quantity),
    WithJsonSchema({"type": ["string", "number"], "examples": ["10 %", "400 W", "0.5"]}),
]


class Words(Frozen):
    """One text in the languages that reports can be printed in."""

    en: Text
    zh: Text


class Relation(Frozen):
    """How the printed figure relates to what is computed.

    `about` needs `within`, the tolerance that the printed digits leave: 1/2 may be anything from
    0.45 to 0.55, say. `equals` leaves none.
    """

    less_than: Amount = None
    more_than: Amount = None
    at_least: Amount = None
    at_most: Amount = None
    equals: Amount = None
    about: Amount = None
    within: Annotated[tuple[Amount, Amount] | None, Field(description="what still counts")] = None
    between: tuple[Amount, Amount] | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        said = [word for word in RELATIONS if getattr(self, word) is not None]
        if len(said) != 1:
            raise RefusedError(
                Problem("a claim states one relation", hint=f"write one of {', '.join(RELATIONS)}")
            )
        if (self.about is None) != (self.within is None):
            raise RefusedError(
                Problem("about and within belong together", hint="add within: [45 %, 55 %]")
            )
        if self.bounds and not _in_order(self.bounds[0], self.printed, self.bounds[1]):
            raise RefusedError(
                Problem(
                    "the amounts are not in order", hint="write [lowest, highest] in like units"
                )
            )
        return self

    @property
    def bounds(self) -> tuple[Quantity, Quantity] | None:
        """Return the least and the greatest amount that agree; none for a one-sided relation."""
        same = None if self.equals is None else (self.equals, self.equals)
        return same or self.within or self.between

    @property
    def printed(self) -> Quantity:
        """Return the figure that the article prints; of two, the first."""
        if self.between:
            lowest: Quantity = self.between[0]
            return lowest
        said: Quantity = next(filter(None, (getattr(self, word) for word in RELATIONS)))
        return said


def _in_order(low: Quantity, middle: Quantity, high: Quantity) -> bool:
    try:
        amounts = [each.to(low.unit).amount.best for each in (low, middle, high)]
    except ChipcalcError:
        return False
    return amounts == sorted(amounts)


class Compare(Frozen):
    """A figure, or the ratio of two, against a printed one.

    `of` and `to` are written as for `chipcalc calc`. A family stands for each of its chips, and a
    format or engine that is not named for each one that both sides state.
    """

    of: Text
    to: Text | None = None
    is_: Relation = Field(alias="is")
    suggests: Relation | None = Field(
        default=None, description="what a reader takes from it beyond its words"
    )


class Share(Frozen):
    """Chips that belong to one family, such as an architecture."""

    chips: tuple[Text, ...]
    family: Identifier


class BelowLine(Frozen):
    """A chip that lies just below the nearest line of some rules on a day."""

    chip: Text
    rules: tuple[Identifier, ...]
    on: Day
    metrics: tuple[Text, ...]
    within: Amount


class AsGood(Frozen):
    """Some chip of a set is at least as good as another, by each of some metrics.

    Chips launched after `by` do not count; they are named apart.
    """

    as_: Text = Field(alias="as")
    among: tuple[Text, ...]
    metrics: tuple[Text, ...]
    by: Date | None = None


class Behind(Frozen):
    """Chips that trail the newest of a line of products by a number of generations."""

    chips: tuple[Text, ...]
    line: tuple[Text, ...]
    metrics: tuple[Text, ...]
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

    says: Words
    source: Texts
    at: Text | None = None


class Elsewhere(Frozen):
    """A claim about something that no spec sheet states."""

    about: Words
    references: tuple[Reference, ...] = ()


class Claim(Sound):
    """One statement of an article: in our own words, and as something that can be computed."""

    id: Identifier
    says: Words
    place: Text | None = None
    compare: Compare | None = None
    share: Share | None = None
    below_line: BelowLine | None = None
    as_good: AsGood | None = None
    behind: Behind | None = None
    outside_rules: OutsideRules | None = None
    buys: Buys | None = None
    elsewhere: Elsewhere | None = None
    leaves_out: Words | None = Field(default=None, description="what a true claim keeps silent on")
    expect: Settlement | None = Field(default=None, description="lint notes when it changes")

    def complaints(self) -> Iterator[Problem]:
        """Yield what is wrong with the whole, each with its hint."""
        said = [name for name in SAYS if getattr(self, name) is not None]
        if not said:
            yield Problem("nothing says how to compute it", hint=f"add one of {', '.join(SAYS)}")
        if len(said) > 1 and set(said) != {"buys", "elsewhere"}:
            yield Problem(f"{' and '.join(said)} at once", hint="write them as two claims")
        if self.compare and self.compare.suggests and not self.leaves_out:
            yield Problem("a claim that suggests more than it says needs leaves_out")


class Article(Frozen):
    """Where the claims were printed."""

    title: Words
    published: Date
    language: Text
    publisher: Text | None = None


class Claims(Frozen):
    """The claims of one article."""

    id: Identifier
    article: Article
    sources: Mapping[Identifier, Source] = {}
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
