import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { confirm, defineServer, type Principal, REVISIONS, tool } from "../index.ts";
import { accept, connect } from "../testing/index.ts";
import { type RateLimitOptions, rateLimit } from "./rate-limit.ts";

let runs = 0;
const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [
    tool({ name: "cheap", description: "Costs little.", run: () => String(++runs) }),
    tool({ name: "dear", description: "Costs much.", run: () => String(++runs) }),
    tool({
      name: "ask",
      description: "Asks.",
      run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
    }),
    tool({
      name: "outer",
      description: "Calls dear.",
      run: async (_, ctx) => {
        await ctx.call("dear");
        return "done";
      },
    }),
  ],
});

beforeEach(() => {
  runs = 0;
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Callers of one server, which counts them together. */
function callers(options: RateLimitOptions) {
  const middleware = [rateLimit(options)];
  return (principal?: Principal) =>
    connect(server, { middleware, ...(principal && { principal }) });
}

const perTool = { tools: { dear: { calls: 2, seconds: 10 } } };

test("a call over the limit of a tool says when to come back, and is then taken", async () => {
  const client = await callers(perTool)();
  await client.callTool("dear");
  await client.callTool("dear");
  vi.advanceTimersByTime(3_500);
  await expect(client.callTool("dear")).rejects.toMatchObject({
    code: 429,
    message: "Too many calls: try again in 7 s.",
    data: { retryAfterSeconds: 7 },
  });
  await client.callTool("cheap");
  expect(runs).toBe(3);
  vi.advanceTimersByTime(7_000);
  await client.callTool("dear");
  await client.close();
});

test.each(REVISIONS)("the error is the same on %s", async (revision) => {
  const middleware = [rateLimit({ tools: { dear: { calls: 1, seconds: 10 } } })];
  const client = await connect(server, { middleware, revision });
  await client.callTool("dear");
  await expect(client.callTool("dear")).rejects.toMatchObject({
    code: 429,
    data: { retryAfterSeconds: 10 },
  });
  await client.close();
});

test("each principal has limits of its own, and all who did not authenticate have them together", async () => {
  const open = callers({ tools: { dear: { calls: 1, seconds: 10 } } });
  for (const id of ["ada", "bob", "anonymous"]) {
    const client = await open({ id });
    await client.callTool("dear");
    await expect(client.callTool("dear")).rejects.toMatchObject({ code: 429 });
    await client.close();
  }
  const [one, other] = [await open(), await open()];
  await one.callTool("dear");
  await expect(other.callTool("dear")).rejects.toMatchObject({ code: 429 });
  await Promise.all([one.close(), other.close()]);
});

test("all calls of a principal count together, over whichever connection, and nobody else's", async () => {
  const open = callers({ calls: { calls: 12, seconds: 60 } });
  const [one, other, bob] = await Promise.all([
    open({ id: "ada" }),
    open({ id: "ada" }),
    open({ id: "bob" }),
  ]);
  const calls = Array.from({ length: 12 }, () => one.callTool("cheap"));
  const settled = await Promise.allSettled(calls);
  expect(settled.at(0)?.status).toBe("fulfilled");
  expect(settled.at(-1)?.status).toBe("rejected");
  await expect(other.callTool("dear")).rejects.toMatchObject({ code: 429 });
  await expect(bob.callTool("dear")).resolves.toBeDefined();
  await Promise.all([one.close(), other.close(), bob.close()]);
});

test.each([
  ["2025-11-25", 1],
  ["2026-07-28", 2],
] as const)(
  "on %s a call that asks the client counts as the %i requests it is",
  async (revision, requests) => {
    const open = (calls: number) => {
      const middleware = [rateLimit({ tools: { ask: { calls, seconds: 10 } } })];
      return connect(server, { middleware, revision, answers: { sure: accept() } });
    };
    const client = await open(requests);
    await client.callTool("ask");
    await expect(client.callTool("ask")).rejects.toMatchObject({ code: 429 });
    await client.close();
  },
);

test("answers that come with a request, asked for or not, get nobody around a limit", async () => {
  const client = await callers(perTool)();
  const params = { name: "dear", inputResponses: { sure: { action: "accept" } } };
  await client.callTool("dear");
  await client.callTool("dear");
  const call = client.request("tools/call", params as never);
  await expect(call).rejects.toMatchObject({ code: 429 });
  await client.close();
});

test("a tool cannot be used around its limit through another", async () => {
  const client = await callers({ tools: { dear: { calls: 1, seconds: 10 } } })();
  await client.callTool("outer");
  await expect(client.callTool("outer")).rejects.toMatchObject({ code: 429 });
  await client.close();
});

test("tools that are named like parts of a prototype have no limit by accident", async () => {
  const client = await callers(perTool)();
  await expect(client.callTool("__proto__")).rejects.toMatchObject({ code: -32602 });
  await expect(client.callTool("constructor")).rejects.toMatchObject({ code: -32602 });
  await client.close();
});

describe("a rate that is none", () => {
  test.each([
    { calls: 0, seconds: 1 },
    { calls: 1.5, seconds: 1 },
    { calls: 1, seconds: 0 },
    { calls: Number.NaN, seconds: 1 },
  ])("%j is refused where it is set", (calls) => {
    expect(() => rateLimit({ calls })).toThrow("whole numbers");
  });
});
