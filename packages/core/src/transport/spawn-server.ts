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
  const message = `Could not start "${command}": ${reason(error, cwd)}`;
  // Node quotes the value it does not take, which may be a secret: it is not passed on even as the cause.
  return error.code === UNUSABLE ? new Error(message) : new Error(message, { cause: error });
}

/** What Node calls a value that no system call can take. */
const UNUSABLE = "ERR_INVALID_ARG_VALUE";

function reason({ code, message }: NodeJS.ErrnoException, cwd: string | undefined): string {
  const { existsSync } = process.getBuiltinModule("node:fs");
  if (code === "ENOENT" && cwd !== undefined && !existsSync(cwd)) {
    return "its working directory does not exist; correct `cwd`.";
  }
  switch (code) {
    case "ENOENT":
      return "there is no such program; install it or give its full path.";
    case "EACCES":
      return "the file may not be executed; check its permissions.";
    case "ENOTDIR":
      return "its working directory is no folder; correct `cwd`.";
    case "E2BIG":
      return "its arguments and variables are too long together; shorten them.";
    case UNUSABLE:
      return "the command is empty, or there is a NUL in it, an argument or a variable; correct that.";
    default:
      return code === undefined ? message : `the system refused (${code}).`;
  }
}
