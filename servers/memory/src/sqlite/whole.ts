import { open } from "node:fs/promises";
import { sizeOf } from "./file.ts";

const MAGIC = "SQLite format 3\0";
const HEADER = 100;

/** A file as it looked. */
export interface Observation {
  /** Its first 100 bytes; zeros where it is shorter. */
  readonly head: Buffer;
  /** In bytes. */
  readonly size: number;
  /** Bytes of its log, before the file was looked at and afterwards. */
  readonly log: readonly [before: number, after: number];
}

/**
 * Whether a file can be a whole database: empty, or with the head of one and as long as that says. Pages that are in
 * the log only may be missing. What does not fit counts once it is seen twice in a row: while it is looked at, another
 * process may create the file or write its log back.
 */
export async function isWhole(
  path: string,
  look: (path: string) => Promise<Observation> = observe,
): Promise<boolean> {
  for (let before: Observation | undefined; ; ) {
    const seen = await look(path);
    if (fits(seen)) return true;
    if (before !== undefined && isSame(before, seen)) return false;
    before = seen;
  }
}

function fits({ head, size, log: [before, after] }: Observation): boolean {
  if (size === 0) return before === 0;
  if (size < HEADER || head.toString("latin1", 0, MAGIC.length) !== MAGIC) return false;
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  // The count is only kept by writers that say so with the two counters.
  const isCounted = head.readUInt32BE(24) === head.readUInt32BE(92);
  if (!isCounted || size >= head.readUInt32BE(28) * pageSize) return true;
  return before > 0 || after > 0;
}

function isSame(one: Observation, other: Observation): boolean {
  const [before, after] = other.log;
  if (one.size !== other.size || !one.head.equals(other.head)) return false;
  return one.log[0] === before && one.log[1] === after;
}

async function observe(path: string): Promise<Observation> {
  const before = await sizeOf(`${path}-wal`);
  const { head, size } = await headOf(path);
  return { head, size, log: [before, await sizeOf(`${path}-wal`)] };
}

async function headOf(path: string): Promise<Pick<Observation, "head" | "size">> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(HEADER);
    await file.read(head, 0, HEADER, 0);
    return { head, size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
