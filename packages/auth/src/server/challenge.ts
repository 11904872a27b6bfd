import type { HttpAnswer } from "@portico/core";
import type { Scheme } from "./credentials.ts";

/** The errors of RFC 6750 section 3.1 and RFC 9449 section 7.1. */
export type ChallengeError =
  | "invalid_request"
  | "invalid_token"
  | "insufficient_scope"
  | "invalid_dpop_proof"
  | "use_dpop_nonce";

const STATUS: Readonly<Record<ChallengeError, number>> = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
};

/** What is wrong with a request. */
export interface Problem {
  readonly error: ChallengeError;
  /** One sentence for whoever reads the client's log. */
  readonly description: string;
}

/** What every challenge of one server says. */
export interface ChallengeFacts {
  /** Where the metadata document is, when there is one (RFC 9728 section 5.1). */
  readonly metadataUrl: string | undefined;
  /** The schemes that are accepted, the usual one first. */
  readonly schemes: readonly Scheme[];
  /** The algorithms proofs may be signed with. */
  readonly proofAlgorithms: readonly string[];
}

/**
 * Refuses a request, and says how a better one would look.
 * @param scopes what to ask the authorization server for; all at once (basic/authorization: SHOULD)
 * @param problem absent for a request that brought no credentials, which is no error (RFC 6750 section 3.1)
 * @param scheme the one the request used, whose challenge carries the problem
 */
export function challenge(
  facts: ChallengeFacts,
  scopes: readonly string[],
  problem?: Problem,
  scheme: Scheme = facts.schemes[0] ?? "Bearer",
): HttpAnswer {
  const challenges = facts.schemes.map((each) => {
    const parameters = Object.entries({
      ...(each === scheme &&
        problem && { error: problem.error, error_description: problem.description }),
      ...(scopes.length > 0 && { scope: scopes.join(" ") }),
      ...(facts.metadataUrl !== undefined && { resource_metadata: facts.metadataUrl }),
      ...(each === "DPoP" && { algs: facts.proofAlgorithms.join(" ") }),
    });
    const written = parameters.map(([name, value]) => `${name}=${quoted(value)}`).join(", ");
    return written === "" ? each : `${each} ${written}`;
  });
  return refusal(problem ? STATUS[problem.error] : 401, problem ?? noToken(facts), {
    "www-authenticate": challenges.join(", "),
  });
}

function noToken({ metadataUrl }: ChallengeFacts) {
  const source =
    metadataUrl === undefined
      ? "its operator hands them out"
      : "the WWW-Authenticate header says where to get one";
  return { error: "unauthorized", description: `Send an access token; ${source}.` };
}

/** A whole answer to a request that is refused. */
export function refusal(
  status: number,
  { error, description }: { readonly error: string; readonly description: string },
  headers: Readonly<Record<string, string>>,
): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify({ error, error_description: description }),
  };
}

/** RFC 9110 section 5.6.4. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * Checks that `scope` can stand in a challenge (RFC 6749 section 3.3).
 * @throws {TypeError} when it cannot
 */
export function checkScope(scope: string): void {
  if (/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) return;
  throw new TypeError(
    `${JSON.stringify(scope)} is no scope: it is one word of ASCII without quotes.`,
  );
}
