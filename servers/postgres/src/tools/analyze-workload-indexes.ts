import { s } from "@portico/core";
import { adviceInput, adviceOutput, adviceReply } from "./shared/advice.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

/** So many statements are most of any workload. */
const MOST_STATEMENTS = 50;

/** Proposes indexes for what a database spends its time on. */
export const analyzeWorkloadIndexes = tuningTool({
  name: "analyze_workload_indexes",
  title: "Analyze Workload Indexes",
  description: `Proposes indexes for the ${MOST_STATEMENTS} statements the database spent most time on, by pg_stat_statements, each counting as often as it ran. Makes no index. Costs are the planner's own where HypoPG is installed, marked as heuristic otherwise.`,
  input: s.object(adviceInput),
  output: adviceOutput,
  async run(asked, inspection, looking) {
    const { topStatements } = await import("../tuning/index.ts");
    const order = { sortBy: "total_time", limit: MOST_STATEMENTS } as const;
    const { statements } = await topStatements(inspection, order);
    const given = statements.flatMap(({ query, calls }) =>
      query === null ? [] : [{ sql: query, weight: calls }],
    );
    return adviceReply(given, asked, { inspection, ...looking });
  },
});
