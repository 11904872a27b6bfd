import { type AuthorizationPlace, authorize } from "../client/grants/authorize.ts";
import type { Send } from "../client/outbound/send.ts";
import type { RedirectHandler } from "../client/redirect/redirect.ts";
import type { OAuthClient } from "../client/tokens/oauth-client.ts";
import { renewedTokens, type SavedTokens } from "./saved-tokens.ts";

/** What {@link signIn} needs. */
export interface SignInOptions {
  /** A service's own authorization server; parameters of its own stand in the address of its page. */
  readonly server: AuthorizationPlace;
  /** This program as it was registered there. */
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /** How the user gets there and back. */
  readonly redirect: RedirectHandler;
  readonly send: Send;
  readonly signal: AbortSignal;
}

/**
 * Signs the user of this machine in to a service that is no MCP server (RFC 8252, with PKCE).
 * @throws {OAuthError} when the user or the service says no, or nobody comes back in time
 */
export async function signIn({ client, redirect, ...task }: SignInOptions): Promise<SavedTokens> {
  const place = await redirect.open([], task.signal);
  try {
    const asked = { ...task, resource: undefined, dpop: undefined };
    return renewedTokens({ scopes: task.scopes }, await authorize(client, place, asked));
  } finally {
    await place.close();
  }
}
