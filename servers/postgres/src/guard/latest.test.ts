import fc from "fast-check";
import { expect, test } from "vitest";
import { Latest } from "./latest.ts";

test("the text that was not used for longest is forgotten first", () => {
  const latest = new Latest<number>(30);
  latest.set("aaa", 1);
  for (const text of ["bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh", "iii", "jjj"]) {
    latest.set(text, 2);
  }
  expect(latest.get("aaa")).toBe(1);
  latest.set("kkk", 3);
  expect(latest.get("aaa")).toBe(1);
  expect(latest.get("bbb")).toBeUndefined();
});

test("a text that takes much of the room alone is not kept", () => {
  const latest = new Latest<number>(30);
  latest.set("aaaa", 1);
  expect(latest.get("aaaa")).toBeUndefined();
});

test("what is answered was said of that very text, and no more is held than there is room for", () => {
  const steps = fc.array(fc.tuple(fc.stringMatching(/^[ab]{1,3}$/), fc.boolean()), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const latest = new Latest<string>(30);
      const texts = new Set<string>();
      for (const [text, writes] of all) {
        texts.add(text);
        if (writes) latest.set(text, `answer to ${text}`);
        const answer = latest.get(text);
        if (answer !== undefined || writes) expect(answer).toBe(`answer to ${text}`);
      }
      const held = [...texts].filter((text) => latest.get(text) !== undefined);
      expect(held.join("").length).toBeLessThanOrEqual(30);
    }),
    { seed: 4 },
  );
});
