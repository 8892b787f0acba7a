"""The versioned JSON of a check of an article, and the same facts as flat records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chipcalc.claims.claim import Claims, RatioClaim, elsewhere
from chipcalc.claims.finding import ClaimFinding, Instance, Placed
from chipcalc.contract.common import alike, amount, available, flat, single
from chipcalc.figures.figure import Figure
from chipcalc.words.claims import interpretations
from chipcalc.words.claims.answer import answer, indented
from chipcalc.words.claims.gist import gist
from chipcalc.words.claims.relation import word_of
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.line import plain

_COLUMNS = (
    "claim", "kind", "label", "chip", "metric", "when", "against", "verdict", "value", "low",
    "high", "exact", "exact_low", "exact_high", "unit", "status", "availability", "verdict_text",
    "gist", "relation", "printed", "printed_exact", "least", "least_exact", "most", "most_exact",
    "printed_unit",
)  # fmt: skip
SCHEMA = "chipcalc.claims/2"


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
            "url": head.url,
        },
        "claims": [_claim(each, speaker) for each in found],
    }


def _claim(finding: ClaimFinding, speaker: Speaker) -> dict[str, Any]:
    return {
        "claim": finding.claim.id,
        "says": speaker.translated(finding.claim.says),
        "verdict": finding.settlement,
        "verdict_text": speaker.say(finding.settlement),
        "gist": plain(gist(finding, speaker)),
        "relation": _relation(finding),
        "availability": _availability(finding),
        "computed": [_computed(each, speaker) for each in finding.instances],
        "readings": list(_readings(finding, speaker)),
        "places": [_placed(each) for each in finding.places],
        "rules": list(_rules(finding)),
        "lines": _lines(finding, speaker),
        "needs": finding.needs.because if finding.needs else None,
    }


def _relation(finding: ClaimFinding) -> dict[str, Any] | None:
    """Return what the article prints of a figure, with the least and the most that agree."""
    claim = finding.claim
    if not isinstance(claim, RatioClaim):
        return None
    relation = claim.compare.is_
    printed = relation.printed
    low, high = (e.to(printed.unit).amount.best for e in relation.bounds or (printed, printed))
    word = word_of(relation)
    return {
        "word": word,
        **single("printed", printed.amount.best),
        **single("least", low if word not in ("less_than", "at_most") else None),
        **single("most", high if word not in ("more_than", "at_least") else None),
        "unit": printed.unit.text,
    }


def _availability(finding: ClaimFinding) -> dict[str, str | None]:
    return {each.id: available(each)["availability"] for each in finding.sheets}


def _lines(finding: ClaimFinding, speaker: Speaker) -> list[str]:
    return [plain(indented(each)) for each in answer(finding, speaker)]


def _computed(instance: Instance, speaker: Speaker) -> dict[str, Any]:
    chips = " / ".join(sheet.name for sheet in instance.sheets)
    label = " ".join(filter(None, (chips, speaker.rows(instance), instance.metric)))
    figure = instance.figure
    found = figure.value if isinstance(figure, Figure) else None
    return {
        "label": label,
        "chips": [sheet.id for sheet in instance.sheets],
        "metric": instance.metric or None,
        "when": dict(instance.row),
        "against": dict(instance.against),
        **amount(found.amount if found else None),
        "unit": found.unit.text if found else None,
        "status": figure.status if isinstance(figure, Figure) else figure.kind,
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


def _ends(ends: tuple[float, float] | None) -> dict[str, float | None]:
    """Return a range that rests on logarithms, so that it has no exact text."""
    low, high = ends or (None, None)
    return {"low": _rounded(low), "high": _rounded(high)}


def _rounded(end: float | None) -> float | None:
    return None if end is None else round(end, 3)


def _rules(finding: ClaimFinding) -> Iterator[dict[str, Any]]:
    for checked in finding.checked:
        for each in checked.findings:
            yield {
                "chip": checked.sheet.id,
                "rule": each.provision.id,
                "as_of": checked.day.isoformat(),
                "verdict": each.verdict.value,
            }


def _flat_relation(finding: ClaimFinding) -> dict[str, Any]:
    relation = _relation(finding) or {}
    names = {"word": "relation", "unit": "printed_unit"}
    return {names.get(name, name): value for name, value in relation.items()}


def records(found: Sequence[ClaimFinding], speaker: Speaker) -> list[dict[str, str]]:
    """Return one flat record for each claim, each figure of it, and each line of other answers."""
    rows = (record for each in found for record in _records(each, speaker))
    return list(alike(map(flat, rows), _COLUMNS))


def _records(finding: ClaimFinding, speaker: Speaker) -> Iterator[dict[str, Any]]:
    claim = finding.claim
    head = {"claim": claim.id, "kind": "claim"}
    yield {
        **head,
        "label": speaker.translated(claim.says),
        "verdict": finding.settlement,
        "verdict_text": speaker.say(finding.settlement),
        "gist": plain(gist(finding, speaker)),
        **_flat_relation(finding),
        "availability": {chip: word for chip, word in _availability(finding).items() if word},
    }
    for kind, cases in (
        ("figure", [_computed(each, speaker) for each in finding.instances]),
        ("reading", list(_readings(finding, speaker))),
    ):
        for case in cases:
            yield {**case, **head, "kind": kind, "chip": case["chips"]}
    for each in finding.places:
        place = _placed(each)
        label = f"{each.place.sheet.name} {each.place.metric}"
        yield {**place, **head, "kind": "generations", "label": label, **place["generations"]}
    if elsewhere(claim) or finding.checked:
        for line in _lines(finding, speaker):
            yield {**head, "kind": "text", "label": line.strip()}
