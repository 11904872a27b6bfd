import { product, unit } from "../../graph/fuse.ts";
import type { GraphStore } from "../../graph/store.ts";
import type { Entity, Meaning } from "../../graph/types.ts";
import { lastChange } from "../as-of.ts";
import type { Connection } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";
import type { Write } from "../write/batch.ts";
import type { Filters, Ranked } from "./rank.ts";

/** Vectors compared in one turn of the event loop. */
const PORTION = 500;

/** Texts that were handed out to be understood are remembered up to this many. */
const HANDED_OUT = 10_000;

/** What is kept of the meaning of entities. */
export class Vectors {
  readonly #connection: Connection;
  /** The last change there was when an entity's text was handed out. */
  readonly #handedOut = new Map<number, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Entities without a vector of a model, first created first. */
  missing(graph: number, model: string, limit: number): Entity[] {
    if (this.#handedOut.size > HANDED_OUT) this.#handedOut.clear();
    const last = lastChange(this.#connection);
    return entitiesWithoutVector(this.#connection, graph, model, limit).map(({ id, ...entity }) => {
      this.#handedOut.set(id, last);
      return entity;
    });
  }

  /** Keeps vectors of entities that exist, unless their text changed since it was handed out. */
  put(write: Write, model: string, vectors: Parameters<GraphStore["putVectors"]>[2]): void {
    for (const { name, vector } of vectors) {
      const id = write.entity(name)?.id;
      if (id === undefined || this.#changed(write, id)) continue;
      putVector(write.connection, id, model, vector);
    }
  }

  #changed({ connection }: Write, id: number): boolean {
    const since = this.#handedOut.get(id);
    if (since === undefined) return false;
    const changed = "SELECT 1 FROM change WHERE id > :since AND";
    return (
      connection.get(`${changed} entity = :id UNION ALL ${changed} other = :id LIMIT 1`, {
        id,
        since,
      }) !== undefined
    );
  }
}

/** Drops what is kept of the meaning of entities: their text changed. */
export function forgetVectors(connection: Connection, entities: ReadonlySet<number>): void {
  for (const id of entities) connection.run("DELETE FROM vector WHERE entity = :id", { id });
}

function entitiesWithoutVector(
  connection: Connection,
  graph: number,
  model: string,
  limit: number,
): (Entity & { readonly id: number })[] {
  const rows = connection.all<{ id: number; name: string; entityType: string }>(
    `SELECT e.id, e.name, e.type AS entityType FROM entity AS e
     WHERE e.graph = :graph AND e.type IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM vector AS v WHERE v.entity = e.id AND v.model = :model)
     ORDER BY e.created LIMIT :limit`,
    { graph, model, limit },
  );
  return rows.map((row) => ({
    ...row,
    observations: connection
      .all<{ text: string }>(
        "SELECT text FROM observation WHERE entity = :id AND until IS NULL ORDER BY id",
        { id: row.id },
      )
      .map(({ text }) => text),
  }));
}

function putVector(
  connection: Connection,
  entity: number,
  model: string,
  vector: Float32Array,
): void {
  const values = unit(vector);
  connection.run(
    `INSERT INTO vector (entity, model, data) VALUES (:entity, :model, :data)
     ON CONFLICT (entity, model) DO UPDATE SET data = excluded.data`,
    {
      entity,
      model,
      data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    },
  );
}

/**
 * Entities whose meaning is nearest, best first. All vectors of the graph are compared: 100,000 of 1,000 numbers take
 * a second or more, in which other calls go on; for a larger graph, leave the meaning out.
 */
export async function nearest(
  connection: Connection,
  graph: number,
  meaning: Meaning,
  filters: Filters,
  limit: number,
): Promise<Ranked[]> {
  const wanted = unit(meaning.values);
  const best: Ranked[] = [];
  let { first, end } = idsOf(graph);
  for (;;) {
    const rows = connection.all<{ id: number; data: Uint8Array }>(
      `SELECT v.entity AS id, v.data FROM vector AS v JOIN entity AS e ON e.id = v.entity
       WHERE v.entity >= :first AND v.entity < :end AND v.model = :model${filters.sql}
       ORDER BY v.entity LIMIT ${PORTION}`,
      { first, end, model: meaning.model, ...filters.values },
    );
    for (const { id, data } of rows) {
      const score = product(wanted, floats(data));
      if (score > 0) best.push({ id, score });
    }
    best.sort((one, other) => other.score - one.score).splice(limit);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PORTION) return best;
    first = last.id + 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function floats(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
