import { type Layer, RemoteError } from "@portico/remote-api";
import type { AllowList } from "./allow-list.ts";

/**
 * Refuses requests that leave the allow-list, wherever their path came from: an argument, a link in an answer, or a
 * redirect. Repositories by number have no name to judge by.
 */
export function stayInside(allowed: AllowList): Layer {
  return (next) => (request) => {
    if (allowed.isOn && !isInside(allowed, request.url.pathname)) {
      throw outside();
    }
    return next(request);
  };
}

/** What a caller is told who wants to leave. */
export function outside(): RemoteError {
  return new RemoteError(
    "redirect",
    "This is outside the repositories this server may touch (--allow-repos); ask for one of those, by its present name.",
  );
}

function isInside(allowed: AllowList, path: string): boolean {
  const [kind, owner, repo] = path
    .replace(/^\/api\/v3/, "")
    .split("/")
    .slice(1)
    .map(decodeURIComponent);
  if (kind === "repos") return owner !== undefined && allowed.admits(owner, repo);
  if (kind === "repositories") return false;
  if (kind === "orgs") return owner !== undefined && allowed.admits(owner);
  return true;
}
