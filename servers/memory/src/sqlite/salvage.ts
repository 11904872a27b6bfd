import { copyFile, link, mkdtemp, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { GraphError } from "../graph/error.ts";
import type { Connection } from "./connection.ts";
import { refusal } from "./errors.ts";
import { exists, makeFolders, sizeOf } from "./file.ts";
import { idsOf } from "./graph-ids.ts";
import { type Opened, openDatabase, openReader } from "./open.ts";
import { fillGaps } from "./salvage/fill-gaps.ts";
import { GRAFTS, graft } from "./salvage/graft.ts";
import { type Range, readableRows } from "./salvage/readable-rows.ts";
import { indexEntities, markIndexed } from "./search/index-entities.ts";

/** What a salvage saved. */
export interface Salvaged {
  readonly entities: number;
  readonly observations: number;
  readonly relations: number;
  /** Entries of the history. */
  readonly changes: number;
  /** Rows that were there but could not be read, as far as that can be told. */
  readonly lost: number;
}

/** Tables with rows of their own; what can be made from them, as the search index, is made anew. */
const TABLES = [
  "graph",
  "author",
  "change",
  "entity",
  "entity_past",
  "observation",
  "relation",
  "foreign_record",
];
const PORTION = 500;

/**
 * Reads what is readable of a damaged database into a new one, for this user only. The damaged one is not changed.
 * @throws {GraphError} `exists` for the target; `damaged` when nothing can be read
 */
export async function salvage(damaged: string, target: string): Promise<Salvaged> {
  const [source, file] = [resolve(damaged), resolve(target)];
  if (await exists(file)) {
    throw new GraphError("exists", "The file to save into exists already; name a new one.");
  }
  await makeFolders(dirname(file));
  // Beside the target, so that it can be linked there once it is whole.
  const folder = await mkdtemp(join(dirname(file), ".portico-salvage-"));
  try {
    const made = join(folder, "new.db");
    const opened = await openDatabase(made);
    const saved = await fill(opened, source, folder);
    await link(made, file);
    return saved;
  } catch (error) {
    throw refusal(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill({ connection, Driver }: Opened, source: string, folder: string) {
  try {
    const old = await openDamaged(Driver, connection, source, folder);
    connection.database.pragma("foreign_keys = OFF");
    let lost = 0;
    try {
      for (const table of TABLES) {
        lost += copyTable(
          old,
          connection,
          table,
          rangesOf(table, connection, await sizeOf(source)),
        );
      }
    } finally {
      old.close();
    }
    fillGaps(connection);
    index(connection);
    const saved = { ...count(connection), lost };
    connection.database.pragma("wal_checkpoint(TRUNCATE)");
    return saved;
  } finally {
    connection.close();
  }
}

/** Opens a copy: as it is, else with the head, else with the schema, of a database as it was when begun. */
async function openDamaged(
  Driver: Opened["Driver"],
  begun: Connection,
  source: string,
  folder: string,
): Promise<Connection> {
  begun.database.pragma("wal_checkpoint(TRUNCATE)");
  for (const grafted of GRAFTS) {
    const copy = join(folder, `copy-${grafted}.db`);
    await copyFile(source, copy);
    if (await exists(`${source}-wal`)) await copyFile(`${source}-wal`, `${copy}-wal`);
    await graft(begun, copy, grafted);
    const connection = openIfOurs(Driver, copy);
    if (connection !== undefined) return connection;
  }
  throw new GraphError(
    "damaged",
    "Nothing can be read from the file: it is no memory database, or too little of it is left.",
  );
}

function openIfOurs(Driver: Opened["Driver"], path: string): Connection | undefined {
  let connection: Connection | undefined;
  try {
    connection = openReader(Driver, path);
    const tables = connection.all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table'",
    );
    const names = new Set(tables.map(({ name }) => name));
    if (TABLES.every((table) => names.has(table)) && hasRows(connection)) return connection;
  } catch {
    // Another head may fit better.
  }
  connection?.close();
  return undefined;
}

/** Whether anything can be read: the tables of a head that does not belong to the file lead nowhere. */
function hasRows(connection: Connection): boolean {
  return TABLES.some((table) => {
    try {
      return connection.get(`SELECT 1 FROM ${table} LIMIT 1`) !== undefined;
    } catch {
      return false;
    }
  });
}

/** Where the rows of a table can be. Ids are given out without gaps, so that there are no more than fit the file. */
function rangesOf(table: string, saved: Connection, bytes: number): Range[] {
  const isFew = table === "graph" || table === "author";
  const most = isFew ? 5000 : Math.ceil(bytes / 16) + 1;
  if (table !== "entity") return [{ from: 1, to: most }];
  const graphs = saved.all<{ id: number }>("SELECT id FROM graph");
  const ids = graphs.length > 0 ? graphs.map(({ id }) => id) : [1];
  return ids.map((id) => ({ from: idsOf(id).first, to: idsOf(id).first + most }));
}

/** @returns how many rows could not be read, as far as that can be told */
function copyTable(old: Connection, saved: Connection, table: string, ranges: Range[]): number {
  let lost = 0;
  saved.database.exec("BEGIN");
  for (const row of readableRows(old, table, ranges)) {
    if (row === undefined || !insert(saved, table, row)) lost += 1;
  }
  saved.database.exec("COMMIT");
  return lost;
}

function insert(saved: Connection, table: string, row: Record<string, string | number | null>) {
  const columns = Object.keys(row);
  try {
    const values = columns.map((column) => `:${column}`).join(", ");
    const into = `INSERT OR IGNORE INTO ${table} (${columns.join(", ")})`;
    return saved.run(`${into} VALUES (${values})`, row).changes === 1;
  } catch {
    // What a broken page says may be no row at all; the table's constraints tell.
    return false;
  }
}

function index(connection: Connection): void {
  const ids = connection.all<{ id: number }>("SELECT id FROM entity WHERE type IS NOT NULL");
  for (let start = 0; start < ids.length; start += PORTION) {
    const portion = ids.slice(start, start + PORTION).map(({ id }) => id);
    connection.database.transaction(() => indexEntities(connection, new Set(portion)))();
  }
  markIndexed(connection);
}

function count(connection: Connection): Omit<Salvaged, "lost"> {
  const rows = (source: string) =>
    connection.get<{ count: number }>(`SELECT count(*) AS count FROM ${source}`)?.count ?? 0;
  return {
    entities: rows("entity WHERE type IS NOT NULL"),
    observations: rows(
      "observation AS o WHERE until IS NULL AND EXISTS (SELECT 1 FROM entity WHERE id = o.entity)",
    ),
    relations: rows("relation WHERE until IS NULL"),
    changes: rows("change"),
  };
}
