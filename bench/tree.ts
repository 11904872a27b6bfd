import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDERS = 240;
const FILES_IN_EACH = 49;
const EXTENSIONS = ["ts", "js", "json", "md", "txt", "css", "html"];

/**
 * Makes a tree of 12,000 entries, four levels deep, with one file of 10 KB at its root, gives it to `use`
 * and removes it.
 */
export async function withTree<Result>(use: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), "portico-tree-"));
  try {
    writeFileSync(join(dir, "ten-kilobytes.txt"), "All work and no play makes.\n".repeat(366));
    for (let index = 0; index < FOLDERS; index++) fill(join(dir, folderName(index)));
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Six folders at the top, each with eight, each with four more beside its own files. */
function folderName(index: number): string {
  const [top, middle, leaf] = [index % 6, Math.floor(index / 6) % 8, Math.floor(index / 48)];
  return leaf === 0 ? `area-${top}/part-${middle}` : `area-${top}/part-${middle}/leaf-${leaf}`;
}

function fill(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < FILES_IN_EACH; index++) {
    writeFileSync(
      join(folder, `file-${index}.${EXTENSIONS[index % EXTENSIONS.length]}`),
      `${index}\n`,
    );
  }
}
