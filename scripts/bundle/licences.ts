import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Package } from "./packages.ts";

/** Returns the licence texts of packages, ordered by name. */
export async function licences(packages: readonly Package[]): Promise<string> {
  const sections = await Promise.all(packages.map(section));
  return [...new Set(sections)].sort().join(`\n${"-".repeat(80)}\n\n`);
}

async function section({ folder, name, version, licence }: Package): Promise<string> {
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : `Licence: ${licence}`;
  return `${name} ${version} (${licence})\n\n${text.trim()}\n`;
}
