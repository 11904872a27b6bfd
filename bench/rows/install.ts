import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Row } from "../row.ts";
import { FILESYSTEM_MAIN } from "../subjects.ts";

interface Installed {
  readonly packages: number;
  readonly megabytes: number;
  readonly seconds: number;
}

/** What installing the filesystem server into an empty folder with an empty cache brings and takes. */
export function installRows(): Row[] {
  const ours = inEmptyFolder((dir) => pack(dir));
  const version = JSON.parse(
    readFileSync(join(import.meta.dirname, "../peers.json"), "utf8"),
  ).dependencies;
  const name = "@modelcontextprotocol/server-filesystem";
  const official = inEmptyFolder(() => `${name}@${version[name]}`);
  return [
    {
      what: "npm install, packages, vs official",
      ours: `${ours.packages}`,
      peer: `${official.packages}`,
      value: ours.packages,
      unit: "packages",
      must: { atMost: 1 },
    },
    {
      what: "npm install, size, vs official",
      ours: `${ours.megabytes.toFixed(2)} MB`,
      peer: `${official.megabytes.toFixed(1)} MB`,
      value: ours.megabytes,
      unit: "MB",
      must: { atMost: 2 },
      aim: { atMost: 1 },
    },
    {
      what: "npm install, time with an empty cache, vs official",
      ours: `${ours.seconds.toFixed(1)} s`,
      peer: `${official.seconds.toFixed(1)} s`,
      value: ours.seconds,
      unit: "s",
      must: { atMost: 5 },
      aim: { atMost: 2 },
      note: "ours from a tarball, theirs from the registry",
    },
  ];
}

/** Packs our server into `dir` and returns the tarball's path. */
function pack(dir: string): string {
  const packageDir = dirname(dirname(FILESYSTEM_MAIN));
  const options = ["pack", "--pack-destination", dir, "--json"];
  return JSON.parse(execFileSync("pnpm", options, { cwd: packageDir, encoding: "utf8" })).filename;
}

function inEmptyFolder(spec: (dir: string) => string): Installed {
  const dir = mkdtempSync(join(tmpdir(), "portico-install-"));
  try {
    const wanted = spec(dir);
    const started = performance.now();
    const options = [
      "--prefix",
      dir,
      "--cache",
      join(dir, "cache"),
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    execFileSync("npm", ["install", ...options, wanted], { cwd: dir, stdio: "ignore" });
    return {
      ...contents(join(dir, "node_modules")),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function contents(modules: string): Omit<Installed, "seconds"> {
  const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
  const files = globSync("**/*", { cwd: modules }).map((file) => statSync(join(modules, file)));
  const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  return { packages: Object.keys(packages).length, megabytes: bytes / 1e6 };
}
