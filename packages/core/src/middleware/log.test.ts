import { Writable } from "node:stream";
import pino from "pino";
import { describe, expect, test, vi } from "vitest";
import {
  confirm,
  defineServer,
  type Middleware,
  RpcError,
  resourceTemplate,
  s,
  ToolError,
  tool,
} from "../index.ts";
import { accept, connect } from "../testing/index.ts";
import { type LogLine, type LogOptions, log } from "./log.ts";
import { rateLimit } from "./rate-limit.ts";

/** Settles once the tool `hang` runs. */
const hanging = Promise.withResolvers<void>();

const server = defineServer({
  name: "test",
  version: "1.0.0",
  tools: [
    tool({
      name: "echo",
      description: "Echoes.",
      input: s.object({ text: s.string(), password: s.optional(s.string()) }),
      run: ({ text }) => text,
    }),
    tool({
      name: "fail",
      description: "Fails.",
      run: () => {
        throw new ToolError("Not today.");
      },
    }),
    tool({
      name: "crash",
      description: "Crashes.",
      run: () => {
        throw new Error("secret detail");
      },
    }),
    tool({
      name: "refuse",
      description: "Refuses.",
      run: () => {
        throw new RpcError(7, "No: hunter2.");
      },
    }),
    tool({
      name: "ask",
      description: "Asks.",
      run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
    }),
    tool({
      name: "hang",
      description: "Waits to be cancelled.",
      run: (_, { signal }) => {
        hanging.resolve();
        return new Promise<string>((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      },
    }),
    tool({
      name: "outer",
      description: "Calls echo.",
      run: async (_, ctx) => {
        await ctx.call("echo", { text: "x" });
        return "done";
      },
    }),
  ],
  resources: [resourceTemplate({ name: "any", uriTemplate: "x://{+rest}", read: () => "text" })],
});

/** The lines that pino wrote, whole and parsed. */
function written(options: Omit<LogOptions, "logger"> = {}) {
  const lines: (LogLine & { level: number; msg: string })[] = [];
  const raw: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      raw.push(String(chunk));
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { lines, raw, middleware: log({ logger: pino({}, stream), ...options }) };
}

async function callWith(
  { middleware }: ReturnType<typeof written>,
  name: string,
  args = {},
  options = {},
) {
  const client = await connect(server, { middleware: [middleware], onError: () => {}, ...options });
  await client.callTool(name, args).catch(() => {});
  await client.close();
}

describe("a line", () => {
  test("says what was called, by whom, how it ended and how long it took", async () => {
    const log = written();
    await callWith(log, "echo", { text: "hello" }, { principal: { id: "ada" } });
    const { durationMs, requestId, ...line } = log.lines.find(({ name }) => name === "echo")!;
    expect(line).toMatchObject({
      level: 30,
      method: "tools/call",
      name: "echo",
      status: "ok",
      principal: "ada",
      msg: "tools/call echo ok",
    });
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(requestId).toBeTypeOf("number");
  });

  test.each([
    ["fail", 40, { status: "tool_error" }],
    ["refuse", 40, { status: "error", code: 7 }],
    ["missing", 40, { status: "error", code: -32602 }],
    ["crash", 50, { status: "tool_error", reference: expect.stringMatching(/^[0-9a-f]{8}$/) }],
  ])("of a tool like %s has level %i", async (name, level, fields) => {
    const log = written();
    await callWith(log, name);
    expect(log.lines.find((line) => line.name === name)).toMatchObject({ level, ...fields });
  });

  test("ties a bug to what was reported about it", async () => {
    const log = written();
    const reported: string[] = [];
    await callWith(
      log,
      "crash",
      {},
      { onError: (_: unknown, reference: string) => reported.push(reference) },
    );
    expect(log.lines.map(({ reference }) => reference).filter(Boolean)).toEqual(reported);
  });

  test.each(["2025-11-25", "2026-07-28"] as const)(
    "has the trace of a request of %s",
    async (revision) => {
      const log = written();
      const client = await connect(server, { middleware: [log.middleware], revision });
      const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
      await client.request("tools/call", {
        name: "echo",
        arguments: { text: "x" },
        _meta: { traceparent },
      } as never);
      await client.close();
      expect(log.lines.at(-1)?.traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
    },
  );

  test("is written for each round of a call that asks, and for calls inside of calls", async () => {
    const log = written();
    await callWith(log, "ask", {}, { answers: { sure: accept() } });
    expect(log.lines.filter(({ name }) => name === "ask").map(({ status }) => status)).toEqual([
      "input_required",
      "ok",
    ]);
    await callWith(log, "outer");
    expect(log.lines.slice(-2)).toMatchObject([{ name: "echo", depth: 1 }, { name: "outer" }]);
  });

  test("is written for a call that was cancelled and for a subscription that ended, once they are over", async () => {
    const log = written();
    const client = await connect(server, { middleware: [log.middleware] });
    const giveUp = new AbortController();
    const call = client.callTool("hang", {}, { signal: giveUp.signal });
    await hanging.promise;
    giveUp.abort();
    await expect(call).rejects.toThrow();
    const subscription = await client.subscribe({ tools: true });
    await subscription.close();
    await vi.waitFor(() =>
      expect(log.lines.map(({ method }) => method)).toContain("subscriptions/listen"),
    );
    expect(log.lines.find(({ name }) => name === "hang")).toMatchObject({
      status: "cancelled",
      level: 30,
    });
    await client.close();
  });

  test("is also written where a later step refuses or breaks", async () => {
    const log = written();
    const limit = rateLimit({ tools: { echo: { calls: 1, seconds: 60 } } });
    const bug: Middleware = (call, next) => {
      return call.method === "tools/call" ? Promise.reject(new Error("bug")) : next(call);
    };
    const client = await connect(server, {
      middleware: [log.middleware, limit, bug],
      onError: () => {},
    });
    await expect(client.callTool("echo", { text: "x" })).rejects.toThrow("Internal error");
    await expect(client.callTool("echo", { text: "x" })).rejects.toMatchObject({ code: 429 });
    await client.close();
    expect(log.lines.slice(-2)).toMatchObject([
      { status: "error", code: -32603, level: 50 },
      { status: "error", code: 429, level: 40 },
    ]);
  });
});

describe("secrets", () => {
  test("are nowhere, because neither arguments nor messages are written", async () => {
    const log = written();
    await callWith(log, "echo", { text: "hunter2", password: "hunter2" });
    await callWith(log, "refuse");
    await callWith(log, "crash");
    expect(log.raw.join("")).not.toMatch(/hunter2|secret detail/);
  });

  test("are left out of arguments when those are wanted, and out of URIs", async () => {
    const log = written({ arguments: true });
    await callWith(log, "echo", { text: "hello", password: "hunter2" });
    expect(log.lines.find(({ name }) => name === "echo")?.arguments).toEqual({
      text: "hello",
      password: "***",
    });
    const client = await connect(server, { middleware: [log.middleware] });
    await client.readResource("x://u:hunter2@h/?token=hunter2");
    await client.close();
    expect(log.lines.at(-1)?.uri).toBe("x://u:***@h/?token=***");
    expect(log.raw.join("")).not.toContain("hunter2");
  });
});

test("what a caller sends cannot forge a line or act on a terminal", async () => {
  const log = written({ arguments: true });
  const evil = 'x\n{"level":30,"msg":"forged"}\u001b[2J\u2028\u202e';
  const client = await connect(server, { middleware: [log.middleware], principal: { id: evil } });
  await client.callTool(evil, { [evil]: evil }).catch(() => {});
  await client.request(evil as never, {} as never).catch(() => {});
  await client.close();
  for (const line of log.lines) {
    expect(JSON.stringify(Object.values(line))).not.toMatch(/\\n|\\u001b|[\u2028\u202e]/);
  }
  expect(log.raw.every((one) => one.trimEnd().split("\n").length === 1)).toBe(true);
});
