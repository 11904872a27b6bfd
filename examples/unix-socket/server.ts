// An MCP server on a Unix domain socket, for any number of clients: node server.ts /run/me/mcp.sock
import { defineServer, s, serve, tool } from "@portico/core";
import { listen } from "./unix-socket.ts";

const add = tool({
  name: "add",
  description: "Add two numbers.",
  input: s.object({ a: s.number(), b: s.number() }),
  output: s.object({ sum: s.number() }),
  run: ({ a, b }) => ({ sum: a + b }),
});
const calculator = defineServer({ name: "calculator", version: "1.0.0", tools: [add] });

const path = process.argv[2];
if (path === undefined) throw new Error("Say where to listen: node server.ts PATH");
await listen(path, (transport) => serve(calculator, transport));
console.log(`listening on ${path}`);
