import type { AsOf, Relation } from "../../graph/types.ts";
import type { OpenGraph } from "../../open-graph.ts";
import { plainRelation } from "../../plain.ts";
import type { Budget } from "./budget.ts";

/** Most relations that are looked up for one answer. */
const MOST = 2_000;

/** Relations that have an end among `names`, as many as fit, and what to say when that is not all. */
export async function relationsAround(
  { store, scope }: OpenGraph,
  names: readonly string[],
  asOf: AsOf,
  budget: Budget,
): Promise<{ relations: Required<Relation>[]; note?: string }> {
  if (names.length === 0) return { relations: [] };
  const found = await store.relationsOf(scope, names, { ...asOf, ends: "one", limit: MOST });
  const shown = found.map(plainRelation);
  const relations = budget.takeFirst(shown);
  if (relations.length === shown.length && shown.length < MOST) return { relations };
  const note = `Only the first ${relations.length} relations are shown; find_related walks from one entity.`;
  return { relations, note };
}
