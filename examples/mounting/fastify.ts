// In Fastify. The plugin leaves the body of its own routes to the handler.
import { nodeHandler } from "@portico/core/node";
import { fastify } from "fastify";
import { calculator } from "./calculator.ts";

const app = fastify();
app.get("/", () => "The rest of the application.");
await app.register(async (routes) => {
  const mcp = nodeHandler(calculator);
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser("*", (_request, _body, done) => done(null));
  routes.all("/mcp", (request, reply) => {
    reply.hijack();
    mcp(request.raw, reply.raw);
  });
});

console.log(`${await app.listen({ host: "127.0.0.1", port: 0 })}/mcp`);
