"""A server on the official Python SDK, for our client to try.

Usage: server.py http|stateless|sse   says `Listening on URL.` on stderr once it does.
The SDK serves the newest revision without sessions, whatever older ones get.
"""

import asyncio
import socket
import sys
from typing import Annotated

import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Elicit, ListRoots, Resolve, Sample
from mcp_types import (
    Completion,
    CreateMessageResult,
    ListRootsResult,
    SamplingMessage,
    TextContent,
)
from pydantic import BaseModel

server = MCPServer("python-sdk", instructions="Try each tool once.", log_level="ERROR")
cancelled = 0
touched = 0


class Person(BaseModel):
    name: str


async def ask_person() -> Elicit[Person]:
    return Elicit("Who are you?", Person)


async def ask_model() -> Sample:
    question = SamplingMessage(role="user", content=TextContent(type="text", text="What is 6 times 7?"))
    return Sample([question], max_tokens=10)


async def ask_roots() -> ListRoots:
    return ListRoots()


@server.tool()
def add(a: int, b: int) -> str:
    return str(a + b)


@server.tool()
def fail() -> str:
    raise ToolError("Not like this: try add instead.")


@server.tool()
async def work(ctx: Context) -> str:
    for step in (1, 2, 3):
        await ctx.report_progress(step, 3, f"step {step}")
    return "done"


@server.tool()
async def hang(ctx: Context) -> str:
    global cancelled
    await ctx.report_progress(1)
    try:
        await asyncio.Event().wait()
    finally:
        cancelled += 1


@server.tool(name="cancelled")
def count_cancelled() -> str:
    return str(cancelled)


@server.tool()
async def touch(ctx: Context) -> str:
    global touched
    touched += 1
    await ctx.notify_resource_updated("note://current")
    await ctx.notify_tools_changed()
    await ctx.session.send_tool_list_changed()
    return "touched"


@server.tool()
def ask(person: Annotated[Person, Resolve(ask_person)]) -> str:
    return f"Hello {person.name}"


@server.tool()
def think(thought: Annotated[CreateMessageResult, Resolve(ask_model)]) -> str:
    return thought.content.text


@server.tool()
def roots(found: Annotated[ListRootsResult, Resolve(ask_roots)]) -> str:
    return " ".join(str(root.uri) for root in found.roots)


@server.resource("note://current")
def note() -> str:
    return f"touched {touched} times"


@server.resource("item://{id}")
def item(id: str) -> str:
    return f"item {id}"


@server.prompt()
def greet(name: str) -> str:
    return f"Please greet {name}."


@server.completion()
async def complete(_ref, argument, _context) -> Completion:
    return Completion(values=[name for name in ("Ada", "Alan", "Grace") if name.startswith(argument.value)])


def main() -> None:
    way = sys.argv[1]
    app = server.sse_app() if way == "sse" else server.streamable_http_app()
    listener = socket.create_server(("127.0.0.1", 0))
    path = "sse" if way == "sse" else "mcp"
    print(f"Listening on http://127.0.0.1:{listener.getsockname()[1]}/{path}. ", file=sys.stderr, flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


main()
