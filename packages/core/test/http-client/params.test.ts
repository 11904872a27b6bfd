import { describe, expect, test } from "vitest";
import { complete, listed, modern, unkept } from "./scripts.ts";

const marked = (header: string, type = "string") => ({ type, "x-mcp-header": header });

describe("arguments that a tool wants in headers", () => {
  test("are there, as text, and none for what has no value", async () => {
    const properties = { region: marked("Region"), count: marked("Count", "integer"), q: {} };
    await using server = await modern({
      "tools/list": (request) => request.result(unkept({ tools: [listed("sql", properties)] })),
      "tools/call": (request) => request.result(complete({ content: [] })),
    });
    const client = await server.connect();
    await client.listTools();
    await client.callTool("sql", { region: "Zürich", count: 3, q: "secret" });
    await client.callTool("sql", { region: null });
    const [first, second] = server.got("tools/call").map(({ headers }) => headers);
    expect(first).toMatchObject({
      "mcp-param-region": "=?base64?WsO8cmljaA==?=",
      "mcp-param-count": "3",
    });
    expect(first).not.toHaveProperty("mcp-param-q");
    expect(Object.keys(second ?? {}).filter((name) => name.startsWith("mcp-param"))).toEqual([]);
  });

  test("are looked up again when the server misses one", async () => {
    await using server = await modern({
      "tools/list": (request) =>
        request.message.params?.cursor === undefined
          ? request.result(unkept({ tools: [listed("other")], nextCursor: "2" }))
          : request.result(unkept({ tools: [listed("sql", { region: marked("Region") })] })),
      "tools/call": (request) =>
        request.headers["mcp-param-region"] === "eu"
          ? request.result(complete({ content: [] }))
          : request.error(400, -32020),
    });
    const client = await server.connect();
    await client.callTool("sql", { region: "eu" });
    expect(server.order.slice(1)).toEqual(["tools/call", "tools/list", "tools/list", "tools/call"]);
  });

  test("are looked up again once only", async () => {
    await using server = await modern({
      "tools/list": (request) => request.result(unkept({ tools: [] })),
      "tools/call": (request) => request.error(400, -32020),
    });
    const client = await server.connect();
    await expect(client.callTool("sql")).rejects.toMatchObject({ code: -32020 });
    expect(server.order.slice(1)).toEqual(["tools/call", "tools/list", "tools/call"]);
  });

  test("cannot be integers that would change on the way", async () => {
    await using server = await modern({
      "tools/list": (request) =>
        request.result(unkept({ tools: [listed("sql", { count: marked("Count", "integer") })] })),
    });
    const client = await server.connect();
    await client.listTools();
    await expect(client.callTool("sql", { count: 2 ** 60 })).rejects.toThrow(RangeError);
    expect(server.got("tools/call")).toEqual([]);
  });
});

describe("a tool that wants headers it cannot have", () => {
  test("is not listed, with one warning that says why, and the others are", async () => {
    await using server = await modern({
      "tools/list": (request) =>
        request.result(
          unkept({
            tools: [
              listed("good", { a: marked("A") }),
              listed("bad\u001b[2J", { a: marked("A", "number") }),
              listed("plain"),
            ],
          }),
        ),
    });
    const warnings: string[] = [];
    const client = await server.connect({}, { onWarning: (each) => warnings.push(each) });
    const names = async () => (await client.listTools()).map(({ name }) => name);
    expect(await names()).toEqual(["good", "plain"]);
    expect(await names()).toEqual(["good", "plain"]);
    expect(warnings).toEqual([
      'The tool "bad\\u001b[2J" was left out of the list: x-mcp-header: "a" asks for a header, which only a string, an integer or a boolean can have, not "number".',
    ]);
  });
});
