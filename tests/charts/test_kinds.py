"""Every kind of picture: words that keep apart, a specification that the schema takes, a table."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache

import pytest

from chipcalc.charts import (
    Chart,
    headroom,
    launches,
    ratios,
    red_lines,
    roofline,
    timeline,
)
from chipcalc.charts.rendering import html, png, svg
from chipcalc.charts.style import DARK, LIGHT, Style
from chipcalc.check.result import Checked
from chipcalc.check.timeline import moments
from chipcalc.check.what_if import Supposed, suppose
from chipcalc.comparison.comparison import Comparison, compare
from chipcalc.comparison.options import Options
from chipcalc.errors import ChipcalcError
from measured import picture
from shared import RULEBOOK, STORE, real_rules

DAY = "2026-02-01"
CHIPS = ("h20", "h100-sxm", "ascend-910b3", "ascend-910c")
STYLES = [Style(LIGHT, 390), Style(DARK, 1280), Style(LIGHT, 740, bare=True)]


@cache
def item(name: str) -> Supposed:
    """Return a built-in chip as its sheet states it."""
    return suppose(STORE.sheet(name), {}, STORE.vocabulary)


def checked(*names: str, day: str = DAY) -> list[Checked]:
    """Return some chips checked on a day."""
    found = map(item, names)
    return [real_rules(day).check(each.evaluator, each.circumstances) for each in found]


@cache
def compared(*names: str) -> Comparison:
    """Return some chips side by side."""
    return compare([STORE.sheet(each) for each in names], STORE.vocabulary, Options())


KINDS: dict[str, Callable[[], Chart]] = {
    "red-lines": cache(lambda: red_lines(real_rules(DAY), checked(*CHIPS), named=CHIPS)),
    "timeline": cache(
        lambda: timeline(tuple(moments(RULEBOOK, [item(each) for each in CHIPS], ())))
    ),
    "ratios": cache(lambda: ratios(compared(*CHIPS))),
    "headroom": cache(lambda: headroom(checked(*CHIPS))),
    "roofline": cache(lambda: roofline(compared(*CHIPS))),
    "launches": cache(
        lambda: launches(
            real_rules(DAY), [item(each.id).evaluator for each in STORE.all()], "tpp", named=CHIPS
        )
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [390, 740, 1280])
def test_no_two_words_of_a_picture_overlap_and_none_leaves_it(kind: str, width: int) -> None:
    found = picture(KINDS[kind]().draw(Style(width=width)))
    assert found.overlapping() == []
    assert found.outside() == []
    assert found.width <= width


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_vega_lite_takes_every_specification(kind: str) -> None:
    import altair

    for each in STYLES:
        altair.Chart.from_dict(KINDS[kind]().draw(each))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_its_table_and_its_formats(kind: str) -> None:
    found = KINDS[kind]()
    assert found.kind == kind
    assert found.rows
    assert all(len(row) == len(found.columns) for row in found.rows)
    assert svg(found).startswith("<svg")
    assert png(found, "dark", "narrow").startswith(b"\x89PNG")
    page = html(found)
    assert "https://cdn" not in page
    assert all(cell.replace("&", "&amp;").replace("<", "&lt;") in page for cell in found.rows[0])


def test_a_notebook_shows_a_picture() -> None:
    found = KINDS["ratios"]()._repr_mimebundle_()
    assert found["image/svg+xml"].startswith("<svg")
    assert found["text/plain"] == repr(KINDS["ratios"]())


def test_the_a800_turns_on_the_day_of_the_second_rule() -> None:
    """87 FR 62186 left its links of 400 GB/s out; 88 FR 73458 asks for performance alone."""
    found = timeline(tuple(moments(RULEBOOK, [item("a800-sxm")], ())))
    turn = {row[1]: row[3] for row in found.rows}
    assert turn["2022-10-07"] == "3A991.p"
    assert turn["2023-11-17"].startswith("3A090.a")


def test_bands_follow_one_another_without_a_gap() -> None:
    for rows in _by_chip(KINDS["timeline"]()).values():
        assert [row[2] for row in rows[:-1]] == [row[1] for row in rows[1:]]
        assert rows[-1][2] == ""
        assert all(datetime.date.fromisoformat(row[1]) for row in rows)


def _by_chip(chart: Chart) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in chart.rows:
        found.setdefault(row[0], []).append(row)
    return found


def test_ratios_say_what_is_not_known_and_what_is_not_offered() -> None:
    """The Ascend 910B3 has no FP8, and nobody published how many transistors it has."""
    rows = {row[0]: row for row in ratios(compared("h20", "ascend-910b3")).rows}
    assert next(row for name, row in rows.items() if "FP8" in name)[3] == "not offered"
    assert next(row for name, row in rows.items() if "Transistors" in name)[3] == "unknown"


def test_the_roofline_names_where_the_h100_passes_the_h20() -> None:
    """148 TFLOPS of the H20 over 3,350 GB/s of the H100 are 44.2 operations per byte."""
    found = roofline(compared("h20", "h100-sxm"))
    assert "H100 passes H20 at 44.2 op/B." in found.says
    assert round(148_000 / 3350, 1) == 44.2


def test_headroom_has_the_distance_of_the_h20_to_the_line_of_2400() -> None:
    """2368 lies 32 below 2400, which is 1.3 per cent."""
    rows = {row[4]: row for row in headroom(checked("h20")).rows}
    assert rows["3A090.b.1"][1] in ("TPP", "PD")
    found = [row for row in headroom(checked("h20")).rows if row[3] == "2,400"]
    assert [row[5] for row in found] == ["−1.3 %"]


def test_launches_have_the_lines_of_the_law_from_their_day_on() -> None:
    words = {each.words for each in picture(KINDS["launches"]().specification).texts}
    assert "3A090.b: 2,400" in words


def test_a_metric_that_no_dated_chip_has_is_an_error() -> None:
    with pytest.raises(ChipcalcError):
        launches(real_rules(DAY), [item("h20").evaluator], "package_area")
