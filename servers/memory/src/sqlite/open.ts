import { readFileSync, statSync } from "node:fs";
import type BetterSqlite3 from "better-sqlite3";
import { GraphError } from "../graph/error.ts";
import { Connection } from "./connection.ts";
import { damaged, refusal } from "./errors.ts";
import { prepareFile } from "./file.ts";
import { LONGEST_LOG } from "./log.ts";
import { whenFree } from "./retry.ts";
import { migrate } from "./schema.ts";
import { isWhole } from "./whole.ts";

type Driver = typeof BetterSqlite3;
const QUIETLY = { throwIfNoEntry: false } as const;

/**
 * How a connection works. WAL with full synchronisation: what is committed survives the loss of power. The cache is
 * 32 MB, whatever the size of the file; a log that grew beyond 64 MB is cut again.
 */
const PRAGMAS = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "cache_size = -32000",
  "temp_store = MEMORY",
  "journal_size_limit = 67108864",
  `wal_autocheckpoint = ${LONGEST_LOG}`,
];

/** An open database, and the program it was opened with. */
export interface Opened {
  readonly connection: Connection;
  readonly Driver: Driver;
}

/**
 * Opens the database at an absolute path, creating it and its folder where they are missing, for this user only.
 * @throws {GraphError} `damaged`, `invalid`, `read-only`, `busy`: the file is left as it is
 */
export async function openDatabase(path: string): Promise<Opened> {
  if (path !== path.trimEnd()) {
    // The driver would cut it off and open another file.
    throw new GraphError("invalid", "The memory file's name ends with a space; name it without.");
  }
  const { default: Driver } = await import("better-sqlite3");
  const file = await prepareFile(path);
  if (!(await isWhole(path))) throw damaged();
  try {
    const connection = await whenFree(() =>
      file === "writable" ? openWritable(Driver, path) : openReadable(Driver, path),
    );
    return { connection, Driver };
  } catch (error) {
    throw refusal(error);
  }
}

/** Opens a database a second time, to read it while the first goes on. */
export function openReader(Driver: Driver, path: string): Connection {
  return new Connection(new Driver(path, { readonly: true, timeout: 0 }));
}

/**
 * Closes a database without having its log copied into it, as the last connection to it would do: one that may only read
 * cannot, and so it goes last.
 */
export function closeKeepingLog(Driver: Driver, path: string, connection: Connection): void {
  let last: Connection | undefined;
  try {
    last = openReader(Driver, path);
    last.get("SELECT count(*) FROM sqlite_schema");
  } catch {
    // What is too damaged to be read at all has nothing copied into it either.
  }
  connection.close();
  last?.close();
}

function openWritable(Driver: Driver, path: string): Connection {
  return closedOnError(new Driver(path, { timeout: 0 }), (connection) => {
    migrate(connection, () => {
      for (const pragma of PRAGMAS) connection.database.pragma(pragma);
    });
  });
}

/**
 * Without a folder to keep its log in, SQLite does not open a database that has none yet: then it is read into memory,
 * as it is now.
 */
function openReadable(Driver: Driver, path: string): Connection {
  try {
    return openReadOnly(new Driver(path, { readonly: true, timeout: 0 }));
  } catch (error) {
    if (error instanceof GraphError || (statSync(`${path}-wal`, QUIETLY)?.size ?? 0) > 0)
      throw error;
    const bytes = readFileSync(path);
    // File format, section 1.3.3: 1 is a database without a log, as one in memory has to be.
    bytes.fill(1, 18, 20);
    return openReadOnly(new Driver(bytes, { readonly: true }));
  }
}

function openReadOnly(database: BetterSqlite3.Database): Connection {
  return closedOnError(database, (connection) => {
    connection.database.pragma("temp_store = MEMORY");
    migrate(connection, () => {});
  });
}

function closedOnError(
  database: BetterSqlite3.Database,
  prepare: (connection: Connection) => void,
): Connection {
  const connection = new Connection(database);
  try {
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
