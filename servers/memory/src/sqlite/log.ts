import type { Connection } from "./connection.ts";

/** Pages of the log beyond which a quiet moment is used to copy them. */
const LONG = 1000;

/** Pages of the log beyond which the write that made it so long copies them, having its caller wait. */
export const LONGEST_LOG = 2000;

interface Checkpoint {
  /** Pages in the log. */
  readonly log: number;
  /** Those of them that are in the database, too. */
  readonly checkpointed: number;
}

/** Copies a long log into the database, so that what is written next overwrites it, which is faster than going on. */
export function copyLongLog({ database }: Connection): void {
  const [{ log, checkpointed }] = database.pragma("wal_checkpoint(NOOP)") as [Checkpoint];
  if (log - checkpointed > LONG) database.pragma("wal_checkpoint(PASSIVE)");
}
