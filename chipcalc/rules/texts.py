"""The rules of a day with those that they refer to: all that the verdict of each one rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chipcalc.rules.criteria import CircumstanceIs, Criterion, RuleMet, leaves
from chipcalc.rules.provision import Provision


class Text:
    """A version of a rule, and the versions that it refers to, those that are referred to first.

    It is equal to itself alone; where the same versions hold on another day, it is the same.
    `leaves` are the criteria without parts of all of them; `words` are the circumstances among
    them, `scope` those in which the rule is asked at all, `names` the names of both.
    """

    __slots__ = ("leaves", "names", "provisions", "scope", "words")

    def __init__(self, provisions: tuple[Provision, ...]) -> None:
        self.provisions = provisions
        own = provisions[-1]
        read = [leaf for each in provisions for leaf in leaves(each.criterion)]
        self.leaves = tuple({id(each): each for each in read}.values())
        scope = own.rule.applies_to.items()
        self.scope = tuple(CircumstanceIs(name, tuple(values)) for name, values in scope)
        self.words = tuple(each for each in self.leaves if isinstance(each, CircumstanceIs))
        self.names = tuple(dict.fromkeys(each.name for each in (*self.scope, *self.words)))


class Kept(NamedTuple):
    """What is found once for all days: texts by their identity, judgements by what they rest on."""

    texts: dict[tuple[int, ...], Text]
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
            same = tuple(number for each in reached for number in _identity(each))
            text = self.kept.texts.get(same)
            if text is None:
                text = self.kept.texts[same] = Text(reached)
            found = self._found[id(provision)] = (provision, text)
        return found[1]


def _identity(provision: Provision) -> tuple[int, int, int]:
    """Return what tells a version from all others, as long as it is kept."""
    return id(provision.rule), id(provision.version), id(provision.criterion)


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
