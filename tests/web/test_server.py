"""The server says where it is, tells when it cannot be there, and answers whatever it is asked."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.web.application import PAGES
from chipcalc.web.server import at, bound
from daily import examples
from visited import reader

PATHS = sorted(each for each in PAGES if "{" not in each and each not in ("/", "/data"))
NAMES = (
    "chip", "base", "as_of", "lang", "use", "price", "electricity", "int8", "die_area", "tpp", "to",
    "market", "item", "circuit", "headquarters", "transaction", "regime", "q", "on", "vendor",
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "h20", "8 h20", "ascend", "*", "-", "CN", "China", "D:5", "2026-02-01", "0001-01-01",
            "9999-12-31", "1e400", "-5", "0", "600mm2", "NaN", "12 kUSD", "datacenter", "board",
            "chip=h20,count=8", "int8=1TOPS,die=1mm2,count=2", "zh", "eu", "decode", "export",
        ]
    ),
)  # fmt: skip


def test_a_server_is_at_a_port_of_its_own_and_says_so() -> None:
    with bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert at(listening, "127.0.0.1") == f"http://127.0.0.1:{port}/"
        assert at(listening, "0.0.0.0") == f"http://127.0.0.1:{port}/"  # noqa: S104 only shown


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with (
        bound("127.0.0.1", 0) as first,
        pytest.raises(ChipcalcError, match="no server can be at") as fault,
    ):
        bound("127.0.0.1", first.getsockname()[1])
    assert "--port 0" in fault.value.problems[0].hint


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(ChipcalcError, match="no such host"):
        bound("no such host", 0)


@given(st.sampled_from(PATHS), st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=4))
@examples(40)
def test_whatever_is_asked_there_is_an_answer(path: str, said: list[tuple[str, str]]) -> None:
    """A page that cannot answer says so; the server itself never fails."""
    found = reader().get(f"{path}?{urlencode(said)}")
    assert found.status_code in (200, 400, 404), (path, said)
    assert "<h1" in found.text
