"""What a check of many chips shows: how they are divided, what is open, what is close to a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from chipcalc.check.lines import all_lines, compared_key
from chipcalc.check.result import Checked, Classed
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure, Key
from chipcalc.rules.criteria import Threshold
from chipcalc.rules.rule import POLICY
from chipcalc.tables.report import Bar, Bars, Cell, Column, Grid, Part, Row, Screen, cell
from chipcalc.words import figures, labels, release, supposed
from chipcalc.words.check import (
    classed,
    deciding,
    first_said,
    freshness,
    is_control,
    limbs,
    no_advice,
)
from chipcalc.words.closest import Near, nearest
from chipcalc.words.commands import Question
from chipcalc.words.line import Block, Phrase, Role, TextLine, block, command, deeper, phrased
from chipcalc.words.roles import NOT_SETTLED, classification_role, verdict_words

_FEW = 24
_CLOSEST = 5


def summary(found: Sequence[Checked], question: Question, *, all_: bool = False) -> Screen:
    """Return how some chips are divided: a row a chip where they are few, or all are asked for."""
    nears = [(each, near) for each in found if (near := nearest(each))]
    parts: list[Part] = []
    if all_ or len(found) <= _FEW:
        parts.append(_chips(found, {e.sheet.id: near for e, near in nears} if all_ else {}))
        parts += _details(found) if all_ else _views(found)
        parts.append(block(*_settling(found)) if not all_ else ())
        parts.append(block(_of_circuits(found)))
        parts.append(block(release.told_of([e.sheet for e in found], found[0].day)))
    else:
        parts += [_bars(found), block(*_settling(found)), _closest(nears), block(*_on(nears))]
        parts.append(block(release.counted((e.sheet for e in found), found[0].day)))
    if not all_:
        parts += [block(*freshness(found)), _last(found, question)]
    kept = tuple(each for each in parts if each and not (isinstance(each, Grid) and not each.rows))
    names = tuple(each.sheet.name for each in found)
    return Screen((_headline(found),), kept, names, question.command("--all"))


def _headline(found: Sequence[Checked]) -> TextLine:
    """Return how many chips are controlled, below, and open."""
    counts = Counter(classification_role(each) for each in found)
    unruled = sum(each.classed is Classed.no_rule for each in found)
    day = found[0].day
    regime = found[0].regime
    whose = f", {regime.short}" if regime and regime.says else ""
    head = f"{len(found)} chips on {day}{whose}{supposed.said_of_all(found)}: "
    if unruled == len(found):
        return phrased(Phrase(f"{head}no rule yet, of those modelled", "title"))
    phrases = [Phrase(head, "title")]
    words: Mapping[Role, str] = {
        "stop": f"in {_entry(found)}",
        "go": "below",
        "open": NOT_SETTLED,
    }
    for role, said in words.items():
        if counts[role]:
            between = ", " if len(phrases) > 1 else ""
            phrases += [Phrase(between, "title"), Phrase(f"{counts[role]} {said}", role)]
    return phrased(*phrases)


def _entry(found: Sequence[Checked]) -> str:
    """Return what the paragraphs that chips fall under have in common: ``3A090``."""
    stops = [each for each in found if classification_role(each) == "stop"]
    names = [
        each.presumed(each.presumption) if each.presumption else each.classification.paragraph
        for each in stops
    ]
    return join_words(dict.fromkeys(each.rpartition(".")[0] or each for each in names), "or")


def _bars(found: Sequence[Checked]) -> Bars:
    """Return how many chips have each answer, the paragraphs in their order, the open ones last."""
    order: dict[str, Role] = {}
    for finding in (finding for each in found for finding in each.findings):
        rule = finding.provision.rule
        if rule.is_control and rule.kind != POLICY:
            order.setdefault(rule.paragraph, "stop")
    counts = Counter(classed(each) for each in found)
    for each in found:
        if classified := classed(each):
            order.setdefault(classified, classification_role(each))
    if NOT_SETTLED in order:
        order[NOT_SETTLED] = order.pop(NOT_SETTLED)
    return Bars(tuple(Bar(e, counts[e], role) for e, role in order.items() if counts[e]))


def _settling(found: Sequence[Checked]) -> Iterator[str]:
    """Yield what would settle the open answers, the most frequent first."""
    wanted = [each for each in found if classification_role(each) == "open"]
    if len(found) <= _FEW:
        settles = "; ".join(f"{each.sheet.id} by {_missing(each)}" for each in wanted)
        yield from [f"To be settled: {settles}"] if wanted else []
        return
    kinds = Counter(_missing(each) for each in wanted)
    shown = " · ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    if wanted:
        yield f"What would settle the {len(wanted)} open: {shown}"


def _of_circuits(found: Sequence[Checked]) -> str:
    """Return of which items the figures are those of a single circuit; nothing without any."""
    names = [each.sheet.id for each in found if each.circuits]
    return f"Figures of one circuit: {join_words(names)}" if names else ""


def _missing(checked: Checked) -> str:
    deciding = checked.decides
    if not deciding:
        return "which figure counts" if checked.straddles else "what no text tells"
    vocabulary = checked.case.evaluator.vocabulary
    names = [labels.brief(each, vocabulary) for each in deciding.metrics]
    names += [labels.lower(vocabulary.circumstances[e].label) for e in deciding.circumstances]
    return join_words(names)


def _closest(nears: Sequence[tuple[Checked, Near]]) -> Grid:
    """Return the chips that lie closest to a line without lying on it."""
    off = [each for each in nears if each[1].share]
    columns = (
        Column("Closest to a line", name="chip"),
        Column("here", "decimal", name="value"),
        Column("line", "decimal", name="limit"),
        Column("margin %", "decimal", name="margin"),
        Column("", name="place"),
    )
    rows = []
    for checked, near in sorted(off, key=lambda each: abs(each[1].share))[:_CLOSEST]:
        cells = (
            cell(checked.sheet.id),
            cell(near.value),
            cell(near.limit),
            cell(near.margin.removesuffix(" %")),
            cell(f"{near.name}, {near.place}: {near.stands}"),
        )
        rows.append(Row(cells))
    return Grid(columns, tuple(rows), "closest")


def _on(nears: Sequence[tuple[Checked, Near]]) -> Iterator[str]:
    """Yield the chips that lie on a line."""
    lines: dict[str, list[str]] = {}
    for checked, near in nears:
        if not near.share:
            lines.setdefault(f"{near.name} {near.limit}", []).append(checked.sheet.id)
    if lines:
        yield "On a line: " + "; ".join(
            f"{join_words(names)} ({line})" for line, names in lines.items()
        )


def _last(found: Sequence[Checked], question: Question) -> Block:
    """Return that this is no advice, with the commands for a list, and for a table of values."""
    few = len(found) <= _FEW
    listed = question.command("--explain" if few else "--all")
    lead = "Proof, and as a table:" if few else "Each chip, and as a table:"
    first, one = no_advice(lead, listed)
    return (first, one, command(f"{question.command('-f', 'csv')} > classes.csv"))


def _views(found: Sequence[Checked]) -> list[Block]:
    """Return the chips whose answer depends on how a figure is stated."""
    said = [(each.sheet.name, list(first_said(each))) for each in found]
    return [block(name, *deeper(lines)) for name, lines in said if lines]


def _details(found: Sequence[Checked]) -> list[Block]:
    """Return, chip by chip, what an answer depends on and what follows from each value."""
    said = [(each.sheet.name, [*first_said(each), *deciding(each)]) for each in found]
    return [block(name, *deeper(lines)) for name, lines in said if lines]


def _chips(found: Sequence[Checked], nears: Mapping[str, Near]) -> Grid:
    """Return a row a chip: its id, the figures of the paragraphs, and its class."""
    vocabulary = found[0].case.evaluator.vocabulary
    metrics = list(dict.fromkeys(key for each in found for key in _compared(each)))
    columns = [Column("id", name="chip"), Column("class", name="classification")]
    for group, each in enumerate(metrics, 1):
        unit = labels.unit_text(each, vocabulary.unit(each[0], dict(each[1])), vocabulary)
        columns.append(
            Column(
                labels.brief(each, vocabulary),
                "decimal",
                group,
                "metric" if group == 1 else "more metrics",
                unit,
            )
        )
    if nears:
        columns.append(Column("closest line", group=len(metrics) + 1, name="nearest"))
    rows = [_chip_row(each, metrics, nears.get(each.sheet.id)) for each in found]
    rows = [each._replace(cells=each.cells[: len(columns)]) for each in rows]
    return Grid(tuple(columns), tuple(rows), "checks")


def _compared(checked: Checked) -> Iterator[Key]:
    """Yield the metrics that the controls compare."""
    for finding in checked.findings:
        if is_control(finding):
            for line in all_lines(finding.line):
                if isinstance(line.node, Threshold):
                    yield compared_key(line.node)


def _chip_row(checked: Checked, metrics: Sequence[Key], near: Near | None) -> Row:
    cells = [cell(checked.sheet.id), _class(checked)]
    for name, when in metrics:
        figure = checked.case.evaluator.figure(name, dict(when))
        if isinstance(figure, Figure):
            unit = checked.case.evaluator.vocabulary.unit(name, dict(when))
            cells.append(cell(figures.amount(figure._replace(value=figure.value.to(unit)))))
        else:
            cells.append(cell(figure.kind, role="missing"))
    return Row((*cells, cell(f"{near.name} {near.margin}" if near else "")))


def _class(checked: Checked) -> Cell:
    """Return the class with its limbs, and what rules of the user's own say."""
    found = checked.classification
    presumed_first = found.residual or checked.presumption
    cites = "" if presumed_first else limbs(found.cites, found.paragraph)
    own = [each for each in checked.findings if each.provision.rule.kind == POLICY]
    more = [f"{e.provision.rule.paragraph}: {verdict_words(e.verdict)}" for e in own]
    role = classification_role(checked)
    return cell(
        classed(checked) + cites + supposed.ruling_mark(checked),
        *more,
        role="" if role == "go" else role,
    )
