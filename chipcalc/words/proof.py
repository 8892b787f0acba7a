"""The parts of a short proof in words: exceptions, what rests on paragraphs, the law itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.lines import is_assumed, is_definition
from chipcalc.check.result import Checked, Finding
from chipcalc.errors import join_words
from chipcalc.rules.case import Case, Line
from chipcalc.rules.criteria import CircumstanceIs, Combined, RuleMet, Unless
from chipcalc.rules.rule import CLASSIFICATION, POLICY, PRESUMPTION
from chipcalc.values.logic import Verdict
from chipcalc.words import explanation, labels
from chipcalc.words.check import taken
from chipcalc.words.comparisons import compared
from chipcalc.words.facts import paragraphs
from chipcalc.words.line import TextLine
from chipcalc.words.roles import verdict_words

_PROVED = (CLASSIFICATION, POLICY, PRESUMPTION)


def proved(checked: Checked) -> list[Finding]:
    """Return the rules whose criteria a short proof shows; all where none classifies."""
    found = [each for each in checked.findings if each.provision.rule.kind in _PROVED]
    return found or list(checked.findings)


def body(finding: Finding) -> Line:
    """Return what a rule asks, without its exceptions."""
    line = finding.line
    while isinstance(line.node, Unless):
        line = line.parts[0]
    return line


def since(finding: Finding) -> str:
    """Return where a text stands and since when: ``88 FR 73458, since 2023-11-17``."""
    version = finding.provision.version
    firm = "" if version.standing == "in force" else version.standing
    day = f"since {version.begins}"
    words = [version.citation, firm, day, labels.confidence(version.unsure)]
    return ", ".join(each for each in words if each)


def exceptions(found: Sequence[Finding], checked: Checked) -> Iterator[str]:
    """Yield what each exception does, once, in words that say why."""
    seen: dict[str, None] = {}
    for finding in found:
        line = finding.line
        while isinstance(line.node, Unless):
            for each in line.exceptions:
                seen[_exception(each, line.parts[0], finding, checked)] = None
            line = line.parts[0]
    yield from seen


def _exception(line: Line, of: Line, finding: Finding, checked: Checked) -> str:
    """Return one exception as a sentence that cannot be read backwards."""
    paragraph = finding.provision.rule.paragraph
    rules = list(_references(line, checked.case))
    if rules and not line.cite:
        met = [name for name, verdict in rules if verdict is Verdict.met]
        names = join_words((name for name, _ in rules), "or")
        lead = f"{paragraph} leaves out what falls under {names}: "
        if line.verdict is Verdict.unknown:
            return f"{lead}whether it does is {verdict_words(line.verdict)}."
        return lead + (f"it falls under {join_words(met)}." if met else "it falls under none.")
    name = line.cite or f"the exception from {paragraph}"
    facts = join_words(dict.fromkeys(_facts(line, checked)))
    name = name[0].upper() + name[1:]
    if line.verdict is Verdict.not_met:
        return f"{name}, an exception, does not take it out: {facts}."
    if line.verdict is Verdict.unknown:
        return f"{name}, an exception, may take it out: {facts}."
    would = "would take it out as well" if of.verdict is Verdict.not_met else "takes it out"
    return f"{name}, an exception, {would}: {facts}."


def _references(line: Line, case: Case) -> Iterator[tuple[str, Verdict]]:
    """Yield the rules that an exception names, each with its verdict."""
    if isinstance(line.node, RuleMet):
        names = [each for each in line.node.rules if each in case.provisions]
        for name, part in zip(names, line.parts, strict=True):
            yield case.provisions[name].rule.paragraph, part.verdict
        return
    for part in line.parts:
        yield from _references(part, case)


def _facts(line: Line, checked: Checked) -> Iterator[str]:
    """Yield the facts that gave the verdict of an exception."""
    for _, each in line.decisive(line.verdict):
        found = compared(each, checked.case.evaluator.vocabulary)
        if found and found.known:
            yield f"{found.name} {found.value} {found.sign} {found.limit} {found.unit}".rstrip()
        elif found:
            yield f"{found.name} is {found.value}"
        elif isinstance(each.node, CircumstanceIs) and each.said:
            yield f"it is {taken(checked, each.node.name)}"
        elif isinstance(each.node, CircumstanceIs):
            yield f"{taken(checked, each.node.name)}"
        else:
            yield explanation.step(each, checked.case).says


def resting(checked: Checked) -> Iterator[str]:
    """Yield which other rules only repeat what paragraphs say, and so have their verdict."""
    shown = proved(checked)
    told = {each.provision.id for each in shown}
    known = {each.provision.rule.paragraph for each in shown}
    found: dict[Verdict, tuple[dict[str, None], list[str]]] = {}
    for finding in checked.findings:
        if finding.provision.id in told or finding.line.verdict is not finding.verdict:
            continue
        names = _rests_on(finding.line, checked.case)
        if names and known.issuperset(names):
            on, rules = found.setdefault(finding.verdict, ({}, []))
            on.update(dict.fromkeys(names))
            rules.append(finding.provision.rule.paragraph)
    for verdict, (on, rules) in found.items():
        yield f"Rest on {join_words(on)}, so {verdict_words(verdict)}: {', '.join(rules)}"


def _rests_on(line: Line, case: Case) -> list[str] | None:
    """Return the paragraphs to which a rule owes its verdict; None where anything else counts.

    A circumstance that holds as usual, and that nobody has given, counts for nothing.
    """
    node = line.node
    if isinstance(node, RuleMet) and not is_definition(node, case):
        return paragraphs(line, case)
    parts = [each for each in line.parts if each.verdict is line.verdict]
    if not parts:
        return [] if is_assumed(line, case) else None
    found = [_rests_on(each, case) for each in parts]
    known = [each for each in found if each is not None]
    if isinstance(node, Combined) and node.how == "all" and line.verdict is Verdict.not_met:
        return [] if [] in known else known[0] if known else None
    return [name for each in known for name in each] if len(known) == len(found) else None


def law(found: Sequence[Finding]) -> Iterator[TextLine]:
    """Yield what is not modelled of the paragraphs, in short, and where their texts stand."""
    missing = list(dict.fromkeys(e for f in found for e in f.provision.version.not_modelled))
    if missing:
        more = f", {len(missing)} in all" if len(missing) > 1 else ""
        first = missing[0].rstrip(".")
        yield TextLine(f"Not modelled{more}: {labels.lower(first)}", clipped=True)
    places: dict[str, list[str]] = {}
    for each in dict.fromkeys(e.provision.version.at for e in found if e.provision.version.at):
        within, _, place = (each or "").rpartition(", ")
        places.setdefault(within, []).append(place)
    texts = [", ".join(filter(None, (at, *last))) for at, last in places.items()]
    if texts:
        yield TextLine(f"Law: {'; '.join(texts)}", role="faint")


def left_out(found: Sequence[Checked]) -> str:
    """Return what a short proof does not show: ``10 other rules, all notes and sources:``."""
    told = {each.provision.id for checked in found for each in proved(checked)}
    asked = {each.provision.id for checked in found for each in checked.findings}
    rest = len(asked - told)
    others = f"{rest} other rule{'s' * (rest > 1)}, all" if rest else "All"
    return f"{others} notes and sources:"
