import type { Environment } from "./child-environment.ts";

/** What to hand to `spawn`. */
export interface SpawnCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are already one quoted command line (Windows batch files). */
  readonly verbatim: boolean;
}

/** Looks at the file system: true for a file that exists. */
export type FileExists = (path: string) => boolean;

/**
 * Turns a command as people configure it (`npx`) into one Windows can start. Programs are started directly.
 * Batch files (`npx.cmd`), which Node refuses to start without a shell, go through `cmd.exe` on a command
 * line where nothing in an argument can end the argument or be expanded.
 *
 * @throws {Error} when an argument to a batch file holds a line break or NUL, which cannot be quoted
 */
export function windowsCommand(
  command: string,
  args: readonly string[],
  env: Environment,
  exists: FileExists,
): SpawnCommand {
  const file = findProgram(command, env, exists) ?? command;
  if (!/\.(cmd|bat)$/i.test(file)) return { file, args, verbatim: false };
  const line = [quoteScript(file), ...args.map(quoteBatchArgument)].join(" ");
  // /e:ON makes %cd:~,% work, /v:OFF keeps "!" literal, /d skips the AutoRun commands of the registry. The
  // outer quotes are the ones cmd takes off when its command starts with a quote.
  return {
    file: variable(env, "COMSPEC") ?? "cmd.exe",
    args: ["/e:ON", "/v:OFF", "/d", "/c", `"${line}"`],
    verbatim: true,
  };
}

/** Finds what a bare name means, as cmd does: each folder of PATH with each ending of PATHEXT. */
function findProgram(command: string, env: Environment, exists: FileExists): string | undefined {
  const endings = (variable(env, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";").filter(Boolean);
  const folders = /[\\/]/.test(command)
    ? [""]
    : (variable(env, "PATH") ?? "").split(";").filter(Boolean);
  const names = /\.[^\\/.]+$/.test(command)
    ? [command, ...endings.map((ending) => command + ending)]
    : endings.map((ending) => command + ending);
  for (const folder of folders) {
    for (const name of names) {
      const path = folder === "" ? name : `${folder.replace(/[\\/]$/, "")}\\${name}`;
      if (exists(path)) return path;
    }
  }
  return undefined;
}

function variable(env: Environment, name: string): string | undefined {
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1];
}

function quoteScript(file: string): string {
  if (file.includes('"')) throw new Error(`The command ${file} holds a quote; rename the file.`);
  return `"${file.replaceAll("%", "%%cd:~,%")}"`;
}

/**
 * Quotes one argument both for cmd and for the program behind the batch file, which splits its command line
 * again: quotes are doubled, the backslashes in front of them too, and each `%` is followed by an expansion
 * to nothing so that no `%NAME%` forms.
 */
function quoteBatchArgument(argument: string): string {
  if (/[\0\r\n]/.test(argument)) {
    throw new Error(
      "An argument to a batch file holds a line break or NUL; Windows cannot pass it.",
    );
  }
  const escaped = argument
    .replace(/(\\*)"/g, '$1$1""')
    .replace(/\\+$/, "$&$&")
    .replaceAll("%", "%%cd:~,%");
  return `"${escaped}"`;
}
