import type { Logger } from "@portico/runner";
import type { GraphStore } from "./graph/store.ts";
import type { Place } from "./place.ts";

/**
 * Opens the store at `place`, creating what is missing; only now is a database loaded. A file of the official server goes
 * into the graph of `project` that callers without a name of their own share.
 * @throws {GraphError} when the store cannot be opened
 */
export async function openStore(place: Place, project: string, log: Logger): Promise<GraphStore> {
  const store = await openPlace(place);
  if (place.takeOver === undefined) return store;
  try {
    await bringIn(store, project, place.takeOver, log);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openPlace(place: Place): Promise<GraphStore> {
  if (place.kind === "postgres") {
    const { openPostgresStore } = await import("./postgres/open.ts");
    return openPostgresStore(place.url);
  }
  const { openSqliteStore } = await import("./sqlite/store.ts");
  return openSqliteStore(place.path);
}

async function bringIn(
  store: GraphStore,
  project: string,
  file: string,
  log: Logger,
): Promise<void> {
  const { takeOver } = await import("./transfer/take-over.ts");
  const say = (sentence: string) => log.notice(sentence);
  const taken = await takeOver(store, { owner: "", project }, file, { say });
  if (!taken) return;
  const { entities, observations, relations, known, foreign } = taken;
  log.info("Took over a memory file.", { entities, observations, relations, known, foreign });
}
