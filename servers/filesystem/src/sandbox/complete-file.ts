import { constants, type Stats } from "node:fs";
import { type Disk, distantDisk, flush } from "./disk.ts";
import { errnoOf } from "./errors.ts";
import type { Held } from "./held.ts";
import { discard } from "./temporary.ts";

const directWrite = 128 * 1024;
const exclusive =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Writes all of `bytes` where the descriptor stands. */
export async function writeAll(disk: Disk, fd: number, bytes: Uint8Array): Promise<void> {
  const patient = bytes.length <= directWrite ? disk : distantDisk;
  for (let written = 0; written < bytes.length; )
    written += await patient.write(fd, bytes, written, bytes.length - written);
}

/**
 * Creates `name` in a held directory with all of its content on the disk, and the mode and owner of
 * `like`. When anything fails nothing is left behind.
 */
export async function createComplete(
  directory: Held,
  name: string,
  bytes: Uint8Array,
  like: Pick<Stats, "mode" | "uid" | "gid"> | undefined,
): Promise<void> {
  const { disk } = directory;
  const fd = await disk.open(directory.at(name), exclusive, like ? 0o600 : 0o666);
  try {
    try {
      await writeAll(disk, fd, bytes);
      if (like) await resemble(disk, fd, like);
      await flush(fd);
    } finally {
      await disk.close(fd);
    }
  } catch (error) {
    await discard(directory, name);
    throw error;
  }
}

async function resemble(
  disk: Disk,
  fd: number,
  { mode, uid, gid }: Pick<Stats, "mode" | "uid" | "gid">,
): Promise<void> {
  const now = await disk.fstat(fd);
  if (now.uid !== uid || now.gid !== gid) {
    try {
      await disk.fchown(fd, uid, gid);
    } catch (error) {
      // Only a superuser may give files away; then the new content belongs to who wrote it.
      if (errnoOf(error) !== "EPERM") throw error;
    }
  }
  // After the owner, because changing that takes the set-user-id bit away.
  await disk.fchmod(fd, mode & 0o7777);
}
