import type { Authentication, HttpHead } from "@portico/core";
import type { ResourceServer } from "../../src/server/index.ts";

/** The resource of the tests. */
export const RESOURCE = "https://mcp.example.com/mcp";

/** The head of a request to it. */
export function head(
  headers: Readonly<Record<string, string>>,
  more: Partial<HttpHead> = {},
): HttpHead {
  return {
    method: "POST",
    target: "/mcp",
    origin: "http://127.0.0.1:3000",
    header: (name) => headers[name.toLowerCase()],
    ...more,
  };
}

/** What became of a request. */
export interface Answered {
  readonly id?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly claims?: unknown;
  readonly status?: number | undefined;
  readonly challenge?: string | undefined;
  readonly nonce?: string | undefined;
  readonly body?: string | undefined;
}

/** Asks as whoever `headers` say. */
export async function ask(
  { authenticator }: ResourceServer,
  headers: Readonly<Record<string, string>>,
  more: Partial<HttpHead> = {},
): Promise<Answered> {
  return summary(await authenticator.authenticate(head(headers, more)));
}

/** Asks with a bearer token. */
export function bearer(server: ResourceServer, token: string): Promise<Answered> {
  return ask(server, { authorization: `Bearer ${token}` });
}

function summary({ principal, refusal }: Authentication): Answered {
  if (principal) return { ...principal };
  return {
    status: refusal?.status,
    challenge: refusal?.headers?.["www-authenticate"],
    nonce: refusal?.headers?.["dpop-nonce"],
    body: refusal?.body,
  };
}
