"""The figures that answer a claim as a small table: which chips, how much, and whether so."""

from __future__ import annotations

from collections.abc import Iterator

from chipcalc.claims.claim import BelowLineClaim, RatioClaim
from chipcalc.claims.finding import ClaimFinding, Instance
from chipcalc.figures.figure import Answer, Figure
from chipcalc.rules.criteria import SIGNS, Threshold
from chipcalc.tables.report import Cell, Column, Grid, Row, cell
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict, negated
from chipcalc.words.claims import ratio
from chipcalc.words.claims.relation import relation_said
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.claims.subjects import by_subject
from chipcalc.words.claims.verdicts import verdict_said
from chipcalc.words.line import Role

_ROLES: dict[Verdict, Role] = {
    Verdict.met: "go",
    Verdict.not_met: "stop",
    Verdict.unknown: "open",
}
_ORDER = (Verdict.met, Verdict.unknown, Verdict.not_met)
_FEW = 4  # chips that stand in the order of the sheets; more are sorted by what holds of them


def figures(finding: ClaimFinding, speaker: Speaker, caption: str = "") -> Grid | None:
    """Return the figures of a claim, equal ones put together; None for a claim without any."""
    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()
    claim = finding.claim
    if isinstance(claim, RatioClaim) and finding.instances:
        columns, rows = _of_ratio(finding, claim, speaker)
    elif isinstance(claim, BelowLineClaim):
        columns = _columns(speaker, "figure", "value", "line", "share")
        rows = tuple(_below(each, speaker) for each in finding.instances)
    elif finding.checked:
        columns = _columns(speaker, "chip", "rule", "date", "classified")
        rows = tuple(_of_rules(finding, speaker))
    elif finding.places:
        columns = _columns(speaker, "figure", "chip", "generations behind", "as claimed")
        rows = tuple(_of_places(finding, speaker))
    elif finding.instances and finding.instances[0].metric:
        columns = _columns(speaker, "figure", "as good", "chip")
        rows = tuple(_of_metrics(finding, speaker))
    return Grid(columns, rows, "claim figures", caption) if rows else None


def _columns(speaker: Speaker, *titles: str) -> tuple[Column, ...]:
    return tuple(Column(speaker.say(each), name=f"claim {each}") for each in titles)


def _mark(answer: Answer) -> str:
    """Return the mark of a figure that is estimated."""
    return "~" if isinstance(answer, Figure) and answer.status == "estimated" else ""


def _verdict(verdict: Verdict, speaker: Speaker) -> Cell:
    words = {Verdict.met: "yes", Verdict.not_met: "no"}
    return cell(speaker.say(words.get(verdict, "open")), role=_ROLES[verdict])


def _of_ratio(
    finding: ClaimFinding, claim: RatioClaim, speaker: Speaker
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return a row for each figure, with the chips and the formats that share it."""
    relation = claim.compare.is_
    found: dict[tuple[str, str, Verdict], list[str]] = {}
    for name, cases in by_subject(finding.instances, speaker).items():
        shown: dict[tuple[str, Verdict], list[str]] = {}
        for each in cases:
            said = f"{_mark(each.figure)}{ratio.value(each.figure, relation, speaker)}"
            shown.setdefault((said, each.verdict), []).append(speaker.rows(each))
        for (said, verdict), rows in shown.items():
            key = speaker.listed(filter(None, rows)), said, verdict
            found.setdefault(key, []).append(name)
    if len({name for names in found.values() for name in names}) > _FEW:
        found = dict(sorted(found.items(), key=lambda pair: _ORDER.index(pair[0][2])))
    formats = any(rows for rows, _, _ in found)
    columns = _columns(speaker, "chip", *["format"] * formats, "figure")
    asked = Column(relation_said(relation), name="claim holds")
    made = []
    for (at_rows, said, verdict), names in found.items():
        at = [cell(at_rows)] if formats else []
        made.append(
            Row(
                (
                    cell(*names, joint=speaker.language.comma.strip()),
                    *at,
                    cell(said),
                    _verdict(verdict, speaker),
                )
            )
        )
    return (*columns, asked), tuple(made)


def _below(each: Instance, speaker: Speaker) -> Row:
    definition = speaker.vocabulary.metric(each.metric)
    of = each.sides[0] if each.sides else each.figure
    value = quantity(of.value, numbers.COMPUTED_DIGITS) if isinstance(of, Figure) else ""
    line = ""
    if each.line is not None and isinstance(each.line.node, Threshold):
        node = each.line.node
        limit = numbers.amount(node.limit.amount.best, numbers.STATED_DIGITS)
        line = f"{SIGNS[node.relation]} {limit} ({each.cite})"
    share = speaker.value(each.figure, ())
    return Row((cell(speaker.say(definition.label)), cell(value), cell(line), cell(share)))


def _of_rules(finding: ClaimFinding, speaker: Speaker) -> Iterator[Row]:
    for checked in finding.checked:
        for each in checked.findings:
            outside = negated(each.verdict)
            says = cell(verdict_said(each.verdict, speaker), role=_ROLES[outside])
            yield Row(
                (
                    cell(speaker.chip(checked.sheet)),
                    cell(speaker.rule(each.provision.rule.paragraph)),
                    cell(str(checked.day)),
                    says,
                )
            )


def _of_places(finding: ClaimFinding, speaker: Speaker) -> Iterator[Row]:
    named = ""
    for each in finding.places:
        metric = speaker.metric(each.place.metric, each.place.when)
        ends = each.place.behind
        behind = speaker.say("unknown")
        if ends:
            low, high = (f"{end:.1f}" for end in ends)
            behind = low if low == high else f"{low}–{high}"
        yield Row(
            (
                cell(metric if metric != named else ""),
                cell(speaker.chip(each.place.sheet)),
                cell(behind),
                _verdict(each.verdict, speaker),
            )
        )
        named = metric


def _of_metrics(finding: ClaimFinding, speaker: Speaker) -> Iterator[Row]:
    """Yield a row for each metric and verdict, with the chips and their figures."""
    found: dict[str, dict[Verdict, list[str]]] = {}
    for each in finding.instances:
        answer = each.sides[0] if each.sides else each.figure
        value = speaker.side(each, 0) if each.sides else speaker.value(answer)
        value = f"{_mark(answer)}{value}"
        by_verdict = found.setdefault(speaker.metric_of(each), {})
        named = speaker.with_figure(each.sheets[0], value)
        by_verdict.setdefault(each.verdict, []).append(named)
    for metric, by_verdict in found.items():
        first = metric
        for verdict in filter(by_verdict.__contains__, _ORDER):
            chips = speaker.listed(by_verdict[verdict])
            yield Row((cell(first), _verdict(verdict, speaker), cell(chips)))
            first = ""
