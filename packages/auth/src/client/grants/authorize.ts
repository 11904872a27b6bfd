import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Send } from "../outbound/send.ts";
import { isSecure } from "../outbound/url-guard.ts";
import type { Redirect } from "../redirect/redirect.ts";
import type { DpopKey } from "../tokens/dpop.ts";
import type { OAuthClient } from "../tokens/oauth-client.ts";
import { requestTokens, type TokenEndpoint, type Tokens } from "../tokens/token-endpoint.ts";
import { readAuthorizationResponse } from "./authorization-response.ts";
import { type ProofKey, proofKey, randomText } from "./pkce.ts";

/** Where a user says yes or no, and where the answer is traded for tokens. */
export type AuthorizationPlace = TokenEndpoint &
  Pick<AuthorizationServer, "authorizationEndpoint" | "sendsIssuer">;

/** What a user is asked to allow. */
export interface AuthorizationTask {
  readonly server: AuthorizationPlace;
  /** The identifier of the MCP server; none for other services. */
  readonly resource: string | undefined;
  /** Empty: leave the choice to the authorization server. */
  readonly scopes: readonly string[];
  /** The key to bind the tokens to. */
  readonly dpop: DpopKey | undefined;
  readonly send: Send;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a user to the authorization server and trades what they come back with for tokens (OAuth 2.1, PKCE with S256).
 * @throws {OAuthError} when the user or the server says no, or nobody comes back
 */
export async function authorize(
  client: OAuthClient,
  redirect: Redirect,
  task: AuthorizationTask,
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
  { server, resource, scopes, dpop }: AuthorizationTask,
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
