import { type Database, DatabaseError, type Databases } from "./database.ts";
import { openDatabase } from "./open-database.ts";
import type { DatabaseSettings } from "./settings.ts";

/**
 * The databases that `settings` describe; the first is the default.
 * @throws {DatabaseError} when there is none, or two have one name
 */
export function openDatabases(settings: readonly DatabaseSettings[]): Databases {
  const byName = new Map<string, Database>();
  for (const one of settings) {
    if (byName.has(one.name)) {
      throw new DatabaseError(
        "unknown-database",
        `Two databases are named "${one.name}"; rename one.`,
      );
    }
    byName.set(one.name, openDatabase(one));
  }
  const [first] = byName.values();
  if (!first) throw new DatabaseError("unknown-database", "No database is configured; name one.");
  const names = [...byName.keys()];
  const get = (name?: string) => {
    const database = name === undefined ? first : byName.get(name);
    if (database) return database;
    const message = `There is no database of that name; the names are ${names.join(", ")}.`;
    throw new DatabaseError("unknown-database", message);
  };
  const close = async () => {
    await Promise.all([...byName.values()].map((database) => database.close()));
  };
  return { names, get, close };
}
