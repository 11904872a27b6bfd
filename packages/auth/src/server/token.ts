import type { JsonObject } from "@portico/core";

/** What a token says, once it was found valid for this server. Never the token itself. */
export interface VerifiedToken {
  /** Who presents it; unique among all that this server accepts. */
  readonly id: string;
  readonly scopes: readonly string[];
  /** The claims the verifier was told to keep. */
  readonly claims: JsonObject;
  /** When it ends, in seconds since the epoch; absent for one that does not. */
  readonly expires?: number | undefined;
  /** The thumbprint of the key it is bound to (RFC 9449 section 6); such a token is no bearer token. */
  readonly thumbprint?: string | undefined;
}

/** One kind of token a server accepts. */
export interface TokenVerifier {
  /** The authorization server to ask for such tokens, where there is one. */
  readonly issuer?: string;
  /**
   * @param resource the server the token must be meant for
   * @returns nothing when it is no token of this kind, so that another verifier may know it
   * @throws {InvalidToken} when it is, and must be refused
   */
  verify(token: string, resource: string): Promise<VerifiedToken | undefined>;
}

/** A token that must be refused. The message is for the client, and says nothing of other tokens. */
export class InvalidToken extends Error {
  override readonly name = "InvalidToken";
}

/** A token cannot be judged now, because what it takes cannot be reached; it is refused all the same. */
export class CannotVerify extends Error {
  override readonly name = "CannotVerify";
}
