import { jwt, resourceServer } from "@portico/auth";
import { defineServer, type HttpHandler, httpHandler, tool } from "@portico/core";

/** What tokens must be for. */
export const RESOURCE = "https://mcp.example.com/mcp";

const who = tool({
  name: "who",
  description: "Who calls.",
  run: (_, { principal }) => principal?.id ?? "nobody",
});
const definition = defineServer({ name: "trusting", version: "1.0.0", tools: [who] });
const handlers = new Map<string, HttpHandler>();

/** A server that lets in whoever has a token of `issuer`; its address is known only when the tests run. */
export function trusting(issuer: string): HttpHandler {
  const known = handlers.get(issuer);
  if (known) return known;
  const guard = resourceServer({ resource: RESOURCE, tokens: jwt({ issuer }), scopes: ["read"] });
  const handler = httpHandler(definition, guard);
  handlers.set(issuer, handler);
  return handler;
}
