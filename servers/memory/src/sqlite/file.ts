import { constants } from "node:fs";
import { access, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { GraphError } from "../graph/error.ts";

/**
 * Creates the file and its folders where they are missing, for this user only.
 * @throws {GraphError} `read-only` where there is none and none can be made
 */
export async function prepareFile(path: string): Promise<"writable" | "readable"> {
  try {
    const isNew = !(await exists(path));
    const made = await makeFolders(dirname(path));
    // Databases take the permissions of the file they are begun in.
    await (await open(path, "a", 0o600)).close();
    await access(dirname(path), constants.W_OK);
    if (isNew) await keepEntries(dirname(path), made);
    return "writable";
  } catch (error) {
    if (await exists(path)) return "readable";
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new GraphError(
      "read-only",
      `The memory database cannot be created${code}; name a file in a folder that can be written to.`,
    );
  }
}

/**
 * Makes a folder and those it is in, for this user only. Node's own way goes on for ever where the system has a parent
 * but lets nobody make anything there, as in /proc.
 * @returns the outermost folder that is new
 */
export async function makeFolders(folder: string): Promise<string | undefined> {
  if (await exists(folder)) return undefined;
  const made = folder === dirname(folder) ? undefined : await makeFolders(dirname(folder));
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!(await exists(folder))) throw error;
    return made;
  }
  return made ?? folder;
}

/** Bytes of a file; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Whether something is there. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Has the entries of new files and folders written to the disk: what is in a file that no folder names is lost too.
 * SQLite does so for the files it creates itself.
 * @param made the outermost folder that is new
 */
async function keepEntries(folder: string, made: string | undefined): Promise<void> {
  for (let here = folder; ; here = dirname(here)) {
    const entries = await open(here, "r").catch(() => undefined);
    // Windows opens no folders, and keeps their entries by itself.
    await entries?.sync().catch(() => {});
    await entries?.close();
    if (made === undefined || here === dirname(made) || here === dirname(here)) return;
  }
}
