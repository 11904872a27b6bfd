import type { HttpRoute, JsonObject } from "@portico/core";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** Where clients look for the metadata of a resource: with its path first, then at the root (RFC 9728 section 3.1). */
export function metadataUrls(resource: URL): readonly [own: string, root: string] {
  const path = resource.pathname === "/" ? "" : resource.pathname;
  return [resource.origin + WELL_KNOWN + path + resource.search, resource.origin + WELL_KNOWN];
}

/** Serves a metadata document to anyone, browsers included. */
export function metadataRoute(resource: URL, metadata: JsonObject): HttpRoute {
  const paths = metadataUrls(resource).map((url) => new URL(url).pathname);
  const headers = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    // Browsers ask before they send headers of MCP along.
    "access-control-allow-headers": "*",
  };
  const body = JSON.stringify(metadata);
  return ({ method, target }) => {
    if (!paths.includes(target.split("?", 1)[0] ?? "")) return undefined;
    const kept = { "content-type": "application/json", "cache-control": "public, max-age=300" };
    switch (method) {
      case "GET":
        return { status: 200, headers: { ...headers, ...kept }, body };
      case "HEAD":
        return { status: 200, headers: { ...headers, ...kept } };
      case "OPTIONS":
        return { status: 204, headers: { ...headers, "access-control-max-age": "86400" } };
      default:
        return { status: 405, headers: { ...headers, allow: "GET, HEAD, OPTIONS" } };
    }
  };
}
