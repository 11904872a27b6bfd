import {
  audio,
  type Changes,
  type Context,
  confirm,
  elicitUrl,
  embedded,
  image,
  jsonSchema,
  Reply,
  resourceLink,
  s,
  ToolError,
  text,
  tool,
  VisitRequired,
} from "../../src/index.ts";

/** What the handlers share. */
export interface Deps {
  readonly changes: Changes;
  /** How many calls of `wait` were aborted. */
  aborted: number;
  visited: boolean;
}

/** The icon of everything that has one. */
export const icons = [
  { src: "https://example.org/icon.png", mimeType: "image/png", sizes: ["48x48"] },
];

const echo = tool({
  name: "echo",
  title: "Echo",
  description: "Says what it is told.",
  input: s.object({ text: s.string() }),
  annotations: { readOnlyHint: true },
  icons,
  meta: { "example.org/kind": "toy" },
  run: ({ text }) => text,
});

const add = tool({
  name: "add",
  description: "Adds.",
  input: s.object({ a: s.number(), b: s.number() }),
  output: s.object({ sum: s.number() }),
  run: ({ a, b }) => ({ sum: a + b }),
});

const list = tool({
  name: "list",
  description: "Counts.",
  output: s.array(s.integer()),
  run: () => [1, 2, 3],
});

const either = tool({
  name: "either",
  description: "Takes one thing or the other.",
  input: jsonSchema<{ path?: string; url?: string }>({
    type: "object",
    anyOf: [
      { properties: { path: { type: "string" } }, required: ["path"] },
      { properties: { url: { type: "string" } }, required: ["url"] },
    ],
  }),
  run: ({ path, url }) => path ?? url ?? "",
});

const media = tool({
  name: "media",
  description: "Answers in every kind of content.",
  run: () => [
    text("words", { annotations: { audience: ["user"], lastModified: "2026-01-01T00:00:00Z" } }),
    image(Uint8Array.of(1, 2, 3), "image/png"),
    audio("AQID", "audio/wav"),
    resourceLink({ uri: "memo://one", name: "one" }),
    embedded("memo://two", Uint8Array.of(4), "application/octet-stream"),
  ],
});

const wrong = tool({
  name: "wrong",
  description: "Breaks its word.",
  output: s.object({ sum: s.number() }),
  run: () => ({ sum: "much" }) as never,
});

const fail = tool({
  name: "fail",
  description: "Cannot.",
  run() {
    throw new ToolError("Try add instead.");
  },
});

const bug = tool({
  name: "bug",
  description: "Has a bug.",
  run() {
    throw new Error("secret of /home/somebody");
  },
});

const spelled = tool({
  name: "spelled",
  description: "Spells its answer out.",
  output: s.object({ sum: s.number() }),
  run: () => new Reply("three", { sum: 3 }, { "example.org/took": 1 }),
});

const progress = tool({
  name: "progress",
  description: "Reports, not always forwards.",
  run(_, ctx) {
    for (const step of [1, 2, 2, 1, Number.NaN, 3]) ctx.progress(step, 3, `step ${step}`);
    return "done";
  },
});

const logs = tool({
  name: "logs",
  description: "Logs at three levels.",
  run(_, ctx) {
    ctx.log("debug", "small");
    ctx.log("info", { of: "middling" }, "logs");
    ctx.log("error", ["grave"]);
    return "logged";
  },
});

const sure = tool({
  name: "sure",
  description: "Asks.",
  run: async (_, ctx) => (await ctx.ask("sure", confirm("Sure?"))).action,
});

const visit = tool({
  name: "visit",
  description: "Sends the user to a page and says at once that they are done.",
  async run(_, ctx: Context<Deps>) {
    const { action } = await ctx.ask("page", elicitUrl("Sign in", "https://example.org/", "v1"));
    ctx.deps.changes.elicitationCompleted("v1");
    return action;
  },
});

const demand = tool({
  name: "demand",
  description: "Works once the user has been to a page.",
  run(_, ctx: Context<Deps>) {
    if (ctx.deps.visited) return "welcome";
    ctx.deps.visited = true;
    throw new VisitRequired("Sign in first.", [
      { id: "v2", url: "https://example.org/in", message: "Sign in" },
    ]);
  },
});

const chain = tool({
  name: "chain",
  description: "Calls other tools.",
  async run(_, ctx) {
    const sum = await ctx.call("add", { a: 1, b: 2 });
    const refused = await ctx.call("add", { a: "one" });
    return `${JSON.stringify(sum.structuredContent)} ${refused.isError}`;
  },
});

const circle = tool({
  name: "circle",
  description: "Calls itself.",
  run: async (_, ctx) => [...(await ctx.call("circle")).content],
});

const wait = tool({
  name: "wait",
  description: "Waits until it is aborted, reporting once that it has begun.",
  run: (_, ctx: Context<Deps>) =>
    new Promise<string>((_resolve, reject) => {
      ctx.progress(1);
      ctx.signal.addEventListener("abort", () => {
        ctx.deps.aborted++;
        ctx.progress(2);
        ctx.log("error", "too late");
        reject(ctx.signal.reason);
      });
    }),
});

const aborted = tool({
  name: "aborted",
  description: "How many calls of wait were aborted.",
  run: (_, ctx: Context<Deps>) => String(ctx.deps.aborted),
});

const announce = tool({
  name: "announce",
  description: "Announces that something changed.",
  input: s.object({
    list: s.optional(s.enum(["tools", "prompts", "resources"])),
    uri: s.optional(s.string()),
  }),
  run({ list, uri }, { deps }: Context<Deps>) {
    if (list) deps.changes.listChanged(list);
    if (uri) deps.changes.resourceUpdated(uri);
    return "announced";
  },
});

const caller = tool({
  name: "caller",
  description: "Says who calls.",
  run: (_, { client, principal }) =>
    `${client.info?.name} ${Object.keys(client.capabilities).sort().join(" ")} ${principal?.id}`,
});

/** One tool of each kind, in the order they are offered. */
export const tools = [
  echo,
  add,
  list,
  either,
  media,
  wrong,
  fail,
  bug,
  spelled,
  progress,
  logs,
  sure,
  visit,
  demand,
  chain,
  circle,
  wait,
  aborted,
  announce,
  caller,
];

/** The tools' names in the order they are offered. */
export const toolNames: readonly string[] = tools.map((one) => one.published.name);
