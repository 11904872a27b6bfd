import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** What a directory holds, by relative path: text or bytes of a file, a link's target, or nothing for a directory. */
export type Layout = Readonly<
  Record<string, string | Uint8Array | { readonly link: string } | null>
>;

/** Makes a directory with these contents; it is removed when the test is over. */
export function scratch(layout: Layout = {}): string {
  const dir = makeScratch(layout);
  onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The same for many tests; whoever calls it removes it. */
export function makeScratch(layout: Layout = {}): string {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "portico-test-")));
  put(dir, layout);
  return dir;
}

/** Adds contents to a directory. */
export function put(dir: string, layout: Layout): void {
  for (const [name, what] of Object.entries(layout)) {
    const file = path.join(dir, name);
    if (what === null) {
      fs.mkdirSync(file, { recursive: true });
      continue;
    }
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (typeof what === "string" || what instanceof Uint8Array) fs.writeFileSync(file, what);
    else fs.symlinkSync(what.link, file);
  }
}
