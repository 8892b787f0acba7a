"""Why a rule says of a shipment what it says: the facts that its verdict rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.day import scope_of
from chipcalc.check.lines import (
    all_lines,
    compared_key,
    is_assumed,
    is_definition,
    is_matter_of_course,
)
from chipcalc.check.result import Finding
from chipcalc.deciding.minimal import telling
from chipcalc.licence.licence import DESTINATION
from chipcalc.rules.case import Case, Judgement, Line
from chipcalc.rules.criteria import CircumstanceIs, Combined, RuleMet, Threshold, fold
from chipcalc.rules.rule import CLASSIFICATION, EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, labels, supposed
from chipcalc.words.facts import fact as said_of


def grounds(finding: Finding, case: Case) -> list[str]:
    """Return what a verdict rests on: for each limb that is met, all of it; else what is missing.

    Other rules are named, and not gone into; definitions are.
    """
    scope = [fold(each, case) for each in scope_of(finding.provision)]
    out = [each for each in scope if each.verdict is not Verdict.met]
    if out and out[0].verdict is finding.verdict:
        return [supposed.marked(said_of(out[0], case), out[0], case)]
    if finding.verdict is not finding.line.verdict:
        found = [f"{e.cite}: {then}" for e, then in finding.line.limbs() if e.cite]
        return found or explanation.reasons(finding, case)
    if _lacks_consequence(finding, case):
        return _facts(next(e for e in _limbs(finding.line) if e.verdict is Verdict.unknown), case)
    limbs = [each for each in _limbs(finding.line) if each.verdict is Verdict.met]
    if any(isinstance(each.node, Combined) and each.node.then for each in limbs):
        limbs = limbs[:1]  # the first one that is met names what follows
    if finding.verdict is not Verdict.met or not limbs:
        placed = finding.provision.rule.kind in (REQUIREMENT, EXCEPTION, REVIEW)
        at = finding.provision.version.at if placed else None
        return [*_facts(finding.line, case, _idle_names(finding)), *([at] if at else [])]
    told = {fact for each in _limbs(finding.line) for fact in _facts(each, case)}
    beside = [each for each in _facts(finding.line, case) if each not in told]
    return [*(f"{each.cite}: {'; '.join(_facts(each, case))}" for each in limbs), *beside]


def facts(finding: Finding, case: Case) -> list[str]:
    """Return what a verdict rests on without the places of the law, the destination by its name."""
    cites = [each.cite for each in all_lines(finding.line) if each.cite]
    label = labels.lower(case.evaluator.vocabulary.circumstances[DESTINATION].label)
    found = []
    for text in grounds(finding, case):
        cite = next((f"{each}: " for each in cites if text.startswith(f"{each}: ")), "")
        found.append(text.removeprefix(cite).replace(f"{label}: ", ""))
    return [each for each in found if each not in (finding.provision.version.at, *cites)]


def beyond_classification(finding: Finding, case: Case) -> list[str]:
    """Return what a verdict rests on but that the item falls under none of some classifications."""
    plain = {
        supposed.marked(said_of(each, case), each, case)
        for each in all_lines(finding.line)
        if isinstance(each.node, RuleMet) and each.verdict is Verdict.not_met
        if {case.provisions[e].rule.kind for e in each.node.rules} == {CLASSIFICATION}
    }
    return [each for each in facts(finding, case) if each not in plain]


def is_unknown(finding: Finding, case: Case) -> bool:
    """Whether nobody can tell what a rule says; a letter or guidance may apply then."""
    known = finding.provision.rule.kind in (LETTER, GUIDANCE)
    unknown = finding.verdict is Verdict.unknown and not known
    return unknown or _lacks_consequence(finding, case)


def _lacks_consequence(finding: Finding, case: Case) -> bool:
    """Whether a policy is met, and it is not known by which limb, nor what follows."""
    if finding.provision.rule.kind != REVIEW or finding.verdict is not Verdict.met:
        return False
    return case.read(finding.provision).consequence()[0] is not Verdict.met


def _limbs(line: Line) -> Iterator[Line]:
    """Yield the limbs of a rule that have a place in its text."""
    if line.cite:
        yield line
    elif not isinstance(line.node, RuleMet):
        for part in line.parts:
            yield from _limbs(part)


def _idle_names(finding: Finding) -> frozenset[str]:
    """Return the circumstances that are not known, and make no difference to a verdict."""
    deciding = finding.deciding
    if deciding is None or not deciding.outcomes:
        return frozenset()
    bare = [e._replace(judgement=Judgement(e.judgement.verdict)) for e in deciding.outcomes]
    _, names = telling(deciding._replace(outcomes=tuple(bare)))
    return frozenset(deciding.circumstances).difference(names)


def _facts(line: Line, case: Case, idle: frozenset[str] = frozenset()) -> list[str]:
    """Return the facts that gave the verdict of a line, each once.

    What goes without saying is left out where there is anything else: that a circuit is one, that
    a destination is abroad, and circumstances that are `idle`.
    """
    lines = list(decisive(line, case))
    told = [each for each in lines if not _is_idle(each, case, idle)] or lines
    return list(dict.fromkeys(_fact(each, case) for each in _merged(told, case)))


def _is_idle(line: Line, case: Case, names: frozenset[str]) -> bool:
    if not isinstance(line.node, CircumstanceIs):
        return is_matter_of_course(line, case)
    abroad = line.node.negated and line.verdict is Verdict.met
    return abroad or line.node.name in names or is_assumed(line, case)


def _merged(lines: Sequence[Line], case: Case) -> Iterator[Line]:
    """Yield lines, those about the same circumstance with the same verdict as one."""
    values: dict[tuple[str, Verdict], tuple[str, ...]] = {}
    for each in lines:
        if (name := _mergeable(each, case)) and isinstance(each.node, CircumstanceIs):
            key = (name, each.verdict)
            values[key] = (*values.get(key, ()), *each.node.values)
    for each in lines:
        key = (_mergeable(each, case), each.verdict)
        if not key[0] or not isinstance(each.node, CircumstanceIs):
            yield each
        elif key in values:
            together = tuple(dict.fromkeys(values.pop(key)))
            yield each._replace(node=each.node._replace(values=together))


def _mergeable(line: Line, case: Case) -> str:
    """Return the circumstance that a line is about, where several such lines say one thing."""
    node = line.node
    if not isinstance(node, CircumstanceIs) or node.negated or not line.said:
        return ""
    places = case.evaluator.vocabulary.circumstances[node.name].places
    return node.name if line.verdict is Verdict.not_met or places else ""


def decisive(line: Line, case: Case) -> Iterator[Line]:
    """Yield the lines without parts that gave a verdict, and exceptions that took an item out."""
    inside = isinstance(line.node, RuleMet) and not is_definition(line.node, case)
    if not line.parts or inside:
        yield line
        return
    taken = [each for each in line.exceptions if each.verdict is Verdict.met]
    if taken and line.parts[0].verdict is not Verdict.not_met:
        yield taken[0]
        return
    parts = [each for each in line.parts if each.verdict is line.verdict]
    if (
        isinstance(line.node, Combined)
        and line.node.how == "all"
        and line.verdict is Verdict.not_met
    ):
        parts = parts[:1]
    for part in parts or [e for e in line.exceptions if e.verdict is Verdict.unknown]:
        yield from decisive(part, case)


def _fact(line: Line, case: Case) -> str:
    if isinstance(line.node, Combined):
        return f"taken out: {'; '.join(_facts(line, case))}"
    return supposed.marked(_told(line, case), line, case)


def _told(line: Line, case: Case) -> str:
    if not isinstance(line.node, Threshold):
        return said_of(line, case)
    vocabulary = case.evaluator.vocabulary
    name = labels.brief(compared_key(line.node), vocabulary)
    return f"{name} {explanation.relation(line, vocabulary)}"
