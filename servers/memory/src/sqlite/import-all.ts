import { checkNewEntity, checkNewRelations } from "../graph/check.ts";
import type { GraphRecord, Imported } from "../graph/types.ts";
import type { Write } from "./write/batch.ts";
import { type Counts, importPortion } from "./write/import.ts";

/** Records, and about as many characters of them, that are added in one transaction. */
const RECORDS = 200;
const CHARACTERS = 1_000_000;

/**
 * Adds records in portions, so that a file of any size takes little memory and others get their turn between them.
 * @throws {GraphError} for a record that cannot be kept; what came before it stays
 */
export async function importAll(
  records: AsyncIterable<GraphRecord>,
  write: (portion: (write: Write) => Counts) => Promise<Counts>,
): Promise<Imported> {
  let counts: Counts = { entities: 0, observations: 0, relations: 0, known: 0, foreign: 0 };
  let portion: GraphRecord[] = [];
  let characters = 0;
  const add = async () => {
    const taken = portion;
    portion = [];
    characters = 0;
    // Counted anew by each portion: one that was refused counts nothing.
    counts = await write((begun) => importPortion(begun, taken, counts));
  };
  for await (const record of records) {
    check(record);
    portion.push(record);
    characters += sizeOf(record);
    if (portion.length >= RECORDS || characters >= CHARACTERS) await add();
  }
  if (portion.length > 0) await add();
  return counts;
}

function check(record: GraphRecord): void {
  if (record.kind === "entity") checkNewEntity(record);
  else if (record.kind === "relation") checkNewRelations([record]);
}

function sizeOf(record: GraphRecord): number {
  if (record.kind === "foreign") return record.line.length;
  if (record.kind === "relation") return record.relationType.length;
  return record.observations.reduce((sum, text) => sum + text.length, 0);
}
