"""The versioned JSON of claims in one line with their answers, and the same as flat records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.claims.answered import Answered, Compared
from chipcalc.claims.reasons import Case, Reason
from chipcalc.claims.ways import Way
from chipcalc.contract.common import alike, amount, ends, flat, single
from chipcalc.figures.figure import Answer, Figure
from chipcalc.words.claims.misread import why
from chipcalc.words.claims.question import names_of, told
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.line import plain

SCHEMA = "chipcalc.claim/2"
_COLUMNS = (
    "claim", "kind", "label", "chip", "metric", "when", "against", "verdict", "value", "low",
    "high", "exact", "exact_low", "exact_high", "unit", "status", "relation", "slips",
)  # fmt: skip


def data(found: Sequence[Answered], day: datetime.date, speaker: Speaker) -> dict[str, Any]:
    """Return the answers to claims, labels and lines in the reader's language."""
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "claims": [_claim(each, speaker) for each in found],
    }


def _claim(answer: Answered, speaker: Speaker) -> dict[str, Any]:
    said = told(answer, speaker)
    asked = answer.asked
    return {
        "claim": asked.text,
        "verdict": answer.settlement,
        "metric": asked.of.metric or None,
        "metric_named": asked.named,
        "printed": _printed(answer),
        "figures": [_compared(each) for each in answer.cases],
        "by": [_reason(each, answer, speaker) for each in answer.by],
        "reasons": [_reason(each, answer, speaker) for each in answer.reasons],
        "beside": [{"metric": each.metric, **_figure(each.figure)} for each in answer.beside],
        "quoted": [_quote(each) for each in answer.quoted.figures] if answer.quoted else [],
        "left_out": {
            "not_out": [each.id for each in answer.left_out.later],
            "other_market": [each.id for each in answer.left_out.elsewhere],
        },
        "lines": [plain(said.title.text), *(plain(speaker.about(a, b)) for a, b, _ in said.lines)],
    }


def _printed(answer: Answered) -> dict[str, Any]:
    """Return what is printed: its relation, its amount, what counts as it, and why."""
    wanted = answer.asked.wanted
    span = (None, None) if wanted.bound else wanted.ends
    return {
        "relation": wanted.bound or "about",
        **single("value", wanted.amount),
        **ends(*span),
        "basis": wanted.tolerance.basis if wanted.tolerance and not wanted.bound else "exact",
        "unit": answer.asked.unit.text,
    }


def _quote(answer: Answered) -> dict[str, Any]:
    """Return a figure that the claim prints for a chip, with its verdict."""
    wanted = answer.asked.wanted
    return {
        "chips": list(dict.fromkeys(sheet.id for each in answer.cases for sheet in each.sheets)),
        "verdict": answer.settlement,
        **single("value", wanted.amount),
        "unit": answer.asked.unit.text,
    }


def _figure(answer: Answer) -> dict[str, Any]:
    known = answer if isinstance(answer, Figure) else None
    return {
        **amount(known.value.amount if known else None),
        "unit": known.value.unit.text if known else None,
        "status": known.status if known else getattr(answer, "kind", None),
    }


def _compared(case: Compared) -> dict[str, Any]:
    return {
        "chips": [each.id for each in case.sheets],
        "when": dict(case.of.row),
        "against": dict(case.to.row) if case.to else {},
        "leads": case.leads,
        "verdict": case.verdict.value,
        **_figure(case.figure),
    }


def _reason(reason: Reason, answer: Answered, speaker: Speaker) -> dict[str, Any]:
    return {
        "label": plain(why(reason, answer.asked, names_of(answer, speaker), speaker)),
        "slips": [
            {"kind": each.kind, "what": each.what or None, "side": each.side}
            for each in reason.slips
        ],
        "sure": reason.sure,
        **single("weight", reason.weight),
        "cases": [_case(each) for each in reason.cases],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "of": _way(case.of),
        "to": _way(case.to) if case.to else None,
        "sure": case.sure,
        **_figure(case.figure),
    }


def _way(way: Way) -> dict[str, Any]:
    sheet = way.whole or way.sheet
    return {
        "chip": sheet.id if sheet else None,
        "metric": way.metric or None,
        "when": {**way.row, **way.reading},
        "rule": way.line.provision.id if way.line else None,
        **_figure(way.answer),
    }


def records(found: Sequence[Answered], speaker: Speaker) -> list[dict[str, str]]:
    """Return one flat record for each claim, each figure of it, and each reason."""
    rows = (record for each in found for record in _records(each, speaker))
    return list(alike(map(flat, rows), _COLUMNS))


def _records(answer: Answered, speaker: Speaker) -> Iterator[dict[str, Any]]:
    head = {"claim": answer.asked.text, "metric": answer.asked.of.metric}
    printed = _printed(answer)
    yield {
        **printed, **head, "kind": "claim", "label": plain(told(answer, speaker).title.text),
        "verdict": answer.settlement,
    }  # fmt: skip
    for each in answer.cases:
        case = _compared(each)
        yield {**case, **head, "kind": "figure", "chip": case["chips"]}
    for kind, reasons in (("by", answer.by), ("reason", answer.reasons)):
        for reason in reasons:
            yield {
                **_figure(reason.cases[0].figure), **head, "kind": kind,
                "label": plain(why(reason, answer.asked, names_of(answer, speaker), speaker)),
                "slips": [each.kind for each in reason.slips],
            }  # fmt: skip
