import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  Changes,
  type Client,
  confirm,
  defineServer,
  derivedCall,
  type Middleware,
  type Principal,
  RpcError,
  resourceTemplate,
  s,
  ToolError,
  tool,
} from "../index.ts";
import { accept, connect, type TestConnectOptions } from "../testing/index.ts";
import { type CacheOptions, type CacheRule, cache } from "./cache.ts";

const changes = new Changes();
const rule: CacheRule = { ttlMs: 60_000 };
let runs: string[] = [];
/** The connections that `look` has seen. */
let connections: unknown[] = [];
/** What a call of `slow` waits for. */
let gate = Promise.withResolvers<void>();

const say = (name: string, end: () => unknown = () => runs.length) =>
  tool({
    name,
    description: "Counts its runs.",
    input: s.object({ text: s.optional(s.string()) }),
    output: s.object({ answer: s.string() }),
    run({ text }, ctx) {
      runs.push(`${name}:${ctx.principal?.id ?? "nobody"}:${text ?? ""}`);
      return { answer: String(end()) };
    },
  });

const server = defineServer({
  name: "test",
  version: "1.0.0",
  changes,
  tools: [
    say("count"),
    say("shared"),
    say("write"),
    say("fail", () => {
      throw new ToolError("No.");
    }),
    say("refuse", () => {
      throw new RpcError(7, "No.");
    }),
    tool({
      name: "slow",
      description: "Waits.",
      async run(_, ctx) {
        runs.push("slow");
        await gate.promise;
        ctx.signal.throwIfAborted();
        return String(runs.length);
      },
    }),
    tool({
      name: "stumble",
      description: "Waits and fails.",
      async run() {
        runs.push("stumble");
        await gate.promise;
        throw new ToolError("No.");
      },
    }),
    tool({
      name: "look",
      description: "Says whose connection it is.",
      async run(_, ctx) {
        runs.push("look");
        await gate.promise;
        if (!connections.includes(ctx.connection)) connections.push(ctx.connection);
        return `connection ${connections.indexOf(ctx.connection)}`;
      },
    }),
    tool({
      name: "read_header",
      description: "Says what a header says.",
      run: (_, ctx) => ctx.header("x-tenant") ?? "nobody",
    }),
    tool({
      name: "hand_on",
      description: "Calls another tool.",
      async run(_, ctx) {
        return (await ctx.call("look")).content;
      },
    }),
    tool({
      name: "ask",
      description: "Asks.",
      async run(_, ctx) {
        runs.push("ask");
        return (await ctx.ask("sure", confirm("Sure?"))).action;
      },
    }),
  ],
  resources: [
    resourceTemplate({
      name: "any",
      uriTemplate: "x://{+rest}",
      read: () => {
        runs.push("read");
        return String(runs.length);
      },
    }),
  ],
});

const tools = {
  count: rule,
  shared: { ...rule, scope: "public" },
  fail: rule,
  refuse: rule,
  slow: rule,
  stumble: rule,
  look: rule,
  read_header: rule,
  hand_on: rule,
  ask: rule,
} as const;
const open: Client[] = [];

beforeEach(() => {
  runs = [];
  connections = [];
  gate = Promise.withResolvers();
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((client) => client.close()));
});

/** Callers of one server behind one cache. */
function callers(options: Partial<CacheOptions> = {}, before: Middleware[] = []) {
  const middleware = [
    ...before,
    cache({ changes, tools, methods: { "resources/read": rule }, ...options }),
  ];
  return async (id?: string, more: TestConnectOptions & { principal?: Principal } = {}) => {
    const client = await connect(server, { middleware, ...(id && { principal: { id } }), ...more });
    open.push(client);
    return client;
  };
}

const say1 = async (client: Client, name: string, text?: string) =>
  (await client.callTool(name, text === undefined ? {} : { text })).structuredContent;

describe("a result", () => {
  test("answers the same call again, and no other", async () => {
    const client = await callers()("ada");
    expect(await say1(client, "count", "a")).toEqual(await say1(client, "count", "a"));
    await say1(client, "count", "b");
    await say1(client, "count");
    await say1(client, "write");
    await say1(client, "write");
    expect(runs).toEqual(["count:ada:a", "count:ada:b", "count:ada:", "write:ada:", "write:ada:"]);
  });

  test("is kept for as long as its rule says", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    // A process is never 0 ms old, which is where this clock begins.
    vi.advanceTimersByTime(1);
    const client = await callers()();
    await say1(client, "count");
    vi.advanceTimersByTime(59_999);
    await say1(client, "count");
    expect(runs).toHaveLength(1);
    vi.advanceTimersByTime(2);
    await say1(client, "count");
    expect(runs).toHaveLength(2);
  });

  test("makes room for others by number and by size", async () => {
    const few = await callers({ results: 2 })();
    for (const text of ["a", "b", "c", "c", "b", "a"]) await say1(few, "count", text);
    expect(runs.map((run) => run.at(-1)).join("")).toBe("abca");
    runs = [];
    const small = await callers({ characters: 1_000 })();
    for (const text of ["x".repeat(2_000), "x".repeat(2_000), "a", "a"])
      await say1(small, "count", text);
    expect(runs).toHaveLength(3);
  });

  test("is nobody's to change: who got it may do with it what they like", async () => {
    const spoil: Middleware = async (call, next) => {
      const outcome = await next(call);
      if (outcome.kind === "complete" && call.method === "tools/call") {
        (outcome.result as Record<string, unknown>).content = [];
        Object.assign(outcome.result.structuredContent as object, { answer: "spoilt" });
      }
      return outcome;
    };
    const inner = cache({ changes, tools });
    const client = await connect(server, { middleware: [spoil, inner] });
    const other = await connect(server, { middleware: [inner] });
    open.push(client, other);
    await say1(client, "count");
    await say1(client, "count");
    expect(await say1(other, "count")).toEqual({ answer: "1" });
    expect(runs).toHaveLength(1);
  });
});

describe("what is not kept", () => {
  test.each(["fail", "refuse"])("an error, such as that of %s", async (name) => {
    const client = await callers()();
    for (let at = 0; at < 2; at++) await say1(client, name).catch(() => {});
    expect(runs).toHaveLength(2);
  });

  test.each(["2025-11-25", "2026-07-28"] as const)(
    "anything of a call that asked the client, on %s",
    async (revision) => {
      const client = await callers()("ada", { revision, answers: { sure: accept() } });
      await client.callTool("ask");
      await client.callTool("ask");
      expect(runs).toHaveLength(4);
    },
  );

  test("what a call brings answers to, were they asked for or not", async () => {
    const client = await callers()();
    const inputResponses = { sure: { action: "accept" } };
    for (let at = 0; at < 2; at++) {
      await client.request("tools/call", { name: "count", inputResponses } as never);
    }
    await say1(client, "count");
    expect(runs).toHaveLength(3);
  });
});

describe("across callers", () => {
  test("a result stays with its principal and what it was granted", async () => {
    const join = callers();
    const ada = await join("ada");
    const bob = await join("bob");
    const nobody = await join();
    const narrow = await join(undefined, { principal: { id: "ada", scopes: ["read"] } });
    for (const client of [ada, bob, nobody, narrow]) await say1(client, "count");
    expect(runs).toEqual(["count:ada:", "count:bob:", "count:nobody:", "count:ada:"]);
  });

  test("a result marked public is everybody's", async () => {
    const join = callers();
    const [ada, bob] = [await join("ada"), await join("bob")];
    expect(await say1(ada, "shared")).toEqual(await say1(bob, "shared"));
    expect(runs).toEqual(["shared:ada:"]);
  });

  test("calls in flight are not joined across principals either", async () => {
    const join = callers();
    const calls = [await join("ada"), await join("bob")].map((client) => client.callTool("slow"));
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    gate.resolve();
    await Promise.all(calls);
  });

  test.each(["look", "hand_on"])("what %s says of the connection stays with it", async (name) => {
    gate.resolve();
    const join = callers();
    const clients = [await join(), await join(), await join("ada"), await join("ada")];
    const said = await Promise.all(clients.map((client) => client.callTool(name)));
    expect(new Set(said.map(({ content }) => JSON.stringify(content))).size).toBe(4);
  });

  test("what a tool made of a header stays with the call that had it", async () => {
    let tenant = "";
    const withHeader: Middleware = (call, next) =>
      next(derivedCall(call, { requestHeader: () => tenant }));
    const client = await callers({}, [withHeader])("ada");
    for (tenant of ["acme", "evilcorp"]) {
      const { content } = await client.callTool("read_header");
      expect(content).toEqual([{ type: "text", text: tenant }]);
    }
  });

  test("a call that fakes metadata poisons nothing: it is another call", async () => {
    const client = await callers()();
    const _meta = { "org.example/as": "ada" };
    await client.request("tools/call", { name: "shared", _meta } as never);
    await say1(client, "shared");
    expect(runs).toHaveLength(2);
  });
});

describe("the same call several times at once", () => {
  test("runs once", async () => {
    const client = await callers()();
    const calls = Array.from({ length: 5 }, () => client.callTool("slow"));
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    gate.resolve();
    const results = await Promise.all(calls);
    expect(new Set(results.map((result) => JSON.stringify(result.content))).size).toBe(1);
    expect(runs).toHaveLength(1);
  });

  test("fails once for all who wait, and runs again for who comes after", async () => {
    const client = await callers()();
    const calls = Array.from({ length: 5 }, () => client.callTool("stumble"));
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    gate.resolve();
    const results = await Promise.all(calls);
    expect(results.map(({ isError }) => isError)).toEqual([true, true, true, true, true]);
    expect(runs).toHaveLength(1);
    await client.callTool("stumble");
    expect(runs).toHaveLength(2);
  });

  test("runs again for the others when the first is cancelled", async () => {
    const client = await callers()();
    const giveUp = new AbortController();
    const first = client.callTool("slow", {}, { signal: giveUp.signal });
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    const second = client.callTool("slow");
    giveUp.abort();
    await expect(first).rejects.toThrow();
    gate.resolve();
    expect((await second).content).toEqual([{ type: "text", text: "2" }]);
  });

  test("runs for itself where the caller wants progress, and is answered at once where it is known", async () => {
    const client = await callers()();
    const onProgress = () => {};
    const calls = [client.callTool("slow"), client.callTool("slow", {}, { onProgress })];
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    gate.resolve();
    await Promise.all(calls);
    await client.callTool("slow", {}, { onProgress });
    expect(runs).toHaveLength(2);
  });
});

describe("a change that is announced", () => {
  test("drops the resource it is about and those it lies in, and what tools said", async () => {
    const client = await callers()();
    const uris = ["x://a", "x://a/b", "x://c"];
    const readAll = async () => {
      for (const uri of uris) await client.request("resources/read", { uri } as never);
    };
    await readAll();
    await say1(client, "count");
    changes.resourceUpdated("x://a/b");
    await readAll();
    await say1(client, "count");
    expect(runs.filter((run) => run === "read")).toHaveLength(5);
    expect(runs.filter((run) => run !== "read")).toHaveLength(2);
  });

  test("keeps what was on its way when it came from being kept or joined", async () => {
    const client = await callers()();
    const before = client.callTool("slow");
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    changes.listChanged("tools");
    const after = client.callTool("slow");
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    gate.resolve();
    await Promise.all([before, after]);
    changes.listChanged("tools");
    await client.callTool("slow");
    expect(runs).toHaveLength(3);
  });

  test("of one list leaves what the others are made of", async () => {
    const client = await callers()();
    await client.request("resources/read", { uri: "x://a" } as never);
    changes.listChanged("prompts");
    await client.request("resources/read", { uri: "x://a" } as never);
    expect(runs).toHaveLength(1);
    changes.listChanged("resources");
    await client.request("resources/read", { uri: "x://a" } as never);
    expect(runs).toHaveLength(2);
  });
});

test("tools that are named like parts of a prototype have no rule by accident", async () => {
  const client = await callers()();
  for (const name of ["__proto__", "constructor", "toString"]) {
    await expect(client.callTool(name)).rejects.toMatchObject({ code: -32602 });
  }
});
