"""A memo of one shipment in the order in which a lawyer reads, to be ticked off and signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.check.result import Checked, Finding
from chipcalc.figures.figure import Figure, Key
from chipcalc.licence.licence import Licence
from chipcalc.rules.diligence import Questions
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, TARIFF
from chipcalc.rules.rulebook import Rulebook
from chipcalc.schema.source import Source
from chipcalc.sheets.sheet import GIVEN
from chipcalc.tables import licence as licence_table
from chipcalc.tables import proof as proof_table
from chipcalc.tables.outcomes import outcomes_of
from chipcalc.tables.report import Column, Grid, Part, Row, Screen, cell, is_lines, noted
from chipcalc.values.logic import Verdict
from chipcalc.words import labels, proof, provenance, sheet
from chipcalc.words import licence as licence_words
from chipcalc.words import shipments as words
from chipcalc.words.asks import asks
from chipcalc.words.check import NO_ADVICE, circumstance, decisive, first_said, freshness
from chipcalc.words.closest import decides, nearest
from chipcalc.words.figures import amount
from chipcalc.words.line import Block, Phrase, TextLine, block, command, deeper, phrased

_OF_SHIPMENTS = (REQUIREMENT, EXCEPTION, REVIEW, LETTER, GUIDANCE, TARIFF)
_TICK = "[ ]"
_BESIDE = 26  # signs
_NAME, _DAY = "_" * 24, "_" * 12
_FIGURES = (
    Column("figure", name="figure"),
    Column("", "decimal", name="value"),
    Column("", name="unit"),
    Column("", name="how"),
    Column("", name="status"),
    Column("source", name="source"),
)


class Made(NamedTuple):
    """By which versions of the program and of its data a memo was made, and when."""

    program: str
    data: str
    day: datetime.date


def memo(
    licence: Licence,
    rulebook: Rulebook,
    lists: Sequence[Questions],
    made: Made,
    asked_by: Sequence[str] = (),
) -> Screen:
    """Return a memo of a shipment; `lists` are the questions that guidance asks of it.

    `asked_by` are the words of the command that asks for the shipment again.
    """
    sources = _Sources(licence, rulebook)
    parts: tuple[Part, ...] = (
        *_item(licence, sources),
        *_classification(licence.checked),
        *_licence(licence),
        *noted(
            _section("Open questions", list(_open(licence)) or ["None of those modelled."]),
            _section("Not modelled, and can decide", _not_modelled(licence)),
            _to_ask(lists, sources),
            (*_heading("Sources"), *sources.lines(), *block(_law(licence, rulebook))),
            _signatures(),
            _end(licence, made, asked_by),
        ),
    )
    title = block(words.headline(licence), *deeper(first_said(licence.checked)))
    return Screen(title, tuple(_spaced(parts)), (licence.checked.sheet.name,))


def _spaced(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts with one blank line between them: none before a block that has one anyway."""
    apart = True
    for part in parts:
        if not part:
            continue
        if is_lines(part):
            yield part[1:] if apart and not part[0].text else part
            apart = False
        else:
            yield part
            apart = True


def _heading(text: str) -> Block:
    return (TextLine(""), TextLine(text, role="heading"))


def _section(text: str, lines: Sequence[str | TextLine]) -> Block:
    """Return a heading with what stands below it; nothing where nothing does."""
    return (*_heading(text), *deeper(lines)) if lines else ()


class _Sources:
    """The publications that a memo rests on, numbered in the order in which it names them."""

    def __init__(self, licence: Licence, rulebook: Rulebook) -> None:
        self._sheet = licence.checked.sheet
        self._rulebook = rulebook
        self._found: dict[str, Phrase] = {}

    def of(self, figure: Figure) -> str:
        """Return the numbers of the sources of a figure; ``none`` for an estimate without one."""
        keys = dict.fromkeys(key for e in figure.statements() for key in e.statement.source)
        store = self._rulebook.store
        numbers = [self._number(key, store.source(self._sheet, key)) for key in keys]
        return ", ".join(numbers) or "none"

    def shared(self, keys: Sequence[str]) -> str:
        """Return the numbers of sources that files share: ``sources 6, 7``."""
        store = self._rulebook.store
        numbers = [self._number(key, store.shared_source(key)) for key in keys]
        return f"source{'s' * (len(numbers) > 1)} {', '.join(numbers)}"

    def lines(self) -> list[TextLine]:
        """Return every source with its number, each as a link to where it is."""
        found = enumerate(self._found.values(), 1)
        return [phrased(each, marker=str(number)) for number, each in found]

    def _number(self, key: str, source: Source | None) -> str:
        """Return the number of a source, by what it is; a new one for a new source."""
        address = source.url if source else key
        words = f"{source.publisher}: {source.title}" if source else key
        self._found.setdefault(address, Phrase(words, link=address if source else ""))
        return str([*self._found].index(address) + 1)


def _ruling(licence: Licence) -> list[Finding]:
    """Return the rules that classify, and those of the shipment that are met, or may be."""
    shown = [each for kind in _OF_SHIPMENTS for each in licence.of(kind)]
    return [
        *proof.proved(licence.checked),
        *(each for each in shown if each.verdict is not Verdict.not_met),
    ]


def _law(licence: Licence, rulebook: Rulebook) -> TextLine:
    """Return where the texts stand that classify, or that may reach the shipment, as links."""
    found: dict[str, str] = {}
    for each in _ruling(licence):
        version = each.provision.version
        sources = [rulebook.source(each.provision, key) for key in version.source]
        address = next((source.url for source in sources if source), "")
        for place in filter(None, (version.citation, version.at)):
            found.setdefault(place, address)
    parts = [Phrase(place, link=address) for place, address in found.items()]
    apart = [Phrase("; ")] * (len(parts) - 1)
    between = [each for pair in zip(parts, apart, strict=False) for each in pair]
    return phrased("Law: ", *between, *parts[-1:])


def _item(licence: Licence, sources: _Sources) -> Iterator[Part]:
    """Yield what the item is, and the figures that the rules compare, with their sources."""
    checked, taken = licence.checked, licence_table.circumstances([licence])
    about = (
        []
        if checked.sheet.id == GIVEN
        else [sheet.head(checked.sheet, checked.case.evaluator.vocabulary, whole=False)]
    )
    declared = provenance.declared(checked)
    yield (*_heading("Item"), *block(*about, f"Taken as: {taken}" if taken else "", declared))
    known = provenance.used(proof.proved(checked))
    rows = [row for each in known.items() for row in _figure(*each, checked, sources)]
    if rows:
        yield Grid(_FIGURES, tuple(rows), "memo")


def _figure(name: Key, figure: Figure, checked: Checked, sources: _Sources) -> Iterator[Row]:
    """Yield a figure; what it is made of stands below it where there is no room beside it."""
    vocabulary = checked.case.evaluator.vocabulary
    known = provenance.used(proof.proved(checked))
    made = provenance.equation(figure, known, checked) if figure.derived else ""
    made = made or provenance.dies_of(name[0], checked)
    how = f"= {made}" if made else ""
    yield Row(
        (
            cell(labels.brief(name, vocabulary)),
            cell(amount(figure)),
            cell(labels.unit_text(name, figure.value.unit, vocabulary)),
            cell(how if len(how) <= _BESIDE else ""),
            cell(provenance.firmness(figure, checked)),
            cell(sources.of(figure)),
        )
    )
    if len(how) > _BESIDE:
        yield Row((cell(how, level=2, role="faint"),), heading=True)


def _classification(checked: Checked) -> Iterator[Part]:
    """Yield every paragraph with the relations that decide, their margins, and what takes out."""
    told = proof.proved(checked)
    yield _heading("Classification, paragraph by paragraph")
    grid = proof_table.criteria(checked, told)
    if grid.rows:
        yield grid
    yield from outcomes_of(checked)
    near = nearest(checked)
    yield block(
        decides(checked),
        f"Closest line: {near.says}" if near else "",
        *proof.exceptions(told, checked),
        decisive(checked),
    )


def _licence(licence: Licence) -> Iterator[Part]:
    """Yield whether a licence is needed, exceptions and review, and the conditions to tick off."""
    yield _heading("Licence, exceptions, review")
    found = licence_table.one(licence).parts
    yield from (each for each in found if isinstance(each, Grid))
    yield block(*licence_words.remarks([licence]))
    ticks = [line for part in found if is_lines(part) for line in _ticked(part)]
    if ticks:
        yield (*_heading("Conditions to tick off"), *ticks)


def _ticked(part: Part) -> Block:
    """Return a block of conditions with what they are of; nothing of another block."""
    return part if is_lines(part) and any(each.marker == _TICK for each in part) else ()


def _open(licence: Licence) -> Iterator[str]:
    """Yield what is not settled, and what would have to be known, or asked elsewhere."""
    checked = licence.checked
    for label, aspect, say in licence_words.aspects(licence):
        if aspect.deciding or aspect.views or aspect.verdict is Verdict.unknown:
            yield f"{label}: {licence_words.answer(aspect, checked.case, say)}"
    for each in asks(licence.printed, licence.enforced):
        yield f"To ask: {each.what} ({each.by})"
    missing = [
        name
        for _, aspect, _ in licence_words.aspects(licence)
        for name in licence_words.open_circumstances(aspect)
        if not checked.case.said(name)
    ]
    yield from (circumstance(checked, e, "not given") for e in dict.fromkeys(missing))


def _not_modelled(licence: Licence) -> list[str]:
    """Return what the paragraphs and the requirements leave out."""
    paragraphs = [
        e for f in proof.proved(licence.checked) for e in f.provision.version.not_modelled
    ]
    return list(dict.fromkeys([*licence_words.left_out([licence]), *paragraphs]))


def _to_ask(lists: Sequence[Questions], sources: _Sources) -> Block:
    """Return the questions to ask of the transaction, each list with where it stands."""
    if not lists:
        return ()
    lines = [line for each in lists for line in _list(each, sources)]
    return (*_heading("To ask of the transaction"), *lines)


def _list(each: Questions, sources: _Sources) -> Iterator[TextLine]:
    unsure = labels.confidence(None if each.confidence in ("text", "quoted") else each.confidence)
    place = "; ".join(filter(None, (each.at, unsure, sources.shared(each.source))))
    yield phrased(Phrase(each.title, "strong"), f" ({place}). {each.note or ''}".rstrip())
    yield from (TextLine(words, 1, _TICK) for words in each.asks)


def _signatures() -> Block:
    lines = (f"{each}: {_NAME} Date: {_DAY}" for each in ("Prepared by", "Reviewed by"))
    return (*_heading("Signatures"), *map(TextLine, lines))


def _end(licence: Licence, made: Made, asked_by: Sequence[str]) -> Block:
    """Return how old the texts are, what made the memo, and how to see all of it."""
    checked = licence.checked
    ages = dict.fromkeys([*licence_words.ages([licence]), *freshness([checked])])
    again = tuple(asked_by) or words.again_one(licence)
    return block(
        TextLine(""),
        *list(ages)[:2],
        f"Law of {checked.day}; made on {made.day} by chipcalc {made.program}, data {made.data}",
        TextLine(f"{NO_ADVICE} Every step, with sources:", role="faint"),
        command(words.command_line(*again, "--explain")),
    )
