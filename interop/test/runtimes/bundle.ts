import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

/** One module with everything it imports. */
export interface Bundle {
  readonly code: string;
  /** Each module that is in it, and what it imports. */
  readonly inputs: Metafile["inputs"];
}

/**
 * Bundles a program that may use the web's standards alone, with the packages as they are published.
 * @throws {Error} when it imports what only Node has
 */
export async function bundle(program: URL): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(program)],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    logLevel: "silent",
  });
  return { code: outputFiles[0]?.text ?? "", inputs: metafile.inputs };
}
