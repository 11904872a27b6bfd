import type { Database, Databases } from "./database/database.ts";
import { DatabaseError } from "./database/database.ts";
import { publicUrlOf } from "./database/public-url.ts";
import type { DatabaseSettings } from "./database/settings.ts";

/** The databases that `settings` describe. What connects to them is loaded with the first call; none is too few. */
export function lazyDatabases(settings: readonly DatabaseSettings[]): Databases {
  let opening: Promise<Databases> | undefined;
  const open = () => {
    opening ??= import("./database/open-databases.ts").then(({ openDatabases }) =>
      openDatabases(settings),
    );
    return opening;
  };
  const byName = new Map(settings.map((one) => [one.name, lazyDatabase(one, open)]));
  const [first] = byName.keys();
  return {
    names: [...byName.keys()],
    get(name = first ?? "") {
      const database = byName.get(name);
      if (database) return database;
      throw new DatabaseError("unknown-database", "No database of that name is set.");
    },
    close: async () => (await opening)?.close(),
  };
}

function lazyDatabase(settings: DatabaseSettings, open: () => Promise<Databases>): Database {
  const { name } = settings;
  const database = async () => (await open()).get(name);
  return {
    name,
    publicUrl: publicUrlOf(settings),
    read: async (use, work, condition) => (await database()).read(use, work, condition),
    write: async (use, work) => (await database()).write(use, work),
    begin: async (use) => (await database()).begin(use),
    alone: async (use, sql) => (await database()).alone(use, sql),
    listen: async (channel, notified) => (await database()).listen(channel, notified),
    close: async () => (await database()).close(),
  };
}
