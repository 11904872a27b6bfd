import { OAuthError } from "../oauth-error.ts";
import type { RedirectHandler } from "../redirect/redirect.ts";
import type { OAuthClient, RegisteredClient } from "../tokens/oauth-client.ts";
import type { Tokens } from "../tokens/token-endpoint.ts";
import { authorize } from "./authorize.ts";
import { boundClient } from "./bound-client.ts";
import type { Grant, GrantPlace, GrantTask } from "./grant.ts";
import {
  type ClientDescription,
  forgetClient,
  recallClient,
  registerClient,
} from "./registration.ts";

/** What {@link authorizationCode} needs. */
export interface AuthorizationCodeOptions {
  /** What the user is told of this client where it registers itself. */
  readonly about: ClientDescription;
  /** How the user gets to the authorization server and back. */
  readonly redirect: RedirectHandler;
  /** This client where it was registered by hand; it is then used before anything else. */
  readonly client?: RegisteredClient;
  /** Where this client's metadata document is published: https, with a path. Servers that can read it, do. */
  readonly metadataUrl?: string;
}

/** Tokens that a user allows in a browser (OAuth 2.1 authorization code with PKCE). */
export function authorizationCode(options: AuthorizationCodeOptions): Grant {
  checkMetadataUrl(options.metadataUrl);
  return {
    refreshable: true,
    issuer: options.client?.issuer,
    client: (place) => knownClient(options, place),
    obtain: (task) => obtain(options, task),
  };
}

/**
 * The client to be at an authorization server, if it need not register first (2026-07-28
 * basic/authorization/client-registration: registered by hand, then metadata document, then dynamically).
 */
async function knownClient(
  { client, metadataUrl }: AuthorizationCodeOptions,
  place: GrantPlace,
): Promise<OAuthClient | undefined> {
  if (client) return boundClient(client, place);
  if (metadataUrl !== undefined && place.server.takesMetadataUrls) {
    return { clientId: metadataUrl, authMethod: "none" };
  }
  return recallClient(place);
}

async function obtain(options: AuthorizationCodeOptions, task: GrantTask): Promise<Tokens> {
  refuseWithoutPkce(task);
  const known = await knownClient(options, task);
  const redirect = await options.redirect.open(known?.redirectUris ?? [], task.signal);
  try {
    const fits = known && (known.redirectUris?.includes(redirect.uri) ?? true);
    const client = fits ? known : await registerClient(options.about, redirect.uri, task);
    return await authorize(client, redirect, task);
  } catch (error) {
    // The server forgot the registration: the next attempt makes a new one.
    if (error instanceof OAuthError && error.code === "invalid_client") await forgetClient(task);
    throw error;
  } finally {
    await redirect.close();
  }
}

function refuseWithoutPkce({ server }: GrantTask): void {
  // 2026-07-28 basic/authorization/security-considerations: MUST refuse to proceed.
  if (server.pkceMethods.includes("S256")) return;
  throw new OAuthError(
    `The authorization server ${server.issuer} does not say that it supports PKCE with S256; ask its operator to turn it on.`,
  );
}

function checkMetadataUrl(metadataUrl: string | undefined): void {
  if (metadataUrl === undefined) return;
  const url = URL.canParse(metadataUrl) ? new URL(metadataUrl) : undefined;
  // 2026-07-28 basic/authorization/client-registration: MUST be https and contain a path.
  if (url?.protocol === "https:" && url.pathname !== "/") return;
  throw new TypeError(
    "metadataUrl must be an https URL with a path, such as https://app.example/client.json.",
  );
}
