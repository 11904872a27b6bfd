import { expect, test } from "vitest";
import { stated } from "./stated.ts";

test("only members that say something stay", () => {
  const members = { a: 1, b: null, c: undefined, d: "", e: [], f: false, g: 0, h: [null], i: {} };
  expect(stated(members)).toEqual({ a: 1, f: false, g: 0, h: [null], i: {} });
});
