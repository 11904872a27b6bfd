import { connect, type EraName, httpClient } from "@portico/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Listening } from "../peers/listening.ts";
import { bun, deno, describeOn, workerd } from "./installed.ts";
import { type Start, startOnBun, startOnDeno, startOnWorkerd } from "./start.ts";

const example = (name: string) => new URL(`../../../examples/runtimes/${name}.ts`, import.meta.url);

describeOn(bun, () => testExample(startOnBun, example("bun")));
describeOn(deno, () => testExample(startOnDeno, example("deno")));
describeOn(workerd, () => testExample(startOnWorkerd, example("worker")));

/** What an example of a server must do. */
function testExample(start: Start, program: URL): void {
  let server: Listening;
  beforeAll(async () => {
    server = await start(program);
  });
  afterAll(() => server?.stop());

  test.each<EraName>(["modern", "legacy"])("the example answers in the %s era", async (era) => {
    const clientInfo = { name: "example", version: "1.0.0" };
    const client = await connect(httpClient(server.url), { clientInfo, era });
    const { structuredContent } = await client.callTool("add", { a: 19, b: 23 });
    expect(structuredContent).toEqual({ sum: 42 });
    await client.close();
  });

  test("the example refuses pages from elsewhere", async () => {
    const headers = { Origin: "https://evil.example", "Content-Type": "application/json" };
    const response = await fetch(server.url, { method: "POST", body: "{}", headers });
    expect(response.status).toBe(403);
    await response.body?.cancel();
  });
}
