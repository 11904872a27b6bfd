import {
  loopback,
  openBrowser,
  type SavedTokens,
  sendBy,
  signIn,
  signInByDevice,
  tokenFile,
} from "@portico/auth/installed";
import { boundedFetch, type Fetch, RemoteError } from "@portico/remote-api";
import type { Addresses } from "../api/base.ts";
import { loginServer } from "./login-server.ts";
import { tokenPath } from "./places.ts";
import type { AuthSettings } from "./settings.ts";

/** What signing in needs besides the operator's settings. */
export interface LoginTask {
  readonly addresses: Pick<Addresses, "pages">;
  /** Says something to the user, a line at a time. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
  /** Shows a page to the user. Default: the system's browser, if there is one. */
  readonly show?: (url: URL) => Promise<void>;
  /** Asks for tokens. Default: with a time limit and retries. */
  readonly fetch?: Fetch;
}

/** Where an OAuth App or GitHub App is registered to receive users; GitHub lets the port differ on loopback. */
const REGISTERED = new URL("http://localhost/callback");

/**
 * Signs the user in to GitHub and keeps the token for the server: in a browser of this machine where the client has a
 * secret, which GitHub wants to see there, else by a code typed on any device.
 * @throws {OAuthError} when the user or GitHub says no, or nobody comes back in time
 * @throws {RemoteError} when there is no OAuth client, or GitHub cannot be reached
 */
export async function logIn(settings: AuthSettings, task: LoginTask): Promise<void> {
  const tokens = await (settings.clientSecret === undefined
    ? byDevice(settings, task)
    : inBrowser(settings, task));
  await tokenFile(tokenPath(settings, settings.account), settings.tokenKey).write(tokens);
  task.tell(`The account "${settings.account}" is signed in.`);
  if (settings.token === undefined && !settings.app) return;
  task.tell("A token or a GitHub App is set, too, and is used before the sign-in: remove it.");
}

async function inBrowser(
  settings: AuthSettings,
  { addresses, tell, signal, show = openBrowser, fetch = boundedFetch() }: LoginTask,
): Promise<SavedTokens> {
  const { clientSecret, oauthScopes: scopes, callbackPort: port } = settings;
  return signIn({
    server: loginServer(addresses),
    client: { clientId: clientIdOf(settings, addresses), clientSecret },
    scopes,
    redirect: loopback({
      registered: REGISTERED,
      ...(port !== undefined && { port }),
      async openBrowser(url) {
        tell(`Open this address in a browser of this machine and allow access:\n\n  ${url}\n`);
        // Without a desktop the user opens it.
        await show(url).catch(() => undefined);
      },
    }),
    send: sendBy(fetch),
    signal,
  });
}

async function byDevice(
  settings: AuthSettings,
  { addresses, tell, signal, show = openBrowser, fetch = boundedFetch() }: LoginTask,
): Promise<SavedTokens> {
  const server = loginServer(addresses);
  return signInByDevice({
    server,
    deviceEndpoint: server.deviceEndpoint,
    client: { clientId: clientIdOf(settings, addresses) },
    scopes: settings.oauthScopes,
    send: sendBy(fetch),
    show({ userCode, page }) {
      tell(`Open ${page} on any device and type this code:\n\n  ${userCode}\n`);
      void show(page).catch(() => undefined);
    },
    signal,
  });
}

function clientIdOf({ clientId }: AuthSettings, { pages }: Pick<Addresses, "pages">): string {
  if (clientId !== undefined) return clientId;
  throw new RemoteError(
    "no-credentials",
    `No OAuth client is set: register an OAuth App or GitHub App at ${pages}/settings/applications/new with the callback http://localhost/callback, and set GITHUB_OAUTH_CLIENT_ID.`,
  );
}
