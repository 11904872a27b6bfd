import type { Context } from "@portico/core";
import type { Session } from "../../database/database.ts";
import type { Deps } from "../../deps.ts";
import { ownerOf } from "../../owner.ts";
import type { Reach } from "../../reach.ts";

/** Reads in the transaction with this handle, or else in one of its own. */
export function readIn<T>(
  handle: string | undefined,
  on: Reach,
  ctx: Context<Deps>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if (handle === undefined) return on.read(work);
  const { transactions } = ctx.deps;
  return transactions.use(ownerOf(ctx), handle, (open) => open.read(on.use, work));
}

/** Changes something in the transaction with this handle, or else in one of its own that is committed. */
export function changeIn<T>(
  handle: string | undefined,
  { database, use }: Reach,
  ctx: Context<Deps>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { transactions, masking } = ctx.deps;
  if (handle === undefined) return masking.ending(database.write(use, work));
  return transactions.use(ownerOf(ctx), handle, (open) => open.attempt(use, work));
}
