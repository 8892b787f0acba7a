"""Where a pointer leads: the entries that may describe an item, the first to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.rules.case import Case
from chipcalc.rules.criteria import CircumstanceIs
from chipcalc.rules.provision import Provision
from chipcalc.values.logic import Verdict


class Pointed(NamedTuple):
    """A paragraph to look at, what is not known that it needs, and what else to ask."""

    paragraph: str
    needs: tuple[CircumstanceIs, ...] = ()
    ask: str = ""


def pointed(provision: Provision, cites: Sequence[str], case: Case) -> Iterator[Pointed]:
    """Yield the paragraphs that a pointer leads to by the limbs that are met, in their order."""
    for entry in provision.version.points_to:
        found = next((entry.paragraphs[e] for e in cites if e in entry.paragraphs), "")
        lines = [case.circumstance(CircumstanceIs(*each)) for each in entry.when.items()]
        if not found or any(each.verdict is Verdict.not_met for each in lines):
            continue
        nodes = [e.node for e in lines if e.verdict is Verdict.unknown]
        needs = tuple(each for each in nodes if isinstance(each, CircumstanceIs))
        yield Pointed(found, needs, entry.ask or "")
