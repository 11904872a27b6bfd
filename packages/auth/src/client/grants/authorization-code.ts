import { OAuthError } from "../oauth-error.ts";
import { isSecure } from "../outbound/url-guard.ts";
import type { Redirect, RedirectHandler } from "../redirect/redirect.ts";
import type { OAuthClient, RegisteredClient } from "../tokens/oauth-client.ts";
import { requestTokens, type Tokens } from "../tokens/token-endpoint.ts";
import { readAuthorizationResponse } from "./authorization-response.ts";
import { boundClient } from "./bound-client.ts";
import type { Grant, GrantPlace, GrantTask } from "./grant.ts";
import { type ProofKey, proofKey, randomText } from "./pkce.ts";
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

async function authorize(
  client: OAuthClient,
  redirect: Redirect,
  task: GrantTask,
): Promise<Tokens> {
  const { server, dpop, send, signal } = task;
  const [state, key] = [randomText(), await proofKey()];
  const url = await authorizationUrl(client, redirect.uri, state, key, task);
  const code = readAuthorizationResponse(await redirect.visit(url, signal), { server, state });
  const parameters = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirect.uri,
    code_verifier: key.verifier,
    resource: task.resource,
  };
  return requestTokens({ server, client, parameters, dpop }, send, signal);
}

async function authorizationUrl(
  { clientId }: OAuthClient,
  redirectUri: string,
  state: string,
  { challenge }: ProofKey,
  { server, resource, scopes, dpop }: GrantTask,
): Promise<URL> {
  const url = endpointOf(server.authorizationEndpoint, server.issuer);
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    resource,
    scope: scopes.join(" ") || undefined,
    // OpenID Connect Core section 11: without consent, offline_access is ignored.
    prompt: scopes.includes("offline_access") ? "consent" : undefined,
    dpop_jkt: await dpop?.thumbprint(),
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

function endpointOf(endpoint: string | undefined, issuer: string): URL {
  if (endpoint !== undefined && URL.canParse(endpoint)) {
    const url = new URL(endpoint);
    // Security best practices: a browser MUST be sent to http(s) only; the code must not travel in the clear.
    if (isSecure(url)) return url;
  }
  throw new OAuthError(
    `The authorization server ${issuer} has no page to authorize at that is safe to open; use a grant without a user, or tell its operator.`,
  );
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
