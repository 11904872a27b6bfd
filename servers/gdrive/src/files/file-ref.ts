import { GoogleError } from "../google/error.ts";

/** A file as a caller names it. */
export interface FileRef {
  readonly id: string;
  /** The key that some older files shared by link need besides their id. */
  readonly resourceKey?: string | undefined;
}

const ID = /^[\w-]{1,200}$/;

/**
 * Reads what callers have of a file: its id, `id/resourceKey`, or the address a browser shows.
 * @throws {GoogleError} when there is no id in it
 */
export function parseFileRef(text: string): FileRef {
  const trimmed = text.trim();
  const ref = trimmed.includes(":") ? ofAddress(trimmed) : ofId(trimmed);
  if (ref && ID.test(ref.id) && (ref.resourceKey === undefined || ID.test(ref.resourceKey))) {
    return ref;
  }
  throw new GoogleError("That is no id or address of a file; take one from search or list_folder.");
}

/** The headers that show the keys of files (https://developers.google.com/drive/api/guides/resource-keys). */
export function keyHeaders(...refs: readonly FileRef[]): Readonly<Record<string, string>> {
  const keys = refs.flatMap(({ id, resourceKey }) =>
    resourceKey === undefined ? [] : [`${id}/${resourceKey}`],
  );
  return keys.length === 0 ? {} : { "x-goog-drive-resource-keys": keys.join(",") };
}

function ofId(text: string): FileRef {
  const end = text.indexOf("/");
  return end < 0 ? { id: text } : { id: text.slice(0, end), resourceKey: text.slice(end + 1) };
}

function ofAddress(text: string): FileRef | undefined {
  if (text.startsWith("gdrive:///")) return ofId(text.slice("gdrive:///".length));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname.endsWith(".google.com")) return undefined;
  const [, inPath] = /\/(?:d|folders)\/([\w-]+)/.exec(url.pathname) ?? [];
  const id = inPath ?? url.searchParams.get("id") ?? "";
  return { id, resourceKey: url.searchParams.get("resourcekey") ?? undefined };
}
