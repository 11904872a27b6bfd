import path from "node:path";
import { rank } from "@portico/core";
import { type Sandbox, SandboxError } from "../sandbox/index.ts";

/** Most entries of one directory that are looked at for suggestions. */
const MOST_ENTRIES = 10_000;

/**
 * Completes a path the user began to type, one directory at a time; directories end in a slash. The
 * suggestions are spelled as the typed part is: with or without its leading slash.
 */
export async function completePath(files: Sandbox, typed: string): Promise<string[]> {
  const slashed = typed.startsWith("/") || path.isAbsolute(typed);
  const absolute = slashed ? typed : `/${typed}`;
  const spelled = (found: string) => (slashed ? found : found.slice(1));
  const roots = files.roots.map((root) => `${root.path}/`);
  const inside = await entriesOf(files, absolute.slice(0, absolute.lastIndexOf("/") + 1));
  const candidates = inside ?? roots;
  return rank([...new Set(candidates)], absolute)
    .filter((found) => found.startsWith(absolute))
    .map(spelled);
}

async function entriesOf(files: Sandbox, directory: string): Promise<string[] | undefined> {
  try {
    const place = await files.resolve(directory);
    const { entries } = await files.list(place, { limit: MOST_ENTRIES });
    return entries
      .filter(({ type }) => type === "file" || type === "directory")
      .map(({ name, type }) => `${directory}${name}${type === "directory" ? "/" : ""}`);
  } catch (error) {
    if (error instanceof SandboxError) return undefined;
    throw error;
  }
}
