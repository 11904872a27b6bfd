import { Changes, defineServer, type ElicitResult, type Revision, tool } from "@portico/core";
import {
  startTask,
  TaskCancelled,
  TaskHandle,
  takeTasks,
  tasks,
} from "@portico/core/extensions/tasks";
import { cache } from "@portico/core/middleware/cache";
import { connect } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { Gate, jobs } from "./jobs.ts";

const NAMES: Readonly<Record<string, string>> = { "First name?": "Alice", "Last name?": "Smith" };

function onElicit({ message }: { message: string }): ElicitResult {
  const name = NAMES[message];
  return { action: "accept", content: message === "Sure?" ? {} : { name: name ?? "Alice" } };
}

async function open(revision: Revision, server = jobs()) {
  const client = await connect(server, { revision, onElicit, extensions: [takeTasks()] });
  onTestFinished(() => client.close());
  await client.listTools();
  return client;
}

describe.each(["2025-11-25", "2026-07-28"] as const)("tasks of %s", (revision) => {
  test("are invisible to who only wants the result", async () => {
    const client = await open(revision);
    expect(await client.callTool("quick")).toMatchObject({ content: [{ text: "Done." }] });
    expect(await client.callTool("greet", { name: "you" })).toMatchObject({
      content: [{ text: "Hello, you!" }],
    });
  });

  test("ask what they need while they run", async () => {
    const client = await open(revision);
    const result = await client.callTool("ask");
    expect(result).toMatchObject({ content: [{ text: "Alice Smith: accept" }] });
  });

  test("may have asked something before they began", async () => {
    const client = await open(revision);
    expect(await client.callTool("ask_first")).toMatchObject({
      content: [{ text: "Done for Alice." }],
    });
  });

  test("give a tool's own failure as a result, and the protocol's as an error", async () => {
    const client = await open(revision);
    expect(await client.callTool("fail")).toMatchObject({
      isError: true,
      content: [{ text: "It cannot be done." }],
    });
    await expect(client.callTool("refuse")).rejects.toMatchObject({
      code: -32603,
      message: "Refused.",
      data: { why: "because" },
    });
  });

  test("are found by their id, tell how far they are, and finish", async () => {
    const gate = new Gate();
    const client = await open(revision, jobs({}, gate));
    const task = (await startTask(client, "wait")) as TaskHandle;
    expect(task).toBeInstanceOf(TaskHandle);
    await gate.begun;
    expect(await task.state()).toMatchObject({ taskId: task.id, status: "working" });
    const messages: unknown[] = [];
    const result = task.result({
      onState: ({ statusMessage }) => messages.push(statusMessage),
      onProgress: () => gate.open(),
    });
    expect(await result).toMatchObject({ content: [{ text: "Done." }] });
    expect(messages).toContain("Half way there.");
    expect(await task.state()).toMatchObject({ status: "completed" });
  });

  test("stop when they are cancelled", async () => {
    const gate = new Gate();
    const client = await open(revision, jobs({}, gate));
    const task = (await startTask(client, "wait")) as TaskHandle;
    await gate.begun;
    await task.cancel();
    expect(await task.state()).toMatchObject({ status: "cancelled" });
    expect(gate.stopped).toBe(true);
    const ended = await task.result().catch((error) => error);
    expect(ended).toBeInstanceOf(TaskCancelled);
  });

  test("are cancelled when the caller gives up", async () => {
    const gate = new Gate();
    const client = await open(revision, jobs({}, gate));
    const control = new AbortController();
    const task = (await startTask(client, "wait")) as TaskHandle;
    await gate.begun;
    const reason = new Error("enough");
    const result = task.result({ signal: control.signal, onState: () => control.abort(reason) });
    await expect(result).rejects.toBe(reason);
    await expect.poll(async () => (await task.state()).status).toBe("cancelled");
  });

  test("do not begin for a tool that another tool calls", async () => {
    const client = await open(revision);
    expect(await client.callTool("outer")).toMatchObject({ content: [{ text: "Done." }] });
  });

  test("may call other tools", async () => {
    const inner = tool({ name: "inner", description: "Answers.", run: () => "Inside." });
    const outer = tool({
      name: "outer",
      description: "Calls another tool.",
      task: "required",
      run: async (_, ctx) => (await ctx.call("inner")).content,
    });
    const extensions = [tasks({ pollIntervalMs: 10 })];
    const tools = [outer, inner];
    const client = await open(
      revision,
      defineServer({ name: "nested", version: "1.0.0", extensions, tools }),
    );
    expect(await client.callTool("outer")).toMatchObject({ content: [{ text: "Inside." }] });
  });

  test("do not exist under an id nobody was given", async () => {
    const client = await open(revision);
    const asked = client.request("tasks/get", { taskId: "0".repeat(32) });
    await expect(asked).rejects.toMatchObject({ code: -32602 });
  });
});

test.each(["2024-11-05", "2025-03-26", "2025-06-18"] as const)(
  "there are no tasks in %s: optional tools answer at once, others say what they need",
  async (revision) => {
    const client = await open(revision);
    expect(await client.callTool("quick")).toMatchObject({ content: [{ text: "Done." }] });
    const refused = await client.callTool("fail");
    expect(refused).toMatchObject({ isError: true });
    expect(JSON.stringify(refused)).toContain("io.modelcontextprotocol/tasks");
  },
);

test("the cache keeps the result of a tool, and never the task it became", async () => {
  const caching = cache({ changes: new Changes(), tools: { quick: { ttlMs: 60_000 } } });
  const client = await connect(jobs(), { extensions: [takeTasks()], middleware: [caching] });
  onTestFinished(() => client.close());
  const ids = new Set<string>();
  for (let call = 0; call < 2; call++) {
    const task = await startTask(client, "quick");
    if (task instanceof TaskHandle) ids.add(task.id);
  }
  expect(ids.size).toBe(2);
});

test("a client of 2026-07-28 that does not take tasks gets none, and no word of them", async () => {
  const client = await connect(jobs());
  onTestFinished(() => client.close());
  expect(await client.callTool("quick")).toMatchObject({ content: [{ text: "Done." }] });
  const needed = { extensions: { "io.modelcontextprotocol/tasks": {} } };
  await expect(client.callTool("fail")).rejects.toMatchObject({
    code: -32021,
    data: { requiredCapabilities: needed },
  });
});

test("a 2025-11-25 client must ask for a task where a tool needs one, and may not elsewhere", async () => {
  const client = await connect(jobs(), { revision: "2025-11-25" });
  onTestFinished(() => client.close());
  await expect(client.callTool("fail")).rejects.toMatchObject({ code: -32601 });
  const asked = client.request("tools/call", { name: "greet", arguments: {}, task: {} });
  await expect(asked).rejects.toMatchObject({ code: -32601 });
});
