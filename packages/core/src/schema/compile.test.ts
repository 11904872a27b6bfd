import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CompileOptions, compile } from "./compile.ts";
import { formats } from "./formats.ts";
import { describeIssues } from "./issue.ts";
import type { JsonSchema } from "./json-schema.ts";
import { validate } from "./validate.ts";

const seed = 3;
const draft07 = "http://json-schema.org/draft-07/schema#";

/** What is wrong with a value, as one line; undefined if nothing is. */
function wrong(schema: JsonSchema, value: unknown, options?: CompileOptions): string | undefined {
  const issues = compile(schema, options)(value);
  return issues && describeIssues(issues, "it");
}

const readFile = {
  type: "object",
  properties: {
    path: { type: "string", minLength: 1 },
    head: { type: "integer", minimum: 1 },
    kind: { enum: ["text", "binary"] },
    ranges: { type: "array", items: { type: "array", prefixItems: [{ type: "integer" }] } },
  },
  required: ["path"],
  additionalProperties: false,
};

describe("a message", () => {
  test.each<[unknown, string | undefined]>([
    [{ path: "a" }, undefined],
    [{}, "it.path is required"],
    [{ path: 1, head: "x" }, "it.path must be a string; it.head must be an integer"],
    [{ path: "" }, "it.path must not be empty"],
    [{ path: "a", head: 0 }, "it.head must be at least 1"],
    [{ path: "a", kind: "x" }, 'it.kind must be one of "text", "binary"'],
    [{ path: "a", pth: 1 }, "it.pth is not expected; known are path, head, kind, ranges"],
    [{ path: "a", ranges: [[1], ["x"]] }, "it.ranges[1][0] must be an integer"],
    [[], "it must be an object"],
  ])("for %j says what is wrong and where", (value, message) => {
    expect(wrong(readFile, value)).toBe(message);
  });

  test.each<[JsonSchema, unknown, string]>([
    [{ type: ["string", "null"] }, 1, "it must be a string or null"],
    [{ const: { a: 1 } }, 1, 'it must be {"a":1}'],
    [{ multipleOf: 0.1 }, 0.25, "it must be a multiple of 0.1"],
    [{ maxLength: 2 }, "abc", "it must be at most 2 characters long"],
    [{ uniqueItems: true }, [1, 2, 1], "it must have no equal items; 0 and 2 are equal"],
    [{ contains: { const: 1 } }, [], "it must contain at least 1 item of the described kind"],
    [{ propertyNames: { pattern: "^x" } }, { y: 1 }, 'it must not have a property named "y"'],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, "it must have b beside a"],
    [{ not: {} }, 1, "it must not match the excluded schema"],
    [{ properties: { "a b": false } }, { "a b": 1 }, 'it["a b"] is not allowed'],
    [{ unevaluatedProperties: false }, { a: 1 }, "it.a is not allowed"],
    [
      { oneOf: [true, true] },
      1,
      "it must match exactly one of the alternatives, but matches several",
    ],
    [false, 1, "it is not allowed"],
  ])("for %j and %j reads well", (schema, value, message) => {
    expect(wrong(schema, value)).toBe(message);
  });

  test("about a union speaks of the alternative that was meant", () => {
    const block: JsonSchema = {
      anyOf: [
        { type: "object", properties: { type: { const: "text" }, text: { type: "string" } } },
        { type: "object", properties: { type: { const: "image" }, data: { type: "string" } } },
        { type: "string" },
      ],
    };
    expect(wrong(block, { type: "image", data: 1 })).toBe("it.data must be a string");
    expect(wrong(block, 7)).toBe(
      "it matches none of the alternatives: must be an object, or must be a string",
    );
    expect(wrong(block, { type: "audio" })).toBe(
      'it matches none of the alternatives: type must be "text", or type must be "image", or must be a string',
    );
  });

  test("list ends after ten issues", () => {
    const value = Array.from({ length: 1_000 }, () => "x");
    expect(compile({ items: { type: "integer" } })(value)).toHaveLength(10);
    const union = { anyOf: [{ items: { type: "integer" } }, { type: "string" }] };
    expect(compile(union)(value)?.length).toBeGreaterThan(0);
  });
});

describe("a value", () => {
  test("that is right comes back as itself", () => {
    const value = { path: "a" };
    expect(validate(readFile, value)).toEqual({ value });
    expect((validate(readFile, value) as { value: unknown }).value).toBe(value);
  });

  test("has only the properties it owns", () => {
    const schema = { properties: { constructor: { type: "string" } }, required: ["toString"] };
    expect(wrong(schema, {})).toBe("it.toString is required");
    expect(wrong(schema, { toString: 1 })).toBeUndefined();
  });

  test("may have a property named __proto__, which is checked like any other", () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"string"}}}');
    expect(wrong(schema, JSON.parse('{"__proto__":1}'))).toBe("it.__proto__ must be a string");
    expect(wrong({ additionalProperties: false }, JSON.parse('{"__proto__":1}'))).toBe(
      "it.__proto__ is not expected",
    );
  });

  test("that is undefined in an object counts as absent, as on the wire", () => {
    expect(wrong(readFile, { path: "a", head: undefined })).toBeUndefined();
    expect(wrong(readFile, { path: undefined })).toBe("it.path is required");
    const none = { maxProperties: 0, propertyNames: false, unevaluatedProperties: false };
    expect(wrong(none, { a: undefined })).toBeUndefined();
  });

  test.each([
    [0.3, 0.1, true],
    [0.0075, 0.0001, true],
    [19.99, 0.01, true],
    [1.1e21, 1e20, true],
    [0.35, 0.1, false],
    [1e308, 0.123456789, false],
    [-4, 2, true],
  ])("%d is a multiple of %d: %s", (value, multipleOf, valid) => {
    expect(wrong({ multipleOf }, value) === undefined).toBe(valid);
  });

  test("has its length counted in code points", () => {
    expect(wrong({ maxLength: 2, minLength: 2 }, "😀😀")).toBeUndefined();
    expect(wrong({ minLength: 2 }, "😀")).toBe("it must be at least 2 characters long");
  });

  test("is equal to another whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy = JSON.parse(JSON.stringify(value), (_key, inner) =>
          inner && typeof inner === "object" && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).reverse())
            : inner,
        );
        expect(wrong({ const: value }, copy)).toBeUndefined();
        expect(wrong({ enum: [value] }, copy)).toBeUndefined();
        expect(wrong({ uniqueItems: true }, [value, copy])).toBeDefined();
      }),
      { seed },
    );
  });

  test("is checked for uniqueness in linear time", () => {
    const items = Array.from({ length: 100_000 }, (_, index) => ({ index }));
    expect(wrong({ uniqueItems: true }, items)).toBeUndefined();
  });
});

describe("limits", () => {
  const list = {
    $ref: "#/$defs/node",
    $defs: { node: { properties: { next: { $ref: "#/$defs/node" } } } },
  };

  function chain(length: number): unknown {
    let value: unknown = {};
    for (let i = 0; i < length; i++) value = { next: value };
    return value;
  }

  test("a value nested too deeply for a recursive schema is an issue", () => {
    expect(wrong(list, chain(400))).toBeUndefined();
    expect(wrong(list, chain(10_000))).toBe("it is nested too deeply to check");
  });

  test("running out of stack is an issue too", () => {
    expect(wrong(list, chain(100_000), { maxDepth: 1_000_000 })).toBe(
      "it is nested too deeply to check",
    );
  });

  test("a schema that refers to itself without end is an issue", () => {
    expect(wrong({ $ref: "#" }, 1)).toBe("it is nested too deeply to check");
  });

  test("a small schema that means exponential work is cut short", () => {
    const $defs: Record<string, JsonSchema> = { last: true };
    for (let i = 0; i < 40; i++) {
      const $ref = i === 0 ? "#/$defs/last" : `#/$defs/s${i - 1}`;
      $defs[`s${i}`] = { allOf: [{ $ref }, { $ref }] };
    }
    const bomb = { $ref: "#/$defs/s39", $defs };
    expect(wrong(bomb, 1, { maxSteps: 10_000 })).toBe("it takes too much work to check");
  });

  const names = Array.from({ length: 100 }, (_, index) => `k${index}`);
  const flags = Object.fromEntries(names.map((name) => [name, true]));
  test.each<[string, Record<string, unknown>, unknown]>([
    ["allOf", { allOf: names.map(() => ({ type: "number" })) }, 1],
    ["anyOf", { anyOf: [...names.map(() => ({ type: "null" })), true] }, 1],
    ["oneOf", { oneOf: [...names.map(() => ({ type: "null" })), true] }, 1],
    ["properties", { properties: flags }, {}],
    ["additionalProperties", { additionalProperties: { type: "boolean" } }, flags],
    ["propertyNames", { propertyNames: { minLength: 1 } }, flags],
    ["required", { required: names }, flags],
    ["dependentRequired", { dependentRequired: { k0: names } }, flags],
    ["dependentSchemas", { dependentSchemas: flags }, {}],
    ["minProperties", { minProperties: 1 }, flags],
    ["unevaluatedProperties", { unevaluatedProperties: true }, flags],
    ["const", { const: names }, [...names]],
    ["enum", { enum: [...names.map((name) => [name]), [1]] }, [1]],
    ["uniqueItems", { uniqueItems: true }, ["x".repeat(800)]],
    ["maxLength", { maxLength: 150 }, "😀".repeat(100)],
    ["minLength", { minLength: 150 }, "x".repeat(200)],
  ])("the work of %s counts each time it is done again", (_keyword, target, value) => {
    const allOf = Array.from({ length: 50 }, () => ({ $ref: "#/$defs/target" }));
    const schema = { allOf, $defs: { target } };
    expect(wrong(schema, value)).toBeUndefined();
    expect(wrong(schema, value, { maxSteps: 1_000 })).toBe("it takes too much work to check");
  });

  test("identifiers that grow where they nest are refused", () => {
    let nested: JsonSchema = { $id: "end" };
    for (let i = 0; i < 20; i++) nested = { $id: `${"x".repeat(999)}/`, not: nested };
    expect(() => compile(nested)).toThrow("is too long: at most 10000 characters");
  });

  test("a schema with too many subschemas is refused", () => {
    const wide = { anyOf: Array.from({ length: 100 }, () => ({})) };
    expect(() => compile(wide, { maxSubschemas: 50 })).toThrow("too large: at most 50 subschemas");
  });

  test("a schema nested too deeply is refused", () => {
    let deep: JsonSchema = {};
    for (let i = 0; i < 1_000; i++) deep = { not: deep };
    expect(() => compile(deep)).toThrow("nested 200 deep");
    const circular: Record<string, unknown> = {};
    circular.properties = { a: { not: circular } };
    expect(wrong(circular, { a: 1 })).toBeDefined();
  });
});

describe("references", () => {
  test.each(["https://example.com/schema.json", "other.json", "//evil/x", "file:///etc/passwd"])(
    "to %s are never fetched",
    ($ref) => {
      expect(() => compile({ properties: { a: { $ref } } })).toThrow(
        `The reference "${$ref}" points outside the schema, and schemas are never fetched`,
      );
    },
  );

  test("to a given resource are followed, by URI, anchor and pointer", () => {
    const resources = {
      "https://example.com/types.json": {
        $defs: { name: { $anchor: "name", type: "string" }, odd: { $id: "odd.json", const: 1 } },
      },
    };
    const at = (reference: string) => ({ $ref: `https://example.com/${reference}` });
    expect(wrong(at("types.json#/$defs/name"), 1, { resources })).toBe("it must be a string");
    expect(wrong(at("types.json#name"), 1, { resources })).toBe("it must be a string");
    expect(wrong(at("odd.json"), 2, { resources })).toBe("it must be 1");
  });

  test.each([
    ["#/$defs/missing", "points at no schema"],
    ["#missing", "names an anchor that does not exist"],
    ["#/constructor", "points at no schema"],
    ["#/%ZZ", "is not a valid URI reference"],
  ])("to %s lead nowhere, which is an error when the schema is compiled", ($ref, reason) => {
    expect(() => compile({ $ref })).toThrow(reason);
  });

  test("resolve identifiers against the base they stand in", () => {
    const schema = {
      $id: "https://example.com/a/root.json",
      $ref: "../b/leaf.json",
      $defs: { leaf: { $id: "/b/leaf.json", type: "boolean" } },
    };
    expect(wrong(schema, 1)).toBe("it must be true or false");
  });

  test("may not meet two schemas of one identifier", () => {
    const schema = { $defs: { a: { $id: "x" }, b: { $id: "x", type: "string" } } };
    expect(() => compile(schema)).toThrow('Two different schemas have the identifier "x"');
  });
});

describe("a dialect", () => {
  test.each(["http://json-schema.org/draft-04/schema#", "https://example.com/mine", 7])(
    "%s that is not supported is an error when the schema is compiled",
    ($schema) => {
      expect(() => compile({ $schema } as JsonSchema)).toThrow("which is not supported");
    },
  );

  test("draft-07 is read as draft-07", () => {
    const schema = {
      $schema: draft07,
      definitions: { positive: { exclusiveMinimum: 0 } },
      properties: {
        pair: { items: [{ type: "string" }], additionalItems: false },
        count: { $ref: "#/definitions/positive", type: "string" },
      },
      dependencies: { pair: ["count"] },
    } as unknown as JsonSchema;
    expect(wrong(schema, { pair: ["a"], count: 1 })).toBeUndefined();
    expect(wrong(schema, { pair: ["a", 1], count: 0 })).toBe(
      "it.pair[1] is not allowed; it.count must be above 0",
    );
    expect(wrong(schema, { pair: [] })).toBe("it must have count beside pair");
  });

  test("of old tuples in a schema that does not say so is pointed out", () => {
    expect(() => compile({ items: [{}] } as unknown as JsonSchema)).toThrow("prefixItems");
  });
});

describe("a malformed schema is refused when it is compiled:", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ type: "text" }, 'type must be a JSON type name or a list of them, not "text".'],
    [{ type: [] }, "type must name at least one type."],
    [{ properties: [] }, "properties must be an object, not []."],
    [{ properties: { a: 1 } }, "properties must hold a schema, not 1."],
    [{ required: "a" }, 'required must be an array of property names, not "a".'],
    [{ enum: "a" }, 'enum must be an array, not "a".'],
    [{ minLength: -1 }, "minLength must be a whole number of 0 or more, not -1."],
    [{ minimum: "1" }, 'minimum must be a number, not "1".'],
    [{ multipleOf: 0 }, "multipleOf must be above 0."],
    [{ anyOf: [] }, "anyOf must have at least one schema."],
    [{ pattern: 1 }, "pattern must be a string, not 1."],
    [{ $id: "#a" }, '$id "#a" must have no fragment; use $anchor for that.'],
  ])("%j", (schema, message) => {
    expect(() => compile(schema)).toThrow(message);
  });

  test("something that is no schema at all", () => {
    expect(() => compile(null as unknown as JsonSchema)).toThrow("must be an object or a boolean");
  });

  test("but unknown keywords, such as x-since, are ignored", () => {
    expect(wrong({ "x-since": "2025-06-18", "x-until": 1, example: [] }, 1)).toBeUndefined();
  });
});

describe("format", () => {
  test("is an annotation unless checks are given", () => {
    expect(wrong({ format: "email" }, "nobody")).toBeUndefined();
    expect(wrong({ format: "email" }, "nobody", { formats })).toBe("it must be a valid email");
    expect(wrong({ format: "unheard-of" }, "x", { formats })).toBeUndefined();
    expect(wrong({ format: "constructor" }, "x", { formats })).toBeUndefined();
  });

  test.each([
    ["date", "2024-02-29", "2023-02-29"],
    ["date-time", "2024-02-29T10:00:00Z", "2024-02-29 10:00:00Z"],
    ["email", "a.b@example.com", "a@b@c"],
    ["uri", "file:///a%20b", "/a b"],
    ["uri-template", "x://{a}{?b*}", "x://{a"],
    ["byte", "aGk=", "aGk"],
    ["ipv6", "::ffff:1.2.3.4", "1::2::3"],
    ["regex", "^a$", "("],
    ["uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08"],
    ["duration", "P3DT4H", "P"],
  ])("%s accepts %s and refuses %s", (format, good, bad) => {
    expect(wrong({ format }, good, { formats })).toBeUndefined();
    expect(wrong({ format }, bad, { formats })).toBe(`it must be a valid ${format}`);
  });
});

test("a check is compiled once for a schema object", () => {
  const schema = { type: "string" };
  expect(compile(schema)).toBe(compile(schema));
});

test("a check ends with an answer for any value and any well-formed schema", () => {
  const schema = fc.letrec<{ any: JsonSchema }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.boolean(),
      fc.record(
        {
          type: fc.constantFrom("string", "number", "object", "array", "null"),
          properties: fc.dictionary(fc.constantFrom("a", "b", "__proto__"), tie("any")),
          required: fc.array(fc.constantFrom("a", "toString")),
          items: tie("any"),
          anyOf: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
          oneOf: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
          not: tie("any"),
          unevaluatedProperties: tie("any"),
        },
        { requiredKeys: [] },
      ),
    ),
  })).any;
  fc.assert(
    fc.property(schema, fc.jsonValue(), (json, value) => {
      const holds = compile({ allOf: [json] })(value) === undefined;
      expect(compile({ not: json })(value) === undefined).toBe(!holds);
      expect(compile(json)(value)).not.toEqual([]);
    }),
    { seed, numRuns: 1_000 },
  );
});
