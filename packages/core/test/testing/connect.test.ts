import { describe, expect, test } from "vitest";
import {
  confirm,
  defineServer,
  elicit,
  elicitUrl,
  InsufficientScope,
  listRoots,
  REVISIONS,
  s,
  sample,
  tool,
} from "../../src/index.ts";
import { accept, cancel, connect, decline } from "../../src/testing/index.ts";

const sure = tool({
  name: "sure",
  description: "Asks.",
  run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
});
const twice = tool({
  name: "twice",
  description: "Asks the same under two keys.",
  async run(_, ctx) {
    const asked = await Promise.all([
      ctx.ask("first", confirm("Sure?")),
      ctx.ask("second", confirm("Sure?")),
    ]);
    return asked.map(({ action }) => action).join(" ");
  },
});
const everything = tool({
  name: "everything",
  description: "Asks all there is.",
  async run(_, ctx) {
    const name = await ctx.ask("name", elicit("Who?", s.object({ name: s.string() })));
    const said = await ctx.ask("said", sample({ messages: [], maxTokens: 5 }));
    const { roots } = await ctx.ask("folders", listRoots());
    return `${name.content?.name} ${said.model} ${roots[0]?.uri}`;
  },
});
const page = tool({
  name: "page",
  description: "Sends the user to a page.",
  run: async (_, ctx) =>
    (await ctx.ask("page", elicitUrl("Sign in", "https://example.org/"))).action,
});
const outer = tool({
  name: "outer",
  description: "Calls another.",
  async run(_, ctx) {
    const first = await ctx.call("sure");
    const second = await ctx.call("sure");
    return [...first.content, ...second.content];
  },
});
const server = defineServer({
  name: "asking",
  version: "1.0.0",
  tools: [sure, twice, everything, page, outer],
});

const says = (text: string) => ({ content: [{ type: "text", text }] });

describe.each(REVISIONS)("a test connected on %s", (revision) => {
  test("speaks that revision", async () => {
    await using client = await connect(server, { revision });
    expect(client.server.revision).toBe(revision);
    expect(client.server.info).toMatchObject({ name: "asking" });
    expect(await client.listTools()).toHaveLength(5);
  });

  test("declares nothing without answers", async () => {
    await using client = await connect(server, { revision });
    const failed = client.callTool("sure").then(
      (result) => (result.isError ? JSON.stringify(result.content) : "no error"),
      (error: Error) => error.message,
    );
    expect(await failed).toContain("needs a client that supports elicitation.form");
  });
});

describe.each(["2025-06-18", "2025-11-25", "2026-07-28"] as const)("answers on %s", (revision) => {
  test.each([
    ["accept", accept()],
    ["decline", decline()],
    ["cancel", cancel()],
  ])("say %s by key", async (action, answer) => {
    await using client = await connect(server, { revision, answers: { sure: answer } });
    expect(await client.callTool("sure")).toMatchObject(says(action));
  });

  test("tell two questions with the same words apart", async () => {
    const answers = { first: decline(), second: accept() };
    await using client = await connect(server, { revision, answers });
    expect(await client.callTool("twice")).toMatchObject(says("decline accept"));
  });

  test("cover forms, sampling and roots, as values or functions", async () => {
    await using client = await connect(server, {
      revision,
      answers: {
        name: ({ message }) => accept({ name: `${message} Ada` }),
        said: { role: "assistant", content: { type: "text", text: "hi" }, model: "m1" },
        folders: [{ uri: "file:///home" }],
      },
    });
    expect(await client.callTool("everything")).toMatchObject(says("Who? Ada m1 file:///home"));
  });

  test("reach a tool called by a tool, by key or by path", async () => {
    const answers = { sure: accept(), "sure#1/sure": decline() };
    await using client = await connect(server, { revision, answers });
    expect((await client.callTool("outer")).content).toMatchObject([
      { text: "accept" },
      { text: "decline" },
    ]);
  });

  test("that are missing fail the call and name the key", async () => {
    await using client = await connect(server, { revision, answers: {} });
    await expect(client.callTool("sure")).rejects.toThrow('The server asked "sure"');
  });

  test("that fail an assertion fail the call with its words", async () => {
    const answers = {
      sure: () => {
        throw new Error("expected another question");
      },
    };
    await using client = await connect(server, { revision, answers });
    await expect(client.callTool("sure")).rejects.toThrow("expected another question");
  });
});

describe.each(REVISIONS)("a test connected over HTTP on %s", (revision) => {
  test("speaks that revision, and tells handlers who calls and how", async () => {
    const who = tool({
      name: "who",
      description: "Tells who calls.",
      run: (_, ctx) => ctx.principal?.id ?? "nobody",
    });
    const definition = defineServer({ name: "asked", version: "1.0.0", tools: [who] });
    const options = { revision, over: "http", principal: { id: "ada" } } as const;
    await using client = await connect(definition, options);
    expect(client.server.revision).toBe(revision);
    expect(await client.callTool("who")).toMatchObject(says("ada"));
  });

  test("shows an error of HTTP", async () => {
    const wanting = tool({
      name: "wanting",
      description: "Wants a scope.",
      run() {
        throw new InsufficientScope(["write"]);
      },
    });
    const definition = defineServer({ name: "wanting", version: "1.0.0", tools: [wanting] });
    const options = { revision, over: "http", principal: { id: "ada" } } as const;
    await using client = await connect(definition, options);
    await expect(client.callTool("wanting")).rejects.toMatchObject({ status: 403 });
  });
});

test.each(["2025-06-18", "2025-11-25", "2026-07-28"] as const)(
  "answers are the same over HTTP on %s",
  async (revision) => {
    const answers = { first: decline(), second: accept() };
    await using client = await connect(server, { revision, over: "http", answers });
    expect(await client.callTool("twice")).toMatchObject(says("decline accept"));
  },
);

test.each(["2025-11-25", "2026-07-28"] as const)(
  "answers to pages work on %s",
  async (revision) => {
    await using client = await connect(server, { revision, answers: { page: accept() } });
    expect(await client.callTool("page")).toMatchObject(says("accept"));
  },
);
