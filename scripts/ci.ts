/**
 * The second half of `.ci/run`: every check that is not a test, then the sum.
 *
 *   node scripts/ci.ts TEST_EXIT_CODE TEST_REPORT
 *
 * Each test counts as one, each check as one. The last line is `N passed, N failed`.
 */
import { checks } from "./ci/checks.ts";
import { type Counts, testCounts } from "./ci/report.ts";
import { runCheck } from "./ci/run-check.ts";

const [testExitCode = "1", reportFile = ""] = process.argv.slice(2);

const counts: Counts[] = [testCounts(reportFile, Number(testExitCode))];
for (const check of checks()) counts.push(runCheck(check));

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
