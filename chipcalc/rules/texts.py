"""The rules of a day with those that they refer to: all that the verdict of each one rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from chipcalc.rules.criteria import (
    CircumstanceIs,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    contents,
    leaves,
    ordered,
)
from chipcalc.rules.provision import Provision


class Text:
    """A version of a rule, and the versions that it refers to, those that are referred to first.

    It is equal to itself alone; where the same is asked on another day, if by other versions of the
    same rules, it is the same.
    `below` are the texts of the rules that it refers to, each after those that it refers to itself;
    `leaves` are the criteria without parts of all of them, `scope` the circumstances in which the
    rule is asked at all, `names` those of the circumstances of both.
    """

    __slots__ = ("below", "leaves", "names", "order", "provisions", "scope")

    def __init__(self, provisions: tuple[Provision, ...]) -> None:
        self.provisions = provisions
        self.below: tuple[Text, ...] = ()
        self.order = ordered(self.own.criterion)
        scope = self.own.rule.applies_to.items()
        self.scope = tuple(CircumstanceIs(name, tuple(values)) for name, values in scope)
        self.leaves = Leaves.of(leaf for each in provisions for leaf in leaves(each.criterion))
        words = (*self.scope, *self.leaves.words)
        self.names = tuple(dict.fromkeys(each.name for each in words))

    @property
    def own(self) -> Provision:
        """The version itself."""
        return self.provisions[-1]


class Leaves:
    """Criteria without parts, each once: comparisons, words, and what rests on the chip alone.

    Conditions that nothing can answer are always open, and not among them. `names` are those of
    the circumstances. They are equal to themselves alone.
    """

    __slots__ = ("fixed", "names", "thresholds", "words")

    def __init__(
        self,
        thresholds: tuple[Threshold, ...],
        words: tuple[CircumstanceIs, ...],
        fixed: tuple[Launched | Named, ...],
    ) -> None:
        self.thresholds = thresholds
        self.words = words
        self.fixed = fixed
        self.names = frozenset(each.name for each in words)

    @property
    def all(self) -> tuple[Criterion, ...]:
        """All of them."""
        return (*self.thresholds, *self.words, *self.fixed)

    @classmethod
    def of(cls, nodes: Iterable[Criterion]) -> Leaves:
        """Return some criteria by their kind."""
        found = {id(each): each for each in nodes}.values()
        words = [each for each in found if isinstance(each, CircumstanceIs)]
        return cls(
            tuple(each for each in found if isinstance(each, Threshold)),
            tuple({each._replace(path=()): each for each in words}.values()),
            tuple(each for each in found if isinstance(each, (Launched, Named))),
        )

    @classmethod
    def together(cls, texts: Iterable[Text]) -> Leaves:
        """Return all that several texts rest on, their scopes included."""
        known = [each for text in texts for each in (*text.scope, *text.leaves.all)]
        return cls.of(known)


class Kept(NamedTuple):
    """What is found once for all days: texts by their identity, judgements by what they rest on."""

    texts: dict[object, tuple[tuple[Provision, ...], Text]]
    judged: dict[object, Any]

    @classmethod
    def nothing(cls) -> Kept:
        """Return that nothing is found yet."""
        return cls({}, {})


class Texts:
    """The texts of a day, by rule; `kept` has those of other days of the same rulebook."""

    def __init__(self, provisions: Mapping[str, Provision], kept: Kept | None = None) -> None:
        self.provisions = provisions
        self.kept = kept or Kept.nothing()
        self._found: dict[int, tuple[Provision, Text]] = {}

    def of(self, provision: Provision) -> Text:
        """Return the text of a rule on the day."""
        found = self._found.get(id(provision))
        if found is None:
            reached = tuple(referred(provision, self.provisions))
            text = self._text(reached)
            found = self._found[id(provision)] = (provision, text)
            text.below = text.below or tuple(self.of(each) for each in reached[:-1])
        return found[1]

    def _text(self, reached: tuple[Provision, ...]) -> Text:
        """Return the text of versions; the same one for others that ask for the same."""
        versions = tuple(number for each in reached for number in _identity(each))
        kept = self.kept.texts.get(versions)
        if kept is None:
            says = tuple(map(_says, reached))
            same = self.kept.texts.get(says)
            text = same[1] if same else Text(reached)
            kept = self.kept.texts[versions] = (reached, text)  # which its identity rests on
            self.kept.texts.setdefault(says, kept)
        return kept[1]


def _identity(provision: Provision) -> tuple[int, int, int]:
    """Return what tells a version from all others, as long as it is kept."""
    return id(provision.rule), id(provision.version), id(provision.criterion)


def _says(provision: Provision) -> tuple[object, ...]:
    """Return all of a version that a verdict, or what follows from it, may rest on."""
    return id(provision.rule), provision.version.unsure, *contents(provision.criterion)


def referred(provision: Provision, provisions: Mapping[str, Provision]) -> Iterator[Provision]:
    """Yield the rules that one refers to, through others as well, each after its own; itself last.

    A rule that refers to itself through others is left out below itself.
    """
    seen = {provision.id}
    waiting = [(provision, iter(_named(provision, provisions)))]
    while waiting:
        above, names = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
            yield above
        elif name not in seen:
            seen.add(name)
            waiting.append((provisions[name], iter(_named(provisions[name], provisions))))


def _named(provision: Provision, provisions: Mapping[str, Provision]) -> list[str]:
    return [name for name in names_in([provision.criterion]) if name in provisions]


def names_in(nodes: Iterable[Criterion]) -> Iterator[str]:
    """Yield the rules that criteria name, in the order of the text."""
    for node in nodes:
        for leaf in leaves(node):
            if isinstance(leaf, RuleMet):
                yield from leaf.rules


def comparisons(
    nodes: Iterable[Criterion], provisions: Mapping[str, Provision]
) -> Iterator[Criterion]:
    """Yield the criteria without parts, those of each rule that is referred to included once.

    One that stands in several places is yielded once: rules share those that are equal.
    """
    seen: set[str] = set()
    found: set[int] = set()
    waiting = [iter([leaf for each in nodes for leaf in leaves(each)])]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            continue
        if id(node) in found:
            continue
        found.add(id(node))
        yield node
        if isinstance(node, RuleMet):
            names = [name for name in node.rules if name in provisions and name not in seen]
            seen.update(names)
            waiting.append(chain.from_iterable(leaves(provisions[e].criterion) for e in names))
