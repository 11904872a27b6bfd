import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

/** One module with everything it imports. */
export interface Bundle {
  readonly code: string;
  /** Each module that is in it, and what it imports. */
  readonly inputs: Metafile["inputs"];
}

/**
 * Bundles a program for runtimes that have the web's standards alone, with the packages as they are published. What it
 * imports of Node stays an import, and fails there as soon as it is carried out.
 */
export async function bundle(program: URL): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(program)],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    target: "es2024",
    logLevel: "silent",
  });
  return { code: outputFiles[0]?.text ?? "", inputs: metafile.inputs };
}
