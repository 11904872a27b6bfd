import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { McpServer, StreamableHttpTransport } from "mcp-lite";
import { z } from "zod";

const server = new McpServer({
  name: "echo",
  version: "1.0.0",
  schemaAdapter: (schema) => z.toJSONSchema(schema),
});
server.tool("echo", {
  description: "Returns the text it is given.",
  inputSchema: z.object({ text: z.string() }),
  handler: ({ text }) => ({ content: [{ type: "text", text }] }),
});
const handle = new StreamableHttpTransport().bind(server);
const listener = createServer(getRequestListener((request) => handle(request)));
listener.listen(0, "127.0.0.1", () => console.log(listener.address().port));
