import { RESOURCE_BYTES } from "../budget.ts";
import { described, factsOf } from "../detailed.ts";
import { GraphError } from "../graph/error.ts";
import type { OpenGraph } from "../open-graph.ts";
import { type PlainEntity, plainEntity, plainRelation } from "../plain.ts";

/** Most relations of an entity in its contents. */
const MOST_RELATIONS = 20_000;

/**
 * The whole graph as one consistent picture, in the official form.
 * @throws {GraphError} `too-large`
 */
export async function readGraphContents({ store, scope }: OpenGraph): Promise<string> {
  const entities: PlainEntity[] = [];
  const relations: ReturnType<typeof plainRelation>[] = [];
  let bytes = 0;
  for await (const record of store.exportRecords(scope, {})) {
    if (record.kind === "foreign" || record.again) continue;
    const shown =
      record.kind === "entity" ? plainEntity(record, record.observations) : plainRelation(record);
    bytes += Buffer.byteLength(JSON.stringify(shown));
    if (bytes > RESOURCE_BYTES) throw tooLarge(`graph has ${BYTES}`, "read_graph reads");
    if ("from" in shown) relations.push(shown);
    else entities.push(shown);
  }
  return JSON.stringify({ entities, relations }, null, 2);
}

/**
 * All that is known of an entity, with its relations; nothing when it does not exist.
 * @throws {GraphError} `too-large`
 */
export async function readEntityContents(
  { store, scope }: OpenGraph,
  name: string,
): Promise<string | undefined> {
  const [found] = await store.openEntities(scope, [name], {});
  if (!found) return undefined;
  const options = { ends: "one", limit: MOST_RELATIONS + 1 } as const;
  const relations = await store.relationsOf(scope, [name], options);
  if (relations.length > MOST_RELATIONS) {
    throw tooLarge(`entity has more than ${MOST_RELATIONS} relations`, BY_TOOLS);
  }
  const contents = JSON.stringify(
    { ...described(found), facts: factsOf(found), relations: relations.map(plainRelation) },
    null,
    2,
  );
  if (Buffer.byteLength(contents) > RESOURCE_BYTES) {
    throw tooLarge(`entity has ${BYTES}`, BY_TOOLS);
  }
  return contents;
}

const BYTES = `more than ${RESOURCE_BYTES / 1e6} MB`;

const BY_TOOLS = "get_entity and find_related read";

function tooLarge(what: string, instead: string): GraphError {
  return new GraphError("too-large", `The ${what}; ${instead} it page by page.`);
}
