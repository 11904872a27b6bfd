// On Deno, with no permission but the network.
import { httpHandler } from "@portico/core";
import { calculator } from "../mounting/calculator.ts";

const mcp = httpHandler(calculator);
const onListen = ({ port }: { port: number }) => console.log(`http://127.0.0.1:${port}/mcp`);
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, mcp.fetch);

process.once("SIGTERM", async () => {
  await mcp.close(5000);
  await server.shutdown();
});
