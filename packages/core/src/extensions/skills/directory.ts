import type { Resource } from "../../protocol/index.ts";
import { mediaTypeOf } from "./media-type.ts";
import { DIRECTORY } from "./protocol.ts";

/**
 * The direct children of the directory at `uri` among `files`; nothing when no file lies below it.
 * @param files the URIs of all files there are, with their sizes
 */
export function childrenOf(
  uri: string,
  files: Iterable<readonly [uri: string, size: number]>,
): Resource[] | undefined {
  const prefix = `${uri}/`;
  const children = new Map<string, Resource>();
  for (const [file, size] of files) {
    if (!file.startsWith(prefix)) continue;
    const [segment = "", ...deeper] = file.slice(prefix.length).split("/");
    const name = decodeURIComponent(segment);
    const mimeType = deeper.length > 0 ? DIRECTORY : mediaTypeOf(name);
    children.set(segment, {
      uri: prefix + segment,
      name,
      ...(mimeType && { mimeType }),
      ...(deeper.length === 0 && { size }),
    });
  }
  return children.size > 0 ? [...children.values()] : undefined;
}
