"""What an answer to a claim stands on: how firm its figures are, and which chips are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chipcalc.claims.answered import Answered
from chipcalc.claims.reasons import Reason
from chipcalc.claims.ways import Way
from chipcalc.sheets.sheet import Sheet
from chipcalc.words.claims.speaker import Speaker


def figures(
    answer: Answered, names: Mapping[str, str], who: Speaker
) -> Iterator[tuple[str, str, bool]]:
    """Yield how firm the figures of each chip are."""
    found: dict[str, dict[str, None]] = {}
    for way in _used(answer):
        figure = way.known
        sheet: Sheet | None = way.whole or way.sheet
        if figure and sheet:
            status = who.say(figure.status)
            dated = [e.statement.as_of for e in figure.statements() if e.statement.as_of]
            if dated:
                status = who.say("{first} ({rest})", first=status, rest=str(dated[0]))
            found.setdefault(names.get(sheet.id, sheet.name), {})[status] = None
    by_status: dict[str, list[str]] = {}
    for name, statuses in found.items():
        by_status.setdefault(who.listed(statuses), []).append(name)
    yield (
        who.say("figures"),
        who.joined(
            who.say("{chip} {figure}", chip=who.listed(names), figure=status)
            for status, names in by_status.items()
        ),
        True,
    )


def _used(answer: Answered) -> Iterator[Way]:
    reasons: tuple[Reason, ...] = (*answer.by, *answer.reasons[:1])
    for case in answer.meant:
        yield case.of
        if case.to:
            yield case.to
    for reason in reasons[:1]:
        yield reason.cases[0].of
        if reason.cases[0].to:
            yield reason.cases[0].to


def left_out(answer: Answered, who: Speaker) -> Iterator[tuple[str, str, bool]]:
    """Yield how many chips of a name do not count, and why."""
    parts = []
    later, elsewhere = answer.left_out
    if later:
        parts.append(who.say("{count} not known to be out on the day", count=str(len(later))))
    if elsewhere:
        parts.append(who.say("{count} for another market", count=str(len(elsewhere))))
    yield who.say("left out"), who.listed(parts), True
