import { jwt, resourceServer } from "@portico/auth";
import type { ServerDefinition } from "@portico/core";
import { authorise } from "@portico/core/middleware/authorise";
import { serveHttp } from "@portico/core/node";

export function start(files: ServerDefinition, issuer: string) {
  const { authenticator, routes } = resourceServer({
    resource: "https://mcp.example.com/mcp",
    tokens: jwt({ issuer, claims: ["tenant"] }),
    scopes: ["files:read"],
  });
  const access = authorise([
    { kind: "capability", tools: ["read_*", "list_*", "write_file"] },
    { kind: "capability", to: { scopes: ["admin"] }, tools: ["*"], prompts: ["*"] },
    { kind: "resource", uris: ["tenant://{claims.tenant}/*"] },
    { kind: "scope", scopes: ["files:read", "files:write"], tools: ["write_file"] },
    { kind: "implication", scope: "admin", implies: ["files:read", "files:write"] },
  ]);
  const allowedHosts = ["mcp.example.com"];
  return serveHttp(files, { allowedHosts, authenticator, routes, middleware: [access] });
}
