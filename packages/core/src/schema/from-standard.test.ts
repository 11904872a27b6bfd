import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { jsonSchema, s } from "./build.ts";
import { bridge, withJsonSchema } from "./from-standard.ts";
import type { Output, StandardSchema } from "./standard.ts";

const subject = "the input of tool add";

function input(schema: StandardSchema) {
  return bridge(schema, subject, "input");
}

function output(schema: StandardSchema) {
  return bridge(schema, "the output of tool add", "output");
}

const libraries: [
  name: string,
  schema: StandardSchema<unknown, { path: string; head?: number }>,
][] = [
  [
    "s",
    s.object({
      path: s.string({ description: "File to read" }),
      head: s.optional(s.integer()),
    }),
  ],
  [
    "jsonSchema",
    jsonSchema<{ path: string; head?: number }>({
      type: "object",
      properties: {
        path: { type: "string", description: "File to read" },
        head: { type: "integer" },
      },
      required: ["path"],
    }),
  ],
  ["Zod", z.object({ path: z.string().describe("File to read"), head: z.int().optional() })],
  [
    "zod/mini",
    withJsonSchema(
      mini.object({
        path: mini.string().check(mini.describe("File to read")),
        head: mini.optional(mini.int()),
      }),
      (schema, io) => mini.toJSONSchema(schema, { io }),
    ),
  ],
  [
    "Valibot",
    toStandardJsonSchema(
      v.object({
        path: v.pipe(v.string(), v.description("File to read")),
        head: v.optional(v.pipe(v.number(), v.integer())),
      }),
    ),
  ],
  ["ArkType", type({ path: type("string").describe("File to read"), "head?": "number.integer" })],
];

describe.each(libraries)("a schema of %s", (name, schema) => {
  test("publishes its properties, descriptions and what is required", () => {
    const { json } = input(schema);
    expect(json).toMatchObject({
      type: "object",
      properties: { path: { type: "string" }, head: { type: "integer" } },
      required: ["path"],
    });
    expect(json).not.toHaveProperty("$schema");
    // ArkType's descriptions serve its own messages and are not part of its JSON Schema.
    if (name !== "ArkType") expect(json).toMatchObject(described("File to read"));
  });

  test("accepts what fits and names what does not", async () => {
    expect(await input(schema).check({ path: "a", head: 1 })).toEqual({
      value: { path: "a", head: 1 },
    });
    expect(await input(schema).check({ head: 1 })).toMatchObject({
      message: expect.stringContaining("path"),
    });
    expect(await input(schema).check({ path: 1 })).toMatchObject({
      issues: [{ path: ["path"] }],
    });
  });

  test("serves as an output schema", async () => {
    expect(await output(schema).check({ path: "a" })).toEqual({ value: { path: "a" } });
    expect(await output(schema).check({})).toMatchObject({
      message: expect.stringContaining("path"),
    });
  });
});

function described(description: string) {
  return { properties: { path: { description } } };
}

describe("a union of objects", () => {
  const unions: [string, StandardSchema][] = [
    [
      "Zod",
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("file"), path: z.string() }),
        z.object({ kind: z.literal("url"), url: z.string() }),
      ]),
    ],
    [
      "Valibot",
      toStandardJsonSchema(
        v.variant("kind", [
          v.object({ kind: v.literal("file"), path: v.string() }),
          v.object({ kind: v.literal("url"), url: v.string() }),
        ]),
      ),
    ],
    ["ArkType", type({ kind: "'file'", path: "string" }).or({ kind: "'url'", url: "string" })],
    [
      "s",
      s.union([
        s.object({ kind: s.literal("file"), path: s.string() }),
        s.object({ kind: s.literal("url"), url: s.string() }),
      ]),
    ],
  ];

  test.each(unions)("of %s survives whole, beside the root type object", async (_name, schema) => {
    const { json, check } = input(schema);
    const branches = json.anyOf ?? json.oneOf ?? [];
    expect(json.type).toBe("object");
    expect(branches).toHaveLength(2);
    for (const branch of branches) expect(branch).toHaveProperty("properties.kind");
    expect(await check({ kind: "url", url: "x" })).toEqual({ value: { kind: "url", url: "x" } });
    expect(await check({ kind: "url" })).toHaveProperty("issues");
  });
});

describe("an input schema", () => {
  test("publishes what callers send, and gives the handler what the library makes of it", async () => {
    const schema = z.object({
      limit: z.int().default(10),
      since: z.iso.date().transform((text) => new Date(text)),
      count: z.coerce.number(),
    });
    const { json, check } = input(schema);
    expect(json).toMatchObject({
      properties: {
        limit: { type: "integer", default: 10 },
        since: { type: "string", format: "date" },
        count: { type: "number" },
      },
      required: ["since", "count"],
    });
    expect(await check({ since: "2026-01-02", count: "3" })).toEqual({
      value: { limit: 10, since: new Date("2026-01-02"), count: 3 },
    });
    expectTypeOf<Output<typeof schema>>().toEqualTypeOf<{
      limit: number;
      since: Date;
      count: number;
    }>();
  });

  test("may check asynchronously", async () => {
    const schema = z.object({ name: z.string().refine(async (name) => name !== "taken") });
    expect(await input(schema).check({ name: "free" })).toEqual({ value: { name: "free" } });
    expect(await input(schema).check({ name: "taken" })).toHaveProperty("issues");
  });
});

describe("an output schema", () => {
  test("drops what it does not know, since it says that nothing else comes", async () => {
    const { json, check } = output(z.object({ id: z.string() }));
    expect(json.additionalProperties).toBe(false);
    expect(await check({ id: "a", secret: 1 })).toEqual({ value: { id: "a" } });
  });

  test("accepts the result of a conversion as it is", async () => {
    const { json, check } = output(type({ size: "string.numeric.parse" }));
    expect(json).toMatchObject({ properties: { size: { type: "number" } } });
    expect(await check({ size: 3 })).toEqual({ value: { size: 3 } });
  });

  test("keeps refinements JSON Schema cannot say", async () => {
    const even = z.object({ n: z.number().refine((n) => n % 2 === 0, "must be even") });
    expect(await output(even).check({ n: 3 })).toMatchObject({ message: "n must be even" });
  });
});

describe("a schema that cannot be published is an error where it is defined:", () => {
  test.each<[string, () => unknown, string]>([
    ["a Zod date", () => input(z.object({ at: z.date() })), "Date cannot be represented"],
    [
      "a Zod transform on the output side",
      () => output(z.string().transform(Number)),
      "Transforms",
    ],
    ["a Zod custom type", () => input(z.object({ f: z.custom(() => true) })), "Custom types"],
    ["a Zod bigint", () => input(z.object({ n: z.bigint() })), "BigInt"],
    ["anything at all", () => input(z.any()), "says nothing in JSON Schema"],
    ["zod/mini as it is", () => input(mini.object({})), "for zod/mini withJsonSchema("],
    ["Valibot as it is", () => input(v.object({})), "wrap it in toStandardJsonSchema()"],
    [
      "a Valibot date",
      () => input(toStandardJsonSchema(v.object({ at: v.date() }))),
      'The "date" schema cannot be converted',
    ],
    ["an ArkType date", () => input(type({ at: "Date" })), "cannot be published as JSON Schema"],
    ["an ArkType bigint", () => input(type({ n: "bigint" })), "cannot be published as JSON Schema"],
    ["an ArkType class", () => input(type({ m: "Map" })), "cannot be published as JSON Schema"],
    [
      "an ArkType morph of unknown result",
      () => output(type("string").pipe((text) => text.length)),
      "says nothing in JSON Schema",
    ],
    [
      "another library without JSON Schema",
      () =>
        input({ "~standard": { version: 1, vendor: "other", validate: (value) => ({ value }) } }),
      "this other schema does not give JSON Schema; update the library",
    ],
    [
      "a plain object",
      () => input({ type: "object" } as unknown as StandardSchema),
      "is no schema: use s, jsonSchema(), or a Standard Schema library",
    ],
    ["nothing", () => input(undefined as unknown as StandardSchema), "is no schema"],
  ])("%s", (_name, define, reason) => {
    expect(define).toThrow(TypeError);
    expect(define).toThrow(reason);
    expect(define).toThrow(/^The (?:in|out)put of tool add /);
  });
});
