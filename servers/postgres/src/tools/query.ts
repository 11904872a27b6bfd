import { type Context, type Output, type Reply, s, ToolError } from "@portico/core";
import type { Deps } from "../deps.ts";
import type { Reach } from "../reach.ts";
import { databaseTool } from "./shared/database-tool.ts";
import { readOn, readRows } from "./shared/reading.ts";
import { format, limit, type RowsOutput, rowsOutput, USUAL_ROWS } from "./shared/rows.ts";
import { params, transaction } from "./shared/statement.ts";

const input = s.object({
  sql: s.optional(s.string({ description: "One statement that only reads" })),
  params,
  limit,
  format,
  paged: s.optional(
    s.boolean({ default: false, description: "Keep the rest to be read with cursor" }),
  ),
  cursor: s.optional(s.string({ description: "Go on: next of an earlier answer; without sql" })),
  transaction,
});

const annotations = { readOnlyHint: true, idempotentHint: true } as const;

async function run(
  { sql, cursor, limit = USUAL_ROWS, format = "json", ...asked }: Output<typeof input>,
  on: Reach,
  ctx: Context<Deps>,
): Promise<Reply<RowsOutput>> {
  const limits = { rows: limit, format };
  if (cursor !== undefined) return readOn(cursor, limits, on.use, ctx);
  if (sql === undefined) throw new ToolError("Give sql, or the cursor of an earlier answer.");
  return readRows({ sql, limits, ...asked }, on, ctx);
}

/** Runs one statement that only reads. */
export const query = databaseTool({
  name: "query",
  title: "Query",
  description:
    "Run one SQL statement that only reads (SELECT, WITH, VALUES, TABLE, SHOW, EXPLAIN) and get its rows. Pass values as params for $1, $2, … Numbers too exact for JSON (int8, numeric) come as text, dates as PostgreSQL writes them.",
  input,
  output: rowsOutput,
  annotations,
  run,
});

/** The same under the name it has in Postgres MCP Pro, where nothing may be changed. */
export const executeSqlReading = databaseTool({
  name: "execute_sql",
  title: "Execute SQL",
  description: "Another name of query; use that instead.",
  input: s.object({ sql: s.string() }),
  output: rowsOutput,
  annotations,
  run,
});
