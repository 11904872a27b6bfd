import { loopback, openBrowser, sendBy, signIn, tokenFile } from "@portico/auth/installed";
import { boundedFetch, type Fetch } from "@portico/remote-api";
import { readClientKeys } from "./client-keys.ts";
import { isGoogles, isReady } from "./list-accounts.ts";
import { DEFAULT_ACCOUNT, tokenPath } from "./places.ts";
import { parseScopes } from "./scopes.ts";
import type { AuthSettings } from "./settings.ts";

/** What signing in needs besides the operator's settings. */
export interface SignInTask {
  /** What tools need; the operator's own scopes take their place. */
  readonly scopes: readonly string[];
  /** Says something to the user, a line at a time. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
  /** Shows the page where the user says yes. Default: the system's browser, if there is one. */
  readonly show?: (url: URL) => Promise<void>;
  /** Asks for tokens. Default: with a time limit and retries. */
  readonly fetch?: Fetch;
}

/**
 * Signs the user in to Google in a browser and keeps the token for the server.
 * @throws {OAuthError} when the user or Google says no, or nobody comes back within five minutes
 * @throws {RemoteError} when there is no OAuth client, or Google cannot be reached
 */
export async function signInToGoogle(settings: AuthSettings, task: SignInTask): Promise<void> {
  const { tell, signal, show = openBrowser, fetch = boundedFetch() } = task;
  const { server, client, registered } = await readClientKeys(settings);
  const scopes = settings.scopes.length > 0 ? parseScopes(settings.scopes) : task.scopes;
  const redirect = loopback({
    ...(registered ? { registered } : settings.authPort && { port: settings.authPort }),
    async openBrowser(url) {
      tell(`Open this address in a browser of this machine and allow access:\n\n  ${url}\n`);
      // Without a desktop the user opens it.
      await show(url).catch(() => undefined);
    },
  });
  const tokens = await signIn({ server, client, scopes, redirect, send: sendBy(fetch), signal });
  await tokenFile(tokenPath(settings, settings.account), settings.tokenKey).write(tokens);
  tell(`The account "${settings.account}" is signed in.`);
  if (settings.account === DEFAULT_ACCOUNT && (isReady(settings) || isGoogles(settings))) {
    tell("Tokens or credentials are set, too, and are used before the sign-in: remove them.");
  }
  const denied = scopes.filter((scope) => !tokens.scopes?.includes(scope));
  if (denied.length > 0) {
    tell(`These were not allowed, and tools that need them stay hidden: ${denied.join(" ")}`);
  }
}
