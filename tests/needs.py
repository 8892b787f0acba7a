"""What a test needs that may be missing: it is skipped and says what, and fails where CI has it."""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest


def needed(module: str, how: str = "pip install -e '.[dev]'") -> Any:
    """Return a module; without it skip the test and say how to get it, or fail where CI is set."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        if os.environ.get("CI", "").casefold() in ("1", "true"):
            raise
        pytest.skip(f"it needs {module}: {how}", allow_module_level=True)
