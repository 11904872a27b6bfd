import { expect, test } from "vitest";
import { readSummary } from "./summary.ts";

test("scores are read from the last lines of a run, whatever stands before them", () => {
  const lines = [
    "✓ a check that looks like one",
    "=== SUMMARY ===",
    "✓ tools-list: 2 passed, 0 failed",
    "✗ ping: 1 passed, 1 failed",
    "✗ caching: 7 passed, 0 failed, 1 warnings",
    "✓ skills: 0 passed, 0 failed",
    "",
    "Total: 10 passed, 1 failed",
  ];
  expect(readSummary(lines)).toEqual({
    passed: ["tools-list", "skills"],
    failed: ["ping", "caching"],
    unchecked: ["skills"],
  });
});
