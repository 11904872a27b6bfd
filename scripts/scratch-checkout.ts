import { execFileSync, execSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** A copy of this checkout that a test may change. */
export interface ScratchCheckout {
  readonly dir: string;
  /**
   * Gives every package of the copy, also those made since, its dependencies: the copy's own packages, and everything
   * else from this checkout's installation.
   */
  link(): void;
  /** Runs a command line there with the tools of the repository, and returns what it printed; throws when it fails. */
  run(commandLine: string): string;
  remove(): void;
}

/** Copies what version control has or would take, as it is now. */
export function scratchCheckout(): ScratchCheckout {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "portico-checkout-")));
  for (const file of sourceFiles()) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    copyFileSync(join(root, file), join(dir, file));
  }
  link(join(root, "node_modules"), join(dir, "node_modules"));
  return {
    dir,
    link: () => linkPackages(dir),
    run: (commandLine) => runIn(dir, commandLine),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function sourceFiles(): string[] {
  const options = ["--cached", "--others", "--exclude-standard", "-z"];
  const listed = execFileSync("git", ["ls-files", ...options], { cwd: root, encoding: "utf8" });
  return listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}

function linkPackages(dir: string): void {
  const manifests = globSync(["{packages,servers,testing}/*/package.json", "deploy/package.json"], {
    cwd: dir,
  });
  const packages = manifests.map((path) => {
    const folder = dirname(path);
    return { folder, ...JSON.parse(readFileSync(join(dir, path), "utf8")) };
  });
  const own = new Map(packages.map(({ name, folder }) => [name, join(dir, folder)]));
  for (const { folder, dependencies, devDependencies, optionalDependencies } of packages) {
    const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
    for (const name of Object.keys(wanted)) {
      const installed = own.get(name) ?? join(root, folder, "node_modules", name);
      if (existsSync(installed)) link(installed, join(dir, folder, "node_modules", name));
    }
  }
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path, "junction");
}

function runIn(cwd: string, commandLine: string): string {
  const tools = [join(cwd, "node_modules/.bin"), dirname(process.execPath)];
  const PATH = [...tools, process.env.PATH].join(delimiter);
  // The vitest that runs this test must not tell another how to run.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST)/.test(name));
  const env = { ...Object.fromEntries(inherited), PATH };
  return execSync(commandLine, { cwd, env, encoding: "utf8", stdio: "pipe" });
}
