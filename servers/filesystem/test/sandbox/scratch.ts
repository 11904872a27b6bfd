import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

/** What no test may ever find in an answer. */
export const secret = "the-secret-of-the-outside";

/** A directory that is allowed, one beside it that is not, and a sandbox on the first. */
export interface Scratch {
  readonly inside: string;
  readonly outside: string;
  readonly sandbox: Sandbox;
  /** Writes a file below `inside`, with the directories above it. */
  put(name: string, content: string | Uint8Array): string;
  /** The content of a file below `inside`. */
  get(name: string): string;
}

/** Node 22 cannot remove a tree deeper than its longest path; the system's own command can. */
function removeTree(top: string): void {
  if (process.platform === "win32") fs.rmSync(top, { recursive: true, force: true });
  else execFileSync("rm", ["-rf", top]);
}

/** Makes a scratch tree that is gone when the test is over. */
export async function scratch(
  options: SandboxOptions = {},
  parent: string = os.tmpdir(),
): Promise<Scratch> {
  const top = fs.realpathSync(fs.mkdtempSync(path.join(parent, "portico-sandbox-")));
  onTestFinished(() => removeTree(top));
  const inside = path.join(top, "allowed");
  const outside = path.join(top, "allowed_not");
  fs.mkdirSync(inside);
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, "secret.txt"), secret);
  return {
    inside,
    outside,
    sandbox: await createSandbox([{ path: inside }], options),
    put(name, content) {
      const file = path.join(inside, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
      return file;
    },
    get: (name) => fs.readFileSync(path.join(inside, name), "utf8"),
  };
}

/** Everything below a directory: what it is and what it holds. Links are not followed. */
export function contents(directory: string, prefix = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of fs.readdirSync(directory).sort()) {
    const file = path.join(directory, name);
    const stats = fs.lstatSync(file);
    if (stats.isSymbolicLink()) found[prefix + name] = `-> ${fs.readlinkSync(file)}`;
    else if (stats.isDirectory())
      Object.assign(found, { [prefix + name]: "/" }, contents(file, `${prefix + name}/`));
    else found[prefix + name] = fs.readFileSync(file, "utf8");
  }
  return found;
}

/** A tmpfs when there is one: there `fsync` costs nothing, so thousands of writes take seconds. */
export const memoryDirectory: string = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();
