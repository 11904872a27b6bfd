import { expect, test } from "vitest";
import { jsonSchema, s } from "../schema/build.ts";
import { compile } from "../schema/validate.ts";
import {
  changed,
  type Definition,
  DiscoverResult,
  define,
  InitializeRequestParams,
  ListToolsResult,
  REVISIONS,
  required,
  schemaFor,
  since,
  until,
  vocabulary,
} from "./index.ts";

const marked = s.object({
  always: s.string(),
  young: since("2025-06-18", s.string()),
  old: until("2025-03-26", s.string()),
  strict: required({ "2024-11-05": true, "2025-11-25": false, "2026-07-28": true }, s.string()),
  shape: s.optional(changed({ "2024-11-05": s.string(), "2025-11-25": s.integer() })),
});

test("a schema has the properties of the revision, and no mark", () => {
  expect(schemaFor(marked, "2024-11-05")).toEqual({
    type: "object",
    properties: {
      always: { type: "string" },
      old: { type: "string" },
      strict: { type: "string" },
      shape: { type: "string" },
    },
    required: ["always", "strict"],
  });
  expect(schemaFor(marked, "2025-11-25")).toEqual({
    type: "object",
    properties: {
      always: { type: "string" },
      young: { type: "string" },
      strict: { type: "string" },
      shape: { type: "integer" },
    },
    required: ["always"],
  });
  expect(schemaFor(marked, "2026-07-28").required).toEqual(["always", "strict"]);
});

test("a schema is derived once", () => {
  expect(schemaFor(ListToolsResult, "2025-06-18")).toBe(schemaFor(ListToolsResult, "2025-06-18"));
});

test("a schema brings the definitions it refers to, and only those", () => {
  const { $defs } = schemaFor(ListToolsResult, "2025-03-26");
  expect(Object.keys($defs ?? {}).sort()).toEqual([
    "Cursor",
    "ListToolsResult",
    "ResultMetaObject",
    "Tool",
    "ToolAnnotations",
  ]);
});

test("a definition of another revision is refused in one sentence", () => {
  expect(() => schemaFor(DiscoverResult, "2025-11-25")).toThrow(
    "MCP 2025-11-25 has no DiscoverResult; ask rowFor() what the revision has.",
  );
});

test("a union of which one member is left is that member", () => {
  const union = s.union([s.string(), since("2025-11-25", s.integer())]);
  expect(schemaFor(union, "2025-06-18")).toEqual({ type: "string" });
});

test("what refers to a definition comes and goes with it", () => {
  const young = define("TestYoung", () => since("2025-06-18", s.string()));
  const holder = s.object({ one: s.optional(young), many: s.optional(s.array(young)) });
  expect(schemaFor(holder, "2025-03-26").properties).toEqual({});
  expect(Object.keys(schemaFor(holder, "2025-06-18").properties ?? {})).toEqual(["one", "many"]);
});

test("a definition may refer to itself", () => {
  const tree: Definition = define("TestTree", () =>
    s.object({ children: s.optional(s.array(tree)) }),
  );
  const check = compile(schemaFor(tree, "2025-03-26"));
  expect(check({ children: [{ children: [] }] })).toBeUndefined();
  expect(check({ children: [{ children: 1 }] })).toHaveLength(1);
});

test("a name is given once", () => {
  define("TestTwice", () => s.string());
  expect(() => define("TestTwice", () => s.string())).toThrow(
    'The definition "TestTwice" already exists; choose another name.',
  );
});

test("a schema with definitions of its own is given back word for word", () => {
  const json = { $ref: "#/$defs/Tool", $defs: { Tool: { type: "string" } } };
  expect(schemaFor(jsonSchema(json), "2024-11-05")).toBe(json);
});

test("a definition by itself checks values as the newest revision that has it", () => {
  const check = ListToolsResult["~standard"].validate;
  expect(
    check({ tools: [], resultType: "complete", ttlMs: 0, cacheScope: "public" }),
  ).toHaveProperty("value");
  expect(check({ tools: [] })).toHaveProperty("issues");
  const params = {
    protocolVersion: "x",
    capabilities: {},
    clientInfo: { name: "a", version: "1" },
  };
  expect(InitializeRequestParams["~standard"].validate(params)).toEqual({ value: params });
});

test.each(REVISIONS)("every definition of %s compiles", (revision) => {
  const $defs = vocabulary(revision);
  const names = Object.keys($defs);
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    expect(compile({ $ref: `#/$defs/${name}`, $defs })).toBeTypeOf("function");
  }
});
