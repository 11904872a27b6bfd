import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Files by relative path: their content, a target for a link, or `null` for an empty directory. */
export type Layout = Readonly<Record<string, string | Buffer | { readonly link: string } | null>>;

/** Makes a directory with these files, removed after the test. */
export function makeTree(layout: Layout): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "portico-search-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeTree(root, layout);
  return root;
}

/** Adds these files to a directory. */
export function writeTree(root: string, layout: Layout): void {
  for (const [path, content] of Object.entries(layout)) {
    const full = join(root, path);
    mkdirSync(content === null ? full : dirname(full), { recursive: true });
    if (content === null) continue;
    if (typeof content === "string" || Buffer.isBuffer(content)) writeFileSync(full, content);
    else symlinkSync(content.link, full);
  }
}
