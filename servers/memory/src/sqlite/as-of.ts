import type { Connection } from "./connection.ts";

const ENTITY = "id, graph, name, type, tags, importance, extra, created, since";

/**
 * Entities, and names that relations point to, as a table expression: those that are, or those that were after change
 * `at`. Whoever uses it binds `at`. What `where` says of their columns is asked of each table by its own index: SQLite
 * takes the condition of a join into no union, but makes all of the union first.
 */
export function entitiesAt(at: number | undefined, where = "TRUE"): string {
  if (at === undefined)
    return where === "TRUE" ? "entity" : `(SELECT * FROM entity WHERE ${where})`;
  return `(SELECT ${ENTITY} FROM entity WHERE since <= :at AND ${where}
    UNION ALL SELECT ${ENTITY} FROM entity_past WHERE since <= :at AND until > :at AND ${where})`;
}

/** Facts, likewise; those of deleted entities are among them. */
export function observationsAt(at: number | undefined, where = "TRUE"): string {
  return versionsAt("observation", at, where);
}

/** Relations, likewise. */
export function relationsAt(at: number | undefined, where = "TRUE"): string {
  return versionsAt("relation", at, where);
}

function versionsAt(table: string, at: number | undefined, where: string): string {
  if (at === undefined) return `(SELECT * FROM ${table} WHERE until IS NULL AND ${where})`;
  return `(SELECT * FROM ${table} WHERE until IS NULL AND since <= :at AND ${where}
    UNION ALL SELECT * FROM ${table} WHERE until > :at AND since <= :at AND ${where})`;
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
