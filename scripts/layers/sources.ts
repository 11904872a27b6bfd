import { globSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { transformSync } from "esbuild";

/** One TypeScript file of a package, tests excluded. */
export interface Source {
  /** Relative to the repository, with forward slashes: `packages/core/src/index.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** One import as written, type imports included. */
export interface Import {
  readonly specifier: string;
  readonly kind: "value" | "type" | "lazy";
  /** The repository path of the imported file, for relative specifiers. */
  readonly target?: string;
}

const ROOT = resolve(import.meta.dirname, "../..");

const STATEMENT = /^(?:import|export) (type )?(?:[^"';]*? from )?"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

/** Every source file of every package and server. */
export function readSources(): Source[] {
  return globSync("{packages,servers}/*/src/**/*.ts", { cwd: ROOT })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".test.ts"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return { path, text, imports: importsOf(path, text) };
    });
}

/** The imports of a file formatted as this repository formats them: one statement a line, double quotes. */
export function importsOf(path: string, text: string): Import[] {
  const statements = [...text.matchAll(STATEMENT)].map(([, type, specifier = ""]): Import => {
    return describe(path, specifier, type ? "type" : "value");
  });
  const lazy = [...text.matchAll(DYNAMIC)].map(([, specifier = ""]): Import => {
    return describe(path, specifier, "lazy");
  });
  return [...statements, ...lazy];
}

function describe(path: string, specifier: string, kind: Import["kind"]): Import {
  if (!specifier.startsWith(".")) return { specifier, kind };
  return { specifier, kind, target: posix.join(posix.dirname(path), specifier) };
}

/** The code of a source without its comments and types. */
export function codeOf({ text }: Source): string {
  return transformSync(text, { loader: "ts", minifyWhitespace: true }).code;
}
