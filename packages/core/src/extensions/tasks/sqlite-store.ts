import { expiryOf, type TaskRecord } from "./record.ts";
import type { TaskStore } from "./store.ts";

/** A prepared statement, as `better-sqlite3` and `node:sqlite` both have it. */
export interface SqliteStatement {
  run(...values: (string | number | null)[]): { readonly changes: number | bigint };
  get(...values: (string | number | null)[]): unknown;
}

/** An open database, as `better-sqlite3` and `node:sqlite` both have it. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS portico_tasks (
    id TEXT PRIMARY KEY, owner TEXT, version INTEGER NOT NULL, expires REAL, record TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS portico_tasks_by_owner ON portico_tasks (owner);
  CREATE INDEX IF NOT EXISTS portico_tasks_by_expiry ON portico_tasks (expires);
`;

/**
 * Keeps tasks in an SQLite database, for processes on one machine.
 * @param database an open one, of `better-sqlite3` or `node:sqlite`; it stays the caller's to close
 * @param now the clock, in milliseconds since the epoch
 */
export function sqliteTaskStore(database: SqliteDatabase, now: () => number = Date.now): TaskStore {
  database.exec(SCHEMA);
  const sweep = database.prepare("DELETE FROM portico_tasks WHERE expires <= ?");
  const insert = database.prepare(
    "INSERT INTO portico_tasks (id, owner, version, expires, record) VALUES (?, ?, ?, ?, ?)",
  );
  const select = database.prepare(
    "SELECT record FROM portico_tasks WHERE id = ? AND (expires IS NULL OR expires > ?)",
  );
  const update = database.prepare(
    `UPDATE portico_tasks SET version = ?, expires = ?, record = ?
     WHERE id = ? AND version = ? AND (expires IS NULL OR expires > ?)`,
  );
  const total = database.prepare(
    "SELECT COUNT(*) AS tasks, COALESCE(SUM(LENGTH(record)), 0) AS characters FROM portico_tasks WHERE owner IS ?",
  );
  return {
    shared: true,
    async create(record) {
      sweep.run(now());
      const { id, owner, version } = record;
      insert.run(id, owner, version, expires(record), JSON.stringify(record));
    },
    async get(id) {
      const row = select.get(id, now()) as { record: string } | undefined;
      return row && (JSON.parse(row.record) as TaskRecord);
    },
    async replace(record) {
      const { id, version } = record;
      const text = JSON.stringify(record);
      const { changes } = update.run(version, expires(record), text, id, version - 1, now());
      return Number(changes) === 1;
    },
    async usage(owner) {
      sweep.run(now());
      const { tasks, characters } = total.get(owner) as { tasks: number; characters: number };
      return { tasks, characters };
    },
  };
}

function expires(record: TaskRecord): number | null {
  const expiry = expiryOf(record);
  return Number.isFinite(expiry) ? expiry : null;
}
