// The client under the official suite: `main.ts URL`, with what to do in MCP_CONFORMANCE_*.
import { readAssignment } from "./assignment.ts";
import { scenarioOf } from "./scenarios.ts";

try {
  const assignment = readAssignment(process.argv.slice(2), process.env);
  await scenarioOf(assignment.scenario)(assignment);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
