import type { BuildOptions } from "esbuild";

/** What every bundle has in common, the echo servers of the bench included. */
export const bundleOptions = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22.13",
  // Without it esbuild keeps `import("node:x")`, which starts Node's ESM loader on first use.
  supported: { "dynamic-import": false },
  conditions: ["portico-source"],
  legalComments: "none",
  // Less for Node to read and check. Names and lines stay, so that a user's stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  metafile: true,
  logLevel: "warning",
  // `import.meta` is empty in CommonJS; what depends on it would fail only at run time.
  logOverride: { "empty-import-meta": "error" },
} as const satisfies BuildOptions;
