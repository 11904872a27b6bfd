import { OAuthError } from "../oauth-error.ts";
import { type Fields, parseFields, text, texts } from "../outbound/json-fields.ts";
import type { Send } from "../outbound/send.ts";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** What an MCP server says of itself (RFC 9728), as far as a client needs it. */
export interface ProtectedResource {
  /** The identifier, byte for byte as published: tokens are asked for with exactly this text. */
  readonly resource: string;
  /** Issuers of the authorization servers, at least one. */
  readonly authorizationServers: readonly string[];
  readonly scopesSupported: readonly string[] | undefined;
  /** Whether it takes only tokens bound to a key. */
  readonly dpopRequired: boolean;
}

/**
 * Finds the metadata of an MCP server: where its challenge says, else at the well-known places.
 * @param from the `resource_metadata` of the challenge
 * @returns undefined when the server publishes none (2025-03-26 had no such document)
 * @throws {OAuthError} when what it publishes cannot be used
 */
export async function findProtectedResource(
  server: URL,
  from: string | undefined,
  send: Send,
  signal?: AbortSignal,
): Promise<ProtectedResource | undefined> {
  // 2026-07-28 basic/authorization/authorization-server-discovery: MUST use the URL of the challenge when present,
  // else MUST request the well-known URIs in this order.
  const places = from === undefined ? wellKnownPlaces(server) : [challenged(from)];
  for (const url of places) {
    const reply = await send(
      { method: "GET", url, headers: { accept: "application/json" } },
      signal,
    );
    const fields = reply.status === 200 ? parseFields(reply.body) : undefined;
    // Some servers answer every unknown path with a page: that is no metadata.
    if (fields) return read(fields, url, server);
    if (reply.status >= 500 || from !== undefined) {
      throw new OAuthError(
        `The MCP server's authorization metadata at ${url.origin}${url.pathname} cannot be had (status ${reply.status}); try again later or tell its operator.`,
      );
    }
  }
  return undefined;
}

function wellKnownPlaces(server: URL): URL[] {
  const path = server.pathname.replace(/\/$/, "");
  const root = new URL(WELL_KNOWN, server);
  return path === "" ? [root] : [new URL(WELL_KNOWN + path, server), root];
}

function challenged(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new OAuthError(
    "The MCP server names a resource_metadata that is no URL; tell its operator.",
  );
}

function read(fields: Fields, at: URL, server: URL): ProtectedResource {
  const resource = text(fields, "resource");
  const authorizationServers = texts(fields, "authorization_servers");
  if (resource === undefined || !authorizationServers?.length) {
    throw new OAuthError(
      `The metadata at ${at.origin}${at.pathname} lacks a resource or authorization_servers; tell the MCP server's operator.`,
    );
  }
  if (!covers(resource, server)) {
    throw new OAuthError(
      `The MCP server at ${server.origin}${server.pathname} presents the metadata of another resource; do not trust it before its operator explains that.`,
    );
  }
  return {
    resource,
    authorizationServers,
    scopesSupported: texts(fields, "scopes_supported"),
    dpopRequired: fields.dpop_bound_access_tokens_required === true,
  };
}

/**
 * RFC 9728 section 3.3: the resource MUST be the one asked about, or a token for one server could be had in
 * another's name. A server may publish its whole origin, or a folder its endpoint is in.
 */
function covers(resource: string, server: URL): boolean {
  if (!URL.canParse(resource)) return false;
  const { origin, pathname, search, hash } = new URL(resource);
  if (origin !== server.origin || hash !== "") return false;
  if (search !== "" && search !== server.search) return false;
  const folder = pathname.endsWith("/") ? pathname : `${pathname}/`;
  return `${server.pathname}/`.startsWith(folder);
}

/** The identifier of a server that publishes none: its URL, without a slash that means nothing. */
export function canonicalResource(server: URL): string {
  return server.origin + server.pathname.replace(/\/$/, "") + server.search;
}
