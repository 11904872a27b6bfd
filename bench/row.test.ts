import { describe, expect, test } from "vitest";
import { interleave, median, medianRatio } from "./measure/statistics.ts";
import { type Row, verdict } from "./row.ts";
import { table } from "./table.ts";

const row = (value: number): Row => ({
  what: "start",
  ours: "40 ms",
  peer: "30 ms",
  value,
  unit: "x",
  must: { atMost: 1.5 },
  aim: { atMost: 1.2 },
});

describe("a row", () => {
  test("is judged by its must and its aim", () => {
    expect([1.2, 1.3, 1.6].map((value) => verdict(row(value)))).toEqual(["aim", "must", "FAIL"]);
  });

  test("with a lower bound is judged the other way round", () => {
    const rate = { ...row(2), must: { atLeast: 1.5 }, aim: { atLeast: 3 } };
    expect(verdict(rate)).toBe("must");
  });

  test("that could not be measured fails", () => {
    expect(verdict(row(Number.NaN))).toBe("FAIL");
  });

  test("is printed with its limits", () => {
    expect(
      table([row(1.3)])
        .split("\n")
        .at(-1),
    ).toBe("| start | 40 ms | 30 ms  | 1.30x | ≤ 1.5 | ≤ 1.2 | must |");
  });
});

describe("statistics", () => {
  test("the median ignores an outlier", () => {
    expect(median([3, 1, 100])).toBe(3);
  });

  test("a ratio is taken within each round, so that a slow round cancels out", () => {
    expect(medianRatio([10, 50, 12], [5, 25, 6])).toBe(2);
  });

  test("rounds go forwards and backwards in turn", async () => {
    const order: string[] = [];
    await interleave(["a", "b"], 3, async (name) => order.push(name));
    expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
  });
});
