import { s } from "@portico/core";
import { adviceInput, adviceOutput, adviceReply } from "./shared/advice.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

const MOST_QUERIES = 10;

/** Proposes indexes for given statements. */
export const analyzeQueryIndexes = tuningTool({
  name: "analyze_query_indexes",
  title: "Analyze Query Indexes",
  description: `Proposes indexes for up to ${MOST_QUERIES} SQL statements, which are planned but not run; $1 may stand for values. Makes no index. Costs are the planner's own where HypoPG is installed, marked as heuristic otherwise.`,
  input: s.object({
    queries: s.array(s.string({ minLength: 1 }), {
      minItems: 1,
      maxItems: MOST_QUERIES,
      description: "One statement each",
    }),
    ...adviceInput,
  }),
  output: adviceOutput,
  run: ({ queries, ...asked }, inspection, looking) =>
    adviceReply(
      queries.map((sql) => ({ sql, weight: 1 })),
      asked,
      { inspection, ...looking },
    ),
});
