"""A spec sheet in words: what its statements are called, and what is said above and below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chipcalc.errors import join_words
from chipcalc.schema.source import Source, Sourced
from chipcalc.sheets.chip import Die
from chipcalc.sheets.sheet import Located, Sheet
from chipcalc.vocabulary.model import MetricDefinition, Vocabulary
from chipcalc.words import modes
from chipcalc.words.contents import listed
from chipcalc.words.labels import lower, named_source, value_label, vendor
from chipcalc.words.line import HARD_SPACE, Phrase, TextLine, phrased

DECLARED = "Declared by the vendor"
DECLARED_CLASS = "ECCN"
MORE = "With links, every statement, condition and note, and all computed figures:"


def market(value: str, vocabulary: Vocabulary) -> str:
    """Return a market, or what an item is, as people call it: ``data centers``, ``computer``.

    It stays as it is where nothing asks for it.
    """
    known = (each.values.get(value) for each in vocabulary.circumstances.values() if each.field)
    return next((each.label for each in known if each), value)


def head(sheet: Sheet, vocabulary: Vocabulary, *, whole: bool) -> TextLine:
    """Return the line that names a chip: vendor, families, market, launch, form factor.

    Unless it is to be whole, what stands in brackets is left out.
    """
    chip = sheet.chip
    forms = [
        each.value if whole else each.value.partition(" (")[0]
        for name, definition in vocabulary.details.items()
        if definition.heads
        for each in sheet.details(name)
    ]
    facts = [
        vendor(chip.vendor, vocabulary),
        *(each for each in chip.family if each != chip.id),
        market(sheet.market.value, vocabulary) if sheet.market else "",
        market(sheet.item.value, vocabulary) if sheet.item else "",
        str(chip.launched or ""),
        *forms,
    ]
    return phrased(Phrase(chip.name, "title"), " · ".join(("", *filter(None, facts))))


def below_head(sheet: Sheet, vocabulary: Vocabulary, *, whole: bool) -> Iterator[TextLine]:
    """Yield what else a chip is called, what it mirrors, and what to know of it as a whole."""
    chip = sheet.chip
    if whole:
        formats = sheet.mirrors("formats").chip.formats
        known = ", ".join(_label(each, vocabulary) for each in formats) if formats else ""
        yield TextLine(f"id {chip.id}; formats offered: {known or 'not known in full'}")
    if sheet.contents:
        yield TextLine(f"contains {listed(sheet.contents)}")
    if sheet.modes:
        yield TextLine(modes.listed(sheet))
    if chip.aliases:
        yield TextLine(f"also {', '.join(chip.aliases)}")
    if chip.variant_of:
        cap = chip.variant_of
        said = f"; {cap.note}" if cap.note else ""
        words = f"a variant of {cap.chip}, whose figures it mirrors ({cap.status}){said}"
        yield TextLine(words, clipped=not whole)
    for note in chip.notes if whole else chip.notes[:1]:
        yield TextLine(note, clipped=not whole)


def _label(name: str, vocabulary: Vocabulary) -> str:
    """Return what a metric, or else a value of a condition such as a format, is called."""
    if name in vocabulary.metrics:
        return lower(vocabulary.metrics[name].label)
    known = (each.values.get(name) for each in vocabulary.conditions.values())
    return next((each.label for each in known if each), name)


def absent(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what the chip does not have, and what nobody published of it."""
    none = sheet.mirrors("not_offered").chip.not_offered
    if none:
        yield f"Does not have: {join_words(_label(each, vocabulary) for each in none)}"
    unknown = [
        lower(each.label).partition(",")[0]
        for name, each in vocabulary.metrics.items()
        if each.compare == "always" and each.formula is None
        if name not in none and not sheet.statements.get(name)
    ]
    if not sheet.chip.launched:
        unknown.append("day of launch")
    if sheet.market is None:
        unknown.append("market")
    if unknown:
        yield f"Not published: {join_words(unknown)}"


def statement_label(
    definition: MetricDefinition,
    when: Mapping[str, str],
    sheet: Sheet,
    vocabulary: Vocabulary,
    *,
    whole: bool = False,
) -> str:
    """Return what a statement is about: ``FP8 tensor``, ``Chip-to-chip, each direction``.

    The usual reading and mode go without saying, unless the whole is asked for: ``FP8 tensor,
    dense``.
    """
    leading: list[str] = []
    rest: list[str] = []
    said = False
    for name, value in when.items():
        condition = vocabulary.conditions[name]
        if condition.role == "reading":
            if value == condition.default and not whole:
                continue
            said = True
        if value == sheet.usual_mode and condition.role == "mode" and not whole:
            continue
        led = condition.role == "row" and any(each in when for each in vocabulary.leading)
        (leading if led else rest).append(_condition_value(name, value, sheet, vocabulary))
    if leading:
        return ", ".join((" ".join(filter(None, (*leading, definition.row_label))), *rest))
    return ", ".join((definition.label.partition(",")[0] if said else definition.label, *rest))


def _condition_value(name: str, value: str, sheet: Sheet, vocabulary: Vocabulary) -> str:
    """Return what a value of a condition is called; of a processing unit or mode, by the sheet."""
    if value in vocabulary.conditions[name].values:
        return value_label(name, value, vocabulary)
    own = sheet.modes if vocabulary.conditions[name].role == "mode" else sheet.units
    return own[value].label if value in own else value


def die_label(die: Die, *, whole: bool) -> str:
    """Return what a die is called: ``Die GH100, TSMC 4N``; whole, with kind and transistors."""
    name = f"{die.count} × {die.name}" if die.count > 1 else die.name
    kind = die.kind if whole or die.kind != "logic" else ""
    facts = (name, kind, die.process or "", (die.transistor or "") if whole else "")
    return f"Die {', '.join(filter(None, facts))}"


def lines_said(origins: Iterable[str], *, ending: bool = False) -> str:
    """Return places in sheets in few words: ``32–34``, and ``h20:32`` for those of another one.

    With its ending that is ``h20.yaml:32``.
    """
    found: dict[str, list[int]] = {}
    for file, _, line in (each.rpartition(":") for each in origins if each):
        found.setdefault(file if ending else Path(file).stem, []).append(int(line))
    own = [_runs(found.pop("", []))]
    return ", ".join(filter(None, own + [f"{file}:{_runs(e)}" for file, e in found.items()]))


def _runs(numbers: Iterable[int], shortest: int = 2) -> str:
    """Return numbers with those that follow one another as ranges: ``1, 2, 4–7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= shortest else ", ".join(map(str, run)) for run in runs
    )


def origin(located: Located, sheet: Sheet) -> str:
    """Return the line in the sheet's own file, or file and line where another file states it."""
    own = located.file == sheet.document.file
    return str(located.line) if own else located.origin


def fact_origin(line: int, stating: Sheet, sheet: Sheet | None = None) -> str:
    """Return file and line of a fact, or the line alone in the own file of the sheet, if any."""
    return str(line) if stating is sheet else f"{Path(stating.document.file).name}:{line}"


def remark(fact: Sourced, sheet: Sheet, *, whole: bool) -> str:
    """Return what to know of a fact; why a variant mirrors is said once, above.

    The whole of it says also where in the source the fact stands.
    """
    note = fact.note or ""
    shared = sheet.chip.variant_of.note if sheet.chip.variant_of else None
    if shared:
        note = note.removeprefix(shared).removeprefix("; ")
    dated = f"as of {fact.as_of}" if fact.as_of else ""
    place = f"in the source: {fact.at}" if whole and fact.at else ""
    return "; ".join(filter(None, (dated, note, place)))


def numbers_said(numbers: Iterable[int]) -> str:
    """Return the numbers of sources in few words: ``1, 2``, and ``4–7`` from three on."""
    return _runs(numbers, shortest=3)


def short_sources(sources: Mapping[str, Source | None]) -> TextLine:
    """Return sources by number and publisher, each publisher once; each number leads to its page.

    A source that is not described goes by its key.
    """
    by_name: dict[str, list[tuple[int, str]]] = {}
    for number, (key, source) in enumerate(sources.items(), start=1):
        name = source.publisher if source else key
        by_name.setdefault(name, []).append((number, source.url if source else ""))
    found: list[str | Phrase] = []
    for name, numbered in by_name.items():
        found += [" · "] * bool(found)
        for number, url in numbered[:-1]:
            found += [Phrase(str(number), link=url), f",{HARD_SPACE}"]
        number, url = numbered[-1]
        found.append(Phrase(f"{number}{HARD_SPACE}{name}".replace(" ", HARD_SPACE), link=url))
    return phrased(*found)


def full_source(number: int, key: str, source: Source | None) -> TextLine:
    """Return a source behind its number: publisher, title, date, address."""
    if source is None:
        return TextLine(key, marker=str(number))
    found: list[str | Phrase] = [f"{named_source(source)}. ", Phrase(source.url, link=source.url)]
    if source.archived:
        found += [" (archived: ", Phrase(source.archived, link=source.archived), ")"]
    return phrased(*found, marker=str(number))
