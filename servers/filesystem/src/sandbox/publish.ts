import { constants } from "node:fs";
import type { Slot } from "./confinement.ts";
import type { Disk } from "./disk.ts";
import { errnoOf, SandboxError } from "./errors.ts";
import { isSame } from "./held.ts";
import { changedMeanwhile } from "./parts.ts";
import { quoted } from "./printable.ts";

const { O_CREAT, O_EXCL, O_WRONLY } = constants;

// What `link` answers where a file system or a rule of the kernel does not permit hard links.
const cannotLink = new Set(["EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Another program came first. */
export function taken(slot: Slot): SandboxError {
  return new SandboxError(
    "exists",
    `${quoted(slot.real)} already exists; choose another name or remove it first.`,
  );
}

/**
 * Gives a file (or link) its name without ever replacing anything: a hard link fails when the name
 * is taken, which a rename cannot be told to do from Node.
 */
export async function publishFile(disk: Disk, from: string, slot: Slot): Promise<void> {
  try {
    await disk.link(from, slot.entry);
  } catch (error) {
    const errno = errnoOf(error) ?? "";
    if (errno === "EEXIST") throw taken(slot);
    if (!cannotLink.has(errno)) throw error;
    return renameOntoReserved(disk, from, slot);
  }
  // Whoever replaced the file under its old name just now must not lose theirs.
  if (isSame(await disk.lstat(from), await disk.lstat(slot.entry))) return await disk.unlink(from);
  await disk.unlink(slot.entry);
  throw changedMeanwhile(slot.real);
}

/** Without hard links: reserve the name with an empty file of our own, then replace that. */
async function renameOntoReserved(disk: Disk, from: string, slot: Slot): Promise<void> {
  try {
    await disk.close(await disk.open(slot.entry, O_WRONLY | O_CREAT | O_EXCL, 0o600));
  } catch (error) {
    throw errnoOf(error) === "EEXIST" ? taken(slot) : error;
  }
  try {
    await disk.rename(from, slot.entry);
  } catch (error) {
    await disk.unlink(slot.entry);
    throw error;
  }
}

/**
 * Gives a directory its name without replacing anything: the name is reserved with an empty
 * directory, which a rename replaces in one step only as long as it is empty.
 */
export async function publishDirectory(disk: Disk, from: string, slot: Slot): Promise<void> {
  // Windows cannot rename onto a directory, and refuses one that exists by itself.
  if (process.platform === "win32") return await disk.rename(from, slot.entry);
  try {
    await disk.mkdir(slot.entry, 0o700);
  } catch (error) {
    throw errnoOf(error) === "EEXIST" ? taken(slot) : error;
  }
  try {
    await disk.rename(from, slot.entry);
  } catch (error) {
    if (errnoOf(error) === "ENOTEMPTY") throw taken(slot);
    await disk.rmdir(slot.entry);
    throw error;
  }
}
