import {
  type Client,
  connect,
  defineServer,
  httpClient,
  type RequestSigner,
  type Revision,
  s,
  text,
  tool,
} from "@portico/core";
import { type AccessRule, authorise } from "@portico/core/middleware/authorise";
import { serveHttp } from "@portico/core/node";
import {
  type ResourceServer,
  type ResourceServerOptions,
  resourceServer,
  type TokenVerifier,
} from "../../src/server/index.ts";

const whoami = tool({
  name: "whoami",
  description: "Says everything a handler knows of its caller.",
  input: s.object({}),
  run: (_, { principal }) => text(JSON.stringify(principal)),
});

const write = tool({
  name: "write",
  description: "Needs a scope.",
  input: s.object({}),
  run: () => text("written"),
});

const definition = defineServer({ name: "protected", version: "1.0.0", tools: [whoami, write] });

/** A running server. */
export interface Protected extends AsyncDisposable {
  readonly url: string;
}

const rules: AccessRule[] = [
  { kind: "scope", scopes: ["read"], methods: ["tools/*"] },
  { kind: "scope", scopes: ["write"], tools: ["write"] },
  { kind: "implication", scope: "write", implies: ["read"] },
];

/** An MCP server on loopback that lets in whom `tokens` let in, and wants `read` for everything. */
export async function serveProtected(
  tokens: (resource: string) => TokenVerifier | readonly TokenVerifier[],
  more: Partial<ResourceServerOptions> = {},
): Promise<Protected> {
  // Tokens are meant for its address, which is known once it listens.
  let protection: ResourceServer | undefined;
  const known = () => protection as ResourceServer;
  const http = await serveHttp(definition, {
    authenticator: {
      authenticate: (head) => known().authenticator.authenticate(head),
      insufficientScope: (scopes, head) => known().authenticator.insufficientScope(scopes, head),
    },
    routes: [(head) => known().routes[0]?.(head)],
    middleware: [authorise(rules)],
  });
  const { url } = http;
  protection = resourceServer({ resource: url, tokens: tokens(url), scopes: ["read"], ...more });
  return { url, [Symbol.asyncDispose]: () => http.close() };
}

/** Connects with a signer. */
export function connectSigned(
  url: string,
  signer: RequestSigner,
  revision: Revision,
): Promise<Client> {
  const clientInfo = { name: "test", version: "1.0.0" };
  return connect(httpClient(url, { signer }), { clientInfo, revision });
}

/** One HTTP request as a client of the newest revision makes it. */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  tool = "whoami",
): Promise<Response> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const params = { name: tool, arguments: {}, _meta };
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": tool,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
  });
}
