import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import { errorCode, errorWords, OAuthError } from "../oauth-error.ts";
import { parseFields, text } from "../outbound/json-fields.ts";
import { recall } from "../store/secret-store.ts";
import type { AuthMethod, OAuthClient } from "../tokens/oauth-client.ts";
import type { GrantPlace, GrantTask } from "./grant.ts";

/** What a user is told of the client. */
export interface ClientDescription {
  readonly name: string;
  /** A page about the client. */
  readonly uri?: string | undefined;
}

/** A client that registered itself; its secret may have an end, in milliseconds since 1970. */
interface DynamicClient extends OAuthClient {
  readonly expiresAt?: number | undefined;
}

const keyOf = (server: AuthorizationServer) => JSON.stringify(["client", server.issuer]);
const METHODS: readonly string[] = ["none", "client_secret_basic", "client_secret_post"];

/** The client that registered itself at this authorization server before. */
export async function recallClient({
  server,
  store,
}: GrantPlace): Promise<OAuthClient | undefined> {
  const client = await recall<DynamicClient>(store, keyOf(server));
  return Date.now() >= (client?.expiresAt ?? Number.POSITIVE_INFINITY) ? undefined : client;
}

/** Forgets a registration that the authorization server does not know any more. */
export async function forgetClient({ server, store }: GrantPlace): Promise<void> {
  await store.delete(keyOf(server));
}

/**
 * Registers the client with an authorization server (RFC 7591) and keeps what it was given, for that server only.
 * @throws {OAuthError} when the server does not take it
 */
export async function registerClient(
  description: ClientDescription,
  redirectUri: string,
  { server, store, send, signal }: GrantTask,
): Promise<OAuthClient> {
  if (server.registrationEndpoint === undefined) {
    throw new OAuthError(
      `The authorization server ${server.issuer} registers no clients by itself; register this client there and configure its id.`,
    );
  }
  const reply = await send(
    {
      method: "POST",
      url: new URL(server.registrationEndpoint),
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(metadata(description, redirectUri, server)),
    },
    signal,
  );
  const fields = parseFields(reply.body) ?? {};
  const clientId = text(fields, "client_id");
  if (reply.status < 200 || reply.status > 299 || clientId === undefined) {
    const code = errorCode(fields.error);
    throw new OAuthError(
      `The authorization server ${server.issuer} refused to register this client with ${code ?? `status ${reply.status}`}${errorWords(fields.error_description)}; register it there by hand and configure its id.`,
      code,
    );
  }
  const method = text(fields, "token_endpoint_auth_method");
  // RFC 7591 section 3.2.1: in seconds, and 0 for no end.
  const end = Number(fields.client_secret_expires_at);
  const client: DynamicClient = {
    clientId,
    expiresAt: end > 0 ? end * 1000 : undefined,
    clientSecret: text(fields, "client_secret"),
    authMethod:
      method !== undefined && METHODS.includes(method) ? (method as AuthMethod) : undefined,
    redirectUris: [redirectUri],
  };
  await store.set(keyOf(server), JSON.stringify(client));
  return client;
}

function metadata(
  description: ClientDescription,
  redirectUri: string,
  server: AuthorizationServer,
) {
  const offered = server.authMethods ?? ["none"];
  return {
    client_name: description.name,
    client_uri: description.uri,
    redirect_uris: [redirectUri],
    // 2026-07-28 basic/authorization: clients that want refresh tokens SHOULD name the grant.
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: METHODS.find((method) => offered.includes(method)) ?? "none",
    // 2026-07-28 basic/authorization/client-registration: MUST be said; it decides which redirect URIs may be.
    application_type: isRemote(new URL(redirectUri)) ? "web" : "native",
  };
}

function isRemote({ protocol, hostname }: URL): boolean {
  return protocol === "https:" && hostname !== "localhost";
}
