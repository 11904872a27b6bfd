import { fileURLToPath, pathToFileURL } from "node:url";

/** The `file://` URI of an absolute path; a directory's ends in a slash. */
export function uriOf(path: string, isDirectory = false): string {
  const { href } = pathToFileURL(path);
  return isDirectory && !href.endsWith("/") ? `${href}/` : href;
}

/** The absolute path a `file://` URI names; undefined for any other URI, or one with a host. */
export function pathOf(uri: string): string | undefined {
  try {
    const url = new URL(uri);
    return url.protocol === "file:" && url.host === "" ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
