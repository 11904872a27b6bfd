import { homedir } from "node:os";
import { join } from "node:path";

/** A path as a person wrote it where no shell reads it: `~/` is their home. */
export function homePath<P extends string | undefined>(path: P): P | string {
  if (path === "~") return homedir();
  return path !== undefined && /^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
