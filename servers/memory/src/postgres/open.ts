import type { GraphStore } from "../graph/store.ts";
import { Connections } from "./connections.ts";
import { Graphs } from "./graphs.ts";
import { migrate } from "./migrate.ts";
import { reads } from "./reads.ts";
import { settingsOf } from "./settings.ts";
import { Watcher } from "./watcher.ts";
import { Writer } from "./writer.ts";
import { writes } from "./writes.ts";

/**
 * Opens graphs kept in PostgreSQL 15 or newer, for servers on more than one machine. The tables are in a schema of their
 * own, `portico_memory` unless the URL says `?schema=other`, and are brought up to date. There is no `backup`: PostgreSQL
 * has `pg_dump`.
 * @param url `postgres://user:password@host:port/database?sslmode=verify-full`
 * @throws {GraphError} `invalid` for a wrong URL or password, `busy` when the server cannot be reached, `read-only`
 */
export async function openPostgresStore(url: string): Promise<GraphStore> {
  const connections = await Connections.load(await settingsOf(url));
  try {
    await migrate(connections);
  } catch (error) {
    await connections.close();
    throw error;
  }
  const graphs = new Graphs(connections);
  const watcher = new Watcher(connections);
  const writer = new Writer(connections, graphs, watcher);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await writer.finish();
    await watcher.close();
    await connections.close();
  };
  return {
    ...reads(connections, graphs),
    ...writes(connections, graphs, writer),
    watch: (changed) => watcher.watch(changed),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
