"""A rule in plain words: its criteria as sentences, without any chip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc import text
from chipcalc.criteria import (
    Circumstance,
    Compare,
    Criterion,
    Group,
    Launched,
    Named,
    Relation,
    RuleMet,
    Unpublished,
    Without,
    fold,
)
from chipcalc.errors import join_words
from chipcalc.model import Vocabulary

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

    def compare(self, node: Compare) -> list[str]:
        definition = self.vocabulary.metric(node.of.name)
        conditions = [
            known.label
            for name, value in node.of.when.items()
            if (known := self.vocabulary.conditions[name].values.get(value))
        ]
        label = " ".join([definition.label[0].lower() + definition.label[1:], *conditions])
        limit = node.limit.amount.best
        unit = "" if definition.bare else f" {node.limit.unit}"
        return [f"{label} {_RELATIONS[node.relation]} {text.beside(limit, limit)}{unit}"]

    def circumstance(self, node: Circumstance) -> list[str]:
        definition = self.vocabulary.circumstances[node.name]
        values = join_words((definition.values[each].label for each in node.values), "or")
        label = definition.label[0].lower() + definition.label[1:]
        return [f"{'not ' if node.negated else ''}{label} {values}"]

    def launched(self, node: Launched) -> list[str]:
        return [f"launched {'before' if node.before else 'on or after'} {node.day}"]

    def rule_met(self, node: RuleMet) -> list[str]:
        return [f"falls under {join_words((self.paragraphs.get(r, r) for r in node.rules), 'or')}"]

    def named(self, node: Named) -> list[str]:
        return [f"named in the text: {', '.join(node.chips)}"]

    def unpublished(self, node: Unpublished) -> list[str]:
        return [f"not public: {node.what}"]

    def group(self, node: Group, parts: Sequence[list[str]]) -> list[str]:
        if len(parts) == 1 and not node.cite:
            return parts[0]
        between = "and" if node.how == "all" else "or"
        inner = [
            f"  {line}" + (f", {between}" if last and number < len(parts) - 1 else "")
            for number, part in enumerate(parts)
            for last, line in ((index == len(part) - 1, each) for index, each in enumerate(part))
        ]
        head = node.cite or ("all of these" if node.how == "all" else "one of these")
        note = [f"    ({node.note})"] if node.note else []
        return [f"{head}:", *inner, *note]

    def without(self, node: Without, of: list[str], exceptions: Sequence[list[str]]) -> list[str]:
        return [*of, "except", *(f"  {line}" for each in exceptions for line in each)]
