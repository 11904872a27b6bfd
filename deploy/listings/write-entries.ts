/** Writes each server's `server.json` for the official MCP registry: node deploy/listings/write-entries.ts */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SERVERS } from "../containers/servers.ts";
import { LISTINGS } from "./listings.ts";
import { registryEntry } from "./registry-entry.ts";

for (const server of SERVERS) {
  const entry = registryEntry(server, LISTINGS[server.name]!);
  const file = join(import.meta.dirname, "../../servers", server.name, "server.json");
  writeFileSync(file, `${JSON.stringify(entry, null, 2)}\n`);
}
