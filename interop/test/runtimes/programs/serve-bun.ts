import { fetch } from "./served.ts";

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 60, fetch });
console.log(`${new URL("/mcp", server.url)}`);
