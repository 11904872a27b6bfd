import { OAuthError } from "../client/oauth-error.ts";
import type { Send } from "../client/outbound/send.ts";
import type { OAuthClient } from "../client/tokens/oauth-client.ts";
import { requestTokens, type TokenEndpoint } from "../client/tokens/token-endpoint.ts";
import { renewedTokens, type SavedTokens } from "./saved-tokens.ts";
import type { TokenStore } from "./token-store.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** What a {@link TokenSession} renews tokens with. */
export interface Renewal {
  readonly server: TokenEndpoint;
  readonly client: OAuthClient;
  readonly send: Send;
}

/** What a {@link TokenSession} is made of. */
export interface TokenSessionOptions {
  readonly store: TokenStore;
  /** How to renew; asked for when the first token ends. */
  readonly renewal: () => Promise<Renewal>;
  /** Told in a sentence when new tokens cannot be written down; they are used all the same. */
  readonly warn: (sentence: string) => void;
}

/** The tokens of one account, renewed when they end. */
export interface TokenSession {
  /**
   * An access token; of many callers at once one renews it, also of several processes. Undefined when nobody signed in.
   * @throws {OAuthError} when it cannot be renewed; {@link isSignedOut} says whether only signing in helps
   */
  accessToken(signal: AbortSignal): Promise<string | undefined>;
  /** Says that the service refused this token before its time. */
  refused(accessToken: string): void;
  /** What was granted, as far as it is known, without asking anybody. */
  scopes(): Promise<readonly string[] | undefined>;
}

/** Keeps an account signed in. */
export function tokenSession(options: TokenSessionOptions): TokenSession {
  const { store } = options;
  const memory = rememberedTokens(options);
  let refusedToken: string | undefined;
  let renewing: Promise<SavedTokens | undefined> | undefined;
  const isStale = (tokens: SavedTokens) => tokens.accessToken === refusedToken || hasEnded(tokens);

  // It is not ended by a caller who gives up: a refresh token that was used is lost unless its answer is kept.
  const renew = () =>
    store.exclusively(async () => {
      const latest = await memory.recall(0);
      if (!latest || !isStale(latest)) return latest;
      return memory.keep(await renewed(latest, options));
    });

  return {
    async accessToken(signal) {
      signal.throwIfAborted();
      const known = await memory.recall(REMEMBERED_MS);
      if (!known || !isStale(known)) return known?.accessToken;
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      return (await unlessAborted(renewing, signal))?.accessToken;
    },
    refused(accessToken) {
      refusedToken = accessToken;
    },
    scopes: async () => (await memory.recall(REMEMBERED_MS))?.scopes,
  };
}

/** Somebody may sign in again meanwhile, with more scopes; it is seen this many milliseconds later. */
const REMEMBERED_MS = 5_000;

/** What a store holds, without reading it each time. */
function rememberedTokens({ store, warn }: TokenSessionOptions) {
  let tokens: SavedTokens | undefined;
  let readAt = 0;
  return {
    /** The tokens, as they were no longer ago than `age` milliseconds. */
    async recall(age: number): Promise<SavedTokens | undefined> {
      if (tokens && Date.now() - readAt < age) return tokens;
      const found = await store.read().catch((error: unknown) => {
        // What is damaged meanwhile is of no concern before it is needed.
        if (!tokens || hasEnded(tokens)) throw error;
        return undefined;
      });
      readAt = Date.now();
      tokens = found ?? tokens;
      return tokens;
    },
    async keep(renewed: SavedTokens): Promise<SavedTokens> {
      tokens = renewed;
      await store.write(renewed).catch((error: NodeJS.ErrnoException) => {
        warn(`The renewed token could not be written down (${error.code ?? error.name}).`);
        // The store still has the old ones, whose refresh token is used up.
        readAt = Number.POSITIVE_INFINITY;
      });
      return renewed;
    },
  };
}

async function renewed(
  tokens: SavedTokens,
  { store, renewal }: TokenSessionOptions,
): Promise<SavedTokens> {
  const { refreshToken } = tokens;
  if (refreshToken === undefined) {
    throw new OAuthError(
      "The saved sign-in has ended and cannot be renewed; sign in again.",
      ENDED,
    );
  }
  const { server, client, send } = await renewal();
  const parameters = { grant_type: "refresh_token", refresh_token: refreshToken };
  try {
    return renewedTokens(tokens, await requestTokens({ server, client, parameters }, send));
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    // Where no lock could be made, another process may have used up the refresh token and kept the new one.
    const latest = await store.read();
    if (latest?.refreshToken !== refreshToken && latest && !hasEnded(latest)) return latest;
    throw error;
  }
}

const ENDED = "invalid_grant";

/** Whether a failure says that only signing in again helps. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof OAuthError && [ENDED, "bad_refresh_token"].includes(error.code ?? "");
}

function hasEnded({ accessToken, renewAt = Number.POSITIVE_INFINITY }: SavedTokens): boolean {
  return accessToken === undefined || Date.now() >= renewAt;
}
