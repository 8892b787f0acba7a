"""Figures of a chip on a page: amount, status and where it is published, and bars beside lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from chipcalc.check.result import Checked
from chipcalc.figures.figure import Figure
from chipcalc.schema.source import Source, Sourced
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.entries import Entry, entries, few, ordered
from chipcalc.words import labels, provenance
from chipcalc.words.closest import Near, nearest_each
from chipcalc.words.figures import amount
from chipcalc.words.sheet import remark

_FULL = Fraction(100)
_ROOM = Fraction(108, 100)  # the end of a bar lies a little behind what is farthest out


class Link(NamedTuple):
    """A source as a link: who published it, what it is called, where it is."""

    name: str
    title: str
    url: str


class Row(NamedTuple):
    """A figure: what it is of, how much, how firm, who says so, and what to know about it."""

    label: str
    amount: str
    unit: str = ""
    status: str = ""
    computed: bool = False
    sources: tuple[Link, ...] = ()
    note: str = ""
    how: str = ""


class Gap(NamedTuple):
    """A figure beside the line it is closest to: both as parts of a hundred of one bar."""

    near: Near
    filled: float
    ranged: float
    line: float


def gaps(checked: Checked) -> list[Gap]:
    """Return the figures that controls compare, each beside the line that it lies closest to."""
    found = []
    for each in nearest_each(checked):
        end = max(each.amount.high, each.at) * _ROOM
        if end <= 0 or each.amount.low < 0:
            continue
        low, high = each.amount.low / end * _FULL, each.amount.high / end * _FULL
        found.append(Gap(each, float(low), float(high - low), float(each.at / end * _FULL)))
    return found


def compared(checked: Checked, store: Store) -> list[Row]:
    """Return the figures that the controls compare, each with what it is computed from."""
    told = [each for each in checked.findings if each.provision.rule.is_control]
    vocabulary = checked.case.evaluator.vocabulary
    known = provenance.used(told)
    return [
        Row(
            labels.brief(name, vocabulary),
            amount(figure),
            labels.unit_text(name, figure.value.unit, vocabulary),
            provenance.firmness(figure, checked),
            figure.derived,
            sources_of(figure, checked.sheet, store),
            how=provenance.equation(figure, known, checked) if figure.derived else "",
        )
        for name, figure in known.items()
    ]


def sources_of(figure: Figure, sheet: Sheet, store: Store) -> tuple[Link, ...]:
    """Return the sources of all statements behind a figure, each once."""
    keys = dict.fromkeys(k for each in figure.statements() for k in each.statement.source)
    return links(list(keys), sheet, store)


def links(keys: Sequence[str], sheet: Sheet, store: Store) -> tuple[Link, ...]:
    """Return sources by their keys as links, each page once."""
    found = (store.source(sheet, each) for each in keys)
    return tuple(dict.fromkeys(link(each) for each in found if each))


def link(source: Source) -> Link:
    """Return a source as a link."""
    return Link(source.publisher, labels.named_source(source), source.url)


def stated(sheet: Sheet, store: Store) -> list[tuple[str, list[Row]]]:
    """Return what a sheet states, section by section, equal rates of several formats as one."""
    vocabulary = store.vocabulary
    found = ordered(few(entries(sheet, vocabulary, whole=False), vocabulary), vocabulary)
    return [
        (section, list(_rows(list(group), sheet, store)))
        for section, group in groupby(found, key=lambda each: each.section)
    ]


def _rows(found: Sequence[Entry], sheet: Sheet, store: Store) -> Iterator[Row]:
    for each in found:
        fact: Sourced | None = each.fact
        yield Row(
            each.label,
            each.value.text,
            each.unit,
            fact.status if fact else "",
            sources=links(fact.source, sheet, store) if fact else (),
            note=remark(fact, sheet, whole=False) if fact else "",
        )
