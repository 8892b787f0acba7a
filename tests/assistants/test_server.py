"""Assistants get the answers of the commands, by their contracts, from a real client over stdio."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from chipcalc.assistants.tools import TOOLS
from documents import printed

QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    "find": {"name": "NVIDIA A100-SXM4-80GB"},
    "show": {"chips": ["h20"]},
    "compare": {"chips": ["h20", "h100-sxm"], "conditions": {"format": "fp16"}},
    "check": {"chips": ["h20"], "as_of": "2026-02-01"},
    "licence": {"chips": ["h20"], "to": ["CN"], "as_of": "2026-02-01"},
    "claim": {"claims": ["h20 = 20 % of h100"], "as_of": "2025-07-15"},
    "rules": {"as_of": "2026-02-01"},
    "regimes": {"as_of": "2026-02-01"},
    "rule": {"name": "3A090.b"},
}


async def asked(work: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what some work gets from the program, started as the program of an assistant does."""
    program = StdioServerParameters(command=sys.executable, args=["-m", "chipcalc", "mcp"])
    async with Client(stdio_client(program)) as client:
        return await work(client)


def called(*questions: tuple[str, Mapping[str, Any]]) -> list[CallToolResult]:
    """Return the answers to some questions, by one client."""

    async def work(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(name, dict(given)) for name, given in questions]

    found: list[CallToolResult] = anyio.run(asked, work)
    return found


def text(result: CallToolResult) -> str:
    """Return the words of an answer."""
    return "\n".join(each.text for each in result.content if isinstance(each, TextContent))


@pytest.fixture(scope="module")
def answers() -> dict[str, CallToolResult]:
    """Return the answer of each tool to its question."""
    return dict(zip(QUESTIONS, called(*QUESTIONS.items()), strict=True))


def test_every_tool_has_a_question_here() -> None:
    assert {each.name for each in TOOLS} == {*QUESTIONS}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda each: each.name)
def test_an_answer_keeps_its_contract_and_says_that_it_is_no_advice(
    tool: Any, answers: dict[str, CallToolResult]
) -> None:
    found = answers[tool.name]
    assert not found.is_error, text(found)
    Draft202012Validator(tool.output_schema()).validate(found.structured_content)
    assert "no legal advice" in text(found)


def test_a_check_is_what_the_command_prints_as_json(answers: dict[str, CallToolResult]) -> None:
    said = json.loads(printed("chipcalc check h20 --as-of 2026-02-01 -f json"))
    assert answers["check"].structured_content == said


def test_a_comparison_names_the_addresses_of_its_sources(
    answers: dict[str, CallToolResult],
) -> None:
    assert "https://" in text(answers["compare"])


def test_the_tools_are_listed_with_what_they_take_and_give() -> None:
    async def work(client: Client) -> Any:
        return await client.list_tools()

    listed = anyio.run(asked, work)
    assert [each.name for each in listed.tools] == [each.name for each in TOOLS]
    for each in listed.tools:
        Draft202012Validator.check_schema(each.input_schema)
        Draft202012Validator.check_schema(each.output_schema or {})
        assert each.annotations.read_only_hint


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("check", {"chips": ["h21"]}, "h21"),
    ("check", {"chips": ["h20"], "as_of": "2026-02-30"}, "2026-02-30"),
    ("check", {"chip": "h20"}, "chip"),
    ("check", {}, "nothing to check"),
    ("licence", {"chips": ["h20"], "to": ["Atlantis"]}, "Atlantis"),
    ("rule", {"name": "9Z999"}, "9Z999"),
    ("claim", {"claims": ["h20 = 5"]}, "of what"),
    ("compare", {"chips": ["h20"]}, "chips"),
    ("delete", {}, "no tool"),
]


def test_a_wrong_question_is_answered_with_what_is_wrong() -> None:
    found = called(*((name, given) for name, given, _ in WRONG))
    for result, (name, _, says) in zip(found, WRONG, strict=True):
        assert result.is_error, name
        assert says in text(result)
        assert "Traceback" not in text(result)


def test_the_server_ends_when_the_other_side_does() -> None:
    run = [sys.executable, "-m", "chipcalc", "mcp"]
    found = subprocess.run(run, input="", capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0
    assert found.stdout == ""
