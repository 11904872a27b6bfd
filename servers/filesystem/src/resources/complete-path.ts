import { isAbsolute } from "node:path";
import { rank } from "@portico/core";
import { type Sandbox, SandboxError } from "../sandbox/index.ts";

/** Most entries of one directory that are looked at for suggestions. */
const MOST_ENTRIES = 10_000;

/**
 * Completes a path the user began to type, one directory at a time; directories end in a slash. What is
 * outside completes to the allowed directories.
 */
export async function completePath(files: Sandbox, typed: string): Promise<string[]> {
  const directory = typed.slice(0, typed.lastIndexOf("/") + 1);
  const inside = await entriesOf(files, directory);
  const roots = inside === undefined || typed === "" ? rootsOf(files) : [];
  return rank([...(inside ?? []), ...roots], typed).filter((found) => found.startsWith(typed));
}

/** The same for the variable of the URI template, which lacks the leading slash. */
export async function completeUriPath(files: Sandbox, typed: string): Promise<string[]> {
  if (isAbsolute(typed)) return completePath(files, typed);
  return (await completePath(files, `/${typed}`)).map((found) => found.slice(1));
}

function rootsOf(files: Sandbox): string[] {
  return files.roots.map(({ path }) => (path.endsWith("/") ? path : `${path}/`));
}

async function entriesOf(files: Sandbox, directory: string): Promise<string[] | undefined> {
  try {
    const place = await files.resolve(directory === "" ? "." : directory);
    const { entries } = await files.list(place, { limit: MOST_ENTRIES });
    return entries
      .filter(({ type }) => type === "file" || type === "directory")
      .map(({ name, type }) => `${directory}${name}${type === "directory" ? "/" : ""}`);
  } catch (error) {
    if (error instanceof SandboxError) return undefined;
    throw error;
  }
}
