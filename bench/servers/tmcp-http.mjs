import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { ZodJsonSchemaAdapter } from "@tmcp/adapter-zod";
import { HttpTransport } from "@tmcp/transport-http";
import { McpServer } from "tmcp";
import { z } from "zod";

const server = new McpServer(
  { name: "echo", version: "1.0.0" },
  { adapter: new ZodJsonSchemaAdapter(), capabilities: { tools: {} } },
);
server.tool(
  {
    name: "echo",
    description: "Returns the text it is given.",
    schema: z.object({ text: z.string() }),
  },
  async ({ text }) => ({ content: [{ type: "text", text }] }),
);
const transport = new HttpTransport(server);
const listener = createServer(
  getRequestListener(async (request) => {
    return (await transport.respond(request)) ?? new Response(null, { status: 404 });
  }),
);
listener.listen(0, "127.0.0.1", () => console.log(listener.address().port));
