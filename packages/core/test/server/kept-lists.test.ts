import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  defineServer,
  type JsonObject,
  jsonSchema,
  type Middleware,
  prompt,
  REVISIONS,
  type Revision,
  resource,
  resourceTemplate,
  type ServeOptions,
  type ServerDefinition,
  serve,
  tool,
} from "../../src/index.ts";
import { streamTransport } from "../../src/node.ts";
import { isModern } from "../../src/protocol/revisions.ts";
import { meta } from "./raw-client.ts";

const LISTS = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];

/** Makes of each result another, which is written like one that nobody has seen before. */
const copying: Middleware = async (call, next) => {
  const outcome = await next(call);
  if (outcome.kind !== "complete") return outcome;
  return { ...outcome, result: structuredClone(outcome.result) };
};

/** Sends one line for each of `methods` in turn, and gives the lines that come back. */
async function linesOf(
  definition: ServerDefinition,
  revision: Revision,
  methods: readonly string[],
  options: ServeOptions = {},
): Promise<string[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const serving = serve(definition, streamTransport({ input, output }), options);
  const lines = createInterface({ input: output })[Symbol.asyncIterator]();
  const ask = async (id: number, method: string, params: JsonObject): Promise<string> => {
    input.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return (await lines.next()).value as string;
  };
  if (!isModern(revision)) {
    const clientInfo = { name: "raw", version: "1" };
    await ask(0, "initialize", { protocolVersion: revision, capabilities: {}, clientInfo });
  }
  const params: JsonObject = isModern(revision) ? { _meta: meta() } : {};
  const answers: string[] = [];
  for (const [at, method] of methods.entries()) answers.push(await ask(at + 1, method, params));
  await serving.close();
  return answers;
}

const described = fc.record(
  {
    title: fc.string({ unit: "grapheme" }),
    description: fc.string({ unit: "binary" }),
    icons: fc.array(fc.record({ src: fc.webUrl(), mimeType: fc.constant("image/png") })),
    meta: fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>,
  },
  { requiredKeys: ["description"] },
);
const name = fc.stringMatching(/^[a-z_]{1,20}$/);
const isReadOnly = fc.record({ readOnlyHint: fc.boolean() });
const servers = fc
  .record({ name, described, annotations: isReadOnly, more: fc.jsonValue() })
  .map(({ name, described, annotations, more }) => {
    const schema = { type: "object", properties: { a: { default: more as never } } } as const;
    const [input, output] = [jsonSchema<JsonObject>(schema), jsonSchema<JsonObject>(schema)];
    const read = () => "text";
    return defineServer({
      name: "lists",
      version: "1.0.0",
      tools: [
        tool({ ...described, name, input, output, annotations, run: () => ({}) }),
        tool({ ...described, name: `${name}2`, run: () => "done" }),
      ],
      prompts: [prompt({ ...described, name, run: () => "Do." })],
      resources: [
        resource({ ...described, uri: "a://b", name, read }),
        resourceTemplate({ ...described, uriTemplate: "a://{b}", name, read }),
      ],
    });
  });

describe.each(REVISIONS)("in %s", (revision) => {
  test("a list is written the same, the first time and later ones, as if it was made each time", async () => {
    await fc.assert(
      fc.asyncProperty(servers, async (definition) => {
        const methods = [...LISTS, ...LISTS];
        const made = await linesOf(definition, revision, methods, { middleware: [copying] });
        expect(await linesOf(definition, revision, methods)).toEqual(made);
        for (const line of made) expect(JSON.parse(line)).toHaveProperty("result");
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });
});

/** A tool for everybody and one for each caller, listed for the caller it is named after. */
const everybodys = tool({ name: "everybodys", description: "x", run: () => "x" });
const own = ["ada", "bob"].map((name) => tool({ name, description: name, run: () => name }));
const personal = defineServer({
  name: "personal",
  version: "1.0.0",
  tools: [
    everybodys,
    {
      list: async ({ principal }) =>
        own.filter(({ published }) => published.name === principal?.id),
    },
  ],
});

function namesIn(line: string | undefined): string[] {
  return JSON.parse(line as string).result.tools.map((one: { name: string }) => one.name);
}

test.each(REVISIONS)("nobody is given the list of another in %s", async (revision) => {
  for (const id of ["ada", "bob", "ada", "eve", "bob"]) {
    const lines = await linesOf(personal, revision, ["tools/list", "tools/list"], {
      principal: { id },
    });
    const expected = id === "eve" ? ["everybodys"] : ["everybodys", id];
    expect(lines.map(namesIn)).toEqual([expected, expected]);
  }
});

test.each(REVISIONS)(
  "what middleware makes of a list is what is written in %s",
  async (revision) => {
    const shortened: Middleware = async (call, next) => {
      const outcome = await next(call);
      if (outcome.kind !== "complete" || call.principal?.id !== "eve") return outcome;
      return { ...outcome, result: { ...outcome.result, tools: [] } };
    };
    for (const id of ["ada", "eve", "ada"]) {
      const options = { principal: { id }, middleware: [shortened] };
      const [line] = await linesOf(personal, revision, ["tools/list"], options);
      expect(namesIn(line)).toEqual(id === "eve" ? [] : ["everybodys", "ada"]);
    }
  },
);

test("two servers that offer the same tools each say who they are and how long to keep the list", async () => {
  const offering = (name: string, ttlMs: number) =>
    defineServer({
      name,
      version: "1.0.0",
      tools: [everybodys],
      cache: { "tools/list": { ttlMs, cacheScope: "public" } },
    });
  for (const [name, ttlMs] of [
    ["one", 1],
    ["other", 2],
    ["one", 3],
  ] as const) {
    const [line] = await linesOf(offering(name, ttlMs), "2026-07-28", ["tools/list"]);
    expect(JSON.parse(line as string).result).toMatchObject({
      ttlMs,
      _meta: { "io.modelcontextprotocol/serverInfo": { name } },
    });
  }
});
