"""Sets of chips in words: of one family, as good as another, behind a line of products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import assert_never

from chipcalc.claims.claim import AsGoodClaim, BehindClaim, ShareClaim
from chipcalc.claims.finding import ClaimFinding, Instance, Interpretation, Placed
from chipcalc.figures.figure import Figure, Missing
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict, some
from chipcalc.values.units import ONE
from chipcalc.words.claims import interpretations
from chipcalc.words.claims.arithmetic import cases_worked, place_worked
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.claims.subjects import by_subject, with_metric, with_verdict
from chipcalc.words.claims.told import Told, ToldInterpretation
from chipcalc.words.line import TextLine


def told(
    finding: ClaimFinding,
    claim: ShareClaim | AsGoodClaim | BehindClaim,
    speaker: Speaker,
    *,
    explain: bool,
) -> Told:
    """Return what is said of a set of chips."""
    match claim:
        case ShareClaim():
            return _share(finding, claim, speaker)
        case AsGoodClaim():
            return _as_good(finding, speaker, explain=explain)
        case BehindClaim():
            return _behind(finding, claim, speaker, explain=explain)
        case _:
            assert_never(claim)


def _share(finding: ClaimFinding, claim: ShareClaim, speaker: Speaker) -> Told:
    subjects = by_subject(finding.instances, speaker)
    return Told(
        tuple(_members(finding, claim.share.family, speaker)),
        with_verdict(subjects, Verdict.met, speaker),
        with_verdict(subjects, Verdict.unknown, speaker),
    )


def _members(finding: ClaimFinding, family: str, speaker: Speaker) -> Iterator[TextLine]:
    for phrase, verdict in (
        ("of the family {family}: {names}", Verdict.met),
        ("not of the family {family}: {names}", Verdict.not_met),
    ):
        found = [speaker.chip(e.sheets[0]) for e in finding.instances if e.verdict is verdict]
        if found:
            yield TextLine(speaker.say(phrase, family=family, names=speaker.listed(found)))


def _as_good(finding: ClaimFinding, speaker: Speaker, *, explain: bool) -> Told:
    worked = partial(cases_worked, speaker=speaker, value=speaker.value)
    return Told(
        tuple(_by_metric(finding, speaker)),
        with_metric(finding.instances, Verdict.met, some, speaker),
        with_metric(finding.instances, Verdict.unknown, some, speaker),
        tuple(worked(finding.instances)) if explain else (),
        tuple(
            ToldInterpretation(
                interpretations.name(each, speaker),
                tuple(_later(each, speaker)),
                tuple(worked(each.instances)) if explain else (),
            )
            for each in finding.interpretations
        ),
    )


def _by_metric(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield the chips that are at least as good, by each metric, then by all."""
    metrics = dict.fromkeys(each.metric for each in finding.instances)
    for metric in metrics:
        same = [each for each in finding.instances if each.metric == metric]
        base = same[0]
        said = speaker.say(
            "{label}, {chip} {base}; at least as good:",
            label=speaker.metric_of(base),
            chip=speaker.chip(base.sheets[1]),
            base=speaker.side(base, 1),
        )
        yield TextLine(said)
        yield from (TextLine(each, 1) for each in _ranked(same, speaker))
    if len(metrics) > 1:
        holding = [speaker.chip(each.sheets[0]) for each in finding.holding]
        all_ = [n for n in dict.fromkeys(holding) if holding.count(n) == len(metrics)]
        names = speaker.listed(all_) or speaker.say("none")
        yield TextLine(speaker.say("at least as good in all of these: {names}", names=names))


def _ranked(same: Sequence[Instance], speaker: Speaker) -> Iterator[str]:
    better = [each for each in same if each.holds]
    yield from (_with_figure(each, speaker) for each in better)
    if not better:
        yield speaker.say("none")
    unclear = [each for each in same if each.verdict is Verdict.unknown]
    ranges = [speaker.chip(e.sheets[0]) for e in unclear if isinstance(e.figure, Figure)]
    unknown = [speaker.chip(e.sheets[0]) for e in unclear if isinstance(e.figure, Missing)]
    for phrase, names in (("open", ranges), ("unknown", unknown)):
        if names:
            yield speaker.about(speaker.say(phrase), speaker.listed(names))


def _with_figure(each: Instance, speaker: Speaker) -> str:
    return speaker.with_figure(each.sheets[0], speaker.side(each, 0))


def _later(found: Interpretation, speaker: Speaker) -> Iterator[str]:
    """Yield the chips of a later day, by metric."""
    by_metric: dict[str, list[str]] = {}
    for each in found.instances:
        by_metric.setdefault(speaker.metric_of(each), []).append(_with_figure(each, speaker))
    for metric, chips in by_metric.items():
        yield speaker.about(metric, speaker.listed(chips))


def _behind(finding: ClaimFinding, claim: BehindClaim, speaker: Speaker, *, explain: bool) -> Told:
    by_metric: dict[str, list[Placed]] = {}
    for each in finding.places:
        metric = speaker.metric(each.place.metric, each.place.when)
        by_metric.setdefault(metric, []).append(each)
    return Told(
        tuple(_generations(by_metric, claim, speaker)),
        _placed_with(by_metric, Verdict.met, speaker),
        _placed_with(by_metric, Verdict.unknown, speaker),
        tuple(line for e in finding.places for line in place_worked(e.place, speaker))
        if explain
        else (),
    )


def _generations(
    by_metric: Mapping[str, Sequence[Placed]], claim: BehindClaim, speaker: Speaker
) -> Iterator[TextLine]:
    for metric, places in by_metric.items():
        yield TextLine(speaker.say("{subject}:", subject=metric))
        yield from (TextLine(_placed(each, speaker), 1) for each in places if each.place.behind)
        unknown = [speaker.chip(each.place.sheet) for each in places if each.place.behind is None]
        if unknown:
            yield TextLine(speaker.about(speaker.say("unknown"), speaker.listed(unknown)), 1)
    line = next(iter(by_metric.values()))[0].place.line
    said = speaker.say(
        "behind the newest of {line}; between two, by the logarithm of the figure; "
        "beyond the ends, at the pace of the two there",
        line=" → ".join(speaker.chip(sheet) for sheet, _ in line),
    )
    yield TextLine(said)
    low, high = (
        numbers.amounts(end.to(ONE).amount, numbers.STATED_DIGITS)
        for end in claim.behind.generations
    )
    yield TextLine(
        speaker.say("{low} to {high} generations agree with the claim", low=low, high=high)
    )


def _placed(each: Placed, speaker: Speaker) -> str:
    place = each.place
    said = speaker.say(
        "{chip} {generations} generations",
        chip=speaker.chip(place.sheet), generations=_ends(place.behind or (0, 0)),
    )  # fmt: skip
    if place.years:
        said += speaker.say(", {years} years", years=_ends(place.years))
    return said + speaker.mark(each.verdict)


def _ends(ends: tuple[float, float]) -> str:
    low, high = (f"{end:.1f}" for end in ends)
    return low if low == high else f"{low}–{high}"


def _placed_with(
    by_metric: Mapping[str, Sequence[Placed]], verdict: Verdict, speaker: Speaker
) -> str:
    """Return the chips whose place has a verdict, by metric."""
    shown = {
        metric: [
            speaker.chip(e.place.sheet) for e in places if e.place.behind and e.verdict is verdict
        ]
        for metric, places in by_metric.items()
    }
    return speaker.joined(
        speaker.about(metric, speaker.listed(names)) for metric, names in shown.items() if names
    )
