import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";

/**
 * `writer.ts` as a file every supported Node can run, gone when the tests are over: the sources use
 * `using`, which Node 22 only runs when it is compiled, as it is in the published bundle.
 */
export function writerProgram(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portico-writer-"));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  fs.chmodSync(folder, 0o755);
  const outfile = path.join(folder, "writer.mjs");
  const entryPoints = [path.join(import.meta.dirname, "writer.ts")];
  buildSync({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
  });
  return outfile;
}
