import { RemoteError } from "./failures.ts";
import type { Layer, Outgoing } from "./fetch.ts";

const MOST = 5;

/** Headers that say who asks, besides those a service has of its own. */
const SECRETS = ["authorization", "cookie", "proxy-authorization"];

/** Where redirects may lead. */
export interface RedirectRules {
  /** More headers that carry a credential, as `x-subscription-token`. */
  readonly secretHeaders?: readonly string[];
  /** Whether a redirect may lead to another host, without credentials. Default: none may. */
  readonly allows?: (url: URL) => boolean;
}

/**
 * Follows redirects of requests that only read. To another host they are followed only where the rules allow it, and
 * never with a credential; from https to http never.
 */
export function followRedirects({
  secretHeaders = [],
  allows = () => false,
}: RedirectRules = {}): Layer {
  const secrets = [...SECRETS, ...secretHeaders];
  return (next) => async (first) => {
    let request: Outgoing = first;
    for (let followed = 0; ; followed++) {
      const response = await next(request);
      const target = targetOf(response, request);
      if (target === undefined) return response;
      await response.body?.cancel();
      if (followed === MOST) throw refused(request, "redirects in a circle");
      if (request.method !== "GET" && request.method !== "HEAD") {
        throw refused(request, `redirects a ${request.method}, which is not followed`);
      }
      if (request.url.protocol === "https:" && target.protocol !== "https:") {
        throw refused(request, "redirects to an address that is not encrypted");
      }
      const isSame = target.origin === request.url.origin;
      if (!isSame && !allows(target)) throw refused(request, `redirects to ${target.host}`);
      const headers = isSame ? request.headers : without(request.headers, secrets);
      request = { ...request, url: target, headers };
    }
  };
}

function targetOf({ status, headers }: Response, { url }: Outgoing): URL | undefined {
  const location = headers.get("location");
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  if (!isRedirect || location === null || !URL.canParse(location, url.href)) return undefined;
  return new URL(location, url);
}

function without(headers: Headers, names: readonly string[]): Headers {
  const left = new Headers(headers);
  for (const name of names) left.delete(name);
  return left;
}

function refused({ url }: Outgoing, what: string): RemoteError {
  return new RemoteError("redirect", `${url.host} ${what}; nothing was sent there.`);
}
