import fc from "fast-check";
import { expect, test } from "vitest";
import { ANSWER, Latest } from "./latest.ts";

/** Room for ten texts of three characters. */
const TEN = 10 * (3 + ANSWER);

test("the text that was not used for longest is forgotten first", () => {
  const latest = new Latest<number>(TEN);
  latest.set("aaa", 1);
  for (const letter of "bcdefghij") latest.set(letter.repeat(3), 2);
  expect(latest.get("aaa")).toBe(1);
  latest.set("kkk", 3);
  expect(latest.get("aaa")).toBe(1);
  expect(latest.get("bbb")).toBeUndefined();
});

test("a text that takes much of the room alone is not kept", () => {
  const latest = new Latest<number>(TEN);
  const long = "a".repeat(TEN / 10 + 1);
  latest.set(long, 1);
  expect(latest.get(long)).toBeUndefined();
});

test("what is answered was said of that very text, and no more is held than there is room for", () => {
  const text = fc.stringMatching(/^[ab]{1,3}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 60 }), (steps) => {
      const latest = new Latest<string>(TEN);
      for (const [asked, writes] of steps) {
        if (writes) latest.set(asked, `answer to ${asked}`);
        const answer = latest.get(asked);
        if (answer !== undefined || writes) expect(answer).toBe(`answer to ${asked}`);
      }
      const held = new Set(steps.map(([asked]) => asked).filter((asked) => latest.get(asked)));
      expect([...held].join("").length + held.size * ANSWER).toBeLessThanOrEqual(TEN);
    }),
    { seed: 4 },
  );
});
