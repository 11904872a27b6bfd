import type { RequestSigner } from "@portico/core";
import { type Answer, type Seen, serve } from "./serve.ts";

const PRM = "/.well-known/oauth-protected-resource";

/** How a test's MCP server asks for authorization. */
export interface ResourceServerOptions {
  /** The issuers it names; asked each time. Without any it publishes no metadata. */
  readonly issuers?: () => readonly string[];
  /** Default: `/mcp`. */
  readonly path?: string;
  /** Where its metadata is; default: the well-known place of its path. */
  readonly metadataAt?: string;
  /** Fields to change in the metadata. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The challenge of a 401. */
  readonly challenge?: string;
  /** Judges a request that has an Authorization header; undefined lets it in. */
  readonly judge?: (
    authorization: string,
    seen: Seen,
  ) => Answer | undefined | Promise<Answer | undefined>;
  /** Answers anything else. */
  readonly other?: (seen: Seen) => Answer | undefined;
}

/** An MCP server as far as authorization goes: it lets in whoever has a token. */
export async function resourceServer(options: ResourceServerOptions) {
  const { issuers, path = "/mcp", challenge = "Bearer", judge, other } = options;
  const metadataAt = options.metadataAt ?? PRM + path;
  const server = await serve(async (seen): Promise<Answer> => {
    const { pathname } = seen.url;
    if (pathname === metadataAt && issuers) return { json: metadata() };
    if (pathname !== path && pathname !== `${path}/`) return other?.(seen) ?? { status: 404 };
    const { authorization } = seen.headers;
    if (authorization === undefined) return refusal(challenge);
    return (await judge?.(authorization, seen)) ?? { json: { ok: true } };
  });
  const url = server.origin + path;

  function metadata() {
    return { resource: url, authorization_servers: issuers?.(), ...options.metadata };
  }
  return { url, origin: server.origin, seen: server.seen };
}

/** A 401, or another refusal, with a challenge. */
export function refusal(challenge: string, status = 401): Answer {
  return { status, headers: { "www-authenticate": challenge } };
}

/** Sends one signed request as an HTTP client does, with a bounded number of remedies. */
export async function call(signer: RequestSigner, url: string, signal?: AbortSignal) {
  const request = { method: "POST", url: new URL(url) };
  for (let remedies = 0; ; remedies++) {
    const signed = await signer.sign(request, signal);
    const response = await fetch(url, { method: "POST", headers: signed });
    const { status, headers } = response;
    await response.text();
    if ((status !== 401 && status !== 403) || remedies === 4) return status;
    if (!(await signer.refused({ ...request, status, headers, signed }, signal))) return status;
  }
}
