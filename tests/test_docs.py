"""The lines of Python in the documents and docstrings do what they show."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import chipcalc
import chipcalc.api

ROOT = Path(__file__).parents[1]
MODULES = [
    "chipcalc",
    *(f"chipcalc.api.{each.name}" for each in pkgutil.iter_modules(chipcalc.api.__path__)),
]


@pytest.mark.parametrize("document", ["README.md", "docs/python.md"])
def test_the_python_of_a_document_does_what_it_shows(document: str) -> None:
    found = doctest.testfile(str(ROOT / document), module_relative=False, encoding="utf-8")
    assert found.attempted > 5
    assert found.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_do_what_they_show(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_a_notebook_runs_and_every_answer_shows_itself(tmp_path: Path) -> None:
    """Executed without a screen, in a process of its own."""
    out = tmp_path / "run.ipynb"
    code = (
        "import sys, nbformat; from nbclient import NotebookClient;"
        "book = nbformat.read(sys.argv[1], as_version=4);"
        "NotebookClient(book, timeout=120, kernel_name='python3').execute();"
        "nbformat.write(book, sys.argv[2])"
    )
    source = ROOT / "docs" / "first-steps.ipynb"
    subprocess.run([sys.executable, "-c", code, source, out], check=True, cwd=tmp_path)
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    shown = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    assert len(shown) > 5
    for outputs in shown:
        (output,) = outputs
        assert output["output_type"] == "execute_result"
        assert "<" in "".join(output["data"]["text/html"])
