import { resolve } from "node:path";
import { transform } from "esbuild";
import { type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from "rolldown";

const TARGET = "node22.13";

/** Where a bundle comes from and goes to. */
interface Place {
  readonly dir: string;
  readonly name: string;
  readonly cwd: string;
  /** Packages that are installed beside it: what has native code. */
  readonly external?: readonly string[];
}

/**
 * Bundles `entry` into `<name>.cjs` of the folder `dir`. What is imported with `import()` goes into files of its own,
 * packages into `vendor/`, our own modules into `chunks/`, and is read when it is first used.
 *
 * @returns the files that were written
 * @throws when a source does not bundle
 */
export async function bundle(
  entry: string,
  { dir, name, cwd, external = [] }: Place,
): Promise<OutputChunk[]> {
  const build = await rolldown({
    cwd,
    input: { [name]: entry },
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
    platform: "node",
    resolve: { conditionNames: ["portico-source"] },
    transform: { target: TARGET },
    plugins: [compact],
    // `import.meta` is empty in CommonJS; what depends on it would fail only at run time.
    onLog(level, log) {
      if (level === "warn") throw new Error(log.message);
    },
  });
  const { output } = await build.write({
    dir,
    format: "cjs",
    // `import()` in a CommonJS file would start Node's ESM loader on first use.
    dynamicImportInCjs: false,
    minify: false,
    // What the entry needs is in the entry, however many other files need it too.
    codeSplitting: { groups: [{ name, test: (id) => id === resolve(cwd, entry) }] },
    entryFileNames: "[name].cjs",
    chunkFileNames: fileOf,
  });
  return output.filter((file) => file.type === "chunk");
}

/** Less for Node to read and check. Our own names and lines stay, so that a user's stack trace can be read. */
const compact: Plugin = {
  name: "compact",
  async renderChunk(code, chunk) {
    const { code: compacted } = await transform(code, {
      target: TARGET,
      minifyWhitespace: true,
      minifySyntax: true,
      minifyIdentifiers: packageOf(chunk) !== undefined,
      legalComments: "none",
      lineLimit: 160,
    });
    return compacted;
  },
};

function fileOf(chunk: PreRenderedChunk): string {
  const name = packageOf(chunk);
  return name === undefined
    ? "chunks/[name].cjs"
    : `vendor/${name.replace(/^@/, "").replaceAll("/", "-")}.cjs`;
}

/** The package a file holds and nothing else; undefined for one with code of ours. */
function packageOf({ moduleIds }: Pick<PreRenderedChunk, "moduleIds">): string | undefined {
  const names = moduleIds
    .filter((id) => !id.startsWith("\0"))
    .map((id) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]);
  return names.includes(undefined) ? undefined : names.at(-1);
}
