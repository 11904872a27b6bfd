import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import type { Tokens } from "../tokens/token-endpoint.ts";
import { recall, type SecretStore } from "./secret-store.ts";

/** Tokens with all that is needed to renew them. */
export interface Granted extends Tokens {
  /** Who granted them; nobody else is ever sent the refresh token. */
  readonly server: AuthorizationServer;
  /** The identifier of the MCP server they are for, byte for byte as published. */
  readonly resource: string;
  /** The scopes asked for, which a later request for more adds to. */
  readonly requested: readonly string[];
}

const issuerKey = (server: URL) => JSON.stringify(["issuer-of-server", server.href]);
const tokenKey = (issuer: string, server: URL) => JSON.stringify(["tokens", issuer, server.href]);

/** What was granted for an MCP server before, by the authorization server it named last. */
export async function recallGranted(store: SecretStore, server: URL): Promise<Granted | undefined> {
  const issuer = await store.get(issuerKey(server));
  return issuer === undefined ? undefined : recall<Granted>(store, tokenKey(issuer, server));
}

/** Keeps what was granted, under the issuer that granted it. */
export async function keepGranted(store: SecretStore, server: URL, granted: Granted) {
  await store.set(tokenKey(granted.server.issuer, server), JSON.stringify(granted));
  await store.set(issuerKey(server), granted.server.issuer);
}
