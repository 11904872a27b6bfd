import type { AuthorizationServer } from "../discovery/authorization-server.ts";
import { errorCode, errorWords, OAuthError } from "../oauth-error.ts";

/** What is remembered of an authorization request until the user comes back. */
export interface PendingAuthorization {
  readonly server: Pick<AuthorizationServer, "issuer" | "sendsIssuer">;
  readonly state: string;
}

/**
 * Takes the code out of the URL that a user came back with.
 * @throws {OAuthError} when it does not belong to this request, or the user or the server said no
 */
export function readAuthorizationResponse(url: URL, pending: PendingAuthorization): string {
  const { server, state } = pending;
  const response = url.searchParams;
  if (single(response, "state") !== state) {
    throw new OAuthError(
      "The browser came back with an answer to another request; authorize again.",
    );
  }
  const iss = single(response, "iss");
  // RFC 9207 section 2.4 as 2026-07-28 basic/authorization has it: present MUST be equal, as text; missing is
  // refused where the server promised it. On a mismatch nothing else of the response may be used or shown.
  if (iss === undefined ? server.sendsIssuer : iss !== server.issuer) {
    throw new OAuthError(
      `The browser came back from an authorization server other than ${server.issuer}; do not authorize again before the MCP server's operator explains that.`,
    );
  }
  const code = single(response, "code");
  if (code !== undefined && !response.has("error")) return code;
  const error = errorCode(single(response, "error"));
  const words = errorWords(single(response, "error_description"));
  throw new OAuthError(
    error === "access_denied"
      ? `Access was denied${words}; authorize again to allow it.`
      : `The authorization server ${server.issuer} did not authorize (${error ?? "no code"})${words}; tell its operator.`,
    error,
  );
}

/** RFC 6749 section 3.1: a parameter that comes twice counts as none. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
