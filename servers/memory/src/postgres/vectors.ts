import type { Entity, Scope } from "../graph/types.ts";
import type { Query } from "./connections.ts";
import { headsNamed } from "./found-by.ts";
import { scopeKey } from "./graphs.ts";
import type { Reading } from "./reading.ts";
import { detailsWhere } from "./reads/entities.ts";
import { bytesOf, signsOf } from "./search/by-meaning.ts";

/** A text with what it means. */
export interface NamedVector {
  readonly name: string;
  readonly vector: Float32Array;
}

/** Texts on their way to be understood that are remembered. */
const REMEMBERED = 100_000;

/** Remembers as of which change a text was handed out, so that no vector is kept of a text that changed since. */
export class HandedOut {
  readonly #changes = new Map<string, number>();

  /** Notes that a text is handed out. */
  note(key: string, change: number): void {
    if (this.#changes.size >= REMEMBERED) this.#changes.clear();
    this.#changes.set(key, change);
  }

  /** The change a text was handed out as of; forgets it. */
  take(key: string): number | undefined {
    const change = this.#changes.get(key);
    this.#changes.delete(key);
    return change;
  }
}

/** Where a text is handed out to. */
export function handKey(scope: Scope, model: string, name: string): string {
  return JSON.stringify([scopeKey(scope), model, name]);
}

/** Entities without a vector of `model`, with the last change so far. */
export async function withoutVector(
  reading: Reading,
  model: string,
  limit: number,
): Promise<{ readonly entities: Entity[]; readonly change: number }> {
  const { query, graph } = reading;
  const [row] = await query<{ change: number }>(LAST_CHANGE, [graph]);
  const rows = await detailsWhere(reading, { condition: MISSING, values: [model, limit] });
  const entities = rows.map(({ details: { name, entityType, facts } }) => ({
    name,
    entityType,
    observations: facts.map(({ text }) => text),
  }));
  return { entities, change: row?.change ?? 0 };
}

/** Keeps vectors of texts that have not changed since `change`; nothing is kept of what does not exist. */
export async function putVectors(
  query: Query,
  graph: number,
  {
    model,
    vectors,
  }: {
    readonly model: string;
    readonly vectors: readonly (NamedVector & { readonly change: number | undefined })[];
  },
): Promise<void> {
  // No write may come between the check of a text and its vector.
  await query("SELECT FROM portico_memory.graph WHERE id = $1 FOR NO KEY UPDATE", [graph]);
  await query(PUT, [
    graph,
    model,
    vectors.map(({ name }) => name),
    vectors.map(({ vector }) => bytesOf(vector)),
    vectors.map(({ vector }) => signsOf(vector)),
    vectors.map(({ change }) => change ?? null),
  ]);
}

const LAST_CHANGE = "SELECT last_change AS change FROM portico_memory.graph WHERE id = $1";

const MISSING = `NOT EXISTS (
    SELECT FROM portico_memory.vector v WHERE v.graph = $1 AND v.model = $2 AND v.entity = h.entity)
  ORDER BY h.entity LIMIT $3`;

const PUT = `
  INSERT INTO portico_memory.vector (graph, entity, model, dimensions, signs, vector)
  SELECT $1, h.entity, $2, length(given.vector) / 4, given.signs::varbit, given.vector
  FROM unnest($3::text[], $4::bytea[], $5::text[], $6::bigint[]) AS given(name, vector, signs, change),
    LATERAL ${headsNamed("given.name")} AS h
  WHERE h.graph = $1 AND h.name = given.name AND h.until IS NULL AND (
    given.change IS NULL OR NOT (h.since > given.change OR EXISTS (
      SELECT FROM portico_memory.observation o
      WHERE o.graph = $1 AND o.entity = h.entity AND (o.since > given.change OR o.until > given.change))))
  ON CONFLICT (graph, model, entity) DO UPDATE
    SET dimensions = excluded.dimensions, signs = excluded.signs, vector = excluded.vector`;
