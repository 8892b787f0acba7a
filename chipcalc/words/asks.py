"""What nothing here can answer, and is to be asked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc.deciding.outcome import Deciding
from chipcalc.licence.questions import Alternative, Aspect
from chipcalc.rules.case import Ask, Judgement
from chipcalc.values.logic import Verdict


def asks(*found: Aspect) -> tuple[Ask, ...]:
    """Return the conditions that leave some answers open, and that nothing here can answer.

    Those that more than one text has in the same words count once.
    """
    views = [
        view for each in found for view in (Alternative(each.judgement, each.deciding), *each.views)
    ]
    judged = [
        judgement
        for view in views
        for judgement in (view.judgement, *_outcome_judgements(view.deciding))
    ]
    return tuple({each.what: each for judgement in judged for each in judgement.asks}.values())


def _outcome_judgements(deciding: Deciding | None) -> list[Judgement]:
    return [each.judgement for each in deciding.outcomes] if deciding else []


def asking(found: Sequence[Ask]) -> str:
    """Return what to ask in a clause: ``ask whether its code is listed``; nothing if nothing."""
    return f"ask {'; '.join(each.what for each in found)}" if found else ""


def of_rest(deciding: Deciding) -> tuple[Ask, ...]:
    """Return what is to be asked where the facts that decide elsewhere leave it open."""
    rest = [each.judgement for each in deciding.outcomes if is_open(each.judgement)]
    return tuple({each.what: each for judgement in rest for each in judgement.asks}.values())


def is_open(judgement: Judgement) -> bool:
    """Whether facts are missing; texts that differ leave nothing to find out."""
    return judgement.verdict is Verdict.unknown and len(judgement.follows) < 2
