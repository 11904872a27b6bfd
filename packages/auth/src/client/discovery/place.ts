import { OAuthError } from "../oauth-error.ts";
import type { Send } from "../outbound/send.ts";
import { DPOP_ALGORITHM } from "../tokens/dpop.ts";
import {
  type AuthorizationServer,
  findAuthorizationServer,
  findOwnAuthorizationServer,
} from "./authorization-server.ts";
import type { Demand } from "./challenge.ts";
import {
  canonicalResource,
  findProtectedResource,
  type ProtectedResource,
} from "./protected-resource.ts";

/** Where tokens for an MCP server are to be had. */
export interface Place {
  readonly server: AuthorizationServer;
  /** The identifier of the MCP server, byte for byte as published. */
  readonly resource: string;
  /** Undefined for a server that publishes none. */
  readonly metadata: ProtectedResource | undefined;
}

/**
 * Finds where tokens for an MCP server are to be had now.
 * @param preferred issuers to choose before others, where the MCP server names several
 */
export async function findPlace(
  mcpServer: URL,
  demand: Demand,
  preferred: readonly (string | undefined)[],
  send: Send,
  signal?: AbortSignal,
): Promise<Place> {
  const metadata = await findProtectedResource(mcpServer, demand.resourceMetadata, send, signal);
  if (!metadata) {
    const server = await findOwnAuthorizationServer(mcpServer, send, signal);
    return { server, resource: canonicalResource(mcpServer), metadata };
  }
  const [first = "", ...others] = metadata.authorizationServers;
  const issuer = preferred.find((one) => [first, ...others].includes(one ?? "")) ?? first;
  const server = await findAuthorizationServer(issuer, send, signal);
  return { server, resource: metadata.resource, metadata };
}

/**
 * Whether tokens are to be bound to a key: where the MCP server takes such tokens and the authorization server
 * gives them.
 * @throws {OAuthError} when the first takes no others and the second gives none
 */
export function wantsDpop({ server, metadata }: Place, demand: Demand): boolean {
  const given = server.dpopAlgorithms.includes(DPOP_ALGORITHM);
  if (metadata?.dpopRequired && !given) {
    throw new OAuthError(
      `The MCP server takes only tokens bound to a key, and ${server.issuer} does not bind them with ${DPOP_ALGORITHM}; tell its operator.`,
    );
  }
  return given && (demand.dpop || metadata?.dpopRequired === true);
}
