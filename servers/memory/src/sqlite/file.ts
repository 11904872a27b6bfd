import { constants } from "node:fs";
import { access, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { GraphError } from "../graph/error.ts";

const MAGIC = "SQLite format 3\0";
const HEADER = 100;

/**
 * Creates the file and its folders where they are missing, for this user only.
 * @throws {GraphError} `read-only` where there is none and none can be made
 */
export async function prepareFile(path: string): Promise<"writable" | "readable"> {
  try {
    const isNew = !(await exists(path));
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
 * Whether a file can be a whole database: empty, or with the head of one and as long as that says. Pages that are in
 * the log only may be missing.
 */
export async function isWhole(path: string): Promise<boolean> {
  const hadLog = (await sizeOf(`${path}-wal`)) > 0;
  const { bytes, size } = await headOf(path);
  if (size === 0) return !hadLog;
  if (size < HEADER || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return false;
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  // The count is only kept by writers that say so with the two counters.
  const isCounted = bytes.readUInt32BE(24) === bytes.readUInt32BE(92);
  if (!isCounted || size >= bytes.readUInt32BE(28) * pageSize) return true;
  return hadLog || (await sizeOf(`${path}-wal`)) > 0;
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

async function headOf(path: string): Promise<{ bytes: Buffer; size: number }> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.alloc(HEADER);
    await file.read(bytes, 0, HEADER, 0);
    return { bytes, size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
