import { createComplete } from "./complete-file.ts";
import type { Confinement, Slot } from "./confinement.ts";
import type { Held } from "./held.ts";
import { publishDirectory, publishFile } from "./publish.ts";
import { readAll } from "./read.ts";
import { discard, temporaryName } from "./temporary.ts";
import { allEntries, removeTree } from "./tree.ts";

interface Owner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file, link or whole directory kept in memory so that its removal can be undone. */
export type Snapshot =
  | { readonly type: "file"; readonly owner: Owner; readonly bytes: Buffer }
  | { readonly type: "link"; readonly text: string }
  | { readonly type: "directory"; readonly owner: Owner; readonly entries: Map<string, Snapshot> };

/** Keeps what `name` in a held directory is. Measure it first: everything is read. */
export async function takeSnapshot(
  confinement: Confinement,
  directory: Held,
  name: string,
): Promise<Snapshot | undefined> {
  using held = await confinement.child(directory, name);
  if (!held) return undefined;
  const { stats } = held;
  if (stats.isSymbolicLink())
    return { type: "link", text: await directory.disk.readlink(directory.at(name)) };
  const owner = { mode: stats.mode, uid: stats.uid, gid: stats.gid };
  if (!stats.isDirectory()) return { type: "file", owner, bytes: await readAll(held, stats.size) };
  const entries = new Map<string, Snapshot>();
  for (const entry of await allEntries(held, Number.POSITIVE_INFINITY)) {
    const kept = await takeSnapshot(confinement, held, entry.name);
    if (kept) entries.set(entry.name, kept);
  }
  return { type: "directory", owner, entries };
}

/** Puts a snapshot back under the name of `slot`, complete or not at all, replacing nothing. */
export async function putBack(
  confinement: Confinement,
  slot: Slot,
  snapshot: Snapshot,
): Promise<void> {
  const { directory } = slot;
  const temporary = temporaryName();
  try {
    await build(confinement, directory, temporary, snapshot);
    const publish = snapshot.type === "directory" ? publishDirectory : publishFile;
    await publish(directory.disk, directory.at(temporary), slot);
  } catch (error) {
    if (snapshot.type === "directory") await removeTree(confinement, directory, temporary);
    else await discard(directory, temporary);
    throw error;
  }
}

async function build(
  confinement: Confinement,
  directory: Held,
  name: string,
  snapshot: Snapshot,
): Promise<void> {
  const { disk } = directory;
  if (snapshot.type === "file")
    return await createComplete(directory, name, snapshot.bytes, snapshot.owner);
  if (snapshot.type === "link") return await disk.symlink(snapshot.text, directory.at(name));
  await disk.mkdir(directory.at(name), 0o700);
  using made = await confinement.child(directory, name);
  if (!made) return;
  for (const [child, content] of snapshot.entries) await build(confinement, made, child, content);
  await disk.chmod(made.entry, snapshot.owner.mode & 0o7777);
}
