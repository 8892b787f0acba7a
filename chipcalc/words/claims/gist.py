"""What the figures say of a claim, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from chipcalc.claims.claim import (
    AsGoodClaim,
    BehindClaim,
    BelowLineClaim,
    BuysClaim,
    ElsewhereClaim,
    OutsideRulesClaim,
    RatioClaim,
    ShareClaim,
)
from chipcalc.claims.finding import ClaimFinding, Instance
from chipcalc.figures.figure import Figure
from chipcalc.schema.source import Status
from chipcalc.values.interval import hull
from chipcalc.values.logic import Verdict, every, some
from chipcalc.values.units import Quantity
from chipcalc.words.claims import money, ratio
from chipcalc.words.claims.relation import relation_said
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.claims.subjects import by_subject
from chipcalc.words.claims.verdicts import verdict_said

FEW = 4  # chips whose figures stand in a sentence; of more it says how many agree
_ROWS = 3


def gist(finding: ClaimFinding, speaker: Speaker) -> str:
    """Return what the figures say of a claim: what it comes to, or for how many chips it holds."""
    match claim := finding.claim:
        case RatioClaim():
            claimed = speaker.say("claimed {relation}", relation=relation_said(claim.compare.is_))
            return speaker.joined((_ratio(finding, claim, speaker), claimed))
        case ShareClaim() | AsGoodClaim() | BehindClaim():
            return _of_set(finding, claim, speaker)
        case BelowLineClaim():
            return speaker.joined(_shares(finding, speaker))
        case OutsideRulesClaim():
            return _rules(finding, speaker)
        case BuysClaim() | ElsewhereClaim():
            return _elsewhere(finding, claim, speaker)
        case _:
            assert_never(claim)


def _ratio(finding: ClaimFinding, claim: RatioClaim, speaker: Speaker) -> str:
    known = [each for each in finding.instances if isinstance(each.figure, Figure)]
    if not known:
        return speaker.say("needs an exchange rate" if finding.needs else "no figure is published")
    subjects = by_subject(known, speaker)
    if len(subjects) > FEW:
        return _agreeing(subjects, speaker)
    if not any(each.row for each in known):
        return _by_chip(subjects, claim, speaker)
    shown: dict[str, list[str]] = {}
    for rows, cases in _by_row(known, speaker).items():
        whole = _together(cases)
        text = _mark(whole) + ratio.value(whole, claim.compare.is_, speaker)
        shown.setdefault(text, []).append(rows)
    parts = [
        speaker.say("{figure} at {rows}", figure=text, rows=speaker.listed(rows))
        for text, rows in shown.items()
    ]
    return speaker.joined(parts[:_ROWS]) + "…" * (len(parts) > _ROWS)


def _by_row(known: Sequence[Instance], speaker: Speaker) -> dict[str, list[Instance]]:
    found: dict[str, list[Instance]] = {}
    for each in known:
        found.setdefault(speaker.rows(each), []).append(each)
    return found


def _by_chip(
    subjects: Mapping[str, Sequence[Instance]], claim: RatioClaim, speaker: Speaker
) -> str:
    shown: dict[str, list[str]] = {}
    for name, cases in subjects.items():
        whole = _together(cases)
        text = _mark(whole) + ratio.beside_printed(whole, claim.compare.is_, speaker)
        shown.setdefault(text, []).append(name)
    if len(shown) == 1:
        return next(iter(shown))
    return speaker.joined(
        speaker.say("{first} ({rest})", first=text, rest=speaker.listed(names))
        for text, names in shown.items()
    )


def _together(cases: Sequence[Instance]) -> Figure:
    """Return one figure that spans those of some cases; an estimate where an end rests on one."""
    figures = [each.figure for each in cases if isinstance(each.figure, Figure)]
    first = figures[0]
    unit = first.value.unit
    amounts = [each.value.to(unit).amount for each in figures]
    whole = hull(amounts)
    firm = [e for e, each in zip(amounts, figures, strict=True) if each.status != "estimated"]
    ends = (whole.low in [e.low for e in firm], whole.high in [e.high for e in firm])
    status: Status = first.status if first.status != "estimated" else "reported"
    status = status if all(ends) else "estimated"
    return first._replace(value=Quantity(whole, unit), status=status)


def _mark(figure: Figure) -> str:
    return "~" if figure.status == "estimated" else ""


def _agreeing(subjects: Mapping[str, Sequence[Instance]], speaker: Speaker) -> str:
    """Return of how many chips a claim holds, in all their rows or in some."""
    verdicts = [[e.verdict for e in cases if e.leads] for cases in subjects.values()]
    whole = sum(every(each) is Verdict.met for each in verdicts)
    none = sum(all(e is Verdict.not_met for e in each) for each in verdicts)
    return _numbers(whole, len(verdicts) - whole - none, len(verdicts), speaker)


def _numbers(met: int, part: int, count: int, speaker: Speaker) -> str:
    said = speaker.say("holds for {met} of {count} chips", met=str(met), count=str(count))
    if not part:
        return said
    return said + speaker.say(", in part or perhaps for {part}", part=str(part))


def _of_set(
    finding: ClaimFinding, claim: ShareClaim | AsGoodClaim | BehindClaim, speaker: Speaker
) -> str:
    match claim:
        case ShareClaim():
            return _members(finding, speaker)
        case AsGoodClaim():
            return _as_good(finding, speaker)
        case BehindClaim():
            return _behind(finding, speaker)
        case _:
            assert_never(claim)


def _members(finding: ClaimFinding, speaker: Speaker) -> str:
    met = sum(each.holds for each in finding.instances)
    return _numbers(met, 0, len(finding.instances), speaker)


def _shares(finding: ClaimFinding, speaker: Speaker) -> Iterator[str]:
    for each in finding.instances:
        share = speaker.value(each.figure, ())
        name = _brief(each, speaker)
        yield speaker.say("{name} {share} of the line", name=name, share=share)


def _brief(each: Instance, speaker: Speaker) -> str:
    """Return what the metric of a case is called in short, with its row."""
    short = speaker.vocabulary.metric(each.metric.partition("[")[0]).short
    return speaker.say(short) if short and not each.row else speaker.metric_of(each)


def _as_good(finding: ClaimFinding, speaker: Speaker) -> str:
    by_metric: dict[str, list[Instance]] = {}
    for each in finding.instances:
        by_metric.setdefault(_brief(each, speaker), []).append(each)
    met = [name for name, e in by_metric.items() if some(x.verdict for x in e) is Verdict.met]
    rest = [name for name in by_metric if name not in met]
    parts = (("yes in {metrics}", met), ("not surely in {metrics}", rest))
    return speaker.joined(
        speaker.say(phrase, metrics=speaker.listed(names)) for phrase, names in parts if names
    )


def _behind(finding: ClaimFinding, speaker: Speaker) -> str:
    by_metric: dict[str, list[Verdict]] = {}
    for each in finding.places:
        if each.place.behind:
            name = speaker.metric(each.place.metric, each.place.when)
            by_metric.setdefault(name, []).append(each.verdict)
    return speaker.joined(
        speaker.say(
            "{first} ({rest})",
            first=_numbers(found.count(Verdict.met), 0, len(found), speaker),
            rest=name,
        )
        for name, found in by_metric.items()
    )


def _rules(finding: ClaimFinding, speaker: Speaker) -> str:
    found: dict[str, list[str]] = {}
    for checked in finding.checked:
        for each in checked.findings:
            rule = each.provision.rule.paragraph
            found.setdefault(verdict_said(each.verdict, speaker), []).append(speaker.rule(rule))
    return speaker.joined(
        speaker.say("{first} ({rest})", first=word, rest=speaker.listed(dict.fromkeys(rules)))
        for word, rules in found.items()
    )


def _elsewhere(finding: ClaimFinding, claim: BuysClaim | ElsewhereClaim, speaker: Speaker) -> str:
    if finding.instances:
        return next(money.bought(finding, speaker))
    beside = claim.elsewhere
    if not beside:
        return speaker.say("needs an exchange rate")
    if beside.references:
        what = speaker.joined(speaker.translated(each.says) for each in beside.references)
        return speaker.say("elsewhere: {what}", what=what)
    return speaker.say("no spec sheet states {about}", about=speaker.translated(beside.about))
