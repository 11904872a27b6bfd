"""The official Python client against the filesystem server, over stdio, Streamable HTTP and HTTP+SSE.

Usage: client.py COMMAND [ARGUMENT ...]   runs the server with these; a directory is added at the end.
Prints one line for each check and ends with `N passed, N failed`.
"""

import asyncio
import contextlib
import re
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import urljoin

import anyio
import mcp_types as types
from mcp import Client, StdioServerParameters
from mcp.client.session import MCPError
from mcp.client.sse import sse_client

MODERN = "2026-07-28"
# How the server is reached, and what the client may agree to there.
WAYS = {
    "stdio": ["legacy", "auto", MODERN],
    "HTTP": ["legacy", "auto", MODERN],
    "HTTP+SSE": ["legacy"],
}

# Older methods are called on purpose, on the revisions that have them.
warnings.simplefilter("ignore")

passed = 0
failed = 0


@contextlib.contextmanager
def check(name: str):
    """Counts one check; an exception is its failure, and the next one goes on."""
    global passed, failed
    try:
        yield
        passed += 1
        print(f"ok      {name}")
    except Exception as error:  # noqa: BLE001 - whatever the client raises is the finding
        failed += 1
        print(f"FAILED  {name}: {type(error).__name__}: {error}")


def text_of(result: types.CallToolResult) -> str:
    return "".join(block.text for block in result.content if block.type == "text")


def asking(answer: str, asked: list[str]):
    async def elicit(_context, params) -> types.ElicitResult:
        asked.append(params.message)
        return types.ElicitResult(action=answer, content={} if answer == "accept" else None)

    return elicit


async def tools(client: Client, folder: Path, label: str) -> None:
    with check(f"{label}: lists the tools with schemas"):
        listed = (await client.list_tools()).tools
        names = {tool.name for tool in listed}
        assert {"read_text_file", "edit_file", "search_files", "delete_file"} <= names, names
        assert all(tool.output_schema for tool in listed), "a tool lacks its output schema"
    with check(f"{label}: writes, reads, edits and searches"):
        path = str(folder / "note.txt")
        await client.call_tool("write_file", {"path": path, "content": "one\ntwo\n"})
        read = await client.call_tool("read_text_file", {"path": path})
        assert text_of(read) == "one\ntwo\n", read
        assert read.structured_content["content"] == "one\ntwo\n", read
        edits = [{"oldText": "two", "newText": "three"}]
        diff = await client.call_tool("edit_file", {"path": path, "edits": edits})
        assert "+three" in text_of(diff), diff
        found = await client.call_tool("search_file_contents", {"path": str(folder), "pattern": "thr.."})
        assert "note.txt:2:three" in text_of(found), found
    with check(f"{label}: tells the model what went wrong"):
        refused = await client.call_tool("read_text_file", {"path": "/etc/passwd"})
        assert refused.is_error, refused
        assert "/etc/passwd" not in text_of(refused) or "outside" in text_of(refused), refused
        invalid = await client.call_tool("read_text_file", {"head": 1})
        assert invalid.is_error and "path" in text_of(invalid), invalid
    with check(f"{label}: refuses a tool that does not exist"):
        try:
            await client.call_tool("no_such_tool", {})
            raise AssertionError("it was called")
        except MCPError as error:
            assert error.error.code == -32602, error


async def resources(client: Client, folder: Path, label: str) -> None:
    uri = (folder / "note.txt").as_uri()
    with check(f"{label}: lists and reads resources"):
        listed = await client.list_resources()
        assert uri in [str(one.uri) for one in listed.resources], listed
        contents = (await client.read_resource(uri)).contents
        assert contents[0].text == "one\nthree\n", contents
    with check(f"{label}: lists templates and completes a path"):
        templates = (await client.list_resource_templates()).resource_templates
        reference = types.ResourceTemplateReference(type="ref/resource", uri=templates[0].uri_template)
        typed = str(folder / "no").lstrip("/")
        done = await client.complete(reference, {"name": "path", "value": typed})
        assert str(folder / "note.txt").lstrip("/") in done.completion.values, done
    with check(f"{label}: says when there is no such resource"):
        try:
            await client.read_resource((folder / "missing.txt").as_uri())
            raise AssertionError("it was read")
        except MCPError as error:
            expected = -32602 if client.protocol_version == MODERN else -32002
            assert error.error.code == expected, error


async def prompts(client: Client, folder: Path, label: str) -> None:
    with check(f"{label}: lists and gets prompts"):
        names = {prompt.name for prompt in (await client.list_prompts()).prompts}
        assert names == {"code_review", "debug_error", "project_context"}, names
        review = await client.get_prompt("code_review", {"file_path": str(folder / "note.txt")})
        assert review.messages[1].content.resource.text == "one\nthree\n", review
        context = await client.get_prompt("project_context")
        assert "note.txt" in context.messages[0].content.text, context


async def changes(client: Client, folder: Path, label: str, heard: asyncio.Queue) -> None:
    path = folder / "watched.txt"
    path.write_text("before")
    uri = path.as_uri()
    with check(f"{label}: tells of a changed file"):
        async with asyncio.timeout(10):
            if client.protocol_version == MODERN:
                async with client.listen(resource_subscriptions=[uri]) as events:
                    path.write_text("after")
                    event = await anext(aiter(events))
                    assert str(event.uri) == uri, event
            else:
                await client.subscribe_resource(uri)
                path.write_text("after")
                assert await heard.get() == uri
                await client.unsubscribe_resource(uri)


async def deletes(client: Client, folder: Path, label: str, asked: list[str]) -> None:
    with check(f"{label}: asks the user before it deletes"):
        path = folder / "watched.txt"
        result = await client.call_tool("delete_file", {"path": str(path)})
        assert not result.is_error, result
        assert asked and str(path) in asked[0], asked
        assert not path.exists()


@contextlib.asynccontextmanager
async def serving(way: str, command: list[str], folder: Path):
    """Yields a function that gives each client what it connects to."""
    if way == "stdio":
        program, *arguments = command
        yield lambda: StdioServerParameters(command=program, args=[*arguments, str(folder)])
        return
    flags = ["--transport=http", "--port=0", str(folder)]
    server = await asyncio.create_subprocess_exec(*command, *flags, stderr=asyncio.subprocess.PIPE)
    try:
        url = await address_of(server)
        yield (lambda: url) if way == "HTTP" else lambda: sse_client(urljoin(url, "sse"))
    finally:
        server.terminate()
        await server.wait()


async def address_of(server: asyncio.subprocess.Process) -> str:
    async for line in server.stderr:
        if said := re.search(r"Listening on (\S+)\. ", line.decode()):
            return said[1]
    raise RuntimeError("The server did not listen.")


async def run(reach, folder: Path, mode: str, label: str) -> None:
    asked: list[str] = []
    heard: asyncio.Queue = asyncio.Queue()

    async def hear(message) -> None:
        if isinstance(message, types.ResourceUpdatedNotification):
            heard.put_nowait(str(message.params.uri))

    options = {"elicitation_callback": asking("accept", asked), "message_handler": hear}
    with check(f"{label}: connects and says goodbye"):
        try:
            async with Client(reach(), mode=mode, **options) as client:
                with check(f"{label}: speaks the revision meant"):
                    legacy = mode == "legacy"
                    assert (client.protocol_version == MODERN) != legacy, client.protocol_version
                    # A pinned revision is used without asking the server about itself first.
                    assert client.instructions or mode == MODERN
                await tools(client, folder, label)
                await resources(client, folder, label)
                await prompts(client, folder, label)
                await changes(client, folder, label, heard)
                await deletes(client, folder, label, asked)
        except* anyio.BrokenResourceError:
            # The SDK's reader of HTTP+SSE breaks when a message comes while its client leaves.
            if not label.startswith("HTTP+SSE"):
                raise


async def narrowed(reach, folder: Path, mode: str, label: str) -> None:
    inner = folder / "inner dir"
    inner.mkdir(exist_ok=True)

    async def roots(_context) -> types.ListRootsResult:
        return types.ListRootsResult(roots=[types.Root(uri=inner.as_uri(), name="inner")])

    with check(f"{label}: is narrowed by the client's roots"):
        async with Client(reach(), mode=mode, list_roots_callback=roots) as client:
            allowed = text_of(await client.call_tool("list_allowed_directories", {}))
            assert allowed == f"Allowed directories:\n{inner}", allowed


async def main() -> None:
    command = sys.argv[1:]
    for way, modes in WAYS.items():
        for mode in modes:
            with tempfile.TemporaryDirectory() as temporary:
                folder = Path(temporary).resolve()
                async with serving(way, command, folder) as reach:
                    await run(reach, folder, mode, f"{way}, {mode}")
                    await narrowed(reach, folder, mode, f"{way}, {mode}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


asyncio.run(main())
