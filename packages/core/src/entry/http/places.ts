/** What lies at a path: the endpoint of all newer revisions, or the two that 2024-11-05 has instead. */
export type Place = "endpoint" | "sse" | "messages";

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}

/**
 * What lies at `target`.
 * @param endpoint the path of the endpoint; without one, every path but those that end in `sse` or `messages`
 */
export function placeOf(target: string, endpoint: string | undefined): Place | undefined {
  if (target === endpoint) return "endpoint";
  const path = pathOf(target);
  if (path === endpoint) return "endpoint";
  if (endpoint !== undefined && folderOf(path) !== folderOf(endpoint)) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "sse" || name === "messages") return name;
  return endpoint === undefined ? "endpoint" : undefined;
}

/** The path beside `target` where clients of 2024-11-05 post. */
export function messagesBeside(target: string): string {
  return `${folderOf(pathOf(target))}messages`;
}

/** The value of one query parameter whose characters need no decoding. */
export function queryValue(target: string, name: string): string | undefined {
  const query = target.indexOf("?");
  if (query === -1) return undefined;
  return new URLSearchParams(target.slice(query)).get(name) ?? undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
