"""A rule in plain words: its criteria as sentences, without any chip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.errors import join_words
from chipcalc.figures.figure import key
from chipcalc.rules.criteria import (
    CircumstanceIs,
    Combined,
    Criterion,
    Launched,
    Named,
    RuleMet,
    Threshold,
    Unless,
    Unpublished,
    fold,
)
from chipcalc.values import numbers
from chipcalc.values.logic import Relation
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels

_RELATIONS: Mapping[Relation, str] = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "less_than": "less than",
}


def words(criterion: Criterion, vocabulary: Vocabulary, paragraphs: Mapping[str, str]) -> list[str]:
    """Return criteria as indented lines; `paragraphs` gives the names of other rules by id."""
    return fold(criterion, _Words(vocabulary, paragraphs))


class _Words:
    """Reads criteria as lines of text."""

    def __init__(self, vocabulary: Vocabulary, paragraphs: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.paragraphs = paragraphs

    def compare(self, node: Threshold) -> list[str]:
        label = labels.label(key(node.of.name, node.of.when), self.vocabulary)
        limit = node.limit.amount.best
        unit = labels.unit_shown(node.of.name, node.limit.unit, self.vocabulary)
        return [
            f"{label} {_RELATIONS[node.relation]} {numbers.beside(limit, limit)} {unit}".rstrip()
        ]

    def circumstance(self, node: CircumstanceIs) -> list[str]:
        values, negated = node.values, node.negated
        return [labels.circumstance(node.name, values, self.vocabulary, negated=negated)]

    def launched(self, node: Launched) -> list[str]:
        return [f"launched {'before' if node.before else 'on or after'} {node.day}"]

    def rule_met(self, node: RuleMet) -> list[str]:
        return [f"falls under {join_words((self.paragraphs.get(r, r) for r in node.rules), 'or')}"]

    def named(self, node: Named) -> list[str]:
        return [f"named in the text: {', '.join(node.chips)}"]

    def unpublished(self, node: Unpublished) -> list[str]:
        return [f"not public: {node.what}"]

    def group(self, node: Combined, parts: Sequence[list[str]]) -> list[str]:
        note = [f"    ({node.note})"] if node.note else []
        note += [f"    then: {node.then}"] if node.then else []
        if len(parts) == 1 and not node.cite:
            return [*parts[0], *note]
        head = node.cite or ("all of these" if node.how == "all" else "one of these")
        return [f"{head}:", *_joined(parts, "and" if node.how == "all" else "or"), *note]

    def without(self, node: Unless, of: list[str], exceptions: Sequence[list[str]]) -> list[str]:
        return [*of, "except", *_joined(exceptions, "or")]


def _joined(parts: Sequence[list[str]], between: str) -> list[str]:
    """Return parts as indented lines, with a word after each but the last."""
    ends = [*[f", {between}"] * (len(parts) - 1), ""]
    return [
        f"  {line}" + (end if number == len(part) else "")
        for part, end in zip(parts, ends, strict=True)
        for number, line in enumerate(part, start=1)
    ]
