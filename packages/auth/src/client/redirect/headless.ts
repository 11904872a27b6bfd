import { OAuthError } from "../oauth-error.ts";
import type { RedirectHandler } from "./redirect.ts";

/** What {@link headless} needs. */
export interface HeadlessOptions {
  /** The redirect URI to claim; nobody need listen there. */
  readonly redirectUri: string;
  /** Opens the authorization page. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Reads the redirect from the authorization server's answer instead of showing a browser to a user. For tests,
 * and for servers that authorize without asking anybody.
 */
export function headless({
  redirectUri,
  fetch = globalThis.fetch,
}: HeadlessOptions): RedirectHandler {
  return {
    async open() {
      return {
        uri: redirectUri,
        async visit(authorization, signal) {
          const response = await fetch(authorization.href, {
            redirect: "manual",
            signal: signal ?? null,
          });
          await response.body?.cancel();
          const location = response.headers.get("location");
          if (location !== null && URL.canParse(location, authorization.href)) {
            const arrival = new URL(location, authorization);
            if (isSamePlace(arrival, new URL(redirectUri))) return arrival;
          }
          throw new OAuthError(
            `The authorization server ${authorization.origin} wants to talk to a user (status ${response.status}); open a browser instead.`,
          );
        },
        close() {},
      };
    },
  };
}

function isSamePlace(one: URL, other: URL): boolean {
  return one.origin === other.origin && one.pathname === other.pathname;
}
