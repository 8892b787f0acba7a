"""An answer where more is known: on either side of a line between headquarters, case by case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations, product
from typing import NamedTuple, TypeAlias

from chipcalc.deciding.minimal import telling
from chipcalc.deciding.outcome import Choices, Deciding
from chipcalc.licence.licence import DESTINATION, Licence
from chipcalc.licence.questions import Alternative, Aspect
from chipcalc.rules.case import Judgement
from chipcalc.values.logic import Verdict

_MOST_CASES = 6
Known: TypeAlias = "Mapping[str, Collection[str]]"
Step: TypeAlias = "Choices | Alternative"
_Change: TypeAlias = "Callable[[Aspect], Aspect]"


class Sides(NamedTuple):
    """A line between headquarters, of whoever may be asked for by `names`.

    One of them in `inside` decides, whatever the others are; all of them in `outside` decide too.
    In the `rest` it is not settled. Where either side decides alone, `inside` is the smaller one.
    """

    names: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    def of(self, licence: Licence) -> tuple[Licence, ...]:
        """Return a licence where all are outside, then where one is inside; itself without any."""
        if not self.names:
            return (licence,)
        known = (dict.fromkeys(self.names, side) for side in (self.outside, self.inside))
        return tuple(narrowed(licence, each) for each in known)


class Split(NamedTuple):
    """One of the cases that a licence falls into: what is supposed, and how each side is then."""

    steps: tuple[Step, ...]
    licences: tuple[Licence, ...]


def narrowed(licence: Licence, known: Known) -> Licence:
    """Return a licence where circumstances are among some values."""
    return _each(licence, lambda aspect: _known(aspect, known))


def _each(licence: Licence, change: _Change) -> Licence:
    printed, enforced, exceptions, review = map(change, licence.answer)
    return licence._replace(
        printed=printed, enforced=enforced, exceptions=exceptions, review=review
    )


def _known(aspect: Aspect, known: Known) -> Aspect:
    """Return an answer where circumstances are among some values."""
    if aspect.views:
        views = []
        for each in aspect.views:
            judgement, deciding = _settled(each.judgement, each.deciding, known)
            views.append(each._replace(judgement=judgement, deciding=deciding))
        if len({(each.judgement, each.deciding) for each in views}) == 1:
            return Aspect(views[0].judgement, views[0].deciding, unsure=aspect.unsure)
        return aspect._replace(views=tuple(views))
    judgement, deciding = _settled(aspect.judgement, aspect.deciding, known)
    return aspect._replace(judgement=judgement, deciding=deciding)


def _settled(
    judgement: Judgement, deciding: Deciding | None, known: Known
) -> tuple[Judgement, Deciding | None]:
    """Return a judgement, and what decides it still, where circumstances are among some values."""
    if deciding is None or not deciding.outcomes:
        return judgement, deciding
    found = []
    for outcome in deciding.outcomes:
        told = [e for e in outcome.where if isinstance(e, Choices) and e.name in known]
        if all(set(each.values) & set(known[each.name]) for each in told):
            rest = tuple(each for each in outcome.where if each not in told)
            found.append(outcome._replace(where=rest))
    if len({each.judgement for each in found}) == 1:
        return found[0].judgement, None
    if {each.judgement.verdict for each in found} == {Verdict.not_met}:
        return Judgement(Verdict.not_met), None
    left = tuple(each for each in deciding.circumstances if each not in known)
    unique = tuple(dict.fromkeys(found))
    return judgement, deciding._replace(circumstances=left, outcomes=unique)


def sides(licences: Sequence[Licence]) -> Sides | None:
    """Return the line between headquarters that all of some answers turn on; none without any.

    Sides without names where no answer turns on headquarters; None where they do, and there is
    no one line.
    """
    known = licences[0].checked.case.evaluator.vocabulary.circumstances
    choices = [
        each
        for licence in licences
        for each in _choices(licence)
        if known[each.name].places and each.name != DESTINATION
    ]
    names = tuple(name for name in known if any(each.name == name for each in choices))
    if not names:
        return Sides()
    cells = _cells(choices)
    ways = {
        way: [_answers(each, dict(zip(names, way, strict=True))) for each in licences]
        for way in product(cells, repeat=len(names))
    }
    for inside, outside in permutations(sorted(cells, key=len), 2):
        if _parted(ways, inside, outside):
            rest = sorted(c for each in cells if each not in (inside, outside) for c in each)
            return Sides(names, inside, outside, tuple(rest))
    return None


def _parted(
    ways: Mapping[tuple[tuple[str, ...], ...], list[tuple[Aspect, ...]]],
    inside: tuple[str, ...],
    outside: tuple[str, ...],
) -> bool:
    """Whether one headquarters inside decides, all outside decide, and others leave it open."""
    within = [answers for way, answers in ways.items() if inside in way]
    if any(each != within[0] for each in within):
        return False
    beyond = next(answers for way, answers in ways.items() if {*way} == {outside})
    for way, answers in ways.items():
        if inside not in way:
            for row, ins, outs in zip(answers, within[0], beyond, strict=True):
                if any(
                    each not in (one, other) and not _is_open(each)
                    for each, one, other in zip(row, ins, outs, strict=True)
                ):
                    return False
    return within[0] != beyond


def _is_open(aspect: Aspect) -> bool:
    return aspect.verdict is Verdict.unknown


def _answers(licence: Licence, known: Known) -> tuple[Aspect, ...]:
    return narrowed(licence, known).answer


def _cells(choices: Iterable[Choices], order: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """Return values in parts that none of some choices tells apart, in their order if any."""
    kinds = list(dict.fromkeys(frozenset(each.values) for each in choices))
    found: dict[tuple[bool, ...], list[str]] = {}
    said = {value for each in kinds for value in each}
    for value in [each for each in order if each in said] or sorted(said):
        found.setdefault(tuple(value in each for each in kinds), []).append(value)
    return [tuple(each) for each in found.values()]


def _deciding(aspect: Aspect) -> Iterator[Deciding]:
    seen = (aspect.deciding, *(each.deciding for each in aspect.views))
    yield from (each for each in seen if each is not None)


def _choices(licence: Licence) -> Iterator[Choices]:
    """Yield the values of circumstances that any answer of a licence names."""
    for aspect in licence.answer:
        for deciding in _deciding(aspect):
            for outcome in deciding.outcomes:
                yield from (each for each in outcome.where if isinstance(each, Choices))


def split(licences: tuple[Licence, ...]) -> list[Split]:
    """Return the cases that some licences fall into together, so that in each they are settled.

    It stays one case where figures are missing too, or where the cases would be many.
    """
    whole = Split((), licences)
    if any(telling(d)[0] or not d.outcomes for e in licences for _, a in e.asked
           for d in _deciding(a)):  # fmt: skip
        return [whole]
    found = list(_split(licences))
    return found if len(found) <= _MOST_CASES else [whole]


def _split(licences: tuple[Licence, ...]) -> Iterator[Split]:
    aspects = [aspect for each in licences for _, aspect in each.asked]
    keys = {tuple(_key(each) for each in aspect.views) for aspect in aspects if aspect.views}
    if len(keys) == 1:
        views = next(aspect.views for aspect in aspects if aspect.views)
        for view in views:
            seen = tuple(_each(each, partial(_seen, view)) for each in licences)
            for below in _split(seen):
                yield below._replace(steps=(view, *below.steps))
        return
    names = [name for aspect in aspects for d in _deciding(aspect) for name in telling(d)[1]]
    if keys or not names:
        yield Split((), licences)
        return
    name = names[0]
    told = [each for licence in licences for each in _choices(licence) if each.name == name]
    order = [*licences[0].checked.case.evaluator.vocabulary.circumstances[name].values]
    for values in _cells(told, order):
        known = tuple(narrowed(each, {name: values}) for each in licences)
        for below in _split(known):
            yield below._replace(steps=(Choices(name, values), *below.steps))


def _key(view: Alternative) -> tuple[object, object]:
    return view.places, view.way


def _seen(view: Alternative, aspect: Aspect) -> Aspect:
    """Return an answer in one of the ways to see the case; itself where it is the same in all."""
    for each in aspect.views:
        if _key(each) == _key(view):
            return Aspect(each.judgement, each.deciding, unsure=aspect.unsure)
    return aspect
