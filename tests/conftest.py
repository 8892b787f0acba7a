"""Settings that all tests share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, settings

from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from daily import PROFILE

SPECS = Path(__file__).parent / "specs"
HEAD = """\
id: x1
name: X1
vendor: acme
sources:
  sheet: {title: Sheet, publisher: Acme, url: https://acme.example/x1, accessed: 2026-01-02}
"""

# The daily run draws the same examples each time, so that two runs of one commit agree.
settings.register_profile("fast", max_examples=30, deadline=None, derandomize=True)
settings.register_profile(
    "thorough", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(PROFILE)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test at 80 columns, without colour and without spec folders of the user's."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("CHIPCALC_SPECS", raising=False)
    monkeypatch.setenv("CHIPCALC_CACHE", "")


@pytest.fixture(scope="session")
def store() -> Store:
    """Return the store over the made-up spec folder."""
    return Store((SPECS,))


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """Return a copy of the made-up spec folder that a test may change."""
    return Path(copytree(SPECS, tmp_path / "specs"))


@pytest.fixture(scope="session")
def head() -> str:
    """Return the first five lines of a spec sheet: what every chip has, and one source, `sheet`."""
    return HEAD


@pytest.fixture(scope="session")
def load(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sheet]:
    """Return a function that loads the text of a user's sheet, below the usual first lines."""
    folder, number = tmp_path_factory.mktemp("sheets"), count()

    def loaded(body: str) -> Sheet:
        path = folder / f"{next(number)}.yaml"
        path.write_text(HEAD + body, encoding="utf-8")
        return store.from_file(str(path))

    return loaded
