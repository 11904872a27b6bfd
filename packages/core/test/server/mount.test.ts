import { describe, expect, test } from "vitest";
import {
  Changes,
  type Client,
  clientSource,
  confirm,
  connect as connectClient,
  defineServer,
  type Middleware,
  memoryPair,
  mount,
  prompt,
  REVISIONS,
  resource,
  resourceTemplate,
  type ServerDefinition,
  type Source,
  s,
  serve,
  ToolError,
  tool,
} from "../../src/index.ts";
import { accept, connect } from "../../src/testing/index.ts";

/** A small server about one word, which other servers can be made of. */
function about(word: string, changes = new Changes()): ServerDefinition {
  const say = tool({
    name: "say",
    description: `Says ${word}.`,
    input: s.object({ loud: s.optional(s.boolean()) }),
    run: ({ loud }) => (loud ? word.toUpperCase() : word),
  });
  const twice = tool({
    name: "twice",
    description: "Says it twice, by another tool.",
    run: async (_, ctx) => [
      ...(await ctx.call("say")).content,
      ...(await ctx.call("say", { loud: true })).content,
    ],
  });
  const sure = tool({
    name: "sure",
    description: "Asks first.",
    run: async (_, ctx) => (await ctx.ask("q", confirm(`Say ${word}?`))).action,
  });
  const fail = tool({
    name: "fail",
    description: "Fails.",
    run: () => {
      throw new ToolError(`No ${word} today.`);
    },
  });
  const steps = tool({
    name: "steps",
    description: "Reports.",
    run: (_, ctx) => {
      ctx.progress(1, 2);
      return word;
    },
  });
  return defineServer({
    name: word,
    version: "1.0.0",
    changes,
    tools: [say, twice, sure, fail, steps],
    prompts: [
      prompt({
        name: "write",
        description: `Writes about ${word}.`,
        arguments: { tone: { complete: [`${word}-like`] } },
        run: () => `Write about ${word}.`,
      }),
    ],
    resources: [
      resource({ uri: `word://${word}`, name: word, read: () => word }),
      resourceTemplate({
        uriTemplate: `${word}://{part}`,
        name: `${word} parts`,
        complete: { part: [`${word}-part`] },
        async list(_, position) {
          const at = (position as number | undefined) ?? 0;
          const items = [{ uri: `${word}://${at}`, name: `${at}` }];
          return at < 2 ? { items, next: at + 1 } : { items };
        },
        read: ({ part }) => `${word} ${part}`,
      }),
    ],
  });
}

const clientInfo = { name: "gateway", version: "1.0.0" };

/** The same server as a source: itself, or at the other end of a connection. */
const kinds: Readonly<Record<string, (server: ServerDefinition) => Promise<Source>>> = {
  "a definition": async (server) => server,
  "a client of a modern server": async (server) => clientSource(await clientOf(server)),
  "a client of a legacy server": async (server) =>
    clientSource(await clientOf(server, { era: "legacy" })),
};

function clientOf(server: ServerDefinition, options: { era?: "legacy" } = {}): Promise<Client> {
  const [ours, theirs] = memoryPair();
  serve(server, theirs);
  return connectClient(ours, { clientInfo, onElicit: () => accept(), ...options });
}

const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe.each(Object.entries(kinds))("%s that is mounted", (_, sourceOf) => {
  describe.each(REVISIONS)("on %s", (revision) => {
    const open = async (options: Parameters<typeof connect>[1] = {}) => {
      const tea = new Changes();
      const server = defineServer({
        name: "drinks",
        version: "1.0.0",
        tools: [tool({ name: "say", description: "Says.", run: () => "own" })],
        sources: [
          mount("tea", await sourceOf(about("tea", tea))),
          mount("mint-tea", await sourceOf(about("mint"))),
        ],
      });
      const client = await connect(server, { revision, ...options });
      return { client, tea, server };
    };

    test("has its tools and prompts under its name", async () => {
      const { client, server } = await open();
      const own = ["say", "twice", "sure", "fail", "steps"];
      expect(names(await client.listTools())).toEqual([
        "say",
        ...own.map((name) => `tea_${name}`),
        ...own.map((name) => `mint-tea_${name}`),
      ]);
      expect(names(await client.listPrompts())).toEqual(["tea_write", "mint-tea_write"]);
      const text = async (name: string) => (await client.callTool(name)).content;
      expect(await text("say")).toMatchObject([{ text: "own" }]);
      expect(await text("tea_say")).toMatchObject([{ text: "tea" }]);
      expect(await text("mint-tea_say")).toMatchObject([{ text: "mint" }]);
      const { messages } = await client.getPrompt("mint-tea_write");
      expect(messages).toMatchObject([{ content: { text: "Write about mint." } }]);
      await client.close();
      await server.close();
    });

    test("has its errors as they are, and knows no more names than it lists", async () => {
      const { client, server } = await open();
      expect(await client.callTool("tea_fail")).toMatchObject({
        isError: true,
        content: [{ text: "No tea today." }],
      });
      for (const name of ["tea_nothing", "coffee_say", "tea", "tea_", "mint_say"]) {
        const error = { code: -32602, message: expect.stringMatching(/^Unknown tool: /) };
        await expect(client.callTool(name)).rejects.toMatchObject(error);
      }
      await expect(client.getPrompt("write")).rejects.toMatchObject({ code: -32602 });
      await client.close();
      await server.close();
    });

    test("has its tools call each other by their own names", async () => {
      const { client, server } = await open();
      expect((await client.callTool("tea_twice")).content).toMatchObject([
        { text: "tea" },
        { text: "TEA" },
      ]);
      await client.close();
      await server.close();
    });

    test("has its resources listed page by page, read and completed where they are", async () => {
      const { client, server } = await open();
      expect((await client.listResources()).map(({ uri }) => uri)).toEqual([
        "word://tea",
        "tea://0",
        "tea://1",
        "tea://2",
        "word://mint",
        "mint://0",
        "mint://1",
        "mint://2",
      ]);
      const templates = await client.listResourceTemplates();
      expect(templates.map((one) => one.uriTemplate)).toEqual(["tea://{part}", "mint://{part}"]);
      for (const [uri, text] of [
        ["word://mint", "mint"],
        ["tea://x", "tea x"],
        ["mint://x", "mint x"],
      ] as const) {
        expect((await client.readResource(uri)).contents).toMatchObject([{ uri, text }]);
      }
      const code = revision < "2026" ? -32002 : -32602;
      await expect(client.readResource("coffee://x")).rejects.toMatchObject({ code });
      const complete = async (ref: Parameters<Client["complete"]>[0]["ref"], name: string) =>
        (await client.complete({ ref, argument: { name, value: "" } })).completion.values;
      const template = { type: "ref/resource" as const, uri: "mint://{part}" };
      expect(await complete(template, "part")).toEqual(["mint-part"]);
      const write = { type: "ref/prompt" as const, name: "tea_write" };
      expect(await complete(write, "tone")).toEqual(["tea-like"]);
      await expect(complete({ ...write, name: "write" }, "tone")).rejects.toThrow("Unknown prompt");
      await client.close();
      await server.close();
    });

    test("has its changes announced and its resources watched", async () => {
      const { client, tea, server } = await open();
      await using lists = await client.subscribe({ tools: true });
      await using uris = await client.subscribe({ uris: ["word://tea"] });
      expect(uris.granted.uris).toEqual(["word://tea"]);
      tea.listChanged("tools");
      expect((await lists.next()).value).toEqual({ kind: "list", list: "tools" });
      tea.resourceUpdated("word://tea");
      expect((await uris.next()).value).toEqual({ kind: "resource", uri: "word://tea" });
      await client.close();
      await server.close();
    });

    test("reports progress to who wants it", async () => {
      const { client, server } = await open();
      const seen: number[] = [];
      const onProgress = (one: { progress: number }) => seen.push(one.progress);
      await client.callTool("tea_steps", {}, { onProgress });
      expect(seen).toEqual([1]);
      await client.close();
      await server.close();
    });

    test.skipIf(revision < "2025-06-18")("asks the user", async () => {
      const { client, server } = await open({ onElicit: () => accept() });
      expect((await client.callTool("tea_sure")).content).toMatchObject([{ text: "accept" }]);
      await client.close();
      await server.close();
    });
  });
});

describe("a server with sources", () => {
  const define = (...args: Parameters<typeof mount>[]) =>
    defineServer({
      name: "x",
      version: "1.0.0",
      tools: [tool({ name: "a_say", description: "d", run: () => "" })],
      sources: args.map(([name, source]) => mount(name, source)),
    });

  test("takes no two under one name, none under a name that could not be told apart", () => {
    const source = about("tea");
    expect(() => define(["b", source], ["b", source])).toThrow('Two sources are called "b"');
    expect(() => define(["a", source])).toThrow('"a_say" looks like something of the source "a"');
    for (const name of ["", "a_b", "a b", "x".repeat(33)]) {
      expect(() => mount(name, source)).toThrow("cannot be the name of a source");
    }
  });

  test("can be a source itself", async () => {
    const inner = defineServer({
      name: "inner",
      version: "1.0.0",
      sources: [mount("tea", about("tea"))],
    });
    const outer = defineServer({
      name: "outer",
      version: "1.0.0",
      sources: [mount("all", inner)],
    });
    await using client = await connect(outer);
    expect((await client.callTool("all_tea_twice")).content).toHaveLength(2);
  });

  test("puts its middleware around what tools of a source call, by the names it knows", async () => {
    const seen: unknown[] = [];
    const note: Middleware = (call, next) => {
      if (call.method === "tools/call") seen.push(call.params.name);
      return next(call);
    };
    const server = defineServer({
      name: "x",
      version: "1.0.0",
      sources: [mount("tea", about("tea"))],
    });
    await using client = await connect(server, { middleware: [note] });
    await client.callTool("tea_twice");
    expect(seen).toEqual(["tea_twice", "tea_say", "tea_say"]);
  });

  test("asks for each source under keys of its own", async () => {
    const asking = (word: string) =>
      defineServer({
        name: word,
        version: "1.0.0",
        resources: [
          {
            async read(uri, ctx) {
              const { action } = await ctx.ask("q", confirm(`Read ${word}?`));
              return uri === `word://${word}` ? { contents: [{ uri, text: action }] } : undefined;
            },
          },
        ],
      });
    const server = defineServer({
      name: "x",
      version: "1.0.0",
      sources: [mount("a", asking("tea")), mount("b", asking("mint"))],
    });
    const asked: string[] = [];
    await using client = await connect(server, {
      onElicit: ({ message }) => {
        asked.push(message);
        return accept();
      },
    });
    expect((await client.readResource("word://mint")).contents).toMatchObject([{ text: "accept" }]);
    expect(asked).toEqual(["Read tea?", "Read mint?"]);
  });

  test("lists what the others have when one of them is gone, and says so to its operator", async () => {
    const behind = await clientOf(about("tea"));
    const reported: unknown[] = [];
    const server = defineServer({
      name: "x",
      version: "1.0.0",
      sources: [mount("gone", await clientSource(behind)), mount("mint", about("mint"))],
    });
    await behind.close();
    await using client = await connect(server, { onError: (error) => reported.push(error) });
    expect(names(await client.listTools())[0]).toBe("mint_say");
    expect(reported.length).toBeGreaterThan(0);
    await expect(client.callTool("gone_say")).rejects.toThrow("did not answer (reference");
  });

  test("closes its sources", async () => {
    const behind = await clientOf(about("tea"));
    const server = defineServer({
      name: "x",
      version: "1.0.0",
      sources: [mount("tea", await clientSource(behind))],
    });
    await server.close();
    expect(await behind.closed).toBeUndefined();
  });
});
