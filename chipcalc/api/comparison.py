"""Chips side by side, as a script has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chipcalc.api.result import Result
from chipcalc.comparison import comparison as core
from chipcalc.comparison.options import Options
from chipcalc.errors import error
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from chipcalc.tables.report import Report
from chipcalc.values.interval import Interval
from chipcalc.values.units import Unit
from chipcalc.vocabulary import conditions

if TYPE_CHECKING:
    from chipcalc.api.chip import Chip
    from chipcalc.api.figure import Answer
    from chipcalc.charts import Chart
    from chipcalc.tables.compare import Look


class Row(NamedTuple):
    """A metric under conditions: the figure of each chip, its ratio to the base, and the best.

    `ratios` are None where a figure is missing, `best` is None where no chip is best for certain.
    """

    metric: str
    when: Mapping[str, str]
    unit: Unit
    figures: Mapping[str, Answer]
    ratios: Mapping[str, Interval | None]
    best: str | None


class Comparison(Result):
    """Two chips or more side by side; the first one is the base of the ratios in `rows`."""

    def __init__(self, found: core.Comparison, store: Store) -> None:
        self.found = found
        self.store = store
        self.chips = tuple(each.id for each in found.sheets)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order of the vocabulary."""
        return tuple(self._row(line) for line in self.found.lines)

    def _row(self, line: core.ComparedRow) -> Row:
        from chipcalc.api.figure import answered

        pairs = zip(self.chips, self.found.sheets, line.answers, strict=True)
        return Row(
            line.metric,
            line.when,
            line.unit,
            {chip: answered(answer, (sheet,), self.store) for chip, sheet, answer in pairs},
            dict(zip(self.chips, line.ratios, strict=True)),
            None if line.best is None else self.chips[line.best],
        )

    def figure(self, metric: str, chip: str, **when: str) -> Answer:
        """Return the figure of one of the chips; raises ChipcalcError for a chip not compared."""
        from chipcalc.api.figure import answered

        evaluator = self.found.evaluators[self._index(chip)]
        return answered(evaluator.figure(metric, when), (evaluator.sheet,), self.store)

    def ratio(self, metric: str, of: str, to: str, **when: str) -> Answer:
        """Return how many times the figure of one chip is that of another, by their names.

        A figure without a unit; Missing where one of the two is. Raises ChipcalcError for a chip
        that is not compared, and for a wrong metric or condition.
        """
        return self.figure(metric, of, **when) / self.figure(metric, to, **when)

    def _index(self, chip: str) -> int:
        """Return the place of a chip by its id, else by what its name means in the sheets."""
        for name in (chip, *(each.id for each in self.store.choose(chip).sheets)):
            if name in self.chips:
                return self.chips.index(name)
        raise error(f"'{chip}' is not compared", f"compared are {', '.join(self.chips)}")

    def report(
        self, *, percent: bool = False, sources: bool = False, whole: bool = False
    ) -> Report:
        """Return what the command line prints: ratios in per cent, sources, all rows and notes."""
        from chipcalc.tables.compare import Look

        return self.shown(Look(percent, sources, whole))

    def shown(self, look: Look) -> Report:
        """Return what the command line prints, in one of its looks."""
        from chipcalc.api.database import day
        from chipcalc.tables.compare import report

        return report(self.found, self.store, look._replace(day=look.day or day(None)))

    def chart(self) -> Chart:
        """Return the picture of the ratios to the base."""
        from chipcalc.charts import ratios

        return ratios(self.found)

    def roofline(self) -> Chart:
        """Return the picture of what the chips attain at each arithmetic intensity.

        Raises ChipcalcError where no rate is known of them.
        """
        from chipcalc.charts import roofline

        return roofline(self.found)

    def __repr__(self) -> str:
        return f"Comparison({', '.join(self.chips)}: {len(self.found.lines)} rows)"


def compare(
    *chips: Chip, metrics: Sequence[str] = (), when: Mapping[str, str] | None = None
) -> Comparison:
    """Return two chips or more side by side; the first one is the base of the ratios.

    `metrics` names the rows instead of the usual ones, `when` narrows them, to a format say.
    Raises ChipcalcError for fewer than two chips, for one with supposed values, and for a name
    that there is none of.

    >>> import chipcalc as cc
    >>> db = cc.open()
    >>> cc.compare(db["h20"], db["h100"]).ratio("memory_capacity", "h20", "h100").exact
    Fraction(6, 5)
    """
    if not chips:
        raise error("a comparison takes two different chips", "compare(db['h20'], db['h100'])")
    from chipcalc.api.chip import Chip

    for each in chips:
        if not isinstance(each, Chip):
            raise TypeError(f"a comparison takes chips, such as db['h20'], not {each!r}")
    supposed = [each for each in chips if each.supposing]
    if supposed:
        what = f"{supposed[0]!r} is not what its sheet states"
        raise error(what, "compare chips as they are, and figures of supposed ones")
    store = chips[0].store
    for name, value in (when or {}).items():
        conditions.check(name, value, store.vocabulary)
    options = Options(metrics=tuple(metrics), when=dict(when or {}))
    return compared([each.sheet for each in chips], store, options)


def compared(sheets: Sequence[Sheet], store: Store, options: Options) -> Comparison:
    """Return sheets side by side under any options; raises as `compare` does."""
    return Comparison(core.compare(sheets, store.vocabulary, options), store)
