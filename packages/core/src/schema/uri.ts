interface UriParts {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

// RFC 3986 appendix B, without the fragment, which callers split off first.
const uriParts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/s;

/** Splits a reference at its first `#`: the URI, and the fragment without the `#`. */
export function splitFragment(reference: string): [uri: string, fragment: string] {
  const at = reference.indexOf("#");
  return at < 0 ? [reference, ""] : [reference.slice(0, at), reference.slice(at + 1)];
}

/**
 * Resolves a URI reference without fragment against a base (RFC 3986 section 5.2). Unlike `URL`, it
 * accepts a relative or empty base and leaves URNs alone.
 */
export function resolveUri(base: string, reference: string): string {
  if (reference === "") return base;
  const r = parse(reference);
  if (r.scheme !== undefined) return join({ ...r, path: removeDots(r.path) });
  const b = parse(base);
  if (r.authority !== undefined) return join({ ...r, scheme: b.scheme, path: removeDots(r.path) });
  if (r.path === "") return join({ ...b, query: r.query ?? b.query });
  const path = r.path.startsWith("/") ? r.path : merge(b, r.path);
  return join({ ...b, path: removeDots(path), query: r.query });
}

function parse(uri: string): UriParts {
  const [, scheme, authority, path = "", query] = uriParts.exec(uri) ?? [];
  return { scheme, authority, path, query };
}

function join({ scheme, authority, path, query }: UriParts): string {
  const start = scheme === undefined ? "" : `${scheme}:`;
  const host = authority === undefined ? "" : `//${authority}`;
  return start + host + path + (query === undefined ? "" : `?${query}`);
}

function merge(base: UriParts, path: string): string {
  if (base.authority !== undefined && base.path === "") return `/${path}`;
  return base.path.slice(0, base.path.lastIndexOf("/") + 1) + path;
}

function removeDots(path: string): string {
  if (!path.includes(".")) return path;
  const out: string[] = [];
  const segments = path.split("/");
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === "..") {
      if (out.length > 1 || (out.length === 1 && out[0] !== "")) out.pop();
      if (last) out.push("");
    } else if (segment === ".") {
      if (last) out.push("");
    } else out.push(segment);
  }
  return out.join("/");
}
