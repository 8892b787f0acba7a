"""The server answers those it is meant for, within bounds, and opens nothing it does not serve."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from chipcalc.web.application import application
from chipcalc.web.guard import Limits
from visited import HOST, html, library, reader, seen

PAGES = ("/chip/h20", "/check", "/compare", "/search?q=ascend", "/no-such-page", "/chip/no-such")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8090", "", "10.0.0.1"])
def test_a_name_that_was_made_to_lead_here_is_not_answered(host: str) -> None:
    """What a page of another site can reach by a name of its own, it could read: DNS rebinding."""
    assert reader().get("/check", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8090", "localhost", "localhost:1234", "[::1]:8090"])
def test_this_machine_is_answered_by_its_own_names(host: str) -> None:
    assert reader().get("/check", headers={"host": host}).status_code == 200


def test_a_server_for_others_answers_by_its_name_and_one_for_all_by_any_number() -> None:
    named = TestClient(application(library(), "lab.example"), base_url=HOST)
    assert named.get("/check", headers={"host": "lab.example:80"}).status_code == 200
    assert named.get("/check", headers={"host": "evil.example"}).status_code == 421
    every = TestClient(application(library(), "0.0.0.0"), base_url=HOST)  # noqa: S104 not bound
    assert every.get("/check", headers={"host": "192.0.2.7:8090"}).status_code == 200
    assert every.get("/check", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_forbids_what_a_page_does_not_need(address: str) -> None:
    policy = reader().get(address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https:", "http:").split("'self'")[0]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_styles_or_scripts_in_its_text(address: str) -> None:
    """The policy would forbid them, so that they would do nothing."""
    text = reader().get(address).text
    assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert re.findall(r"<script[^>]*>", text) == ['<script src="/static/chipcalc.js" defer>']


def test_too_long_an_address_and_too_much_that_is_sent_are_refused() -> None:
    assert reader().get(f"/check?chip={'x' * 9000}").status_code == 414
    small = TestClient(application(library(), limits=Limits(body=10)), base_url=HOST)
    assert small.post("/check", content=b"x" * 11).status_code == 413


def test_what_is_sent_without_a_length_is_bounded_too() -> None:
    small = TestClient(application(library(), limits=Limits(body=10)), base_url=HOST)
    kind = {"content-type": "multipart/form-data; boundary=x"}
    found = small.post("/screen", content=iter([b"x" * 6, b"x" * 6]), headers=kind)
    assert found.status_code == 413


def test_nothing_is_taken_from_another_site() -> None:
    found = reader().post("/screen", headers={"sec-fetch-site": "cross-site"}, content=b"")
    assert found.status_code == 403


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    hasty = TestClient(application(library(), limits=Limits(answer=0.0)), base_url=HOST)
    assert hasty.get("/compare").status_code == 503


@pytest.mark.parametrize("name", ["/etc/passwd", "../x.yaml", "specs/chips/nvidia/h20.yaml", "-"])
def test_a_page_opens_no_file_that_a_reader_names(name: str) -> None:
    for page in ("check", "compare"):
        assert "no name of a chip" in seen(f"/{page}?chip={name}&chip=h20", 400)
    assert "no name of a chip" in seen(f"/search?q={name}", 404)
    assert "no name of a chip" in seen(f"/check?circuit=chip={name},count=8", 400)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>"])
def test_what_a_reader_says_is_shown_as_words(text: str) -> None:
    for address in ("/check?chip=", "/compare?chip=", "/search?q=", "/check?die_area=", "/chip/"):
        page = reader().get(address + text.replace("/", "%2F").replace("#", "%23")).text
        assert text not in page


def test_an_address_with_too_many_chips_is_refused_in_words() -> None:
    many = "&".join(f"chip=h{each}" for each in range(30))
    assert "24 chips at most" in seen(f"/compare?{many}", 400)


def test_a_page_that_is_not_there_says_so_and_helps() -> None:
    assert "This page has no answer" in seen("/nowhere", 404)
    assert 'href="/search?q=ascend-910b"' in html("/chip/ascend-910b9", 404)
