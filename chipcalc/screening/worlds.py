"""The readings that a row leaves open, each an item that the rules can be asked of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.check import described
from chipcalc.check.what_if import Stated, blank, stating
from chipcalc.figures.circuits import Held
from chipcalc.figures.evaluate import Evaluator
from chipcalc.figures.figure import Figure, Missing
from chipcalc.rules.circumstances import Circumstances, sheet_says
from chipcalc.screening.meaning import DENSE, ENGINE, FORMAT, SPARSITY, TENSOR, UNSTATED
from chipcalc.screening.resolve import Meant
from chipcalc.screening.rows import Figure as OfRow
from chipcalc.screening.rows import Part
from chipcalc.sheets.chip import ASSEMBLED
from chipcalc.sheets.sheet import Sheet
from chipcalc.values import numbers as shown
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary.model import Vocabulary

ITEM = "item"
_CIRCUIT, _DIE = "circuit", "die"
_ROW = "row"


class World(NamedTuple):
    """One reading of a row: the item, under which circumstances, and what the reading is."""

    evaluator: Evaluator
    given: Circumstances
    reading: str = ""


class Worlds(NamedTuple):
    """All readings of a row, with what to tell of it; `open` says why there can be no verdict."""

    found: tuple[World, ...] = ()
    notes: tuple[str, ...] = ()
    open: str = ""


def worlds(part: Part, meant: Meant, vocabulary: Vocabulary) -> Worlds:
    """Return every reading that a row leaves open."""
    said = dict(part.said)
    if meant.sheets:
        return _of_sheets(part, meant, said, vocabulary)
    return _of_figures(part, said, vocabulary)


def has_rates(part: Part, vocabulary: Vocabulary) -> bool:
    """Whether a row states a rate, or what is declared of it, on which rules rest."""
    declared = {each.declared for each in vocabulary.metrics.values() if each.declared}
    return any(
        FORMAT in dict(each.stated.when) or each.stated.metric in declared for each in part.figures
    )


# --- rows of chips that have sheets


def _of_sheets(part: Part, meant: Meant, said: Mapping[str, str], vocabulary: Vocabulary) -> Worlds:
    found: list[World] = []
    notes: dict[str, None] = {}
    for sheet in meant.sheets:
        reading = sheet.id if len(meant.sheets) > 1 else ""
        plain = Evaluator(sheet, vocabulary)
        circuits = max(meant.circuits, part.circuits)
        if circuits > 1 or sheet.contents:
            told = _agreeing(said, plain)
            found.append(_several(plain, circuits, told, vocabulary, reading))
            if part.figures:
                notes["figures of the row are not held against those of the circuits"] = None
            continue
        kept, apart = _held_against(part, plain)
        notes |= dict.fromkeys(apart)
        given = _as_item(part, said, plain)
        told = _agreeing(given, plain)
        if apart or told != given:
            notes |= dict.fromkeys(_differing(given, plain))
            by_sheet = f"{reading}, as its sheet says" if reading else "as the sheet says"
            found.append(World(plain, _circumstances(told), by_sheet))
            reading = f"{reading}, as the row says" if reading else "as the row says"
        changed = Evaluator(stating(sheet, kept, vocabulary), vocabulary) if kept else plain
        found.append(World(changed, _circumstances(given), reading))
    return Worlds(tuple(found), tuple(notes))


def _several(
    circuit: Evaluator, count: int, said: Mapping[str, str], vocabulary: Vocabulary, reading: str
) -> World:
    """Return an item that contains so many of a chip; what contains circuits is one itself."""
    if circuit.circuits:
        return World(circuit, _circumstances(said), reading)
    whole = described.item([Held(count, circuit)], said, vocabulary)
    return World(whole.evaluator, _circumstances(said), reading)


def _as_item(part: Part, said: Mapping[str, str], plain: Evaluator) -> dict[str, str]:
    """Return what is said of an item, with what it is where only the row tells that."""
    if part.kind in ASSEMBLED and not plain.sheet.item:
        return {**said, ITEM: part.kind}
    return dict(said)


def _agreeing(said: Mapping[str, str], plain: Evaluator) -> dict[str, str]:
    """Return what a row says and its sheet does not contradict."""
    return {name: value for name, value in said.items() if _told(name, plain) in ("", value)}


def _told(name: str, plain: Evaluator) -> str:
    """Return what a sheet itself says of a circumstance; nothing where that is only usual."""
    definition = plain.vocabulary.circumstances[name]
    stated = getattr(plain.sheet, definition.field) if definition.field else definition.detail
    return (sheet_says(name, plain) or "") if stated else ""


def _differing(said: Mapping[str, str], plain: Evaluator) -> Iterator[str]:
    for name, value in said.items():
        told = _told(name, plain)
        if told not in ("", value):
            yield f"{name}: {value} in the row, {told} in the sheet"


def _held_against(part: Part, plain: Evaluator) -> tuple[list[Stated], list[str]]:
    """Return the figures of a row that count beside its sheet, and how others differ from it.

    One that says less than the sheet does, as a rate dense or sparse, does not count if it agrees.
    """
    kept: list[Stated] = []
    apart: list[str] = []
    for each in part.figures:
        when = dict(each.stated.when)
        vague = when.get(SPARSITY) not in (None, DENSE) or when.get(ENGINE) == UNSTATED
        asked = {**when, **({SPARSITY: DENSE, ENGINE: TENSOR} if vague else {})}
        known = plain.figure(each.stated.metric, asked)
        if isinstance(known, Missing):
            if not vague or not known.listed:
                kept.append(each.stated)
            continue
        agrees = _agrees(each, known, vague=vague, least=when.get(ENGINE) == UNSTATED)
        if not agrees:
            own = each.stated.quantity
            said = f"{_text(own)} in the row, {_text(known.value.to(own.unit))} in the sheet"
            apart.append(f"{each.column}: {said}")
        if not vague or not agrees:
            kept.append(each.stated)
    return kept, apart


def _agrees(each: OfRow, known: Figure, *, vague: bool, least: bool) -> bool:
    own = each.stated.quantity.amount
    stated = known.value.to(each.stated.quantity.unit).amount
    if not vague:
        return own.low <= stated.high and stated.low <= own.high
    return stated.low <= own.high or (least and stated.high >= own.low)


def _text(quantity: Quantity) -> str:
    return shown.quantity(quantity)


# --- rows that describe a part by its figures alone


def _of_figures(part: Part, said: Mapping[str, str], vocabulary: Vocabulary) -> Worlds:
    numbers = {each.said.times for each in part.figures if each.said.times > 1}
    if part.kind == _DIE:
        return _of_one_die(part, said, vocabulary)
    wrong = _count_unclear(part, numbers)
    if wrong:
        return Worlds(open=wrong)
    number = part.circuits or next(iter(numbers), 0)
    if not number:
        return Worlds((_one(part, part.figures, said, vocabulary),))
    apart = _circuits(part, number, said, vocabulary)
    if part.circuits or part.kind in ASSEMBLED:
        return Worlds((apart,), _shared(part))
    package = _one(part, [_times(each) for each in part.figures], said, vocabulary)
    if part.kind == _CIRCUIT:
        return Worlds((package,))
    readings = (
        package._replace(reading=f"{number} dies in one circuit"),
        apart._replace(reading=f"{number} circuits"),
    )
    return Worlds(readings)


def _count_unclear(part: Part, numbers: Collection[int]) -> str:
    """Return why it is not known how many circuits a row is about, if it is not."""
    if len({*numbers, part.circuits} - {0}) > 1:
        return "two different numbers of circuits"
    if part.kind in ASSEMBLED and not part.circuits and not numbers:
        return "how many circuits it contains is not stated"
    return ""


def _one(
    part: Part, figures: Iterable[OfRow], said: Mapping[str, str], vocabulary: Vocabulary
) -> World:
    stated = [each.stated for each in figures]
    evaluator = _circuit(stated, vocabulary, least=_lacks_rate(part, vocabulary))
    return World(evaluator, _circumstances(_with_kind(part, said)))


def _with_kind(part: Part, said: Mapping[str, str]) -> Mapping[str, str]:
    return {**said, ITEM: part.kind} if part.kind in ASSEMBLED else said


def _circuit(
    figures: Sequence[Stated], vocabulary: Vocabulary, *, least: bool = False
) -> Evaluator:
    """Return a circuit with some figures; where they are the `least`, others may be larger."""
    sheet = blank(vocabulary)
    figures = sorted(figures, key=lambda each: dict(each.when).get(SPARSITY) == DENSE)
    partial = least or is_partial(figures, vocabulary)
    if partial:  # it is not described in full: what the row leaves out may be larger
        chip = sheet.chip.model_copy(update={"id": _ROW})
        sheet = Sheet(chip, sheet.document, None, sheet.unshared)
    return Evaluator(stating(sheet, figures, vocabulary, partial=partial), vocabulary)


def _lacks_rate(part: Part, vocabulary: Vocabulary) -> bool:
    """Whether a rate of a row could not be read, so that those that could are the least."""
    return any(FORMAT in vocabulary.metrics[e].by for e in part.unread & {*vocabulary.metrics})


def is_partial(figures: Iterable[Stated], vocabulary: Vocabulary) -> bool:
    """Whether rates that usually decide are not among some: none of matrix units, or none fast."""
    rated = {dict(e.when)[FORMAT] for e in figures if dict(e.when).get(ENGINE) == TENSOR}
    formats = vocabulary.conditions[FORMAT].values
    return not any(
        not formats[each].outdone_by or not rated.isdisjoint(formats[each].outdone_by)
        for each in rated
    )


def _times(each: OfRow) -> OfRow:
    """Return a figure of several as that of all."""
    count = each.said.times if each.said.times > 1 and not each.said.total else 1
    return _with_amount(each, each.stated.quantity.amount * exactly(count))


def _with_amount(each: OfRow, amount: Interval) -> OfRow:
    quantity = Quantity(amount, each.stated.quantity.unit)
    return each._replace(stated=each.stated._replace(quantity=quantity))


def _circuits(part: Part, number: int, said: Mapping[str, str], vocabulary: Vocabulary) -> World:
    """Return an item of so many circuits, all alike, each with its share of what is of all."""
    shares = [_share(each, number).stated for each in part.figures if _is_of_each(each, vocabulary)]
    least = _lacks_rate(part, vocabulary)
    held = [Held(number, _circuit(shares, vocabulary, least=least))]
    given = _with_kind(part, said)
    whole = described.item(held, given, vocabulary)
    return World(whole.evaluator, _circumstances(given))


def _is_of_each(each: OfRow, vocabulary: Vocabulary) -> bool:
    """Whether each circuit surely has such a figure: a rate or an area."""
    metric = each.stated.metric
    return FORMAT in dict(each.stated.when) or vocabulary.metric(metric).die is not None


def _shared(part: Part) -> tuple[str, ...]:
    """Return for which figures it is not said whether they are of each circuit or of all."""
    vague = [
        e.column for e in part.figures if not (e.said.times > 1 or e.said.each or e.said.total)
    ]
    return tuple(f"{each}: of each circuit or of all is not said" for each in vague)


def _share(each: OfRow, number: int) -> OfRow:
    """Return what each circuit has: its share of a total; from there up where that is not said."""
    own = each.stated.quantity.amount
    if each.said.each or (each.said.times > 1 and not each.said.total):
        return each
    least = own / exactly(number)
    if each.said.total:
        return _with_amount(each, least)
    return _with_amount(each, Interval(least.low, own.best, own.high))


def _of_one_die(part: Part, said: Mapping[str, str], vocabulary: Vocabulary) -> Worlds:
    """Return what is known of a circuit by one of its dies: its rates are the least."""
    rates = [e.stated for e in part.figures if FORMAT in dict(e.stated.when)]
    found = World(_circuit(rates, vocabulary, least=True), _circumstances(said))
    return Worlds((found,), ("figures of one die are the least of a circuit",))


def _circumstances(said: Mapping[str, str]) -> Circumstances:
    return Circumstances.nothing().supposing(said)
