// In Hono, on any runtime Hono runs on.
import { serve } from "@hono/node-server";
import { httpHandler } from "@portico/core";
import { Hono } from "hono";
import { calculator } from "./calculator.ts";

const mcp = httpHandler(calculator);
const app = new Hono();
app.get("/", (c) => c.text("The rest of the application."));
app.all("/mcp", (c) => mcp.fetch(c.req.raw));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}/mcp`);
});
