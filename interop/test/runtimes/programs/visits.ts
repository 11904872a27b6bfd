import { type EraName, httpClient } from "@portico/core";
import { webSocketClient } from "@portico/core/websocket";
import { type Sights, visit } from "./visit.ts";

const ERAS: readonly EraName[] = ["modern", "legacy"];

/** Visits the server at `url` in each era: over HTTP, or on a WebSocket where the URL says so. */
export async function visits(url: string): Promise<Sights[]> {
  const target = url.startsWith("ws") ? () => webSocketClient(url) : httpClient(url);
  const sights: Sights[] = [];
  for (const era of ERAS) sights.push(await visit(target, era));
  return sights;
}
