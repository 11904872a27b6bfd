import { type Context, type Reply, ToolError } from "@portico/core";
import type { Session, Use } from "../../database/database.ts";
import type { Deps } from "../../deps.ts";
import { type Judgement, judge } from "../../guard/judge.ts";
import { ownerOf } from "../../owner.ts";
import type { Reach } from "../../reach.ts";
import { type PageLimits, takePage } from "../../rows/page.ts";
import { offsetOf, shifted } from "../../statement/shifted.ts";
import { Cursor } from "../../transactions/cursor.ts";
import { Transaction } from "../../transactions/transaction.ts";
import { admit, readAdmitted } from "./admit.ts";
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
  return shifted(offsetOf(judgement.sql, sql), async () => {
    if (paged && judgement.isQuery) return openCursor({ judgement, params, limits }, on, ctx);
    const first = (admitted: Session) =>
      firstPage(admitted, { sql: judgement.sql, params }, limits);
    if (transaction === undefined) return pageReply(await readAdmitted(judgement, on, ctx, first));
    const page = await readIn(transaction, on, ctx, async (session) =>
      first(await admit(session, judgement, on, ctx)),
    );
    return pageReply(page);
  });
}

interface Paging {
  readonly judgement: Judgement;
  readonly params: readonly unknown[] | undefined;
  readonly limits: PageLimits;
}

/** Answers with the first page, and keeps the query open for the others. */
async function openCursor(
  { judgement, params, limits }: Paging,
  on: Reach,
  ctx: Context<Deps>,
): Promise<Reply<RowsOutput>> {
  const id = await ctx.deps.cursors.grant(ownerOf(ctx), async () => {
    const transaction = await Transaction.begin(on.database, on.use, true);
    const cursor = new Cursor(transaction, on.use);
    await cursor.open(async (session) => {
      const admitted = await admit(session, judgement, on, ctx);
      return admitted.stream(judgement.sql, parametersOf(params));
    });
    return cursor;
  });
  return readOn(id, limits, on.use, ctx);
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
