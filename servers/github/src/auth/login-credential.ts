import { isSignedOut, OAuthError, sendBy, tokenFile, tokenSession } from "@portico/auth/installed";
import { boundedFetch, RemoteError } from "@portico/remote-api";
import type { Credential } from "./credential.ts";
import { loginServer } from "./login-server.ts";
import type { Surroundings } from "./open-credentials.ts";
import { tokenPath } from "./places.ts";
import type { AuthSettings } from "./settings.ts";

/**
 * Somebody who signed in by the command login; their token is renewed where it ends.
 * @param nobody what is thrown where nobody did
 */
export function loginCredential(
  account: string,
  settings: AuthSettings,
  { addresses, warn, fetch = boundedFetch() }: Surroundings,
  nobody: () => RemoteError,
): Credential {
  const { clientId, clientSecret, tokenKey } = settings;
  const session = tokenSession({
    store: tokenFile(tokenPath(settings, account), tokenKey),
    async renewal() {
      if (clientId === undefined)
        throw refused("set GITHUB_OAUTH_CLIENT_ID, with which it was made");
      return {
        server: loginServer(addresses),
        client: { clientId, clientSecret },
        send: sendBy(fetch),
      };
    },
    warn,
  });
  const refused = (advice: string) =>
    new RemoteError(
      "no-credentials",
      `The sign-in of the account "${account}" has ended; ${advice}.`,
    );
  return {
    identity: `login ${account}`,
    async authorization(signal) {
      const token = await session.accessToken(signal).catch((error: unknown) => {
        if (isSignedOut(error)) throw refused("run portico-github login");
        throw error instanceof OAuthError
          ? new RemoteError("no-credentials", error.message)
          : error;
      });
      if (token === undefined) throw nobody();
      return `Bearer ${token}`;
    },
  };
}
