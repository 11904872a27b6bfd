import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import type { Send } from "../outbound/send.ts";
import type { SecretStore } from "../store/secret-store.ts";
import type { DpopKey } from "../tokens/dpop.ts";
import type { OAuthClient } from "../tokens/oauth-client.ts";
import type { Tokens } from "../tokens/token-endpoint.ts";

/** What a grant has to work with at one authorization server. */
export interface GrantPlace {
  readonly server: AuthorizationServer;
  readonly send: Send;
  readonly store: SecretStore;
}

/** Tokens that somebody asks a grant for. */
export interface GrantTask extends GrantPlace {
  /** The identifier of the MCP server, byte for byte as published. */
  readonly resource: string;
  /** Empty: leave the choice to the authorization server. */
  readonly scopes: readonly string[];
  /** The key to bind the tokens to. */
  readonly dpop: DpopKey | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One way to come by tokens: with a user's consent, or in the client's own name. */
export interface Grant {
  /** Whether refresh tokens are of use to it; a client that needs no user asks anew just as well. */
  readonly refreshable: boolean;
  /** The issuer it is made for, where it is bound to one. */
  readonly issuer?: string | undefined;
  /** Hosts that whoever configured it vouches for, wherever they are. */
  readonly trustedHosts?: readonly string[];
  /** The client that tokens were given to; undefined when the authorization server does not know it (any more). */
  client(place: GrantPlace): Promise<OAuthClient | undefined>;
  /**
   * Comes by new tokens.
   * @throws {OAuthError} when they are refused, with what to do
   */
  obtain(task: GrantTask): Promise<Tokens>;
}

/** The parameters that every token request for a task has. */
export function sharedParameters(task: GrantTask): Record<string, string | undefined> {
  // 2026-07-28 basic/authorization: resource MUST be included, whether or not the server supports it.
  return { resource: task.resource, scope: task.scopes.join(" ") || undefined };
}
