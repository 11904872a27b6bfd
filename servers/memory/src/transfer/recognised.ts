import { GraphError } from "../graph/error.ts";
import type { GraphRecord } from "../graph/types.ts";

/** Records that are neither entity nor relation before something is taken for another format. */
const MOST_FOREIGN = 1_000;

/**
 * The same records, once one of them is an entity or a relation: a text in another format would become nothing but
 * foreign records.
 * @throws {GraphError} `invalid` when none is
 */
export async function* recognised(records: AsyncIterable<GraphRecord>): AsyncIterable<GraphRecord> {
  let held: GraphRecord[] | undefined = [];
  for await (const record of records) {
    if (held === undefined) yield record;
    else if (record.kind !== "foreign") {
      yield* held;
      yield record;
      held = undefined;
    } else if (held.push(record) > MOST_FOREIGN) break;
  }
  if (held !== undefined && held.length > 0) {
    throw new GraphError(
      "invalid",
      "Nothing in it is an entity or a relation; say which format it is: jsonl, json, markdown or graphml.",
    );
  }
}
