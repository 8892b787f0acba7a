"""A report as a user asks for it: some chips, a day, in one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc.api.chip import Chip
from chipcalc.api.comparison import compared
from chipcalc.api.database import Database
from chipcalc.charts import Chart, ratios
from chipcalc.charts.report import Parts, Section, page
from chipcalc.commands import check as request
from chipcalc.comparison.options import Options
from chipcalc.errors import ChipcalcError, error, join_words
from chipcalc.progress import Progress, untold
from chipcalc.tables import answers
from chipcalc.tables.compare import Look
from chipcalc.words.check import sentence, taken_as
from chipcalc.words.commands import written


def report(
    db: Database,
    names: Sequence[str],
    as_of: str = "",
    own: Sequence[Path] = (),
    regime: str = "",
    progress: Progress = untold,
) -> tuple[str, tuple[str, ...]]:
    """Return the page of a report, and what to tell about names.

    Raises ChipcalcError for a chip or a day that there is none of, and without chips.
    """
    if not names:
        raise error("a report takes chips", "for example: chipcalc report h20 h100 -o report.html")
    wanted = request.asked(names, regime=request.one_regime(regime))
    rules = request.rules_of(db, wanted, as_of, (), own)
    chips, notices, problems = request.chosen(db, wanted)
    if problems:
        raise ChipcalcError(*problems)
    checks = [rules.check(each) for each in progress(chips)]
    named = [each for each in chips if isinstance(each, Chip)]
    day = rules.as_of.isoformat()
    sections = [
        Section(
            each.checked.sheet.id,
            each.checked.sheet.name,
            sentence(each.checked),
            answers.check([each.checked], each.rulebook, explain=True, all_=True),
        )
        for each in checks
    ]
    pictures: list[Chart] = [rules.red_lines(*chips)]
    side_by_side = None
    if len(named) > 1:
        found = compared([each.sheet for each in named], db.store, Options())
        pictures.append(ratios(found.found))
        side_by_side = found.shown(Look(sources=True, whole=True))
    title = f"{join_words(each.checked.sheet.name for each in checks)}, {day}"
    lead = dict.fromkeys(filter(None, (taken_as(each.checked) for each in checks)))
    parts = Parts(
        title,
        [*lead] if len(lead) == 1 else (),
        pictures,
        sections,
        side_by_side,
        written("report", *names, "--as-of", day, "-o", "report.html"),
    )
    return page(parts), notices
