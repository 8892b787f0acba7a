"""A picture as a user asks for it: its kind, the chips and the day, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.api import charts
from chipcalc.api.chip import Chip, described
from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.charts import Chart, headroom, ratios, roofline, timeline
from chipcalc.charts.style import ThemeName, WidthName
from chipcalc.check.contents import asked_alone
from chipcalc.commands.check import Answered, Asked, chosen
from chipcalc.commands.compare import Wanted, comparison
from chipcalc.errors import error, join_words, unknown
from chipcalc.progress import Progress, untold

ENDINGS = (".svg", ".png", ".html", ".json")


class Drawn(NamedTuple):
    """What to draw, in the words of a user; empty words and sequences ask for the usual."""

    kind: str
    chips: Sequence[str] = ()
    as_of: str = ""
    metric: str = ""
    base: str = ""
    rules: Sequence[Path] = ()
    regime: str = ""


def check(wanted: Drawn) -> None:
    """Raise ChipcalcError for a kind that there is none of, and for one without the chips of it."""
    if wanted.kind not in _KINDS:
        known = join_words(_KINDS, "or")
        raise unknown(
            f"no picture '{wanted.kind}'", wanted.kind, _KINDS, ("pictures", "known"), known
        )
    if wanted.kind not in _OF_ALL and not wanted.chips:
        raise error(f"a picture of {wanted.kind} takes chips", f"for example: {_example(wanted)}")


def chart(
    db: Database, wanted: Drawn, progress: Progress = untold
) -> tuple[Chart, tuple[str, ...]]:
    """Return a picture, and what to tell about names.

    Raises ChipcalcError for a kind, a chip, a day or a metric that there is none of.
    """
    check(wanted)
    notices: list[str] = []
    chips: dict[str, Chip] = {}
    for name in wanted.chips:
        choice = db.store.choose(name)
        notices += choice.notices
        chips |= {each.id: Chip(each, db.store) for each in choice.sheets}
    return _KINDS[wanted.kind](db, wanted, chips, progress), tuple(dict.fromkeys(notices))


def of_check(db: Database, rules: Rules, wanted: Asked) -> Chart:
    """Return the chips of a check, first by name among all others, against the lines of its day."""
    return rules.red_lines(*chosen(db, wanted)[0])


def of_headroom(answered: Answered) -> Chart:
    """Return the distances of checked chips to every line; of a board, those of its circuits."""
    return headroom([e for each in answered.found for e in asked_alone(each.checked)])


def of_timeline(
    db: Database, wanted: Asked, own: Sequence[Path], only: Sequence[str], progress: Progress
) -> Chart:
    """Return chips through all versions of the rules, as bands."""
    chips = chosen(db, wanted)[0]
    found = db.timeline(*chips, rules=only, files=own, regime=wanted.regime, progress=progress)
    return timeline(found.moments)


def _example(wanted: Drawn) -> str:
    return f"chipcalc chart {wanted.kind} h20 h100-sxm -o {wanted.kind}.svg"


_Named = dict[str, Chip]


def _rules(db: Database, wanted: Drawn) -> Rules:
    return db.rules(wanted.as_of, files=wanted.rules, regime=wanted.regime)


def _red_lines(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    rules = _rules(db, wanted)
    every = {each.id: each for each in db} | named
    return charts.red_lines(rules, progress([*every.values()]), tuple(named))


def _launches(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    every = {each.id: each for each in db} | named
    metric = wanted.metric or charts.USUAL_METRIC
    return charts.launches(_rules(db, wanted), progress([*every.values()]), metric, tuple(named))


def _timeline(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    found = db.timeline(
        *named.values(), files=wanted.rules, regime=wanted.regime, progress=progress
    )
    return timeline(found.moments)


def _headroom(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    rules = _rules(db, wanted).of_items
    items = [described(each, rules.vocabulary) for each in progress([*named.values()])]
    checks = (rules.check(each.evaluator, each.circumstances) for each in items)
    return headroom([circuit for each in checks for circuit in asked_alone(each)])


def _ratios(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    del named, progress
    metrics = [wanted.metric] if wanted.metric else []
    found = comparison(db, Wanted(wanted.chips, wanted.base, metrics))
    return ratios(found.comparison.found)


def _roofline(db: Database, wanted: Drawn, named: _Named, progress: Progress) -> Chart:
    del named, progress
    return roofline(comparison(db, Wanted(wanted.chips, wanted.base)).comparison.found)


_KINDS: dict[str, Callable[[Database, Drawn, _Named, Progress], Chart]] = {
    "red-lines": _red_lines,
    "timeline": _timeline,
    "ratios": _ratios,
    "headroom": _headroom,
    "roofline": _roofline,
    "launches": _launches,
}
_OF_ALL = ("red-lines", "launches")


def kinds() -> list[str]:
    """Return the kinds of pictures."""
    return [*_KINDS]


def check_ending(ending: str) -> None:
    """Raise ChipcalcError for the ending of a file that there is no picture of."""
    if ending not in ENDINGS:
        what = f"'{ending}' is no picture" if ending else "the file of a picture has no ending"
        raise error(what, f"end it in {join_words(ENDINGS, 'or')}")


def rendered(
    found: Chart, ending: str, theme: ThemeName = "light", width: WidthName | int = "wide"
) -> bytes:
    """Return a picture as the bytes of a file, by the ending of its name.

    Raises ChipcalcError for an ending that there is no picture of, and without the package.
    """
    from chipcalc.charts import rendering

    check_ending(ending)
    if ending == ".png":
        return rendering.png(found, theme, width)
    if ending == ".svg":
        return f"{rendering.svg(found, theme, width)}\n".encode()
    text = rendering.html(found) if ending == ".html" else rendering.specification(found)
    return text.encode()
