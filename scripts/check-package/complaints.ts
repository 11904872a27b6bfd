import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** A package as `npm publish` would send it. */
export interface Packed {
  readonly tarball: string;
  /** The folder the tarball was unpacked to. */
  readonly root: string;
  readonly manifest: {
    readonly name: string;
    readonly bin?: Readonly<Record<string, string>>;
    readonly exports?: unknown;
    readonly dependencies?: Readonly<Record<string, string>>;
  };
}

/** Packages with code a bundler cannot read: native add-ons and WebAssembly. */
const UNBUNDLED = new Set(["better-sqlite3", "libpg-query"]);

/** Files whose presence in a tarball is a mistake. */
const STRAY = /\.test\.|\.test-d\.|\.tsbuildinfo$|\.tgz$|^(test|node_modules)\//;

/**
 * Says what is wrong with a packed package, a sentence each: missing or stray files, a bundled server with
 * dependencies, more bytes than the budget.
 *
 * @param budget unpacked size in kilobytes, from bench/budgets.json
 */
export function complaints({ root, manifest }: Packed, budget: number | undefined): string[] {
  const files = filesIn(root);
  const found: string[] = [];

  const bins = Object.values(manifest.bin ?? {}).map((path) => path.replace(/^\.\//, ""));
  const needed = ["README.md", "LICENSE", ...bins];
  for (const file of needed) {
    if (!files.includes(file)) found.push(`${manifest.name} is packed without ${file}.`);
  }
  for (const file of files.filter((name) => STRAY.test(name))) {
    found.push(`${manifest.name} must not contain ${file}; exclude it in "files".`);
  }
  const dependencies = Object.keys(manifest.dependencies ?? {}).filter(
    (name) => !UNBUNDLED.has(name),
  );
  // What is only run is bundled; what is imported as well brings its dependencies.
  if (manifest.bin && !manifest.exports && dependencies.length > 0) {
    found.push(`${manifest.name} is bundled: move ${dependencies.join(", ")} to devDependencies.`);
  }

  const bytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
  const kilobytes = Math.ceil(bytes / 1000);
  if (budget === undefined) {
    found.push(`${manifest.name} has no budget; add its ${kilobytes} kB to bench/budgets.json.`);
  } else if (kilobytes > budget) {
    found.push(
      `${manifest.name} unpacks to ${kilobytes} kB; bench/budgets.json allows ${budget} kB. Find what grew, or raise it and say why in the commit.`,
    );
  }
  return found;
}

/** Every file below `root`, dot files included, relative to it and with forward slashes. */
function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
