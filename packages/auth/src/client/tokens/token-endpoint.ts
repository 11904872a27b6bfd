import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import { errorCode, errorWords, OAuthError } from "../oauth-error.ts";
import { type Fields, parseFields, text } from "../outbound/json-fields.ts";
import type { Reply, Send } from "../outbound/send.ts";
import type { DpopKey } from "./dpop.ts";
import { authenticate, type OAuthClient } from "./oauth-client.ts";

/** Where a token request goes. */
export type TokenEndpoint = Pick<AuthorizationServer, "issuer" | "authMethods" | "tokenEndpoint">;

/** A request for tokens. */
export interface TokenRequest {
  readonly server: TokenEndpoint;
  readonly client: OAuthClient;
  /** The grant and what belongs to it; what is undefined is left out. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** The key to bind the tokens to. */
  readonly dpop?: DpopKey | undefined;
}

/** Tokens as they were granted. */
export interface Tokens {
  readonly accessToken: string;
  readonly tokenType: "Bearer" | "DPoP";
  readonly refreshToken?: string | undefined;
  /** When to ask for new ones, a little before they expire; milliseconds since 1970. */
  readonly renewAt?: number | undefined;
  /** What was granted, where it is not what was asked for. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * Asks an authorization server for tokens.
 * @throws {OAuthError} with the server's `code` when it refuses
 */
export async function requestTokens(
  request: TokenRequest,
  send: Send,
  signal?: AbortSignal,
): Promise<Tokens> {
  const fields = await postTokenRequest(request, send, signal);
  const accessToken = text(fields, "access_token");
  const tokenType = tokenTypeOf(fields.token_type);
  if (accessToken === undefined || tokenType === undefined) {
    throw new OAuthError(
      `The authorization server ${request.server.issuer} granted no token that can be used; tell its operator.`,
    );
  }
  if (request.dpop && tokenType !== "DPoP") {
    throw new OAuthError(
      `The authorization server ${request.server.issuer} did not bind the token to the client's key as the MCP server wants; tell its operator.`,
    );
  }
  return {
    accessToken,
    tokenType,
    refreshToken: text(fields, "refresh_token"),
    renewAt: renewal(fields.expires_in),
    scopes: text(fields, "scope")?.split(" "),
  };
}

/** RFC 6749 section 5.1: the case of the type means nothing. */
function tokenTypeOf(value: unknown): Tokens["tokenType"] | undefined {
  const name = typeof value === "string" ? value.toLowerCase() : undefined;
  if (name === "bearer") return "Bearer";
  return name === "dpop" ? "DPoP" : undefined;
}

/** A minute before the end, or at nine tenths of a shorter life. */
function renewal(expiresIn: unknown): number | undefined {
  const seconds = typeof expiresIn === "string" ? Number.parseInt(expiresIn, 10) : expiresIn;
  if (typeof seconds !== "number" || !(seconds >= 0)) return undefined;
  return Date.now() + Math.max(seconds - 60, seconds * 0.9) * 1000;
}

/** Posts a token request and reads the fields of its answer. */
export async function postTokenRequest(
  request: TokenRequest,
  send: Send,
  signal?: AbortSignal,
): Promise<Fields> {
  const { server, dpop } = request;
  const url = new URL(server.tokenEndpoint);
  for (let again = true; ; again = false) {
    const { headers, body } = await write(request, url);
    const reply = await send({ method: "POST", url, headers, body: body.toString() }, signal);
    const fields = parseFields(reply.body) ?? {};
    const newNonce = dpop?.takeNonce(url.origin, reply.headers) ?? false;
    // GitHub refuses with 200.
    if (reply.status === 200 && fields.error === undefined) return fields;
    // RFC 9449 section 8: the server wants its nonce in the proof; one more try has it.
    if (again && newNonce && fields.error === "use_dpop_nonce") continue;
    throw refusal(request, reply, fields, body);
  }
}

async function write({ client, server, parameters, dpop }: TokenRequest, url: URL) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) body.set(name, value);
  }
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
  };
  await authenticate(client, server, headers, body);
  if (dpop) headers.dpop = await dpop.proof({ method: "POST", url });
  return { headers, body };
}

const ADVICE: Readonly<Record<string, string>> = {
  invalid_client: "check the client's id and secret or key",
  invalid_grant: "authorize again",
  invalid_scope: "ask its operator which scopes this client may have",
  unauthorized_client: "ask its operator to allow this client the grant",
  unsupported_grant_type: "use another grant",
};

const SECRETS = [
  "assertion",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "refresh_token",
  "subject_token",
];

function refusal(
  { server: { issuer }, client: { clientSecret = "" } }: TokenRequest,
  reply: Reply,
  fields: Fields,
  body: URLSearchParams,
): OAuthError {
  const secrets = [clientSecret, ...SECRETS.map((name) => body.get(name) ?? "")];
  const code = errorCode(fields.error);
  const words = errorWords(fields.error_description, secrets);
  const advice = (code && ADVICE[code]) ?? "try again later or tell its operator";
  return new OAuthError(
    `The authorization server ${issuer} refused a token with ${code ?? `status ${reply.status}`}${words}; ${advice}.`,
    code,
  );
}
