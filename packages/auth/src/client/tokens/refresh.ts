import type { Grant, GrantPlace } from "../grants/grant.ts";
import { forgetClient } from "../grants/registration.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Granted } from "../store/granted.ts";
import type { DpopKey } from "./dpop.ts";
import { requestTokens } from "./token-endpoint.ts";

/** Codes that say: this refresh token will never do. */
const HOPELESS = new Set([
  "invalid_grant",
  "invalid_client",
  "unauthorized_client",
  "invalid_scope",
]);

/**
 * Renews tokens by their refresh token.
 * @returns undefined when only a new authorization helps
 * @throws {OAuthError} when the authorization server could not be asked
 */
export async function refreshTokens(
  granted: Granted,
  grant: Grant,
  place: GrantPlace,
  dpop: DpopKey | undefined,
  signal?: AbortSignal,
): Promise<Granted | undefined> {
  const { refreshToken, server, resource } = granted;
  const client = refreshToken === undefined ? undefined : await grant.client(place);
  if (!client) return undefined;
  const parameters = { grant_type: "refresh_token", refresh_token: refreshToken, resource };
  try {
    const tokens = await requestTokens({ server, client, parameters, dpop }, place.send, signal);
    return {
      ...granted,
      ...tokens,
      // RFC 6749 section 6: what is not said stays as it was.
      refreshToken: tokens.refreshToken ?? refreshToken,
      scopes: tokens.scopes ?? granted.scopes,
    };
  } catch (error) {
    if (!(error instanceof OAuthError && HOPELESS.has(error.code ?? ""))) throw error;
    if (error.code === "invalid_client") await forgetClient(place);
    return undefined;
  }
}
