import { describe, expect, test } from "vitest";
import type { Notice } from "./call.ts";
import { progressReporter } from "./progress.ts";
import { RateLimit } from "./rate-limit.ts";

function reporter(limit?: RateLimit) {
  const sent: Notice[] = [];
  return { sent, report: progressReporter("token", (notice) => sent.push(notice), limit) };
}

describe("progress", () => {
  test("goes forward only, and says nothing JSON cannot", () => {
    const { sent, report } = reporter();
    for (const value of [1, 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, -3, 2]) report(value);
    report(3, Number.POSITIVE_INFINITY, "almost");
    expect(sent.map(({ params }) => params)).toEqual([
      { progressToken: "token", progress: 1 },
      { progressToken: "token", progress: 2 },
      { progressToken: "token", progress: 3, message: "almost" },
    ]);
  });

  test("is limited to a rate, but the last report of all gets through", () => {
    const { sent, report } = reporter(new RateLimit(3, 1, () => 0));
    for (let value = 1; value <= 100; value++) report(value, 100);
    expect(sent.map(({ params }) => params.progress)).toEqual([1, 2, 3, 100]);
  });
});
