"""Verdicts of claims: the order in which they are told, worst first, and their role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chipcalc.claims.claim import Settlement
from chipcalc.claims.finding import ClaimFinding
from chipcalc.values.logic import Verdict
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.line import Role

OUTSIDE: Settlement = "outside the spec sheets"
_ROLES: Mapping[str, Role] = {
    "fails": "stop",
    "as marketed": "open",
    "depends": "open",
    "not settled": "open",
    "literally true": "strong",
    "holds": "go",
    OUTSIDE: "faint",
}


def role(settlement: Settlement) -> Role:
    """Return the role of a verdict, by its consequence."""
    return _ROLES.get(settlement, "")


def verdict_said(verdict: Verdict, speaker: Speaker) -> str:
    """Return whether a rule is met, in words; what is not known is not settled."""
    return speaker.say("not settled" if verdict is Verdict.unknown else verdict.value)


def by_verdict(found: Iterable[ClaimFinding]) -> dict[Settlement, list[ClaimFinding]]:
    """Return claims by their verdicts, the worst first, each group in the order of the article."""
    order = list(_ROLES)
    groups: dict[Settlement, list[ClaimFinding]] = {}
    for each in found:
        groups.setdefault(each.settlement, []).append(each)
    return dict(sorted(groups.items(), key=lambda pair: order.index(pair[0])))


def counted(found: Sequence[ClaimFinding], speaker: Speaker) -> str:
    """Return how many claims have each verdict: ``2 fails · 5 depends``."""
    return " · ".join(
        speaker.say("{verdict} {count}", verdict=speaker.say(settlement), count=str(len(group)))
        for settlement, group in by_verdict(found).items()
    )
