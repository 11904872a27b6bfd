import { join } from "node:path";
import { type BuildResult, build, type OnResolveArgs, type Plugin } from "esbuild";
import { bundleOptions } from "./options.ts";

/** A package imported lazily, and a folder it can be resolved from. */
export interface LazyPackage {
  readonly name: string;
  readonly importedFrom: string;
}

/**
 * Keeps packages that are imported with `import("name")` out of the main file: even unevaluated they would
 * cost every start the time to read and scan them.
 *
 * `found` fills up while esbuild runs with `plugin`.
 */
export function lazyPackages(): { plugin: Plugin; found: Map<string, LazyPackage> } {
  const found = new Map<string, LazyPackage>();
  const resolve = ({ path, kind, resolveDir }: OnResolveArgs) => {
    // It would wrap the module and all it imports, core included, in functions that are called at each start.
    if (kind === "dynamic-import" && (path.startsWith(".") || path.startsWith("@portico/"))) {
      throw new Error(
        `Import "${path}" statically: only foreign packages are worth loading lazily.`,
      );
    }
    if (kind !== "dynamic-import" || path.startsWith("node:")) return;
    const file = `${path.replace(/^@/, "").replaceAll("/", "-")}.cjs`;
    found.set(file, { name: path, importedFrom: resolveDir });
    return { path: `./vendor/${file}`, external: true };
  };
  const plugin: Plugin = {
    name: "lazy-packages",
    setup: ({ onResolve }) => onResolve({ filter: /./ }, resolve),
  };
  return { plugin, found };
}

/** Bundles each lazily imported package into `dist/vendor`, minified: nobody debugs there. */
export function bundleVendors(
  found: ReadonlyMap<string, LazyPackage>,
  packageDir: string,
): Promise<BuildResult<{ metafile: true }>[]> {
  const builds = [...found].map(([file, { name, importedFrom }]) =>
    build({
      ...bundleOptions,
      absWorkingDir: packageDir,
      stdin: {
        contents: `module.exports = require(${JSON.stringify(name)});`,
        resolveDir: importedFrom,
      },
      outfile: join(packageDir, "dist", "vendor", file),
      minifyIdentifiers: true,
    }),
  );
  return Promise.all(builds);
}
