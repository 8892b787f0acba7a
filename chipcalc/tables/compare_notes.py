"""What stands below a compared figure: the notes that matter most, marks, and how firm all is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.figures.figure import Figure
from chipcalc.schema.source import STATUSES, Source
from chipcalc.sheets.store import Store
from chipcalc.tables.cells import remark
from chipcalc.tables.report import Row
from chipcalc.words.labels import citation
from chipcalc.words.line import Block, TextLine, block, deeper, lettered
from chipcalc.words.names import Naming

MOST_NOTES = 5


class Notes(NamedTuple):
    """The footnotes of a table: each text once, with the chips that it is about, and its number.

    Those that most cells rest on are shown, the others are counted. Where notes are cut, `first`
    has the clause by which each goes, and those that begin alike are one.
    """

    chips: Mapping[str, tuple[int, ...]]
    numbers: Mapping[str, int]
    first: Mapping[str, str]

    def number(self, text: str) -> int:
        """Return the number of a footnote that is shown; none for any other."""
        return self.numbers.get(self.first.get(text, text), 0)

    @property
    def more(self) -> int:
        """How many notes are not shown."""
        return len(self.chips) - len(self.numbers)


def notes(
    comparison: Comparison, cells: Sequence[tuple[ComparedRow, int]], *, every: bool
) -> Notes:
    """Return the footnotes of the cells of a table, in their order: all, or those of most cells."""
    remarks = [(remark(comparison, line, index), index) for line, index in cells]
    first = {} if every else _beginnings({text for text, _ in remarks if text})
    chips: dict[str, list[int]] = {}
    for text, index in remarks:
        if text:
            chips.setdefault(first.get(text, text), []).append(index)
    ranked = sorted(chips, key=lambda text: -len(chips[text]))
    chosen = {*(ranked if every else ranked[:MOST_NOTES])}
    shown = [text for text in chips if text in chosen]
    return Notes(
        {text: tuple(dict.fromkeys(each)) for text, each in chips.items()},
        {text: number for number, text in enumerate(shown, start=1)},
        first,
    )


def _beginnings(texts: Collection[str]) -> dict[str, str]:
    """Return the first clause of each text that begins as another one does."""
    clauses = {text: text.partition("; ")[0] for text in texts}
    counts = Counter(clauses.values())
    return {text: f"{clause}; …" for text, clause in clauses.items() if counts[clause] > 1}


def note_lines(found: Notes, names: Sequence[str], *, every: bool) -> Iterator[TextLine]:
    """Yield the footnotes behind their letters, with the names of the chips, if any."""
    for text, number in found.numbers.items():
        about = ", ".join(names[each] for each in found.chips[text]) if names else ""
        words = f"{about}: {text}" if about else text
        yield TextLine(words, marker=lettered(number), clipped=not every, minor=not every)


def legend(rows: Sequence[Row]) -> str:
    """Return what the marks mean that occur in some rows."""
    cells = [each for row in rows for each in row.cells]
    signs = [
        (any(each.starred for each in cells), "* best of the known"),
        (any(each.estimated for each in cells), "~ estimated"),
    ]
    return "   ".join(words for present, words in signs if present)


def provenance(comparison: Comparison, names: Sequence[Naming], *, each_chip: bool) -> Block:
    """Return how firm the figures are, chip by chip on one line, or those of all chips together."""
    counted = [_statuses(comparison, index) for index in range(len(comparison.sheets))]
    if each_chip:
        words = [f"{n.short}: {_firm(c)}" for n, c in zip(names, counted, strict=True)]
        line = " · ".join(words)
    else:
        total = sum(counted, Counter[str]())
        line = f"Figures: {_firm(total)}"
    lacking = [n.short for n, c in zip(names, counted, strict=True) if c and not c["official"]]
    if len(lacking) == len(names):
        return block(f"{line}; none published by a vendor")
    return block(line, f"None published by the vendor: {', '.join(lacking)}" if lacking else "")


def _firm(counts: Mapping[str, int]) -> str:
    parts = [f"{counts[status]} {status}" for status in STATUSES if counts[status]]
    return ", ".join(parts) or "none in these rows"


def _statuses(comparison: Comparison, index: int) -> Counter[str]:
    """Return how many statements of each status a chip's figures rest on, each statement once."""
    seen = {
        located: located.statement.status
        for line in comparison.lines
        if isinstance(answer := line.answers[index], Figure)
        for located in answer.statements()
    }
    return Counter(seen.values())


def sources(comparison: Comparison, store: Store) -> Block:
    """Return the sources of the figures of each chip."""
    found: list[TextLine] = []
    for index, sheet in enumerate(comparison.sheets):
        found.append(TextLine(f"Sources of {sheet.name}", role="heading"))
        keys: dict[str, Source | None] = {}
        for line in comparison.lines:
            answer = line.answers[index]
            if isinstance(answer, Figure):
                for located in answer.statements():
                    keys.update({key: store.source(sheet, key) for key in located.statement.source})
        found += deeper(citation(source) if source else key for key, source in keys.items())
    return block(*found)
