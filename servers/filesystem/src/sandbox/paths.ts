import { posix, win32 } from "node:path";
import { SandboxError } from "./errors.ts";

/** The two families of path rules; a parameter so that both are tested on every machine. */
export type PathRules = "posix" | "win32";

/** The rules of the system this process runs on. */
export const hostRules: PathRules = process.platform === "win32" ? "win32" : "posix";

const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?$/i;

function invalid(reason: string): SandboxError {
  return new SandboxError(
    "invalid-path",
    `${reason}; give a plain path inside an allowed directory.`,
  );
}

/**
 * Refuses spellings that have a meaning of their own instead of naming a file, and expands `~`.
 * @returns the path, still relative when it was; never touches the disk.
 * @throws SandboxError `invalid-path`
 */
export function plainPath(requested: string, rules: PathRules = hostRules): string {
  if (requested === "") throw invalid("The path is empty");
  if (requested.includes("\0")) throw invalid("The path contains a NUL character");
  if (/^[\\/]{2}[?.][\\/]/.test(requested)) throw invalid("Device paths cannot be used");
  if (/^\\\\/.test(requested)) throw invalid("Network (UNC) paths cannot be used");
  if (rules === "win32") checkWindows(requested);
  else if (/^[a-z]:(?:[\\/]|$)/i.test(requested))
    throw invalid("The path starts with a Windows drive letter, but this is not Windows");
  return expandHome(requested, rules);
}

function checkWindows(requested: string): void {
  if (/^[\\/]{2}/.test(requested)) throw invalid("Network (UNC) paths cannot be used");
  if (/^[a-z]:(?![\\/])/i.test(requested)) throw invalid("The path is relative to a drive");
  const rest = requested.replace(/^[a-z]:/i, "");
  if (rest.includes(":")) throw invalid("The path names an alternate data stream");
  for (const part of rest.split(/[\\/]+/)) {
    if (part === "." || part === "..") continue;
    if (/[ .]$/.test(part)) throw invalid("A name in the path ends in a space or a dot");
    if (reserved.test(part)) throw invalid("The path contains a reserved device name");
  }
}

function expandHome(requested: string, rules: PathRules): string {
  if (requested === "~") return homedir();
  const isHome = requested.startsWith("~/") || (rules === "win32" && requested.startsWith("~\\"));
  return isHome
    ? (rules === "win32" ? win32 : posix).join(homedir(), requested.slice(2))
    : requested;
}

function homedir(): string {
  // Looked up when needed: loading the module would be a part of every start.
  return process.getBuiltinModule("node:os").homedir();
}

/** True when `path` is `directory` or below it. Both absolute and normalised; `/a_b` is not within `/a`. */
export function isWithin(path: string, directory: string, rules: PathRules = hostRules): boolean {
  const separator = rules === "win32" ? "\\" : "/";
  if (rules === "win32") {
    path = path.toLowerCase();
    directory = directory.toLowerCase();
  }
  if (!path.startsWith(directory)) return false;
  if (path.length === directory.length || directory.endsWith(separator)) return true;
  return path[directory.length] === separator;
}
