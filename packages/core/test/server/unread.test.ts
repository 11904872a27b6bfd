import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { defineServer, memoryPair, serve, tool } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { meta, RawClient } from "./raw-client.ts";

const MIB = 1024 * 1024;
const CALLS = 20_000;

const request = (id: number, name: string): JsonObject => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, _meta: meta() },
});

/** Resolves when `value` did not change over many turns of the event loop. */
async function settled(value: () => number): Promise<void> {
  let last = value();
  for (let turn = 0; turn < 300; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (value() === last) continue;
    last = value();
    turn = 0;
  }
}

describe("a client that does not read", () => {
  function setUp() {
    let runs = 0;
    const aborted: string[] = [];
    const big = tool({
      name: "big",
      description: "Says much.",
      run: () => {
        runs++;
        return "x".repeat(10_000);
      },
    });
    const wait = tool({
      name: "wait",
      description: "Waits to be cancelled.",
      run: (_, { signal }) =>
        new Promise<string>((resolve) =>
          signal.addEventListener("abort", () => {
            aborted.push("wait");
            resolve("");
          }),
        ),
    });
    const [ours, theirs] = memoryPair();
    serve(defineServer({ name: "s", version: "1.0.0", tools: [big, wait] }), theirs);
    const client = new RawClient(ours);
    onTestFinished(() => ours.close());
    return { client, ours, aborted, runs: () => runs };
  }

  test("is served no further until it reads, and then all it asked for", async () => {
    const { client, ours, runs } = setUp();
    ours.pause?.();
    for (let id = 1; id <= 5_000; id++) {
      client.send(request(id, "big"));
      if (id % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await settled(runs);
    expect(runs()).toBeLessThan(500);
    ours.resume?.();
    await client.response(5_000);
    const answered = client.received.map(({ id }) => id);
    expect(new Set(answered).size).toBe(4_999);
    expect(runs()).toBe(5_000);
  });

  test("can still cancel what runs, and what was not begun never is", async () => {
    const { client, ours, aborted, runs } = setUp();
    client.send(request(1, "wait"));
    ours.pause?.();
    const last = 50;
    // One is enough to fill what may wait to be read.
    for (let id = 2; id <= last; id++) client.send(request(id, "big"));
    await settled(runs);
    for (let id = last + 1; id <= last + 20; id++) client.send(request(id, "big"));
    await settled(runs);
    const before = runs();
    expect(before).toBeLessThan(last + 19);
    client.notify("notifications/cancelled", { requestId: 1 });
    client.notify("notifications/cancelled", { requestId: last + 20 });
    await settled(() => aborted.length);
    expect(aborted).toEqual(["wait"]);
    ours.resume?.();
    await client.response(last + 19);
    expect(runs()).toBe(last + 18);
    expect(client.received.some(({ id }) => id === 1 || id === last + 20)).toBe(false);
  });
});

test("a server process takes no more from a client that does not read than it can hold", async () => {
  const program = fileURLToPath(new URL("flood-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let taken = 0;
  const send = (id: number, name: string) =>
    child.stdin.write(`${JSON.stringify(request(id, name))}\n`, () => taken++);
  send(0, "memory");
  for (let id = 1; id < CALLS; id++) send(id, "big");
  send(CALLS, "memory");
  await settled(() => taken);
  expect(taken).toBeLessThan(CALLS);

  let text = "";
  let answers = 0;
  const memory: number[] = [];
  child.stdout.setEncoding("utf8");
  for await (const chunk of child.stdout) {
    const lines = (text + chunk).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      answers++;
      if (line.length < 1_000) memory.push(Number(JSON.parse(line).result.content[0].text));
    }
    if (answers === CALLS + 1) break;
  }
  expect(answers).toBe(CALLS + 1);
  // All results together have 400 MB.
  const [before = 0, after = 0] = memory;
  expect((after - before) / MIB).toBeLessThan(250);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});
