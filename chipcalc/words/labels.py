"""What metrics, conditions and answers are called where they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chipcalc.errors import join_words
from chipcalc.figures.figure import Answer, Figure, Key, Missing
from chipcalc.places import countries
from chipcalc.places.countries import is_group
from chipcalc.rules.circumstances import several
from chipcalc.schema.source import Source
from chipcalc.schema.types import Confidence
from chipcalc.values import numbers
from chipcalc.values.units import Unit
from chipcalc.vocabulary.model import Vocabulary

_CONFIDENCE: Mapping[Confidence, str] = {
    "secondary": "secondary sources",
    "inferred": "inferred",
    "unverified": "not verified",
}


def value_label(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return how people call a value of a condition: ``FP16``; one of a sheet's own as it is."""
    known = vocabulary.conditions[name].values.get(value)
    return known.label if known else value


def short(answer: Answer) -> str:
    """Return an answer in one cell: the quantity, marked when estimated, or why there is none."""
    if not isinstance(answer, Figure):
        return bounds(answer) or answer.kind
    return ("~" if answer.status == "estimated" else "") + amount(answer)


def bounds(missing: Missing) -> str:
    """Return what is known of an unpublished figure, with its unit: ``≤ 560 TOPS``; or nothing."""
    end = missing.high or missing.low
    found = missing.bounds(end.value.unit) if end else None
    if not end or not found:
        return ""
    return f"{numbers.bounds(found, numbers.COMPUTED_DIGITS)} {end.value.unit}".rstrip()


def amount(figure: Figure) -> str:
    """Return the quantity of a figure: what was computed is rounded, what is stated is not."""
    digits = numbers.STATED_DIGITS
    if figure.derived:
        digits = numbers.COMPUTED_DIGITS if figure.value.amount.exact else numbers.RATIO_DIGITS
    return numbers.quantity(figure.value, digits)


def label(metric: Key, vocabulary: Vocabulary) -> str:
    """Return what a metric is called within a sentence: ``total processing performance``."""
    return _under(metric, lower(vocabulary.metric(metric[0]).label), vocabulary)


def brief(metric: Key, vocabulary: Vocabulary) -> str:
    """Return the shortest name that the field has for a metric: ``TPP``."""
    definition = vocabulary.metric(metric[0])
    return _under(metric, definition.short or lower(definition.label), vocabulary)


def _under(metric: Key, name: str, vocabulary: Vocabulary) -> str:
    """Return a metric's name with its conditions, in the order of the vocabulary."""
    asked = dict(metric[1])
    found = (
        condition.values.get(asked[each])
        for each, condition in vocabulary.conditions.items()
        if each in asked
    )
    return " ".join([name, *(known.label for known in found if known)])


def unit_shown(metric: str, unit: Unit, vocabulary: Vocabulary) -> str:
    """Return the unit beside a limit; nothing for a metric that people write without one."""
    return "" if vocabulary.metric(metric).bare else str(unit)


def unit_text(metric: Key, unit: Unit, vocabulary: Vocabulary) -> str:
    """Return the field's own name of a metric's unit: ``TPP/mm²``."""
    definition = vocabulary.metric(metric[0])
    return definition.shown_unit if definition.shown_unit and unit == definition.unit else str(unit)


def lower(words: str) -> str:
    """Return a label as it stands within a sentence."""
    return words[0].lower() + words[1:]


def circumstance(
    name: str, values: Sequence[str], vocabulary: Vocabulary, *, negated: bool = False
) -> str:
    """Return a circumstance as a fact: ``not designed or marketed for data centers``.

    A label that is a noun has its verb: ``item is not computer``.
    """
    label = lower(vocabulary.circumstances[name].label)
    words = alternatives(name, values, vocabulary)
    if label.endswith(" for"):
        return f"{'not ' if negated else ''}{label} {words}"
    return f"{label} is {'not ' if negated else ''}{words}"


def alternatives(name: str, values: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return values of a circumstance: ``consumers or workstations``, ``in D:5 or Macau``."""
    definition = vocabulary.circumstances[name]
    if definition.places:
        words = join_words(map(place, values), "or")
        return f"in {words}" if any(map(is_group, values)) else words
    return join_words((definition.values[each].label for each in values), "or")


def said(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return one value of a circumstance as people call it."""
    definition = vocabulary.circumstances[name]
    if definition.places:
        return place(value)
    return join_words((definition.values[each].label for each in several(value)), "or")


def phrase(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return one value of a circumstance as it reads alone: ``for data centers``."""
    definition = vocabulary.circumstances[name]
    words = said(name, value, vocabulary)
    if definition.phrase:
        return definition.phrase.replace("{}", words)
    return f"{lower(definition.label)}: {words}"


def vendor(name: str, vocabulary: Vocabulary) -> str:
    """Return what a vendor calls itself; its id where the vocabulary does not know it."""
    return vocabulary.vendors[name].name if name in vocabulary.vendors else name


def place(value: str) -> str:
    """Return the name of a country from its code; a group of countries is its own name."""
    return value if is_group(value) else countries.name(value)


def confidence(unsure: Confidence | None) -> str:
    """Return how a text is known that was not read: ``secondary sources``; nothing for None."""
    return _CONFIDENCE[unsure] if unsure else ""


def citation(source: Source) -> str:
    """Return a source in one line: publisher, title, date, address, and that of a stable copy."""
    kept = f" (archived: {source.archived})" if source.archived else ""
    return f"{named_source(source)}. {source.url}{kept}"


def named_source(source: Source) -> str:
    """Return a source without its address: publisher, title, date."""
    dated = f" ({source.published})" if source.published else ""
    return f"{source.publisher}: {source.title}{dated}"
