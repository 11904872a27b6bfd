import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As an installed package tree has them: npm's own has 4.2 files a folder, a project's dependencies 6.8. */
const FILES_IN_EACH = 6;
const FOLDERS = 1_700;
const EXTENSIONS = ["ts", "js", "json", "md", "txt", "css", "html"];

/**
 * Makes a tree of 12,000 entries, seven levels deep, with one file of 10 KB at its root, gives it to `use`
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

/** Four folders in each folder, down to six levels of them: 4, 16, 64, 256, 1,024 and a part of the next. */
function folderName(index: number): string {
  const parent = Math.floor(index / 4) - 1;
  const name = `folder-${index % 4}`;
  return parent < 0 ? name : `${folderName(parent)}/${name}`;
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
