import { link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { GraphError } from "../graph/error.ts";
import { refusal } from "./errors.ts";
import { exists, makeFolders } from "./file.ts";
import { type Opened, openReader } from "./open.ts";

/** Pages copied in one turn of the event loop. */
const PORTION = 500;

/**
 * Copies a database as it is now into a new file, for this user only, while writes go on.
 * @throws {GraphError} `exists`, `full`
 */
export async function backup(
  Driver: Opened["Driver"],
  path: string,
  target: string,
): Promise<void> {
  if (await exists(target)) throw taken();
  await makeFolders(dirname(target));
  // Whoever finds the target finds all of it: it is written under another name.
  const partial = `${target}.${process.pid}-${Date.now()}.part`;
  try {
    await (await open(partial, "ax", 0o600)).close();
    await copy(Driver, path, partial);
    await keep(partial);
    // Unlike a rename, a link does not replace what has come there meanwhile.
    await link(partial, target);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw taken();
    if (codeOf(error) === "ENOSPC")
      throw new GraphError("full", "There is no room for the backup.");
    throw refusal(error);
  } finally {
    for (const name of [partial, `${partial}-wal`, `${partial}-shm`, `${partial}-journal`]) {
      await rm(name, { force: true });
    }
  }
}

async function copy(Driver: Opened["Driver"], path: string, target: string): Promise<void> {
  const reader = openReader(Driver, path);
  try {
    // Within a transaction the copy sees one state; without it, each write of another process would start it anew.
    reader.database.exec("BEGIN");
    reader.get("SELECT 1 FROM graph LIMIT 1");
    await reader.database.backup(target, { progress: () => PORTION });
  } finally {
    reader.close();
  }
}

async function keep(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function taken(): GraphError {
  return new GraphError("exists", "The backup's file exists already; name a new one.");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
