import { cursorNumber, pageOf } from "../../graph/cursor.ts";
import type { EntityDetails, PageOf, Paging, Relation } from "../../graph/types.ts";
import { aliveRelation, boundAt, entitiesAt, relationsAt } from "../as-of.ts";
import type { Connection } from "../connection.ts";
import { detailsOf } from "./details.ts";

/** A relation with the names of its ends, and its id, by which relations are ordered. */
export interface NamedRelation extends Relation {
  readonly id: number;
  readonly extra: string | null;
}

/** Entities in the order they were created. */
export function listEntities(
  connection: Connection,
  graph: number,
  { limit, after }: Paging,
  at: number | undefined,
): PageOf<EntityDetails> {
  const until = at === undefined ? "" : " AND created <= :at";
  const rows = connection.all<{ id: number; created: number }>(
    `SELECT id, created FROM ${entitiesAt(at)}
     WHERE graph = :graph AND type IS NOT NULL AND created > :after${until}
     ORDER BY created LIMIT :limit`,
    { graph, after: cursorNumber(after, 0), limit: limit + 1, ...boundAt(at) },
  );
  const details = detailsOf(
    connection,
    rows.slice(0, limit).map(({ id }) => id),
    at,
  );
  return pageOf(
    rows,
    limit,
    ({ id }) => details.get(id) as EntityDetails,
    ({ created }) => created,
  );
}

/** Which of `names` exist, in the order they were created. */
export function existing(
  connection: Connection,
  graph: number,
  names: readonly string[],
  at: number | undefined,
): { id: number; name: string; created: number }[] {
  const named = "graph = :graph AND name IN (SELECT value FROM json_each(:names))";
  // The sign keeps SQLite from going through all entities because they have that order.
  return connection.all(
    `SELECT id, name, created FROM ${entitiesAt(at, named)}
     WHERE type IS NOT NULL ORDER BY +created`,
    { graph, names: JSON.stringify(names), ...boundAt(at) },
  );
}

/** Those of `names` that exist, in the order they were created. */
export function openEntities(
  connection: Connection,
  graph: number,
  names: readonly string[],
  at: number | undefined,
): EntityDetails[] {
  const ids = existing(connection, graph, names, at).map(({ id }) => id);
  return [...detailsOf(connection, ids, at).values()];
}

/** Relations in the order they were created. */
export function listRelations(
  connection: Connection,
  graph: number,
  { limit, after }: Paging,
  at: number | undefined,
): PageOf<NamedRelation> {
  const rows = connection.all<NamedRelation>(
    named(
      `(SELECT * FROM relation WHERE graph = :graph AND id > :after AND ${aliveRelation(at)}
        ORDER BY id LIMIT :limit)`,
      at,
    ),
    { graph, after: cursorNumber(after, 0), limit: limit + 1, ...boundAt(at) },
  );
  return pageOf(
    rows,
    limit,
    (row) => row,
    ({ id }) => id,
  );
}

/** Relations with at least one end, or with both, among `names`. */
export function relationsOf(
  connection: Connection,
  graph: number,
  wanted: {
    readonly names: readonly string[];
    readonly ends: "one" | "both";
    readonly limit: number;
  },
  at: number | undefined,
): NamedRelation[] {
  const ids = `SELECT e.id FROM json_each(:names) AS w
    CROSS JOIN ${entitiesAt(at)} AS e ON e.graph = :graph AND e.name = w.value`;
  const relations = relationsAt(at);
  const both = wanted.ends === "both" ? "INTERSECT" : "UNION";
  return connection.all<NamedRelation>(
    named(
      `(SELECT * FROM relation WHERE id IN (
          SELECT id FROM ${relations} WHERE source IN (${ids})
          ${both} SELECT id FROM ${relations} WHERE target IN (${ids}))
        ORDER BY id LIMIT :limit)`,
      at,
    ),
    { graph, names: JSON.stringify(wanted.names), limit: wanted.limit, ...boundAt(at) },
  );
}

/** A relation as its callers know it. */
export function relationOf({ from, to, relationType }: Relation): Relation {
  return { from, to, relationType };
}

/** Adds the names that the ends of relations have, or had. */
function named(relations: string, at: number | undefined): string {
  return `SELECT r.id, s.name AS "from", t.name AS "to", r.type AS relationType, r.extra
    FROM ${relations} AS r
    JOIN ${entitiesAt(at)} AS s ON s.id = r.source JOIN ${entitiesAt(at)} AS t ON t.id = r.target
    ORDER BY r.id`;
}
