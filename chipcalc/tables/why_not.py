"""What kept a chip out of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked
from chipcalc.contract import why_not as contract
from chipcalc.tables.report import NOTHING, Column, Grid, Report, Row, cell
from chipcalc.values.logic import Verdict
from chipcalc.words.check import NO_ADVICE, notes
from chipcalc.words.commands import Question
from chipcalc.words.line import block
from chipcalc.words.outcomes import outcome_lines
from chipcalc.words.why_not import Asked, asked, because, said


def why_not(
    found: Sequence[Checked], place: str, question: Question | None = None
) -> Report:
    """Return what kept chips out of a paragraph, or of one limb of it.

    Raises ChipcalcError for a place that no rule of the day has.
    """
    chips, day = asked(found, place), found[0].day
    columns = (
        Column("", name="place"),
        Column("verdict"),
        Column("because", name="because"),
        Column("margin", "right"),
    )
    below = (block(*notes(found)), block(NO_ADVICE))
    return Report(
        lambda: contract.data(chips, day),
        lambda: list(contract.records(chips)),
        title=block(f"Why not {place}, on {day}"),
        parts=(
            Grid(columns, tuple(row for each in chips for row in _rows(each)), "why-not"),
            *tuple(filter(None, below)),
        ),
    )


def _rows(asked: Asked) -> Iterator[Row]:
    checked, deciding = asked.checked, asked.finding.deciding
    yield Row((cell(checked.sheet.name, asked.place), cell(asked.verdict.value)))
    for step in because(asked):
        margin = cell(*step.margins, joint=" to")
        yield Row((NOTHING, NOTHING, cell(said(step)), margin))
    if asked.verdict is Verdict.unknown and deciding:
        for each in outcome_lines(deciding, checked.case, "not met"):
            yield Row((NOTHING, NOTHING, cell(each.text, level=each.level)))
