"""The criteria of rules as JSON: a tree of comparisons and facts, each beside its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chipcalc.contract.common import single
from chipcalc.rules.criteria import (
    OPERATORS,
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unmodelled,
    Unpublished,
    fold,
)
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.rules import words


def comparison(node: Threshold) -> dict[str, Any]:
    """Return what a comparison asks: the metric, its conditions, the operator and the amount."""
    return {
        "metric": node.of.name,
        "when": dict(node.of.when),
        "operator": OPERATORS[node.relation],
        **single("amount", node.limit.amount.best),
        "unit": node.limit.unit.text,
    }


def tree(node: Criterion, vocabulary: Vocabulary, paragraphs: Mapping[str, str]) -> dict[str, Any]:
    """Return a criterion with its parts; `paragraphs` gives the names of other rules by id."""
    return fold(node, _Tree(vocabulary, paragraphs))


def facts(node: Criterion) -> dict[str, Any]:
    """Return what one criterion asks, without a sentence for it."""
    return fold(node, _Facts())


class _Facts:
    """Reads criteria as data: what kind each is of, and what it asks."""

    def compare(self, node: Threshold) -> dict[str, Any]:
        return {"kind": "comparison", **comparison(node)}

    def circumstance(self, node: CircumstanceIs) -> dict[str, Any]:
        return {
            "kind": "circumstance",
            "circumstance": node.name,
            "values": list(node.values),
            "negated": node.negated,
        }

    def launched(self, node: Launched) -> dict[str, Any]:
        sign = OPERATORS["less_than" if node.before else "at_least"]
        return {"kind": "launched", "operator": sign, "day": node.day.isoformat()}

    def rule_met(self, node: RuleMet) -> dict[str, Any]:
        return {"kind": "rule", "rules": list(node.rules)}

    def named(self, node: Named) -> dict[str, Any]:
        return {"kind": "named", "chips": list(node.chips), "addressed": node.addressed}

    def unpublished(self, node: Unpublished) -> dict[str, Any]:
        return {"kind": "unpublished", "what": node.what}

    def unmodelled(self, node: Unmodelled) -> dict[str, Any]:
        return {"kind": "unmodelled", "what": node.what}

    def group(self, node: Combined, parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return {
            "kind": node.how,
            "cite": node.cite or None,
            "note": node.note or None,
            "then": node.then or None,
            "parts": list(parts),
        }

    def without(
        self, node: Unless, of: dict[str, Any], exceptions: Sequence[dict[str, Any]]
    ) -> dict[str, Any]:
        return {"kind": "except", "of": of, "exceptions": list(exceptions)}


class _Tree(_Facts):
    """Reads criteria as data, and says beside each that has no parts what a reader is told."""

    def __init__(self, vocabulary: Vocabulary, paragraphs: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.paragraphs = paragraphs

    def compare(self, node: Threshold) -> dict[str, Any]:
        undefined = {"undefined": node.undefined or None}
        return {**super().compare(node), **undefined, **self._says(node)}

    def circumstance(self, node: CircumstanceIs) -> dict[str, Any]:
        return {**super().circumstance(node), **self._says(node)}

    def launched(self, node: Launched) -> dict[str, Any]:
        return {**super().launched(node), **self._says(node)}

    def rule_met(self, node: RuleMet) -> dict[str, Any]:
        return {**super().rule_met(node), **self._says(node)}

    def named(self, node: Named) -> dict[str, Any]:
        return {**super().named(node), **self._says(node)}

    def unpublished(self, node: Unpublished) -> dict[str, Any]:
        return {**super().unpublished(node), **self._says(node)}

    def unmodelled(self, node: Unmodelled) -> dict[str, Any]:
        return {**super().unmodelled(node), **self._says(node)}

    def _says(self, node: Criterion) -> dict[str, str]:
        lines = words(node, self.vocabulary, self.paragraphs)
        return {"says": " ".join(each.text for each in lines)}
