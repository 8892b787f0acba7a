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
    Unmodelled,
    Unpublished,
    fold,
)
from chipcalc.values import numbers
from chipcalc.values.logic import Relation
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.line import TextLine, deeper

_RELATIONS: Mapping[Relation, str] = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "less_than": "less than",
}


def words(
    criterion: Criterion, vocabulary: Vocabulary, paragraphs: Mapping[str, str]
) -> list[TextLine]:
    """Return criteria as lines, parts set in; `paragraphs` gives the names of other rules by id."""
    return fold(criterion, _Words(vocabulary, paragraphs))


class _Words:
    """Reads criteria as lines of text."""

    def __init__(self, vocabulary: Vocabulary, paragraphs: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.paragraphs = paragraphs

    def compare(self, node: Threshold) -> list[TextLine]:
        label = labels.label(key(node.of.name, node.of.when), self.vocabulary)
        limit = node.limit.amount.best
        unit = labels.unit_shown(node.of.name, node.limit.unit, self.vocabulary)
        amount = f"{numbers.beside(limit, limit)} {unit}".rstrip()
        return [TextLine(f"{label} {_RELATIONS[node.relation]} {amount}")]

    def circumstance(self, node: CircumstanceIs) -> list[TextLine]:
        values, negated = node.values, node.negated
        return [TextLine(labels.circumstance(node.name, values, self.vocabulary, negated=negated))]

    def launched(self, node: Launched) -> list[TextLine]:
        return [TextLine(f"launched {'before' if node.before else 'on or after'} {node.day}")]

    def rule_met(self, node: RuleMet) -> list[TextLine]:
        names = [self.paragraphs.get(each, each) for each in node.rules]
        return [TextLine(f"falls under {join_words(names, 'or')}")]

    def named(self, node: Named) -> list[TextLine]:
        if node.addressed:
            names = [labels.vendor(each, self.vocabulary) for each in node.chips]
            return [TextLine(f"addressed to {join_words(names, 'or')}")]
        return [TextLine(f"named in the text: {', '.join(node.chips)}")]

    def unpublished(self, node: Unpublished) -> list[TextLine]:
        return [TextLine(f"not public: {node.what}")]

    def unmodelled(self, node: Unmodelled) -> list[TextLine]:
        return [TextLine(f"not modelled: {node.what}")]

    def group(self, node: Combined, parts: Sequence[list[TextLine]]) -> list[TextLine]:
        note = [TextLine(f"({node.note})", 2)] if node.note else []
        note += [TextLine(f"then: {node.then}", 2)] if node.then else []
        if len(parts) == 1 and not node.cite:
            return [*parts[0], *note]
        head = node.cite or ("all of these" if node.how == "all" else "one of these")
        return [TextLine(f"{head}:"), *_joined(parts, "and" if node.how == "all" else "or"), *note]

    def without(
        self, node: Unless, of: list[TextLine], exceptions: Sequence[list[TextLine]]
    ) -> list[TextLine]:
        return [*of, TextLine("except"), *_joined(exceptions, "or")]


def _joined(parts: Sequence[list[TextLine]], between: str) -> list[TextLine]:
    """Return parts as lines one level in, with a word after each but the last."""
    *before, last = parts
    ended = [[*each[:-1], each[-1]._replace(text=f"{each[-1].text}, {between}")] for each in before]
    return deeper(line for part in (*ended, last) for line in part)
