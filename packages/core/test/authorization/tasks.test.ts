import { DatabaseSync } from "node:sqlite";
import type { Principal, Revision } from "@portico/core";
import {
  memoryTaskStore,
  redisTaskStore,
  sqliteTaskStore,
  startTask,
  type TaskHandle,
  type TaskStore,
  takeTasks,
} from "@portico/core/extensions/tasks";
import { type AccessRule, authorise } from "@portico/core/middleware/authorise";
import { connect } from "@portico/core/testing";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { memoryPair, serve } from "../../src/index.ts";
import { Gate, jobs } from "../extensions/jobs.ts";
import { meta, RawClient } from "../server/raw-client.ts";

const rules: AccessRule[] = [
  { kind: "capability", tools: ["quick"] },
  { kind: "capability", to: { scopes: ["admin"] }, tools: ["*"] },
  { kind: "scope", scopes: ["run"], tools: ["wait", "ask"] },
];
const middleware = [authorise(rules)];

/** One principal with three tokens: for everything, without the tools, and without a scope these need. */
const whole: Principal = { id: "ann", scopes: ["admin", "run"] };
const narrow: Principal = { id: "ann", scopes: ["run"] };
const unscoped: Principal = { id: "ann", scopes: ["admin"] };

const REDIS_URL = process.env.PORTICO_TEST_REDIS_URL;
const redis = createClient(REDIS_URL === undefined ? {} : { url: REDIS_URL });
beforeAll(() => (REDIS_URL === undefined ? undefined : redis.connect()));
afterAll(() => (redis.isOpen ? redis.close() : undefined));

const stores: readonly (readonly [name: string, make: () => TaskStore])[] = [
  ["memory", () => memoryTaskStore()],
  ["SQLite", () => sqliteTaskStore(new DatabaseSync(":memory:"))],
  ["Redis", () => redisTaskStore((args) => redis.sendCommand(args), { prefix: newPrefix() })],
];
const newPrefix = () => `portico-test-${crypto.randomUUID()}:`;
const inUse = stores.filter(([name]) => name !== "Redis" || REDIS_URL !== undefined);
const cases = inUse.flatMap(([name, make]) =>
  (["2025-11-25", "2026-07-28"] as const).map((revision) => [revision, name, make] as const),
);

describe.each(cases)("the task of %s in %s", (revision, _name, make) => {
  const open = async (tool: string) => {
    const gate = new Gate();
    const server = jobs({ store: make() }, gate);
    const as = async (principal: Principal, over: "memory" | "http" = "memory") => {
      const extensions = [takeTasks()];
      const options = { revision, middleware, principal, extensions, over };
      const client = await connect(server, { ...options, onElicit: () => ({ action: "cancel" }) });
      onTestFinished(() => client.close());
      await client.listTools();
      return client;
    };
    const owner = await as(whole);
    const task = (await startTask(owner, tool)) as TaskHandle;
    return { gate, as, task };
  };

  test("does not exist for a caller for whom its tool does not", async () => {
    const { gate, as, task } = await open("wait");
    await gate.begun;
    const client = await as(narrow);
    for (const method of methodsOf(revision)) {
      const ask = (taskId: string) =>
        client.request(method, { taskId, inputResponses: {} }).catch(factsOf);
      const unknown = await ask("0".repeat(32));
      expect(unknown).toMatchObject({ code: -32602 });
      expect(await ask(task.id)).toEqual(unknown);
    }
    expect(await task.state()).toMatchObject({ status: "working" });
    gate.open();
    expect(await task.result()).toMatchObject({ content: [{ text: "Done." }] });
  });

  test("takes no answers from one either", async () => {
    const { as, task } = await open("ask");
    await expect.poll(async () => (await task.state()).status).toBe("input_required");
    const client = await as(narrow);
    const method = revision === "2025-11-25" ? "tasks/result" : "tasks/update";
    const inputResponses = { first: { action: "accept", content: { name: "x" } } };
    const answered = client.request(method, { taskId: task.id, inputResponses });
    await expect(answered).rejects.toMatchObject({ code: -32602 });
    expect(await task.state()).toMatchObject({ status: "input_required" });
  });

  test.each([
    ["memory", "the scope run"],
    ["http", "HTTP 403"],
  ] as const)("needs the scopes its tool needs, over %s", async (over, told) => {
    const { gate, as, task } = await open("wait");
    const client = await as(unscoped, over);
    const refused = await client.callTool("wait").catch(factsOf);
    expect(refused).toMatchObject({ message: expect.stringContaining(told) });
    for (const method of methodsOf(revision)) {
      const params = { taskId: task.id, inputResponses: {} };
      expect(await client.request(method, params).catch(factsOf)).toEqual(refused);
    }
    expect(await task.state()).toMatchObject({ status: "working" });
    gate.open();
  });

  test("is its caller's with another token that grants the tool", async () => {
    const { as, task } = await open("quick");
    const client = await as(narrow);
    const found = client.request("tasks/get", { taskId: task.id });
    expect(await found).toMatchObject({ taskId: task.id });
  });
});

test.each([narrow, unscoped])(
  "nothing is pushed of a task whose tool $scopes may not call",
  async (principal) => {
    const gate = new Gate();
    const server = jobs({}, gate);
    const attach = (who: Principal) => {
      const [ours, theirs] = memoryPair();
      serve(server, theirs, { principal: who, middleware });
      const client = new RawClient(ours);
      onTestFinished(() => client[Symbol.asyncDispose]());
      return client;
    };
    const begin = async (name: string) =>
      (await attach(whole).request("tools/call", modern({ name }))).result?.taskId as string;
    const taskIds = [await begin("wait"), await begin("quick")];
    const client = attach(principal);
    client.begin("subscriptions/listen", modern({ notifications: { taskIds } }));
    const granted = await client.notified("notifications/subscriptions/acknowledged");
    expect(granted.notifications).toEqual({ taskIds: [taskIds[1]] });
    gate.open();
    await client.take(({ params }) => (params as { status?: string }).status === "completed");
    expect(JSON.stringify(client.received)).not.toContain(taskIds[0]);
  },
);

function methodsOf(revision: Revision): string[] {
  const own = revision === "2025-11-25" ? "tasks/result" : "tasks/update";
  return ["tasks/get", own, "tasks/cancel"];
}

const factsOf = ({ code, message, data }: { code: number; message: string; data?: unknown }) => ({
  code,
  message,
  data,
});

function modern(params: Record<string, string | { taskIds: string[] }>) {
  return { ...params, _meta: meta({ extensions: { "io.modelcontextprotocol/tasks": {} } }) };
}
