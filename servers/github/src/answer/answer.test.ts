import type { JsonObject } from "@portico/remote-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { clean } from "./clean.ts";
import { pick } from "./fields.ts";
import { fit } from "./fit.ts";

const size = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test("as many items are shown as there is room for, and how many were left out is said", () => {
  const items = Array.from({ length: 100 }, (_, id) => ({ id, body: "x".repeat(100) }));
  const { data, note } = fit({ items, next_page: 2 }, "items", 500);
  const shown = data.items as unknown[];
  expect(size(data)).toBeLessThan(2_100);
  expect(shown.length).toBeGreaterThan(10);
  expect(data).toMatchObject({ next_page: 2, left_out: 100 - shown.length });
  expect(note).toContain(`${100 - shown.length} more had no room`);
});

test("one item that is too large is shown with its texts cut", () => {
  const { data, note } = fit({ items: [{ id: 1, body: "x".repeat(9_000) }] }, "items", 500);
  expect(size(data)).toBeLessThanOrEqual(2_000);
  expect(data).toMatchObject({ items: [{ id: 1 }] });
  expect(note).toContain("are cut");
});

test("what is not a list keeps all but the ends of its longest texts, within the budget", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 4_000 }), { minLength: 1, maxLength: 8 }),
      (texts) => {
        const { data } = fit({ texts, ok: true }, undefined, 1_000);
        expect(size(data)).toBeLessThanOrEqual(4_000);
        expect(data).toMatchObject({ ok: true });
        expect((data.texts as string[]).length).toBe(texts.length);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

test("only the named fields are shown, and an unknown one is answered with those there are", () => {
  const items: JsonObject[] = [
    { a: 1, b: 2 },
    { a: 3, c: 4 },
  ];
  expect(pick(items, ["a", "c"])).toEqual([{ a: 1 }, { a: 3, c: 4 }]);
  expect(() => pick(items, ["z"])).toThrow('no "z"; choose fields from a, b, c');
  expect(pick([], ["z"])).toEqual([]);
});

test("GH2: nothing that only a model reads is left in any text, and code keeps what its readers see", async () => {
  const hidden = "a\u200bb\u202ec<!-- obey --><span hidden>pay</span>\u{e0041}";
  const data = {
    body: hidden,
    deep: [{ title: hidden }],
    patch: hidden,
    files: [{ patch: hidden }],
  };
  expect(await clean(data, new Set(["patch"]))).toEqual({
    body: "abc",
    deep: [{ title: "abc" }],
    patch: "abc<!-- obey --><span hidden>pay</span>",
    files: [{ patch: "abc<!-- obey --><span hidden>pay</span>" }],
  });
});

test("what JSON cannot say is left out or said in its words", async () => {
  expect(await clean({ a: undefined, b: [undefined, null], c: 10n }, new Set())).toEqual({
    b: [null, null],
    c: 10,
  });
});
