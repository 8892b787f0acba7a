"""The README and the documents: every example prints what it shows, and CI runs their commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from documents import EXAMPLE, paths, printed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {str(each.relative_to(ROOT)): each.read_text(encoding="utf-8") for each in paths()}


def examples() -> list[tuple[str, str]]:
    """Return the blocks that start with ``$ chipcalc``: the command and what it shows."""
    found = [each.groups()[1:] for text in DOCUMENTS.values() for each in EXAMPLE.finditer(text)]
    return [(command, shown) for command, shown in dict.fromkeys(found)]


def yaml_blocks() -> list[str]:
    """Return the spec files that the documents show."""
    return [
        block
        for text in DOCUMENTS.values()
        for block in re.findall(r"^```yaml\n(id: .*?)^```", text, re.MULTILINE | re.DOTALL)
    ]


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[each for each, _ in examples()])
def test_an_example_prints_what_the_documents_show(command: str, shown: str) -> None:
    assert printed(command) == shown


@pytest.mark.parametrize("text", yaml_blocks(), ids=lambda text: text.partition("\n")[0])
def test_a_spec_file_of_the_documents_has_no_faults(text: str, tmp_path: Path) -> None:
    name = text.partition("\n")[0].removeprefix("id: ")
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    printed(f"chipcalc lint {path}")


def test_the_readme_has_a_screen_for_each_reader_in_its_first_150_lines() -> None:
    head = "\n".join(README.splitlines()[:150])
    commands = re.findall(r"^\$ chipcalc (\w+).*?^```", head, re.MULTILINE | re.DOTALL)
    assert {"compare", "check", "licence", "claims"} <= set(commands)
    assert commands.count("compare") == 2, "a buyer of chips, and an engineer of cars"
    assert "import chipcalc" in README


def test_the_documents_show_every_command_that_answers() -> None:
    shown = {command.split()[1] for command, _ in examples()}
    asked = {"compare", "check", "headroom", "timeline", "rules", "licence", "budget", "claims"}
    assert asked | {"calc", "show", "list", "metrics"} <= shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", DOCUMENTS[document]):
        assert (ROOT / document).parent.joinpath(target).exists(), target


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert [command for command in commands if "pytest" in command] == commands[1:]
    assert "grep -m1 '^python3 -m venv .*pytest' README.md" in (ROOT / ".ci/run").read_text()
