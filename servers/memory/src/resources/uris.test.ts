import fc from "fast-check";
import { expect, test } from "vitest";
import { entityUri, GRAPH_URI, targetOf } from "./uris.ts";

test.each([
  [GRAPH_URI, {}],
  ["memory://entity/Ann%20Lee", { entity: "Ann Lee" }],
  ["memory://entity/knowledge-graph", { entity: "knowledge-graph" }],
  ["memory://projects/shop/knowledge-graph", { project: "shop" }],
  ["memory://projects/shop/entity/a%2Fb", { project: "shop", entity: "a/b" }],
])("%s is understood", (uri, target) => {
  expect(targetOf(uri)).toEqual(target);
});

test.each([
  "memory://",
  "memory://entity/",
  "memory://entity/a/b",
  "memory://entity/%",
  "memory://entity/%ff",
  "memory://projects//knowledge-graph",
  "memory://projects/a/b/knowledge-graph",
  "memory://knowledge-graph?x",
  "file:///memory.db",
])("%s is none of ours", (uri) => {
  expect(targetOf(uri)).toBeUndefined();
});

test("every name has a URI of its own that leads back to it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
      expect(targetOf(entityUri(name))).toEqual({ entity: name });
    }),
    { seed: 4, numRuns: 1_000 },
  );
});
