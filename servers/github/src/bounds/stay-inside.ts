import { type Layer, RemoteError } from "@portico/remote-api";
import type { AllowList } from "./allow-list.ts";
import { isNarrowed } from "./search.ts";

/**
 * Refuses requests that leave the allow-list, wherever their path came from: an argument, a link in an answer, or a
 * redirect. Repositories by number have no name to judge by.
 */
export function stayInside(allowed: AllowList): Layer {
  return (next) => (request) => {
    if (allowed.isOn && !isInside(allowed, request.url)) {
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

/** Searches whose finds belong to repositories. */
const SEARCHES = new Set(["issues", "code", "commits", "repositories", "labels"]);

function isInside(allowed: AllowList, { pathname, searchParams }: URL): boolean {
  const path = pathname.replace(/^\/api\/v3/, "");
  const [kind = "", owner = "", repo] = path.split("/").slice(1).map(decodeURIComponent);
  if (kind === "repos") return allowed.admits(owner, repo);
  if (kind === "repositories") return false;
  if (kind === "orgs") return allowed.admits(owner);
  if (kind === "search" && SEARCHES.has(owner)) {
    const queries = searchParams.getAll("q");
    return queries.length === 1 && isNarrowed(queries[0] ?? "", allowed);
  }
  return true;
}
