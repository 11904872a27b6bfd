import { s } from "@portico/core";
import { SEVERITIES } from "../tuning/finding.ts";
import { CHECK_NAMES, type CheckName } from "../tuning/health/check-names.ts";
import type { Ranked } from "../tuning/health/describe.ts";
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
  output: s.object({
    findings: s.array(
      s.object({
        check: s.enum(CHECK_NAMES),
        severity: s.enum(SEVERITIES),
        object: s.string(),
        problem: s.string(),
        advice: s.string(),
        sql: s.optional(s.string()),
      }),
    ),
    found: s.integer({ description: "All findings, shown or not" }),
  }),
  async run({ health_type: asked = "all", limit = 15 }, on, { ctx: { signal } }) {
    const { checkHealth, describeHealth, ranked } = await import("../tuning/index.ts");
    const checks = await checkHealth(on, chosen(asked), signal);
    const findings = ranked(checks);
    return data(describeHealth(checks, limit), {
      findings: findings.slice(0, limit).map(withoutGaps),
      found: findings.length,
    });
  },
});

function withoutGaps({ sql, ...finding }: Ranked) {
  return sql === undefined ? finding : { ...finding, sql };
}

/** Several checks can be named with commas between them. */
function chosen(asked: string): readonly CheckName[] {
  const names = new Set(asked.split(",").map((name) => name.trim()));
  return names.has("all") ? CHECK_NAMES : CHECK_NAMES.filter((name) => names.has(name));
}
