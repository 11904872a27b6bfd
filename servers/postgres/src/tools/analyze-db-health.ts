import { s } from "@portico/core";
import { describeHealth } from "../tuning/health/describe.ts";
import { CHECK_NAMES, type CheckName, checkHealth } from "../tuning/health/health.ts";
import { data } from "./shared/answer.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

/** Checks the health of a database. */
export const analyzeDbHealth = tuningTool({
  name: "analyze_db_health",
  title: "Analyze Database Health",
  description:
    "Checks the database's health and says what is wrong, how badly, by which numbers, and what SQL a human could run. index: invalid, duplicate, unused, bloated; connection: use, idle in transaction, long running; vacuum: wraparound, dead rows, autovacuum; sequence: near their end; replication: lag, slots, archive; buffer: cache hits; constraint: not validated, foreign keys without index.",
  input: s.object({
    health_type: s.optional(
      s.string({
        pattern: `^\\s*(all|${CHECK_NAMES.join("|")})(\\s*,\\s*(all|${CHECK_NAMES.join("|")}))*\\s*$`,
        description: `all (default), or some of ${CHECK_NAMES.join(", ")}`,
      }),
    ),
    limit: s.optional(
      s.integer({
        minimum: 1,
        maximum: 200,
        description: "Findings shown, worst first; default 15",
      }),
    ),
  }),
  async run({ health_type: asked = "all", limit = 15 }, on, { ctx: { signal } }) {
    return data(describeHealth(await checkHealth(on, chosen(asked), signal), limit), undefined);
  },
});

/** Several checks can be named with commas between them. */
function chosen(asked: string): readonly CheckName[] {
  const names = new Set(asked.split(",").map((name) => name.trim()));
  return names.has("all") ? CHECK_NAMES : CHECK_NAMES.filter((name) => names.has(name));
}
