// An MCP server on WebSockets, beside whatever else its HTTP server answers.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineServer, elicit, s, tool } from "@portico/core";
import { webSocketServer } from "@portico/core/websocket";

const greet = tool({
  name: "greet",
  description: "Greets the user, whose name it asks for.",
  async run(_, ctx) {
    const form = elicit("Who are you?", s.object({ name: s.string() }));
    const answer = await ctx.ask("name", form);
    return answer.action === "accept" ? `Hello, ${answer.content.name}!` : "Hello, stranger!";
  },
});
const greeter = defineServer({ name: "greeter", version: "1.0.0", tools: [greet] });

const http = createServer((_, response) => response.end("The rest of the application."));
const mcp = webSocketServer(greeter, http, { path: "/mcp" });
http.listen(0, "127.0.0.1", () => {
  console.log(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`);
});

process.once("SIGTERM", async () => {
  await mcp.close(5_000);
  http.close();
});
