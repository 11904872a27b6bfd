import { join } from "node:path";
import type { Confinement } from "./confinement.ts";
import { SandboxError } from "./errors.ts";
import { type Held, special } from "./held.ts";
import { batches } from "./list.ts";
import { quoted } from "./printable.ts";
import type { Entry } from "./types.ts";

/** How much one operation on a whole directory may touch. */
export interface TreeLimits {
  /** Files, directories and links, default 100,000. */
  readonly maxEntries?: number;
  /** Sum of file sizes, default 1 GiB. */
  readonly maxBytes?: number;
}

/** What a tree holds. */
export interface TreeSize {
  readonly entries: number;
  readonly bytes: number;
}

// Every level keeps one descriptor open.
const maxDepth = 256;

/** All entries of a held directory, refusing more than `limit`. */
export async function allEntries(directory: Held, limit: number): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const batch of batches(directory)) {
    for (const entry of batch) found.push(entry);
    if (found.length > limit) throw tooMany(directory.real, limit);
  }
  return found;
}

function tooMany(real: string, limit: number): SandboxError {
  return new SandboxError(
    "too-large",
    `${quoted(real)} holds more than ${limit} entries; do it in smaller parts.`,
  );
}

function tooDeep(real: string): SandboxError {
  return new SandboxError(
    "too-large",
    `${quoted(real)} is nested more than ${maxDepth} directories deep; do it in smaller parts.`,
  );
}

/** Adds up a tree before anything is done to it, refusing what cannot be copied or removed as a whole. */
export async function measureTree(
  confinement: Confinement,
  top: Held,
  { maxEntries = 100_000, maxBytes = 1024 ** 3 }: TreeLimits = {},
): Promise<TreeSize> {
  const sum = { entries: 0, bytes: 0 };
  const visit = async (held: Held, depth: number): Promise<void> => {
    const { stats } = held;
    sum.entries += 1;
    if (sum.entries > maxEntries) throw tooMany(top.real, maxEntries);
    if (stats.isFile()) sum.bytes += stats.size;
    if (sum.bytes > maxBytes) throw tooMuch(top.real, maxBytes);
    if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink())
      throw special(held.real);
    if (!stats.isDirectory()) return;
    if (depth >= maxDepth) throw tooDeep(top.real);
    if (stats.dev !== top.stats.dev) throw mounted(held.real);
    for (const { name } of await allEntries(held, maxEntries)) {
      using child = await confinement.child(held, name);
      if (child) await visit(child, depth + 1);
    }
  };
  await visit(top, 0);
  return sum;
}

function tooMuch(real: string, limit: number): SandboxError {
  return new SandboxError(
    "too-large",
    `${quoted(real)} holds more than ${limit} bytes; do it in smaller parts.`,
  );
}

function mounted(real: string): SandboxError {
  return new SandboxError(
    "denied",
    `${quoted(real)} is another file system mounted there; it is left alone.`,
  );
}

/** Removes `name` from a held directory with all it holds. Links are removed, never followed. */
export async function removeTree(
  confinement: Confinement,
  directory: Held,
  name: string,
  depth = 0,
): Promise<void> {
  const { disk } = directory;
  using held = await confinement.child(directory, name);
  if (!held) return;
  confinement.mustBeWritable(join(directory.real, name));
  if (!held.stats.isDirectory()) return await disk.unlink(directory.at(name));
  if (depth >= maxDepth) throw tooDeep(held.real);
  for (const entry of await allEntries(held, Number.POSITIVE_INFINITY))
    await removeTree(confinement, held, entry.name, depth + 1);
  await disk.rmdir(directory.at(name));
}
