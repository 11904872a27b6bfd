import { LATEST_REVISION } from "@portico/core";
import { OAuthError } from "../oauth-error.ts";
import { type Fields, parseFields, text, texts } from "../outbound/json-fields.ts";
import type { Send } from "../outbound/send.ts";

const OAUTH = "/.well-known/oauth-authorization-server";
const OIDC = "/.well-known/openid-configuration";

/** What an authorization server says of itself (RFC 8414), as far as a client needs it. */
export interface AuthorizationServer {
  /** Byte for byte the issuer it was looked up by. */
  readonly issuer: string;
  readonly authorizationEndpoint: string | undefined;
  readonly tokenEndpoint: string;
  readonly registrationEndpoint: string | undefined;
  readonly scopesSupported: readonly string[];
  /** How clients may authenticate at the token endpoint; undefined where it does not say. */
  readonly authMethods: readonly string[] | undefined;
  readonly pkceMethods: readonly string[];
  /** Signature algorithms it takes in proofs of possession. */
  readonly dpopAlgorithms: readonly string[];
  /** Whether every authorization response names the issuer (RFC 9207). */
  readonly sendsIssuer: boolean;
  /** Whether a URL of a metadata document may stand for a client. */
  readonly takesMetadataUrls: boolean;
}

/**
 * Looks up the metadata of the authorization server that an MCP server named.
 * @throws {OAuthError} when there is none, or it is another server's
 */
export async function findAuthorizationServer(
  issuer: string,
  send: Send,
  signal?: AbortSignal,
): Promise<AuthorizationServer> {
  if (!URL.canParse(issuer)) {
    throw new OAuthError(
      "The MCP server names an authorization server that is no URL; tell its operator.",
    );
  }
  for (const url of metadataPlaces(new URL(issuer))) {
    const fields = await fetchFields(url, send, signal);
    if (!fields) continue;
    // RFC 8414 section 3.3: MUST be identical to the issuer the URL was built from, else MUST NOT be used.
    if (fields.issuer !== issuer) throw wrongIssuer(url);
    return read(fields, issuer);
  }
  throw new OAuthError(
    `The authorization server ${new URL(issuer).origin} publishes no metadata; tell the operator of the MCP server that names it.`,
  );
}

/**
 * The authorization server of a server of 2025-03-26, which is its own: metadata at the root of its origin, or
 * else endpoints at fixed paths (2025-03-26 basic/authorization: MUST).
 */
export async function findOwnAuthorizationServer(
  server: URL,
  send: Send,
  signal?: AbortSignal,
): Promise<AuthorizationServer> {
  const { origin } = server;
  const url = new URL(OAUTH, origin);
  const fields = await fetchFields(url, send, signal);
  if (fields) {
    const { issuer } = fields;
    if (issuer !== origin && issuer !== `${origin}/`) throw wrongIssuer(url);
    return read(fields, issuer);
  }
  return {
    issuer: origin,
    authorizationEndpoint: `${origin}/authorize`,
    tokenEndpoint: `${origin}/token`,
    registrationEndpoint: `${origin}/register`,
    scopesSupported: [],
    authMethods: undefined,
    // That revision demands PKCE of every server, and these endpoints publish nothing that could say so.
    pkceMethods: ["S256"],
    dpopAlgorithms: [],
    sendsIssuer: false,
    takesMetadataUrls: false,
  };
}

/** 2026-07-28 basic/authorization/authorization-server-discovery: MUST try these, in this order. */
function metadataPlaces(issuer: URL): URL[] {
  const path = issuer.pathname.replace(/\/$/, "");
  const places = [OAUTH + path, OIDC + path];
  if (path !== "") places.push(path + OIDC);
  return places.map((place) => new URL(place, issuer.origin));
}

async function fetchFields(
  url: URL,
  send: Send,
  signal?: AbortSignal,
): Promise<Fields | undefined> {
  // 2025-03-26 basic/authorization: clients SHOULD name their revision here; servers of later ones ignore it.
  const headers = { accept: "application/json", "mcp-protocol-version": LATEST_REVISION };
  const { status, body } = await send({ method: "GET", url, headers }, signal);
  return status === 200 ? parseFields(body) : undefined;
}

function wrongIssuer(url: URL): OAuthError {
  return new OAuthError(
    `The metadata at ${url.origin} is that of another authorization server; do not trust the MCP server that names it before its operator explains that.`,
  );
}

function read(fields: Fields, issuer: string): AuthorizationServer {
  const tokenEndpoint = text(fields, "token_endpoint");
  if (tokenEndpoint === undefined || !URL.canParse(tokenEndpoint)) {
    throw new OAuthError(
      `The authorization server ${issuer} names no token endpoint; tell its operator.`,
    );
  }
  return {
    issuer,
    authorizationEndpoint: text(fields, "authorization_endpoint"),
    tokenEndpoint,
    registrationEndpoint: text(fields, "registration_endpoint"),
    scopesSupported: texts(fields, "scopes_supported") ?? [],
    authMethods: texts(fields, "token_endpoint_auth_methods_supported"),
    pkceMethods: texts(fields, "code_challenge_methods_supported") ?? [],
    dpopAlgorithms: texts(fields, "dpop_signing_alg_values_supported") ?? [],
    sendsIssuer: fields.authorization_response_iss_parameter_supported === true,
    takesMetadataUrls: fields.client_id_metadata_document_supported === true,
  };
}
