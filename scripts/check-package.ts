/**
 * Packs one package as it would be published and checks the tarball. Run after a build.
 *
 *   node scripts/check-package.ts packages/core
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { complaints, type Packed } from "./check-package/complaints.ts";

const packageDir = resolve(process.argv[2] ?? ".");
const workDir = mkdtempSync(join(tmpdir(), "portico-pack-"));

try {
  const packed = pack();
  execFileSync("publint", ["run", packed.tarball, "--strict"], { stdio: "inherit" });
  if (packed.manifest.exports) {
    execFileSync("attw", [packed.tarball, "--profile", "esm-only"], { stdio: "inherit" });
  }
  const { unpackedKilobytes } = JSON.parse(readFileSync("bench/budgets.json", "utf8"));
  const found = complaints(packed, unpackedKilobytes[packed.manifest.name]);
  for (const complaint of found) console.error(complaint);
  if (found.length > 0) process.exitCode = 1;
} finally {
  rmSync(workDir, { recursive: true });
}

function pack(): Packed {
  const options = ["--pack-destination", workDir, "--json"];
  const { filename } = JSON.parse(
    execFileSync("pnpm", ["pack", ...options], { cwd: packageDir, encoding: "utf8" }),
  );
  execFileSync("tar", ["-xzf", filename, "-C", workDir]);
  const root = join(workDir, "package");
  return {
    tarball: filename,
    root,
    manifest: JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
  };
}
