"""What kept a chip out of a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked
from chipcalc.contract import why_not as contract
from chipcalc.sheets.sheet import GIVEN
from chipcalc.tables.criteria import PIECES, Told, about, piece_cells
from chipcalc.tables.report import Column, Grid, Part, Report, Row, cell
from chipcalc.values.logic import Verdict
from chipcalc.words import supposed
from chipcalc.words.check import freshness, limb, no_advice, warned
from chipcalc.words.commands import Question
from chipcalc.words.comparisons import compared
from chipcalc.words.line import Phrase, Role, TextLine, block, phrased
from chipcalc.words.outcomes import outcome_lines
from chipcalc.words.roles import finding_role, verdict_words
from chipcalc.words.why_not import Asked, asked, reasons, said

_COLUMNS = (Column("because", name="why"), *PIECES)


def why_not(found: Sequence[Checked], place: str, question: Question | None = None) -> Report:
    """Return what kept chips out of a paragraph, or of one limb of it.

    `question` is what was asked, for the command that shows the proof. Raises ChipcalcError for a
    place that no rule of the day has.
    """
    chips, day = asked(found, place), found[0].day
    parts: list[Part] = []
    for number, each in enumerate(chips):
        if len(chips) > 1:
            parts.append((*[TextLine("")] * bool(number), _headline(each)))
        parts.append(Grid(_COLUMNS, tuple(_rows(each)), "because"))
        parts.append(_open(each))
    ids = tuple(each.sheet.id for each in found if each.sheet.id != GIVEN)
    known = question or Question(ids, ("--as-of", day.isoformat()))
    parts += [block(*freshness(found)), no_advice("Proof:", known.command("--explain"))]
    return Report(
        lambda: contract.data(chips, day),
        lambda: list(contract.records(chips)),
        title=block(
            _headline(chips[0]) if len(chips) == 1 else _counted(chips, place),
            *dict.fromkeys(text for each in found for text in warned(each)),
        ),
        parts=tuple(filter(None, parts)),
        unbroken=tuple(each.sheet.name for each in found),
    )


def _headline(asked: Asked) -> TextLine:
    """Return what is said of a place: ``H20 96GB, 2026-02-01: 3A090.b not met``."""
    checked = asked.checked
    head = f"{checked.sheet.name}{supposed.said(checked)}, {checked.day}: {asked.place} "
    return phrased(Phrase(head, "title"), Phrase(verdict_words(asked.verdict), _role(asked)))


def _role(asked: Asked) -> Role:
    role = finding_role(asked.finding)
    return role if asked.verdict is asked.finding.verdict else "title"


def _counted(chips: Sequence[Asked], place: str) -> TextLine:
    counts = Counter(each.verdict for each in chips)
    said = ", ".join(f"{counts[each]} {verdict_words(each)}" for each in Verdict if counts[each])
    return phrased(Phrase(f"{len(chips)} chips, {chips[0].checked.day}, {place}: {said}", "title"))


def _rows(asked: Asked) -> Iterator[Row]:
    """Yield a row a reason: the figure beside the line, or what holds."""
    checked, told = asked.checked, Told()
    paragraph = asked.finding.provision.rule.paragraph
    for place, step in reasons(asked):
        found = None
        if step.line is not None:
            found = compared(step.line, checked.case.evaluator.vocabulary)
        short = limb(place, paragraph)
        if found and step.line is not None:
            words = about(found, step.line, checked, told, short)
            yield Row((cell(words, level=1), *piece_cells(found)))
        else:
            yield Row((cell(" ".join(filter(None, (short, said(step)))), level=1),))


def _open(asked: Asked) -> tuple[TextLine, ...]:
    """Return what would settle a rule that is not settled."""
    deciding = asked.finding.deciding
    if asked.verdict is not Verdict.unknown or not deciding:
        return ()
    mark = supposed.suffix([asked.finding.line], asked.checked.case)
    return tuple(outcome_lines(deciding, asked.checked.case, "not met", mark))
