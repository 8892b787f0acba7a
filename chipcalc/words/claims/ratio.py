"""A figure, or the ratio of two, in words: what it comes to beside what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from chipcalc.claims.claim import RatioClaim
from chipcalc.claims.finding import ClaimFinding, Instance, Interpretation
from chipcalc.claims.printed import PrintedRelation
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.values.units import ONE
from chipcalc.words.claims import interpretations
from chipcalc.words.claims.arithmetic import cases_worked
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.claims.subjects import by_subject, with_verdict
from chipcalc.words.claims.told import Told, ToldInterpretation
from chipcalc.words.line import TextLine


def told(finding: ClaimFinding, claim: RatioClaim, speaker: Speaker, *, explain: bool) -> Told:
    """Return what is said of a comparison, a line for each chip."""
    subjects = by_subject(finding.instances, speaker)
    known = {
        name: [each for each in cases if isinstance(each.figure, Figure)]
        for name, cases in subjects.items()
    }
    worked = partial(
        cases_worked, speaker=speaker, value=lambda each: value(each, claim.compare.is_, speaker)
    )
    return Told(
        tuple(_computed(finding, claim, subjects, speaker)),
        with_verdict(known, Verdict.met, speaker),
        with_verdict(known, Verdict.unknown, speaker),
        tuple(worked(finding.instances)) if explain else (),
        tuple(
            ToldInterpretation(
                interpretations.name(each, speaker),
                tuple(_cases(each, claim, speaker)),
                tuple(worked(each.instances)) if explain else (),
            )
            for each in finding.interpretations
        ),
    )


def _computed(
    finding: ClaimFinding,
    claim: RatioClaim,
    subjects: Mapping[str, Sequence[Instance]],
    speaker: Speaker,
) -> Iterator[TextLine]:
    """Yield the figures of a comparison, a line for each chip; equal ones put together."""
    for name, instances in subjects.items():
        shown: dict[tuple[str, Verdict], list[str]] = {}
        for each in instances:
            if isinstance(each.figure, Figure):
                found = (beside_printed(each.figure, claim.compare.is_, speaker), each.verdict)
                shown.setdefault(found, []).append(speaker.rows(each))
        marked = finding.settlement == "depends" or bool(
            finding.holding and finding.interpretations
        )
        parts = [
            speaker.with_rows(rows, said) + (speaker.mark(verdict) if marked else "")
            for (said, verdict), rows in shown.items()
        ]
        if parts:
            yield TextLine(speaker.about(name, speaker.joined(parts)))
    if finding.needs:
        needs = f"--rate ({finding.needs.because})"
        yield TextLine(speaker.say("to compute it, give {needs}", needs=needs))
    else:
        yield from _lacking(subjects, speaker)


def _lacking(subjects: Mapping[str, Sequence[Instance]], speaker: Speaker) -> Iterator[TextLine]:
    """Yield the cases that have no figure, by the reason."""
    found: dict[str, list[str]] = {}
    for name, instances in subjects.items():
        for each in instances:
            if isinstance(each.figure, Missing):
                named = " ".join(filter(None, (name, speaker.rows(each))))
                found.setdefault(each.figure.kind, []).append(named)
    for kind, names in found.items():
        yield TextLine(speaker.about(speaker.say(kind), speaker.listed(names)))


def beside_printed(figure: Figure, relation: PrintedRelation, speaker: Speaker) -> str:
    """Return a figure beside what is printed: as it is, and how many times the printed one."""
    shown, printed = value(figure, relation, speaker), relation.printed
    dimension = figure.value.unit.dimension
    if not dimension or printed.amount.low <= 0 or printed.unit.dimension != dimension:
        return shown
    times = numbers.ratios((figure.value / printed).to(ONE).amount)
    return speaker.say(
        "{figure}, {times} × the printed {printed}",
        figure=shown, times=times, printed=quantity(printed),
    )  # fmt: skip


def value(answer: Answer, relation: PrintedRelation, speaker: Speaker) -> str:
    """Return a figure as the claim prints its own: per cent, times, or with its unit."""
    return speaker.value(answer, _limits(relation))


def _limits(relation: PrintedRelation) -> list[Fraction] | None:
    """Return the amounts that a ratio is told apart from, if the claim prints per cent."""
    if str(relation.printed.unit) != "%":
        return None
    limits = (relation.printed, *(relation.bounds or ()))
    return [each.to(ONE).amount.best for each in limits]


def _cases(found: Interpretation, claim: RatioClaim, speaker: Speaker) -> Iterator[str]:
    """Yield what an interpretation gives: for each chip, the figures with their rows."""
    shown: dict[tuple[str, str], list[str]] = {}
    whole = found.turns[0].kind == "variant"
    for name, cases in by_subject(found.instances, speaker, whole=whole).items():
        for each in cases:
            case = (name, value(each.figure, claim.compare.is_, speaker))
            shown.setdefault(case, []).append(speaker.rows(each))
    for (name, said), rows in shown.items():
        yield speaker.about(name, speaker.with_rows(rows, said))
