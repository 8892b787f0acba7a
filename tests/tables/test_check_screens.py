"""What a check shows of all built-in chips: nothing is lost, broken or false."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from typer.testing import CliRunner
from wcwidth import wcswidth

from chipcalc.check.lines import all_lines, compared_amount
from chipcalc.check.result import Checked, Classed, Finding
from chipcalc.check.what_if import suppose
from chipcalc.cli import app
from chipcalc.deciding.outcome import Span
from chipcalc.figures.figure import Figure
from chipcalc.rules.case import Line
from chipcalc.rules.criteria import SIGNS, Threshold
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.tables import answers
from chipcalc.tables.report import NumberLine, Report
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.values import numbers
from chipcalc.values.logic import Verdict
from chipcalc.words import check, closest, explanation, labels, outcomes, remains, supposed, tree
from chipcalc.words.contents import because, reasons
from chipcalc.words.labels import citation
from chipcalc.words.proof import body
from chipcalc.words.roles import NOT_SETTLED, verdict_words
from daily import daily
from shared import RULEBOOK, STORE, real_rules

DAY = "2026-02-01"
WAYS = {
    "answer": (False, False),
    "all": (False, True),
    "proof": (True, False),
    "whole proof": (True, True),
}
SOME = (
    "h20",
    "a30",
    "orin-x",
    "thor-x",
    "metax-c500-oam",
    "enflame-l600",
    "cloudblazer-t20",
    "b300",
)


@cache
def found() -> tuple[Checked, ...]:
    """Return every built-in chip, checked on one day."""
    return tuple(map(of, sorted(STORE.files)))


CHIPS = sorted(STORE.files)
SAMPLE = daily(CHIPS, sorted({*SOME, *CHIPS[::8]}))


@cache
def of(chip: str, **given: str) -> Checked:
    """Return one built-in chip, or a changed one, checked."""
    item = suppose(STORE.sheet(chip), given, STORE.vocabulary)
    return real_rules(DAY).check(item.evaluator, item.circumstances)


def report(*checked: Checked, way: str = "answer") -> Report:
    """Return the report of some chips, in one of the ways to ask for it."""
    explain, all_ = WAYS[way]
    return answers.check(checked, RULEBOOK, explain=explain, all_=all_)


def words_of(report: Report) -> str:
    """Return all that a report says, each statement on a line of its own."""
    cells = [part for row in report.rows for each in row.cells for part in each.parts]
    lines = [each.text for each in report.lines]
    drawn = [e.says for p in report.parts if isinstance(p, NumberLine) for e in p.stretches]
    return "\n".join([*cells, *lines, *drawn])


def commands(report: Report) -> Iterator[str]:
    """Yield the commands that a report offers."""
    yield from (each.text for each in report.lines if each.role == "command")


def pieces(text: str) -> set[str]:
    """Return what stands between spaces, but for the sign that goes on with a command."""
    return set(text.split()) - {"\\"}


@pytest.mark.parametrize("way", ["answer", "proof", "all"])
@pytest.mark.parametrize("width", [50, 80, 120])
def test_no_screen_is_too_wide_and_none_breaks_a_number_a_unit_or_an_id(
    width: int, way: str
) -> None:
    for checked in map(of, SAMPLE):
        shown = report(checked, way=way)
        text = table(shown, Style(width))
        lines = [each for each in text.splitlines() if "://" not in each]
        assert max(map(wcswidth, lines)) <= width, checked.sheet.id
        whole = pieces(table(shown, Style(1000)))
        left_out = {"Left", "out:", "…"} | {each for each in pieces(text) if each.startswith("row")}
        assert pieces(text) <= whole | left_out | {"1"}, checked.sheet.id
        if width >= 80 and " …" not in text:  # which stands for clauses that --all shows
            assert whole <= pieces(text), checked.sheet.id


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("way", ["answer", "all"])
def test_all_chips_together_are_within_the_width(width: int, way: str) -> None:
    shown = report(*found(), way=way)
    lines = table(shown, Style(width)).splitlines()
    assert max(map(wcswidth, lines)) <= width


def test_the_first_line_names_the_chip_the_day_and_the_class() -> None:
    for checked in found():
        line = check.headline(checked).text
        name, day, answer = checked.sheet.name, f", {DAY}: ", check.answer(checked)
        circuits = because(checked)
        assert bool(circuits) is bool(checked.circuits)
        assert line == f"{name}{day}{answer}{circuits}"
        assert report(checked).title[-1 if checked.straddles else 0] or line
        classified = checked.classification
        if checked.classed is Classed.unknown:
            assert NOT_SETTLED in answer
            assert all(each in answer for each in classified.possible)
        elif classified.paragraph:
            assert classified.paragraph in answer
        assert check.headline(checked) in report(checked).title


def test_a_verdict_is_never_unknown_and_the_rest_has_its_name() -> None:
    for checked in found():
        shown = words_of(report(checked))
        assert "\nunknown\n" not in "\n".join(
            row.cells[1].text for row in report(checked).rows if len(row.cells) > 1
        )
        assert "it may be" not in shown
        if remains.otherwise(checked) == "3A991.p":
            assert "no paragraph modelled" not in shown


def test_the_whole_answer_says_every_rule_with_every_reason() -> None:
    for checked in found():
        shown = words_of(report(checked, way="all")).splitlines()
        for each in checked.findings:
            assert each.provision.rule.paragraph in shown
            assert check.standing(each.provision) in shown
            assert set(reasons(each, checked)) <= set(shown)
        for item in [part.alone for part in checked.circuits] or [checked]:
            for line in (*check.deciding(item), *check.views(item)):
                assert line.text in shown
        assert set(check.notes([checked])) <= set(shown)


@pytest.mark.parametrize("chip", SOME)
def test_the_whole_proof_says_every_step_source_note_and_gap(chip: str) -> None:
    checked = of(chip)
    shown = words_of(report(checked, way="whole proof"))
    for finding in checked.findings:
        provision = finding.provision
        version = provision.version
        names = {each.provision.id for each in checked.findings} - {provision.id}
        for step in tree.steps(finding.line, checked.case, names):
            for each in (*step.says.split("; "), step.margin):
                assert each in shown
        told = [f"not modelled: {each}" for each in version.not_modelled]
        sources = [RULEBOOK.source(provision, each) for each in version.source]
        told += [citation(each) for each in sources if each]
        told += [each for each in (version.note, version.at) if each]
        for each in told:
            assert each in shown


@pytest.mark.parametrize("chip", SOME)
def test_a_short_proof_has_each_criterion_of_the_paragraphs_once(chip: str) -> None:
    checked = of(chip)
    (grid,) = [each for each in report(checked, way="proof").grids if each.kind == "criteria"]
    rows = [row.texts for row in grid.rows if len(row.cells) > 1]
    paragraphs = [e for e in checked.findings if e.provision.rule.kind == CLASSIFICATION]
    shown = {each.provision.id for each in paragraphs}
    expected = [
        (SIGNS[node.relation], numbers.beside(limit, limit), step.margin.replace(" %", ""))
        for finding in paragraphs
        for step in tree.steps(body(finding), checked.case, shown)
        if step.line and isinstance(node := step.line.node, Threshold)
        for limit in [node.limit.amount.best]
    ]
    assert [(row[1], row[2], row[5]) for row in rows if row[1]] == expected


@pytest.mark.parametrize("chip", SOME)
def test_the_whole_proof_explains_a_definition_once_and_sets_every_step_in(chip: str) -> None:
    """The presumption of Note 1 is part of what the items of 3A090.a are, which rules refer to."""
    rows = report(of(chip), way="whole proof").rows
    steps = [
        row
        for row in rows
        if len(row.cells) > 1 and row.cells[1].text in explanation.MARKS.values()
    ]
    assert all(row.cells[0].text and row.cells[0].level for row in steps)
    referred = [row.cells[0].text for row in steps if row.cells[0].text.startswith("falls under")]
    paragraphs = {each.provision.rule.paragraph for each in of(chip).findings}
    defined = [each for each in referred if each.removeprefix("falls under ") not in paragraphs]
    explained = [each for each in defined if not each.endswith(", as above")]
    assert len(explained) == len(set(explained))
    assert {each.removesuffix(", as above") for each in defined} == set(explained)
    exceptions = [row.cells[0].text for row in steps if row.cells[0].text.startswith("Note 2 ")]
    whole = [each for each in exceptions if not each.endswith(", as above")]
    assert len(whole) == len(set(whole))


def test_the_proof_of_the_h20_is_a_tenth_of_all_its_steps() -> None:
    short = table(report(of("h20"), way="proof")).count("\n")
    assert short <= 42
    assert table(report(of("h20"), way="whole proof")).count("\n") > 5 * short


@pytest.mark.parametrize("chip", SOME)
def test_every_command_of_a_screen_can_be_run(chip: str) -> None:
    for way in ("answer", "proof"):
        for each in commands(report(of(chip), way=way)):
            _, *words = shlex.split(each)
            done = CliRunner().invoke(app, words, prog_name="chipcalc")
            assert done.exit_code == 0, (each, done.output)
            assert DAY in each


def test_what_was_asked_is_in_the_command_that_proves_it() -> None:
    asked = ["check", "h20", "--as-of", DAY, "--set", "tpp=2500", "--market", "consumer"]
    done = CliRunner().invoke(app, [*asked, "--rule", "3A090.b"], prog_name="chipcalc")
    (line,) = [e for e in done.stdout.splitlines() if e.startswith("chipcalc ")]
    rest = done.stdout.split(line)[1].replace("\\\n", "")
    whole = f"{line}{rest}".replace("\\", "")
    assert shlex.split(whole)[1:] == [
        *("check", "h20", "--as-of", DAY, "--set", "tpp=2500"),
        *("--market", "consumer", "--rule", "3A090.b", "--explain"),
    ]


@pytest.mark.parametrize(
    ("given", "said", "figures"),
    [
        ({"applicable_die_area": "592 mm2"}, "with a supposed die area of 592 mm²", {"PD"}),
        ({"die_area": "592 mm2"}, "with a supposed die area of 592 mm²", {"PD"}),
        ({"tpp": "2500"}, "with a supposed TPP of 2,500 TOPS·bit", {"TPP", "PD"}),
        ({"market": "consumer"}, "(supposed: for consumers)", set()),
    ],
)
def test_what_is_supposed_is_said_first_and_marked_where_it_counts(
    given: dict[str, str], said: str, figures: set[str]
) -> None:
    checked = of("h20", **given)
    assert said in check.headline(checked).text
    marked = {
        row.texts[2].split(",")[0].split()[-1]
        for row in report(checked).rows
        if len(row.cells) > 3 and row.texts[2].endswith(", supposed") and row.texts[3]
    }
    assert marked == figures


def test_nothing_is_supposed_of_a_chip_as_it_is() -> None:
    for checked in found():
        assert supposed.said(checked) == ""
        assert ", supposed" not in words_of(report(checked))


def test_the_closest_line_lies_where_it_is_said_to_lie() -> None:
    """The sign of the distance is that of the figure less the limit, of a range at its nearer end.

    A range around the limit lies on both sides of it.
    """
    for checked in found():
        near = closest.nearest(checked)
        if near is None:
            continue
        low, high, at = near.amount.low, near.amount.high, near.at
        if low < at < high:
            assert "on both sides of" in near.says
        elif "above" in near.says:
            assert low > at
        elif "below" in near.says:
            assert high < at
        else:
            assert at in (low, high)
        others = [
            abs(end / limit - 1)
            for finding in checked.findings
            if check.is_control(finding)
            for each in _compared(finding)
            for limit in _limits(each)
            for end in _ends(each)
        ]
        assert min(others) == abs(near.share)


def _compared(finding: Finding) -> list[Line]:
    return [each for each in all_lines(finding.line) if isinstance(each.node, Threshold)]


def _limits(line: Line) -> tuple[Fraction, ...]:
    return (line.node.limit.amount.best,) if isinstance(line.node, Threshold) else ()


def _ends(line: Line) -> tuple[Fraction, ...]:
    amount = compared_amount(line)
    return (amount.low, amount.high) if amount else ()


def test_a_die_area_that_decides_is_a_line_with_the_bounds_of_the_law() -> None:
    """TPP is 4,480: the lines at 5.92, 3.2 and 1.6 per mm² are 756.7…, 1,400 and 2,800 mm²."""
    (line,) = [e for e in report(of("metax-c500-oam")).parts if isinstance(e, NumberLine)]
    assert [4480 / Fraction(each) for each in ("5.92", "3.2", "1.6")] == [
        Fraction(28000, 37),
        1400,
        2800,
    ]
    assert line.bounds == ("756.7…", "1,400", "2,800")
    assert [(each.label, each.below) for each in line.stretches] == [
        ("3A090.a", "a.2"),
        ("3A090.b", "b.1, b.2"),
        ("3A090.b", "b.1"),
        ("3A991.p", ""),
    ]


def test_every_stretch_says_what_a_value_within_it_leads_to() -> None:
    drawn = 0
    for checked in found():
        if checked.circuits:
            continue  # nothing is supposed of several circuits at once
        lines = [each for each in report(checked).parts if isinstance(each, NumberLine)]
        for line in lines:
            assert len(line.stretches) == len(line.bounds) + 1
            deciding = checked.deciding
            assert deciding is not None
            spans = [e for o in deciding.outcomes for e in o.where if isinstance(e, Span)]
            for one, after in pairwise(spans):
                assert one.high == after.low
                assert one.high_included
            for span, stretch in zip(spans, line.stretches, strict=True):
                low = span.low or Fraction(0)
                value = (low + (2 * low + 1 if span.high is None else span.high)) / 2
                name, unit = span.metric[0], span.unit.text
                then = of(checked.sheet.id, **{name: f"{float(value)} {unit}"})
                assert then.classification.paragraph == stretch.label
                drawn += 1
    assert drawn


def test_a_car_chip_says_first_that_its_market_decides() -> None:
    """Thor-X has a performance between 1,600 and 4,800; for data centers it would be 3A090."""
    checked = of("thor-x")
    second = report(checked).title[1].text
    assert second.startswith("Taken as: for vehicles")
    assert "Note 2 to 3A090.a and 3A090.b takes it out" in second
    assert of("thor-x", market="datacenter").classification.verdict is not Verdict.not_met
    assert "Taken as" not in report(of("h20")).title[1].text


def test_many_chips_are_counted_by_their_answers() -> None:
    shown = report(*found())
    classes = [check.classed(each) for each in found()]
    line = shown.title[0].text
    assert line.startswith(f"{len(classes)} chips on {DAY}: ")
    controlled = sum(each.startswith(("3A090", "4A090")) for each in classes)
    below = sum(each in ("3A991.p", "4A994.l") for each in classes)
    unsettled = classes.count(NOT_SETTLED)
    assert controlled + below + unsettled == len(classes)
    named = f"{controlled} in 3A090 or 4A090, {below} below, {unsettled} {NOT_SETTLED}"
    assert line.endswith(named)


def test_every_chip_has_a_row_where_all_are_asked_for() -> None:
    shown = answers.check(found(), RULEBOOK, all_=True)
    rows = {row.texts[0]: row.texts for row in shown.rows}
    said = words_of(shown)
    for checked in found():
        assert rows[checked.sheet.id][1].startswith(check.classed(checked))
        figure = checked.case.evaluator.figure("tpp", {})
        if isinstance(figure, Figure):
            assert labels.brief(("tpp", frozenset()), STORE.vocabulary) == "TPP"
            assert rows[checked.sheet.id][2] != "unknown"
        if checked.deciding:
            for each in outcomes.unknowns(checked.deciding, checked.case):
                assert each in said


def test_a_verdict_that_is_settled_by_no_fact_reads_as_not_settled() -> None:
    assert {verdict_words(each) for each in Verdict} == {"met", "not met", NOT_SETTLED}
    assert not re.search(r"\bunknown\b", NOT_SETTLED)


def test_no_column_of_figures_stands_where_no_figure_decides() -> None:
    """On an Ascend 910B4 only words decide about 3A991.p; on an H20 figures do."""
    titles = {
        chip: [each.title for each in part.columns]
        for chip in ("ascend-910b4", "h20")
        for part in report(of(chip)).grids
        if part.kind == "deciding"
    }
    assert "margin %" in titles["h20"]
    assert "margin %" not in titles["ascend-910b4"]
