import type { CryptoKey, JWK } from "jose";
import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import { OAuthError } from "../oauth-error.ts";

/** Ways a client proves at a token endpoint who it is. */
export type AuthMethod = "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";

/** A key a client signs with: PKCS #8 in PEM, a JSON Web Key, or a key of Web Crypto. */
export interface SigningKey {
  readonly key: string | JWK | CryptoKey;
  /** The JWS algorithm to sign with: `ES256`, `RS256`, `EdDSA`, ... */
  readonly algorithm: string;
  /** The `kid` under which the authorization server knows the key. */
  readonly keyId?: string;
}

/** A client as an authorization server knows it. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly signingKey?: SigningKey | undefined;
  /** Default: the best that the server offers and the client has the means for. */
  readonly authMethod?: AuthMethod | undefined;
  /** Where it is registered to receive users; without them, wherever its redirect handler does. */
  readonly redirectUris?: readonly string[] | undefined;
}

/** A client that was registered with an authorization server by hand. */
export interface RegisteredClient extends OAuthClient {
  /** The authorization server it was registered with. Without it: the first that the MCP server names. */
  readonly issuer?: string | undefined;
}

/**
 * Adds to a token request who asks.
 * @throws {OAuthError} when the client has nothing that the server takes
 */
export async function authenticate(
  client: OAuthClient,
  server: Pick<AuthorizationServer, "issuer" | "authMethods">,
  headers: Record<string, string>,
  body: URLSearchParams,
): Promise<void> {
  const { clientId, clientSecret = "" } = client;
  const method = client.authMethod ?? chooseMethod(client, server);
  if (method === "client_secret_basic") {
    headers.authorization = `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
    return;
  }
  body.set("client_id", clientId);
  if (method === "client_secret_post") body.set("client_secret", clientSecret);
  if (method !== "private_key_jwt") return;
  body.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  body.set("client_assertion", await clientAssertion(client, server.issuer));
}

function chooseMethod(
  client: OAuthClient,
  server: Pick<AuthorizationServer, "issuer" | "authMethods">,
): AuthMethod {
  // RFC 8414 section 2: what is not said is client_secret_basic; a key is there because it is known to be right.
  const { authMethods: offered = ["client_secret_basic", "private_key_jwt"] } = server;
  if (client.signingKey && offered.includes("private_key_jwt")) return "private_key_jwt";
  if (client.clientSecret !== undefined) {
    if (offered.includes("client_secret_basic")) return "client_secret_basic";
    if (offered.includes("client_secret_post")) return "client_secret_post";
  }
  if (!client.signingKey || offered.includes("none")) return "none";
  throw new OAuthError(
    `The authorization server ${server.issuer} does not take private_key_jwt; register the client there with a secret.`,
  );
}

/** A client's assertion of who it is (RFC 7523 section 2.2), good for one request within a minute. */
async function clientAssertion(client: OAuthClient, issuer: string): Promise<string> {
  if (!client.signingKey) {
    throw new OAuthError("The client is to authenticate by private_key_jwt; give it a signingKey.");
  }
  const { SignJWT } = await import("jose");
  const { algorithm, keyId } = client.signingKey;
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, ...(keyId !== undefined && { kid: keyId }) })
    .setIssuer(client.clientId)
    .setSubject(client.clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime("60s")
    .setJti(crypto.randomUUID())
    .sign(await importKey(client.signingKey));
}

async function importKey({ key, algorithm }: SigningKey) {
  const { importJWK, importPKCS8 } = await import("jose");
  try {
    if (typeof key === "string") return await importPKCS8(key, algorithm);
    return key instanceof CryptoKey ? key : await importJWK(key, algorithm);
  } catch {
    throw new OAuthError(
      `The client's signing key cannot be read as a key for ${algorithm}; give PKCS #8 in PEM or a JSON Web Key.`,
    );
  }
}

/** RFC 6749 section 2.3.1: both halves are encoded like a form before they are joined. */
function formEncode(value: string): string {
  return new URLSearchParams([["", value]]).toString().slice(1);
}
