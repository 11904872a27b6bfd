// On Bun, which would end quiet streams after 10 seconds: give them longer than the 15 between signs of life.
import { httpHandler } from "@portico/core";
import { calculator } from "../mounting/calculator.ts";

const mcp = httpHandler(calculator);
const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 60, fetch: mcp.fetch });
console.log(`${new URL("/mcp", server.url)}`);

process.once("SIGTERM", async () => {
  await mcp.close(5000);
  await server.stop();
});
