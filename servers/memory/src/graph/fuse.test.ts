import { expect, test } from "vitest";
import { fuse, product, unit } from "./fuse.ts";

test("what several rankings agree on comes first", () => {
  const fused = fuse([
    ["a", "b", "c"],
    ["b", "d"],
  ]);
  expect(fused.map(({ id }) => id)).toEqual(["b", "a", "d", "c"]);
  expect(fuse([])).toEqual([]);
});

test("the product of unit vectors is their cosine", () => {
  const [one, other] = [unit(Float32Array.of(3, 4)), unit(Float32Array.of(4, 3))];
  expect(product(one, one)).toBeCloseTo(1);
  expect(product(one, other)).toBeCloseTo(0.96);
});

test("vectors that cannot be compared have nothing in common", () => {
  expect(product(Float32Array.of(1), Float32Array.of(1, 0))).toBe(0);
  expect([...unit(Float32Array.of(0, 0))]).toEqual([0, 0]);
});
