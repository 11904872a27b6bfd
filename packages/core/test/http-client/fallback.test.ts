import { describe, expect, test } from "vitest";
import { connect, HttpError, httpClient, NoCommonRevision } from "../../src/index.ts";
import { MockHttp, type Received, type Stream } from "./mock-http.ts";
import { initialized, legacy, modern } from "./scripts.ts";

describe("a server of unknown era", () => {
  test.each([
    ["400 and nothing", (request: Received) => request.answer(400)],
    ["400 and an error of its own", (request: Received) => request.error(400, -32000)],
    ["404", (request: Received) => request.answer(404)],
    ["404 and an unknown method", (request: Received) => request.error(404, -32601)],
    ["405", (request: Received) => request.answer(405)],
    ["406", (request: Received) => request.answer(406)],
    ["500", (request: Received) => request.answer(500)],
    ["200 and an unknown method", (request: Received) => request.error(200, -32601)],
    ["a web page", (request: Received) => request.answer(200, "", { "Content-Type": "text/html" })],
  ])("is initialized when it answers server/discover with %s", async (_what, discover) => {
    await using server = await legacy({ "server/discover": discover });
    const client = await server.connect();
    expect(client.server).toMatchObject({ era: "legacy", revision: "2025-11-25" });
  });

  test("is not probed twice once it is remembered", async () => {
    await using server = await legacy();
    const { remembered } = await server.connect();
    await server.connect({ remembered });
    expect(server.got("server/discover")).toHaveLength(1);
  });

  test("is modern when it refuses as only modern ones do", async () => {
    await using server = await modern({
      "server/discover": (request) =>
        request.error(400, -32022, { supported: ["2027-01-01"], requested: "2026-07-28" }),
    });
    await expect(server.connect()).rejects.toThrow(NoCommonRevision);
    expect(server.got("initialize")).toEqual([]);
  });

  test.each([401, 403, 502])("is not judged by HTTP %i", async (status) => {
    await using server = await modern({ "server/discover": (request) => request.answer(status) });
    await expect(server.connect()).rejects.toMatchObject({ name: "HttpError", status });
    expect(server.order).toEqual(["server/discover"]);
  });

  test("is not judged by its silence", async () => {
    const server = await modern();
    const target = httpClient(server.url);
    await server.stop();
    const clientInfo = { name: "host", version: "3" };
    await expect(connect(target, { clientInfo })).rejects.toThrow(
      /could not be reached: .*ECONNREFUSED/,
    );
  });
});

/** A server of HTTP+SSE alone, which refuses POST at its address. */
async function sse(
  refusal: (request: Received) => unknown,
  first: (origin: string) => string = () => "event: endpoint\ndata: /messages?session=1\n\n",
) {
  let stream: Stream | undefined;
  const server: MockHttp = await MockHttp.start((request) => {
    if (request.method === "GET") {
      stream = request.stream().raw(first(server.origin));
      return;
    }
    if (!request.path.startsWith("/messages")) return refusal(request);
    request.answer(202, "Accepted");
    const { method, id } = request.message;
    if (method === "initialize") stream?.message(request.response(initialized("2024-11-05")));
    else if (id !== undefined)
      stream?.raw(`event: message\ndata: ${JSON.stringify(request.response({}))}\n\n`);
  });
  return { server, stream: () => stream };
}

describe("a server of HTTP+SSE", () => {
  test.each([
    ["400", (request: Received) => request.answer(400)],
    [
      "404",
      (request: Received) => request.answer(404, "<h1>No</h1>", { "Content-Type": "text/html" }),
    ],
    ["405", (request: Received) => request.answer(405)],
    ["400 and an error of its own", (request: Received) => request.error(400, -32000)],
  ])("is found behind %s", async (_what, refusal) => {
    const { server } = await sse(refusal);
    await using _ = server;
    const client = await server.connect();
    await client.ping();
    expect(client.server).toMatchObject({ era: "legacy", revision: "2024-11-05" });
    expect(server.seen.map(({ method, path, message }) => [method, path, message.method])).toEqual([
      ["POST", "/mcp", "server/discover"],
      ["POST", "/mcp", "initialize"],
      ["GET", "/mcp", undefined],
      ["POST", "/messages?session=1", "initialize"],
      ["POST", "/messages?session=1", "notifications/initialized"],
      ["POST", "/messages?session=1", "ping"],
    ]);
  });

  test("is connected to again when its stream ends", async () => {
    const { server, stream } = await sse((request) => request.answer(404));
    await using _ = server;
    const client = await server.connect({ era: "legacy" });
    await server.until(() => server.got("notifications/initialized")[0]);
    stream()?.end();
    await server.until(() => server.got("notifications/initialized")[1]);
    await client.ping();
    expect(server.got("", "GET")).toHaveLength(2);
  });

  test("is not looked for behind the refusal of a modern server", async () => {
    await using server = await modern({ initialize: (request) => request.error(400, -32022) });
    await expect(server.connect({ era: "legacy" })).rejects.toMatchObject({ code: -32022 });
    expect(server.order).toEqual(["initialize"]);
  });

  test("must not send messages to another origin", async () => {
    const { server } = await sse(
      (request) => request.answer(404),
      () => "event: endpoint\ndata: http://127.0.0.1:1/messages\n\n",
    );
    await using _ = server;
    await expect(server.connect()).rejects.toThrow(HttpError);
    expect(server.order).toEqual(["server/discover", "initialize", "GET"]);
  });

  test.each([
    ["is not there", (request: Received) => request.answer(404)],
    [
      "has a stream of something else",
      (request: Received) => request.stream().notify("hello").end(),
    ],
  ])("that %s leaves the first refusal to be told", async (_what, get) => {
    await using server = await MockHttp.start((request) =>
      request.method === "GET" ? get(request) : request.answer(404),
    );
    await expect(server.connect()).rejects.toThrow("no MCP server at this address (HTTP 404)");
  });
});
