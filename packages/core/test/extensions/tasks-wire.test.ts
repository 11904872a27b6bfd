import {
  META,
  memoryPair,
  type Principal,
  RpcError,
  type ServerDefinition,
  serve,
} from "@portico/core";
import { memoryTaskStore, takeTasks } from "@portico/core/extensions/tasks";
import { connect } from "@portico/core/testing";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { initialize, meta, RawClient } from "../server/raw-client.ts";
import { Gate, jobs } from "./jobs.ts";

const CAPABILITIES: JsonObject = {
  elicitation: {},
  extensions: { "io.modelcontextprotocol/tasks": {} },
};

function attach(server: ServerDefinition, principal?: Principal): RawClient {
  const [ours, theirs] = memoryPair();
  serve(server, theirs, { onError: () => {}, ...(principal && { principal }) });
  const client = new RawClient(ours);
  onTestFinished(() => client[Symbol.asyncDispose]());
  return client;
}

function modern(params: JsonObject, capabilities = CAPABILITIES): JsonObject {
  return { ...params, _meta: meta(capabilities) };
}

async function begin(client: RawClient, name: string): Promise<string> {
  const { result } = await client.request("tools/call", modern({ name }));
  return result?.taskId as string;
}

async function stateOf(client: RawClient, taskId: string): Promise<JsonObject | undefined> {
  return (await client.request("tasks/get", modern({ taskId }))).result;
}

async function until(client: RawClient, taskId: string, status: string): Promise<JsonObject> {
  await expect.poll(async () => (await stateOf(client, taskId))?.status).toBe(status);
  return (await stateOf(client, taskId)) as JsonObject;
}

const response = (name: string): JsonObject => ({ action: "accept", content: { name } });

test("a call that becomes a task is answered with its state, flat, and nothing of what it comes to", async () => {
  const client = attach(jobs({ ttlMs: 60_000 }));
  const { result } = await client.request("tools/call", modern({ name: "quick" }));
  expect(result).toMatchObject({ resultType: "task", status: "working", ttlMs: 60_000 });
  expect(result).toMatchObject({
    pollIntervalMs: 10,
    taskId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(Object.keys(result ?? {})).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(task|result|error|inputRequests|requestState|ttl)$/),
    ]),
  );
  const over = await until(client, result?.taskId as string, "completed");
  expect(over).toMatchObject({ resultType: "complete", result: { content: [{ text: "Done." }] } });
});

test("answers are taken one by one, and unknown ones are ignored", async () => {
  const client = attach(jobs());
  const taskId = await begin(client, "ask");
  const asked = await until(client, taskId, "input_required");
  expect(Object.keys(asked.inputRequests as object)).toEqual(["first", "second"]);
  const update = (inputResponses: JsonObject) =>
    client.request("tasks/update", modern({ taskId, inputResponses }));
  const acknowledged = await update({ nobody: {}, first: response("Ann") });
  expect(acknowledged.result).toMatchObject({ resultType: "complete" });
  expect(acknowledged.result).not.toHaveProperty("status");
  const still = await stateOf(client, taskId);
  expect(still).toMatchObject({ status: "input_required" });
  expect(Object.keys(still?.inputRequests as object)).toEqual(["second"]);
  await update({ first: response("Too late"), second: response("Lee") });
  await until(client, taskId, "input_required");
  await update({ sure: { action: "decline" } });
  expect(await until(client, taskId, "completed")).toMatchObject({
    result: { content: [{ text: "Ann Lee: decline" }] },
  });
});

test("what must be asked before there is a task is asked by the call itself", async () => {
  const client = attach(jobs());
  const first = (await client.request("tools/call", modern({ name: "ask_first" }))).result;
  expect(first).toMatchObject({ resultType: "input_required" });
  expect(first).not.toHaveProperty("taskId");
  const { result } = await client.request(
    "tools/call",
    modern({
      name: "ask_first",
      inputResponses: { who: response("Ann") },
      requestState: first?.requestState as string,
    }),
  );
  expect(result).toMatchObject({ resultType: "task" });
  expect(result).not.toHaveProperty("requestState");
  expect(await until(client, result?.taskId as string, "completed")).toMatchObject({
    result: { content: [{ text: "Done for Ann." }] },
  });
});

test("a client that cannot answer a question says why and cancels the task", async () => {
  const ended = Promise.withResolvers<void>();
  const client = await connect(jobs(), {
    extensions: [takeTasks()],
    onElicit: () => {
      throw new RpcError(-32603, "The user went home.");
    },
    middleware: [
      (call, next) => {
        if (call.method === "tasks/cancel") ended.resolve();
        return next(call);
      },
    ],
  });
  onTestFinished(() => client.close());
  await expect(client.callTool("ask")).rejects.toThrow("The user went home.");
  await ended.promise;
});

test("cancelling is acknowledged, also when there is nothing left to cancel", async () => {
  const client = attach(jobs());
  const taskId = await begin(client, "quick");
  await until(client, taskId, "completed");
  const { result } = await client.request("tasks/cancel", modern({ taskId }));
  expect(result).toMatchObject({ resultType: "complete" });
  expect(await stateOf(client, taskId)).toMatchObject({ status: "completed" });
});

test.each(["tasks/get", "tasks/update", "tasks/cancel"])(
  "%s is refused to a client that does not take tasks",
  async (method) => {
    const client = attach(jobs());
    const params = modern({ taskId: "x", inputResponses: {} }, {});
    expect((await client.request(method, params)).error).toMatchObject({ code: -32021 });
  },
);

test.each(["tasks/result", "tasks/list"])("%s is gone", async (method) => {
  const client = attach(jobs());
  expect((await client.request(method, modern({ taskId: "x" }))).error?.code).toBe(-32601);
});

test("a task is there for the one it belongs to and for nobody else", async () => {
  const gate = new Gate();
  const server = jobs({}, gate);
  const ann = attach(server, { id: "ann" });
  const bob = attach(server, { id: "bob" });
  const nobody = attach(server);
  const taskId = await begin(ann, "wait");
  for (const other of [bob, nobody]) {
    const unknown = await other.request("tasks/get", modern({ taskId: "0".repeat(32) }));
    for (const method of ["tasks/get", "tasks/update", "tasks/cancel"]) {
      const params = modern({ taskId, inputResponses: {} });
      expect((await other.request(method, params)).error).toEqual(unknown.error);
    }
  }
  expect(await stateOf(ann, taskId)).toMatchObject({ status: "working" });
  gate.open();
  await until(ann, taskId, "completed");
});

test("a listen stream tells of its caller's tasks, at once and with every change", async () => {
  const gate = new Gate();
  const server = jobs({}, gate);
  const ann = attach(server, { id: "ann" });
  const bob = attach(server, { id: "bob" });
  const taskId = await begin(ann, "wait");
  const others = await begin(bob, "wait");
  const notifications = { taskIds: [taskId, others, "made up"] };
  const id = ann.begin("subscriptions/listen", modern({ notifications }));
  const granted = await ann.notified("notifications/subscriptions/acknowledged");
  expect(granted.notifications).toEqual({ taskIds: [taskId] });
  const tag = { [META.subscriptionId]: id };
  expect(await ann.notified("notifications/tasks")).toMatchObject({
    taskId,
    status: "working",
    _meta: tag,
  });
  gate.open();
  const done = await ann.take(
    ({ params }) => (params as JsonObject | undefined)?.status === "completed",
  );
  expect(done).toMatchObject({
    method: "notifications/tasks",
    params: { taskId, result: { content: [{ text: "Done." }] }, _meta: tag },
  });
});

test("a client that does not take tasks cannot listen to any", async () => {
  const client = attach(jobs());
  const listening = client.request(
    "subscriptions/listen",
    modern({ notifications: { taskIds: [] } }, {}),
  );
  expect((await listening).error?.code).toBe(-32021);
});

test("a caller with too many tasks is told so, and others are not held back", async () => {
  const gate = new Gate();
  const server = jobs({ mostTasks: 2 }, gate);
  const ann = attach(server, { id: "ann" });
  await begin(ann, "wait");
  await begin(ann, "wait");
  const { result } = await ann.request("tools/call", modern({ name: "wait" }));
  expect(result).toMatchObject({ resultType: "complete", isError: true });
  expect(await begin(attach(server, { id: "bob" }), "quick")).toBeTypeOf("string");
  gate.open();
});

test("a task is gone when its time is over", async () => {
  let now = Date.now();
  const client = attach(jobs({ ttlMs: 60_000, now: () => now }));
  const taskId = await begin(client, "quick");
  await until(client, taskId, "completed");
  now += 59_999;
  expect(await stateOf(client, taskId)).toMatchObject({ status: "completed" });
  now += 1;
  const { error } = await client.request("tasks/get", modern({ taskId }));
  expect(error?.code).toBe(-32602);
});

test("a task that waits for input goes on in whichever process gets the last answer", async () => {
  const store = memoryTaskStore();
  const here = attach(jobs({ store }));
  const there = attach(jobs({ store }));
  const taskId = await begin(here, "ask");
  await until(there, taskId, "input_required");
  const inputResponses = { first: response("Ann"), second: response("Lee") };
  await there.request("tasks/update", modern({ taskId, inputResponses }));
  await until(here, taskId, "input_required");
  await here.request("tasks/update", modern({ taskId, inputResponses: { sure: response("x") } }));
  expect(await until(there, taskId, "completed")).toMatchObject({
    result: { content: [{ text: "Ann Lee: accept" }] },
  });
});

test("a task whose process went away has failed, and says so", async () => {
  let now = Date.now();
  const store = memoryTaskStore(() => now);
  const options = { store, now: () => now };
  const here = attach(jobs(options));
  const there = attach(jobs(options));
  const taskId = await begin(here, "wait");
  expect(await stateOf(there, taskId)).toMatchObject({ status: "working" });
  now += 60_000;
  expect(await stateOf(there, taskId)).toMatchObject({
    status: "failed",
    error: { code: -32603, message: expect.stringContaining("stopped") },
  });
});

test("what runs when a server closes has failed and is told to stop", async () => {
  const gate = new Gate();
  const server = jobs({}, gate);
  const client = attach(server);
  const taskId = await begin(client, "wait");
  await gate.begun;
  await server.close();
  expect(gate.stopped).toBe(true);
  expect(await stateOf(client, taskId)).toMatchObject({ status: "failed" });
});

test("2025-11-25 has the task under its key, bounds its time, and ties its questions to it", async () => {
  const client = attach(jobs({ ttlMs: 60_000 }));
  await initialize(client, "2025-11-25", { elicitation: {} });
  const call = { name: "ask", arguments: {}, task: { ttl: 1_000_000 } };
  const created = (await client.request("tools/call", call)).result?.task as JsonObject;
  expect(created).toMatchObject({ status: "working", ttl: 60_000, pollInterval: 10 });
  const { taskId } = created;
  const related = { [META.relatedTask]: { taskId } };
  const waiting = client.begin("tasks/result", { taskId: taskId as string });
  for (const name of ["Ann", "Lee", ""]) {
    const asked = await client.take(({ method }) => method === "elicitation/create");
    expect(asked.params).toMatchObject({ _meta: related });
    client.send({ jsonrpc: "2.0", id: asked.id, result: response(name) });
  }
  const { result } = await client.response(waiting);
  expect(result).toMatchObject({ content: [{ type: "text" }], _meta: related });
});

test("2025-11-25 calls a task failed whose tool failed, and cancels no task that is over", async () => {
  const client = attach(jobs());
  await initialize(client, "2025-11-25");
  const call = { name: "fail", arguments: {}, task: {} };
  const created = (await client.request("tools/call", call)).result?.task as JsonObject;
  const taskId = created.taskId as string;
  expect((await client.request("tasks/result", { taskId })).result).toMatchObject({
    isError: true,
  });
  expect((await client.request("tasks/get", { taskId })).result).toMatchObject({
    status: "failed",
  });
  expect((await client.request("tasks/cancel", { taskId })).error?.code).toBe(-32602);
});
