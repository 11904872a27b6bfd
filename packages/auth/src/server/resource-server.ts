import type {
  Authentication,
  Authenticator,
  HttpAnswer,
  HttpHead,
  HttpRoute,
  JsonObject,
  Principal,
} from "@portico/core";
import { ASYMMETRIC } from "./algorithms.ts";
import { type ChallengeFacts, challenge, checkScope, type Problem, refusal } from "./challenge.ts";
import { CLOCK_TOLERANCE_S } from "./claims.ts";
import { type Credentials, readCredentials, type Scheme, schemeOf } from "./credentials.ts";
import { type DpopOptions, ProofChecker, withoutQuery } from "./dpop.ts";
import { metadataRoute, metadataUrls } from "./metadata.ts";
import { CannotVerify, InvalidToken, type TokenVerifier, type VerifiedToken } from "./token.ts";
import { TokenCache } from "./token-cache.ts";

/** What a protected server is and whom it trusts. */
export interface ResourceServerOptions {
  /**
   * The URL of the MCP endpoint as clients know it, such as `https://mcp.example.com/mcp`. Tokens must be meant for
   * exactly this, whatever name the request came under.
   */
  readonly resource: string;
  /** What accepts tokens; the first that knows one decides. */
  readonly tokens: TokenVerifier | readonly TokenVerifier[];
  /** The scopes for ordinary use: what clients are told to ask for at first. Default: none. */
  readonly scopes?: readonly string[];
  /** For people: the server's name, and a page about it. */
  readonly name?: string;
  readonly documentation?: string;
  /** Accepts tokens bound to a key, with a proof for each request. Default: bearer tokens only. */
  readonly dpop?: DpopOptions;
}

/** What an HTTP server needs to be protected. */
export interface ResourceServer {
  readonly authenticator: Authenticator;
  /** The metadata documents (RFC 9728); none where no verifier has an issuer. */
  readonly routes: readonly HttpRoute[];
}

/**
 * Protects an MCP server: it takes a request's token, finds out whose it is, and answers those it cannot accept
 * with what they need to do better. A token goes no further than this.
 * @throws {TypeError} when the resource is no URL, or a scope is none
 */
export function resourceServer(options: ResourceServerOptions): ResourceServer {
  const resource = readResource(options.resource);
  const { scopes = [], dpop } = options;
  scopes.forEach(checkScope);
  const verifiers = [options.tokens].flat();
  const issuers = [...new Set(verifiers.flatMap(({ issuer }) => issuer ?? []))];
  const facts: ChallengeFacts = {
    metadataUrl: issuers.length > 0 ? metadataUrls(resource)[0] : undefined,
    schemes: schemesOf(dpop),
    proofAlgorithms: ASYMMETRIC,
  };
  return {
    authenticator: new TokenAuthenticator(options.resource, verifiers, facts, scopes, dpop),
    routes: issuers.length > 0 ? [metadataRoute(resource, describe(options, issuers))] : [],
  };
}

function readResource(resource: string): URL {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !resource.includes("#")) return url;
  throw new TypeError("resource must be an http or https URL without a fragment.");
}

function schemesOf(dpop: DpopOptions | undefined): readonly Scheme[] {
  if (!dpop) return ["Bearer"];
  return dpop.required ? ["DPoP"] : ["Bearer", "DPoP"];
}

function describe(options: ResourceServerOptions, issuers: string[]): JsonObject {
  const { resource, scopes, name, documentation, dpop } = options;
  return {
    resource,
    authorization_servers: issuers,
    bearer_methods_supported: ["header"],
    ...(scopes && { scopes_supported: [...scopes] }),
    ...(name !== undefined && { resource_name: name }),
    ...(documentation !== undefined && { resource_documentation: documentation }),
    ...(dpop && {
      dpop_signing_alg_values_supported: [...ASYMMETRIC],
      dpop_bound_access_tokens_required: dpop.required ?? false,
    }),
  };
}

class TokenAuthenticator implements Authenticator {
  readonly #resource: string;
  readonly #facts: ChallengeFacts;
  readonly #scopes: readonly string[];
  readonly #tokens: TokenCache;
  readonly #proofs: ProofChecker | undefined;
  readonly #bearer: boolean;
  readonly #principals = new WeakMap<VerifiedToken, Principal>();

  constructor(
    resource: string,
    verifiers: readonly TokenVerifier[],
    facts: ChallengeFacts,
    scopes: readonly string[],
    dpop: DpopOptions | undefined,
  ) {
    this.#resource = resource;
    this.#facts = facts;
    this.#scopes = scopes;
    this.#tokens = new TokenCache((token) => firstThatKnows(verifiers, token, resource));
    this.#proofs = dpop && new ProofChecker(dpop);
    this.#bearer = !dpop?.required;
  }

  async authenticate(head: HttpHead): Promise<Authentication> {
    const presented = readCredentials(head);
    if (presented.kind === "none") return { refusal: challenge(this.#facts, this.#scopes) };
    if (presented.kind === "malformed") {
      return this.#refuse({ error: "invalid_request", description: presented.reason }, head);
    }
    const { credentials } = presented;
    try {
      const token = await this.#tokens.get(credentials.token);
      const problem = await this.#unproven(token, credentials, head);
      if (problem) return await this.#refuse(problem, head);
      return { principal: this.#principalOf(token), expiresAt: endOf(token) };
    } catch (error) {
      if (error instanceof InvalidToken) {
        return this.#refuse({ error: "invalid_token", description: error.message }, head);
      }
      if (error instanceof CannotVerify) return { refusal: unavailable(error) };
      throw error;
    }
  }

  insufficientScope(scopes: readonly string[], head: HttpHead): HttpAnswer {
    const description = `This needs the scope ${scopes.join(" ")}.`;
    const scheme = schemeOf(head.header("authorization"));
    const problem: Problem = { error: "insufficient_scope", description };
    return challenge(this.#facts, scopes, problem, this.#offered(scheme));
  }

  /** What keeps a good token from being accepted as it was presented. */
  async #unproven(
    { thumbprint }: VerifiedToken,
    { scheme, token }: Credentials,
    head: HttpHead,
  ): Promise<Problem | undefined> {
    if (thumbprint === undefined) {
      if (scheme === "Bearer" && this.#bearer) return undefined;
      return invalid("The token is bound to no key.");
    }
    // RFC 9449 section 7.2: a bound token MUST NOT pass as a bearer token, or a thief could use it.
    if (scheme === "Bearer" || !this.#proofs) {
      return invalid("The token is bound to a key; present it with the DPoP scheme and a proof.");
    }
    return this.#proofs.check({
      proof: head.header("dpop"),
      method: head.method,
      urls: this.#urlsOf(head),
      token,
      thumbprint,
    });
  }

  /** Under the resource's own origin, because a request could name any; a proxy may have changed the path. */
  #urlsOf({ target }: HttpHead): string[] {
    const asked = URL.canParse(target, this.#resource)
      ? new URL(target, this.#resource).pathname
      : "";
    return [this.#resource, new URL(this.#resource).origin + asked].flatMap(
      (url) => withoutQuery(url) ?? [],
    );
  }

  async #refuse(problem: Problem, head: HttpHead): Promise<Authentication> {
    const scheme = this.#offered(schemeOf(head.header("authorization")));
    const answer = challenge(this.#facts, this.#scopes, problem, scheme);
    const nonce = scheme === "DPoP" ? await this.#proofs?.nonces?.current() : undefined;
    if (nonce === undefined) return { refusal: answer };
    return { refusal: { ...answer, headers: { ...answer.headers, "dpop-nonce": nonce } } };
  }

  /** The scheme a problem is reported under. */
  #offered(used: Scheme | undefined): Scheme {
    const { schemes } = this.#facts;
    return used !== undefined && schemes.includes(used) ? used : (schemes[0] ?? "Bearer");
  }

  /** The same object for the same token, so that what is worked out for a principal can be kept by it. */
  #principalOf(token: VerifiedToken): Principal {
    const { id, scopes, claims } = token;
    const principal = this.#principals.get(token) ?? { id, scopes, claims };
    this.#principals.set(token, principal);
    return principal;
  }
}

async function firstThatKnows(
  verifiers: readonly TokenVerifier[],
  token: string,
  resource: string,
): Promise<VerifiedToken> {
  for (const verifier of verifiers) {
    const verified = await verifier.verify(token, resource);
    if (verified) return verified;
  }
  throw new InvalidToken("The token is not from an issuer this server trusts.");
}

/** When a token is refused at last, in milliseconds since the epoch. */
function endOf({ expires }: VerifiedToken): number | undefined {
  return expires === undefined ? undefined : (expires + CLOCK_TOLERANCE_S) * 1000;
}

function invalid(description: string): Problem {
  return { error: "invalid_token", description };
}

/** Who cannot be known is not let in; but the token may be good, and another one would fare no better. */
function unavailable({ message }: CannotVerify): HttpAnswer {
  const problem = { error: "temporarily_unavailable", description: message };
  return refusal(503, problem, { "retry-after": "5" });
}
