import { checkNewEntity, checkNewRelations } from "./check.ts";
import type { GraphRecord } from "./types.ts";

/** Characters of a portion, about: of records of any size it takes little memory. */
const CHARACTERS = 1_000_000;

/** Records in portions of at most so many, fewer where they are long. */
export async function* portionsOf(
  records: AsyncIterable<GraphRecord>,
  most: number,
): AsyncIterable<GraphRecord[]> {
  let portion: GraphRecord[] = [];
  let characters = 0;
  for await (const record of records) {
    portion.push(record);
    characters += charactersIn(record);
    if (portion.length < most && characters < CHARACTERS) continue;
    yield portion;
    portion = [];
    characters = 0;
  }
  if (portion.length > 0) yield portion;
}

/** The same records. @throws {GraphError} for the first that cannot be kept */
export async function* checked(records: AsyncIterable<GraphRecord>): AsyncIterable<GraphRecord> {
  for await (const record of records) {
    if (record.kind === "entity") checkNewEntity(record);
    else if (record.kind === "relation") checkNewRelations([record]);
    yield record;
  }
}

function charactersIn(record: GraphRecord): number {
  if (record.kind === "foreign") return record.line.length;
  if (record.kind === "relation") return record.relationType.length;
  return record.observations.reduce((sum, text) => sum + text.length, 0);
}
