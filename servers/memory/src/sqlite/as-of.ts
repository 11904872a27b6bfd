import type { Connection } from "./connection.ts";

const ENTITY = "id, graph, name, type, tags, importance, extra, created, since";

/**
 * Entities, and names that relations point to, as a table expression: those that are, or those that were after change
 * `at`. Whoever uses it binds `at`.
 */
export function entitiesAt(at: number | undefined): string {
  if (at === undefined) return "entity";
  return `(SELECT ${ENTITY} FROM entity WHERE since <= :at
    UNION ALL SELECT ${ENTITY} FROM entity_past WHERE since <= :at AND until > :at)`;
}

/** Facts, likewise; those of deleted entities are among them. */
export function observationsAt(at: number | undefined): string {
  if (at === undefined) return "(SELECT * FROM observation WHERE until IS NULL)";
  return `(SELECT * FROM observation WHERE until IS NULL AND since <= :at
    UNION ALL SELECT * FROM observation WHERE until > :at AND since <= :at)`;
}

/** Relations, likewise. */
export function relationsAt(at: number | undefined): string {
  if (at === undefined) return "(SELECT * FROM relation WHERE until IS NULL)";
  return `(SELECT * FROM relation WHERE until IS NULL AND since <= :at
    UNION ALL SELECT * FROM relation WHERE until > :at AND since <= :at)`;
}

/** The condition on a relation, where they are read in their order. */
export function aliveRelation(at: number | undefined): string {
  return at === undefined ? "until IS NULL" : "since <= :at AND (until IS NULL OR until > :at)";
}

/** `at` as a value to bind, where there is one. */
export function boundAt(at: number | undefined): { readonly at?: number } {
  return at === undefined ? {} : { at };
}

/** The last change that had happened at a time; 0 where none had. Times grow with ids, so it is looked up in halves. */
export function changeAt(connection: Connection, time: number): number {
  let [known, beyond] = [0, lastChange(connection) + 1];
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2);
    const row = connection.get<{ id: number; at: number }>(
      "SELECT id, at FROM change WHERE id <= :middle ORDER BY id DESC LIMIT 1",
      { middle },
    );
    if (row === undefined || row.at <= time) known = middle;
    else beyond = row.id;
  }
  return known;
}

/** The id of the newest change; 0 where nothing has happened. */
export function lastChange(connection: Connection): number {
  return connection.get<{ last: number | null }>("SELECT max(id) AS last FROM change")?.last ?? 0;
}
