import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe } from "vitest";

/** A JavaScript runtime besides Node, as a package of one program for each platform. */
interface Package {
  readonly name: string;
  /** The package for each platform. */
  readonly packages: Readonly<Record<string, string>>;
  /** Where in it the program is. */
  readonly program: string;
}

/** A runtime, and its program where one is installed for this platform. */
export interface Installed {
  readonly name: string;
  readonly program: string | undefined;
}

export const bun: Installed = find({
  name: "Bun",
  packages: { "linux-x64": "@oven/bun-linux-x64", "linux-arm64": "@oven/bun-linux-aarch64" },
  program: "bin/bun",
});

export const deno: Installed = find({
  name: "Deno",
  packages: {
    "linux-x64": "@deno/linux-x64-glibc",
    "linux-arm64": "@deno/linux-arm64-glibc",
  },
  program: "deno",
});

export const workerd: Installed = find({
  name: "workerd",
  packages: {
    "linux-x64": "@cloudflare/workerd-linux-64",
    "linux-arm64": "@cloudflare/workerd-linux-arm64",
  },
  program: "bin/workerd",
});

/** Defines tests that need a runtime; without it they are skipped, and their title says why. */
export function describeOn({ name, program }: Installed, tests: () => void): void {
  if (program) return void describe(`on ${name}`, tests);
  const platform = `${process.platform}-${process.arch}`;
  // Its makers publish no program for this platform, or the install left optional packages out.
  describe.skip(`on ${name}, which is not installed for ${platform}`, tests);
}

function find({ name, packages, program }: Package): Installed {
  const found = packages[`${process.platform}-${process.arch}`];
  try {
    const manifest = createRequire(import.meta.url).resolve(`${found}/package.json`);
    return { name, program: join(dirname(manifest), program) };
  } catch {
    return { name, program: undefined };
  }
}
