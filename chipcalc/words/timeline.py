"""Chips through the rules in words: the classification of each, day by day, and who became what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chipcalc.check.lines import compared_key
from chipcalc.check.result import Checked, Classed
from chipcalc.check.timeline import Moment, Reach, Stay
from chipcalc.errors import join_words
from chipcalc.figures.figure import Key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.texts import comparisons
from chipcalc.values.logic import Verdict
from chipcalc.words import labels
from chipcalc.words.check import classed, named
from chipcalc.words.chips import limbs, some
from chipcalc.words.line import Phrase, Role
from chipcalc.words.presumptions import presumed
from chipcalc.words.remains import unlisted
from chipcalc.words.roles import NOT_SETTLED

MARKS: Mapping[Verdict | None, str] = {
    Verdict.met: "yes",
    Verdict.not_met: "no",
    Verdict.unknown: "?",
    None: "–",
}


def answers(found: Sequence[Moment]) -> list[list[str]]:
    """Return the classification of every chip in words, moment by moment."""
    by_chip = zip(*(moment.checked for moment in found), strict=True)
    return [list(_answers(checked)) for checked in by_chip]


def _answers(found: Sequence[Checked]) -> Iterator[str]:
    """Yield the classifications of one chip, day by day; a rule that has ended is not to come."""
    begun = False
    for checked in found:
        ruled = checked.classed is not Classed.no_rule
        yield _shown(checked) if ruled or not begun else "no rule any more"
        begun = begun or ruled


def _shown(checked: Checked) -> str:
    """Return a classification in words: the limb, or none with what remains below."""
    found, presumption = checked.classification, checked.presumption
    if presumption and presumption.verdict is Verdict.met:
        return presumed(checked, presumption)
    if presumption:
        return f"presumed {checked.presumed(presumption)} or {named(checked)}"
    if found.residual:
        return found.paragraph
    return join_words(found.cites) or named(checked)


def screened(answer: str, checked: Checked) -> str:
    """Return an answer as a screen has it: ``3A090.a.1, a.2``, ``3A991.p``, ``not settled``."""
    if checked.presumption or checked.classed in (Classed.unknown, Classed.none):
        return classed(checked)
    if checked.classification.residual:
        return checked.classification.paragraph
    return ", ".join(limbs(checked.classification.cites)) or answer


def what_became(found: Sequence[tuple[str, Sequence[Stay]]]) -> list[Phrase]:
    """Return since when each of some chips, or groups of them, is what, in one sentence.

    ``A800 became 3A090.a on 2023-11-17; H100 from the start; H20 never``
    """
    said = sorted(found, key=lambda each: _rank(each[1]))
    phrases: list[Phrase] = []
    named_before: set[str] = set()
    for name, stays in said:
        if phrases:
            phrases.append(Phrase("; ", "title"))
        phrases.append(Phrase(f"{name} ", "title"))
        phrases += _became(stays, named_before)
        named_before |= {each.paragraph for each in stays if each.is_control}
    return phrases


def _rank(stays: Sequence[Stay]) -> int:
    """Return the place of a history: what became controlled first, what never was last."""
    if not stays:
        return 5
    controls = [each.is_control for each in stays]
    if controls[-1]:
        return 0 if len(stays) > 1 else 2
    if any(controls):
        return 1
    return 3 if stays[-1].classed is Classed.unknown else 4


def _became(stays: Sequence[Stay], before: set[str]) -> list[Phrase]:
    if not stays:
        return [Phrase("no rule yet", "title")]
    controls = [each for each in stays if each.is_control]
    last = stays[-1]
    if len(controls) > 1:
        return [
            each
            for number, stay in enumerate(stays)
            for each in (
                *([Phrase(", ", "title")] if number else []),
                Phrase(_paragraph(stay), _role(stay)),
                Phrase(f" from {stay.since}", "title"),
            )
        ]
    if last.is_control and len(stays) == 1:
        if last.paragraph in before:
            return [Phrase("from the start", "title")]
        is_ = (Phrase("is ", "title"), Phrase(_paragraph(last), "stop"))
        return [*is_, Phrase(" from the start", "title")]
    if last.is_control:
        became = (Phrase("became ", "title"), Phrase(_paragraph(last), "stop"))
        return [*became, Phrase(f" on {last.since}", "title")]
    return _not_now(stays, controls, before)


def _not_now(stays: Sequence[Stay], controls: Sequence[Stay], before: set[str]) -> list[Phrase]:
    """Return what became of a chip that falls under no paragraph of control now."""
    last = stays[-1]
    since = f" since {last.since}" if len(stays) > 1 else " from the start"
    if last.classed is Classed.unknown:
        return [Phrase(NOT_SETTLED, "open"), Phrase(since, "title")]
    if controls:
        ended = stays[stays.index(controls[-1]) + 1].since
        left = f"no longer {controls[-1].paragraph} since {ended}"
        now = f", {_paragraph(last)} now" if last.paragraph else ""
        return [Phrase(f"{left}{now}", "title")]
    if before:
        return [Phrase("never", "go")]
    remains = f", {last.paragraph}{since}" if last.paragraph else ""
    return [Phrase("never controlled", "go"), Phrase(remains, "title")]


def _paragraph(stay: Stay) -> str:
    if stay.classed is Classed.unknown:
        return NOT_SETTLED
    if stay.presumed:
        return f"presumed {stay.presumed}"
    return stay.paragraph or (unlisted(stay.first) if stay.classed is Classed.none else "no rule")


def _role(stay: Stay) -> Role:
    if stay.classed is Classed.unknown:
        return "open"
    return "stop" if stay.is_control else "title"


def paragraph(checked: Checked) -> str:
    """Return the classification in one word, whatever the limb."""
    return classed(checked)


def what_began(moment: Moment, number: int) -> str:
    """Return what the rules of a day draw lines by: ``new lines, by TPP and PD``.

    `number` counts the days on which the classification of a chip changed.
    """
    metrics: dict[Key, str] = {}
    for checked in moment.checked:
        vocabulary = checked.case.evaluator.vocabulary
        for each in checked.findings:
            provision = each.provision
            if provision.rule.is_control and provision.version.begins == moment.day:
                nodes = comparisons([provision.criterion], checked.case.provisions)
                keys = [compared_key(n) for n in nodes if isinstance(n, Threshold)]
                metrics |= {key: labels.brief(key, vocabulary) for key in keys}
    if not metrics:
        ended = f"{join_words(moment.ended)} ended" if moment.ended else ""
        return ended or join_words(moment.began)
    return f"{'new' if number else 'first'} lines, by {join_words(metrics.values())}"


def whom(reach: Reach) -> str:
    """Return a rule with how firm it is, and until when that is so: ``Act, proposed``."""
    (_, first), *later = reach.provisions
    standing = first.version.standing
    told = standing not in ("in force", *first.rule.paragraph.split(", "))
    words = [first.rule.paragraph]
    if told and standing not in first.rule.paragraph:
        words.append(standing)
    for day, each in later:
        if each.version.standing != standing:
            standing = each.version.standing
            words.append(f"{standing} from {day}")
    return ", ".join([*words, *([f"until {reach.until}"] if reach.until else [])])


def open_ones(found: Sequence[Checked]) -> list[str]:
    """Return what chips may be whose classification is not settled, equal ones together."""
    same: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        if each.classed is Classed.unknown:
            same.setdefault(each.classification.possible, []).append(each.sheet.name)
    return [
        f"Not settled: {some(names)} may be {join_words(possible, 'or')}."
        for possible, names in same.items()
    ]
