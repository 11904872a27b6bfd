import { describe, expect, test } from "vitest";
import { eras } from "../server/raw-client.ts";
import { RawProcess } from "./raw-process.ts";

const MIB = 1024 * 1024;

describe.each(eras)("a server on stdio that speaks $revision", (era) => {
  async function opened(): Promise<RawProcess> {
    const server = new RawProcess();
    await era.open(server);
    return server;
  }
  const goesOn = async (server: RawProcess) =>
    expect((await server.request("tools/list", era.params())).result).toHaveProperty("tools");
  const damage = async (server: RawProcess, code: number) => {
    const answer = await server.take((message) => "error" in message);
    expect(answer).toMatchObject({ jsonrpc: "2.0", error: { code } });
    expect(answer).not.toHaveProperty("id");
    await goesOn(server);
  };

  test("answers a line that is not JSON with a parse error and goes on", async () => {
    await using server = await opened();
    await server.write("hello?\n");
    await damage(server, -32700);
  });

  test("answers invalid UTF-8 with a parse error and goes on", async () => {
    await using server = await opened();
    await server.write(Uint8Array.of(0x22, 0xc3, 0x28, 0x22, 0x0a));
    await damage(server, -32700);
  });

  test("refuses a line of 100 MB without holding it and goes on", async () => {
    await using server = await opened();
    await goesOn(server);
    const before = server.peakMemory;
    const chunk = new Uint8Array(MIB).fill(0x20);
    for (let sent = 0; sent < 100; sent++) await server.write(chunk);
    await server.write("\n");
    await damage(server, -32600);
    expect(server.peakMemory - before).toBeLessThan(160 * MIB);
  });

  test("refuses a message 10,000 levels deep and goes on", async () => {
    await using server = await opened();
    const deep = `${'{"params":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    await server.write(`${deep}\n`);
    await damage(server, -32600);
  });

  test("refuses deep params of a request and goes on", async () => {
    await using server = await opened();
    const nested = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    await server.write(
      `{"jsonrpc":"2.0","id":"deep","method":"tools/call","params":{"a":${nested}}}\n`,
    );
    await damage(server, -32600);
  });

  test("takes half a line before the end for nothing and exits", async () => {
    const server = await opened();
    await goesOn(server);
    await server.write('{"jsonrpc":"2.0","id":"half","method":"tools/list","params":{');
    expect(await server.end()).toBe(0);
    expect(server.received).toEqual([]);
  });

  test("answers what was asked before the end, and exits", async () => {
    const server = await opened();
    await goesOn(server);
    const params = era.params({ name: "echo", arguments: { text: "bye" } });
    const request = { jsonrpc: "2.0", id: "last", method: "tools/call", params };
    await server.write(`${JSON.stringify(request)}\n`);
    const code = server.end();
    expect((await server.response("last")).result).toMatchObject({ content: [{ text: "bye" }] });
    expect(await code).toBe(0);
  });

  test("serves 10,000 requests that arrive at once", async () => {
    await using server = await opened();
    const text = "x".repeat(1_000);
    const params = era.params({ name: "echo", arguments: { text } });
    const ids = Array.from({ length: 10_000 }, () => server.begin("tools/call", params));
    const answered = new Set<unknown>();
    while (answered.size < ids.length) {
      const { id, result } = await server.take(() => true);
      expect(result).toMatchObject({ content: [{ text }] });
      answered.add(id);
    }
    expect(server.peakMemory).toBeLessThan(400 * MIB);
    await goesOn(server);
  });

  test("bounds how many requests run at once, and answers those beyond", async () => {
    await using server = await opened();
    const params = era.params({ name: "wait" });
    const ids = Array.from({ length: 20_000 }, () => server.begin("tools/call", params));
    const refused: unknown[] = [];
    while (refused.length < ids.length - 16_384) {
      refused.push(await server.take((message) => "error" in message));
    }
    expect(refused[0]).toMatchObject({ error: { message: /wait for some/ } });
    for (const requestId of ids) server.notify("notifications/cancelled", { requestId });
    await goesOn(server);
    expect(server.received).toEqual([]);
  });
});
