import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What stands in the place of `{{name}}` in templates. */
export type Values = Readonly<Record<string, string>>;

const SUFFIX = ".template";

/**
 * Writes each template of a folder of `templates/` to the same path below `target`.
 * @throws {Error} when a template has a place for a value that is not given, or its file exists already
 */
export function renderFolder(folder: string, target: string, values: Values): void {
  const from = join(import.meta.dirname, "templates", folder);
  const paths = readdirSync(from, { recursive: true, encoding: "utf8" });
  for (const path of paths.filter((one) => one.endsWith(SUFFIX))) {
    const text = readFileSync(join(from, path), "utf8");
    const file = join(target, filledIn(path.slice(0, -SUFFIX.length), values));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, filledIn(text, values), { flag: "wx" });
  }
}

function filledIn(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A template asks for "${name}", which is not given.`);
    return value;
  });
}
