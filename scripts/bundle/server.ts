import { createHash } from "node:crypto";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OutputChunk } from "rolldown";
import { billOfMaterials } from "./bill-of-materials.ts";
import { bundle } from "./chunks.ts";
import { guard } from "./guard.ts";
import { licences } from "./licences.ts";
import { bundledPackages, installedPackages } from "./packages.ts";

const OUTPUTS = [
  "main.cjs",
  "server.cjs",
  "chunks",
  "vendor",
  "THIRD-PARTY-LICENSES.txt",
  "sbom.cdx.json",
  ".compile-cache",
];

/**
 * Bundles the server in `packageDir` for publishing, so that `npx` fetches one package,
 * and of others only the `dependencies`: what has native code.
 *
 *   dist/main.cjs                  version guard any Node can parse, then server.cjs
 *   dist/server.cjs                src/main.ts with everything it imports statically
 *   dist/chunks/<module>.cjs       what it imports lazily of our own
 *   dist/vendor/<package>.cjs      one file for each package it imports lazily
 *   dist/THIRD-PARTY-LICENSES.txt  the licence of every package in those files
 *   dist/sbom.cdx.json             these packages and those that are installed beside them
 *
 * docs/decisions/0002-bundled-servers.md has the reasons and figures.
 *
 * @throws when a source does not bundle, or a bundled package names no licence
 */
export async function bundleServer(packageDir: string): Promise<void> {
  const dist = join(packageDir, "dist");
  const manifest = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  await Promise.all(OUTPUTS.map((name) => rm(join(dist, name), { recursive: true, force: true })));

  const external = Object.keys(manifest.dependencies ?? {});
  const files = await bundle("src/main.ts", {
    dir: dist,
    name: "server",
    cwd: packageDir,
    external,
  });
  const sources = files.flatMap(({ moduleIds }) => moduleIds);
  const bundled = await bundledPackages(sources, packageDir);
  await writeFile(join(dist, "THIRD-PARTY-LICENSES.txt"), await licences(bundled));
  const all = [...bundled, ...(await installedPackages(packageDir))];
  await writeFile(join(dist, "sbom.cdx.json"), billOfMaterials(manifest, all));
  const { name, engines } = manifest;
  const digest = digestOf(files);
  await writeFile(join(dist, "main.cjs"), guard({ name, engines: engines.node, digest }));
  await chmod(join(dist, "main.cjs"), 0o755);
}

function digestOf(files: readonly OutputChunk[]): string {
  const hash = createHash("sha256");
  for (const { code } of files) hash.update(code);
  return hash.digest("hex").slice(0, 16);
}
