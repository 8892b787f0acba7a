"""What an item of open classification may be: the paragraphs that its possible worlds name."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.check.result import ByWay, Classification, Finding
from chipcalc.deciding.outcome import Deciding
from chipcalc.rules.case import Judgement
from chipcalc.rules.criteria import Combined, Criterion, Unless
from chipcalc.values.logic import Verdict


def classify(findings: Sequence[Finding]) -> Classification:
    """Return the paragraph that names an item, from what each one says, by precedence."""
    ordered = sorted(findings, key=lambda each: each.provision.rule.residual)
    possible: list[str] = []
    for finding in ordered:
        rule = finding.provision.rule
        if finding.verdict is Verdict.met and not possible:
            return Classification(
                Verdict.met, rule.paragraph, finding.cites, residual=rule.residual
            )
        if finding.verdict is not Verdict.not_met:
            possible.append(rule.paragraph)
            if finding.verdict is Verdict.met:
                break
    if possible:
        return Classification(Verdict.unknown, possible=tuple(possible))
    return Classification(Verdict.not_met)


def possible_judgements(deciding: Deciding | None, views: Sequence[ByWay]) -> list[Judgement]:
    """Return what every value of what is not known leads to, and every way to state a figure."""
    found = [each.judgement for each in deciding.outcomes] if deciding else []
    return [*found, *(each.judgement for each in views)] if found else []


def narrowed(
    found: Classification, worlds: Sequence[Judgement], paragraphs: Sequence[Finding]
) -> Classification:
    """Return an open classification with those paragraphs only that some world names.

    Two paragraphs may each be open, and one of them always give way to the other. What remains
    below the controls is possible where no control is met in some world. Where a world cannot be
    told, all paragraphs stay that are open each by itself.
    """
    if found.verdict is not Verdict.unknown or not worlds:
        return found
    own = [(e.provision.rule.paragraph, _cites(e.provision.criterion)) for e in paragraphs]
    named: set[str] = set()
    for world in worlds:
        met = world.verdict is Verdict.met
        names = {n for n, cites in own if met and not {n, *cites}.isdisjoint(world.cites)}
        if world.verdict is Verdict.unknown or (met and not names):
            return found
        named |= names
    below = any(each.verdict is Verdict.not_met for each in worlds)
    residual = {e.provision.rule.paragraph for e in paragraphs if e.provision.rule.residual}
    kept = tuple(e for e in found.possible if e in named or (below and e in residual))
    return found._replace(possible=kept) if kept else found


def _cites(node: Criterion) -> frozenset[str]:
    """Return the places of the limbs of a rule, those of its exceptions left out."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Combined):
            found.add(each.cite)
            waiting += each.parts
        elif isinstance(each, Unless):
            waiting.append(each.of)
    return frozenset(found - {""})
