import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** How old manifests say it. */
  readonly licenses?: readonly { readonly type?: string }[];
}

/**
 * Returns the licence text of every third-party package that `inputs` come from, ordered by name.
 *
 * @param inputs source files of a bundle, relative to `from` or absolute
 * @throws when a package names no licence: it must not be redistributed
 */
export async function licences(inputs: readonly string[], from: string): Promise<string> {
  const files = inputs.filter((input) => input.includes("node_modules/"));
  const folders = new Set(files.map((file) => packageFolder(resolve(from, file))));
  const sections = await Promise.all([...folders].map(section));
  return [...new Set(sections)].sort().join(`\n${"-".repeat(80)}\n\n`);
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

async function section(folder: string): Promise<string> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const licence = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(" OR ");
  if (!licence) throw new Error(`${manifest.name} names no licence, so it cannot be bundled.`);
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(join(folder, file), "utf8") : `Licence: ${licence}`;
  return `${manifest.name} ${manifest.version} (${licence})\n\n${text.trim()}\n`;
}
