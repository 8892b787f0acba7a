"""The answer to a claim in words, line by line, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from chipcalc.claims.finding import ClaimFinding, Instance, Interpretation
from chipcalc.sheets.release import SHIPPING
from chipcalc.sheets.sheet import Sheet
from chipcalc.words.claims import elsewhere, lines, money, ratio, sets
from chipcalc.words.claims.gist import FEW, gist
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.claims.told import Told, ToldInterpretation
from chipcalc.words.line import TextLine, deeper

_CASES = 6
_BEST = 2
_ELSEWHERE = 4  # lines of a claim that no sheet settles, a reference each
_PLAIN = ("holds", "literally true", "outside the spec sheets")  # verdicts that need no reason
_METHOD = 2  # lines that say how generations are counted
_ALL = 10**6
_BY_CHANCE = ("unlike", "other")  # rows set against each other that come near by coincidence
_SHOWN = 3


def answer(finding: ClaimFinding, speaker: Speaker, *, explain: bool = False) -> list[TextLine]:
    """Return what the figures say of a claim, with all cases and their arithmetic if asked for."""
    told = _told(finding, speaker, explain=explain)
    return [
        *(_subset(told, speaker) if finding.settlement == "depends" else ()),
        *told.computed,
        *_left_out(finding, speaker),
        *_not_out(finding, speaker),
        *told.arithmetic,
        *_interpretations(told.interpretations, speaker, explain=explain),
        *told.references,
    ]


def _told(finding: ClaimFinding, speaker: Speaker, *, explain: bool) -> Told:
    match claim := finding.claim:
        case RatioClaim():
            return ratio.told(finding, claim, speaker, explain=explain)
        case BelowLineClaim() | OutsideRulesClaim():
            return lines.told(finding, claim, speaker, explain=explain)
        case ShareClaim() | AsGoodClaim() | BehindClaim():
            return sets.told(finding, claim, speaker, explain=explain)
        case BuysClaim():
            return money.told(finding, claim, speaker)
        case ElsewhereClaim():
            return elsewhere.told(claim, speaker)
        case _:
            assert_never(claim)


def _subset(told: Told, speaker: Speaker) -> Iterator[TextLine]:
    """Yield for which cases a claim holds, and for which that is not known."""
    holding = told.holding or speaker.say("none")
    yield TextLine(speaker.say("holds for: {cases}", cases=holding))
    if told.open:
        said = speaker.say("open, as the figures do not settle it: {cases}", cases=told.open)
        yield TextLine(said)


def _left_out(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield what a claim keeps silent on, where it is true to the letter alone."""
    claim = finding.claim
    if claim.leaves_out and finding.settlement == "literally true":
        what = speaker.translated(claim.leaves_out)
        yield TextLine(speaker.say("what it leaves out: {what}", what=what))


def _not_out(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield the chips of a claim that are not known to ship, by their sheets."""
    for sheet in finding.sheets:
        known = sheet.chip.availability
        if known and known.value != SHIPPING:
            said = speaker.say(
                "not known to ship: {chip}, {word} as of {day}",
                chip=speaker.chip(sheet), word=speaker.say(known.value), day=known.as_of or "",
            )  # fmt: skip
            yield TextLine(said)


def beside(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield what stands beside the figures of a claim in a document: reasons, and what is open."""
    told = _told(finding, speaker, explain=False)
    yield from told.computed[_in_table(finding) :]
    yield from _readings([*_told_first(finding, told.interpretations)], speaker)
    yield from _left_out(finding, speaker)
    yield from not_out(finding.sheets, speaker)
    yield from told.references


def brief(finding: ClaimFinding, speaker: Speaker) -> Iterator[TextLine]:
    """Yield the few lines that say what the figures say of a claim, and why it is printed so."""
    told = _told(finding, speaker, explain=False)
    if isinstance(finding.claim, ElsewhereClaim | BuysClaim):
        lines = dict.fromkeys((*told.computed, *told.references))
        yield from (each._replace(clipped=True) for each in list(lines)[:_ELSEWHERE])
        return
    yield TextLine(gist(finding, speaker))
    reading = next(_told_first(finding, told.interpretations), None)
    rest = [*_left_out(finding, speaker), *told.computed[_in_table(finding) :]]
    if reading:
        yield TextLine(_reading_said(reading, finding, speaker))
    elif _is_of_many(finding) and told.holding:
        holding = speaker.say("holds for: {cases}", cases=told.holding)
        yield TextLine(holding, clipped=len(_by_chip(finding.holding)) > _CASES)
    rest += [*not_out(finding.sheets, speaker), *told.references]
    yield from (each._replace(clipped=True) for each in rest[: _BEST if not reading else 1])


def _is_of_many(finding: ClaimFinding) -> bool:
    """Whether a claim holds for some chips of so many that a sentence does not name them."""
    is_ratio = isinstance(finding.claim, RatioClaim)
    return is_ratio and finding.settlement == "depends" and len(_by_chip(finding.instances)) > FEW


def _by_chip(instances: Iterable[Instance]) -> set[tuple[str, ...]]:
    return {tuple(sheet.id for sheet in each.sheets) for each in instances}


def _reading_said(reading: ToldInterpretation, finding: ClaimFinding, speaker: Speaker) -> str:
    """Return an interpretation in a sentence: of a ratio with its figures."""
    said = reading.name
    if isinstance(finding.claim, RatioClaim):
        said = speaker.about(said, speaker.joined(reading.cases[:_SHOWN]))
    return speaker.about(speaker.say("The printed figure comes out when"), said)


def _told_first(
    finding: ClaimFinding, told: Sequence[ToldInterpretation]
) -> Iterator[ToldInterpretation]:
    """Yield the interpretations that explain anything, the most usual first."""
    if finding.settlement not in _PLAIN:
        pairs = zip(finding.interpretations, told, strict=True)
        yield from (each for found, each in pairs if not _by_chance(found))


def _by_chance(found: Interpretation) -> bool:
    """Whether figures come near by coincidence: of unlike rows, or of another chip on top."""
    return found.turns[0].kind in _BY_CHANCE or any(each.kind == "variant" for each in found.also)


def _in_table(finding: ClaimFinding) -> int:
    """Return how many of the lines that are computed say what the table of figures does."""
    match finding.claim:
        case BelowLineClaim():
            return len(finding.instances)
        case ShareClaim() | OutsideRulesClaim():
            return 0
        case BehindClaim():
            return -_METHOD
        case BuysClaim() if finding.instances:
            return 1
        case _:
            return _ALL


def not_out(sheets: Iterable[Sheet], speaker: Speaker) -> Iterator[TextLine]:
    """Yield which chips are not known to ship, those of which the same is said as one."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for sheet in sheets:
        known = sheet.chip.availability
        if known and known.value != SHIPPING:
            said = found.setdefault((known.value, known.as_of or ""), {})
            said[speaker.chip(sheet)] = None
    for (word, day), names in found.items():
        said_of_them = speaker.say(
            "not known to ship: {chip}, {word} as of {day}",
            chip=speaker.listed(names), word=speaker.say(word), day=day,
        )  # fmt: skip
        yield TextLine(said_of_them)


def _readings(told: Sequence[ToldInterpretation], speaker: Speaker) -> Iterator[TextLine]:
    """Yield the first interpretations, each with its first case."""
    if told:
        yield TextLine(speaker.say("The printed figure comes out when"))
    for each in told[:_BEST]:
        cases = speaker.joined(each.cases[:_SHOWN])
        yield TextLine(speaker.about(each.name, cases), 1)


def _interpretations(
    told: Sequence[ToldInterpretation], speaker: Speaker, *, explain: bool
) -> Iterator[TextLine]:
    """Yield each interpretation with its cases: the first few, or all with their arithmetic."""
    if told:
        yield TextLine(speaker.say("The printed figure comes out when"))
    for each in told:
        yield TextLine(speaker.say("{subject}:", subject=each.name), 1)
        shown = each.cases if explain else each.cases[:_CASES]
        yield from (TextLine(case, 2, "–") for case in shown)
        if len(each.cases) > len(shown):
            more = str(len(each.cases) - len(shown))
            yield TextLine(speaker.say("and {count} more; --explain lists them", count=more), 2)
        yield from deeper(each.arithmetic)


def indented(line: TextLine) -> str:
    """Return a line as text, behind its marker and two spaces for each level."""
    return "  " * line.level + " ".join(filter(None, (line.marker, line.text)))
