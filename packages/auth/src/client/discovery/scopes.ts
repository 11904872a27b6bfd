import type { AuthorizationServer } from "./authorization-server.ts";
import type { ProtectedResource } from "./protected-resource.ts";

/** What scopes are chosen from. */
export interface ScopeSources {
  /** Named by the challenge that asks for authorization. */
  readonly challenged: readonly string[] | undefined;
  /** Asked for before, from the same authorization server. */
  readonly requested: readonly string[];
  readonly resource: ProtectedResource | undefined;
  readonly server: AuthorizationServer;
  /** Whether a refresh token would be of use. */
  readonly refreshable: boolean;
}

/**
 * The scopes to ask for: as few as do (2026-07-28 basic/authorization, scope selection strategy). An empty list
 * means that the parameter is left out.
 */
export function selectScopes(sources: ScopeSources): readonly string[] {
  const { challenged, requested, resource, server, refreshable } = sources;
  // Step-up: the union with what was asked for before, because servers name only what one operation needs.
  const needed = challenged ?? (requested.length > 0 ? [] : (resource?.scopesSupported ?? []));
  const scopes = new Set([...requested, ...needed]);
  // MAY be added where the authorization server lists it; alone it would displace the server's defaults.
  const offline = refreshable && server.scopesSupported.includes("offline_access");
  if (offline && scopes.size > 0) scopes.add("offline_access");
  return [...scopes];
}
