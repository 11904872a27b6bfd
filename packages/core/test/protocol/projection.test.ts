import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CallToolResult,
  type ContentBlock,
  type Definition,
  GetPromptResult,
  ListPromptsResult,
  ListResourcesResult,
  ListToolsResult,
  project,
  REVISIONS,
  schemaFor,
} from "../../src/protocol/index.ts";
import { compile } from "../../src/schema/validate.ts";

/** Any of `optional` may be absent, none of `needed`. */
function shape(needed: Record<string, fc.Arbitrary<unknown>>, optional: typeof needed = {}) {
  return fc.record({ ...needed, ...optional }, { requiredKeys: Object.keys(needed) });
}

const word = fc.string({ maxLength: 8 });
const meta = fc.dictionary(word, fc.jsonValue());
const annotations = shape(
  {},
  {
    audience: fc.subarray(["user", "assistant"]),
    priority: fc.double({ min: 0, max: 1, noNaN: true }),
    lastModified: word,
  },
);
const icons = fc.array(shape({ src: word }, { mimeType: word, theme: fc.constant("dark") }));
const named = { title: word, icons, _meta: meta, description: word };
const annotated = { annotations, _meta: meta };
const contents = shape({ uri: word, text: word }, { mimeType: word, _meta: meta });
const resource = { ...named, ...annotated, mimeType: word, size: fc.nat() };

const content = fc.oneof(
  shape({ type: fc.constant("text"), text: word }, annotated),
  shape({ type: fc.constant("image"), data: word, mimeType: word }, annotated),
  shape({ type: fc.constant("audio"), data: word, mimeType: word }, annotated),
  shape({ type: fc.constant("resource_link"), name: word, uri: word }, resource),
  shape({ type: fc.constant("resource"), resource: contents }, annotated),
) as fc.Arbitrary<ContentBlock>;

const objectSchema = shape(
  { type: fc.constant("object") },
  { $schema: word, anyOf: fc.constant([true]), required: fc.array(word) },
);
const tool = shape(
  { name: word, inputSchema: objectSchema },
  {
    ...named,
    outputSchema: fc.oneof(objectSchema, fc.constant({ type: "array" }), fc.constant({})),
    annotations: shape({}, { readOnlyHint: fc.boolean() }),
    execution: fc.constant({ taskSupport: "optional" }),
  },
);
const prompt = shape(
  { name: word },
  { ...named, arguments: fc.array(shape({ name: word }, { title: word, required: fc.boolean() })) },
);
const message = fc.record({ role: fc.constantFrom("user", "assistant"), content });

const complete = { resultType: fc.constant("complete") };
const kept = { ...complete, ttlMs: fc.nat(), cacheScope: fc.constantFrom("public", "private") };
const structured = { structuredContent: fc.jsonValue(), isError: fc.boolean(), _meta: meta };

const values: [Definition, fc.Arbitrary<unknown>][] = [
  [CallToolResult, shape({ ...complete, content: fc.array(content) }, structured)],
  [GetPromptResult, shape({ ...complete, messages: fc.array(message) }, { description: word })],
  [ListToolsResult, shape({ ...kept, tools: fc.array(tool) }, { nextCursor: word })],
  [ListPromptsResult, shape({ ...kept, prompts: fc.array(prompt) }, { nextCursor: word })],
  [
    ListResourcesResult,
    shape({ ...kept, resources: fc.array(shape({ name: word, uri: word }, resource)) }),
  ],
];

describe.each(REVISIONS)("whatever the newest revision can say, fitted to %s", (revision) => {
  test.each(values.map(([definition, arbitrary]) => ({ definition, arbitrary })))(
    "$definition.name is valid there, fits at once, and leaves the value alone",
    ({ definition, arbitrary }) => {
      const check = compile(schemaFor(definition, revision));
      fc.assert(
        fc.property(arbitrary, (value) => {
          const before = JSON.stringify(value);
          const projected = project(definition, revision, value);
          expect(check(projected)).toBeUndefined();
          expect(project(definition, revision, projected)).toBe(projected);
          expect(JSON.stringify(value)).toBe(before);
        }),
        { seed: 728, numRuns: 100 },
      );
    },
  );
});
