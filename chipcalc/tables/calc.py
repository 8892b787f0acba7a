"""What a calculation shows: the result, and every figure that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.comparison.calculate import Calculation
from chipcalc.contract import calc
from chipcalc.figures.figure import Figure
from chipcalc.tables.report import Cell, Column, Grid, Part, Report, Row, cell
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.vocabulary.expressions import Metric
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.calc import formats_said, reading, unlike
from chipcalc.words.line import HARD_SPACE, Phrase, TextLine, block, phrased
from chipcalc.words.sheet import lines_said

_RESULTS = (Column("", name="formats"), Column("", "decimal", name="result"))
_COLUMNS = (
    Column("", name="figure"),
    Column("", "decimal", name="value"),
    Column("", name="unit"),
    Column("", name="status"),
    Column("", name="origin"),
)


def report(found: Sequence[Calculation], vocabulary: Vocabulary, *, exact: bool = False) -> Report:
    """Return the result of an expression, with the figures that it rests on.

    Of one for each number format the first line has that of the most formats, and the others
    follow. In a pipe results stand alone, and the figures are remarks beside them.
    """
    groups = _groups(found, exact=exact)
    others = tuple(
        Row((cell(formats_said((e.when for e in group), vocabulary), level=1), cell(text)))
        for text, group in groups[1:]
    )
    results = (Grid(_RESULTS, others, "calc results"),) if others else ()
    if len(found) > 1:
        rest: tuple[Part, ...] = (_by_format(found, vocabulary), block(*_origins(found)))
    else:
        rest = (Grid(_COLUMNS, tuple(map(_row, found[0].used)), "calc"),)
    return Report(
        lambda: calc.data(found),
        lambda: calc.records(found),
        title=(_title(*groups[0], vocabulary),),
        parts=(*results, *(rest if found[0].used else ())),
        aside=True,
        kept=len(results),
    )


def _row(pair: tuple[Metric, Figure]) -> Row:
    """Return a figure that a result rests on, with where it stands."""
    node, used = pair
    when = f"[{f',{HARD_SPACE}'.join(node.when.values())}]" if node.when else ""
    return Row(
        (
            cell(f"{_named(node)}{when}", level=1),
            _figure(used),
            cell(str(used.value.unit), role="faint"),
            cell(used.status, role="" if used.status == "official" else "faint"),
            cell(_at([used]), role="faint"),
        )
    )


def _by_format(found: Sequence[Calculation], vocabulary: Vocabulary) -> Grid:
    """Return the figures behind results, a row for each format and a column for each metric."""
    names = [_named(node) for node, _ in found[0].used]
    places = [names.index(name) for name in dict.fromkeys(names)]
    columns = (
        Column("", name="formats"),
        *(Column(names[n], "decimal", n + 1, name="used") for n in places),
    )
    rows = (
        Row(
            (
                cell(formats_said([one.when], vocabulary), level=1),
                *(_figure(one.used[n][1], unit=True) for n in places),
            )
        )
        for one in found
    )
    return Grid(columns, tuple(rows), "calc formats")


def _origins(found: Sequence[Calculation]) -> Iterator[str]:
    """Yield how firm the figures of each column are, and where they stand."""
    used: dict[str, list[Figure]] = {}
    for one in found:
        for node, figure in one.used:
            used.setdefault(_named(node), []).append(figure)
    for name, figures in used.items():
        statuses = ", ".join(dict.fromkeys(each.status for each in figures))
        yield f"{name}: {statuses}, {_at(figures)}"


def _at(figures: Sequence[Figure]) -> str:
    origins = [each.origin for figure in figures for each in figure.statements()]
    return lines_said(list(dict.fromkeys(origins)), ending=True)


def _named(node: Metric) -> str:
    return f"{node.chip.replace(' ', HARD_SPACE)}.{node.name}"


def _figure(used: Figure, *, unit: bool = False) -> Cell:
    text = f"{_amount(used)} {used.value.unit}" if unit else _amount(used)
    return Cell((text,), estimated=used.status == "estimated")


def _groups(found: Sequence[Calculation], *, exact: bool) -> list[tuple[str, list[Calculation]]]:
    """Return the results as they read, each with those that read so; the most frequent first."""
    groups: dict[str, list[Calculation]] = {}
    for one in found:
        groups.setdefault(_shown(one, exact=exact), []).append(one)
    return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def _title(text: str, group: Sequence[Calculation], vocabulary: Vocabulary) -> TextLine:
    """Return a result, and behind it for which formats, or whether it mixes unlike things."""
    nodes = [node for node, _ in group[0].used]
    behind = unlike(nodes, vocabulary)
    if group[0].when and not behind:
        at = formats_said((each.when for each in group), vocabulary)
        behind = ", ".join(filter(None, (at, reading(nodes, vocabulary))))
    result = Phrase(text, "title")
    return phrased(result, f"{3 * HARD_SPACE}{behind}") if behind else phrased(result)


def _shown(found: Calculation, *, exact: bool) -> str:
    """Return a result with its unit, marked where it is estimated."""
    amount = found.as_shown.amount
    digits = _digits(found.figure)
    shown = _fraction(amount) if exact else numbers.amounts(amount, digits)
    unit = "×" if found.is_ratio else str(found.as_shown.unit)
    mark = "~" * (found.figure.status == "estimated")
    return f"{mark}{shown} {unit}".rstrip()


def _fraction(amount: Interval) -> str:
    """Return an amount as it is: ``1184/407``, neither rounded nor cut off."""
    return numbers.between(amount, str(amount.low), str(amount.high))


def _amount(figure: Figure) -> str:
    return numbers.amounts(figure.value.amount, _digits(figure))


def _digits(figure: Figure) -> int:
    """Return how many digits are shown: of what is stated all, of a computed range the fewest."""
    if not figure.derived:
        return numbers.STATED_DIGITS
    return numbers.COMPUTED_DIGITS if figure.value.amount.exact else numbers.RATIO_DIGITS
