import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Authenticator,
  Changes,
  type Context,
  defineServer,
  resourceTemplate,
  s,
  tool,
} from "../../src/index.ts";
import { cache } from "../../src/middleware/cache.ts";
import { log } from "../../src/middleware/log.ts";
import { metrics } from "../../src/middleware/metrics.ts";
import { type ServeHttpOptions, serveHttp } from "../../src/node.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { modernCall, openSession } from "../http/eras.ts";
import { callOf, json, NEWEST_LEGACY, post, requestOf, type Site } from "../http/site.ts";

const SECRETS = ["hunter2", "tok-123456", "sk-secret", "of-somebody"];

const login = tool({
  name: "login",
  description: "Takes a secret.",
  input: s.object({ password: s.string(), nested: s.optional(s.object({ apiKey: s.string() })) }),
  run: () => "in",
});
const bug = tool({
  name: "bug",
  description: "Has a bug.",
  run: () => {
    throw new Error("It broke with the password of-somebody.");
  },
});
const caller = tool({
  name: "caller",
  description: "Says who calls.",
  run: (_, { principal }: Context) => principal?.id ?? "nobody",
});
const page = resourceTemplate({ uriTemplate: "page://{+path}", name: "page", read: () => "text" });

const byName: Authenticator = {
  authenticate: (head) => ({
    principal: { id: head.header("authorization")?.replace("Bearer ", "") ?? "nobody" },
  }),
  insufficientScope: () => ({ status: 403 }),
};

/** Serves on a socket; gives what the helpers of the tests of HTTP need. */
async function open(options: ServeHttpOptions, changes = new Changes()): Promise<Site> {
  const tools = [login, bug, caller];
  const definition = { name: "subject", version: "1.0.0", changes, tools, resources: [page] };
  const server = await serveHttp(defineServer(definition), { onError: () => {}, ...options });
  onTestFinished(() => server.close());
  const { origin } = new URL(server.url);
  return { send: (path: string, init: RequestInit) => fetch(origin + path, init) } as Site;
}

describe("what a server writes of its callers (T18)", () => {
  const NAMES = [
    'x\n{"level":30,"msg":"forged"}',
    "x\r\nHTTP/1.1 200 OK\r\n\r\n",
    "\u001b[2J\u001b[1;31mfake",
    "x\u2028y\u0085z\u0000",
    "\u202etxt.exe",
    '"} 1\nmcp_server_forged{a="b',
    "__proto__",
    "n".repeat(100_000),
  ];

  async function attacked() {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    const { middleware, route } = metrics();
    const site = await open({
      authenticator: byName,
      middleware: [log({ logger, arguments: true }), middleware],
      routes: [route],
    });
    const session = await openSession(site, NEWEST_LEGACY, {}, { authorization: "Bearer sk-ada" });
    lines.length = 0;
    return { site, session, lines };
  }

  test("is one line for each call, which names cannot forge, break or make long", async () => {
    const { site, session, lines } = await attacked();
    for (const name of NAMES) {
      await post(site, callOf(name), session);
      await post(site, requestOf("resources/read", { uri: `page://${name}` }), session);
      await post(site, requestOf(name, {}), session);
    }
    expect(lines).toHaveLength(3 * NAMES.length);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ principal: "sk-ada", msg: expect.any(String) });
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e](?!$)/u);
      expect(line.length).toBeLessThan(2_000);
      expect(JSON.parse(line).msg).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    }
  });

  test("holds no secret of theirs", async () => {
    const { site, session, lines } = await attacked();
    const secret = { password: "hunter2", nested: { apiKey: "sk-secret" } };
    await post(site, callOf("login", secret), session);
    await post(site, callOf("bug"), session);
    const uri = "page://user:hunter2@host/x?access_token=tok-123456";
    await post(site, requestOf("resources/read", { uri }), session);
    expect(lines).toHaveLength(3);
    for (const one of SECRETS) expect(lines.join("")).not.toContain(one);
  });

  test("is no more for names they make up by the thousand", async () => {
    const { site, session } = await attacked();
    for (let n = 0; n < 500; n++) {
      await post(site, callOf(`made-up-${n}`), session);
      await post(site, requestOf(`made/up-${n}`, {}), session);
    }
    for (const name of NAMES) await post(site, callOf(name), session);
    const text = await (await site.send("/metrics", {})).text();
    expect(text).not.toMatch(/made-up|made\/up|forged/);
    for (const line of text.split("\n")) expect(line).toMatch(/^($|# (HELP|TYPE) |mcp_\w+)/);
    expect(text.length).toBeLessThan(20_000);
  });

  test("goes to nobody who calls: a bug is a reference to them, in every answer there is", async () => {
    const { site, session } = await attacked();
    const answers = [await post(site, callOf("bug"), session), await modernCall(site, "bug")];
    for (const answer of answers) {
      const said = (await answer.text()) + JSON.stringify([...answer.headers]);
      expect(said).not.toMatch(/of-somebody|password|node_modules|\.ts\b|at \w+ \(/);
    }
  });
});

describe("what a server keeps of its answers (T16)", () => {
  const rules = { tools: { caller: { ttlMs: 60_000 } } };
  const saidTo = async (site: Site, name: string, meta: JsonObject = {}, headers = {}) => {
    const as = { authorization: `Bearer ${name}`, ...headers };
    const session = await openSession(site, NEWEST_LEGACY, {}, as);
    const legacy = await json(await post(site, callOf("caller", {}, meta), session));
    const modern = await json(await modernCall(site, "caller", {}, as));
    return [legacy, modern].map(({ result }) => (result as { content: JsonObject[] }).content[0]);
  };

  test("is for the caller they were made for, in every era and in whatever order they come", async () => {
    const changes = new Changes();
    const options = { authenticator: byName, middleware: [cache({ changes, ...rules })] };
    const site = await open(options, changes);
    const names = ["ann", "anna", "ann", "bob", "anna", "bob", "nobody", "ann"];
    const heard = await Promise.all(names.map((name) => saidTo(site, name)));
    const expected = names.map((text) => Array(2).fill(expect.objectContaining({ text })));
    expect(heard).toEqual(expected);
  });

  test("is not had by claiming to be somebody", async () => {
    const changes = new Changes();
    const options = { authenticator: byName, middleware: [cache({ changes, ...rules })] };
    const site = await open(options, changes);
    await saidTo(site, "ann");
    const claims = { principal: { id: "ann" }, "io.modelcontextprotocol/principal": "ann" };
    const headers = { "x-user": "ann", "if-none-match": "*", "cache-control": "only-if-cached" };
    for (const content of await saidTo(site, "eve", claims, headers)) {
      expect(content).toMatchObject({ text: "eve" });
    }
  });

  test("may be kept by no proxy: nothing says that it may", async () => {
    const site = await open({ authenticator: byName });
    const answers = [
      await modernCall(site, "caller"),
      await post(site, requestOf("tools/list"), { "mcp-session-id": "none" }),
      await site.send("/mcp", { headers: { accept: "text/event-stream" } }),
    ];
    for (const { headers } of answers) {
      expect(headers.get("cache-control") ?? "no-store").toMatch(/no-store|no-cache/);
      for (const name of ["etag", "expires", "last-modified"]) expect(headers.get(name)).toBeNull();
    }
  });
});
