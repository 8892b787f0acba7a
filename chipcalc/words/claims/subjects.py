"""Cases by the chips that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from chipcalc.claims.finding import Instance
from chipcalc.values.logic import Verdict
from chipcalc.words.claims.speaker import Speaker


def by_subject(
    instances: Sequence[Instance], speaker: Speaker, *, whole: bool = False
) -> dict[str, list[Instance]]:
    """Return the cases by the chips that vary, else by the last one; or by all chips."""
    columns = list(zip(*(each.sheets for each in instances), strict=True))
    varying = [i for i, each in enumerate(columns) if whole or len({e.id for e in each}) > 1]
    found: dict[str, list[Instance]] = {}
    for each in instances:
        chosen = [speaker.chip(each.sheets[i]) for i in varying or [len(columns) - 1]]
        found.setdefault(" / ".join(chosen), []).append(each)
    return found


def with_verdict(
    subjects: Mapping[str, Sequence[Instance]], verdict: Verdict, speaker: Speaker
) -> str:
    """Return the subjects whose cases have a verdict, with the rows where not all have it."""
    shown = []
    for name, cases in subjects.items():
        wanted = [each for each in cases if each.verdict is verdict]
        if wanted and len(wanted) == len(cases):
            shown.append(name)
        elif wanted:
            rows = speaker.listed(speaker.rows(each) for each in wanted)
            shown.append(speaker.say("{chip} at {rows}", chip=name, rows=rows))
    return speaker.joined(shown)


def with_metric(
    instances: Iterable[Instance],
    verdict: Verdict,
    settle: Callable[[list[Verdict]], Verdict],
    speaker: Speaker,
) -> str:
    """Return the metrics whose cases together come to a verdict."""
    by_metric: dict[str, list[Verdict]] = {}
    for each in instances:
        by_metric.setdefault(speaker.metric_of(each), []).append(each.verdict)
    return speaker.listed(name for name, each in by_metric.items() if settle(each) is verdict)
