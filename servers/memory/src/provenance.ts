import { described, factsOf } from "./detailed.ts";
import type { AsOf } from "./graph/types.ts";
import type { OpenGraph } from "./open-graph.ts";
import type { Provenance } from "./transfer/json.ts";

/** Entities that are looked up at once. */
const PORTION = 200;

/** Tells who wrote the entities of a graph and their facts, and when. */
export function provenanceOf(
  { store, scope }: Pick<OpenGraph, "store" | "scope">,
  asOf: AsOf,
): Provenance {
  return async function* (names) {
    for (let from = 0; from < names.length; from += PORTION) {
      const found = await store.openEntities(scope, names.slice(from, from + PORTION), asOf);
      for (const details of found) {
        const { name, createdAt, updatedAt, by } = described(details);
        yield { name, createdAt, updatedAt, by, facts: factsOf(details) };
      }
    }
  };
}
