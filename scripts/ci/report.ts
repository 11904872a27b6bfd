import { readFileSync } from "node:fs";

/** How many tests or checks passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}

/**
 * Counts the tests of vitest's JSON report.
 *
 * A file that could not be loaded has no tests to fail, and an error between tests belongs to none: each
 * counts as one failure, as does a run that left no report.
 */
export function testCounts(reportFile: string, exitCode: number): Counts {
  const report = readReport(reportFile);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

function readReport(file: string): TestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
