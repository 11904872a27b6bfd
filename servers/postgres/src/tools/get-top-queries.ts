import { s } from "@portico/core";
import { SORT_ORDERS } from "../tuning/statements/sort-orders.ts";
import { data } from "./shared/answer.ts";
import { tuningTool } from "./shared/tuning-tool.ts";

/** What of a statement's text is shown when nobody asks for more. */
const SHORT = 300;

/** Says which statements cost a database most. */
export const getTopQueries = tuningTool({
  name: "get_top_queries",
  title: "Get Top Queries",
  description:
    "The slowest or most costly statements of the database, from pg_stat_statements: calls, time and its share, rows, cache hits. Constants are shown as $1.",
  input: s.object({
    sort_by: s.optional(
      s.enum(SORT_ORDERS, {
        description: "resources (default): the largest share of time, blocks or WAL",
      }),
    ),
    limit: s.optional(s.integer({ minimum: 1, maximum: 100, description: "Default 10" })),
    query_length: s.optional(
      s.integer({
        minimum: 50,
        maximum: 20_000,
        description: `Characters shown of each text; default ${SHORT}`,
      }),
    ),
  }),
  output: s.object({
    statements: s.array(
      s.object({
        query: s.union([s.string(), s.null()]),
        role: s.string(),
        calls: s.number(),
        totalMs: s.number(),
        meanMs: s.number(),
        rowsPerCall: s.number(),
        timeShare: s.number({ description: "Of all statements, 0 to 1" }),
        cacheHits: s.union([s.number(), s.null()]),
      }),
    ),
  }),
  async run({ sort_by: sortBy = "resources", limit = 10, query_length: length = SHORT }, on) {
    const { describeTop, topStatements } = await import("../tuning/index.ts");
    const top = await topStatements(on, { sortBy, limit });
    const hidden = top.statements.some(({ query }) => query === null)
      ? `The role ${on.role} sees only the texts of its own statements; with pg_read_all_stats it would see all.`
      : undefined;
    const statements = top.statements.map(({ query, ...cost }) => ({
      ...cost,
      query: query?.slice(0, length) ?? null,
    }));
    return data(describeTop(top, { sortBy, queryLength: length }), { statements }, hidden);
  },
});
