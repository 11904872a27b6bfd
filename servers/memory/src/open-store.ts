import type { Logger } from "@portico/runner";
import type { GraphStore } from "./graph/store.ts";
import type { Place } from "./place.ts";

/** Opens the store at `place`, creating what is missing. Only now is a database loaded. */
export async function openStore(place: Place, log: Logger): Promise<GraphStore> {
  if (place.kind === "postgres") {
    const { openPostgresStore } = await import("./postgres/open.ts");
    return openPostgresStore(place.url);
  }
  const { openSqliteStore } = await import("./sqlite/store.ts");
  return openSqliteStore(place.path);
}
