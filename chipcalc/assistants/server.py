"""The server that assistants speak to over standard input and output, by the official library."""

from __future__ import annotations

from typing import Any

import anyio
from jsonschema import Draft202012Validator
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Offered

from chipcalc.api.database import Database
from chipcalc.assistants.tools import TOOLS, Tool
from chipcalc.errors import ChipcalcError
from chipcalc.words.check import NO_ADVICE

INSTRUCTIONS = (
    "Facts of chips with sources, comparisons, and what export rules say of a chip on a day. "
    "Repeat the answers as they are: 'not settled' is no yes and no no, '~' is an estimate, "
    "'unknown' was not published, and what is not modelled belongs to the answer. "
    f"Name sources and the day. {NO_ADVICE}"
)
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server(db: Database, version: str) -> Server[Any]:
    """Return the server of all tools over some spec folders."""
    tools = {each.name: each for each in TOOLS}

    async def listed(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_offered(each) for each in TOOLS])

    async def called(_: object, asked: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            return _refused(f"there is no tool '{asked.name}': {', '.join(tools)}")
        return _answer(tool, db, asked.arguments or {})

    return Server(
        "chipcalc",
        version=version,
        title="chipcalc",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _offered(tool: Tool) -> Offered:
    return Offered(
        name=tool.name,
        title=tool.title,
        description=f"{tool.says} {NO_ADVICE}",
        input_schema=tool.input_schema(),
        output_schema=tool.output_schema(),
        annotations=_READ_ONLY,
    )


def _answer(tool: Tool, db: Database, given: dict[str, Any]) -> CallToolResult:
    wrong = next(Draft202012Validator(tool.input_schema()).iter_errors(given), None)
    if wrong is not None:
        place = ".".join(map(str, wrong.absolute_path))
        return _refused(f"{place}: {wrong.message}" if place else wrong.message)
    try:
        found = tool.ask(db, given)
    except ChipcalcError as fault:
        return _refused("\n".join(map(str, fault.problems)))
    return CallToolResult(
        content=[TextContent(type="text", text=found.text)], structured_content=dict(found.data)
    )


def _refused(says: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=says)], is_error=True)


def serve(db: Database, version: str) -> None:
    """Answer over standard input and output until the other side ends."""
    found = server(db, version)

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await found.run(incoming, outgoing, found.create_initialization_options())

    anyio.run(run)
