"""Every answer fits the screen: no line too wide, and nothing broken that belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner
from wcwidth import wcswidth

import chipcalc.cli
from chipcalc.tables.report import Report
from chipcalc.tables.style import Style
from chipcalc.tables.terminal import table
from chipcalc.words.line import letter_of
from daily import daily
from printed import EXCERPT, OF_EPOCH
from shared import STORE

WIDTHS = (50, 80, 120)
DAY = ("--as-of", "2026-02-01")
CHIPS = sorted(STORE.files)
SAMPLE = ("ascend-910b4", "h100-sxm")  # not settled, and with every figure
ONE_CHIP = (
    ("check",),
    ("check", "--explain"),
    ("check", "--all"),
    ("check", "--explain", "--all"),
    ("check", "--why-not", "3A090.b"),
    ("headroom",),
    ("headroom", "--all"),
    ("licence", "--to", "CN"),
    ("show",),
    ("show", "--all"),
    ("timeline",),
    ("compare", "h20"),
    ("compare", "h20", "--all"),
)
CHINESE = re.compile("[一-鿿]")
QUICK = [each for each in ONE_CHIP if each[0] != "licence"]
DAYLESS = ("show", "timeline", "compare")
OTHERS = (
    ("compare", "h20", "h100"),
    ("compare", "h20", "h100", "--all"),
    ("compare", "h20", "h100", "--notes"),
    ("compare", "h20", "h100", "--sources"),
    ("compare", "h20", "h100", "--percent"),
    ("compare", "h20", "h100", "a800-sxm"),
    ("compare", "h20", "ascend-910*", "orin-x"),
    ("compare", "h20", "ascend-910*", "orin-x", "--all"),
    ("compare", "orin-x", "thor-x", "thor-u", "journey-6p", "eyeq6h", "sa8650p", "--when", "int8"),
    ("compare", "h20", "h100", "--at", "2 op/B"),
    ("compare", "*", "-m", "tpp"),
    ("check", "ascend-910*", *DAY),
    ("check", "*", *DAY),
    ("check", "*", *DAY, "--all"),
    ("check", "h20", *DAY, "--item", "board"),
    ("check", "ascend-910b4", *DAY, "--party", "fabricator"),
    ("check", "metax-c500-oam", *DAY, "--set", "applicable_die_area=800mm2"),
    ("check", "--throughput", "int8=296TOPS", "--die-area", "814mm2", *DAY),
    ("check", "h20", "--as-of", "2022-09-01"),
    ("check", "h100-sxm", "--as-of", "2022-12-01", "--explain"),
    ("check", "a800-sxm", "--as-of", "2023-11-16", "--explain"),
    ("licence", "h20", "--to", "CN", *DAY),
    ("licence", "h20", "--to", "CN", *DAY, "--explain"),
    ("licence", "h20", "--to", "CN", *DAY, "--all"),
    ("licence", "h20", "--to", "KP", *DAY),
    ("licence", "h100-sxm", *DAY, "--all"),
    ("memo", "h100-sxm", "--to", "CN", *DAY),
    ("memo", "metax-c500-oam", "--to", "SA", *DAY),
    ("licence", "h20", "h100-sxm", "--to", "CN", "--to", "DE", "--matrix", *DAY),
    ("headroom", "h20", "h100-sxm", "a800-sxm", *DAY),
    ("headroom", "*", *DAY),
    ("headroom", "h20", *DAY, "--max"),
    ("budget", "h100-sxm", "--tpp", "26900000"),
    ("budget", "h100-sxm", *DAY),
    ("groups",),
    ("groups", "D:5", *DAY),
    ("groups", "AE", *DAY),
    ("timeline", "a800-sxm", "h20", "h100-sxm"),
    ("timeline", "a800-sxm", "l40", "--to", "CN", "--export"),
    ("timeline", "h20", "--to", "CN", "--all"),
    ("diff", "l40", "h20", "--between", "2023-11-16", "2026-01-15"),
    ("diff", "l40", "--between", "2023-11-16", "2024-03-16", "--to", "NI", "--all"),
    ("check", "l40", "--as-of", "2023-11-10"),
    ("licence", "l40", "--as-of", "2023-11-10"),
    ("timeline", "*"),
    ("rules", *DAY),
    ("rules", "3A090.a"),
    ("rules", "us-licence-b", *DAY),
    ("list",),
    ("list", "--all"),
    ("list", "--family", "ascend", *DAY, "-m", "tpp"),
    ("list", "-m", "tpp", "-m", "price", "--sort", "tpp"),
    ("calc", "h20.throughput[fp16] / h20.board_power"),
    ("calc", "h20.price * 8"),
    ("metrics",),
    ("metrics", "tpp"),
    ("metrics", "--units"),
    ("import", "epoch_excerpt.csv", *OF_EPOCH, "--dry-run"),
    ("import", "epoch_excerpt.csv", *OF_EPOCH, "--dry-run", "--all"),
    ("claims", "--list"),
    ("claims", "h20-returns-2025-07"),
    ("claims", "h20-returns-2025-07", "--lang", "zh"),
)
SLOW = [each for each in OTHERS if "*" in each]


def answers(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[Report]:
    """Return the reports that a command shows."""
    found: list[Report] = []

    def catch(report: Report, *others: object) -> None:  # noqa: ARG001
        found.append(report)

    application = chipcalc.cli.application()
    for module in (
        "comparing",
        "checking",
        "licensing",
        "dating",
        "articles",
        "records",
        "importing",
    ):
        monkeypatch.setattr(f"chipcalc.cli.{module}.show_report", catch)
    done = CliRunner().invoke(application, [*arguments])
    assert done.exit_code == 0, done.output
    assert found
    return found


def tokens(text: str) -> set[str]:
    """Return what stands between spaces with a digit in it, bare of brackets and of marks.

    Chinese has no spaces: of its text it is the numbers. How much was left out is told only where
    there is little room.
    """
    joined = re.sub(r" \\\n +", " ", text)
    joined = re.sub(r"(?m)^Left out: .*$", "", joined)
    joined = "".join(each for each in joined if not letter_of(each))
    if CHINESE.search(joined):
        return set(re.findall(r"[~≤≥−+]?\d[\d,.–…]*", joined))
    words = (each.strip("(),;:.") for each in joined.split())
    return {each for each in words if any(map(str.isdigit, each))}


def broken(report: Report, text: str, width: int) -> Iterator[str]:
    """Yield the names of a report that a text has broken where a line of words was full.

    A name in the title of a column stands on as many lines as it needs.
    """
    for before, after in pairwise(text.splitlines()):
        first = next(iter(after.split()), "")
        full = "  " not in before.strip() and wcswidth(f"{before} {first}") > width
        for name in (each for each in report.unbroken if " " in each and full):
            apart = before.count(name) + after.count(name)
            if f"{before.rstrip()} {after.lstrip()}".count(name) > apart:
                yield name


def holds(report: Report) -> None:
    """Hold a report to the widths: lines that fit, words that are whole."""
    without_end = Style(10**6, wide=True)
    whole = tokens(table(report, without_end))
    whole |= tokens(table(report, without_end._replace(drawings=True)))
    for width in WIDTHS:
        for style in (Style(width), Style(width, drawings=True)):
            text = table(report, style)
            for line in text.splitlines():
                assert wcswidth(line) <= width or "://" in line, (width, line)
            lost = tokens(text) - whole
            assert not lost, (width, sorted(lost))
            assert not list(broken(report, text, min(width, 100))), (width, text)


@pytest.mark.parametrize("chip", daily(CHIPS, SAMPLE))
@pytest.mark.parametrize("command", daily(ONE_CHIP, QUICK), ids=" ".join)
def test_the_answer_of_a_chip_fits(
    command: tuple[str, ...], chip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = () if command[0] in DAYLESS else DAY
    for report in answers(monkeypatch, *command, chip, *day):
        holds(report)


@pytest.mark.parametrize(
    "command", daily(OTHERS, [each for each in OTHERS if each not in SLOW]), ids=" ".join
)
def test_the_answer_of_a_command_fits(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(EXCERPT).parent)
    for report in answers(monkeypatch, *command):
        holds(report)
