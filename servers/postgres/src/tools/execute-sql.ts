import { s, ToolError } from "@portico/core";
import type { Session } from "../database/database.ts";
import { judge } from "../guard/judge.ts";
import { offsetOf, shifted } from "../statement/shifted.ts";
import { admit } from "./shared/admit.ts";
import { change, changed, changeOutput } from "./shared/change.ts";
import { askFirst } from "./shared/consent.ts";
import { databaseTool } from "./shared/database-tool.ts";
import { readRows } from "./shared/reading.ts";
import { format, limit, USUAL_ROWS } from "./shared/rows.ts";
import { params, transaction } from "./shared/statement.ts";
import { changeIn, readIn } from "./shared/within.ts";

/** Runs one statement that may change something. */
export const executeSql = databaseTool({
  name: "execute_sql",
  title: "Execute SQL",
  description:
    "Run one SQL statement that changes something, and commit it unless it is part of a transaction. Rows of RETURNING are shown. The user is asked first where there is no WHERE or something is dropped.",
  input: s.object({
    sql: s.string({ description: "One statement" }),
    params,
    limit,
    format,
    transaction,
  }),
  output: changeOutput,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
  async run({ sql, params, limit = USUAL_ROWS, format = "json", transaction }, on, ctx) {
    const limits = { rows: limit, format };
    const judgement = await judge(sql, ctx.deps.accessMode);
    if (judgement.readOnly) return readRows({ sql, params, limits, transaction }, on, ctx);
    const asked = { sql: judgement.sql, params };
    return shifted(offsetOf(judgement.sql, sql), async () => {
      const { needsNoTransaction } = judgement;
      const read = <T>(work: (session: Session) => Promise<T>) =>
        readIn(transaction, on, ctx, async (session) => {
          // To say what it would touch it is planned, and planning runs functions.
          if (!needsNoTransaction) {
            await admit(session, judgement, on, ctx);
            await ctx.deps.masking.check(session, judgement.sql);
          }
          return work(session);
        });
      await askFirst(judgement, asked, read, ctx);
      if (!needsNoTransaction) {
        return changeIn(transaction, on, ctx, async (session) =>
          change(await admit(session, judgement, on, ctx), asked, limits),
        );
      }
      if (transaction !== undefined || params !== undefined) throw new ToolError(ALONE);
      const { command, affected } = await on.database.alone(on.use, asked.sql);
      return changed(command, affected);
    });
  },
});

const ALONE = "PostgreSQL runs this statement only by itself: leave transaction and params out.";
