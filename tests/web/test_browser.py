"""The page in a real browser: nothing goes wrong, nothing else is asked, and it can be used."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from chipcalc.web.application import application
from daily import daily
from visited import library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SERIOUS = ("serious", "critical")
LOOKED_AT = (
    "/",
    "/?as_of=2022-10-07",
    "/chip/h20",
    "/check?chip=metax-c500-oam&as_of=2026-02-01",
    "/check?int8=1000&die_area=600&market=datacenter",
    "/compare",
    "/licence",
    "/licence?to=China",
    "/claims",
    "/claims?that=h20+%3D+20+%25+of+h100",
    "/rules",
    "/rule/us-3a090-a",
    "/timeline/h800-sxm",
    "/screen",
    "/search?q=ascend",
    "/no-such-page",
)
LOOKS = [(390, "dark"), (1280, "light"), (390, "light"), (1280, "dark")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's browser; without one the tests are skipped, but never where CI is."""
    if not CHROMIUM:
        what = "no chromium on this machine: apt-get install chromium"
        if os.environ.get("CI", "").casefold() in ("1", "true"):
            pytest.fail(what)
        pytest.skip(what)
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """Return the address of a server that answers while the tests run."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(application(library()), log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    running = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    running.join(10)
    listening.close()


class Visit:
    """A page that is looked at, with what went wrong on it and who else was asked."""

    def __init__(self, browser: Browser, home: str, width: int = 1280, **more: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.home = home
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("pageerror", lambda fault: self.errors.append(str(fault)))
        self.page.on("console", self._heard)
        self.page.on("request", lambda each: self.hosts.add(urlsplit(each.url).netloc))

    def _heard(self, message: Any) -> None:
        refused = "the server responded with a status of 4" in message.text  # as it should
        if message.type in ("error", "warning") and not refused:
            self.errors.append(message.text)

    def to(self, address: str) -> Page:
        """Return the page at an address."""
        self.page.goto(f"{self.home}{address}")
        return self.page

    def close(self) -> None:
        """Leave, and see that all went well."""
        assert not self.errors
        assert self.hosts <= {urlsplit(self.home).netloc}
        self.context.close()


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    """Return a visit on a wide screen."""
    found = Visit(browser, home)
    yield found
    found.close()


@pytest.mark.parametrize(("width", "scheme"), daily(LOOKS, LOOKS[:2]))
def test_every_page_is_sound(browser: Browser, home: str, width: int, scheme: str) -> None:
    """No error, no other host, no sideways scroll, and axe-core finds nothing serious."""
    visit = Visit(browser, home, width, color_scheme=scheme)
    found: list[tuple[str, str, Any]] = []
    for address in LOOKED_AT:
        page = visit.to(address)
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sideways <= 0, address
        result = Axe().run(page)
        found += [
            (address, each["id"], each["nodes"][0]["html"][:160])
            for each in result.response["violations"]
            if each["impact"] in SERIOUS
        ]
    assert not found
    visit.close()


def test_the_slider_recolours_the_marks_and_the_address_says_so(visit: Visit) -> None:
    """The H800 lay outside of the lines of 2022, and lies within those of November 2023."""
    page = visit.to("/")
    mark = '[data-chip="h800-sxm"] path'
    after = page.locator(f"svg.wide {mark}").first.get_attribute("stroke")
    page.locator(".slide").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**as_of=2022-10-07**")
    before = page.locator(f"svg.wide {mark}").first.get_attribute("stroke")
    assert (before, after) == ("var(--vn)", "var(--va)")
    assert page.locator(".slide").evaluate("e => e === document.activeElement")


def test_the_back_button_leads_back_to_the_day_before(visit: Visit) -> None:
    page = visit.to("/")
    page.locator(".stops a", has_text="2022-10-07").click()
    page.wait_for_url("**as_of=2022-10-07**")
    assert "2022-10-07" in page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_function("!document.querySelector('h1').textContent.includes('2022-10-07')")
    assert "as_of" not in page.url


def test_a_mark_tells_its_figures_beside_the_pointer(visit: Visit) -> None:
    """The H20 has a TPP of 2,368: 296 TOPS times 8 bits."""
    page = visit.to("/")
    page.locator('svg.wide [data-chip="h20"]').first.hover()
    assert "2,368" in page.locator(".tip").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".tip").is_hidden()


def test_a_click_on_a_mark_opens_its_card(visit: Visit) -> None:
    page = visit.to("/")
    page.locator('svg.wide [data-chip="ascend-910b3"]').first.click()
    page.wait_for_url("**on=ascend-910b3**")
    assert page.locator(".card h2").inner_text() == "Ascend 910B3"


def test_a_chip_is_added_by_a_name_and_taken_off_again(visit: Visit) -> None:
    page = visit.to("/")
    page.locator("#q").fill("h200")
    page.get_by_role("button", name="Add").click()
    tags = page.locator(".tags")
    assert "H200" in tags.inner_text()
    page.get_by_role("link", name=re.compile("Take H200.* off the list")).click()
    page.wait_for_function("!document.querySelector('.tags').textContent.includes('H200')")


def test_a_part_is_answered_as_one_types(visit: Visit) -> None:
    """1,000 TOPS at 8 bits are 8,000, above 4,800."""
    page = visit.to("/check")
    page.locator("#int8").fill("1000")
    page.locator("h1", has_text="3A090.a").wait_for()
    assert "int8=1000" in page.url
    assert page.locator("#int8").input_value() == "1000"
    assert "int8=1000" in page.locator("#command").inner_text()


def test_a_form_answers_without_scripts(browser: Browser, home: str) -> None:
    visit = Visit(browser, home, java_script_enabled=False)
    page = visit.to("/check")
    page.locator("#int8").fill("1000")
    page.get_by_role("button", name="Check").click()
    assert "3A090.a" in page.locator("h1").inner_text()
    page = visit.to("/")
    page.locator(".stops a", has_text="2022-10-07").click()
    assert "2022-10-07" in page.locator("h1").inner_text()
    visit.close()


def test_a_table_comes_back_and_can_be_taken_away(visit: Visit, tmp_path: Path) -> None:
    table = tmp_path / "parts.csv"
    table.write_text("Part,INT8 dense (TOPS),Die size (mm²)\nOurs,1000,600\n", encoding="utf-8")
    page = visit.to("/screen")
    page.locator("#table").set_input_files(table)
    page.get_by_role("button", name="Check").click()
    assert "Ours" in page.locator("table").first.inner_text()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as XLSX").click()
    assert started.value.suggested_filename == "verdicts.xlsx"


def test_every_picture_has_its_table(visit: Visit) -> None:
    """Each drawn mark stands in the table below, which opens without a script."""
    page = visit.to("/")
    page.locator("summary", has_text="The same as a table").click()
    rows = page.locator(".as-table tbody tr").count()
    drawn = page.locator("svg.wide [data-chip]").evaluate_all(
        "marks => new Set(marks.map(each => each.dataset.chip)).size"
    )
    assert 0 < drawn <= rows


def test_on_a_phone_the_picture_has_a_drawing_of_its_own(browser: Browser, home: str) -> None:
    visit = Visit(browser, home, 390)
    page = visit.to("/")
    assert page.locator("svg.narrow").is_visible()
    assert page.locator("svg.wide").is_hidden()
    visit.close()


def test_the_first_column_of_a_comparison_stays_in_sight(browser: Browser, home: str) -> None:
    visit = Visit(browser, home, 390)
    page = visit.to("/compare")
    scroll = page.locator(".scroll")
    scroll.evaluate("each => { each.scrollLeft = 300; }")
    label = page.locator("table.cmp tbody th[scope=row]").first
    box = label.bounding_box()
    assert box
    assert box["x"] >= 0
    visit.close()


def test_the_language_is_one_switch_and_stays(visit: Visit) -> None:
    page = visit.to("/compare")
    page.locator(".lang a").click()
    assert page.locator("html").get_attribute("lang") == "zh"
    page.locator(".mast nav a").nth(2).click()
    assert page.locator("html").get_attribute("lang") == "zh"
