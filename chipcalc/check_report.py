"""What a check shows: one chip rule by rule, or many chips side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from chipcalc import check_contract, explanation, text
from chipcalc.check import Checked, Finding
from chipcalc.check_contract import NO_RULE, named
from chipcalc.contract import citation
from chipcalc.case import Line
from chipcalc.criteria import Compare
from chipcalc.deciding import Deciding
from chipcalc.errors import ChipcalcError, did_you_mean, error, join_words
from chipcalc.explanation import Step
from chipcalc.figure import Figure
from chipcalc.report import Column, Report, Row
from chipcalc.rulebook import Provision, Rulebook
from chipcalc.verdict import Verdict

NO_ADVICE = "This is a calculation, and no legal advice."
_NAME_WIDTH = 20
_WHY_WIDTH = 38
_WIDTH = 80
_REASONS = 2


def report(found: Sequence[Checked], rulebook: Rulebook, *, explain: bool = False) -> Report:
    """Return the report of one or more checked chips; with every step, if that is asked for."""
    day = found[0].day.isoformat()
    if explain:
        base = _explained(found)
    elif len(found) == 1:
        base = _one(found[0])
    else:
        base = _many(found)
    notes = [*base.notes, *_rule_notes(found), *_sources(found, rulebook, explain=explain)]
    return base._replace(
        data=lambda: check_contract.data(found, rulebook, day),
        records=lambda: list(check_contract.records(found)),
        notes=(*(each for each in notes if each), NO_ADVICE),
        hint="" if explain else "--explain shows every step, with sources.",
    )


def why_not(found: Sequence[Checked], place: str, rulebook: Rulebook) -> Report:
    """Return what kept chips out of a paragraph, or of one limb of it.

    Raises ChipcalcError for a place that no rule of the day has.
    """
    rows: list[Row] = []
    records: list[dict[str, str]] = []
    for checked in found:
        lines = _lines_of(checked, place)
        if not lines:
            raise _no_place(place, checked)
        for finding, line in lines:
            name = line.cite or finding.provision.rule.paragraph
            verdict = finding.verdict if line is finding.line else line.verdict
            rows.append(Row((checked.sheet.name, name, verdict.value)))
            for step in _failing(line, verdict, checked):
                says = f"{step.about} {step.says}".strip()
                rows.append(Row(("", "", "", _wrapped(says, 36), step.margin)))
                records.append(
                    {
                        "chip": checked.sheet.id,
                        "cite": name,
                        "verdict": verdict.value,
                        "because": says,
                        "margin": step.margin,
                    }
                )
            if verdict is Verdict.unknown and finding.deciding:
                for each in deciding_lines(finding.deciding, checked, "not met"):
                    rows.append(Row(("", "", "", _wrapped(each, 36))))
    columns = (
        Column(""),
        Column(""),
        Column("verdict"),
        Column("because"),
        Column("margin", "right"),
    )
    data = {"schema": "chipcalc.why-not/1", "as_of": found[0].day.isoformat(), "reasons": records}
    return Report(
        columns,
        tuple(rows),
        lambda: data,
        lambda: records,
        title=f"Why not {place}, on {found[0].day}",
        notes=(*(each for each in _rule_notes(found) if each), NO_ADVICE),
    )


def _lines_of(checked: Checked, place: str) -> list[tuple[Finding, Line]]:
    """Return the whole of a rule, by id or paragraph, or the limb of that name."""
    wanted = place.casefold()
    for finding in checked.findings:
        rule = finding.provision.rule
        if wanted in (rule.id, rule.paragraph.casefold()):
            return [(finding, finding.line)]
    return [
        (finding, line)
        for finding in checked.findings
        for line in explanation.all_lines(finding.line)
        if line.cite.casefold() == wanted
    ][:1]


def _no_place(place: str, checked: Checked) -> ChipcalcError:
    known = [each.provision.rule.paragraph for each in checked.findings]
    known += [
        line.cite
        for each in checked.findings
        for line in explanation.all_lines(each.line)
        if line.cite
    ]
    hint = (
        did_you_mean(place, known)
        or f"known on {checked.day} are {', '.join(dict.fromkeys(known))}"
    )
    return error(f"no paragraph '{place}' is asked of {checked.sheet.name}", hint)


def _failing(line: Line, verdict: Verdict, checked: Checked) -> Iterator[Step]:
    """Yield the criteria that gave a verdict, each with its limb, in the order of the text."""
    for each in explanation.decisive(line, verdict):
        step = explanation.step(each, checked.case)
        limb = explanation.limb_of(each, line)
        yield step._replace(about=" ".join(filter(None, (f"{limb}:" if limb else "", step.about))))


def _blank(
    columns: tuple[Column, ...], rows: Sequence[Row], title: str, notes: Sequence[str]
) -> Report:
    return Report(columns, tuple(rows), dict, list, title=title, notes=tuple(notes))


def sentence(checked: Checked) -> str:
    """Return the answer in one line: ``H20 96GB on 2023-11-17: not 3A090.a, not 3A090.b``."""
    return f"{checked.sheet.name} on {checked.day}: {answer(checked)}"


def answer(checked: Checked) -> str:
    """Return the classification with what was ruled out, or what it may be."""
    found = checked.classification
    if named(found, checked.findings) == NO_RULE:
        return "no rule yet, of those modelled"
    if found.verdict is Verdict.unknown:
        rest = "" if _ends_in_residual(checked) else ", or none of them"
        return f"unknown; it may be {join_words(found.possible, 'or')}{rest}"
    controls = [each for each in checked.findings if _is_control(each)]
    out = ", ".join(f"not {each.provision.rule.paragraph}" for each in controls)
    if found.verdict is Verdict.met and not found.residual:
        cites = [each for each in found.cites if each != found.paragraph]
        return found.paragraph + (f" ({join_words(cites)})" if cites else "")
    return "; ".join(each for each in (out, found.paragraph) if each) or "none of those modelled"


def _ends_in_residual(checked: Checked) -> bool:
    last = checked.classification.possible[-1]
    return any(
        e.provision.rule.paragraph == last and e.provision.rule.residual for e in checked.findings
    )


def _is_control(finding: Finding) -> bool:
    rule = finding.provision.rule
    return rule.kind == "classification" and not rule.residual


def _title(checked: Checked) -> str:
    lines = [*_first_said(checked), sentence(checked), circumstances_line(checked)]
    return "\n".join(textwrap.fill(each, _WIDTH, subsequent_indent="  ") for each in lines if each)


def _first_said(checked: Checked) -> Iterator[str]:
    """Yield, before all else, that two views of a figure lie on different sides of a line."""
    if checked.straddles:
        vocabulary = checked.case.evaluator.vocabulary
        name = explanation.brief(checked.views[0].metric, vocabulary)
        yield f"The answer depends on which {name} counts:"
        for view in checked.views:
            judged = explanation.judged(view.judgement, "none")
            yield f"  {text.quantity(view.figure.value)} {view.label}: {judged}"


def circumstances_line(checked: Checked) -> str:
    """Return the circumstances under which the rules were asked."""
    vocabulary, words = checked.case.evaluator.vocabulary, []
    asked = {name for each in checked.findings for name in _circumstances_of(each)}
    for name, definition in vocabulary.circumstances.items():
        said = checked.case.said(name)
        given = checked.case.given.get(name)
        if name in asked or given:
            label = definition.values[said].label if said else "unknown"
            firm = " (assumed)" if not given and definition.usual == said else ""
            if definition.field and not given and checked.sheet.market:
                firm = f" ({checked.sheet.market.status})"
            words.append(f"{definition.label.lower()}: {label}{firm}")
    return "; ".join(words)


def _circumstances_of(finding: Finding) -> Iterator[str]:
    yield from finding.provision.rule.applies_to
    for line in explanation.all_lines(finding.line):
        name = getattr(line.node, "name", None)
        if isinstance(name, str):
            yield name


def _one(checked: Checked) -> Report:
    rows = []
    for kind, findings in checked.by_kind():
        rows.append(Row((kind.capitalize(),), heading=True))
        rows += [_finding_row(each, checked) for each in findings]
    columns = (Column(""), Column("verdict"), Column("what decides"), Column("text"))
    notes = ["\n".join(_inputs(checked)), "\n".join(_deciding(checked)), "\n".join(_views(checked))]
    return _blank(columns, rows, _title(checked), notes)


def _finding_row(finding: Finding, checked: Checked) -> Row:
    rule = finding.provision.rule
    control = rule.kind == "classification"
    why = explanation.reasons(finding, checked.case)[: _REASONS if control else 1]
    if control and finding.cites and finding.cites != (rule.paragraph,):
        why = [": ".join([join_words(finding.cites), *why[:1]])]
    if finding.straddles and finding.declared:
        declared = explanation.judged(finding.declared)
        computed = explanation.judged((finding.line.verdict, finding.line.cites()))  # type: ignore[arg-type]
        why = [f"computed: {computed}; declared: {declared}", *why[:1]]
    return Row(
        (
            _wrapped(rule.paragraph, _NAME_WIDTH, "  "),
            finding.verdict.value,
            "\n".join(_wrapped(each, _WHY_WIDTH) for each in why),
            _standing(finding.provision),
        )
    )


def _wrapped(words: str, width: int, indent: str = "") -> str:
    lines = textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(indent + line for line in lines)


def _standing(provision: Provision) -> str:
    version = provision.version
    words = [version.standing]
    if version.confidence not in ("text", "quoted"):
        words.append(version.confidence)
    return ",\n".join(words)


def _inputs(checked: Checked) -> Iterator[str]:
    """Yield the figures that the classification rests on: how they come about, how firm they are."""
    lines = [each.line for each in checked.findings if each.provision.rule.kind == "classification"]
    vocabulary = checked.case.evaluator.vocabulary
    shown: set[str] = set()
    for name, figure in explanation.figures(lines).items():
        yield from _input(name, figure, checked)
        shown.add(name)
        for part in figure.parts if figure.how == "divide" else ():
            metric = next((m for m, d in vocabulary.metrics.items() if d.label == part.label), "")
            if metric and metric not in shown:
                yield from _input(metric, part, checked)
                shown.add(metric)
    eccn = checked.sheet.chip.declared.eccn
    if eccn:
        yield f"The vendor lists it as {eccn.value} ({eccn.status})"


def _input(name: str, figure: Figure, checked: Checked) -> Iterator[str]:
    evaluator = checked.case.evaluator
    shown = explanation.brief(name, evaluator.vocabulary)
    unit = explanation.unit_text((name, frozenset()), figure.value.unit, evaluator.vocabulary)
    value = explanation.amount(figure)
    worked = explanation.worked(figure)
    how = f" = {worked}" if figure.derived and worked else ""
    equal = explanation.equals(figure)
    same = f"; equal for {join_words(equal)}" if equal else ""
    dies = list(explanation.counted(evaluator, name)) if _over_dies(name, evaluator) else []
    counted = f": {join_words(dies)}" if dies else ""
    left_out = list(explanation.uncounted(evaluator, name)) if dies else []
    origin = explanation.origins(figure)
    firm = figure.status + (f", {origin}" if origin else "")
    yield f"{shown} {value} {unit}{how}{same}{counted} ({firm})"
    yield from (f"  {each}" for each in left_out)


def _over_dies(name: str, evaluator: object) -> bool:
    formula = evaluator.vocabulary.metric(name).formula  # type: ignore[attr-defined]
    return getattr(formula, "each", None) == ("die",)


def _deciding(checked: Checked) -> Iterator[str]:
    """Yield what is not known and what follows from its values, for the classification."""
    if checked.deciding:
        yield from deciding_lines(checked.deciding, checked, "none of these")
        return
    for finding in checked.findings:
        if _is_control(finding) and finding.verdict is Verdict.unknown and finding.deciding:
            yield f"{finding.provision.rule.paragraph} is unknown."
            yield from deciding_lines(finding.deciding, checked, "not met")


def deciding_lines(deciding: Deciding, checked: Checked, otherwise: str) -> Iterator[str]:
    """Yield what is not known, then each outcome with the values that lead to it."""
    case = checked.case
    missing = explanation.unknowns(deciding, case)
    if missing:
        yield f"What decides: {'; '.join(missing)}"
    if not deciding.outcomes and len(deciding.metrics) > 1:
        yield "  too much is not known to list the outcomes"
    for outcome in deciding.outcomes:
        where = ", ".join(
            explanation.condition(each, case.evaluator.vocabulary) for each in outcome.where
        )
        if where:
            yield f"  {where}: {explanation.judged(outcome.judgement, otherwise)}"


def _views(checked: Checked) -> Iterator[str]:
    """Yield the ways to state a figure side by side, with their difference in per cent."""
    if not checked.views:
        return
    vocabulary = checked.case.evaluator.vocabulary
    first = checked.views[0]
    yield f"{vocabulary.metric(first.metric).label}, each way to state it:"
    base = first.figure.value.amount.best
    for view in checked.views:
        amount = view.figure.value.to(first.figure.value.unit).amount.best
        share = f" ({text.margin(amount, base)})" if view is not first and base else ""
        judged = explanation.judged(view.judgement, "none of these")
        yield f"  {text.quantity(view.figure.value)} {view.label}{share}: {judged}"


def _many(found: Sequence[Checked]) -> Report:
    vocabulary = found[0].case.evaluator.vocabulary
    metrics = list(
        dict.fromkeys(
            node.of.name
            for checked in found
            for finding in checked.findings
            if _is_control(finding)
            for line in explanation.all_lines(finding.line)
            if isinstance(node := line.node, Compare)
        )
    )
    columns = [Column("chip"), *(_metric_column(each, vocabulary) for each in metrics)]
    columns += [Column("classification"), Column("nearest line", "right")]
    rows = [_chip_row(each, metrics) for each in found]
    notes = []
    for checked in found:
        lines = [*_first_said(checked), *_deciding(checked)]
        if lines:
            notes.append("\n".join([f"{checked.sheet.name}", *(f"  {each}" for each in lines)]))
    return _blank(tuple(columns), rows, f"Export thresholds on {found[0].day}", notes)


def _metric_column(name: str, vocabulary: object) -> Column:
    return Column(explanation.brief(name, vocabulary), "right")  # type: ignore[arg-type]


def _chip_row(checked: Checked, metrics: Sequence[str]) -> Row:
    cells = [_wrapped(checked.sheet.name, _NAME_WIDTH)]
    for name in metrics:
        figure = checked.case.evaluator.figure(name)
        cells.append(explanation.amount(figure) if isinstance(figure, Figure) else figure.kind)
    name = named(checked.classification, checked.findings)
    cites = [each for each in checked.classification.cites if each != name]
    shown = "\n".join([name, *(f"  {each}" for each in cites)])
    return Row(
        (
            *cells,
            shown,
            explanation.nearest([e.line for e in checked.findings if _is_control(e)], checked.case),
        )
    )


def _explained(found: Sequence[Checked]) -> Report:
    columns = (
        Column(""),
        Column(""),
        Column("what holds"),
        Column("margin", "right"),
        Column("input"),
    )
    rows: list[Row] = []
    notes = []
    for checked in found:
        if len(found) > 1:
            rows.append(Row((checked.sheet.name,), heading=True))
        for finding in checked.findings:
            rows += _tree(finding, checked)
        lines = [*_inputs(checked), *_deciding(checked), *_views(checked)]
        notes.append("\n".join(lines if len(found) == 1 else [_title(checked), *lines]))
    title = _title(found[0]) if len(found) == 1 else f"Export thresholds on {found[0].day}"
    return _blank(columns, rows, title, notes)


def _tree(finding: Finding, checked: Checked) -> Iterator[Row]:
    provision = finding.provision
    version = provision.version
    since = f"{version.standing} since {version.begins}"
    about = ", ".join(each for each in (version.citation, since) if each)
    yield Row(
        (
            _wrapped(provision.rule.paragraph, _NAME_WIDTH),
            finding.verdict.value,
            _wrapped(about, 34),
        )
    )
    shown = {each.provision.id for each in checked.findings} - {provision.id}
    for step in explanation.steps(finding.line, checked.case, shown):
        yield _step_row(step, checked)
    if finding.straddles and finding.declared:
        said = f"with the declared figure: {explanation.judged(finding.declared)}"
        yield Row(("", "", _wrapped(said, 34)))
    if finding.deciding and finding.verdict is not Verdict.unknown:
        why = explanation.reasons(finding, checked.case)
        yield Row(("", "", _wrapped(f"settled {why[0]}", 34)))
    elif finding.deciding:
        for line in deciding_lines(finding.deciding, checked, "not met"):
            yield Row(("", "", _wrapped(line, 34)))


def _step_row(step: Step, checked: Checked) -> Row:
    indent = " " * (step.depth + 1)
    line = step.line
    mark = explanation.MARKS[step.verdict]
    if line is not None and isinstance(line.node, Compare):
        name = explanation.brief(line.node.of.name, checked.case.evaluator.vocabulary)
        status = line.answer.status if isinstance(line.answer, Figure) else ""
        return Row((indent + name, mark, _wrapped(step.says, 34), step.margin, status))
    if line is not None and line.parts:
        return Row((_wrapped(step.says, 26, indent), mark))
    return Row((indent, mark, _wrapped(step.says, 34)))


def _rule_notes(found: Sequence[Checked]) -> Iterator[str]:
    """Yield what to know about the rules of the day: how fresh, how firm, what is left out."""
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    day = found[0].day
    late: dict[str, list[str]] = {}
    for each in provisions.values():
        if day > each.rule.verified:
            late.setdefault(each.rule.verified.isoformat(), []).append(each.rule.paragraph)
    lines = [
        f"Texts last checked on {verified}, before {day}: {join_words(names)}"
        for verified, names in sorted(late.items())
    ]
    for each in provisions.values():
        version = each.version
        if version.compliance and day < version.compliance:
            lines.append(f"{each.rule.paragraph}: to be obeyed from {version.compliance}")
    yield "\n".join(lines)


def _sources(found: Sequence[Checked], rulebook: Rulebook, *, explain: bool) -> Iterator[str]:
    """Yield the place and source of every rule and figure, and what is not modelled."""
    if not explain:
        return
    provisions = {each.provision.id: each.provision for c in found for each in c.findings}
    lines = []
    for provision in provisions.values():
        version, rule = provision.version, provision.rule
        lines.append(f"{rule.paragraph}: {version.at or 'no source'} ({version.confidence})")
        for key in version.source:
            source = rulebook.source(provision, key)
            lines.append(f"  {citation(source) if source else key}")
        lines += [f"  {each}" for each in (version.note,) if each]
        lines += [f"  not modelled: {each}" for each in version.not_modelled]
    yield "\n".join(["Rules", *(f"  {each}" for each in lines)])
    keys: dict[str, str] = {}
    for checked in found:
        for finding in checked.findings:
            for figure in explanation.figures([finding.line]).values():
                for located in figure.statements():
                    for key in located.statement.source:
                        source = rulebook.store.source(checked.sheet, key)
                        keys[key] = citation(source) if source else key
    if keys:
        yield "\n".join(["Sources of the figures", *(f"  {each}" for each in keys.values())])
