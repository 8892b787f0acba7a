"""What a sheet states, fact by fact: label, amount, unit, where it stands, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.contract import sheet as sheet_contract
from chipcalc.schema.source import Sourced
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.tables.report import NOTHING, Cell, cell
from chipcalc.values import numbers
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary, largest_unit
from chipcalc.words import sheet as words

_IN_WORDS = "In words"


class Entry(NamedTuple):
    """One line of the sheet: what it is about, what it says, and what that rests on.

    `lead` is the format, if any, before the rest of its label; entries that are the same in all
    of `of` differ in nothing else. A minor one is shown only when the whole sheet is.
    """

    section: str
    label: str
    value: Cell
    unit: str = ""
    fact: Sourced | None = None
    origins: tuple[str, ...] = ()
    contract: sheet_contract.Fact | None = None
    lead: str = ""
    of: tuple[object, ...] = ()
    minor: bool = False


def entries(sheet: Sheet, vocabulary: Vocabulary, *, whole: bool) -> list[Entry]:
    """Return every fact of a sheet: statements by metric, dies, facts in words."""
    return [
        *_stated(sheet, vocabulary, whole=whole),
        *_dies(sheet, vocabulary, whole=whole),
        *_in_words(sheet, vocabulary),
    ]


def few(found: Sequence[Entry], vocabulary: Vocabulary) -> list[Entry]:
    """Return what matters of the facts, those that are equal for several formats as one."""
    return list(_merged([each for each in found if not each.minor], vocabulary))


def ordered(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[Entry]:
    """Return entries by section, in the order of the vocabulary; facts in words come last."""
    order = list(dict.fromkeys(each.section for each in vocabulary.metrics.values()))
    order += [words.DECLARED]
    place = {section: number for number, section in enumerate(order)}
    return sorted(entries, key=lambda each: place.get(each.section, len(place)))


def _stated(sheet: Sheet, vocabulary: Vocabulary, *, whole: bool) -> Iterator[Entry]:
    declared = vocabulary.declared.values()
    for metric, definition in vocabulary.metrics.items():
        section = words.DECLARED if metric in declared else definition.section
        beside = "" if whole else _beside(metric, sheet, vocabulary)
        for located in sheet.statements.get(metric, ()):
            found = located.statement
            shown = found.quantity if whole else _scaled(found.quantity, definition)
            lead = next((found.when[each] for each in vocabulary.leading if each in found.when), "")
            name = words.statement_label(definition, found.when, sheet, vocabulary, whole=whole)
            yield Entry(
                section,
                name,
                _amount(found, shown),
                " ".join(filter(None, (str(shown.unit), beside))),
                found,
                (words.origin(located, sheet),),
                sheet_contract.figure(metric, found, located),
                lead,
                (metric, name.removeprefix(leading_label(lead, vocabulary)), found.quantity.base),
                definition.minor
                or _is_same_rate(found, sheet.statements[metric], vocabulary)
                or _is_of_other_mode(found, sheet, vocabulary),
            )


def _is_of_other_mode(statement: Statement, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether a figure holds in another mode of the chip than the usual one."""
    modes = (v for k, v in statement.when.items() if vocabulary.conditions[k].role == "mode")
    return any(each != sheet.usual_mode for each in modes)


def _is_same_rate(statement: Statement, others: Sequence[Located], vocabulary: Vocabulary) -> bool:
    """Whether a figure is in an unusual reading, and stated in the usual one as well."""
    usual = {
        name: vocabulary.conditions[name].default or value
        if vocabulary.conditions[name].role == "reading"
        else value
        for name, value in statement.when.items()
    }
    return usual != statement.when and any(each.statement.when == usual for each in others)


def leading_label(value: str, vocabulary: Vocabulary) -> str:
    """Return what a leading value of a condition is called; nothing for none."""
    known = (vocabulary.conditions[each].values.get(value) for each in vocabulary.leading)
    return next((each.label for each in known if each), "")


def _amount(statement: Statement, quantity: Quantity) -> Cell:
    shown = numbers.amounts(quantity.amount, numbers.STATED_DIGITS)
    return Cell((shown,), role="strong", estimated=statement.status == "estimated")


def _scaled(quantity: Quantity, definition: MetricDefinition) -> Quantity:
    """Return a quantity in the largest of the metric's units in which it is one or more."""
    alike = [each for each in definition.larger if each.dimension == quantity.unit.dimension]
    unit = largest_unit(alike, quantity.base.low)
    return quantity.to(unit) if unit else quantity


def _beside(metric: str, sheet: Sheet, vocabulary: Vocabulary) -> str:
    """Return the fact in words that follows the figure of a metric: ``HBM3``; no more than that."""
    found = [
        each.value.partition(" (")[0]
        for name, definition in vocabulary.details.items()
        if definition.beside == metric
        for each in sheet.details(name)
    ]
    return ", ".join(found)


def _dies(sheet: Sheet, vocabulary: Vocabulary, *, whole: bool) -> Iterator[Entry]:
    metric, section = next((n, e.section) for n, e in vocabulary.metrics.items() if e.die)
    for die, area in zip(sheet.mirrors("dies").chip.dies, sheet.areas, strict=True):
        label = words.die_label(die, whole=whole)
        if area is None:
            yield Entry(section, label, cell("unknown", role="missing"))
            continue
        found = area.statement
        record = sheet_contract.figure(metric, found, area, {"die": die.name})
        yield Entry(
            section,
            label,
            _amount(found, found.quantity),
            str(found.unit),
            found,
            (words.origin(area, sheet),),
            record,
        )


class _Word(NamedTuple):
    """A fact that is no quantity, and where it stands; a minor one is told in another place."""

    label: str
    value: str
    fact: Sourced
    path: tuple[str | int, ...]
    stating: Sheet
    minor: bool = False


def _in_words(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Entry]:
    """Yield the facts that are no quantities: market, memory type, form factor, ECCN."""
    for each in _words(sheet, vocabulary):
        at = each.stating.document.line(each.path)
        line = words.fact_origin(at, each.stating, sheet)
        label = f"{each.label}: {each.value}"
        origin = words.fact_origin(at, each.stating)
        record = sheet_contract.fact(each.label, each.value, each.fact, origin)
        yield Entry(_IN_WORDS, label, NOTHING, "", each.fact, (line,), record, minor=each.minor)
    eccn = sheet.chip.declared.eccn
    if eccn:
        at = sheet.document.line(("declared", "eccn"))
        line, origin = words.fact_origin(at, sheet, sheet), words.fact_origin(at, sheet)
        record = sheet_contract.fact("ECCN declared by the vendor", eccn.value, eccn, origin)
        label = f"{words.DECLARED_CLASS}: {eccn.value}"
        yield Entry(words.DECLARED, label, NOTHING, "", eccn, (line,), record)


def _words(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Word]:
    owner = sheet.mirrors("market")
    if owner.chip.market:
        market = owner.chip.market
        yield _Word("Market", market.value, market, ("market",), owner, minor=True)
    known_to_be = sheet.chip.availability
    if known_to_be:
        place = ("availability",)
        yield _Word("Availability", known_to_be.value, known_to_be, place, sheet, minor=True)
    for name, facts in sheet.chip.details.items():
        known = vocabulary.details[name]
        minor = known.heads or bool(known.beside)
        for index, each in enumerate(facts):
            path = ("details", name, index)
            yield _Word(known.label, each.value, each, path, sheet, minor)


def _merged(entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[Entry]:
    """Yield entries in which those that say the same of different formats are one."""
    groups: dict[object, list[Entry]] = {}
    for number, each in enumerate(entries):
        fact = each.fact
        same = (each.of, fact.status, fact.source, fact.note, fact.at, fact.as_of) if fact else ()
        groups.setdefault(same if each.lead else number, []).append(each)
    for group in groups.values():
        first = group[0]
        units = [each.unit for each in group]
        if len(group) > 1:
            joint = ", " if len(set(units)) == 1 else " · "
            leads = [leading_label(each.lead, vocabulary) for each in group]
            first = first._replace(
                label=joint.join(leads) + first.label.removeprefix(leads[0]),
                unit=units[0] if joint == ", " else joint.join(units),
                origins=tuple(origin for each in group for origin in each.origins),
            )
        yield first
