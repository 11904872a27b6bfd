import { describe, expect, test } from "vitest";
import {
  Changes,
  confirm,
  createSealer,
  defineServer,
  type Middleware,
  method,
  type PromptSource,
  prompt,
  REVISIONS,
  resource,
  resourceTemplate,
  type ServerOptions,
  s,
  type ToolSource,
  tool,
} from "../../src/index.ts";
import { accept, connect } from "../../src/testing/index.ts";

const question = confirm("Sure?");

const named = (name: string, answer = name) =>
  tool({ name, description: `Says ${answer}.`, run: () => answer });

/** Tools for those who are known; one has the name of a tool everybody has. */
const forMembers: ToolSource = {
  list: async ({ principal }) =>
    principal ? [named(`hello-${principal.id}`), named("fixed", "hidden")] : [],
};

describe.each(REVISIONS)("tools that differ by caller on %s", (revision) => {
  const server = defineServer({
    name: "club",
    version: "1.0.0",
    tools: [named("fixed"), forMembers],
  });

  test("are listed and called by those who have them, and by nobody else", async () => {
    await using stranger = await connect(server, { revision });
    await using member = await connect(server, { revision, principal: { id: "ada" } });
    expect((await stranger.listTools()).map(({ name }) => name)).toEqual(["fixed"]);
    expect((await member.listTools()).map(({ name }) => name)).toEqual(["fixed", "hello-ada"]);
    expect((await member.callTool("hello-ada")).content).toMatchObject([{ text: "hello-ada" }]);
    expect((await member.callTool("fixed")).content).toMatchObject([{ text: "fixed" }]);
    await expect(stranger.callTool("hello-ada")).rejects.toMatchObject({ code: -32602 });
  });

  test("may be known to their source by name without being listed", async () => {
    const older: ToolSource = {
      list: async () => [named("new")],
      find: async (name) => (["new", "old"].includes(name) ? named(name, "new") : undefined),
    };
    const renamed = defineServer({ name: "renamed", version: "1.0.0", tools: [older] });
    await using client = await connect(renamed, { revision });
    expect((await client.listTools()).map(({ name }) => name)).toEqual(["new"]);
    expect((await client.callTool("old")).content).toMatchObject([{ text: "new" }]);
    await expect(client.callTool("older")).rejects.toMatchObject({ code: -32602 });
  });

  test("may change, which the server declares, and are not to be kept", async () => {
    await using client = await connect(server, { revision });
    expect(client.server.capabilities).toEqual({ tools: { listChanged: true } });
    const list = await client.request("tools/list", {});
    if (revision === "2026-07-28") expect(list).toMatchObject({ ttlMs: 0, cacheScope: "private" });
  });
});

describe("a server declares", () => {
  const declared = async (options: Omit<ServerOptions<undefined>, "name" | "version">) => {
    await using client = await connect(defineServer({ name: "d", version: "1", ...options }));
    return client.server.capabilities;
  };
  const memo = resource({ uri: "a://b", name: "b", read: () => "" });
  const greet = prompt({ name: "p", description: "d", run: () => "" });

  test("nothing it does not have", async () => {
    expect(await declared({})).toEqual({});
    expect(await declared({ tools: [] })).toEqual({ tools: {} });
  });

  test("no changes where nothing can change", async () => {
    expect(await declared({ tools: [named("a")], resources: [memo], prompts: [greet] })).toEqual({
      tools: {},
      resources: {},
      prompts: {},
    });
  });

  test("changes of lists that are computed and subscriptions to what is watched", async () => {
    const list = async () => ({ items: [] });
    const family = resourceTemplate({ uriTemplate: "x://{y}", name: "x", list, read: () => "" });
    const watched = resource({ uri: "w://w", name: "w", read: () => "", watch: () => () => {} });
    expect(await declared({ resources: [family] })).toEqual({ resources: { listChanged: true } });
    expect(await declared({ resources: [watched] })).toEqual({ resources: { subscribe: true } });
  });

  test("all of it when it announces changes", async () => {
    const changes = new Changes();
    expect(
      await declared({ changes, tools: [named("a")], resources: [memo], prompts: [greet] }),
    ).toEqual({
      tools: { listChanged: true },
      resources: { listChanged: true, subscribe: true },
      prompts: { listChanged: true },
    });
  });
});

describe.each(REVISIONS)("a watched resource on %s", (revision) => {
  test("is watched while somebody is subscribed, and no longer", async () => {
    const watching = new Set<() => void>();
    const file = resource({
      uri: "file:///a",
      name: "a",
      read: () => "",
      watch(_, changed) {
        watching.add(changed);
        return () => watching.delete(changed);
      },
    });
    const server = defineServer({ name: "w", version: "1.0.0", resources: [file] });
    const client = await connect(server, { revision });
    const changes = await client.subscribe({ uris: ["file:///a"] });
    expect(watching.size).toBe(1);
    for (const changed of watching) changed();
    expect((await changes.next()).value).toEqual({ kind: "resource", uri: "file:///a" });
    changes.close();
    await client.ping();
    expect(watching.size).toBe(0);
    await client.subscribe({ uris: ["file:///a"] });
    await client.close();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(watching.size).toBe(0);
  });
});

describe.each(REVISIONS)("methods of one's own on %s", (revision) => {
  const double = method({
    method: "example/double",
    params: s.object({ n: s.number() }, { additionalProperties: false }),
    result: s.object({ n: s.number() }),
    since: "2025-06-18",
    run: ({ n }) => ({ n: n === 13 ? ("bad luck" as never) : 2 * n }),
  });
  const server = defineServer({ name: "own", version: "1.0.0", methods: [double] });

  test("exist from their revision on, their params and results checked", async () => {
    await using client = await connect(server, { revision, onError: () => {} });
    const call = (params: { [key: string]: string | number }) =>
      client.request("example/double", params);
    if (revision < "2025-06-18") {
      await expect(call({ n: 2 })).rejects.toMatchObject({ code: -32601 });
      return;
    }
    expect(await call({ n: 2 })).toMatchObject({ n: 4 });
    await expect(call({ n: "two" })).rejects.toMatchObject({ code: -32602 });
    await expect(call({ n: 2, m: 3 })).rejects.toMatchObject({ code: -32602 });
    await expect(call({ n: 13 })).rejects.toMatchObject({ code: -32603 });
  });
});

describe("what cannot be defined", () => {
  const shape = s.object({});

  test("is refused in one sentence", () => {
    const define = (options: object) => () =>
      defineServer({ name: "x", version: "1.0.0", ...options });
    const own = method({ method: "a/b", params: shape, result: shape, run: () => ({}) });
    const greet = prompt({ name: "p", description: "d", run: () => "" });
    expect(define({ tools: [named("a"), named("a")] })).toThrow('Two tools are called "a"');
    expect(define({ prompts: [greet, greet] })).toThrow('Two prompts are called "p"');
    expect(define({ methods: [own, own] })).toThrow("Two methods have the same name");
    expect(() => named("no spaces")).toThrow("is no tool name");
    expect(() =>
      method({ method: "tools/call", params: shape, result: shape, run: () => ({}) }),
    ).toThrow("The protocol itself has a method tools/call");
  });
});

describe("middleware", () => {
  test("stands around every call, inner ones included, and sees their outcome", async () => {
    const seen: string[] = [];
    const log: Middleware = async (call, next) => {
      const outcome = await next(call);
      seen.push(`${call.method} ${call.params.name ?? ""} ${call.depth ?? 0} ${outcome.kind}`);
      return outcome;
    };
    const outer = tool({
      name: "outer",
      description: "Calls.",
      run: async (_, ctx) => [...(await ctx.call("inner")).content],
    });
    const server = defineServer({ name: "m", version: "1.0.0", tools: [outer, named("inner")] });
    await using client = await connect(server, { middleware: [log] });
    await client.callTool("outer");
    await client.callTool("nothing").catch(() => {});
    expect(seen).toEqual([
      "server/discover  0 complete",
      "tools/call inner 1 complete",
      "tools/call outer 0 complete",
      "tools/call nothing 0 error",
    ]);
  });

  test("that fails or calls on twice is masked like any bug, and reported", async () => {
    const reported: unknown[] = [];
    const server = defineServer({ name: "m", version: "1.0.0", tools: [named("a")] });
    const twice: Middleware = async (call, next) => {
      const outcome = await next(call);
      return call.method === "tools/call" ? next(call) : outcome;
    };
    const onError = (error: unknown) => reported.push((error as Error).message);
    await using client = await connect(server, { middleware: [twice], onError });
    await expect(client.callTool("a")).rejects.toThrow(/^Internal error \(reference \w{8}\)\.$/);
    expect(reported).toEqual(["A middleware called next() twice for one request."]);
  });
});

test("a cursor of one caller is no good to another, and good on another connection of the same", async () => {
  const many = Array.from({ length: 501 }, (_, n) => named(`tool-${n}`));
  const server = defineServer({ name: "many", version: "1.0.0", tools: many });
  const listed = async (id: string, cursor?: string) => {
    await using client = await connect(server, { principal: { id } });
    return await client.request("tools/list", cursor === undefined ? {} : { cursor });
  };
  const { nextCursor, tools } = await listed("ada");
  expect(tools).toHaveLength(500);
  expect((await listed("ada", nextCursor)).tools).toHaveLength(1);
  await expect(listed("bob", nextCursor)).rejects.toMatchObject({ code: -32602 });
});

test("a question's state is no good to another caller, nor after its time", async () => {
  let now = 0;
  const sealer = createSealer(undefined, () => now);
  const sure = tool({
    name: "sure",
    description: "Asks.",
    run: async (_, ctx) =>
      (await ctx.once("who", () => ctx.principal?.id ?? "")) +
      (await ctx.ask("q", question)).action,
  });
  const server = defineServer({ name: "asking", version: "1.0.0", tools: [sure] });
  await using ada = await connect(server, {
    sealer,
    principal: { id: "ada" },
    onElicit: () => {
      now += 14 * 60_000;
      return accept();
    },
  });
  expect((await ada.callTool("sure")).content).toMatchObject([{ text: "adaaccept" }]);
  await using slow = await connect(server, {
    sealer,
    onElicit: () => {
      now += 16 * 60_000;
      return accept();
    },
  });
  await expect(slow.callTool("sure")).rejects.toMatchObject({ code: -32602 });
});

describe.each(REVISIONS)("prompts that come and go on %s", (revision) => {
  const changes = new Changes();
  const topics = ["news"];
  const source: PromptSource = {
    list: async ({ principal }) =>
      [...topics, ...(principal ? [principal.id] : [])].map((topic) =>
        prompt({
          name: topic,
          description: `About ${topic}.`,
          arguments: { tone: { complete: [`${topic}-like`] } },
          run: () => `Write about ${topic}.`,
        }),
      ),
  };
  const fixed = prompt({ name: "greet", description: "Greets.", run: () => "Hello." });
  const prompts = [fixed, source];
  const server = defineServer({ name: "topics", version: "1.0.0", changes, prompts });

  test("are listed, got and completed by those who have them", async () => {
    await using stranger = await connect(server, { revision });
    await using ada = await connect(server, { revision, principal: { id: "ada" } });
    const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);
    expect(names(await stranger.listPrompts())).toEqual(["greet", "news"]);
    expect(names(await ada.listPrompts())).toEqual(["greet", "news", "ada"]);
    expect((await ada.getPrompt("ada")).messages).toMatchObject([
      { content: { text: "Write about ada." } },
    ]);
    await expect(stranger.getPrompt("ada")).rejects.toMatchObject({ code: -32602 });
    const ref = { type: "ref/prompt" as const, name: "ada" };
    const params = { ref, argument: { name: "tone", value: "" } };
    expect((await ada.complete(params)).completion.values).toEqual(["ada-like"]);
    await expect(stranger.complete(params)).rejects.toMatchObject({ code: -32602 });
  });

  test("are announced to other clients when they change", async () => {
    await using client = await connect(server, { revision });
    await using changed = await client.subscribe({ prompts: true });
    const before = (await client.listPrompts()).length;
    topics.push("weather");
    changes.listChanged("prompts");
    expect((await changed.next()).value).toEqual({ kind: "list", list: "prompts" });
    expect(await client.listPrompts()).toHaveLength(before + 1);
    topics.pop();
  });
});

test("a server with nothing but a source of prompts says that they may change", async () => {
  const server = defineServer({
    name: "p",
    version: "1.0.0",
    prompts: [{ list: async () => [] }],
  });
  await using client = await connect(server);
  expect(client.server.capabilities).toEqual({ prompts: { listChanged: true }, completions: {} });
  expect(await client.request("prompts/list", {})).toMatchObject({ prompts: [], ttlMs: 0 });
});
