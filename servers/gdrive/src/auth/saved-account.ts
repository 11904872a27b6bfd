import { isSignedOut, OAuthError, type TokenSession } from "@portico/auth/installed";
import { RemoteError } from "@portico/remote-api";
import type { Account } from "./account.ts";

/** An account whose tokens are kept and renewed here. */
export function savedAccount(name: string, session: TokenSession): Account {
  const sentence = `Google no longer accepts the sign-in of the account "${name}"; ${signInLine(name)}.`;
  return accountOn(name, session, sentence);
}

/** An account whose tokens came with the settings: a sign-in would not take their place. */
export function givenAccount(name: string, session: TokenSession): Account {
  const sentence =
    "Google no longer accepts the token the server was given; start it with a new one in GDRIVE_ACCESS_TOKEN, or with GDRIVE_REFRESH_TOKEN.";
  return accountOn(name, session, sentence);
}

function accountOn(name: string, session: TokenSession, whenRefused: string): Account {
  return {
    name,
    async accessToken(signal) {
      const token = await session.accessToken(signal).catch((error: unknown) => {
        throw forCaller(error, whenRefused);
      });
      if (token !== undefined) return token;
      throw new RemoteError(
        "no-credentials",
        `The account "${name}" is signed out; ${signInLine(name)}.`,
      );
    },
    refused: session.refused,
    async grantedScopes() {
      // A file that cannot be read says so where it is needed; lists of tools go on.
      const scopes = await session.scopes().catch(() => undefined);
      return scopes && new Set(scopes);
    },
  };
}

/** What to run to sign an account in. */
function signInLine(name: string): string {
  const isPlain = /^[\w.@-]+$/.test(name);
  if (name === "default") return "run portico-gdrive auth";
  return `run portico-gdrive auth --account=${isPlain ? name : JSON.stringify(name)}`;
}

function forCaller(error: unknown, whenRefused: string): unknown {
  if (isSignedOut(error)) return new RemoteError("no-credentials", whenRefused);
  return error instanceof OAuthError ? new RemoteError("no-credentials", error.message) : error;
}
