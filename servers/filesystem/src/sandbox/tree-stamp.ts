import type { Confinement } from "./confinement.ts";
import { startHash } from "./hash.ts";
import type { Held } from "./held.ts";
import { hashOf } from "./read.ts";
import { allEntries } from "./tree.ts";

/** What tells that a file is still the same: its content, or, for trees too large to read twice, size and time. */
export type StampBasis = "content" | "times";

/** A short value that differs as soon as anything in a tree was written, added, removed or renamed. */
export async function stampTree(
  confinement: Confinement,
  top: Held,
  by: StampBasis,
): Promise<string> {
  const hash = await startHash();
  const visit = async (held: Held): Promise<void> => {
    const { stats } = held;
    hash.update(`${stats.mode} `);
    if (stats.isFile())
      hash.update(by === "content" ? await hashOf(held) : `${stats.size} ${stats.mtimeMs}`);
    if (!stats.isDirectory()) return;
    const entries = await allEntries(held, Number.POSITIVE_INFINITY);
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      using child = await confinement.child(held, name);
      hash.update(`${JSON.stringify(name)}:`);
      if (child) await visit(child);
    }
    hash.update("/");
  };
  await visit(top);
  return hash.digest("hex");
}
