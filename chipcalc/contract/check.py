"""The stable contract of a check: JSON data and flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from chipcalc.check.lines import all_lines, compared_amount, compared_bounds, compared_key
from chipcalc.check.result import ByWay, Checked, Finding
from chipcalc.contract import coming, contents, regimes
from chipcalc.contract.common import BOUND, alike, amount, available, flat, iso
from chipcalc.contract.criteria import facts
from chipcalc.contract.limbs import Limb, limbs
from chipcalc.contract.outcomes import deciding_data
from chipcalc.contract.suppositions import COLUMN, column, supposed
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import OPERATORS, OPPOSITE, Threshold
from chipcalc.rules.provision import Provision
from chipcalc.rules.rulebook import Rulebook
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import explanation
from chipcalc.words.check import named, notes
from chipcalc.words.contents import reasons
from chipcalc.words.outcomes import judged
from chipcalc.words.remains import otherwise
from chipcalc.words.supposed import marked, of
from chipcalc.words.ways import stated

if TYPE_CHECKING:
    from chipcalc.check.dated import Step

SCHEMA = "chipcalc.check/2"
_COLUMNS = (
    "chip", "name", "as_of", "regime", "supposed", "circuits", "classification", "presumed",
    "presumption",
    "rule", "paragraph", "kind", "standing", "verdict",
    "cites", "why", "in_force", "confidence", "citation", "availability", "availability_as_of",
)  # fmt: skip

COLUMNS = (*_COLUMNS, "coming")


def data(
    found: Sequence[Checked],
    rulebook: Rulebook,
    ahead: coming.OfItems = (),
    beside: regimes.Beside = (),
) -> dict[str, Any]:
    """Return the contract of some checked chips, with what is coming for each.

    `beside` has what other regimes say of the same chips.
    """
    others = [[(book, checked[number]) for book, checked in beside] for number in range(len(found))]
    each = zip(found, chain(ahead, repeat(())), others, strict=False)
    return {
        **about(found[0].day, regimes.name(found[0]), supposed(found)),
        "chips": [chip(checked, rulebook, steps, other) for checked, steps, other in each],
    }


def about(
    day: datetime.date, regime: str | None, said: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a check tells before any chip: the day, whose rules, and what is supposed."""
    return {"schema": SCHEMA, "as_of": day.isoformat(), "regime": regime, "supposed": list(said)}


def chip(
    checked: Checked,
    rulebook: Rulebook,
    ahead: Sequence[Step] = (),
    beside: Sequence[tuple[Rulebook, Checked]] = (),
) -> dict[str, Any]:
    """Return one checked chip, with what is coming, and what other regimes say of it."""
    elsewhere = [regimes.data(e, partial(rule_data, rulebook=book)) for book, e in beside]
    told = {"elsewhere": elsewhere, "coming": coming.of_item(ahead)}
    return {**_chip(checked, rulebook), **told}


def _chip(checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    classification = checked.classification
    declared = checked.sheet.chip.declared.eccn
    return {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        **available(checked.sheet),
        "circumstances": dict(circumstances(checked)),
        "formats_assumed": checked.formats_assumed,
        "circuits": contents.circuits(checked),
        "quantities": {} if checked.circuits else quantities(checked),
        "classification": named(checked),
        "presumed": presumed(checked),
        "possible": list(classification.possible),
        "cites": list(classification.cites),
        "declared_eccn": declared.value if declared and not of(checked.case) else None,
        "straddles": checked.straddles,
        "views": [_view(each, checked) for each in checked.views],
        "deciding": deciding_data(checked.deciding, otherwise(checked)),
        "rules": [rule_data(each, checked, rulebook) for each in checked.findings],
        "notes": notes([checked]),
    }


def presumed(checked: Checked) -> dict[str, Any] | None:
    """Return what an item is, or may be, presumed to be; null where nothing is presumed.

    What it falls under by its figures is its classification all the same.
    """
    found = checked.presumption
    if found is None:
        return None
    paragraph = checked.presumed(found)
    return {"paragraph": paragraph, "verdict": found.verdict, "rule": found.provision.id}


def circumstances(checked: Checked) -> Iterator[tuple[str, str | None]]:
    """Yield every circumstance that rules may ask for, and what holds.

    Those of a shipment are there where one is given.
    """
    vocabulary = checked.case.evaluator.vocabulary.circumstances
    of_shipment = any(vocabulary[name].shipment for name in checked.case.given)
    for name, definition in vocabulary.items():
        if of_shipment or not definition.shipment:
            yield name, checked.case.said(name) or None


def quantities(checked: Checked) -> dict[str, Any]:
    """Return the figures that the rules compare, by metric and conditions.

    Where there is no figure, the status says why: unknown, undefined, not offered.
    """
    vocabulary = checked.case.evaluator.vocabulary
    found: dict[str, Any] = {}
    for finding in checked.findings:
        for line in all_lines(finding.line):
            if isinstance(line.node, Threshold) and line.answer is not None:
                metric = metric_text(compared_key(line.node), vocabulary)
                found.setdefault(metric, _quantity(line, line.node, vocabulary))
    return found


def metric_text(metric: Key, vocabulary: Vocabulary) -> str:
    """Return a metric as a rule writes it: ``throughput[format=int8,engine=tensor]``."""
    when = dict(metric[1])
    named = [f"{name}={when[name]}" for name in vocabulary.conditions if name in when]
    return f"{metric[0]}[{','.join(named)}]" if named else metric[0]


def _quantity(line: Line, node: Threshold, vocabulary: Vocabulary) -> dict[str, Any]:
    answer = line.answer
    about = {"metric": node.of.name, "when": dict(node.of.when)}
    unit = vocabulary.unit(node.of.name, node.of.when)
    if not isinstance(answer, Figure):
        bounds = answer.bounds(unit) if answer else None
        nothing = {**amount(bounds), "unit": unit.text, "basis": None}
        return {**about, **nothing, "status": status(line), "source": []}
    sources = dict.fromkeys(k for s in answer.statements() for k in s.statement.source)
    if answer.value.unit.dimension != unit.dimension:  # another currency, say
        unit = answer.value.unit
    return {
        **about,
        **amount(answer.value.to(unit).amount),
        "unit": unit.text,
        "basis": "computed" if answer.derived else "stated",
        "status": answer.status,
        "source": list(sources),
    }


def _view(view: ByWay, checked: Checked) -> dict[str, Any]:
    return {
        "label": stated(view.way, checked.case.evaluator.vocabulary),
        "metric": view.metric,
        **amount(view.figure.value.amount),
        "unit": view.figure.value.unit.text,
        "verdict": view.judgement.verdict,
        "cites": list(view.judgement.cites),
        "says": judged(view.judgement, otherwise(checked)),
    }


def rule_data(finding: Finding, checked: Checked, rulebook: Rulebook) -> dict[str, Any]:
    """Return what one rule says: verdict, limbs, deciding facts and sources."""
    provision = finding.provision
    version = provision.version
    return {
        "rule": provision.id,
        "paragraph": provision.rule.paragraph,
        "cite": finding.cites[0] if finding.cites else None,
        "cites": list(finding.cites),
        "kind": provision.rule.kind,
        "standing": version.standing,
        "verdict": finding.verdict,
        "in_force": iso(version.in_force),
        "until": iso(provision.until()),
        "announced": iso(version.announced),
        "published": iso(version.published),
        "compliance": iso(version.compliance),
        "confidence": version.confidence,
        "note": version.note,
        "verified": provision.rule.verified.isoformat(),
        "limbs": [_limb(each, checked) for each in limbs(finding.line)],
        "deciding": deciding_data(finding.deciding),
        "declared": finding.declared.verdict if finding.declared else None,
        "not_modelled": list(version.not_modelled),
        "points_to": contents.points_to(finding, checked),
        "citation": version.citation,
        "sources": sources(provision, rulebook),
    }


def sources(provision: Provision, rulebook: Rulebook) -> list[dict[str, str | None]]:
    """Return the publications that a text stands in, each with the place in it."""
    found = [rulebook.source(provision, key) for key in provision.version.source]
    at = provision.version.at
    return [{"title": each.title, "url": each.url, "at": at} for each in found if each]


def _limb(limb: Limb, checked: Checked) -> dict[str, Any]:
    return {
        "cite": limb.cite or None,
        "exception": limb.exception,
        "verdict": limb.verdict,
        "criteria": [_criterion(each, checked) for each in limb.criteria],
    }


def _criterion(line: Line, checked: Checked) -> dict[str, Any]:
    """Return a criterion with its verdict; a comparison with its figure, too."""
    return {
        **facts(line.node),
        **(_comparison(line, line.node) if isinstance(line.node, Threshold) else {}),
        "verdict": line.verdict,
        "says": _says(line, checked),
    }


def _says(line: Line, checked: Checked) -> str:
    """Return what holds in words; a comparison that rests on what is supposed says so."""
    says = explanation.step(line, checked.case).says
    return marked(says, line, checked.case) if isinstance(line.node, Threshold) else says


def _comparison(line: Line, node: Threshold) -> dict[str, Any]:
    """Return the figure of a comparison in the unit of its line, and how far it is from that."""
    found = compared_amount(line)
    bounds = compared_bounds(line)
    sides = {Verdict.met: node.relation, Verdict.not_met: OPPOSITE[node.relation]}
    holds = sides.get(line.verdict) if found or bounds else None
    return {
        **amount(found or bounds),
        "status": status(line),
        "holds": OPERATORS[holds] if holds else None,
        **margin(found, node),
    }


def status(line: Line) -> str:
    """Return the status of the figure of a comparison, or why there is none."""
    if isinstance(line.answer, Figure):
        return line.answer.status
    return BOUND if compared_bounds(line) else explanation.absent(line)


def margin(found: Interval | None, node: Threshold) -> dict[str, Any]:
    """Return how far a figure lies from a line, as a share of that; null where there is none."""
    limit = node.limit.amount.best
    share = (found - exactly(limit)) / exactly(limit) if found and limit else None
    return amount(share, "margin")


def records(
    found: Sequence[Checked], ahead: coming.OfItems = (), beside: regimes.Beside = ()
) -> Iterator[Mapping[str, str]]:
    """Yield one flat record for each rule of each chip; one for a chip of which none is asked.

    Those of other regimes follow the others.
    """
    asked = [*found, *(each for _, checked in beside for each in checked)]
    rows = alike(map(flat, (each for one in asked for each in _records(one))), _COLUMNS)
    return coming.records(rows, coming.said_of_items(ahead))


def rows(checked: Checked, said: str = "") -> Iterator[Mapping[str, str]]:
    """Yield the flat records of one chip; `said` is what is coming for it."""
    for each in alike(map(flat, _records(checked)), _COLUMNS):
        yield {**each, "coming": said}


def _records(checked: Checked) -> Iterator[dict[str, Any]]:
    found = checked.presumption
    head = {
        "chip": checked.sheet.id,
        "name": checked.sheet.name,
        "as_of": checked.day.isoformat(),
        "regime": regimes.name(checked),
        COLUMN: column(checked),
        "circuits": contents.text(checked),
        "classification": named(checked),
        "presumed": checked.presumed(found) if found else "",
        "presumption": found.verdict if found else "",
        **available(checked.sheet),
    }
    for finding in checked.findings:
        version = finding.provision.version
        yield {
            **head,
            "rule": finding.provision.id,
            "paragraph": finding.provision.rule.paragraph,
            "kind": finding.provision.rule.kind,
            "standing": version.standing,
            "verdict": finding.verdict,
            "cites": "; ".join(finding.cites),
            "why": "; ".join(reasons(finding, checked)),
            "in_force": iso(version.in_force),
            "confidence": version.confidence,
            "citation": version.citation,
        }
    if not checked.findings:
        yield head
