import { checked, portionsOf } from "../graph/portions.ts";
import type { GraphRecord, Imported } from "../graph/types.ts";
import type { Write } from "./write/batch.ts";
import { type Counts, importPortion } from "./write/import.ts";

/** Most records that are added in one transaction. */
const RECORDS = 200;

/**
 * Adds records in portions, so that a file of any size takes little memory and others get their turn between them.
 * @throws {GraphError} for a record that cannot be kept; what came before it stays
 */
export async function importAll(
  records: AsyncIterable<GraphRecord>,
  write: (portion: (write: Write) => Counts) => Promise<Counts>,
): Promise<Imported> {
  let counts: Counts = { entities: 0, observations: 0, relations: 0, known: 0, foreign: 0 };
  for await (const portion of portionsOf(checked(records), RECORDS)) {
    const before = counts;
    // Counted anew by each attempt: one that was refused counts nothing.
    counts = await write((begun) => importPortion(begun, portion, before));
  }
  return counts;
}
