import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** Makes a directory with these files; it is removed when the test is over. */
export function scratch(files: Readonly<Record<string, string>> = {}): string {
  const dir = makeScratch(files);
  onTestFinished(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The same for many tests; whoever calls it removes it. */
export function makeScratch(files: Readonly<Record<string, string>> = {}): string {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "portico-memory-")));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text);
  return dir;
}
