import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testCounts } from "./report.ts";

const dir = mkdtempSync(join(tmpdir(), "portico-report-"));
afterAll(() => rmSync(dir, { recursive: true }));

function count(exitCode: number, passed: number, failed: number, unloaded = 0) {
  const file = join(dir, "report.json");
  const testResults = [
    { status: "passed", assertionResults: [{}] },
    ...Array(unloaded).fill({ status: "failed", assertionResults: [] }),
  ];
  writeFileSync(
    file,
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }),
  );
  return testCounts(file, exitCode);
}

test("tests are counted as reported", () => {
  expect(count(1, 7, 2)).toEqual({ passed: 7, failed: 2 });
  expect(count(0, 7, 0)).toEqual({ passed: 7, failed: 0 });
});

test("a test file that did not load counts as a failure", () => {
  expect(count(1, 7, 0, 2)).toEqual({ passed: 7, failed: 2 });
});

test("a failing exit code without a failed test counts as a failure", () => {
  expect(count(1, 7, 0)).toEqual({ passed: 7, failed: 1 });
});

test("a run that left no report counts as a failure", () => {
  expect(testCounts(join(dir, "absent.json"), 0)).toEqual({ passed: 0, failed: 1 });
});
