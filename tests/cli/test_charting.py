"""Pictures and reports as a user asks for them: files by their ending, mistakes told at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chipcalc.charts.report import _colours
from chipcalc.charts.style import DARK, LIGHT
from chipcalc.cli import app
from chipcalc.cli.pictures import open_page

DAY = ("--as-of", "2026-02-01")
SIGNS = {".svg": b"<svg", ".png": b"\x89PNG", ".html": b"<!doctype html>", ".json": b"{"}


def run(*arguments: str) -> Result:
    """Return what a command prints and its exit status."""
    return CliRunner().invoke(app, list(arguments), prog_name="chipcalc")


@pytest.mark.parametrize("ending", SIGNS)
def test_the_ending_of_a_file_says_how_a_picture_is_written(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture{ending}"
    done = run("chart", "headroom", "h20", *DAY, "-o", str(path))
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr == f"wrote {path}\n"
    assert path.read_bytes().startswith(SIGNS[ending])


def test_a_specification_is_what_the_schema_is_named_in(tmp_path: Path) -> None:
    path = tmp_path / "picture.json"
    assert run("chart", "ratios", "h20", "h100-sxm", "-o", str(path)).exit_code == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("red-line", "-o", "a.svg"), "no picture 'red-line'"),
        (("timeline", "-o", "a.svg"), "a picture of timeline takes chips"),
        (("ratios", "h20", "h100-sxm"), "a picture goes to a file"),
        (("ratios", "h20", "h100-sxm", "-o", "a.gif"), "'.gif' is no picture"),
        (("ratios", "h20", "h100-sxm", "-o", "a"), "the file of a picture has no ending"),
        (("ratios", "h20", "h100-sxm", "-o", "nowhere/a.svg"), "there is no folder 'nowhere'"),
        (("headroom", "h20", "--width", "5", "-o", "a.svg"), "'5' is no width of a picture"),
        (("headroom", "h2O", "-o", "a.svg"), "no sheet for 'h2O'"),
        (("launches", "-m", "bandwith", "-o", "a.svg"), "no metric 'bandwith'"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("chart", *arguments)
    assert done.exit_code == 2
    assert f"error: {said}" in done.stderr
    assert done.stdout == ""
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "h20", "h100-sxm", "-m", "tpp"),
        ("headroom", "h20", *DAY, "--rule", "3A090.a"),
        ("timeline", "h20", "--rule", "3A090.a"),
    ],
    ids=lambda command: command[0],
)
def test_an_answer_is_the_same_with_a_picture_of_it(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "picture.svg"
    plain, drawn = run(*command), run(*command, "--chart", str(path))
    assert drawn.stdout == plain.stdout
    assert drawn.stderr == f"{plain.stderr}wrote {path}\n"
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_a_wrong_ending_is_found_before_anything_is_computed() -> None:
    done = run("compare", "no-such-chip", "h100", "--chart", "a.doc")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: '.doc' is no picture")


def test_a_timeline_of_shipments_has_no_picture() -> None:
    done = run("timeline", "h20", "--to", "CN", "--chart", "a.svg")
    assert done.exit_code == 2
    assert "the picture is of classifications" in done.stderr


@pytest.mark.parametrize(
    ("status", "said"), [(0, "opened "), (1, "no browser opened; the page is ")]
)
def test_without_a_file_the_page_opens_or_is_said_to_be_somewhere(
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened: list[str] = []

    def launch(name: str) -> int:
        opened.append(name)
        return status

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("typer.launch", launch)
    open_page(b"<!doctype html>", "picture.svg")
    (page,) = opened
    assert Path(page).read_bytes() == b"<!doctype html>"
    assert capsys.readouterr().err.startswith(f"{said}{page}")


def test_a_report_is_one_page_with_answers_pictures_and_sources(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    done = run("report", "h20", "h100-sxm", *DAY, "-o", str(path))
    assert done.exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "H20 96GB, 2026-02-01: not 3A090.a, not 3A090.b; 3A991.p" in text
    assert text.count("<details>") == 4  # two explanations, and the tables of two pictures
    assert text.count("<svg") == 4  # two pictures, wide and narrow
    assert "Sources of H20 96GB" in text.replace("&nbsp;", " ")
    assert "<script" not in text
    assert "chipcalc report h20 h100-sxm --as-of 2026-02-01 -o report.html" in text
    for other in ('src="http', 'href="/chip', "@import", "url(http"):
        assert other not in text


def test_a_report_of_one_chip_has_no_comparison(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert run("report", "h20", *DAY, "-o", str(path)).exit_code == 0
    assert 'id="comparison"' not in path.read_text(encoding="utf-8")


def test_a_report_that_is_no_page_is_an_error() -> None:
    done = run("report", "h20", "-o", "report.pdf")
    assert done.exit_code == 2
    assert "a report is a page" in done.stderr


def test_each_light_colour_has_one_dark_colour() -> None:
    """The pictures of a report are drawn once, and their colours are exchanged in the dark."""
    pairs = dict.fromkeys(zip(_colours(LIGHT), _colours(DARK), strict=True))
    assert len({light for light, _ in pairs}) == len(pairs)


def test_the_distances_of_a_system_are_those_of_its_circuits(tmp_path: Path) -> None:
    """Lines for circuits are asked of each circuit, as the command about distances does."""
    path = tmp_path / "picture.svg"
    assert run("chart", "headroom", "gb200-nvl72", *DAY, "-o", str(path)).exit_code == 0
    assert "TPP 4,800: 3A090.a.1" in path.read_text(encoding="utf-8")
