"""The versioned JSON of a check of an article, and the same facts as flat records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.claims.claim import Claims, elsewhere
from chipcalc.claims.finding import ClaimFinding, Instance, Placed
from chipcalc.contract.common import interval_data
from chipcalc.figures.figure import Figure
from chipcalc.words.claims import interpretations
from chipcalc.words.claims.answer import answer, indented
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.line import plain

SCHEMA = "chipcalc.claims/1"


def data(article: Claims, found: Sequence[ClaimFinding], speaker: Speaker) -> dict[str, Any]:
    """Return the answers to the claims of an article, labels and lines in the reader's language."""
    head = article.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": speaker.translated(head.title),
            "published": str(head.published),
            "language": head.language,
            "publisher": head.publisher,
        },
        "claims": [_claim(each, speaker) for each in found],
    }


def _claim(finding: ClaimFinding, speaker: Speaker) -> dict[str, Any]:
    return {
        "id": finding.claim.id,
        "says": speaker.translated(finding.claim.says),
        "verdict": finding.settlement,
        "computed": [_computed(each, speaker) for each in finding.instances],
        "readings": list(_readings(finding, speaker)),
        "places": [_placed(each) for each in finding.places],
        "rules": list(_rules(finding)),
        "lines": _lines(finding, speaker),
        "needs": finding.needs.because if finding.needs else None,
    }


def _lines(finding: ClaimFinding, speaker: Speaker) -> list[str]:
    return [plain(indented(each)) for each in answer(finding, speaker)]


def _computed(instance: Instance, speaker: Speaker) -> dict[str, Any]:
    chips = " / ".join(sheet.name for sheet in instance.sheets)
    label = " ".join(filter(None, (chips, speaker.rows(instance), instance.metric)))
    figure = instance.figure
    value: dict[str, Any] = {"value": None, "low": None, "high": None, "unit": None}
    if isinstance(figure, Figure):
        value = {**interval_data(figure.value.amount), "unit": figure.value.unit.text}
    return {
        "label": label,
        "chips": [sheet.id for sheet in instance.sheets],
        "when": dict(instance.row),
        "against": dict(instance.against),
        **value,
        "verdict": instance.verdict.value,
    }


def _readings(finding: ClaimFinding, speaker: Speaker) -> Iterator[dict[str, Any]]:
    """Yield each case under an interpretation, labelled with both."""
    for found in finding.interpretations:
        name = interpretations.name(found, speaker)
        for each in found.instances:
            case = _computed(each, speaker)
            yield {**case, "label": f"{name}: {case['label']}"}


def _placed(placed: Placed) -> dict[str, Any]:
    place = placed.place
    return {
        "chip": place.sheet.id,
        "metric": place.metric,
        "when": dict(place.when),
        "generations": _ends(place.behind),
        "years": _ends(place.years),
        "verdict": placed.verdict.value,
    }


def _ends(ends: tuple[float, float] | None) -> list[str] | None:
    return [f"{end:.3f}" for end in ends] if ends else None


def _rules(finding: ClaimFinding) -> Iterator[dict[str, Any]]:
    for checked in finding.checked:
        for each in checked.findings:
            yield {
                "chip": checked.sheet.id,
                "rule": each.provision.id,
                "as_of": checked.day.isoformat(),
                "verdict": each.verdict.value,
            }


def records(found: Sequence[ClaimFinding], speaker: Speaker) -> list[dict[str, str]]:
    """Return one flat record for each claim, each figure of it, and each line of other answers."""
    return [record for each in found for record in _records(each, speaker)]


def _records(finding: ClaimFinding, speaker: Speaker) -> Iterator[dict[str, str]]:
    claim = finding.claim
    head = {"claim": claim.id, "kind": "claim"}
    yield {**head, "label": speaker.translated(claim.says), "verdict": finding.settlement}
    for kind, cases in (
        ("figure", [_computed(each, speaker) for each in finding.instances]),
        ("reading", list(_readings(finding, speaker))),
    ):
        for case in cases:
            shown = {name: case[name] or "" for name in ("value", "low", "high", "unit")}
            yield {
                **head, "kind": kind, "label": case["label"], "verdict": case["verdict"], **shown,
            }  # fmt: skip
    for each in finding.places:
        low, high = _ends(each.place.behind) or ("", "")
        yield {
            **head, "kind": "generations", "label": f"{each.place.sheet.name} {each.place.metric}",
            "verdict": each.verdict.value, "low": low, "high": high,
        }  # fmt: skip
    if elsewhere(claim) or finding.checked:
        for line in _lines(finding, speaker):
            yield {**head, "kind": "text", "label": line.strip()}
