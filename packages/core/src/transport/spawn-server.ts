import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { childEnvironment, type Environment } from "./child-environment.ts";
import { windowsCommand } from "./windows-command.ts";

/** A process whose three standard streams are ours. */
export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** What to start and where. */
export interface ServerCommand {
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Environment;
}

/**
 * Starts a server without a shell, at the head of a process group of its own where the platform has them.
 * @throws {Error} when the platform refuses at once; most failures come as the child's `error` event
 */
export function spawnServer({ command, args = [], cwd, env = {} }: ServerCommand): Child {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { existsSync } = process.getBuiltinModule("node:fs");
  const environment = childEnvironment(process.env, env);
  const windows = process.platform === "win32";
  const start = windows
    ? windowsCommand(command, args, environment, existsSync)
    : { file: command, args, verbatim: false };
  return spawn(start.file, [...start.args], {
    cwd,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
    detached: !windows,
    windowsHide: true,
    windowsVerbatimArguments: start.verbatim,
  });
}

/** Says why a server could not be started and what to do about it. */
export function describeSpawnError(
  error: NodeJS.ErrnoException,
  { command, cwd }: ServerCommand,
): Error {
  return new Error(`Could not start "${command}": ${reason(error, cwd)}`, { cause: error });
}

function reason({ code, message }: NodeJS.ErrnoException, cwd: string | undefined): string {
  const { existsSync } = process.getBuiltinModule("node:fs");
  if (code === "ENOENT" && cwd !== undefined && !existsSync(cwd)) {
    return "its working directory does not exist; correct `cwd`.";
  }
  if (code === "ENOENT") return "there is no such program; install it or give its full path.";
  if (code === "EACCES") return "the file may not be executed; check its permissions.";
  return `${message} (${code ?? "no code"}).`;
}
