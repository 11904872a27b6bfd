import { httpHandler } from "@portico/core";
import { everything } from "../../../fixtures/everything/server.ts";

// Bun ends quiet connections after 10 seconds, before the first sign of life of a stream.
const { fetch } = httpHandler(everything());
const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 60, fetch });
console.log(`Listening on ${new URL("/mcp", server.url)}`);
