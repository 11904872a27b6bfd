import { OAuthError } from "../oauth-error.ts";
import type { RegisteredClient } from "../tokens/oauth-client.ts";
import type { GrantPlace } from "./grant.ts";

/**
 * Lets a client that was registered by hand go only where it was registered. A client without an issuer is bound
 * to the first authorization server it is used at, also over restarts.
 * @throws {OAuthError} when the MCP server names another authorization server now
 */
export async function boundClient<C extends RegisteredClient>(
  client: C,
  { server, store }: GrantPlace,
): Promise<C> {
  const key = JSON.stringify(["issuer-of-client", client.clientId]);
  const issuer = client.issuer ?? (await store.get(key));
  if (issuer === undefined) await store.set(key, server.issuer);
  if (issuer === undefined || issuer === server.issuer) return client;
  // 2026-07-28 basic/authorization/client-registration: credentials MUST NOT be used at another server.
  throw new OAuthError(
    `The MCP server now names the authorization server ${server.issuer}, but client ${client.clientId} is registered with ${issuer}; register it there, or say which issuer it belongs to.`,
  );
}
