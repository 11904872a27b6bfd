import { readClaims } from "./claims.ts";
import { checkTrusted, fetchJson } from "./remote-json.ts";
import { CannotVerify, InvalidToken, type TokenVerifier } from "./token.ts";

/** Whom to ask about tokens, and as whom. */
export interface IntrospectionOptions {
  /** The authorization server, exactly as it writes itself. */
  readonly issuer: string;
  /** Its introspection endpoint. */
  readonly endpoint: string;
  /** This server's own credentials there. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** What `aud` must name. Default: the resource itself. */
  readonly audience?: string | readonly string[];
  /** Claims to keep for `principal.claims`. Default: none. */
  readonly claims?: readonly string[];
}

/** Most questions asked at once; what comes on top is refused, so that a flood is not passed on. */
const MOST_AT_ONCE = 64;

/**
 * Accepts tokens that their authorization server says are good (RFC 7662). It is asked about every token this
 * server does not remember: put it behind other verifiers.
 * @throws {TypeError} when an address is not trustworthy
 */
export function introspection(options: IntrospectionOptions): TokenVerifier {
  const { issuer, audience, claims: keep = [] } = options;
  checkTrusted(issuer, "issuer");
  const endpoint = checkTrusted(options.endpoint, "endpoint");
  const authorization = basic(options.clientId, options.clientSecret);
  let asking = 0;
  return {
    issuer,
    async verify(token, resource) {
      if (asking >= MOST_AT_ONCE) throw new CannotVerify("Too many tokens are being checked.");
      asking++;
      try {
        const claims = await fetchJson(endpoint, "The answer about a token", {
          method: "POST",
          headers: { authorization },
          body: new URLSearchParams({ token, token_type_hint: "access_token" }),
        });
        if (!claims) throw new CannotVerify("There is no introspection endpoint at its address.");
        // RFC 7662 section 2.2: nothing but `true` says that it is active.
        if (claims.active !== true) throw new InvalidToken("The token is not active.");
        return readClaims(claims, { issuer, audiences: [audience ?? resource].flat(), keep });
      } finally {
        asking--;
      }
    },
  };
}

/** RFC 6749 section 2.3.1: both parts form-encoded before they are joined. */
function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${btoa(`${encode(id)}:${encode(secret)}`)}`;
}
