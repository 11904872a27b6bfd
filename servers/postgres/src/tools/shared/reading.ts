import { type Context, type Reply, ToolError } from "@portico/core";
import type { Use } from "../../database/database.ts";
import type { Deps } from "../../deps.ts";
import { judge } from "../../guard/judge.ts";
import { ownerOf } from "../../owner.ts";
import type { Reach } from "../../reach.ts";
import { type PageLimits, takePage } from "../../rows/page.ts";
import { inWhole } from "../../statement/whole.ts";
import { Cursor } from "../../transactions/cursor.ts";
import { Transaction } from "../../transactions/transaction.ts";
import { type Asked, firstPage, pageReply, type RowsOutput } from "./rows.ts";
import { parametersOf } from "./statement.ts";
import { readIn } from "./within.ts";

/** A statement that only reads, and how its rows are wanted. */
export interface Reading extends Asked {
  readonly limits: PageLimits;
  /** The handle of the transaction to read in. */
  readonly transaction?: string | undefined;
  /** Whether the rest shall be kept to be read as well. */
  readonly paged?: boolean | undefined;
}

/** Runs a statement that can only read, and answers with its rows. */
export async function readRows(
  { sql, params, limits, transaction, paged = false }: Reading,
  on: Reach,
  ctx: Context<Deps>,
): Promise<Reply<RowsOutput>> {
  if (paged && transaction !== undefined) {
    throw new ToolError("paged reads in a transaction of its own; leave one of the two out.");
  }
  const judgement = await judge(sql, "read-only");
  const asked = { sql: judgement.sql, params };
  return inWhole(sql, judgement.sql, async () => {
    if (paged && judgement.isQuery) return openCursor(asked, limits, on, ctx);
    const page = await readIn(transaction, on, ctx, (session) => firstPage(session, asked, limits));
    return pageReply(page);
  });
}

/** Answers with the first page, and keeps the query open for the others. */
async function openCursor(
  { sql, params }: Asked,
  limits: PageLimits,
  { database, use }: Reach,
  ctx: Context<Deps>,
): Promise<Reply<RowsOutput>> {
  const id = await ctx.deps.cursors.grant(ownerOf(ctx), async () => {
    const transaction = await Transaction.begin(database, use, true);
    return Cursor.open(transaction, use, sql, parametersOf(params));
  });
  return readOn(id, limits, use, ctx);
}

/** Answers with the next page of a query that was kept open. */
export function readOn(
  id: string,
  limits: PageLimits,
  use: Use,
  ctx: Context<Deps>,
): Promise<Reply<RowsOutput>> {
  return ctx.deps.cursors.use(ownerOf(ctx), id, async (cursor) => {
    const page = await cursor.read(use, (portions) => takePage(portions, limits));
    if (page.stopped !== undefined) return pageReply(page, id);
    await cursor.end();
    return pageReply(page);
  });
}
