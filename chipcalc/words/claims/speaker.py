"""The words that claims of every kind share: figures, rows, metrics, verdicts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chipcalc.claims.claim import Claims, Translated
from chipcalc.claims.finding import Instance
from chipcalc.figures.figure import Answer, Figure, Missing
from chipcalc.figures.statements import Conditions
from chipcalc.schema.source import Source
from chipcalc.sheets.sheet import Sheet
from chipcalc.values import numbers
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Verdict
from chipcalc.values.units import ONE, Quantity
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.language import Language
from chipcalc.words.line import HARD_SPACE


class Speaker(NamedTuple):
    """Who speaks of the claims of one article: a language, with what things are called in it.

    `sources` are those of the article, beside what it says of things that no sheet states.
    """

    language: Language
    vocabulary: Vocabulary
    sources: Mapping[str, Source]

    def say(self, phrase: str, **values: str) -> str:
        """Return a phrase in this language with its values filled in."""
        return self.language.say(phrase, **values)

    def listed(self, items: Iterable[str]) -> str:
        """Return items as a list within a sentence."""
        return self.language.listed(items)

    def joined(self, parts: Iterable[str]) -> str:
        """Return parts of a sentence, each a list or a sentence of its own."""
        return self.say("; ").join(parts)

    def beside(self, words: Iterable[str]) -> str:
        """Return words that stand together: a space apart, but not beside a sign of two columns."""
        found = ""
        for each in filter(None, words):
            close = not found or _is_wide(found[-1]) or _is_wide(each[0])
            found += each if close else HARD_SPACE + each
        return found

    def about(self, subject: str, rest: str) -> str:
        """Return what is said of a subject: ``Acme A10: 80 GB``."""
        return self.say("{subject}: {rest}", subject=subject, rest=rest)

    def translated(self, text: Translated) -> str:
        """Return a text of the claims in this language, in English where there is none."""
        return (text.zh if self.language.code == "zh" else None) or text.en

    def chip(self, sheet: Sheet) -> str:
        """Return what a chip is called in this language, by its sheet."""
        return sheet.chip.names.get(self.language.code, sheet.name)

    def rule(self, paragraph: str) -> str:
        """Return what a rule is called: a paragraph as it is, a title of words in this language."""
        return self.say(paragraph) if " " in paragraph else paragraph

    def with_figure(self, sheet: Sheet, figure: str) -> str:
        """Return a chip with its figure: ``Acme A10 80 GB``."""
        return self.say("{chip} {figure}", chip=self.chip(sheet), figure=figure)

    def mark(self, verdict: Verdict) -> str:
        """Return a verdict as a remark behind a case: `` (holds)``."""
        words = {Verdict.met: "holds", Verdict.not_met: "no"}
        return self.say(" ({mark})", mark=self.say(words.get(verdict, "open")))

    def metric(self, name: str, row: Conditions) -> str:
        """Return what a metric is called, with its row: ``Throughput (FP16)``."""
        label = self.say(self.vocabulary.metric(name).label)
        return self.say("{first} ({rest})", first=label, rest=self.row(row)) if row else label

    def metric_of(self, instance: Instance) -> str:
        """Return what the metric of a case is called, with its row."""
        return self.metric(instance.metric.partition("[")[0], instance.row)

    def row(self, row: Conditions, *, whole: bool = False) -> str:
        """Return the row of a case: ``FP64 (vector)``; the usual engine only if asked for."""
        known = self.vocabulary.conditions
        shown = [
            self.say(known[name].values[value].label)
            for index, (name, value) in enumerate(row.items())
            if whole or not index or value != next(iter(known[name].values))
        ]
        if len(shown) < 2:
            return "".join(shown)
        return self.say("{first} ({rest})", first=shown[0], rest=self.listed(shown[1:]))

    def rows(self, instance: Instance) -> str:
        """Return the row of a case, or its two rows: ``FP64 (vector) against FP64 (tensor)``."""
        if not instance.against:
            return self.row(instance.row)
        minor = [dict(list(row.items())[1:]) for row in (instance.row, instance.against)]
        one, other = (
            self.row(row, whole=minor[0] != minor[1]) for row in (instance.row, instance.against)
        )
        return self.say("{one} against {other}", one=one, other=other)

    def with_rows(self, rows: Iterable[str], value: str) -> str:
        """Return a figure behind the rows that it belongs to: ``INT8, FP16 5 ×``."""
        return " ".join((*filter(None, [self.listed(filter(None, rows))]), value))

    def value(self, answer: Answer, limits: Sequence[Fraction] | None = None) -> str:
        """Return a figure with its unit, or as many times another, or why there is none.

        With limits, a ratio is in per cent, and not rounded onto one of them.
        """
        if isinstance(answer, Missing):
            return self._missing(answer, limits)
        if answer.value.unit.dimension:
            return quantity(answer.value)
        amount = answer.value.to(ONE).amount
        if limits is not None:
            return _percent(amount, limits)
        return f"{numbers.ratios(amount)}{HARD_SPACE}×"

    def _missing(self, answer: Missing, limits: Sequence[Fraction] | None) -> str:
        """Return what bounds a figure that is not known, or why there is none."""
        ratio = answer.bounds(ONE)
        if ratio and limits is not None:
            return numbers.percent_bounds(ratio).replace(" ", HARD_SPACE)
        if ratio:
            return f"{numbers.ratio_bounds(ratio)}{HARD_SPACE}×"
        return labels.bounds(answer).replace(" ", HARD_SPACE) or self.say(answer.kind)

    def side(self, instance: Instance, index: int) -> str:
        """Return the figure of a side, in the unit of the second one where both are of a kind."""
        answer, other = instance.sides[index], instance.sides[1]
        if isinstance(answer, Missing):
            return labels.bounds(answer).replace(" ", HARD_SPACE) or self.say(answer.kind)
        alike = isinstance(other, Figure) and (
            other.value.unit.dimension == answer.value.unit.dimension
        )
        unit = other.value.unit if isinstance(other, Figure) and alike else answer.value.unit
        return quantity(answer.value.to(unit))


def speaker(article: Claims, vocabulary: Vocabulary, language: Language) -> Speaker:
    """Return who speaks of the claims of an article in a language."""
    return Speaker(language, vocabulary, article.sources)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def quantity(value: Quantity, digits: int = numbers.STATED_DIGITS) -> str:
    """Return a quantity that no line break tears apart."""
    return numbers.quantity(value, digits).replace(" ", HARD_SPACE)


def _percent(amount: Interval, limits: Sequence[Fraction]) -> str:
    """Return a ratio in per cent, rounded to a tenth where that tells it from the limits."""
    ends = [_hundredfold(end, limits) for end in (amount.low, amount.high)]
    return f"{numbers.between(amount, *ends)}{HARD_SPACE}%"


def _hundredfold(share: Fraction, limits: Sequence[Fraction]) -> str:
    tenths = numbers.percent(exactly(share)).removesuffix(" %")
    near = any(share != each and abs(share - each) < Fraction(1, 1000) for each in limits)
    if near or 0 < share < Fraction(1, 1000):
        limit = next((each for each in limits if abs(share - each) < Fraction(1, 1000)), share)
        return numbers.beside(share * 100, limit * 100)
    return tenths
