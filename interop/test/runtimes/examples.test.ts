import { connect, type EraName, httpClient } from "@portico/core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Listening } from "../peers/listening.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { rawPost } from "./raw-post.ts";
import { type Start, startOnBun, startOnDeno, startOnWorkerd } from "./start.ts";

const example = (name: string) => new URL(`../../../examples/runtimes/${name}.ts`, import.meta.url);

describeOn(bun, () => {
  testExample(startOnBun, example("bun"));
  testShutdown(startOnBun, example("bun"));
});
describeOn(deno, () => {
  testExample(startOnDeno, example("deno"));
  testShutdown(startOnDeno, example("deno"));
});
describeOn(workerd, () => testExample(startOnWorkerd, example("worker")));

const clientInfo = { name: "example", version: "1.0.0" };

/** What an example of a server must do. */
function testExample(start: Start, program: URL): void {
  let server: Listening;
  beforeAll(async () => {
    server = await start(program);
  });
  afterAll(() => server?.stop());

  test.each<EraName>(["modern", "legacy"])("the example answers in the %s era", async (era) => {
    const client = await connect(httpClient(server.url), { clientInfo, era });
    const { structuredContent } = await client.callTool("add", { a: 19, b: 23 });
    expect(structuredContent).toEqual({ sum: 42 });
    await client.close();
  });

  test.each([
    ["pages from elsewhere", 403, { Origin: "https://evil.example" }, "{}"],
    ["to be called by a name that is not its own", 403, { Host: "evil.example" }, "{}"],
    ["what is not UTF-8", 400, {}, Uint8Array.of(0x7b, 0xff, 0x7d)],
    ["bodies beyond all measure", 413, { "Content-Length": 2 ** 30 }, "{}"],
  ])("the example refuses %s", async (_, status, headers, body) => {
    expect(await rawPost(server.url, headers, body)).toBe(status);
  });
}

/** What an example must do where a signal can end it. */
function testShutdown(start: Start, program: URL): void {
  test("the example ends its streams before it goes", async () => {
    const server = await start(program);
    onTestFinished(() => server.stop());
    const client = await connect(httpClient(server.url), { clientInfo, era: "modern" });
    onTestFinished(() => client.close());
    const changes = await client.subscribe({ tools: true });
    await server.stop();
    // Had the stream broken off, the client would try to open it again.
    expect(await changes.next()).toEqual({ done: true, value: undefined });
  });
}
