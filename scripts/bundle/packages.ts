import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** A package of others that a server consists of. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as its manifest says it. */
  readonly licence: string;
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** How old manifests say it. */
  readonly licenses?: readonly { readonly type?: string }[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The packages that files of a bundle come from.
 * @param inputs source files, relative to `from` or absolute
 * @throws when a package names no licence: it must not be redistributed
 */
export async function bundledPackages(
  inputs: readonly string[],
  from: string,
): Promise<readonly Package[]> {
  const files = inputs.filter((input) => input.includes("node_modules/"));
  const folders = new Set(files.map((file) => packageFolder(resolve(from, file))));
  return Promise.all(
    [...folders].map(async (folder) => packageOf(folder, await manifestOf(folder))),
  );
}

/** The packages that are installed beside a bundle: dependencies, and theirs. */
export async function installedPackages(from: string): Promise<readonly Package[]> {
  const found = new Map<string, Package>();
  const visit = async (folder: string): Promise<void> => {
    const { dependencies = {} } = await manifestOf(folder);
    for (const name of Object.keys(dependencies)) {
      const of = installedFolder(name, folder);
      if (found.has(of)) continue;
      found.set(of, packageOf(of, await manifestOf(of)));
      await visit(of);
    }
  };
  await visit(from);
  return [...found.values()];
}

/** Where a dependency is installed; its manifest need not be among its exports. */
function installedFolder(name: string, from: string): string {
  const searched = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  for (const path of searched) {
    try {
      return dirname(createRequire(path).resolve(join(path, name, "package.json")));
    } catch {}
  }
  throw new Error(`${name} is not installed; run pnpm install.`);
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

function packageOf(folder: string, manifest: Manifest): Package {
  const { name, version } = manifest;
  const licence = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(" OR ");
  if (!licence) throw new Error(`${name} names no licence, so it cannot be bundled.`);
  return { name, version, licence, folder };
}

/** The folder of the package that `file` belongs to: the name, with its scope, after the last `node_modules`. */
function packageFolder(file: string): string {
  const marker = "/node_modules/";
  const start = file.replaceAll("\\", "/").lastIndexOf(marker) + marker.length;
  const [scopeOrName = "", name = ""] = file.slice(start).split(/[\\/]/);
  return (
    file.slice(0, start) + (scopeOrName.startsWith("@") ? join(scopeOrName, name) : scopeOrName)
  );
}
